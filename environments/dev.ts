import { type EnvironmentInput } from '../config';
import { services } from './shared/services';

/** Cheap: two zones, one NAT gateway, small Arm nodes that AWS may take back at any time. */
export const environment: EnvironmentInput = {
  name: 'dev',
  // The account's 12 digits, as a string. Terraform refuses to work in any other account.
  account: '111122223333',
  region: 'eu-west-1',
  tags: { CostCenter: 'development' },

  network: {
    kind: 'new',
    cidr: '10.20.0.0/16',
    zones: 2,
    // One NAT gateway for both zones: cheaper, but the Internet is gone with its zone.
    nat: 'single',
  },

  cluster: {
    kind: 'new',
    kubernetesVersion: '1.36',
    // Networks from which kubectl and Terraform reach the API server: put your office or VPN here.
    endpoint: { publicAccess: true, publicAccessCidrs: ['203.0.113.0/24'] },
    // Nobody else has access, not even whoever creates the cluster: Terraform's own role belongs here.
    administrators: ['arn:aws:iam::111122223333:role/platform-admin'],
    logging: { types: ['api', 'audit', 'authenticator'], retentionDays: 30 },
    compute: {
      nodeGroups: [
        {
          name: 'default',
          capacityType: 'SPOT',
          architecture: 'arm64',
          // Several types of one size: the more there are, the less often SPOT runs out.
          instanceTypes: ['t4g.large', 'm6g.large', 'm7g.large'],
          minSize: 1,
          desiredSize: 2,
          maxSize: 4,
        },
      ],
    },
  },

  // The same as on a cluster of one's own; the load balancer controller and the 2048 sample are the defaults.
  workloads: { services },
};
