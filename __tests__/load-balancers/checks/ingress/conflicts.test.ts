import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY, type IngressClassParamsSpec } from '../../../../load-balancers/model';
import { annotationOf, ANNOTATIONS } from '../../../../load-balancers/language/table';
import { check, classOf, errors, ingress, only, path, rule } from './objects';

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/4f1a';

/** Two Ingresses of one group with different routes. */
function two(first: Record<string, string>, second: Record<string, string>) {
  return [
    ingress({ 'group.name': 'shop', ...first }),
    ingress(
      { 'group.name': 'shop', ...second },
      { name: 'zoo', rules: [rule(path('web', { path: '/zoo' }))] },
    ),
  ];
}

/** Legal values of annotations that one group may only say once, and what else they need. */
const EXCLUSIVE: Readonly<
  Record<string, readonly [one: string, other: string, beside?: Record<string, string>]>
> = {
  'load-balancer-name': ['shop', 'zoo'],
  'ip-address-type': ['ipv4', 'dualstack'],
  scheme: ['internal', 'internet-facing'],
  subnets: ['subnet-a,subnet-b', 'subnet-a,subnet-c'],
  'security-groups': ['sg-1,sg-2', 'sg-2,sg-1'],
  'manage-backend-security-group-rules': ['true', 'false', { 'security-groups': 'sg-1' }],
  'customer-owned-ipv4-pool': ['ipv4pool-coip-1', 'ipv4pool-coip-2'],
  'load-balancer-attributes': ['idle_timeout.timeout_seconds=30', 'idle_timeout.timeout_seconds=60'],
  tags: ['team=a', 'team=b'],
  'wafv2-acl-arn': [
    'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/1',
    'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/b/2',
  ],
  'wafv2-acl-name': ['a', 'b'],
  'waf-acl-id': ['4f1a', '4f1b'],
  'web-acl-id': ['4f1a', '4f1b'],
  'shield-advanced-protection': ['true', 'false'],
  'ssl-redirect': [
    '443',
    '8443',
    { 'listen-ports': '[{"HTTPS":443},{"HTTPS":8443}]', 'certificate-arn': CERTIFICATE },
  ],
  'inbound-cidrs': ['10.0.0.0/8', '10.0.0.0/8,192.0.2.0/24'],
  'security-group-prefix-lists': ['pl-1', 'pl-2'],
  'ssl-policy': [
    'ELBSecurityPolicy-TLS13-1-2-2021-06',
    'ELBSecurityPolicy-TLS13-1-3-2021-06',
    { 'certificate-arn': CERTIFICATE },
  ],
  'mutual-authentication': [
    '[{"port":443,"mode":"passthrough"}]',
    '[{"port":443,"mode":"off"}]',
    { 'certificate-arn': CERTIFICATE },
  ],
  'listener-attributes.HTTP-80': [
    'routing.http.response.server.enabled=true',
    'routing.http.response.server.enabled=false',
  ],
  'minimum-load-balancer-capacity': ['CapacityUnits=100', 'CapacityUnits=200'],
  'ipam-ipv4-pool-id': ['ipam-pool-1', 'ipam-pool-2'],
  'enable-frontend-nlb': ['true', 'false'],
  'frontend-nlb-scheme': ['internal', 'internet-facing', { 'enable-frontend-nlb': 'true' }],
  'frontend-nlb-subnets': ['subnet-a', 'subnet-b', { 'enable-frontend-nlb': 'true' }],
  'frontend-nlb-security-groups': ['sg-1', 'sg-2', { 'enable-frontend-nlb': 'true' }],
  'frontend-nlb-tags': ['team=a', 'team=b', { 'enable-frontend-nlb': 'true' }],
  'frontend-nlb-eip-allocations': [
    'eipalloc-1',
    'eipalloc-2',
    { 'enable-frontend-nlb': 'true', 'frontend-nlb-scheme': 'internet-facing' },
  ],
  'frontend-nlb-attributes': [
    'deletion_protection.enabled=true',
    'deletion_protection.enabled=false',
    { 'enable-frontend-nlb': 'true' },
  ],
  'frontend-nlb-healthcheck-port': ['80', '81', { 'enable-frontend-nlb': 'true' }],
  'frontend-nlb-healthcheck-protocol': ['HTTP', 'HTTPS', { 'enable-frontend-nlb': 'true' }],
  'frontend-nlb-healthcheck-path': ['/a', '/b', { 'enable-frontend-nlb': 'true' }],
  'frontend-nlb-healthcheck-interval-seconds': ['20', '30', { 'enable-frontend-nlb': 'true' }],
  'frontend-nlb-healthcheck-timeout-seconds': ['4', '6', { 'enable-frontend-nlb': 'true' }],
  'frontend-nlb-healthcheck-healthy-threshold-count': ['2', '3', { 'enable-frontend-nlb': 'true' }],
  'frontend-nlb-healthcheck-unhealthy-threshold-count': ['2', '3', { 'enable-frontend-nlb': 'true' }],
  'frontend-nlb-healthcheck-success-codes': ['200', '204', { 'enable-frontend-nlb': 'true' }],
};

