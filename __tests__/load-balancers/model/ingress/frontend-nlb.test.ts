import { describe, expect, it } from '@jest/globals';
import { type LoadBalancer } from '../../../../load-balancers/model/model';
import { buildFrontendNlb } from '../../../../load-balancers/model/ingress/frontend-nlb';
import { KNOWN_AFTER_APPLY as UNKNOWN } from '../../../../load-balancers/model/unknown';
import { groupOf, ingressOf, refusalOf, type Given } from './given';

type Annotations = Readonly<Record<string, string>>;

const ENABLED = { 'enable-frontend-nlb': 'true' };
const ALB: LoadBalancer = {
  Id: 'shop/app-0',
  Members: ['Ingress shop/app-0'],
  LoadBalancerName: 'shop',
  Type: 'application',
  Scheme: 'internal',
  IpAddressType: 'dualstack',
  SubnetMappings: [{ SubnetId: 'subnet-alb' }],
  SecurityGroups: ['sg-alb', UNKNOWN],
  Attributes: [],
  Tags: [],
  Listeners: [],
  TargetGroups: [],
  Origin: {},
};

/** Of Ingresses with these annotations, the first of which asks for it; each listens on all of the ports. */
function build(
  all: readonly Annotations[],
  {
    ports = [80],
    alb = {},
    ...given
  }: Given & { ports?: readonly number[]; alb?: Partial<LoadBalancer> } = {},
): LoadBalancer | undefined {
  const group = groupOf(
    all.map((annotations, index) => ingressOf({}, annotations, `app-${index}`)),
    given,
  );
  return buildFrontendNlb(
    group,
    { ...ALB, ...alb },
    new Map(group.group.members.map((member) => [member, ports])),
  );
}

function nlbOf(annotations: Annotations = {}, given: Parameters<typeof build>[1] = {}): LoadBalancer {
  const nlb = build([{ ...ENABLED, ...annotations }], given);
  if (nlb === undefined) throw new Error('not enabled');
  return nlb;
}

/** Of Ingresses that all ask for it. */
const groupNlbOf = (...all: readonly Annotations[]) =>
  build(all.map((annotations) => ({ ...ENABLED, ...annotations })));
const refused = (...all: readonly Annotations[]) => refusalOf(() => groupNlbOf(...all)).message;

const name = (suffix: string) => `alb.ingress.kubernetes.io/${suffix}`;
const from = (suffix: string) => [{ Kind: 'Ingress', Name: 'shop/app-0', Annotation: name(suffix) }];

describe('the Network Load Balancer before an Ingress', () => {
  it('is there if an Ingress asks for it', () => {
    expect(build([{}])).toBeUndefined();
    expect(build([{ 'enable-frontend-nlb': 'false' }])).toBeUndefined();
    expect(build([{ 'enable-frontend-nlb': UNKNOWN }])).toBeUndefined();
    expect(build([{}, ENABLED])).toBeDefined();
    expect(build([ENABLED, ENABLED])).toBeDefined();
    const conflict = refusalOf(() => build([ENABLED, { 'enable-frontend-nlb': 'false' }]));
    expect(conflict.message).toBe('conflicting enable frontend NLB values');
  });

  it('has by default the security groups and address type of the other, and a target group for each port', () => {
    expect(nlbOf({}, { ports: [80, 443] })).toEqual({
      Id: 'shop/app-0/FrontendNlb',
      Members: ['Ingress shop/app-0'],
      LoadBalancerName: 'shop-nlb',
      Type: 'network',
      Scheme: 'internal',
      IpAddressType: 'dualstack',
      SubnetMappings: [{ SubnetId: UNKNOWN }],
      SecurityGroups: ['sg-alb', UNKNOWN],
      Attributes: [],
      Tags: [],
      Listeners: [80, 443].map((Port) => ({
        Port,
        Protocol: 'TCP',
        Certificates: [],
        Attributes: [],
        Tags: [],
        DefaultActions: [
          {
            Type: 'forward',
            ForwardConfig: {
              TargetGroups: [{ TargetGroupArn: UNKNOWN, TargetGroup: `FrontendNlb-tg-TCP-${Port}` }],
            },
          },
        ],
        Rules: [],
        Origin: {},
      })),
      TargetGroups: [80, 443].map((Port) => ({
        Id: `FrontendNlb-tg-TCP-${Port}`,
        TargetGroupName: UNKNOWN,
        TargetType: 'alb',
        Protocol: 'TCP',
        Port,
        IpAddressType: 'ipv4',
        HealthCheckProtocol: 'HTTP',
        HealthCheckPort: 'traffic-port',
        HealthCheckPath: '/',
        HealthCheckIntervalSeconds: 15,
        HealthCheckTimeoutSeconds: 5,
        HealthyThresholdCount: 2,
        UnhealthyThresholdCount: 2,
        Matcher: { HttpCode: '200' },
        Attributes: [],
        Tags: [],
        Targets: [{ Id: UNKNOWN, Port }],
        TargetPermissions: [],
        Origin: {},
      })),
      Origin: {},
    });
  });

  it('has a name after the other, as much as fits', () => {
    const nameOf = (LoadBalancerName: string) => nlbOf({}, { alb: { LoadBalancerName } }).LoadBalancerName;
    expect(nameOf('my-very-long-alb-name-that-exceeds')).toBe('my-very-long-alb-name-that-e-nlb');
    expect(nameOf(UNKNOWN)).toBe(UNKNOWN);
  });

  it('takes origins from the other where it takes values', () => {
    const Origin = {
      LoadBalancerName: [{ Kind: 'Ingress', Name: 'shop/app-0', Annotation: name('load-balancer-name') }],
      IpAddressType: [{ Kind: 'Ingress', Name: 'shop/app-0', Annotation: name('ip-address-type') }],
      SecurityGroups: [{ Kind: 'Ingress', Name: 'shop/app-0', Annotation: name('security-groups') }],
    } as const;
    expect(nlbOf({}, { alb: { Origin } }).Origin).toEqual(Origin);
  });
});

