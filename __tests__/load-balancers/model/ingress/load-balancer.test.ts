import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY, type IngressClassParamsSpec } from '../../../../load-balancers/model';
import {
  albOf,
  annotationSource,
  grouped,
  ingress,
  messageOf,
  modelOf,
  paramsSource,
  refusalOf,
} from '../built';

it('an Ingress without a word makes an internal load balancer whose names nobody knows before', () => {
  expect(albOf({})).toMatchObject({
    Id: 'shop/app',
    Members: ['Ingress shop/app'],
    LoadBalancerName: KNOWN_AFTER_APPLY,
    Type: 'application',
    Scheme: 'internal',
    IpAddressType: 'ipv4',
    SubnetMappings: [{ SubnetId: KNOWN_AFTER_APPLY }],
    SecurityGroups: [KNOWN_AFTER_APPLY, KNOWN_AFTER_APPLY],
    Attributes: [],
    Tags: [],
    Origin: {},
  });
});

/** By field of the model: its annotation, a value, the field of the class and another value. */
const FIELDS = [
  ['Scheme', 'scheme', 'internet-facing', 'scheme', 'internal'],
  ['IpAddressType', 'ip-address-type', 'dualstack', 'ipAddressType', 'ipv4'],
  ['IpAddressType', 'ip-address-type', 'dualstack-without-public-ipv4', 'ipAddressType', 'dualstack'],
  ['LoadBalancerName', 'load-balancer-name', 'own', 'loadBalancerName', 'platform'],
] as const;

describe.each(FIELDS)('%s', (field, suffix, value, classField, ofClass) => {
  it('is that of the annotation', () => {
    const alb = albOf({ [suffix]: value });
    expect(alb[field]).toBe(value);
    expect(alb.Origin).toEqual({ [field]: [annotationSource(suffix)] });
  });

  it('is that of the class first', () => {
    const alb = albOf({ [suffix]: value }, { params: { [classField]: ofClass } });
    expect(alb[field]).toBe(ofClass);
    expect(alb.Origin).toEqual({ [field]: [paramsSource(classField)] });
  });

  it('may be said by some Ingresses of a group, and be unknown to others', () => {
    const alb = albOf(grouped({}, { [suffix]: KNOWN_AFTER_APPLY }, { [suffix]: value }, { [suffix]: value }));
    expect(alb[field]).toBe(value);
    expect(alb.Origin[field]).toEqual(['b', 'c', 'd'].map((name) => annotationSource(suffix, name)));
  });

  it('may be unknown', () => {
    expect(albOf({ [suffix]: KNOWN_AFTER_APPLY })[field]).toBe(KNOWN_AFTER_APPLY);
  });
});

describe('what Ingresses of a group say must be one', () => {
  it.each([
    ['scheme', 'internet-facing', 'internal', 'conflicting scheme: map[internal:{} internet-facing:{}]'],
    ['ip-address-type', 'ipv4', 'dualstack', 'conflicting IPAddressType: [dualstack ipv4]'],
    ['load-balancer-name', 'two', 'one', 'conflicting load balancer name: map[one:{} two:{}]'],
    ['subnets', 'subnet-1,subnet-2', 'subnet-1', 'conflicting subnets: [subnet-1 subnet-2] | [subnet-1]'],
    ['security-groups', 'sg-1,sg-2', 'sg-2,sg-1', 'conflicting securityGroups: [sg-1 sg-2] | [sg-2 sg-1]'],
    ['customer-owned-ipv4-pool', 'b', 'a', 'conflicting CustomerOwnedIPv4Pool: [a b]'],
    ['ipam-ipv4-pool-id', 'b', 'a', 'conflicting ipv4 ipam pools b: a'],
  ])('%s', (suffix, one, other, message) => {
    expect(refusalOf(grouped({ [suffix]: one }, { [suffix]: other }))).toMatchObject({
      Blocks: 'IngressGroup g',
      Objects: ['Ingress shop/a', 'Ingress shop/b'],
      Message: message,
      Source: annotationSource(suffix, 'b'),
    });
  });
});

