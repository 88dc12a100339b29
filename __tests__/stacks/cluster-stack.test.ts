import { describe, expect, it } from '@jest/globals';
import { EksAccessEntry } from '@cdktf/provider-aws/lib/eks-access-entry';
import { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { EksNodeGroup } from '@cdktf/provider-aws/lib/eks-node-group';
import { Instance } from '@cdktf/provider-aws/lib/instance';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { App } from 'cdktf';
import { type AwsEnvironment, type EnvironmentInput, type NewCluster } from '../../config';
import { ClusterStack } from '../../stacks/cluster-stack';
import { clusterContract } from '../../stacks/contracts';
import { NetworkStack } from '../../stacks/network-stack';
import { EXISTING_NETWORK, environment } from '../support/environments';
import { Synthesized } from '../support/synthesized';

const ADDONS = ['vpc-cni', 'kube-proxy', 'coredns', 'eks-pod-identity-agent'];

function synth(input: Partial<EnvironmentInput> = {}, addons: readonly string[] = ADDONS): Synthesized {
  const parsed = environment(input);
  const known = parsed.cluster.kind === 'existing' ? {} : parsed.cluster.addons;
  const settings: AwsEnvironment = {
    ...parsed,
    cluster:
      parsed.cluster.kind === 'existing'
        ? parsed.cluster
        : ({
            ...parsed.cluster,
            addons: Object.fromEntries(addons.map((name) => [name, known[name] ?? { version: undefined }])),
          } satisfies NewCluster),
  };
  const app = new App();
  return Synthesized.stack(
    new ClusterStack(app, {
      environment: settings,
      network: new NetworkStack(app, { environment: settings }),
    }),
  );
}

const newCluster = (cluster: Omit<Extract<EnvironmentInput['cluster'], { kind: 'new' }>, 'kind'>) => ({
  cluster: { kind: 'new' as const, ...cluster },
});
const outputs = (synthesized: Synthesized) =>
  Object.fromEntries(Object.entries(synthesized.outputs()).map(([name, { value }]) => [name, String(value)]));

describe('a new cluster with managed nodes', () => {
  const synthesized = synth(
    newCluster({
      administrators: ['arn:aws:iam::111122223333:role/admin'],
      compute: { nodeGroups: [{ name: 'main' }] },
    }),
  );
  const cluster = synthesized.one('aws_eks_cluster').address;
  const nodes = synthesized.one('aws_eks_node_group').address;
  const addon = (name: string) => synthesized.one('aws_eks_addon', name).address;

  it('stands in the private subnets of the network', () => {
    const state = '${data.terraform_remote_state.network-state.outputs';
    expect(synthesized.json).toHaveResourceWithProperties(EksCluster, {
      vpc_config: expect.objectContaining({
        subnet_ids: `${state}.private_subnet_ids}`,
      }),
    });
    expect(synthesized.json).toHaveResourceWithProperties(EksNodeGroup, {
      subnet_ids: `${state}.private_subnet_ids}`,
    });
    expect(synthesized.json).toHaveResourceWithProperties(SecurityGroup, { vpc_id: `${state}.vpc_id}` });
  });

  it('installs what nodes need before them, and what needs nodes after', () => {
    for (const name of ['vpc-cni', 'kube-proxy', 'eks-pod-identity-agent']) {
      expect(synthesized.follows(nodes, addon(name))).toBe(true);
      expect(synthesized.follows(addon(name), cluster)).toBe(true);
    }
    expect(synthesized.follows(addon('coredns'), nodes)).toBe(true);
    expect(synthesized.one('aws_eks_addon', 'coredns')).not.toHaveProperty('configuration_values');
    for (const id of Object.keys(synthesized.resources('aws_vpc_security_group_ingress_rule'))) {
      expect(synthesized.follows(nodes, `aws_vpc_security_group_ingress_rule.${id}`)).toBe(true);
    }
  });

  it('gives nodes the two security groups, the version of the control plane, and the tags', () => {
    expect(synthesized.one('aws_launch_template')).toMatchObject({
      network_interfaces: [
        {
          security_groups: [
            `\${${cluster}.vpc_config[0].cluster_security_group_id}`,
            `\${${synthesized.one('aws_security_group').address}.id}`,
          ],
        },
      ],
      tag_specifications: [
        {
          tags: {
            Project: 'eks-ingress',
            Environment: 'test',
            ManagedBy: 'terraform',
            Name: 'eks-ingress-test-main',
          },
        },
        {},
        {},
      ],
    });
    expect(synthesized.json).toHaveResourceWithProperties(EksNodeGroup, {
      version: `\${${cluster}.version}`,
    });
  });

  it('lets the administrators in', () => {
    expect(synthesized.json).toHaveResourceWithProperties(EksAccessEntry, {
      cluster_name: `\${${cluster}.name}`,
      principal_arn: 'arn:aws:iam::111122223333:role/admin',
    });
  });

  it('publishes its contract', () => {
    expect(Object.keys(outputs(synthesized))).toEqual(Object.keys(clusterContract).sort());
    expect(outputs(synthesized)).toEqual({
      cluster_name: `\${${cluster}.name}`,
      cluster_endpoint: `\${${cluster}.endpoint}`,
      cluster_certificate_authority: `\${${cluster}.certificate_authority[0].data}`,
      cluster_version: `\${${cluster}.version}`,
      oidc_issuer: `\${${cluster}.identity[0].oidc[0].issuer}`,
      cluster_security_group_id: `\${${cluster}.vpc_config[0].cluster_security_group_id}`,
      node_security_group_id: `\${${synthesized.one('aws_security_group').address}.id}`,
      update_kubeconfig_command: `aws eks update-kubeconfig --name \${${cluster}.name} --region eu-west-1`,
    });
  });

  it('makes neither admin host nor EBS driver, and protects nothing, unasked', () => {
    expect(synthesized.count('aws_instance')).toBe(0);
    expect(synthesized.one('aws_eks_cluster')).not.toHaveProperty('deletion_protection');
    expect(synthesized.one('aws_eks_cluster').lifecycle).not.toHaveProperty('prevent_destroy');
  });
});

describe('the EBS CSI driver', () => {
  const compute = newCluster({
    compute: { nodeGroups: [{ name: 'main' }] },
    addons: { ebsCsiDriver: {} },
  });
  const addons = [...ADDONS, 'aws-ebs-csi-driver'];

  it('is here with Pod Identity, after nodes and the agent', () => {
    const synthesized = synth({ ...compute, podIdentity: 'pod-identity' }, addons);
    const driver = synthesized.one('aws_eks_addon', 'ebs').address;
    expect(synthesized.follows(driver, synthesized.one('aws_eks_node_group').address)).toBe(true);
    expect(synthesized.follows(driver, synthesized.one('aws_eks_addon', 'pod-identity').address)).toBe(true);
  });

  it('waits for the addons stack with IRSA', () => {
    expect(synth({ ...compute, podIdentity: 'irsa' }, addons).count('aws_eks_addon')).toBe(ADDONS.length);
  });
});

describe('other compute', () => {
  it('runs CoreDNS on Fargate, after its profiles, where there is nothing else', () => {
    const synthesized = synth(
      newCluster({
        compute: {
          fargateProfiles: [
            {
              name: 'all',
              selectors: ['kube-system', 'eks-ingress', 'game-2048'].map((namespace) => ({ namespace })),
            },
          ],
        },
      }),
    );
    const coredns = synthesized.one('aws_eks_addon', 'coredns');
    expect(coredns.configuration_values).toBe('{"computeType":"Fargate"}');
    expect(coredns.depends_on).toEqual([synthesized.one('aws_eks_fargate_profile').address]);
    expect(synthesized.count('aws_security_group')).toBe(0);
    const { node_security_group_id, cluster_security_group_id } = outputs(synthesized);
    expect(node_security_group_id).toBe(cluster_security_group_id);
  });

  it('leaves nodes to Auto Mode', () => {
    const synthesized = synth(
      { ...newCluster({ compute: { autoMode: {} } }), loadBalancing: { type: 'auto-mode' } },
      [],
    );
    expect(synthesized.json).toHaveResourceWithProperties(EksCluster, {
      compute_config: expect.objectContaining({ enabled: true }),
    });
    expect(synthesized.count('aws_eks_node_group')).toBe(0);
  });
});

describe('the admin host', () => {
  it('stands in the first private subnet', () => {
    const synthesized = synth(newCluster({ adminHost: {}, compute: { nodeGroups: [{ name: 'main' }] } }));
    expect(synthesized.json).toHaveResourceWithProperties(Instance, {
      instance_type: 't4g.micro',
      subnet_id: '${element(data.terraform_remote_state.network-state.outputs.private_subnet_ids, 0)}',
    });
  });
});

describe('protection', () => {
  it('is there when the environment asks', () => {
    expect(
      synth({
        ...newCluster({ deletionProtection: true, compute: { nodeGroups: [{ name: 'main' }] } }),
        preventDestroy: true,
      }).json,
    ).toHaveResourceWithProperties(EksCluster, {
      deletion_protection: true,
      lifecycle: expect.objectContaining({ prevent_destroy: true }),
    });
  });

  it('is taken away only when the environment says so', () => {
    const off = synth(
      newCluster({
        deletionProtection: false,
        zonalShift: false,
        compute: { nodeGroups: [{ name: 'main' }], autoMode: false },
      }),
    );
    expect(off.json).toHaveResourceWithProperties(EksCluster, {
      deletion_protection: false,
      zonal_shift_config: { enabled: false },
      compute_config: { enabled: false },
    });
    const unsaid = synth(newCluster({ compute: { nodeGroups: [{ name: 'main' }] } })).one('aws_eks_cluster');
    // Not every version of the AWS provider knows the first.
    for (const field of ['deletion_protection', 'zonal_shift_config', 'compute_config', 'storage_config']) {
      expect(unsaid).not.toHaveProperty(field);
    }
  });

  it('refuses tags that would make a second tagged security group', () => {
    expect(() =>
      synth({
        ...newCluster({ compute: { nodeGroups: [{ name: 'main' }] } }),
        tags: { 'kubernetes.io/cluster/x': 'owned' },
      }),
    ).toThrow('kubernetes.io/cluster/x');
  });
});

describe('an existing cluster', () => {
  const synthesized = synth({
    network: EXISTING_NETWORK,
    cluster: { kind: 'existing', name: 'there' },
  });

  it('is read, not changed, and publishes the same contract', () => {
    const cluster = synthesized.oneData('aws_eks_cluster').address;
    expect(synthesized.types()).toEqual([]);
    expect(Object.keys(outputs(synthesized))).toEqual(Object.keys(clusterContract).sort());
    expect(outputs(synthesized)).toMatchObject({
      cluster_name: `\${${cluster}.name}`,
      node_security_group_id: `\${${cluster}.vpc_config[0].cluster_security_group_id}`,
    });
  });
});