describe('scheme', () => {
  const SCHEME = 'frontend-nlb-scheme';

  it("is the annotation's, or the controller's, whatever the other has", () => {
    expect(nlbOf({ [SCHEME]: 'internet-facing' }).Scheme).toBe('internet-facing');
    expect(nlbOf({ [SCHEME]: 'internal' }).Origin.Scheme).toEqual(from(SCHEME));
    expect(nlbOf({ [SCHEME]: UNKNOWN }).Scheme).toBe(UNKNOWN);
    expect(nlbOf({}, { alb: { Scheme: 'internet-facing' } }).Scheme).toBe('internal');
    const settings = { defaultLoadBalancerScheme: 'internet-facing' } as const;
    expect(nlbOf({}, { settings }).Scheme).toBe('internet-facing');
  });

  it('is refused where Ingresses differ, or it is another word', () => {
    expect(refused({ [SCHEME]: 'internet-facing' }, { [SCHEME]: 'internal' })).toBe(
      'conflicting scheme: map[internal:{} internet-facing:{}]',
    );
    expect(refused({ [SCHEME]: 'invalid' })).toBe('unknown scheme: invalid');
  });
});

describe('security groups', () => {
  const GROUPS = 'frontend-nlb-security-groups';

  it('are those given, ids before names', () => {
    expect(nlbOf({ [GROUPS]: 'named,sg-1' }).SecurityGroups).toEqual(['sg-1', 'named']);
    expect(nlbOf({ [GROUPS]: 'sg-1' }).Origin.SecurityGroups).toEqual(from(GROUPS));
    expect(nlbOf({ [GROUPS]: '' }).SecurityGroups).toEqual(ALB.SecurityGroups);
    expect(groupNlbOf({}, { [GROUPS]: 'sg-1' })?.SecurityGroups).toEqual(['sg-1']);
  });

  it('are refused where Ingresses differ, in order too', () => {
    expect(refused({ [GROUPS]: 'sg-1,sg-2' }, { [GROUPS]: 'sg-2,sg-1' })).toBe(
      'conflicting securityGroups: [sg-1 sg-2] | [sg-2 sg-1]',
    );
  });
});

