import { describe, expect, it } from '@jest/globals';
import { ANNOTATIONS } from '../../../../load-balancers/language/table';
import { buildModel, type Service } from '../../../../load-balancers/model';
import { checkObjects } from '../../../../load-balancers/checks';
import { renderNlbService, type NlbServiceSettings } from '../../../../load-balancers/language';

const PREFIX = 'service.beta.kubernetes.io/';
const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/x';
const TARGET_GROUP = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/x/0123456789abcdef';

function manifest(settings: Partial<NlbServiceSettings> = {}): Service {
  return renderNlbService({
    serviceName: 'web',
    namespace: 'shop',
    selector: { app: 'web' },
    ports: [{ port: 80 }],
    ...settings,
  }).service;
}

/** Annotations besides those that are always there. */
function annotations(settings: Partial<NlbServiceSettings>): Record<string, string> {
  const {
    [`${PREFIX}aws-load-balancer-scheme`]: scheme,
    [`${PREFIX}aws-load-balancer-nlb-target-type`]: targetType,
    ...others
  } = manifest(settings).metadata.annotations ?? {};
  expect([scheme, targetType]).not.toContain(undefined);
  return Object.fromEntries(
    Object.entries(others).map(([name, value]) => [name.replace(`${PREFIX}aws-load-balancer-`, ''), value]),
  );
}

const tls = { ports: [{ port: 443, protocol: 'TLS' as const }], tls: { certificateArns: [CERTIFICATE] } };
const tlsAnnotations = {
  'ssl-cert': CERTIFICATE,
  'ssl-ports': '443',
  'ssl-negotiation-policy': 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
};
const udp = (protocol: 'UDP' | 'TCP_UDP' | 'QUIC' | 'TCP_QUIC') => ({ ports: [{ port: 53, protocol }] });

