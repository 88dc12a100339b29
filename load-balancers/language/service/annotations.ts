import { CURRENT_SSL_POLICY } from '../ssl-policies';
import { type NlbForward, type NlbListener, type NlbServiceSettings } from '../schema/service';

/** Before the names of what the controller reads from a Service. */
export const PREFIX = 'service.beta.kubernetes.io/';

type Render = (settings: NlbServiceSettings) => string | undefined;

/** Each annotation after its prefix, the field that says it, and how. */
const ANNOTATIONS: readonly (readonly [suffix: string, field: string, render: Render])[] = [
  ['aws-load-balancer-scheme', 'scheme', ({ scheme = 'internal' }) => scheme],
  ['aws-load-balancer-nlb-target-type', 'targetType', ({ targetType = 'ip' }) => targetType],
  ['aws-load-balancer-ip-address-type', 'ipAddressType', ({ ipAddressType }) => ipAddressType],
  ['aws-load-balancer-name', 'loadBalancerName', (each) => each.loadBalancerName],
  ['aws-load-balancer-subnets', 'subnets', ({ subnets }) => list(subnets)],
  ['aws-load-balancer-security-groups', 'securityGroups', ({ securityGroups }) => list(securityGroups)],
  [
    'aws-load-balancer-manage-backend-security-group-rules',
    'manageBackendSecurityGroupRules',
    // The controller's default leaves targets that nobody can reach.
    ({ manageBackendSecurityGroupRules: value, securityGroups }) => flag(value ?? (securityGroups && true)),
  ],
  ['aws-load-balancer-disable-nlb-sg', 'disableSecurityGroup', (each) => flag(each.disableSecurityGroup)],
  // As an annotation: nodes would enforce the field of the spec too, against addresses that are the load balancer's.
  ['load-balancer-source-ranges', 'sourceRanges', ({ sourceRanges }) => list(sourceRanges)],
  ['aws-load-balancer-security-group-prefix-lists', 'prefixLists', ({ prefixLists }) => list(prefixLists)],
  [
    'aws-load-balancer-inbound-sg-rules-on-private-link-traffic',
    'inboundRulesOnPrivateLinkTraffic',
    (each) => each.inboundRulesOnPrivateLinkTraffic,
  ],
  [
    'aws-load-balancer-enable-icmp-for-path-mtu-discovery',
    'icmpForPathMtuDiscovery',
    ({ icmpForPathMtuDiscovery }) => onOff(icmpForPathMtuDiscovery),
  ],
  ['aws-load-balancer-ssl-cert', 'tls.certificateArns', ({ tls }) => list(tls?.certificateArns)],
  [
    'aws-load-balancer-ssl-ports',
    'ports[].protocol',
    ({ ports }) => portsOf(ports, (port) => port.protocol === 'TLS'),
  ],
  [
    'aws-load-balancer-ssl-negotiation-policy',
    'tls.sslPolicy',
    ({ tls }) => tls && (tls.sslPolicy ?? CURRENT_SSL_POLICY),
  ],
  ['aws-load-balancer-alpn-policy', 'tls.alpnPolicy', ({ tls }) => tls?.alpnPolicy],
  ['aws-load-balancer-backend-protocol', 'tls.backendProtocol', ({ tls }) => tls?.backendProtocol],
  ['aws-load-balancer-eip-allocations', 'eipAllocations', ({ eipAllocations }) => list(eipAllocations)],
  [
    'aws-load-balancer-private-ipv4-addresses',
    'privateIpv4Addresses',
    ({ privateIpv4Addresses }) => list(privateIpv4Addresses),
  ],
  ['aws-load-balancer-ipv6-addresses', 'ipv6Addresses', ({ ipv6Addresses }) => list(ipv6Addresses)],
  [
    'aws-load-balancer-enable-prefix-for-ipv6-source-nat',
    'prefixForIpv6SourceNat',
    ({ prefixForIpv6SourceNat }) => onOff(prefixForIpv6SourceNat),
  ],
  [
    'aws-load-balancer-source-nat-ipv6-prefixes',
    'sourceNatIpv6Prefixes',
    ({ sourceNatIpv6Prefixes }) => list(sourceNatIpv6Prefixes),
  ],
  ['aws-load-balancer-target-node-labels', 'nodeLabels', ({ nodeLabels }) => map(nodeLabels)],
  ['aws-load-balancer-healthcheck-protocol', 'healthCheck.protocol', (each) => each.healthCheck?.protocol],
  ['aws-load-balancer-healthcheck-port', 'healthCheck.port', (each) => written(each.healthCheck?.port)],
  ['aws-load-balancer-healthcheck-path', 'healthCheck.path', (each) => each.healthCheck?.path],
  [
    'aws-load-balancer-healthcheck-success-codes',
    'healthCheck.successCodes',
    ({ healthCheck }) => healthCheck?.successCodes,
  ],
  [
    'aws-load-balancer-healthcheck-healthy-threshold',
    'healthCheck.healthyThresholdCount',
    ({ healthCheck }) => written(healthCheck?.healthyThresholdCount),
  ],
  [
    'aws-load-balancer-healthcheck-unhealthy-threshold',
    'healthCheck.unhealthyThresholdCount',
    ({ healthCheck }) => written(healthCheck?.unhealthyThresholdCount),
  ],
  [
    'aws-load-balancer-healthcheck-interval',
    'healthCheck.intervalSeconds',
    ({ healthCheck }) => written(healthCheck?.intervalSeconds),
  ],
  [
    'aws-load-balancer-healthcheck-timeout',
    'healthCheck.timeoutSeconds',
    ({ healthCheck }) => written(healthCheck?.timeoutSeconds),
  ],
  ['aws-load-balancer-proxy-protocol', 'proxyProtocol', (each) => (each.proxyProtocol ? '*' : undefined)],
  [
    'aws-load-balancer-proxy-protocol-per-target-group',
    'ports[].proxyProtocol',
    ({ ports }) => portsOf(ports, (port) => Boolean(port.proxyProtocol)),
  ],
  [
    'aws-load-balancer-target-group-attributes',
    'targetGroupAttributes',
    (settings) => map({ ...settings.targetGroupAttributes, ...typedAttributes(TARGET_GROUP, settings) }),
  ],
  ['aws-load-balancer-multi-cluster-target-group', 'multiCluster', ({ multiCluster }) => flag(multiCluster)],
  [
    'aws-load-balancer-attributes',
    'loadBalancerAttributes',
    (settings) => map({ ...settings.loadBalancerAttributes, ...typedAttributes(LOAD_BALANCER, settings) }),
  ],
  [
    'aws-load-balancer-minimum-load-balancer-capacity',
    'capacityUnits',
    ({ capacityUnits: value }) => (value === undefined ? undefined : `CapacityUnits=${value}`),
  ],
  ['aws-load-balancer-additional-resource-tags', 'tags', ({ tags }) => map(tags)],
  [
    'aws-load-balancer-enable-tcp-udp-listener',
    'ports[].protocol',
    ({ ports }) => flag(ports.some(({ protocol }) => protocol?.startsWith('TCP_')) || undefined),
  ],
  [
    'aws-load-balancer-quic-enabled-ports',
    'ports[].protocol',
    ({ ports }) => portsOf(ports, ({ protocol }) => Boolean(protocol?.endsWith('QUIC'))),
  ],
];

