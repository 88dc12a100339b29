const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/x';
const TARGET_GROUP = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/x/0123456789abcdef';
const ROLE = 'arn:aws:iam::111122223333:role/x';

/** Services with load balancers of their own, of which fields are changed. */
export const LOAD_BALANCER_SERVICES = {
  nlb: {
    name: 'a',
    image: 'x:1',
    networkLoadBalancer: {
      ports: [
        {
          port: 443,
          protocol: 'TLS',
          action: { baseServiceWeight: 1, targetGroups: [{ serviceName: 'b', servicePort: 80, weight: 1 }] },
        },
        { port: 80 },
      ],
      tls: { certificateArns: [CERTIFICATE] },
      accessLogs: { bucket: 'logs' },
    },
  },
  alb: {
    name: 'a',
    image: 'x:1',
    targetGroupBindings: [
      { name: 'x', loadBalancer: { certificateArns: [CERTIFICATE], accessLogs: { bucket: 'logs' } } },
    ],
  },
  binding: {
    name: 'a',
    image: 'x:1',
    targetGroupBindings: [
      {
        name: 'x',
        targetGroupARN: TARGET_GROUP,
        nodeSelector: { matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] },
        networking: {
          ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 80 }] }],
        },
      },
    ],
  },
};

const NLB = 'workloads.services.0.networkLoadBalancer';
const PORT = `${NLB}.ports.0`;
const TARGET = `${PORT}.action.targetGroups.0`;
const BINDING = 'workloads.services.0.targetGroupBindings.0';
const ALB = `${BINDING}.loadBalancer`;
const RULE = `${BINDING}.networking.ingress.0`;
const instance = [`${NLB}.targetType`, 'instance'];
const http = [`${NLB}.healthCheck.protocol`, 'HTTP'];

/** Another right value of each field, followed by paths and values of what must change along with it. */
export const LOAD_BALANCER_CHANGES: Readonly<
  Record<keyof typeof LOAD_BALANCER_SERVICES, Readonly<Record<string, unknown>>>
