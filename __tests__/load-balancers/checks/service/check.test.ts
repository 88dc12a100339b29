import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model';
import { checkObjects, nlbServiceProblems, type CheckContext } from '../../../../load-balancers/checks';
import { type NlbServiceSettings } from '../../../../load-balancers/language';

const PREFIX = 'service.beta.kubernetes.io/';
const LB = `${PREFIX}aws-load-balancer`;
const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/x';
const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/x/0123456789abcdef';
const HERE: CheckContext = { region: 'eu-west-1', account: '111122223333', partition: 'aws' };

type Settings = Partial<NlbServiceSettings>;

const problems = (settings: Settings, context: CheckContext = HERE) =>
  nlbServiceProblems(
    { serviceName: 'web', namespace: 'shop', selector: {}, ports: [{ port: 80 }], ...settings },
    context,
  );

const tls = (fields: Partial<NlbServiceSettings['tls']> & object = {}): Settings => ({
  ports: [{ port: 443, protocol: 'TLS' }],
  tls: { certificateArns: [CERTIFICATE], ...fields },
});
const dual = (fields: Settings): Settings => ({ ipAddressType: 'dualstack', ...fields });
const by = (annotation: string, value: string): Settings => ({
  annotations: { [`${LB}-${annotation}`]: value },
});
const group = (attributes: Record<string, string>, port: object = {}): Settings => ({
  ports: [{ port: 80, ...port }],
  targetGroupAttributes: attributes,
});
const action = (fields: object, port: object = {}): Settings => ({
  ports: [{ port: 80, action: { baseServiceWeight: 1, targetGroups: [], ...fields }, ...port }],
});
const target = (fields: object, port: object = {}): Settings =>
  action({ targetGroups: [{ serviceName: 'b', servicePort: 80, ...fields }] }, port);
const ACTION = 'ports.0.action';
const TARGET = `${ACTION}.targetGroups.0`;
const two = ['subnet-0123456a', 'subnet-0123456b'];

/** Settings with one mistake, the field at fault, its value, and what to write instead. */
type Mistake = [settings: Settings, path: string, value: unknown, remedy: RegExp, around?: CheckContext];