describe('subnets and static addresses', () => {
  const SUBNETS = 'frontend-nlb-subnets';
  const EIPS = 'frontend-nlb-eip-allocations';
  const PUBLIC = { 'frontend-nlb-scheme': 'internet-facing' };
  const mappingsOf = (annotations: Annotations) => nlbOf(annotations).SubnetMappings;

  it('are as written', () => {
    expect(mappingsOf({ [SUBNETS]: 'subnet-1,named' })).toEqual([
      { SubnetId: 'subnet-1' },
      { SubnetId: 'named' },
    ]);
    expect(mappingsOf({ ...PUBLIC, [SUBNETS]: 'subnet-1,subnet-2', [EIPS]: 'eip-1,eip-2' })).toEqual([
      { SubnetId: 'subnet-1', AllocationId: 'eip-1' },
      { SubnetId: 'subnet-2', AllocationId: 'eip-2' },
    ]);
    expect(mappingsOf({ ...PUBLIC, [EIPS]: 'eip-1,eip-2' })).toEqual([
      { SubnetId: UNKNOWN, AllocationId: 'eip-1' },
      { SubnetId: UNKNOWN, AllocationId: 'eip-2' },
    ]);
    expect(mappingsOf({ ...PUBLIC, [SUBNETS]: 'subnet-1', [EIPS]: '' })).toEqual([{ SubnetId: 'subnet-1' }]);
  });

  it('may be unknown', () => {
    expect(mappingsOf({ ...PUBLIC, [SUBNETS]: 'subnet-1,subnet-2', [EIPS]: UNKNOWN })).toEqual([
      { SubnetId: 'subnet-1', AllocationId: UNKNOWN },
      { SubnetId: 'subnet-2', AllocationId: UNKNOWN },
    ]);
  });

  it('may be in another order in another Ingress', () => {
    const nlb = groupNlbOf({ [SUBNETS]: 'subnet-1,subnet-2' }, { [SUBNETS]: 'subnet-2,subnet-1' });
    expect(nlb?.SubnetMappings).toEqual([{ SubnetId: 'subnet-1' }, { SubnetId: 'subnet-2' }]);
  });

  it.each<[Annotations, Annotations, string]>([
    [{ [SUBNETS]: '' }, {}, 'unable to resolve at least one subnet'],
    [{ [SUBNETS]: 'a,b' }, { [SUBNETS]: 'a,c' }, 'conflicting subnets: [a b] | [a c]'],
    [{ [EIPS]: 'eip-1' }, {}, 'EIP allocations can only be set for internet facing load balancers'],
    [
      { ...PUBLIC, [EIPS]: 'eip-1' },
      { [EIPS]: 'eip-2' },
      'all EIP allocations for the ingress group must be the same: [eip-1] | [eip-2]',
    ],
    [
      { ...PUBLIC, [SUBNETS]: 'a,b', [EIPS]: 'eip-1' },
      {},
      'count of EIP allocations (1) and subnets (2) must match',
    ],
  ])('%j and %j are refused', (first, second, message) => {
    expect(refused(first, second)).toBe(message);
  });
});

describe('attributes', () => {
  const ATTRIBUTES = 'frontend-nlb-attributes';
  const POLICY = 'dns_record.client_routing_policy';

  it('are as written', () => {
    const annotations = {
      [ATTRIBUTES]: `${POLICY}=availability_zone_affinity,deletion_protection.enabled=true`,
    };
    const nlb = nlbOf(annotations);
    expect(nlb.Attributes).toEqual([
      { Key: 'deletion_protection.enabled', Value: 'true' },
      { Key: POLICY, Value: 'availability_zone_affinity' },
    ]);
    expect(nlb.Origin.Attributes).toEqual(from(ATTRIBUTES));
    expect(groupNlbOf({}, annotations)?.Attributes).toEqual(nlb.Attributes);
    expect(groupNlbOf(annotations, annotations)?.Attributes).toEqual(nlb.Attributes);
  });

  it('may be unknown, and then agree with any', () => {
    const values = groupNlbOf(
      { [ATTRIBUTES]: `a=${UNKNOWN}` },
      { [ATTRIBUTES]: 'a=b' },
      { [ATTRIBUTES]: UNKNOWN },
    )?.Attributes;
    expect(values).toEqual([{ Key: 'a', Value: UNKNOWN }]);
  });

  it.each<[readonly Annotations[], string]>([
    [
      [{ [ATTRIBUTES]: 'a=1' }, { [ATTRIBUTES]: 'a=2' }],
      'conflicting frontend NLB attributes: map[a:1] | map[a:2]',
    ],
    [
      [{ [ATTRIBUTES]: 'b=1,a=1' }, { [ATTRIBUTES]: 'a=1' }],
      'conflicting frontend NLB attributes: map[a:1 b:1] | map[a:1]',
    ],
    [[{}, { [ATTRIBUTES]: 'a=1' }, {}], 'conflicting frontend NLB attributes: map[a:1] | map[]'],
    [[{ [ATTRIBUTES]: '' }, {}], 'conflicting frontend NLB attributes: map[] | map[]'],
    [
      [{ [ATTRIBUTES]: `${POLICY}=invalid` }],
      `invalid ${POLICY} set in annotation aws-load-balancer-attributes: got 'invalid' expected one of ` +
        "['any_availability_zone', 'partial_availability_zone_affinity', 'availability_zone_affinity']",
    ],
    [[{ [ATTRIBUTES]: 'a' }], `failed to parse stringMap annotation, ${name(ATTRIBUTES)}: a`],
  ])('%j are refused', (all, message) => {
    expect(refused(...all)).toBe(message);
  });
});

