import { describe, expect, it } from '@jest/globals';
import { checkObjects } from '../../../load-balancers/checks';
import {
  albIngressProblems,
  ingressClassParamsSettings,
  nlbServiceSettings,
  targetGroupBindingSettings,
  terraformAlbSettings,
} from '../../../load-balancers/schema';
import { type KubernetesObject, type Service } from '../../../load-balancers/model';
import { problemsOf } from '../../../load-balancers/problem';

/** One way in which a value comes to be judged: how many problems it has there. */
type Way = (value: unknown) => number;

const schemaWay =
  (schema: Parameters<typeof problemsOf>[0], object: (value: unknown) => unknown): Way =>
  (value) =>
    problemsOf(schema, object(value), 'it').length;

const prop = (of: (value: unknown) => object): Way => {
  return (value) => albIngressProblems({ defaultBackend: { service: 'web', port: 80 }, ...of(value) }).length;
};
const classParam = (of: (value: unknown) => unknown) => schemaWay(ingressClassParamsSettings, of);
const nlbProp = (of: (value: unknown) => object) =>
  schemaWay(nlbServiceSettings, (value) => ({ ports: [{ port: 80 }], ...of(value) }));
const albOfTerraform = (of: (value: unknown) => unknown) => schemaWay(terraformAlbSettings, of);
const binding = (of: (value: unknown) => unknown) => schemaWay(targetGroupBindingSettings, of);

const annotation =
  (suffix: string, others: Readonly<Record<string, string>> = {}): Way =>
  (value) => {
    const name = `alb.ingress.kubernetes.io/${suffix}`;
    const objects: readonly KubernetesObject[] = [
      {
        kind: 'IngressClass',
        metadata: { name: 'alb' },
        spec: { controller: 'ingress.k8s.aws/alb' },
      },
      {
        kind: 'Ingress',
        metadata: { name: 'web', namespace: 'shop', annotations: { [name]: textOf(value), ...others } },
        spec: { ingressClassName: 'alb', defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
      },
    ];
    const found = checkObjects(objects, { elsewhere: { services: 'any' } });
    return found.filter((each) => each.path === name && !each.warning).length;
  };

const nlbAnnotation =
  (suffix: string): Way =>
  (value) => {
    const name = `service.beta.kubernetes.io/${suffix}`;
    const service: Service = {
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop', annotations: { [name]: textOf(value) } },
      spec: {
        type: 'LoadBalancer',
        loadBalancerClass: 'service.k8s.aws/nlb',
        ports: [{ name: 'http', port: 80, protocol: 'TCP' }],
      },
    };
    return checkObjects([service]).filter((each) => each.path === name).length;
  };

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(',');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([key, each]) => `${key}=${String(each)}`)
    .join(',');
}

const keyValues = (value: unknown) =>
  Object.entries(value as Record<string, string>).map(([key, each]) => ({ key, value: each }));
const tags = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));
const attributes = (key: string) => (value: unknown) => ({ [key]: value });

const TAG_WAYS: Readonly<Record<string, Way>> = {
  prop: prop((value) => ({ tags: value })),
  annotation: annotation('tags'),
  class: classParam((value) => ({ tags: keyValues(value) })),
  'NLB prop': nlbProp((value) => ({ tags: value })),
  'NLB annotation': nlbAnnotation('aws-load-balancer-additional-resource-tags'),
};
const NAME_WAYS: Readonly<Record<string, Way>> = {
  prop: prop((value) => ({ loadBalancerName: value })),
  annotation: annotation('load-balancer-name'),
  class: classParam((value) => ({ loadBalancerName: value })),
  'NLB prop': nlbProp((value) => ({ loadBalancerName: value })),
  'NLB annotation': nlbAnnotation('aws-load-balancer-name'),
};
const healthCheck = (field: string, suffix: string, ofNlb: string): Readonly<Record<string, Way>> => ({
  prop: prop((value) => ({ targetGroup: { healthCheck: others(field, value) } })),
  annotation: annotation(suffix, {
    ...(suffix === 'healthcheck-timeout-seconds' && {
      'alb.ingress.kubernetes.io/healthcheck-interval-seconds': '300',
    }),
    ...(suffix === 'healthcheck-interval-seconds' && {
      'alb.ingress.kubernetes.io/healthcheck-timeout-seconds': '2',
    }),
  }),
  'NLB prop': nlbProp((value) => ({ healthCheck: { [field]: value } })),
  Terraform: albOfTerraform((value) => ({ healthCheck: { [field]: value } })),
  ...(field.endsWith('Count') && { 'NLB annotation': nlbAnnotation(ofNlb) }),
});
/** The interval stays longer than the timeout. */
const others = (field: string, value: unknown) => ({
  ...(field === 'timeoutSeconds' && { intervalSeconds: 300 }),
  ...(field === 'intervalSeconds' && { timeoutSeconds: 2 }),
  [field]: value,
});
const logs = (key: string, field: string): Readonly<Record<string, Way>> => ({
  prop: prop((value) => ({
    loadBalancerAttributes: { accessLogs: { bucket: 'logs-of-ours', [field]: value } },
  })),
  annotation: (value) => annotation('load-balancer-attributes')(attributes(key)(value)),
  class: classParam((value) => ({ loadBalancerAttributes: [{ key, value }] })),
  'NLB prop': nlbProp((value) => ({ accessLogs: { bucket: 'logs-of-ours', [field]: value } })),
  'NLB annotation': (value) => nlbAnnotation('aws-load-balancer-attributes')(attributes(key)(value)),
  Terraform: albOfTerraform((value) => ({ accessLogs: { bucket: 'logs-of-ours', [field]: value } })),
});

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/x';