describe('refused is', () => {
  it.each([
    ['scheme', 'public', 'unknown scheme: public'],
    ['scheme', '', 'unknown scheme: '],
    ['ip-address-type', 'ipv6', 'unknown IPAddressType: ipv6'],
    ['load-balancer-name', 'n'.repeat(33), 'load balancer name cannot be longer than 32 characters'],
    ['subnets', ' , ', 'unable to resolve at least one subnet'],
    [
      'customer-owned-ipv4-pool',
      '',
      'cannot use empty value for customer-owned-ipv4-pool annotation, ingress: shop/app',
    ],
  ])('%s of %j', (suffix, value, message) => {
    expect(refusalOf({ [suffix]: value })).toMatchObject({
      Blocks: 'Ingress shop/app',
      Objects: ['Ingress shop/app'],
      Message: message,
      Source: annotationSource(suffix),
    });
  });

  it('a name of 32 letters not', () => {
    expect(albOf({ 'load-balancer-name': 'n'.repeat(32) }).LoadBalancerName).toHaveLength(32);
  });
});

describe('subnets', () => {
  it('are ids or names, as written, in any order in a group', () => {
    const alb = albOf(grouped({ subnets: 'subnet-1, private-b' }, { subnets: 'private-b,subnet-1' }));
    expect(alb.SubnetMappings).toEqual([{ SubnetId: 'subnet-1' }, { SubnetId: 'private-b' }]);
  });

  it('that aren’t known yet agree with any', () => {
    expect(albOf(grouped({ subnets: 'subnet-1' }, { subnets: KNOWN_AFTER_APPLY })).SubnetMappings).toEqual([
      { SubnetId: 'subnet-1' },
    ]);
  });

  it('of the class are ids', () => {
    const alb = albOf({}, { params: { subnets: { ids: ['subnet-1', 'subnet-2'] } } });
    expect(alb.SubnetMappings).toEqual([{ SubnetId: 'subnet-1' }, { SubnetId: 'subnet-2' }]);
    expect(alb.Origin['SubnetMappings']).toEqual([paramsSource('subnets')]);
  });

  it('of the class are found by tag', () => {
    const alb = albOf({ subnets: 'subnet-1' }, { params: { subnets: { tags: { tier: ['web'] } } } });
    expect(alb.SubnetMappings).toEqual([{ SubnetId: KNOWN_AFTER_APPLY }]);
    expect(alb.Origin['SubnetMappings']).toEqual([paramsSource('subnets')]);
  });

  const otherClass = (spec: IngressClassParamsSpec) => ({
    params: { subnets: { ids: ['subnet-1'] } },
    objects: [
      {
        kind: 'IngressClass' as const,
        metadata: { name: 'other' },
        spec: {
          controller: 'ingress.k8s.aws/alb',
          parameters: { apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams', name: 'other' },
        },
      },
      { kind: 'IngressClassParams' as const, metadata: { name: 'other' }, spec },
    ],
  });
  const [first] = grouped({});
  const second = ingress(
    { 'group.name': 'g', subnets: 'subnet-2' },
    { name: 'b', ingressClassName: 'other' },
  );
  const both = first === undefined ? [] : [first, second];

  it('can’t be of a class and of an annotation', () => {
    expect(messageOf(both, otherClass({}))).toBe(
      'conflicting subnet specifications: IngressClassParams versus annotation',
    );
  });

  it('can’t be of two classes, unless they are the same', () => {
    expect(messageOf(both, otherClass({ subnets: { ids: ['subnet-2'] } }))).toBe(
      'conflicting IngressClassParams subnet specifications',
    );
    const same = { subnets: { ids: ['subnet-1'] } };
    expect(albOf(both, otherClass(same)).SubnetMappings).toEqual([{ SubnetId: 'subnet-1' }]);
  });
});

describe('address pools', () => {
  it('are those of the annotations', () => {
    const alb = albOf({ 'customer-owned-ipv4-pool': 'coip-1', 'ipam-ipv4-pool-id': 'ipam-1' });
    expect(alb.CustomerOwnedIpv4Pool).toBe('coip-1');
    expect(alb.IpamPools).toEqual({ Ipv4IpamPoolId: 'ipam-1' });
    expect(Object.keys(alb.Origin)).toEqual(['CustomerOwnedIpv4Pool', 'IpamPools']);
  });

  it('of IPAM is that of the class first', () => {
    const alb = albOf(
      { 'ipam-ipv4-pool-id': 'ipam-1' },
      { params: { ipamConfiguration: { ipv4IPAMPoolId: 'ipam-2' } } },
    );
    expect(alb.IpamPools).toEqual({ Ipv4IpamPoolId: 'ipam-2' });
    expect(alb.Origin['IpamPools']).toEqual([paramsSource('ipamConfiguration.ipv4IPAMPoolId')]);
  });

  it('of IPAM are told in the order in which Ingresses name them', () => {
    const pool = (id: string) => ({ 'ipam-ipv4-pool-id': id });
    expect(messageOf(grouped(pool('b'), pool(KNOWN_AFTER_APPLY), pool('c'), pool('a')))).toBe(
      'conflicting ipv4 ipam pools b: c',
    );
  });

  it('of IPAM is none if it is empty', () => {
    expect(albOf({ 'ipam-ipv4-pool-id': '' })).not.toHaveProperty('IpamPools');
  });
});

describe('capacity', () => {
  const capacity = (value: string) => ({ 'minimum-load-balancer-capacity': value });

  it('is that of the annotation, or of the class first', () => {
    const alb = albOf(grouped(capacity('CapacityUnits=3000'), capacity('CapacityUnits=3000')));
    expect(alb.MinimumLoadBalancerCapacity).toEqual({ CapacityUnits: 3000 });
    expect(alb.Origin['MinimumLoadBalancerCapacity']).toHaveLength(2);
    const params = { minimumLoadBalancerCapacity: { capacityUnits: 5000 } };
    const ofClass = albOf(capacity('CapacityUnits=3000'), { params });
    expect(ofClass.MinimumLoadBalancerCapacity).toEqual({ CapacityUnits: 5000 });
    expect(ofClass.Origin['MinimumLoadBalancerCapacity']).toEqual([
      paramsSource('minimumLoadBalancerCapacity'),
    ]);
  });

  it('may be unknown', () => {
    const unknown = { CapacityUnits: KNOWN_AFTER_APPLY };
    expect(albOf(capacity(KNOWN_AFTER_APPLY)).MinimumLoadBalancerCapacity).toEqual(unknown);
    expect(albOf(capacity(`CapacityUnits=${KNOWN_AFTER_APPLY}`)).MinimumLoadBalancerCapacity).toEqual(
      unknown,
    );
    const ingresses = grouped(capacity('CapacityUnits=1'), capacity(`CapacityUnits=${KNOWN_AFTER_APPLY}`));
    expect(albOf(ingresses).MinimumLoadBalancerCapacity).toEqual(unknown);
  });

  it('doesn’t count without its feature gate', () => {
    const settings = { featureGates: { LBCapacityReservation: false } };
    expect(albOf(capacity('Units=none'), { settings })).not.toHaveProperty('MinimumLoadBalancerCapacity');
  });

  it.each([
    ['Units=1', 'invalid key to set the capacity: Units, Expected key: CapacityUnits'],
    [
      'CapacityUnits=many',
      'invalid value to set the capacity: many: strconv.ParseInt: parsing "many": invalid syntax',
    ],
    [
      'CapacityUnits=2147483648',
      'invalid value to set the capacity: 2147483648: strconv.ParseInt: parsing "2147483648": value out of range',
    ],
    [
      'many',
      'failed to parse stringMap annotation, alb.ingress.kubernetes.io/minimum-load-balancer-capacity: many',
    ],
  ])('can’t be %s', (value, message) => {
    expect(refusalOf(capacity(value))).toMatchObject({
      Message: message,
      Source: annotationSource('minimum-load-balancer-capacity'),
    });
  });

  it('is one in a group', () => {
    expect(messageOf(grouped(capacity('CapacityUnits=1'), capacity('CapacityUnits=2')))).toBe(
      'conflicting capacity reservation CapacityUnits: 1 | 2',
    );
  });
});

it('the first thing that the controller would refuse is what it says', () => {
  const all = {
    scheme: 'public',
    'ip-address-type': 'ipv6',
    subnets: '',
    'load-balancer-name': 'n'.repeat(33),
  };
  const order = Object.keys(all);
  const messages = order.map((_, index) => messageOf(Object.fromEntries(Object.entries(all).slice(index))));
  expect(messages).toEqual([
    'unknown scheme: public',
    'unknown IPAddressType: ipv6',
    'unable to resolve at least one subnet',
    'load balancer name cannot be longer than 32 characters',
  ]);
  expect(modelOf([]).Refusals).toEqual([]);
});
