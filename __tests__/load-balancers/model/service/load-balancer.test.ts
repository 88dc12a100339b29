import { describe, expect, it } from '@jest/globals';
import {
  annotationOf,
  attributesOf,
  loadBalancerOf,
  refusalOf,
  serviceOf,
  sourceOfRefusal,
  targetGroupOf,
  UNKNOWN,
  type Annotations,
  type Given,
} from './given';

describe('the load balancer of a Service', () => {
  it('is internal and of IPv4, in discovered subnets, with security groups of the controller', () => {
    const { Listeners, TargetGroups, ManagedSecurityGroup, ...loadBalancer } = loadBalancerOf();
    expect(loadBalancer).toEqual({
      Id: 'shop/web',
      Members: ['Service shop/web'],
      LoadBalancerName: UNKNOWN,
      Type: 'network',
      Scheme: 'internal',
      IpAddressType: 'ipv4',
      SubnetMappings: [{ SubnetId: UNKNOWN }],
      SecurityGroups: [UNKNOWN, UNKNOWN],
      EnablePrefixForIpv6SourceNat: 'off',
      Attributes: [],
      Tags: [],
      Origin: {},
    });
    expect(Listeners).toHaveLength(1);
    expect(TargetGroups).toHaveLength(1);
    expect(ManagedSecurityGroup).toBeDefined();
  });

  it('says of each field which annotation it comes from', () => {
    const { Origin } = loadBalancerOf({
      scheme: 'internet-facing',
      name: 'web',
      'ip-address-type': 'dualstack',
      subnets: 'subnet-1',
      'eip-allocations': 'eip-1',
      attributes: 'deletion_protection.enabled=true',
      'cross-zone-load-balancing-enabled': 'true',
      'additional-resource-tags': 'a=b',
    });
    const from = (...suffixes: readonly string[]) =>
      suffixes.map((suffix) => ({ Kind: 'Service', Name: 'shop/web', Annotation: annotationOf(suffix) }));
    expect(Origin).toEqual({
      Scheme: from('scheme'),
      LoadBalancerName: from('name'),
      IpAddressType: from('ip-address-type'),
      SubnetMappings: from('subnets', 'eip-allocations'),
      Attributes: from('attributes', 'cross-zone-load-balancing-enabled'),
      Tags: from('additional-resource-tags'),
    });
  });
});

describe('scheme', () => {
  it.each([
    [{ scheme: 'internet-facing' }, 'internet-facing'],
    [{ scheme: 'internal', internal: 'false' }, 'internal'],
    [{ internal: 'false' }, 'internet-facing'],
    [{ internal: 'true' }, 'internal'],
    [{ scheme: UNKNOWN }, UNKNOWN],
    [{ internal: UNKNOWN }, UNKNOWN],
  ])('%j is %s', (annotations, scheme) => {
    expect(loadBalancerOf(annotations).Scheme).toBe(scheme);
  });

  it("is the controller's by default", () => {
    const settings = { defaultLoadBalancerScheme: 'internet-facing' } as const;
    expect(loadBalancerOf({}, { settings }).Scheme).toBe('internet-facing');
    expect(loadBalancerOf({ internal: 'true' }, { settings }).Scheme).toBe('internal');
  });

  it('is refused if it is another word', () => {
    expect(refusalOf({ scheme: 'public' })).toBe('unknown scheme: public');
    expect(refusalOf({ internal: 'maybe' })).toBe(
      `failed to parse bool annotation, ${annotationOf('internal')}: maybe: ` +
        'strconv.ParseBool: parsing "maybe": invalid syntax',
    );
  });
});

describe('IP address type', () => {
  it.each(['ipv4', 'dualstack', UNKNOWN])('%s', (type) => {
    expect(loadBalancerOf({ 'ip-address-type': type }).IpAddressType).toBe(type);
  });

  it('is refused if it is another word', () => {
    expect(refusalOf({ 'ip-address-type': 'DUALSTACK' })).toBe('unknown IPAddressType: DUALSTACK');
  });
});

