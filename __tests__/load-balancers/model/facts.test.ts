import { describe, expect, it } from '@jest/globals';
import { buildModel, KNOWN_AFTER_APPLY, type Facts, type SubnetFact } from '../../../load-balancers/model';
import { ingress, ingressClass, ruleOf, service } from './built';
import { serviceOf, type Annotations } from './service/given';

const ROLE = { 'kubernetes.io/role/internal-elb': '1' };
const subnet = (id: string, zone: string, more: Partial<SubnetFact> = {}): SubnetFact => ({
  id,
  zone: `eu-west-1${zone}`,
  public: false,
  tags: ROLE,
  ...more,
});

function built(facts: Facts, annotations = {}, rules = [ruleOf()]) {
  return buildModel([ingressClass(), service, ingress(annotations, { rules })], {}, { facts });
}

function subnetsOf(facts: Facts, annotations = {}) {
  const { LoadBalancers, Refusals } = built(facts, annotations);
  return Refusals[0]?.Message ?? LoadBalancers[0]?.SubnetMappings.map(({ SubnetId }) => SubnetId);
}

describe('subnets', () => {
  it('are discovered by their role, one a zone, those of the cluster first', () => {
    const own = { ...ROLE, 'kubernetes.io/cluster/dev': 'owned' };
    const subnets = [
      subnet('subnet-1', 'a'),
      subnet('subnet-2', 'a', { tags: own }),
      subnet('subnet-3', 'b'),
      subnet('subnet-4', 'c', { tags: {} }),
    ];
    expect(subnetsOf({ clusterName: 'dev', subnets })).toEqual(['subnet-2', 'subnet-3']);
  });

  it('are discovered by reachability where none has a role', () => {
    const subnets = [
      subnet('subnet-1', 'a', { tags: {} }),
      subnet('subnet-2', 'b', { tags: {} }),
      subnet('subnet-3', 'c', { tags: {}, public: true }),
    ];
    expect(subnetsOf({ subnets })).toEqual(['subnet-1', 'subnet-2']);
  });

  it.each([
    ['tagged for other clusters', { tags: { ...ROLE, 'kubernetes.io/cluster/other': 'owned' } }],
    ['full', { freeAddresses: 7 }],
  ])('that are %s don’t count', (_, more) => {
    const subnets = [subnet('subnet-1', 'a'), subnet('subnet-2', 'b', more)];
    expect(subnetsOf({ clusterName: 'dev', subnets })).toBe(
      "couldn't auto-discover subnets: subnets count less than minimal required count: 1 < 2",
    );
  });

  it('have IPv6 where the load balancer has', () => {
    const subnets = [
      subnet('subnet-1', 'a', { ipv6Networks: [] }),
      subnet('subnet-2', 'b', { ipv6Networks: ['2001:db8::/64'] }),
      subnet('subnet-3', 'c', { ipv6Networks: ['2001:db8:1::/64'] }),
    ];
    const dual = { 'ip-address-type': 'dualstack' };
    expect(subnetsOf({ subnets }, dual)).toEqual(['subnet-2', 'subnet-3']);
    expect(subnetsOf({ subnets }, { ...dual, subnets: 'subnet-1,subnet-2' })).toMatch(
      /^subnets \[subnet-1\] do not have an associated IPv6/,
    );
  });

  it('aren’t judged where too little is known', () => {
    expect(subnetsOf({ subnets: [{ id: 'subnet-1', zone: 'eu-west-1a' }] })).toEqual(['(known after apply)']);
    expect(subnetsOf({ subnets: [subnet('subnet-1', 'a')] }, { subnets: 'subnet-8,subnet-9' })).toEqual([
      'subnet-8',
      'subnet-9',
    ]);
  });
});

describe('certificates', () => {
  const certificates = [
    { arn: 'arn:wild', domains: ['*.example.com'] },
    { arn: 'arn:shop', domains: ['shop.example.com'] },
  ];
  const arnsOf = (host: string) => {
    const { LoadBalancers, Refusals } = built({ certificates }, { 'listen-ports': '[{"HTTPS":443}]' }, [
      ruleOf(host),
    ]);
    const [listener] = LoadBalancers[0]?.Listeners ?? [];
    return Refusals[0]?.Message ?? listener?.Certificates.map(({ CertificateArn }) => CertificateArn);
  };

  it('are found by host', () => {
    expect(arnsOf('shop.example.com')).toEqual(['arn:shop', 'arn:wild']);
    expect(arnsOf('api.example.com')).toEqual(['arn:wild']);
    expect(arnsOf('a.b.example.com')).toBe(
      'ingress: shop/app: no certificate found for host: a.b.example.com',
    );
  });
});