describe('a mistake of an NLB Service', () => {
  it.each<Mistake>([
    // Names and values of annotations
    [by('shceme', 'internal'), `annotations.${LB}-shceme`, 'internal', /^write scheme$/],
    [by('nothing-like-it', 'x'), `annotations.${LB}-nothing-like-it`, 'x', /^remove it/],
    [
      { annotations: { 'alb.ingress.kubernetes.io/healthcheck-path': '/' } },
      'annotations.alb.ingress.kubernetes.io/healthcheck-path',
      '/',
      /remove it|write/,
    ],
    [
      { annotations: { 'service.beta.kubernets.io/aws-load-balancer-name': 'x' } },
      'annotations.service.beta.kubernets.io/aws-load-balancer-name',
      'x',
      /^write loadBalancerName/,
    ],
    [by('healthcheck-interval', 'often'), `annotations.${LB}-healthcheck-interval`, 'often', /whole number/],
    [
      by('multi-cluster-target-group', 'yes'),
      `annotations.${LB}-multi-cluster-target-group`,
      'yes',
      /true or false/,
    ],
    [by('attributes', 'x'), `annotations.${LB}-attributes`, 'x', /key=value/],
    [
      { annotations: { [`${PREFIX}actions.TCP-80`]: 'x' } },
      `annotations.${PREFIX}actions.TCP-80`,
      'x',
      /JSON/,
    ],
    [by('scheme', 'public'), `annotations.${LB}-scheme`, 'public', /'internal' or 'internet-facing'/],
    [by('proxy-protocol', 'true'), `annotations.${LB}-proxy-protocol`, 'true', /'\*'/],
    [by('internal', 'true'), `annotations.${LB}-internal`, 'true', /^write scheme$/],
    [by('quic-enabled-ports', '81'), `annotations.${LB}-quic-enabled-ports`, '81', /'QUIC'/],
    [by('quic-enabled-ports', '80'), `annotations.${LB}-quic-enabled-ports`, '80', /UDP/],
    [
      { scheme: 'internal', ...by('scheme', 'internet-facing') },
      `annotations.${LB}-scheme`,
      'internet-facing',
      /one of the two/,
    ],
    [
      { crossZone: true, loadBalancerAttributes: { 'load_balancing.cross_zone.enabled': 'false' } },
      'loadBalancerAttributes.load_balancing.cross_zone.enabled',
      'false',
      /one of the two/,
    ],
    // Name, tags, capacity
    [{ loadBalancerName: 'a'.repeat(33) }, 'loadBalancerName', 'a'.repeat(33), /at most 32/],
    [{ loadBalancerName: 'internal-x' }, 'loadBalancerName', 'internal-x', /such as 'x'$/],
    [{ loadBalancerName: 'my_shop' }, 'loadBalancerName', 'my_shop', /'my-shop'/],
    [{ loadBalancerName: '_' }, 'loadBalancerName', '_', /'shop'/],
    [{ tags: { 'aws:x': 'y' } }, 'tags.aws:x', 'aws:x', /another key/],
    [
      { tags: { 'elbv2.k8s.aws/cluster': 'y' } },
      'tags.elbv2.k8s.aws/cluster',
      'elbv2.k8s.aws/cluster',
      /another key/,
    ],
    [{ tags: { ['k'.repeat(129)]: 'y' } }, `tags.${'k'.repeat(129)}`, 'k'.repeat(129), /at most 128/],
    [{ tags: { Team: 'y'.repeat(257) } }, 'tags.Team', 'y'.repeat(257), /at most 256/],
    [{ capacityUnits: -4 }, 'capacityUnits', -4, /of 0 or more/],
    [
      by('minimum-load-balancer-capacity', 'Units=1'),
      `annotations.${LB}-minimum-load-balancer-capacity`,
      'Units=1',
      /CapacityUnits=/,
    ],
    // Ports
    [{ ports: [{ port: 0 }] }, 'ports.0.port', 0, /1 to 65535/],
    [{ ports: [{ port: 80, targetPort: 70000 }] }, 'ports.0.targetPort', 70000, /1 to 65535/],
    [
      { ports: [{ port: 80, targetPort: 'not a name' }] },
      'ports.0.targetPort',
      'not a name',
      /a name of at most 15/,
    ],
    [{ ports: [{ port: 80, name: 'Web' }] }, 'ports.0.name', 'Web', /^write a name of/],
    [{ targetType: 'instance', ports: [{ port: 80, nodePort: 0 }] }, 'ports.0.nodePort', 0, /1 to 65535/],
    [
      { ports: [{ port: 80 }, { port: 80, name: 'b' }] },
      'ports.1',
      expect.stringContaining('"port":80'),
      /each port once/,
    ],
    [{ ports: [{ port: 53 }, { port: 53, protocol: 'UDP' }] }, 'ports.1.port', 53, /'TCP_UDP'/],
    [
      {
        ports: [
          { port: 53, protocol: 'TCP_UDP' },
          { port: 80, name: 'a' },
          { port: 81, name: 'a' },
        ],
      },
      'ports.2.name',
      'a',
      /each one once/,
    ],
    [{ targetType: 'instance' }, 'targetType', 'instance', /^write 'ip'$/, { fargate: true }],
    [
      { targetType: 'instance', allocateLoadBalancerNodePorts: false },
      'targetType',
      'instance',
      /targetType: ip/,
    ],
    [
      { targetType: 'instance', ports: [{ port: 443, protocol: 'QUIC' }] },
      'targetType',
      'instance',
      /another protocol/,
    ],
    [{ nodeLabels: { a: 'b' } }, 'nodeLabels', 'a=b', /: instance/],
    [{ externalTrafficPolicy: 'Local' }, 'externalTrafficPolicy', 'Local', /: instance/],
    [{ ports: [{ port: 80, nodePort: 30080 }] }, 'ports.0.nodePort', 30080, /: instance/],
    [
      { proxyProtocol: true, ports: [{ port: 80, proxyProtocol: true }] },
      'ports.0.proxyProtocol',
      true,
      /one of the two/,
    ],
    [
      by('proxy-protocol-per-target-group', '81'),
      `annotations.${LB}-proxy-protocol-per-target-group`,
      '81',
      /number of a port/,
    ],
    [
      by('listener-attributes.TLS-80', 'tcp.idle_timeout.seconds=60'),
      `annotations.${LB}-listener-attributes.TLS-80`,
      'tcp.idle_timeout.seconds=60',
      /TCP-80/,
    ],
    [
      by('target-group-attributes.81', 'stickiness.enabled=true'),
      `annotations.${LB}-target-group-attributes.81`,
      'stickiness.enabled=true',
      /for 80/,
    ],
    // TLS
    [{ ports: [{ port: 443, protocol: 'TLS' }] }, 'ports.0.protocol', 'TLS', /certificateArns/],
    [{ tls: { certificateArns: [CERTIFICATE] } }, 'tls', [CERTIFICATE], /protocol: 'TLS'/],
    [
      { ports: [{ port: 53, protocol: 'UDP' }], tls: { certificateArns: [CERTIFICATE] } },
      'tls.certificateArns',
      CERTIFICATE,
      /protocol: 'TLS'/,
    ],
    [by('alpn-policy', 'None'), `annotations.${LB}-alpn-policy`, 'None', /certificateArns/],
    [
      { ...tls(), ...by('ssl-ports', '443,8443') },
      `annotations.${LB}-ssl-ports`,
      '443,8443',
      /numbers or the names/,
    ],
    [
      {
        ports: [{ port: 53, protocol: 'UDP' }, { port: 80 }],
        tls: { certificateArns: [CERTIFICATE] },
        ...by('ssl-ports', '80,53'),
      },
      `annotations.${LB}-ssl-ports`,
      '53',
      /another port/,
    ],
    [tls({ certificateArns: ['x'] }), 'tls.certificateArns.0', 'x', /arn:aws:acm:eu-west-1:111122223333/],
    [
      tls({ certificateArns: [CERTIFICATE.replace('eu-west-1', 'eu-west-2')] }),
      'tls.certificateArns.0',
      CERTIFICATE.replace('eu-west-1', 'eu-west-2'),
      /arn:aws:acm:eu-west-1/,
    ],
    [
      tls({ certificateArns: [CERTIFICATE.replace('111122223333', '444455556666')] }),
      'tls.certificateArns.0',
      CERTIFICATE.replace('111122223333', '444455556666'),
      /:111122223333:/,
    ],
    [
      tls({ certificateArns: [CERTIFICATE.replace('arn:aws', 'arn:aws-cn')] }),
      'tls.certificateArns.0',
      CERTIFICATE.replace('arn:aws', 'arn:aws-cn'),
      /arn:aws:acm/,
    ],
    [
      tls({ certificateArns: [CERTIFICATE, CERTIFICATE] }),
      'tls.certificateArns.1',
      CERTIFICATE,
      /each entry once/,
    ],
    [
      tls({ sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-08' }),
      'tls.sslPolicy',
      'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-08',
      /ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09/,
    ],
    // Weighted forwards
    [
      { annotations: { [`${PREFIX}actions.TCP-80`]: '{"type":"redirect"}' } },
      `annotations.${PREFIX}actions.TCP-80`,
      '{"type":"redirect"}',
      /forward/,
    ],
    [action({ baseServiceWeight: 1000 }), 'ports.0.action.baseServiceWeight', 1000, /0 to 999/],
    [action({ baseServiceWeight: undefined }), 'ports.0.action.baseServiceWeight', undefined, /0 to 999/],
    [target({ serviceName: undefined }), ACTION, expect.anything(), /one of the two/],
    [target({ servicePort: undefined }), ACTION, expect.anything(), /number or the name/],
    [target({ weight: -1 }), ACTION, expect.anything(), /0 to 999/],
    [target({ decrypt: true }), `${TARGET}.decrypt`, true, /remove it/],
    ...['x', ARN.replace('eu-west-1', 'eu-west-2'), ARN.replace('111122223333', '444455556666')].map(
      (targetGroupARN): Mistake => [
        action({ targetGroups: [{ targetGroupARN }] }),
        `${TARGET}.targetGroupARN`,
        targetGroupARN,
        /ARN of a target group/,
      ],
    ),
    [
      action({ targetGroups: [1, 2, 3, 4, 5].map((weight) => ({ targetGroupARN: ARN, weight })) }),
      'ports.0.action.targetGroups',
      5,
      /at most 4/,
    ],
    // Addresses
    [{ eipAllocations: ['eipalloc-01234567'] }, 'eipAllocations', 'eipalloc-01234567', /internet-facing/],
    [
      { scheme: 'internet-facing', privateIpv4Addresses: ['10.0.0.1'] },
      'privateIpv4Addresses',
      '10.0.0.1',
      /scheme internal/,
    ],
    [
      { scheme: 'internet-facing', subnets: two, eipAllocations: ['eipalloc-01234567'] },
      'eipAllocations',
      'eipalloc-01234567',
      /^write 2/,
    ],
    [
      { privateIpv4Addresses: ['10.0.0.1'] },
      'privateIpv4Addresses',
      '10.0.0.1',
      /^write 3/,
      { discoveredSubnets: { internal: 3 } },
    ],
    [
      { scheme: 'internet-facing', eipAllocations: ['eipalloc-01234567', 'eipalloc-01234567'] },
      'eipAllocations.1',
      'eipalloc-01234567',
      /each entry once/,
    ],
    [
      { scheme: 'internet-facing', eipAllocations: ['203.0.113.5'] },
      'eipAllocations.0',
      '203.0.113.5',
      /eipalloc-/,
    ],
    [{ privateIpv4Addresses: ['10.0.0.256'] }, 'privateIpv4Addresses.0', '10.0.0.256', /10\.0\.1\.10/],
    [{ subnets: ['subnet-x'] }, 'subnets.0', 'subnet-x', /subnet-0123456789abcdef0/],
    [{ subnets: ['a', 'a'] }, 'subnets.1', 'a', /each entry once/],
    [{ ipv6Addresses: ['2001:db8::1'] }, 'ipv6Addresses', '2001:db8::1', /: dualstack/],
    [dual({ ipv6Addresses: ['10.0.0.1'] }), 'ipv6Addresses.0', '10.0.0.1', /2001:db8::10/],
    [{ prefixForIpv6SourceNat: true }, 'prefixForIpv6SourceNat', true, /: dualstack/],
    [dual({ sourceNatIpv6Prefixes: ['auto_assigned'] }), 'sourceNatIpv6Prefixes', 'auto_assigned', /: 'on'/],
    [
      dual({ prefixForIpv6SourceNat: true, sourceNatIpv6Prefixes: ['2001:db8::/64'] }),
      'sourceNatIpv6Prefixes.0',
      '2001:db8::/64',
      /\/80/,
    ],
    [
      dual({ ports: [{ port: 53, protocol: 'UDP' }] }),
      'ipAddressType',
      'dualstack',
      /prefixForIpv6SourceNat/,
    ],
    [dual({}), 'ipAddressType', 'dualstack', /^write 'ipv4'$/, { dualStack: false }],
    [
      { scheme: 'internet-facing' },
      'scheme',
      'internet-facing',
      /^write 'internal'/,
      { discoveredSubnets: { 'internet-facing': 0 } },
    ],
    [{}, 'scheme', 'internal', /^write subnets/, { discoveredSubnets: { internal: 0 } }],
    // Who may connect
    [{ sourceRanges: ['10.0.0.0'] }, 'sourceRanges.0', '10.0.0.0', /'10\.0\.0\.0\/32'/],
    [{ sourceRanges: ['10.0.0.0/33'] }, 'sourceRanges.0', '10.0.0.0/33', /such as/],
    [{ sourceRanges: ['office'] }, 'sourceRanges.0', 'office', /such as/],
    [{ sourceRanges: ['10.1.2.3/8'] }, 'sourceRanges.0', '10.1.2.3/8', /'10\.0\.0\.0\/8'/],
    [{ sourceRanges: ['2001:db8::/32'] }, 'sourceRanges', '2001:db8::/32', /: dualstack/],
    [{ prefixLists: ['x'] }, 'prefixLists.0', 'x', /pl-/],
    [{ securityGroups: ['sg-x'] }, 'securityGroups.0', 'sg-x', /sg-0123456789abcdef0/],
    [{ securityGroups: ['a', 'b', 'c', 'd', 'e'] }, 'securityGroups', 'a,b,c,d,e', /at most 4/],
    [
      { securityGroups: ['a'], sourceRanges: ['10.0.0.0/8'] },
      'sourceRanges',
      '10.0.0.0/8',
      /leave securityGroups out/,
    ],
    [
      { securityGroups: ['a'], prefixLists: ['pl-01234567'] },
      'prefixLists',
      'pl-01234567',
      /leave securityGroups/,
    ],
    [
      { securityGroups: ['a'], icmpForPathMtuDiscovery: true },
      'icmpForPathMtuDiscovery',
      true,
      /leave security/,
    ],
    [{ securityGroups: ['a'], disableSecurityGroup: true }, 'securityGroups', 'a', /one of the two/],
    [
      { disableSecurityGroup: true, inboundRulesOnPrivateLinkTraffic: 'on' },
      'inboundRulesOnPrivateLinkTraffic',
      'on',
      /remove one/,
    ],
    [
      { manageBackendSecurityGroupRules: false },
      'manageBackendSecurityGroupRules',
      false,
      /securityGroups too/,
    ],
    // Health checks
    [{ healthCheck: { intervalSeconds: 301 } }, 'healthCheck.intervalSeconds', 301, /5 to 300/],
    [{ healthCheck: { timeoutSeconds: 1 } }, 'healthCheck.timeoutSeconds', 1, /2 to 120/],
    [{ healthCheck: { healthyThresholdCount: 1 } }, 'healthCheck.healthyThresholdCount', 1, /2 to 10/],
    [{ healthCheck: { unhealthyThresholdCount: 11 } }, 'healthCheck.unhealthyThresholdCount', 11, /2 to 10/],
    [{ healthCheck: { intervalSeconds: 5 } }, 'healthCheck.intervalSeconds', 5, /^write an interval over/],
    [{ healthCheck: { timeoutSeconds: 11 } }, 'healthCheck.timeoutSeconds', 11, /^write an interval over/],
    [{ healthCheck: { path: '/' } }, 'healthCheck.path', '/', /: HTTP/],
    [{ healthCheck: { successCodes: '200' } }, 'healthCheck.successCodes', '200', /: HTTP/],
    [{ healthCheck: { protocol: 'HTTP', path: 'x' } }, 'healthCheck.path', 'x', /begins with \//],
    ...['600', '300-200', 'ok'].map((successCodes): Mistake => [
      { healthCheck: { protocol: 'HTTP', successCodes } },
      'healthCheck.successCodes',
      successCodes,
      /'200-399'/,
    ]),
    [{ healthCheck: { port: 0 } }, 'healthCheck.port', 0, /1 to 65535/],
    [{ healthCheck: { port: 'admin' } }, 'healthCheck.port', 'admin', /traffic-port/],
    [
      { ports: [{ port: 80, name: 'web', targetPort: 'http' }], healthCheck: { port: 'web' } },
      'healthCheck.port',
      'web',
      /or the number/,
    ],
    // Attributes
    [
      { loadBalancerAttributes: { 'idle_timeout.timeout_seconds': '60' } },
      'loadBalancerAttributes.idle_timeout.timeout_seconds',
      '60',
      /leave it out/,
    ],
    [
      { loadBalancerAttributes: { 'zonal_shift.config.enable': 'true' } },
      'loadBalancerAttributes.zonal_shift.config.enable',
      'zonal_shift.config.enable',
      /'zonal_shift\.config\.enabled'/,
    ],
    [
      { loadBalancerAttributes: { 'secondary_ips.auto_assigned.per_subnet': '8' } },
      'loadBalancerAttributes.secondary_ips.auto_assigned.per_subnet',
      '8',
      /0 to 7/,
    ],
    [
      { loadBalancerAttributes: { 'access_logs.s3.enabled': 'true' } },
      'loadBalancerAttributes.access_logs.s3.enabled',
      'true',
      /s3\.bucket/,
    ],
    [{ deregistrationDelaySeconds: 3601 }, 'deregistrationDelaySeconds', 3601, /0 to 3600/],
    [
      group({ 'target_group_health.dns_failover.minimum_healthy_targets.count': '0' }),
      'targetGroupAttributes.target_group_health.dns_failover.minimum_healthy_targets.count',
      '0',
      /from 1 on, or 'off'/,
    ],
    [
      group({ 'stickiness.type': 'lb_cookie' }),
      'targetGroupAttributes.stickiness.type',
      'lb_cookie',
      /'source_ip'/,
    ],
    [
      { ports: [{ port: 80, targetGroupAttributes: { 'preserve_client_ip.enabled': 'no' } }] },
      'ports.0.targetGroupAttributes.preserve_client_ip.enabled',
      'no',
      /'true' or 'false'/,
    ],
    [
      { preserveClientIp: false, ports: [{ port: 53, protocol: 'UDP' }] },
      'preserveClientIp',
      false,
      /another protocol than UDP/,
    ],
    [{ ...tls(), stickiness: true }, 'stickiness', true, /another protocol than TLS/],
    [
      group({ 'target_health_state.unhealthy.draining_interval_seconds': '60' }),
      'targetGroupAttributes.target_health_state.unhealthy.draining_interval_seconds',
      '60',
      /connection_termination\.enabled': 'false'/,
    ],
    [{ ports: [{ port: 80, tcpIdleTimeoutSeconds: 59 }] }, 'ports.0.tcpIdleTimeoutSeconds', 59, /60 to 6000/],
    [
      { ports: [{ port: 53, protocol: 'UDP', tcpIdleTimeoutSeconds: 60 }] },
      'ports.0.tcpIdleTimeoutSeconds',
      60,
      /^remove it$/,
    ],
  ])('%j', (settings, path, value, remedy, around = HERE) => {
    expect(problems(settings, around)).toEqual([
      { path, value, reason: expect.stringMatching(/./), remedy: expect.stringMatching(remedy) },
    ]);
  });

  it('is told with all others at once', () => {
    const all = problems({ loadBalancerName: 'internal-x', ports: [{ port: 0 }], sourceRanges: ['x'] });
    expect(all.map(({ path }) => path).sort()).toEqual([
      'loadBalancerName',
      'ports.0.port',
      'sourceRanges.0',
    ]);
  });

  it.each<[Settings, string]>([
    [{ ports: [] }, 'ports'],
    [{ ports: Array.from({ length: 51 }, (_, index) => ({ port: index + 1 })) }, 'ports'],
    [{ tags: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, 'v'])) }, 'tags'],
    [
      tls({ certificateArns: Array.from({ length: 27 }, (_, index) => `${CERTIFICATE}${index}`) }),
      'tls.certificateArns',
    ],
  ])('is one of numbers: %#', (settings, path) => {
    expect(problems(settings)).toMatchObject([{ path }]);
  });
});

