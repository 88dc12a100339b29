import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY, type SubnetFact } from '../../../../load-balancers/model';
import { classOf, errors, ingress, only, warnings } from './objects';

const tags = {};
const subnets: SubnetFact[] = [
  { id: 'subnet-0000000a', zone: 'eu-west-1a', public: true, tags: { Name: 'public-a' } },
  { id: 'subnet-0000000b', zone: 'eu-west-1b', public: true, tags },
  { id: 'subnet-000000b2', zone: 'eu-west-1b', public: true, tags },
  { id: 'subnet-0000000c', zone: 'eu-west-1a', public: false, tags },
  { id: 'subnet-0000000d', zone: 'eu-west-1b', public: false, tags },
  { id: 'subnet-0000001a', zone: 'us-west-2-lax-1a', public: true, tags },
];
const facts = { subnets };
const privates = { subnets: subnets.filter((subnet) => !subnet.public) };
const publics = { subnets: subnets.slice(0, 2) };

const facing = (list?: string) =>
  ingress({ scheme: 'internet-facing', ...(list === undefined ? {} : { subnets: list }) });

describe('an internet-facing load balancer', () => {
  it('needs public subnets', () => {
    expect(only([facing()], { facts: privates })).toMatchObject({
      prop: 'scheme',
      value: 'internet-facing',
      reason: expect.stringContaining('Evaluated 0 subnets') as unknown,
      remedy: expect.stringContaining('kubernetes.io/role/elb') as unknown,
    });
    expect(errors([facing()], { facts: publics })).toEqual([]);
    expect(errors([facing()])).toEqual([]);
  });

  it('needs those that are named to be public', () => {
    expect(errors([facing('subnet-0000000c, subnet-0000000d')], { facts })).toEqual([
      'subnets=subnet-0000000c, subnet-0000000d',
    ]);
    expect(errors([facing('subnet-0000000a, subnet-0000000d')], { facts })).toEqual([]);
    expect(warnings([facing('subnet-0000000a, subnet-0000000d')], { facts })).toEqual([
      'subnets=subnet-0000000a, subnet-0000000d',
    ]);
    expect(warnings([facing('subnet-0000000a, subnet-0000000b')], { facts })).toEqual([]);
  });
});

describe('zones', () => {
  it('are two at least', () => {
    expect(errors([facing()], { facts: { subnets: subnets.slice(0, 1) } })).toEqual([
      'scheme=internet-facing',
    ]);
    expect(errors([facing('subnet-00000078')])).toEqual(['subnets=subnet-00000078']);
    expect(errors([facing('subnet-00000078, subnet-00000079')])).toEqual([]);
  });

  it('have one subnet each', () => {
    expect(errors([facing('subnet-0000000a, subnet-0000000b, subnet-000000b2')], { facts })).toEqual([
      'subnets=subnet-0000000a, subnet-0000000b, subnet-000000b2',
    ]);
    expect(errors([facing('public-a, subnet-000000b2')], { facts })).toEqual([]);
    expect(errors([facing('subnet-00000078, subnet-00000079, subnet-00000078')])).toEqual([
      'subnets=subnet-00000078',
      'subnets=subnet-00000078, subnet-00000079, subnet-00000078',
    ]);
  });

  it('of the class are looked at', () => {
    const ids = ['subnet-0000000b', 'subnet-000000b2'];
    expect(errors([ingress(), ...classOf({ subnets: { ids } })], { facts })).toEqual([
      'IngressClassParams spec.subnets={"ids":["subnet-0000000b","subnet-000000b2"]}',
    ]);
  });

  it('may be one for Local Zones, Outposts and with the feature gate', () => {
    expect(errors([facing('subnet-0000001a')], { facts })).toEqual([]);
    expect(errors([facing()], { facts: { subnets: subnets.slice(-1) } })).toEqual([]);
    expect(
      errors([ingress({ subnets: 'subnet-00000078', 'customer-owned-ipv4-pool': 'ipv4pool-coip-1' })]),
    ).toEqual([]);
    expect(
      errors([facing('subnet-00000078')], { settings: { featureGates: { ALBSingleSubnet: true } } }),
    ).toEqual([]);
  });

  it('are not judged where subnets are known after apply', () => {
    expect(errors([facing(KNOWN_AFTER_APPLY)], { facts })).toEqual([]);
    expect(errors([facing(`${KNOWN_AFTER_APPLY},subnet-0000000b`)], { facts })).toEqual([]);
    expect(errors([ingress({ scheme: KNOWN_AFTER_APPLY })], { facts: privates })).toEqual([]);
  });
});

describe('the Network Load Balancer in front', () => {
  const frontend = (list: string, more = {}) =>
    ingress({ 'enable-frontend-nlb': 'true', 'frontend-nlb-subnets': list, ...more });

  it('takes one subnet of a zone, and one zone', () => {
    expect(errors([frontend('subnet-0000000b, subnet-000000b2')], { facts })).toEqual([
      'frontend-nlb-subnets=subnet-0000000b, subnet-000000b2',
    ]);
    expect(errors([frontend('subnet-0000000b')], { facts })).toEqual([]);
  });

  it('takes public ones where it is internet-facing', () => {
    const scheme = { 'frontend-nlb-scheme': 'internet-facing' };
    expect(errors([frontend('subnet-0000000c, subnet-0000000d', scheme)], { facts })).toEqual([
      'frontend-nlb-subnets=subnet-0000000c, subnet-0000000d',
    ]);
    expect(errors([frontend('subnet-0000000a, subnet-0000000b', scheme)], { facts })).toEqual([]);
  });
});