describe('name', () => {
  it('is as written', () => {
    expect(loadBalancerOf({ name: 'web' }).LoadBalancerName).toBe('web');
    expect(loadBalancerOf({ name: `web-${UNKNOWN}-of-the-region-and-the-team` }).LoadBalancerName).toContain(
      UNKNOWN,
    );
  });

  it('has at most 32 characters', () => {
    expect(loadBalancerOf({ name: 'a'.repeat(32) }).LoadBalancerName).toHaveLength(32);
    expect(refusalOf({ name: 'a'.repeat(33) })).toBe(
      'load balancer name cannot be longer than 32 characters',
    );
  });
});

describe('attributes', () => {
  it('are listed by key, those with annotations of their own win', () => {
    const { Attributes } = loadBalancerOf({
      attributes:
        'load_balancing.cross_zone.enabled=true,access_logs.s3.bucket=other,deletion_protection.enabled=true',
      'access-log-enabled': 'true',
      'access-log-s3-bucket-name': 'logs',
      'access-log-s3-bucket-prefix': 'nlb',
      'cross-zone-load-balancing-enabled': 'false',
    });
    expect(Attributes).toEqual([
      { Key: 'access_logs.s3.bucket', Value: 'logs' },
      { Key: 'access_logs.s3.enabled', Value: 'true' },
      { Key: 'access_logs.s3.prefix', Value: 'nlb' },
      { Key: 'deletion_protection.enabled', Value: 'true' },
      { Key: 'load_balancing.cross_zone.enabled', Value: 'false' },
    ]);
  });

  it('leave the access log out unless it is enabled', () => {
    expect(loadBalancerOf({ 'access-log-s3-bucket-name': 'logs' }).Attributes).toEqual([]);
    const off = { 'access-log-enabled': 'false', 'access-log-s3-bucket-name': 'logs' };
    expect(loadBalancerOf(off).Attributes).toEqual([]);
    expect(loadBalancerOf({ 'access-log-enabled': 'true' }).Attributes).toEqual([
      { Key: 'access_logs.s3.enabled', Value: 'true' },
    ]);
  });

  it('may be unknown, all of them or one', () => {
    expect(loadBalancerOf({ attributes: UNKNOWN }).Attributes).toEqual([{ Key: UNKNOWN, Value: UNKNOWN }]);
    const unknown = {
      attributes: `dns_record.client_routing_policy=${UNKNOWN}`,
      'access-log-enabled': UNKNOWN,
      'access-log-s3-bucket-name': 'logs',
    };
    expect(attributesOf(loadBalancerOf(unknown).Attributes)).toEqual({
      'access_logs.s3.bucket': UNKNOWN,
      'access_logs.s3.enabled': UNKNOWN,
      'dns_record.client_routing_policy': UNKNOWN,
    });
  });

  it.each(['any_availability_zone', 'partial_availability_zone_affinity', 'availability_zone_affinity'])(
    'have the routing policy %s',
    (policy) => {
      const attributes = `dns_record.client_routing_policy=${policy}`;
      expect(loadBalancerOf({ attributes }).Attributes).toEqual([
        { Key: 'dns_record.client_routing_policy', Value: policy },
      ]);
    },
  );

  it.each([
    [
      { attributes: 'dns_record.client_routing_policy=nearest' },
      "invalid dns_record.client_routing_policy set in annotation aws-load-balancer-attributes: got 'nearest' expected " +
        "one of ['any_availability_zone', 'partial_availability_zone_affinity', 'availability_zone_affinity']",
    ],
    [{ attributes: 'a' }, `failed to parse stringMap annotation, ${annotationOf('attributes')}: a`],
    [
      { 'access-log-enabled': 'FalSe' },
      `failed to parse bool annotation, ${annotationOf('access-log-enabled')}: FalSe: ` +
        'strconv.ParseBool: parsing "FalSe": invalid syntax',
    ],
  ])('%j is refused', (annotations, message) => {
    expect(refusalOf(annotations)).toBe(message);
  });
});