describe('what is known after apply only', () => {
  const unknown = KNOWN_AFTER_APPLY;
  it.each<Settings>([
    { loadBalancerName: unknown },
    { scheme: 'internet-facing', subnets: two, eipAllocations: [unknown] },
    {
      scheme: 'internet-facing',
      subnets: [unknown, unknown],
      eipAllocations: ['eipalloc-01234567', unknown],
    },
    { sourceRanges: [unknown], prefixLists: [unknown] },
    { securityGroups: [unknown] },
    tls({ certificateArns: [unknown], sslPolicy: unknown }),
    { healthCheck: { protocol: 'HTTP', path: unknown, port: unknown, successCodes: unknown } },
    { tags: { Team: unknown }, targetGroupAttributes: { 'stickiness.enabled': unknown } },
    target({ serviceName: undefined, servicePort: undefined, targetGroupARN: unknown, weight: unknown }),
    by('scheme', unknown),
    by('ip-address-type', unknown),
    by('nlb-target-type', unknown),
  ])('is not judged: %j', (settings) => {
    expect(problems(settings)).toEqual([]);
  });
});

describe('what no check knows', () => {
  it('is refused in the words of the controller', () => {
    expect(problems(dual({ ipFamilies: ['IPv6'], ipAddressType: 'ipv4' }))).toEqual([
      {
        path: 'ipFamilies',
        value: 'IPv6',
        reason: expect.stringContaining('unsupported IPv6 configuration, lb not dual-stack'),
        remedy: expect.stringMatching(/./),
      },
    ]);
  });
});