it('names are those of the controller, where the name of the cluster is known', () => {
  const [alb] = built({ clusterName: '' }).LoadBalancers;
  expect(alb?.LoadBalancerName).toMatch(/^k8s-shop-app-[0-9a-f]{10}$/);
  expect(alb?.ManagedSecurityGroup?.GroupName).toMatch(/^k8s-shop-app-[0-9a-f]{10}$/);
});

describe('the networks of subnets', () => {
  const subnets = [
    subnet('subnet-1', 'a', { ipv4Network: '10.0.1.0/24', ipv6Networks: ['2001:db8:1::/64'] }),
    subnet('subnet-2', 'b', { ipv4Network: '10.0.2.0/24', ipv6Networks: ['2001:db8:2::/64'] }),
  ];
  const ofService = (written: Annotations, known: Facts = { subnets }) => {
    const { LoadBalancers, Refusals } = buildModel([serviceOf(written)], {}, { facts: known });
    return Refusals[0]?.Message ?? LoadBalancers[0];
  };

  it('tell which subnet each address is of', () => {
    const addresses = { 'private-ipv4-addresses': '10.0.2.9,10.0.1.9' };
    expect(ofService(addresses)).toMatchObject({
      SubnetMappings: [
        { SubnetId: 'subnet-1', PrivateIPv4Address: '10.0.1.9' },
        { SubnetId: 'subnet-2', PrivateIPv4Address: '10.0.2.9' },
      ],
    });
    expect(ofService({ 'private-ipv4-addresses': '10.0.1.8,10.0.1.9' })).toBe(
      'expect one private IPv4 address configured for subnet: subnet-1',
    );
    const dualstack = { 'ip-address-type': 'dualstack' };
    expect(ofService({ ...dualstack, 'ipv6-addresses': '2001:db8:1::1,2001:db8:3::1' })).toBe(
      'expect one IPv6 address configured for subnet: subnet-2',
    );
    const prefixes = { 'source-nat-ipv6-prefixes': '2001:db8:3::/80,auto_assigned' };
    expect(ofService({ ...dualstack, 'enable-prefix-for-ipv6-source-nat': 'on', ...prefixes })).toBe(
      'Invalid value in source-nat-ipv6-prefixes: 2001:db8:3::/80. Value must be within subnet CIDR range: [2001:db8:1::/64].',
    );
  });

  it('are what targets admit without a security group', () => {
    const without = { 'disable-nlb-sg': 'true', 'nlb-target-type': 'ip' };
    const permissions = (known: Facts) => {
      const built = ofService(without, known);
      return typeof built === 'object' ? built.TargetGroups[0]?.TargetPermissions : built;
    };
    expect(permissions({ subnets })).toMatchObject([
      { FromPort: 8080, IpRanges: [{ CidrIp: '10.0.1.0/24' }] },
      { FromPort: 8080, IpRanges: [{ CidrIp: '10.0.2.0/24' }] },
    ]);
    const unknown = [subnet('subnet-1', 'a', { ipv4Network: KNOWN_AFTER_APPLY })];
    expect(permissions({ subnets: unknown })).toMatchObject([{ IpRanges: [{ CidrIp: KNOWN_AFTER_APPLY }] }]);
  });

  it.each([
    [
      'subnet-1,subnet-1',
      "failed to list subnets by names or IDs: couldn't find all subnets, want: [subnet-1 subnet-1], found: [subnet-1]",
    ],
  ])('of %s are those of one subnet', (given, message) => {
    expect(ofService({ subnets: given })).toBe(message);
  });

  it('are looked for before all else is judged', () => {
    const known = { subnets: [subnet('subnet-1', 'a', { tags: {}, public: true })] };
    expect(ofService({ 'enable-prefix-for-ipv6-source-nat': 'on' }, known)).toBe(
      'unable to resolve at least one subnet. Evaluated 0 subnets: 0 are tagged for other clusters, and 0 have insufficient available IP addresses',
    );
  });
});
