import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY, type IngressClassParams } from '../../../../load-balancers/model';
import { ingressClassParamsProblems } from '../../../../load-balancers/model/admission/ingress-class-params';
import { ingress, modelOf } from '../built';

const problemsOf = (spec: object) =>
  ingressClassParamsProblems({
    kind: 'IngressClassParams',
    metadata: { name: 'p' },
    spec,
  } as IngressClassParams);

it('refused parameters are not there for their Ingresses', () => {
  const { LoadBalancers, Refusals } = modelOf([ingress()], { params: { scheme: 'public' } });
  expect(LoadBalancers).toEqual([]);
  expect(Refusals).toMatchObject([
    {
      Blocks: 'IngressClassParams params',
      Objects: ['IngressClassParams params'],
      Message:
        'IngressClassParams.elbv2.k8s.aws "params" is invalid: spec.scheme: Unsupported value: "public": supported values: "internal", "internet-facing"',
      Source: { Kind: 'IngressClassParams', Name: 'params' },
    },
    expect.objectContaining({
      Blocks: 'Ingress shop/app',
      Message: 'invalid ingress class: IngressClassParams.elbv2.k8s.aws "params" not found',
    }),
  ]);
});

describe('the definition refuses', () => {
  it.each([
    [
      { ipAddressType: 'ipv6' },
      'spec.ipAddressType: Unsupported value: "ipv6": supported values: "ipv4", "dualstack", "dualstack-without-public-ipv4"',
    ],
    [{ targetType: 'pod' }, 'spec.targetType: Unsupported value: "pod": supported values: "instance", "ip"'],
    [
      { sslRedirectPort: 443 },
      'spec.sslRedirectPort: Invalid value: "integer": spec.sslRedirectPort in body must be of type string: "integer"',
    ],
    [
      { inboundCIDRs: '10.0.0.0/8' },
      'spec.inboundCIDRs: Invalid value: "string": spec.inboundCIDRs in body must be of type array: "string"',
    ],
    [
      { certificateArn: [1.5] },
      'spec.certificateArn[0]: Invalid value: "number": spec.certificateArn[0] in body must be of type string: "number"',
    ],
    [
      { group: ['g'] },
      'spec.group: Invalid value: "array": spec.group in body must be of type object: "array"',
    ],
    [{ group: {} }, 'spec.group.name: Required value'],
    [{ tags: [{ key: 'a' }] }, 'spec.tags[0].value: Required value'],
    [
      { subnets: { ids: ['private-a'] } },
      'spec.subnets.ids[0]: Invalid value: "private-a": spec.subnets.ids[0] in body should match \'subnet-[0-9a-f]+\'',
    ],
    [
      { subnets: { ids: [] } },
      'spec.subnets.ids: Invalid value: 0: spec.subnets.ids in body should have at least 1 items',
    ],
    [
      { subnets: { tags: { tier: 'web' } } },
      'spec.subnets.tags.tier: Invalid value: "string": spec.subnets.tags.tier in body must be of type array: "string"',
    ],
    [
      { prefixListsIDs: ['pl-1'], PrefixListsIDs: ['pl-1'] },
      "spec: Invalid value: \"object\": cannot specify both 'prefixListsIDs' and 'PrefixListsIDs' fields",
    ],
  ])('%j', (spec, problem) => {
    expect(problemsOf(spec)).toEqual([problem]);
  });

  it('neither what isn’t known yet nor what it doesn’t know', () => {
    expect(problemsOf({ scheme: KNOWN_AFTER_APPLY, tags: KNOWN_AFTER_APPLY, later: 1 })).toEqual([]);
    expect(problemsOf({ minimumLoadBalancerCapacity: { capacityUnits: 100 } })).toEqual([]);
  });
});

describe('the webhook refuses', () => {
  const subnets = (value: object) => problemsOf({ subnets: value });

  it.each([
    ['10.0.0.1', 'Could not be parsed as a CIDR (did you mean "10.0.0.1/32")'],
    ['2001:db8::1', 'Could not be parsed as a CIDR (did you mean "2001:db8::1/64")'],
    ['10.0.0.0/33', 'Could not be parsed as a CIDR'],
    ['web', 'Could not be parsed as a CIDR'],
    ['10.1.2.3/8', 'Network contains bits outside prefix (did you mean "10.0.0.0/8")'],
    ['2001:db8::1/32', 'Network contains bits outside prefix (did you mean "2001:db8::/32")'],
  ])('the network %s', (cidr, why) => {
    expect(problemsOf({ inboundCIDRs: ['10.0.0.0/8', cidr] })).toEqual([
      `spec.inboundCIDRs[1]: Invalid value: "${cidr}": ${why}`,
    ]);
  });

  it('subnets without or with both ids and tags', () => {
    expect(subnets({})).toEqual(['spec.subnets: Required value: must have either `ids` or `tags`']);
    expect(subnets({ ids: ['subnet-1'], tags: { a: ['b'] } })).toEqual([
      'spec.subnets.tags: Forbidden: may not have both `ids` and `tags` set',
    ]);
    expect(subnets({ tags: {} })).toEqual([
      'spec.subnets.tags: Required value: must have at least one tag key',
    ]);
  });

  it('subnets and tag values twice', () => {
    expect(subnets({ ids: ['subnet-1', 'subnet-2', 'subnet-1'] })).toEqual([
      'spec.subnets.ids[2]: Duplicate value: "subnet-1"',
    ]);
    expect(subnets({ tags: { tier: ['a', 'a'] } })).toEqual([
      'spec.subnets.tags[tier][1]: Duplicate value: "a"',
    ]);
  });

  it('neither networks nor subnets that are right, or unknown', () => {
    expect(
      problemsOf({ inboundCIDRs: ['10.0.0.0/8', '::/0', KNOWN_AFTER_APPLY], subnets: { ids: ['subnet-1'] } }),
    ).toEqual([]);
  });
});