type Attributes = readonly (readonly [key: string, field: string, render: Render])[];

/** Attributes of the load balancer that have a field of their own. */
export const LOAD_BALANCER: Attributes = [
  ['load_balancing.cross_zone.enabled', 'crossZone', ({ crossZone }) => flag(crossZone)],
  ['deletion_protection.enabled', 'deletionProtection', ({ deletionProtection }) => flag(deletionProtection)],
  ['access_logs.s3.enabled', 'accessLogs', ({ accessLogs }) => flag(accessLogs && true)],
  ['access_logs.s3.bucket', 'accessLogs.bucket', ({ accessLogs }) => accessLogs?.bucket],
  ['access_logs.s3.prefix', 'accessLogs.prefix', ({ accessLogs }) => accessLogs?.prefix],
  ['dns_record.client_routing_policy', 'clientRoutingPolicy', (each) => each.clientRoutingPolicy],
];

/** Attributes of the target groups that have a field of their own. */
export const TARGET_GROUP: Attributes = [
  [
    'deregistration_delay.timeout_seconds',
    'deregistrationDelaySeconds',
    ({ deregistrationDelaySeconds }) => written(deregistrationDelaySeconds),
  ],
  ['preserve_client_ip.enabled', 'preserveClientIp', ({ preserveClientIp }) => flag(preserveClientIp)],
  ['stickiness.enabled', 'stickiness', ({ stickiness }) => flag(stickiness)],
  ['stickiness.type', 'stickiness', ({ stickiness }) => (stickiness ? 'source_ip' : undefined)],
];