describe('minimum capacity', () => {
  const capacityOf = (capacity: string, settings = {}) =>
    loadBalancerOf({ 'minimum-load-balancer-capacity': capacity }, { settings }).MinimumLoadBalancerCapacity;

  it('is in capacity units', () => {
    expect(capacityOf('CapacityUnits=3000')).toEqual({ CapacityUnits: 3000 });
    expect(capacityOf('')).toBeUndefined();
  });

  it('may be unknown', () => {
    expect(capacityOf(UNKNOWN)).toEqual({ CapacityUnits: UNKNOWN });
    expect(capacityOf(`CapacityUnits=${UNKNOWN}`)).toEqual({ CapacityUnits: UNKNOWN });
  });

  it('is nothing to a controller without the feature', () => {
    expect(
      capacityOf('InvalidUnits=3000', { featureGates: { LBCapacityReservation: false } }),
    ).toBeUndefined();
  });

  it.each([
    ['InvalidUnits=3000', 'invalid key to set the capacity: InvalidUnits, Expected key: CapacityUnits'],
    [
      'CapacityUnits=x',
      'invalid value to set the capacity: x: strconv.ParseInt: parsing "x": invalid syntax',
    ],
    [
      'CapacityUnits=2147483648',
      'invalid value to set the capacity: 2147483648: strconv.ParseInt: parsing "2147483648": value out of range',
    ],
    ['CapacityUnits=1,A=2', 'invalid key to set the capacity: A, Expected key: CapacityUnits'],
  ])('%s is refused', (capacity, message) => {
    expect(refusalOf({ 'minimum-load-balancer-capacity': capacity })).toBe(message);
  });
});

describe('prefix for source NAT', () => {
  it('is off unless it is on', () => {
    const dualstack = { 'ip-address-type': 'dualstack' };
    const on = { ...dualstack, 'enable-prefix-for-ipv6-source-nat': 'on' };
    expect(loadBalancerOf(on).EnablePrefixForIpv6SourceNat).toBe('on');
    const off = { 'enable-prefix-for-ipv6-source-nat': 'off' };
    expect(loadBalancerOf(off).EnablePrefixForIpv6SourceNat).toBe('off');
    const unknown = { 'enable-prefix-for-ipv6-source-nat': UNKNOWN };
    expect(loadBalancerOf(unknown).EnablePrefixForIpv6SourceNat).toBe(UNKNOWN);
  });

  it('is refused with another word, or without IPv6', () => {
    expect(refusalOf({ 'enable-prefix-for-ipv6-source-nat': 'true' })).toBe(
      "Invalid enable-prefix-for-ipv6-source-nat value: true. Valid values are ['on', 'off'].",
    );
    expect(refusalOf({ 'enable-prefix-for-ipv6-source-nat': 'on' })).toBe(
      'enable-prefix-for-ipv6-source-nat annotation is only applicable to Network Load Balancers using Dualstack IP address type.',
    );
  });
});

describe('rules of the security groups on PrivateLink', () => {
  const ENFORCE = 'inbound-sg-rules-on-private-link-traffic';

  it.each(['on', 'off', UNKNOWN])('%s', (value) => {
    const loadBalancer = loadBalancerOf({ [ENFORCE]: value });
    expect(loadBalancer.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic).toBe(value);
  });

  it('are refused with another word', () => {
    expect(refusalOf({ [ENFORCE]: 'yes' })).toBe(
      'Invalid value for securityGroupsInboundRulesOnPrivateLink status: yes, value must be one of [on, off]',
    );
  });
});

describe('tags', () => {
  const TAGS = 'additional-resource-tags';

  it("are those of the Service and the controller's own, on all that it makes", () => {
    const settings = { defaultTags: { team: 'platform', env: 'dev' } };
    const tags = [
      { Key: 'app', Value: 'web' },
      { Key: 'env', Value: 'dev' },
      { Key: 'team', Value: 'platform' },
    ];
    const loadBalancer = loadBalancerOf({ [TAGS]: 'app=web,team=shop' }, { settings });
    expect(loadBalancer.Tags).toEqual(tags);
    expect(loadBalancer.ManagedSecurityGroup?.Tags).toEqual(tags);
    expect(loadBalancer.Listeners.map(({ Tags }) => Tags)).toEqual([tags]);
    expect(loadBalancer.TargetGroups.map(({ Tags }) => Tags)).toEqual([tags]);
  });

  it("win over the controller's where a gate is open", () => {
    const settings = {
      defaultTags: { team: 'platform' },
      featureGates: { EnableDefaultTagsLowPriority: true },
    };
    expect(attributesOf(loadBalancerOf({ [TAGS]: 'team=shop' }, { settings }).Tags)).toEqual({
      team: 'shop',
    });
  });

  it('may be unknown', () => {
    expect(loadBalancerOf({ [TAGS]: UNKNOWN }).Tags).toEqual([{ Key: UNKNOWN, Value: UNKNOWN }]);
  });

  it('are refused if something else manages them', () => {
    const settings = { externalManagedTags: ['team', 'env'] };
    expect(refusalOf({ [TAGS]: 'team=a,env=b' }, { settings })).toBe(
      'external managed tag key env cannot be specified on Service',
    );
    expect(loadBalancerOf({ [TAGS]: 'app=a' }, { settings }).Tags).toHaveLength(1);
  });
});