describe('what a group says once', () => {
  it('is all that the table calls exclusive', () => {
    const tested = Object.keys(EXCLUSIVE).map(
      (name) => annotationOf(`alb.ingress.kubernetes.io/${name}`)?.name,
    );
    const exclusive = ANNOTATIONS.filter(({ merge }) => merge === 'exclusive').map(({ name }) => name);
    expect(exclusive.filter((name) => !tested.includes(name))).toEqual([]);
  });

  it.each(Object.entries(EXCLUSIVE))('%s', (name, [one, another, beside = {}]) => {
    expect(errors(two({ ...beside, [name]: one }, { ...beside, [name]: another }))).toEqual([
      `${name}=${another}`,
    ]);
    // The controller compares these by where they are in memory, and so takes no equal ones either.
    const refused = name === 'frontend-nlb-healthcheck-success-codes' ? [`${name}=${one}`] : [];
    expect(errors(two({ ...beside, [name]: one }, { ...beside, [name]: one }))).toEqual(refused);
    expect(errors(two({ ...beside, [name]: one }, { ...beside, [name]: KNOWN_AFTER_APPLY }))).toEqual([]);
  });

  it('says what the other Ingress says', () => {
    expect(only(two({ scheme: 'internal' }, { scheme: 'internet-facing' }))).toMatchObject({
      ingress: 'shop/zoo',
      prop: 'scheme',
      value: 'internet-facing',
      reason: "Ingress shop/web of the same group says 'internal', and they share one load balancer",
      remedy: 'write the same in both, or in one of them only',
    });
  });
});