> = {
  nlb: {
    [`${PORT}.port`]: 444,
    [`${PORT}.name`]: 'x',
    [`${PORT}.targetPort`]: 9000,
    [`${PORT}.protocol`]: ['TCP', `${NLB}.ports.1.protocol`, 'TLS'],
    [`${PORT}.nodePort`]: [30080, ...instance],
    [`${PORT}.proxyProtocol`]: true,
    [`${PORT}.tcpIdleTimeoutSeconds`]: [60, `${PORT}.protocol`, 'TCP', `${NLB}.tls`, undefined],
    [`${PORT}.targetGroupAttributes`]: { 'load_balancing.cross_zone.enabled': 'true' },
    [`${PORT}.action.baseServiceWeight`]: 2,
    [`${PORT}.action.stickiness`]: true,
    [`${TARGET}.serviceName`]: 'c',
    [`${TARGET}.servicePort`]: 81,
    [`${TARGET}.targetGroupARN`]: [
      TARGET_GROUP,
      `${TARGET}.serviceName`,
      undefined,
      `${TARGET}.servicePort`,
      undefined,
    ],
    [`${TARGET}.weight`]: 2,
    [`${TARGET}.decrypt`]: true,
    [`${NLB}.scheme`]: 'internet-facing',
    [`${NLB}.ipAddressType`]: ['dualstack', 'network', { kind: 'new', ipFamily: 'dual-stack' }],
    [`${NLB}.loadBalancerName`]: 'x',
    [`${NLB}.subnets`]: ['subnet-01234567'],
    [`${NLB}.securityGroups`]: ['sg-01234567'],
    [`${NLB}.manageBackendSecurityGroupRules`]: [false, `${NLB}.securityGroups`, ['sg-01234567']],
    [`${NLB}.disableSecurityGroup`]: true,
    [`${NLB}.sourceRanges`]: ['10.0.0.0/8'],
    [`${NLB}.prefixLists`]: ['pl-01234567'],
    [`${NLB}.inboundRulesOnPrivateLinkTraffic`]: 'off',
    [`${NLB}.icmpForPathMtuDiscovery`]: true,
    [`${NLB}.tls.certificateArns`]: [`${CERTIFICATE}2`],
    [`${NLB}.tls.sslPolicy`]: 'ELBSecurityPolicy-2016-08',
    [`${NLB}.tls.alpnPolicy`]: 'None',
    [`${NLB}.tls.backendProtocol`]: 'ssl',
    [`${NLB}.eipAllocations`]: [
      ['eipalloc-01234567', 'eipalloc-01234568'],
      `${NLB}.scheme`,
      'internet-facing',
    ],
    [`${NLB}.privateIpv4Addresses`]: ['10.0.0.10', '10.0.1.10'],
    ...dualStack('ipv6Addresses', ['2001:db8::1', '2001:db8::2']),
    ...dualStack('prefixForIpv6SourceNat', true),
    [`${NLB}.sourceNatIpv6Prefixes`]: [
      ['auto_assigned', '2001:db8::/80'],
      `${NLB}.prefixForIpv6SourceNat`,
      true,
      `${NLB}.ipAddressType`,
      'dualstack',
      'network',
      { kind: 'new', ipFamily: 'dual-stack' },
    ],
    [`${NLB}.targetType`]: 'instance',
    [`${NLB}.nodeLabels`]: [{ a: 'b' }, ...instance],
    [`${NLB}.healthCheck.protocol`]: 'TCP',
    [`${NLB}.healthCheck.port`]: 9000,
    [`${NLB}.healthCheck.path`]: ['/x', ...http],
    [`${NLB}.healthCheck.successCodes`]: ['200', ...http],
    [`${NLB}.healthCheck.healthyThresholdCount`]: 5,
    [`${NLB}.healthCheck.unhealthyThresholdCount`]: 5,
    [`${NLB}.healthCheck.intervalSeconds`]: 20,
    [`${NLB}.healthCheck.timeoutSeconds`]: 5,
    [`${NLB}.proxyProtocol`]: true,
    [`${NLB}.deregistrationDelaySeconds`]: 5,
    [`${NLB}.preserveClientIp`]: true,
    [`${NLB}.stickiness`]: [true, `${PORT}.protocol`, 'TCP', `${NLB}.tls`, undefined],
    [`${NLB}.targetGroupAttributes`]: { 'load_balancing.cross_zone.enabled': 'true' },
    [`${NLB}.multiCluster`]: true,
    [`${NLB}.crossZone`]: true,
    [`${NLB}.deletionProtection`]: true,
    [`${NLB}.accessLogs.bucket`]: 'other-logs',
    [`${NLB}.accessLogs.prefix`]: 'y',
    [`${NLB}.clientRoutingPolicy`]: 'availability_zone_affinity',
    [`${NLB}.loadBalancerAttributes`]: { 'zonal_shift.config.enabled': 'true' },
    [`${NLB}.capacityUnits`]: 3000,
    [`${NLB}.tags`]: { Team: 'x' },
    [`${NLB}.externalTrafficPolicy`]: ['Local', ...instance],
    [`${NLB}.allocateLoadBalancerNodePorts`]: true,
    [`${NLB}.ipFamilies`]: ['IPv4'],
    [`${NLB}.ipFamilyPolicy`]: 'PreferDualStack',
    [`${NLB}.annotations`]: { 'external-dns.alpha.kubernetes.io/hostname': 'a.example.com' },
  },
  alb: {
    [`${BINDING}.name`]: 'y',
    [`${ALB}.scheme`]: 'internet-facing',
    [`${ALB}.certificateArns`]: [`${CERTIFICATE}2`],
    [`${ALB}.sslPolicy`]: 'ELBSecurityPolicy-2016-08',
    [`${ALB}.port`]: 8443,
    [`${ALB}.inboundCIDRs`]: ['10.0.0.0/8'],
    [`${ALB}.idleTimeoutSeconds`]: 120,
    [`${ALB}.deletionProtection`]: true,
    [`${ALB}.accessLogs.bucket`]: 'other-logs',
    [`${ALB}.accessLogs.prefix`]: 'y',
    [`${ALB}.deregistrationDelaySeconds`]: 5,
    [`${ALB}.healthCheck.path`]: '/x',
    [`${ALB}.healthCheck.successCodes`]: '204',
    [`${ALB}.healthCheck.intervalSeconds`]: 20,
    [`${ALB}.healthCheck.timeoutSeconds`]: 10,
    [`${ALB}.healthCheck.healthyThresholdCount`]: 5,
    [`${ALB}.healthCheck.unhealthyThresholdCount`]: 5,
  },
  binding: {
    [`${BINDING}.targetGroupARN`]: TARGET_GROUP.replace('/x/', '/y/'),
    [`${BINDING}.targetGroupName`]: ['x', `${BINDING}.targetGroupARN`, undefined],
    [`${BINDING}.targetType`]: ['ip', `${BINDING}.nodeSelector`, undefined],
    [`${BINDING}.ipAddressType`]: 'ipv4',
    [`${BINDING}.targetGroupProtocol`]: 'HTTP',
    [`${BINDING}.vpcID`]: 'vpc-01234567',
    [`${BINDING}.multiClusterTargetGroup`]: true,
    [`${RULE}.from.0.ipBlock.cidr`]: '192.168.0.0/16',
    [`${RULE}.from.0.securityGroup.groupID`]: ['sg-01234567', `${RULE}.from.0.ipBlock`, undefined],
    [`${RULE}.ports.0.protocol`]: 'UDP',
    [`${RULE}.ports.0.port`]: 81,
    [`${BINDING}.nodeSelector.matchLabels`]: { a: 'b' },
    [`${BINDING}.nodeSelector.matchExpressions.0.key`]: 'b',
    [`${BINDING}.nodeSelector.matchExpressions.0.operator`]: 'NotIn',
    [`${BINDING}.nodeSelector.matchExpressions.0.values`]: ['c'],
    [`${BINDING}.iamRoleArnToAssume`]: ROLE,
    [`${BINDING}.assumeRoleExternalId`]: ['x', `${BINDING}.iamRoleArnToAssume`, ROLE],
  },
};

function dualStack(field: string, value: unknown): Record<string, unknown> {
  return {
    [`${NLB}.${field}`]: [
      value,
      `${NLB}.ipAddressType`,
      'dualstack',
      'network',
      { kind: 'new', ipFamily: 'dual-stack' },
    ],
  };
}