/** What kubectl could apply, and no settings make. */
describe('a Service of plain YAML', () => {
  const findings = (
    annotations: Record<string, string> | undefined,
    spec: object = {},
    around: CheckContext = {},
  ) =>
    checkObjects(
      [
        {
          kind: 'Service',
          metadata: { name: 'web', namespace: 'shop', ...(annotations && { annotations }) },
          spec: {
            type: 'LoadBalancer',
            loadBalancerClass: 'service.k8s.aws/nlb',
            ports: [{ port: 80 }],
            ...spec,
          },
        },
      ],
      around,
    ).map((finding) => [finding.path, finding.value]);

  it('is right without an annotation', () => {
    expect(findings(undefined)).toEqual([]);
  });

  it('has the defaults of the controller', () => {
    expect(findings({}, {}, { fargate: true })).toEqual([[`${LB}-nlb-target-type`, 'instance']]);
    expect(findings({}, { type: 'ClusterIP' })).toEqual([['spec.loadBalancerClass', 'service.k8s.aws/nlb']]);
    expect(findings({ [`${LB}-eip-allocations`]: 'eipalloc-01234567' })).toEqual([
      [`${LB}-eip-allocations`, 'eipalloc-01234567'],
    ]);
  });

  it('may say its scheme as former releases did', () => {
    const eips = { [`${LB}-eip-allocations`]: 'eipalloc-01234567' };
    expect(findings({ ...eips, [`${LB}-internal`]: 'false' })).toEqual([]);
    expect(findings({ ...eips, [`${LB}-internal`]: 'true' })).toHaveLength(1);
  });

  it('is not judged by what can not be read, which is told', () => {
    expect(findings({ [`${LB}-internal`]: 'maybe' })).toEqual([[`${LB}-internal`, 'maybe']]);
  });

  it('takes every TCP port for one of TLS, where it names none', () => {
    const certificate = { [`${LB}-ssl-cert`]: CERTIFICATE };
    expect(findings(certificate)).toEqual([]);
    expect(findings(certificate, { ports: [{ port: 53, protocol: 'UDP' }] })).toEqual([
      [`${LB}-ssl-cert`, CERTIFICATE],
    ]);
    expect(
      findings({ ...certificate, [`${LB}-ssl-ports`]: 'https' }, { ports: [{ name: 'https', port: 443 }] }),
    ).toEqual([]);
  });

  it('has no ports', () => {
    expect(findings({}, { ports: undefined })).toEqual([['spec.ports', '']]);
  });

  it('may be judged by the defaults that nodes have which answer for their own pods', () => {
    const local = { externalTrafficPolicy: 'Local' };
    const interval = { [`${LB}-healthcheck-interval`]: '8' };
    expect(findings(interval, local)).toEqual([]);
    expect(findings(interval)).toHaveLength(1);
    expect(findings({ [`${LB}-healthcheck-path`]: '/x' }, local)).toEqual([]);
  });

  it('names a port for its health check whose number is known', () => {
    const ports = [{ name: 'web', port: 80, targetPort: 8080 }];
    for (const type of ['ip', 'instance'])
      expect(
        findings({ [`${LB}-nlb-target-type`]: type, [`${LB}-healthcheck-port`]: 'web' }, { ports }),
      ).toEqual([]);
  });

  it('says what stands for an annotation of an Ingress, if anything does', () => {
    const remedy = (name: string) =>
      checkObjects([
        {
          kind: 'Service',
          metadata: { name: 'web', annotations: { [`alb.ingress.kubernetes.io/${name}`]: 'x' } },
          spec: { ports: [{ port: 80 }] },
        },
      ])[0]?.remedy;
    expect(remedy('conditions.home')).toBe('move it to the Ingress');
  });

  it('names an annotation that no field stands for', () => {
    expect(findings({ 'service.beta.kubernets.io/aws-load-balancer-type': 'external' })).toEqual([
      ['service.beta.kubernets.io/aws-load-balancer-type', 'external'],
    ]);
  });
});
