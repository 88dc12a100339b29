import { type DoctorCheck, type DoctorFinding, listed } from '../check';

const ROLES = {
  'internet-facing': 'kubernetes.io/role/elb',
  internal: 'kubernetes.io/role/internal-elb',
} as const;
/** A load balancer takes no subnet that has fewer. */
const FREE = 8;

export const subnetDiscovery: DoctorCheck = {
  id: 'subnets',
  title: 'Discovery finds subnets for each load balancer',
  needs: ['eks:DescribeCluster', 'ec2:DescribeSubnets'],
  explain:
    'Somebody took the role tags away, tagged the subnets for other clusters only, or they are full. An Application Load Balancer needs two zones.',
  run: async (look) => {
    const { LoadBalancers } = (await look.wanted()).preview;
    const { name: cluster } = look.environment.cluster;
    const subnets = (await look.subnets()).map(({ SubnetId = '', AvailabilityZone = '', ...more }) => ({
      id: SubnetId,
      zone: AvailabilityZone,
      free: more.AvailableIpAddressCount ?? 0,
      tags: new Map((more.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    }));
    const schemes = new Map<keyof typeof ROLES, number>();
    for (const { Scheme, Type, Origin } of LoadBalancers) {
      // Subnets that somebody named are not discovered.
      if (!isScheme(Scheme) || (Origin.SubnetMappings ?? []).length > 0) continue;
      schemes.set(Scheme, Math.max(schemes.get(Scheme) ?? 0, Type === 'application' ? 2 : 1));
    }
    return [...schemes].flatMap(([scheme, zonesNeeded]): DoctorFinding[] => {
      const role = ROLES[scheme];
      const tagged = subnets.filter(({ tags }) => ['', '1'].includes(tags.get(role) ?? 'absent'));
      const ours = tagged.filter(({ tags }) => {
        const clusters = [...tags.keys()].filter((key) => key.startsWith('kubernetes.io/cluster/'));
        return clusters.length === 0 || clusters.includes(`kubernetes.io/cluster/${cluster}`);
      });
      const usable = ours.filter(({ free }) => free >= FREE);
      if (new Set(usable.map(({ zone }) => zone)).size >= zonesNeeded) return [];
      const full = ours
        .filter(({ free }) => free < FREE)
        .map(({ id, free }) => `${id} has ${free} free addresses`);
      const others = tagged
        .filter((each) => !ours.includes(each))
        .map(({ id }) => `${id} is tagged for other clusters`);
      return [
        {
          what: `For ${scheme} load balancers discovery finds subnets in ${new Set(usable.map(({ zone }) => zone)).size} zones, and ${zonesNeeded} are needed`,
          seen: `${role} is on ${listed(tagged.map(({ id }) => id))}${[...full, ...others].map((each) => `; ${each}`).join('')}`,
          remedy: `npm run deploy -- ${look.environment.name}-network puts the tags back (network.tagSubnets); network.cidr or more zones where they are full`,
          issue: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2812',
        },
      ];
    });
  },
};

const isScheme = (scheme: string): scheme is keyof typeof ROLES => scheme in ROLES;