/** What one field makes. */
const OPTIONS: readonly [Partial<NlbServiceSettings>, Record<string, string>][] = [
  [{ ipAddressType: 'dualstack' }, { 'ip-address-type': 'dualstack' }],
  [{ loadBalancerName: 'shop' }, { name: 'shop' }],
  [{ subnets: ['subnet-0123456a', 'public-b'] }, { subnets: 'subnet-0123456a,public-b' }],
  [
    { securityGroups: ['sg-01234567'] },
    { 'security-groups': 'sg-01234567', 'manage-backend-security-group-rules': 'true' },
  ],
  [
    { securityGroups: ['sg-01234567'], manageBackendSecurityGroupRules: false },
    { 'security-groups': 'sg-01234567', 'manage-backend-security-group-rules': 'false' },
  ],
  [{ disableSecurityGroup: true }, { 'disable-nlb-sg': 'true' }],
  [
    { sourceRanges: ['10.0.0.0/8', '192.0.2.0/24'] },
    { [`${PREFIX}load-balancer-source-ranges`]: '10.0.0.0/8,192.0.2.0/24' },
  ],
  [{ prefixLists: ['pl-01234567'] }, { 'security-group-prefix-lists': 'pl-01234567' }],
  [{ inboundRulesOnPrivateLinkTraffic: 'off' }, { 'inbound-sg-rules-on-private-link-traffic': 'off' }],
  [{ icmpForPathMtuDiscovery: true }, { 'enable-icmp-for-path-mtu-discovery': 'on' }],
  [tls, tlsAnnotations],
  [
    { ...tls, tls: { ...tls.tls, sslPolicy: 'ELBSecurityPolicy-2016-08' } },
    { ...tlsAnnotations, 'ssl-negotiation-policy': 'ELBSecurityPolicy-2016-08' },
  ],
  [
    { ...tls, tls: { ...tls.tls, alpnPolicy: 'HTTP2Preferred', backendProtocol: 'ssl' } },
    { ...tlsAnnotations, 'alpn-policy': 'HTTP2Preferred', 'backend-protocol': 'ssl' },
  ],
  [
    { scheme: 'internet-facing', eipAllocations: ['eipalloc-01234567'] },
    { 'eip-allocations': 'eipalloc-01234567' },
  ],
  [{ privateIpv4Addresses: ['10.0.1.10'] }, { 'private-ipv4-addresses': '10.0.1.10' }],
  [
    { ipAddressType: 'dualstack', ipv6Addresses: ['2001:db8::1'] },
    { 'ip-address-type': 'dualstack', 'ipv6-addresses': '2001:db8::1' },
  ],
  [
    {
      ipAddressType: 'dualstack',
      prefixForIpv6SourceNat: true,
      sourceNatIpv6Prefixes: ['auto_assigned'],
    },
    {
      'ip-address-type': 'dualstack',
      'enable-prefix-for-ipv6-source-nat': 'on',
      'source-nat-ipv6-prefixes': 'auto_assigned',
    },
  ],
  [{ targetType: 'instance', nodeLabels: { a: 'b', c: 'd' } }, { 'target-node-labels': 'a=b,c=d' }],
  [
    {
      healthCheck: {
        protocol: 'HTTP',
        port: 8080,
        path: '/health',
        successCodes: '200',
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 4,
        intervalSeconds: 20,
        timeoutSeconds: 5,
      },
    },
    {
      'healthcheck-protocol': 'HTTP',
      'healthcheck-port': '8080',
      'healthcheck-path': '/health',
      'healthcheck-success-codes': '200',
      'healthcheck-healthy-threshold': '2',
      'healthcheck-unhealthy-threshold': '4',
      'healthcheck-interval': '20',
      'healthcheck-timeout': '5',
    },
  ],
  [{ proxyProtocol: true }, { 'proxy-protocol': '*' }],
  [{ proxyProtocol: false }, {}],
  [{ ports: [{ port: 80, proxyProtocol: true }, { port: 81 }] }, { 'proxy-protocol-per-target-group': '80' }],
  [
    {
      deregistrationDelaySeconds: 30,
      preserveClientIp: true,
      stickiness: true,
      targetGroupAttributes: { 'load_balancing.cross_zone.enabled': 'true' },
    },
    {
      'target-group-attributes':
        'load_balancing.cross_zone.enabled=true,deregistration_delay.timeout_seconds=30,preserve_client_ip.enabled=true,stickiness.enabled=true,stickiness.type=source_ip',
    },
  ],
  [
    { ports: [{ port: 80, targetGroupAttributes: { 'deregistration_delay.timeout_seconds': '5' } }] },
    { 'target-group-attributes.80': 'deregistration_delay.timeout_seconds=5' },
  ],
  [
    {
      crossZone: true,
      deletionProtection: false,
      accessLogs: { bucket: 'logs', prefix: 'a' },
      clientRoutingPolicy: 'availability_zone_affinity',
      loadBalancerAttributes: { 'zonal_shift.config.enabled': 'true' },
    },
    {
      attributes:
        'zonal_shift.config.enabled=true,load_balancing.cross_zone.enabled=true,deletion_protection.enabled=false,access_logs.s3.enabled=true,access_logs.s3.bucket=logs,access_logs.s3.prefix=a,dns_record.client_routing_policy=availability_zone_affinity',
    },
  ],
  [{ multiCluster: true }, { 'multi-cluster-target-group': 'true' }],
  [{ capacityUnits: 3000 }, { 'minimum-load-balancer-capacity': 'CapacityUnits=3000' }],
  [{ tags: { Team: 'a', Note: 'b c' } }, { 'additional-resource-tags': 'Team=a,Note=b c' }],
  [udp('UDP'), {}],
  [udp('TCP_UDP'), { 'enable-tcp-udp-listener': 'true' }],
  [udp('QUIC'), { 'quic-enabled-ports': '53' }],
  [udp('TCP_QUIC'), { 'enable-tcp-udp-listener': 'true', 'quic-enabled-ports': '53' }],
  [
    { ports: [{ port: 80, tcpIdleTimeoutSeconds: 60 }] },
    { 'listener-attributes.TCP-80': 'tcp.idle_timeout.seconds=60' },
  ],
  [
    {
      ports: [
        {
          port: 80,
          action: {
            baseServiceWeight: 50,
            stickiness: true,
            targetGroups: [
              { serviceName: 'b', servicePort: 80, weight: 25 },
              { targetGroupARN: TARGET_GROUP, weight: 25 },
            ],
          },
        },
      ],
    },
    {
      [`${PREFIX}actions.TCP-80`]: JSON.stringify({
        type: 'forward',
        forwardConfig: {
          baseServiceWeight: 50,
          targetGroups: [
            { serviceName: 'b', servicePort: 80, weight: 25 },
            { targetGroupARN: TARGET_GROUP, weight: 25 },
          ],
          targetGroupStickinessConfig: { enabled: true },
        },
      }),
    },
  ],
  [
    { annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'a.example.com' } },
    { 'external-dns.alpha.kubernetes.io/hostname': 'a.example.com' },
  ],
];