describe('of several faults', () => {
  it('the one that the controller finds first is refused', () => {
    const faults: readonly (readonly [string, string, RegExp])[] = [
      ['scheme', 'public', /^unknown scheme/],
      ['ip-address-type', 'v6', /^unknown IPAddressType/],
      ['subnets', '', /^unable to resolve/],
      ['enable-prefix-for-ipv6-source-nat', 'x', /^Invalid enable-prefix/],
      ['attributes', 'a', /attributes: a$/],
      ['minimum-load-balancer-capacity', 'a=1', /^invalid key to set the capacity/],
      ['disable-nlb-sg', 'x', /disable-nlb-sg/],
      ['additional-resource-tags', 'a', /additional-resource-tags/],
      ['eip-allocations', 'a', /^EIP allocations/],
      ['name', 'a'.repeat(33), /^load balancer name/],
      ['inbound-sg-rules-on-private-link-traffic', 'x', /^Invalid value for securityGroups/],
      ['ssl-ports', '1', /^Unused port/],
      ['nlb-target-type', 'instance', /unallocated NodePort$/],
    ];
    const given = {
      spec: { allocateLoadBalancerNodePorts: false, ports: [{ port: 80 }] },
    };
    for (const index of faults.keys()) {
      const rest = faults.slice(index);
      const annotations = Object.fromEntries(rest.map(([suffix, value]) => [suffix, value]));
      expect(refusalOf(annotations, given)).toMatch(rest[0]?.[2] ?? /^$/);
    }
  });

  it('a Service without ports has no listeners', () => {
    const { Listeners, TargetGroups } = loadBalancerOf({}, { spec: { ports: undefined } });
    expect([Listeners, TargetGroups]).toEqual([[], []]);
  });

  it('annotations of other prefixes do not count', () => {
    expect(serviceOf({ scheme: 'internal' }).metadata.annotations).toEqual({
      'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
    });
    expect(targetGroupOf({ 'nlb-target-type': 'ip' }).TargetType).toBe('ip');
  });
});

describe('a refusal', () => {
  const annotated = (suffix: string) => ({
    Kind: 'Service',
    Name: 'shop/web',
    Annotation: annotationOf(suffix),
  });
  const field = (name: string) => ({ Kind: 'Service', Name: 'shop/web', Field: name });
  const TWO = { ports: [{ port: 53 }, { port: 53 }] };

  it.each<[Annotations, Given['spec'], unknown]>([
    [{ attributes: 'dns_record.client_routing_policy=x' }, {}, annotated('attributes')],
    [
      { 'minimum-load-balancer-capacity': 'CapacityUnits=x' },
      {},
      annotated('minimum-load-balancer-capacity'),
    ],
    [{ 'healthcheck-port': 'x' }, {}, annotated('healthcheck-port')],
    [{ 'target-group-attributes': 'preserve_client_ip.enabled=x' }, {}, annotated('target-group-attributes')],
    [{ 'enable-tcp-udp-listener': 'true' }, TWO, field('spec.ports[1]')],
    [{ '/actions.TCP-80': '{}' }, {}, annotated('/actions.TCP-80')],
    [
      { 'nlb-target-type': 'instance', type: 'external' },
      { type: 'ClusterIP' },
      annotated('nlb-target-type'),
    ],
    [{}, { ipFamilies: ['IPv6'] }, field('spec.ipFamilies')],
  ])('of %j comes from where it is', (annotations, spec, source) => {
    expect(sourceOfRefusal(annotations, { spec })).toEqual(source);
  });
});