describe('tags', () => {
  const TAGS = 'frontend-nlb-tags';
  const settings = { defaultTags: { team: 'platform' } };

  it('are those of the group by default, or those given alone, on all of it', () => {
    const tagsOf = (annotations: Annotations) => {
      const { Tags, Listeners, TargetGroups } = nlbOf(annotations, { settings });
      expect([Listeners[0]?.Tags, TargetGroups[0]?.Tags]).toEqual([Tags, Tags]);
      return Tags;
    };
    const app = { Key: 'app', Value: 'web' };
    const team = { Key: 'team', Value: 'platform' };
    expect(tagsOf({ tags: 'app=web' })).toEqual([app, team]);
    expect(tagsOf({ tags: 'app=other', [TAGS]: 'app=web' })).toEqual([app]);
    expect(tagsOf({ [TAGS]: '' })).toEqual([]);
    expect(nlbOf({ [TAGS]: 'app=web' }).Origin.Tags).toEqual(from(TAGS));
  });

  it('are to be the same where Ingresses have them', () => {
    expect(groupNlbOf({ [TAGS]: 'a=b' }, {}, { [TAGS]: 'a=b' })?.Tags).toEqual([{ Key: 'a', Value: 'b' }]);
    expect(refused({ [TAGS]: 'a=b' }, {}, { [TAGS]: 'a=c' })).toBe(
      'conflicting frontend NLB tags: map[a:b] | map[a:c]',
    );
  });
});

describe('listeners', () => {
  const MAPPING = 'frontend-nlb-listener-port-mapping';
  /** The port of each listener and that of the other's behind it. */
  const portsOf = (nlb: LoadBalancer | undefined) =>
    nlb?.TargetGroups.map(({ Port, Targets }) => `${Port}-${Targets?.[0]?.Port ?? ''}`);

  it('are on the ports of the other, or on those mapped to them', () => {
    const ports = [80, 443];
    expect(portsOf(nlbOf({}, { ports }))).toEqual(['80-80', '443-443']);
    expect(portsOf(nlbOf({ [MAPPING]: '8443=443,80=80,9000=9000' }, { ports }))).toEqual([
      '80-80',
      '8443-443',
    ]);
    expect(portsOf(nlbOf({ [MAPPING]: '' }, { ports }))).toEqual(['80-80', '443-443']);
    expect(portsOf(nlbOf({ [MAPPING]: UNKNOWN }, { ports }))).toEqual([]);
    expect(portsOf(nlbOf({ [MAPPING]: `${UNKNOWN}=443` }, { ports }))).toEqual([]);
    expect(portsOf(nlbOf({}, { ports: [] }))).toEqual([]);
  });

  it('say which annotation they come from', () => {
    const [listener] = nlbOf({ [MAPPING]: '81=80' }).Listeners;
    expect(listener?.Origin).toEqual({ Port: from(MAPPING) });
    const [targetGroup] = nlbOf({ 'listen-ports': '[{"HTTP": 80}]' }).TargetGroups;
    expect(targetGroup?.Origin).toEqual({ Port: from('listen-ports'), Targets: from('listen-ports') });
  });

  it('are of each Ingress, together', () => {
    const nlb = build([{ ...ENABLED, [MAPPING]: '81=80' }, {}], { ports: [80, 443] });
    expect(portsOf(nlb)).toEqual(['80-80', '81-80', '443-443']);
  });

  it.each<[readonly Annotations[], string]>([
    [
      [{ [MAPPING]: 'a' }],
      'failed to compute listenPort config for ingress: shop/app-0: failed to parse frontend-nlb-listener-port-mapping ' +
        `for ingress map[]: failed to parse stringMap annotation, ${name(MAPPING)}: a`,
    ],
    [
      [{}, { [MAPPING]: 'a=80' }],
      'failed to compute listenPort config for ingress: shop/app-1: invalid NLB listener port: a',
    ],
    [
      [{ [MAPPING]: '80=b' }],
      'failed to compute listenPort config for ingress: shop/app-0: invalid ALB listener port: b',
    ],
    [
      [{ [MAPPING]: '80=80' }, { [MAPPING]: '80=443' }],
      'failed to merge NLB listenPort config for port: 80: conflicting Target Port, config 2: 443, previous: 80',
    ],
  ])('%j are refused', (all, message) => {
    const group = all.map((annotations) => ({ ...ENABLED, ...annotations }));
    expect(refusalOf(() => build(group, { ports: [80, 443] })).message).toBe(message);
  });
});