describe('an NLB Service', () => {
  it('is internal with pods as targets by default, and says its class', () => {
    expect(manifest()).toEqual({
      kind: 'Service',
      metadata: {
        name: 'web',
        namespace: 'shop',
        annotations: {
          [`${PREFIX}aws-load-balancer-scheme`]: 'internal',
          [`${PREFIX}aws-load-balancer-nlb-target-type`]: 'ip',
        },
      },
      spec: {
        type: 'LoadBalancer',
        loadBalancerClass: 'service.k8s.aws/nlb',
        selector: { app: 'web' },
        ports: [{ name: 'tcp-80', port: 80, targetPort: 80, protocol: 'TCP' }],
        allocateLoadBalancerNodePorts: false,
      },
    });
  });

  it.each(OPTIONS)('%j', (settings, expected) => {
    expect(annotations(settings)).toEqual(expected);
  });

  it.each(OPTIONS)('%j is right, and the controller builds it', (settings) => {
    const service = manifest(settings);
    const others = ['b'].map((name) => ({
      ...service,
      metadata: { name, namespace: 'shop' },
      spec: { ports: [{ port: 80 }], type: 'ClusterIP' },
    }));
    expect(checkObjects([service], { elsewhere: { services: 'any' } })).toEqual([]);
    const { LoadBalancers, Refusals } = buildModel([service, ...others]);
    expect(Refusals).toEqual([]);
    expect(LoadBalancers).toHaveLength(1);
  });

  it('has a field for every annotation of Services that is not of former releases', () => {
    const made = new Set(
      OPTIONS.flatMap(([settings]) => Object.keys(manifest(settings).metadata.annotations ?? {})),
    );
    const wanted = ANNOTATIONS.filter(
      ({ on, deprecated, name }) =>
        on.includes('service') &&
        name.startsWith(PREFIX) &&
        deprecated === undefined &&
        // Of Services without a class, which these have.
        !name.endsWith('/aws-load-balancer-type'),
    ).map(({ name }) => name);
    expect(wanted.length).toBeGreaterThan(40);
    const missing = wanted.filter((name) =>
      name.endsWith('*') ? ![...made].some((each) => each.startsWith(name.slice(0, -1))) : !made.has(name),
    );
    expect(missing).toEqual([]);
  });

  it.each([
    ['TCP', [['tcp-53', 'TCP']]],
    ['TLS', [['tcp-53', 'TCP']]],
    ['UDP', [['udp-53', 'UDP']]],
    ['QUIC', [['udp-53', 'UDP']]],
    [
      'TCP_UDP',
      [
        ['tcp-53', 'TCP'],
        ['udp-53', 'UDP'],
      ],
    ],
    [
      'TCP_QUIC',
      [
        ['tcp-53', 'TCP'],
        ['udp-53', 'UDP'],
      ],
    ],
  ] as const)('%s is %j of Kubernetes', (protocol, expected) => {
    const { spec } = manifest({ ports: [{ port: 53, protocol }] });
    expect(spec.ports?.map(({ name, protocol: transport }) => [name, transport])).toEqual(expected);
  });

  it('names ports, their targets and their ports of nodes as it is told', () => {
    const {
      service: { spec },
    } = renderNlbService({
      serviceName: 'web',
      namespace: 'shop',
      selector: {},
      labels: { a: 'b' },
      targetPort: 'http',
      targetType: 'instance',
      externalTrafficPolicy: 'Local',
      ipFamilies: ['IPv4', 'IPv6'],
      ipFamilyPolicy: 'RequireDualStack',
      loadBalancerClass: 'eks.amazonaws.com/nlb',
      ports: [
        { port: 53, name: 'dns', protocol: 'TCP_UDP', targetPort: 5353, nodePort: 30053 },
        { port: 80, name: 'web' },
      ],
    });
    expect(spec).toMatchObject({
      loadBalancerClass: 'eks.amazonaws.com/nlb',
      allocateLoadBalancerNodePorts: true,
      externalTrafficPolicy: 'Local',
      ipFamilies: ['IPv4', 'IPv6'],
      ipFamilyPolicy: 'RequireDualStack',
      ports: [
        { name: 'dns-tcp', port: 53, targetPort: 5353, protocol: 'TCP', nodePort: 30053 },
        { name: 'dns-udp', port: 53, targetPort: 5353, protocol: 'UDP', nodePort: 30053 },
        { name: 'web', port: 80, targetPort: 'http', protocol: 'TCP' },
      ],
    });
  });
});