/** The field that says an annotation, by the annotation's whole name. */
export const FIELDS: Readonly<Record<string, string | undefined>> = Object.fromEntries(
  ANNOTATIONS.map(([suffix, field]) => [`${PREFIX}${suffix}`, field]),
);

/** What the fields say; without `annotations`. */
export function nlbAnnotations(settings: NlbServiceSettings): Record<string, string> {
  const entries = [
    ...ANNOTATIONS.map(([suffix, , render]) => [suffix, render(settings)] as const),
    ...settings.ports.flatMap(ofListener),
  ];
  return Object.fromEntries(
    entries.flatMap(([suffix, value]) => (value === undefined ? [] : [[`${PREFIX}${suffix}`, value]])),
  );
}

function ofListener(listener: NlbListener): [suffix: string, value: string | undefined][] {
  const { port, protocol = 'TCP', tcpIdleTimeoutSeconds, targetGroupAttributes, action } = listener;
  return [
    [
      `aws-load-balancer-listener-attributes.${protocol}-${port}`,
      tcpIdleTimeoutSeconds === undefined ? undefined : `tcp.idle_timeout.seconds=${tcpIdleTimeoutSeconds}`,
    ],
    [`aws-load-balancer-target-group-attributes.${port}`, map(targetGroupAttributes)],
    [`actions.${protocol}-${port}`, action && JSON.stringify(forwardOf(action))],
  ];
}

function forwardOf({ baseServiceWeight, targetGroups, stickiness }: NlbForward) {
  return {
    type: 'forward',
    forwardConfig: {
      baseServiceWeight,
      targetGroups,
      ...(stickiness !== undefined && { targetGroupStickinessConfig: { enabled: stickiness } }),
    },
  };
}

function typedAttributes(attributes: Attributes, settings: NlbServiceSettings): Record<string, string> {
  return Object.fromEntries(
    attributes.flatMap(([key, , render]) => {
      const value = render(settings);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

function portsOf(ports: readonly NlbListener[], which: (port: NlbListener) => boolean): string | undefined {
  return list(ports.filter(which).map(({ port }) => `${port}`));
}

function list(values: readonly string[] | undefined): string | undefined {
  return values?.length ? values.join(',') : undefined;
}

/** The controller splits at commas, but for those after a backslash. */
function map(values: Readonly<Record<string, string>> | undefined): string | undefined {
  return list(
    Object.entries(values ?? {}).map(([key, value]) => `${key}=${value.replaceAll(/[\\,]/g, '\\$&')}`),
  );
}

function written(value: number | string | undefined): string | undefined {
  return value === undefined ? undefined : `${value}`;
}

function flag(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : `${value}`;
}

function onOff(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? 'on' : 'off';
}
