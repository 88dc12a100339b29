import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model';
import { type KnownSubnet } from '../../../../load-balancers/checks/ingress';
import { classOf, errors, ingress, only, warnings } from './objects';

const subnets: KnownSubnet[] = [
  { id: 'subnet-a', name: 'public-a', zone: 'eu-west-1a', public: true },
  { id: 'subnet-b', zone: 'eu-west-1b', public: true },
  { id: 'subnet-b2', zone: 'eu-west-1b', public: true },
  { id: 'subnet-c', zone: 'eu-west-1a', public: false },
  { id: 'subnet-d', zone: 'eu-west-1b', public: false },
  { id: 'subnet-local', zone: 'us-west-2-lax-1a', public: true },
];
const privates = subnets.filter((subnet) => !subnet.public);

const facing = (list?: string) =>
  ingress({ scheme: 'internet-facing', ...(list === undefined ? {} : { subnets: list }) });

describe('an internet-facing load balancer', () => {
  it('needs public subnets', () => {
    expect(only([facing()], { subnets: privates })).toMatchObject({
      prop: 'scheme',
      value: 'internet-facing',
      reason: 'there is no public subnet for an internet-facing load balancer',
      remedy: 'write scheme internal, or make public subnets',
    });
    expect(errors([facing()], { subnets })).toEqual([]);
    expect(errors([facing()])).toEqual([]);
  });

  it('needs them by default and by its class too', () => {
    const context = { subnets: privates };
    const settings = { defaultLoadBalancerScheme: 'internet-facing' as const };
    expect(errors([ingress()], { ...context, settings })).toEqual(['scheme=internet-facing']);
    expect(errors([ingress(), ...classOf({ scheme: 'internet-facing' })], context)).toEqual([
      'IngressClassParams spec.scheme=internet-facing',
    ]);
    expect(errors([ingress()], context)).toEqual([]);
  });

  it('needs those that are named to be public', () => {
    expect(errors([facing('subnet-c, subnet-d')], { subnets })).toEqual(['subnets=subnet-c, subnet-d']);
    expect(errors([facing('subnet-a, subnet-d')], { subnets })).toEqual([]);
    expect(warnings([facing('subnet-a, subnet-d')], { subnets })).toEqual(['subnets=subnet-a, subnet-d']);
    expect(warnings([facing('subnet-a, subnet-b')], { subnets })).toEqual([]);
  });
});

describe('zones', () => {
  it('are two at least', () => {
    const [first] = subnets;
    expect(errors([facing()], { subnets: first && [first] })).toEqual(['scheme=internet-facing']);
    expect(errors([ingress({ scheme: 'internal' })], { subnets: privates.slice(1) })).toEqual([
      'scheme=internal',
    ]);
    expect(errors([facing('subnet-x')])).toEqual(['subnets=subnet-x']);
    expect(errors([facing('subnet-x, subnet-y')])).toEqual([]);
  });

  it('have one subnet each', () => {
    expect(errors([facing('subnet-a, subnet-b, subnet-b2')], { subnets })).toEqual([
      'subnets=subnet-a, subnet-b, subnet-b2',
    ]);
    expect(errors([facing('public-a, subnet-b2')], { subnets })).toEqual([]);
    expect(errors([facing('subnet-x, subnet-y, subnet-x')])).toEqual([
      'subnets=subnet-x, subnet-y, subnet-x',
    ]);
  });

  it('of the class are looked at', () => {
    expect(
      errors([ingress(), ...classOf({ subnets: { ids: ['subnet-b', 'subnet-b2'] } })], { subnets }),
    ).toEqual(['IngressClassParams spec.subnets.ids=subnet-b, subnet-b2']);
    expect(errors([ingress(), ...classOf({ subnets: { tags: { tier: ['edge'] } } })], { subnets })).toEqual(
      [],
    );
  });

  it('may be one for Local Zones, Outposts and with the feature gate', () => {
    expect(errors([facing('subnet-local')], { subnets })).toEqual([]);
    expect(errors([facing()], { subnets: subnets.slice(-1) })).toEqual([]);
    expect(errors([ingress({ subnets: 'subnet-x', 'customer-owned-ipv4-pool': 'ipv4pool-coip-1' })])).toEqual(
      [],
    );
    expect(errors([facing('subnet-x')], { settings: { featureGates: { ALBSingleSubnet: true } } })).toEqual(
      [],
    );
  });

  it('are not judged where subnets are known after apply', () => {
    expect(errors([facing(KNOWN_AFTER_APPLY)], { subnets })).toEqual([]);
    expect(errors([facing(`${KNOWN_AFTER_APPLY},subnet-b`)], { subnets })).toEqual([]);
    expect(errors([ingress({ scheme: KNOWN_AFTER_APPLY })], { subnets: privates })).toEqual([]);
  });

  it('of an internal load balancer may be tagged public ones', () => {
    expect(errors([ingress()], { subnets: subnets.slice(0, 2) })).toEqual([]);
  });
});

describe('the Network Load Balancer in front', () => {
  const frontend = (list: string, more = {}) =>
    ingress({ 'enable-frontend-nlb': 'true', 'frontend-nlb-subnets': list, ...more });

  it('takes one subnet of a zone, and one zone', () => {
    expect(errors([frontend('subnet-b, subnet-b2')], { subnets })).toEqual([
      'frontend-nlb-subnets=subnet-b, subnet-b2',
    ]);
    expect(errors([frontend('subnet-b')], { subnets })).toEqual([]);
  });

  it('takes public ones where it is internet-facing', () => {
    const scheme = { 'frontend-nlb-scheme': 'internet-facing' };
    expect(errors([frontend('subnet-c, subnet-d', scheme)], { subnets })).toEqual([
      'frontend-nlb-subnets=subnet-c, subnet-d',
    ]);
    expect(errors([frontend('subnet-a, subnet-b', scheme)], { subnets })).toEqual([]);
  });
});