describe('health check', () => {
  const check = (suffix: string) => `frontend-nlb-healthcheck-${suffix}`;
  const GIVEN = {
    [check('port')]: '8080',
    [check('protocol')]: 'HTTPS',
    [check('path')]: '/ping',
    [check('success-codes')]: '200-299',
    [check('interval-seconds')]: '20',
    [check('timeout-seconds')]: '6',
    [check('healthy-threshold-count')]: '3',
    [check('unhealthy-threshold-count')]: '4',
  };
  const EXPECTED = {
    HealthCheckPort: '8080',
    HealthCheckProtocol: 'HTTPS',
    HealthCheckPath: '/ping',
    Matcher: { HttpCode: '200-299' },
    HealthCheckIntervalSeconds: 20,
    HealthCheckTimeoutSeconds: 6,
    HealthyThresholdCount: 3,
    UnhealthyThresholdCount: 4,
  };
  const checkOf = (...all: readonly Annotations[]) => groupNlbOf(...all)?.TargetGroups[0];

  it('is what annotations say', () => {
    expect(checkOf(GIVEN)).toMatchObject(EXPECTED);
    expect(checkOf(GIVEN)?.Origin.HealthCheckIntervalSeconds).toEqual(from(check('interval-seconds')));
    expect(checkOf({ [check('port')]: 'traffic-port' })?.HealthCheckPort).toBe('traffic-port');
  });

  it('of one Ingress wins over the defaults of others', () => {
    expect(checkOf({}, GIVEN, {})).toMatchObject(EXPECTED);
    const { [check('success-codes')]: codes, ...rest } = GIVEN;
    expect(checkOf(rest, {}, { ...rest, [check('success-codes')]: codes ?? '' })).toMatchObject(EXPECTED);
  });

  it('may be unknown, and then agrees with any', () => {
    const unknown = Object.fromEntries(Object.keys(GIVEN).map((suffix) => [suffix, UNKNOWN]));
    expect(checkOf(unknown, GIVEN)).toMatchObject({
      HealthCheckPort: UNKNOWN,
      HealthCheckProtocol: UNKNOWN,
      HealthCheckIntervalSeconds: UNKNOWN,
      Matcher: { HttpCode: UNKNOWN },
    });
    expect(checkOf(GIVEN, unknown)).toMatchObject(EXPECTED);
  });

  it.each([
    ['port', 'http', 'failed to resolve healthCheckPort'],
    ['protocol', 'TCP', 'healthCheckProtocol must be within [HTTP, HTTPS]'],
    [
      'timeout-seconds',
      'x',
      `failed to parse int32 annotation, ${name(check('timeout-seconds'))}: x: strconv.ParseInt: parsing "x": invalid syntax`,
    ],
  ])('with the %s %s is refused', (suffix, value, message) => {
    expect(refused({ [check(suffix)]: value })).toBe(
      `failed to compute listenPort config for ingress: shop/app-0: ${message}`,
    );
  });

  it.each([
    ['interval-seconds', '20', '30', 'conflicting IntervalSeconds, config 2: 30, previous: 20'],
    ['timeout-seconds', '5', '6', 'conflicting TimeoutSeconds, config 2: 6, previous: 5'],
    ['healthy-threshold-count', '2', '3', 'conflicting HealthyThresholdCount, config 2: 3, previous: 2'],
    ['unhealthy-threshold-count', '2', '3', 'conflicting UnhealthyThresholdCount, config 2: 3, previous: 2'],
    ['protocol', 'HTTP', 'HTTPS', 'conflicting Protocol, config 2: HTTPS, previous: HTTP'],
    ['path', '/', '/ping', 'conflicting Path, config 2: /ping, previous: /'],
    ['port', 'traffic-port', '80', 'conflicting Port, config 2: {0 80 }, previous: {1 0 traffic-port}'],
    // The controller compares addresses in memory.
    [
      'success-codes',
      '200',
      '200',
      `conflicting Matcher, config 2: {${UNKNOWN} <nil>}, previous: {${UNKNOWN} <nil>}`,
    ],
  ])('with the %s %s in one Ingress and %s in another is refused', (suffix, first, second, message) => {
    expect(refused({ [check(suffix)]: first }, { [check(suffix)]: second })).toBe(
      `failed to merge NLB listenPort config for port: 80: ${message}`,
    );
  });
});