describe('what is not said twice', () => {
  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['another order of subnets', { subnets: 'subnet-a,subnet-b' }, { subnets: 'subnet-b, subnet-a' }],
    [
      'another order of networks',
      { 'inbound-cidrs': '10.0.0.0/8,::/0' },
      { 'inbound-cidrs': '::/0,10.0.0.0/8' },
    ],
    [
      'another word for true',
      { 'shield-advanced-protection': 'true' },
      { 'shield-advanced-protection': 'T' },
    ],
    ['another key', { tags: 'team=a' }, { tags: 'cost=b' }],
    [
      'another attribute',
      { 'load-balancer-attributes': 'idle_timeout.timeout_seconds=30' },
      { 'load-balancer-attributes': 'routing.http2.enabled=false' },
    ],
    ['nothing', { scheme: 'internet-facing' }, {}],
    [
      'another port',
      { 'inbound-cidrs': '10.0.0.0/8' },
      { 'inbound-cidrs': '192.0.2.0/24', 'listen-ports': '[{"HTTP":8080}]' },
    ],
    ['an empty list', { 'inbound-cidrs': '10.0.0.0/8' }, { 'inbound-cidrs': '' }],
    [
      'a default of mutual TLS',
      {
        'certificate-arn': CERTIFICATE,
        'mutual-authentication': '[{"port":443,"mode":"verify","trustStore":"a"}]',
      },
      {
        'certificate-arn': CERTIFICATE,
        'mutual-authentication':
          '[{"port":443,"mode":"verify","trustStore":"a","ignoreClientCertificateExpiry":false}]',
      },
    ],
    [
      'groups of rules without groups',
      { 'manage-backend-security-group-rules': 'true' },
      { 'manage-backend-security-group-rules': 'false' },
    ],
    [
      'a Network Load Balancer that is off',
      { 'frontend-nlb-scheme': 'internal' },
      { 'frontend-nlb-scheme': 'internet-facing' },
    ],
  ])('is %s', (_, first, second) => {
    expect(errors(two(first, second))).toEqual([]);
  });

  it('is what the class decides', () => {
    const attributes = two(
      { 'load-balancer-attributes': 'idle_timeout.timeout_seconds=30' },
      { 'load-balancer-attributes': 'idle_timeout.timeout_seconds=60' },
    );
    const same = { key: 'idle_timeout.timeout_seconds', value: '30' };
    // One of them differs from the class, which is another finding.
    expect(errors([...attributes, ...classOf({ loadBalancerAttributes: [same] })])).toEqual([
      'load-balancer-attributes=idle_timeout.timeout_seconds=60',
    ]);
    expect(errors([...two({}, {}), ...classOf({ scheme: 'internet-facing' })])).toEqual([]);
  });

  it.each<[string, string, string, IngressClassParamsSpec]>([
    [
      'listener-attributes.HTTP-80',
      'routing.http.response.server.enabled=true',
      'routing.http.response.server.enabled=false',
      {
        listeners: [
          {
            protocol: 'HTTP',
            port: 80,
            listenerAttributes: [{ key: 'routing.http.response.server.enabled', value: 'true' }],
          },
        ],
      },
    ],
    [
      'minimum-load-balancer-capacity',
      'CapacityUnits=100',
      'CapacityUnits=200',
      { minimumLoadBalancerCapacity: { capacityUnits: 100 } },
    ],
    [
      'ipam-ipv4-pool-id',
      'ipam-pool-1',
      'ipam-pool-2',
      { ipamConfiguration: { ipv4IPAMPoolId: 'ipam-pool-1' } },
    ],
    ['tags', 'team=a', 'team=b', { tags: [{ key: 'team', value: 'a' }] }],
  ])('is what the class decides of %s', (name, one, another, spec) => {
    const found = check([...two({ [name]: one }, { [name]: another }), ...classOf(spec)]);
    expect(found.filter(({ reason }) => reason.includes('of the same group'))).toEqual([]);
    // It differs from what the class says, which wins.
    expect(found.filter(({ warning }) => !warning)).toMatchObject([{ ingress: 'shop/zoo' }]);
  });

  it('is not decided by a class for other listeners', () => {
    const members = two(
      { 'listener-attributes.HTTP-80': 'routing.http.response.server.enabled=true' },
      { 'listener-attributes.HTTP-80': 'routing.http.response.server.enabled=false' },
    );
    expect(errors([...members, ...classOf({ listeners: [{ protocol: 'HTTP', port: 8080 }] })])).toEqual([
      'listener-attributes.HTTP-80=routing.http.response.server.enabled=false',
    ]);
  });

  it('is only looked at on the port of a mapping where there is none', () => {
    const enabled = { 'enable-frontend-nlb': 'true', 'frontend-nlb-healthcheck-path': '/a' };
    const mapped = { 'frontend-nlb-listener-port-mapping': '8080=80' };
    // The controller compares by the ports of the Network Load Balancer.
    expect(
      errors(two({ ...enabled, ...mapped }, { ...enabled, 'frontend-nlb-healthcheck-path': '/b' })),
    ).toEqual([]);
  });
});