const LIMITS: readonly (readonly [
  what: string,
  legal: unknown,
  illegal: unknown,
  ways: Readonly<Record<string, Way>>,
])[] = [
  ['a name of 32 letters', 'a'.repeat(32), 'a'.repeat(33), NAME_WAYS],
  ['a name that begins like AWS’s', 'internals', 'internal-s', NAME_WAYS],
  ['50 tags', tags(50), tags(51), TAG_WAYS],
  ['a tag key of 128 letters', { ['k'.repeat(128)]: 'v' }, { ['k'.repeat(129)]: 'v' }, TAG_WAYS],
  ['a tag value of 256 letters', { k: 'v'.repeat(256) }, { k: 'v'.repeat(257) }, TAG_WAYS],
  ...['service.k8s.aws/', 'ingress.k8s.aws/', 'elbv2.k8s.aws/', 'aws:'].map(
    (reserved) =>
      [`tag keys of ${reserved}`, { [`x${reserved}x`]: 'v' }, { [`${reserved}x`]: 'v' }, TAG_WAYS] as const,
  ),
  [
    'a network',
    ['10.0.0.0/8'],
    ['10.0.0.1/8'],
    {
      prop: prop((value) => ({ inboundCidrs: value })),
      annotation: annotation('inbound-cidrs'),
      class: classParam((value) => ({ inboundCIDRs: value })),
      'NLB prop': nlbProp((value) => ({ sourceRanges: value })),
      'NLB annotation': nlbAnnotation('load-balancer-source-ranges'),
      Terraform: albOfTerraform((value) => ({ inboundCIDRs: value })),
      binding: binding((value) => ({
        networking: {
          ingress: [{ from: [{ ipBlock: { cidr: (value as readonly string[])[0] } }], ports: [] }],
        },
      })),
    },
  ],
  [
    'a prefix list',
    ['pl-0123456789abcdef0'],
    ['x'],
    {
      prop: prop((value) => ({ prefixLists: value })),
      annotation: annotation('security-group-prefix-lists'),
      class: classParam((value) => ({ prefixListsIDs: value })),
      'NLB prop': nlbProp((value) => ({ prefixLists: value })),
      'NLB annotation': nlbAnnotation('aws-load-balancer-security-group-prefix-lists'),
    },
  ],
  [
    'a pool of an Outpost',
    'ipv4pool-coip-0123456789abcdef0',
    'x',
    {
      prop: prop((value) => ({ customerOwnedIpv4Pool: value })),
      annotation: annotation('customer-owned-ipv4-pool'),
    },
  ],
  [
    'a web ACL of WAF Classic',
    '4f1a2b3c-1111-2222-3333-444455556666',
    'x',
    { prop: prop((value) => ({ wafClassicAclId: value })), annotation: annotation('waf-acl-id') },
  ],
  [
    'a certificate',
    [CERTIFICATE],
    ['x'],
    {
      prop: prop((value) => ({ certificateArns: value })),
      annotation: annotation('certificate-arn'),
      class: classParam((value) => ({ certificateArn: value })),
      'NLB prop': nlbProp((value) => ({ tls: { certificateArns: value } })),
      Terraform: albOfTerraform((value) => ({ certificateArns: value })),
    },
  ],
  [
    'a security policy',
    'ELBSecurityPolicy-2016-08',
    'nonsense',
    {
      prop: prop((value) => ({ sslPolicy: value })),
      annotation: annotation('ssl-policy'),
      class: classParam((value) => ({ sslPolicy: value })),
      'NLB prop': nlbProp((value) => ({ tls: { certificateArns: [CERTIFICATE], sslPolicy: value } })),
      Terraform: albOfTerraform((value) => ({ sslPolicy: value })),
    },
  ],
  [
    'capacity units',
    0,
    -4,
    {
      prop: prop((value) => ({ capacityUnits: value })),
      annotation: (value) => annotation('minimum-load-balancer-capacity')({ CapacityUnits: value }),
      class: classParam((value) => ({ minimumLoadBalancerCapacity: { capacityUnits: value } })),
      'NLB prop': nlbProp((value) => ({ capacityUnits: value })),
      'NLB annotation': (value) =>
        nlbAnnotation('aws-load-balancer-minimum-load-balancer-capacity')({ CapacityUnits: value }),
    },
  ],
  ['a bucket', 'my-bucket', 'My_Bucket', logs('access_logs.s3.bucket', 'bucket')],
  ['a prefix of logs', 'logs/x', 'AWSLogs/x', logs('access_logs.s3.prefix', 'prefix')],
  ['a path of health checks', '/a/b', '/a b', healthCheck('path', 'healthcheck-path', '')],
  ['the interval', 300, 301, healthCheck('intervalSeconds', 'healthcheck-interval-seconds', '')],
  ['the timeout', 120, 121, healthCheck('timeoutSeconds', 'healthcheck-timeout-seconds', '')],
  [
    'the threshold',
    10,
    11,
    healthCheck(
      'healthyThresholdCount',
      'healthy-threshold-count',
      'aws-load-balancer-healthcheck-healthy-threshold',
    ),
  ],
];

describe.each(LIMITS)('%s', (_, legal, illegal, ways) => {
  it.each(Object.keys(ways))('is the most that is taken, by %s', (name) => {
    const way = ways[name];
    expect(way?.(legal)).toBe(0);
    expect(way?.(illegal)).toBeGreaterThan(0);
  });
});
