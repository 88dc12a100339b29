import { ATTRIBUTE_KINDS } from '../attributes';
import { attributeMap, keyed, says, type Said } from '../field';
import { list, map } from '../collections';
import { type ValueOf } from '../kind';
import { object, anyOf, required } from '../object';
import { words } from '../scalars';
import { characters } from '../text';
import { KINDS } from '../values';
import { onOff } from './attributes';

const name = characters();
const portOrName = anyOf('write the number or the name of a port', KINDS.port, name);

/** A backend of a weighted forward: another Service of the namespace, or a target group that is already there. */
const forwardTarget = object({
  /** Another Service of the namespace; its targets get the settings of this one. */
  serviceName: name,
  /** Name or number of a port of that Service. */
  servicePort: portOrName,
  /** Instead of a Service. */
  targetGroupARN: KINDS.targetGroupArn,
  /** 0 to 999. */
  weight: KINDS.weight,
  /** Sends what a TLS listener decrypted as it is, by TCP. @default false: by TLS again */
  decrypt: KINDS.flag,
});

/** Shares connections between the Service's own pods and others. */
const forward = object({
  /** Share of this Service, 0 to 999. */
  baseServiceWeight: required(KINDS.weight),
  /** At most four, for a listener has five target groups. */
  targetGroups: required(list(forwardTarget, 4, 'write at least one target group')),
  /** A client stays at one target group. @default false */
  stickiness: KINDS.flag,
});

const forwardJson = ({ baseServiceWeight, targetGroups, stickiness }: NlbForward) =>
  JSON.stringify({
    type: 'forward',
    forwardConfig: {
      baseServiceWeight,
      targetGroups,
      ...(stickiness !== undefined && { targetGroupStickinessConfig: { enabled: stickiness } }),
    },
  });

export const nlbListener = object({
  /** Of the listener, 1 to 65535. */
  port: required(KINDS.port),
  /** Name of the port. @default - protocol and port, such as tcp-80 */
  name,
  /** Number or name of the pods' port. @default - that of the service, else `port` */
  targetPort: portOrName,
  /** `TLS` ends at the load balancer, with the certificates of `tls`. @default 'TCP' */
  protocol: words('TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC'),
  /** Port of the nodes, for targets of type `instance`. @default - Kubernetes allots one */
  nodePort: KINDS.port,
  /** Tells the targets of this port the client's address by a header before its data. @default - that of all ports */
  proxyProtocol: KINDS.flag,
  /** Seconds after which a silent TCP connection is forgotten, 60 to 6000. @default 350 */
  tcpIdleTimeoutSeconds: {
    ...attributeMap('listener', 'aws-load-balancer-listener-attributes.*')('tcp.idle_timeout.seconds'),
    as: ATTRIBUTE_KINDS.networkListenerAttributes,
  } satisfies Said,
  /** Attributes of this port's target group, over those of all. @default {} */
  targetGroupAttributes: says('aws-load-balancer-target-group-attributes.*', map(), {
    as: ATTRIBUTE_KINDS.networkTargetGroupAttributes,
  }),
  /** @default - all to this Service */
  action: says('actions.*', forward, { as: 'elsewhere', write: forwardJson }),
});

const tls = object({
  /** ARNs of ACM or IAM in the Region of the load balancer; the first is for clients that name no host. */
  certificateArns: required(says('aws-load-balancer-ssl-cert', KINDS.certificates)),
  /** @default 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' */
  sslPolicy: says('aws-load-balancer-ssl-negotiation-policy', KINDS.sslPolicy, {
    default: 'ELBSecurityPolicy-2016-08',
  }),
  /** How HTTP/2 is agreed on. @default - not at all */
  alpnPolicy: says('aws-load-balancer-alpn-policy', KINDS.alpnPolicy),
  /** `ssl` encrypts again towards the pods. @default 'tcp' */
  backendProtocol: says('aws-load-balancer-backend-protocol', KINDS.tlsBackendProtocol),
});

const check = (suffix: string) => `aws-load-balancer-healthcheck-${suffix}`;
const healthCheck = object({
  /** @default 'TCP' */
  protocol: says(check('protocol'), KINDS.networkHealthCheckProtocol, { default: 'TCP' }),
  /** Number, `traffic-port`, or the name of a port of the Service. @default 'traffic-port' */
  port: says(check('port'), anyOf("write a port, 'traffic-port' or the name of a port", KINDS.port, name), {
    as: 'elsewhere',
    default: 'traffic-port',
  }),
  /** Not for TCP. @default '/' */
  path: says(check('path'), KINDS.healthCheckPath, { default: '"/" for HTTP(S) protocols' }),
  /** HTTP codes from 200 to 599, such as 200,204 or 200-399. @default '200-399' */
  successCodes: says(check('success-codes'), KINDS.networkSuccessCodes, { default: '200-399' }),
  /** Answers until a target counts as healthy, 2 to 10. @default 3 */
  healthyThresholdCount: says(check('healthy-threshold'), KINDS.threshold, { default: '3' }),
  /** Failures until it doesn't, 2 to 10. @default 3 */
  unhealthyThresholdCount: says(check('unhealthy-threshold'), KINDS.threshold, { default: '3' }),
  /** 5 to 300. @default 10 */
  intervalSeconds: says(check('interval'), KINDS.healthCheckInterval, { default: '10' }),
  /** 2 to 120, less than the interval or the same. @default 10 */
  timeoutSeconds: says(check('timeout'), KINDS.healthCheckTimeout, { default: '10' }),
});

const ofLoadBalancer = attributeMap('loadBalancer', 'aws-load-balancer-attributes');
const ofTargetGroups = attributeMap('targetGroup', 'aws-load-balancer-target-group-attributes');

const accessLogs = object({
  /** S3 bucket in the Region of the load balancer; only TLS listeners write to it. */
  bucket: required(ofLoadBalancer('access_logs.s3.bucket')),
  /** @default - none */
  prefix: ofLoadBalancer('access_logs.s3.prefix'),
});

/**
 * All that a Service of type LoadBalancer can say to the AWS Load Balancer Controller 3.5.0, each by a name and a type.
 * Forms are judged here, and what takes more than one field by the checks of a Service.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 */
export const nlbService = object({
  /** What the load balancer listens to. */
  ports: required(list(nlbListener, 50, 'write at least one port')),
  /** Attributes of the load balancer that have no field of their own here. @default {} */
  loadBalancerAttributes: says('aws-load-balancer-attributes', map(), {
    as: ATTRIBUTE_KINDS.networkLoadBalancerAttributes,
  }),
  /** Attributes of target groups that have no field of their own here. @default {} */
  targetGroupAttributes: says('aws-load-balancer-target-group-attributes', map(), {
    as: ATTRIBUTE_KINDS.networkTargetGroupAttributes,
  }),
  /** @default 'internal' */
  scheme: says('aws-load-balancer-scheme', KINDS.scheme, { default: 'internal' }),
  /** @default 'ipv4' */
  ipAddressType: says('aws-load-balancer-ip-address-type', KINDS.networkIpAddressType, { default: 'ipv4' }),
  /** Of the load balancer, at most 32 characters; a change takes a new Service. @default - the controller's */
  loadBalancerName: says('aws-load-balancer-name', KINDS.loadBalancerName),
  /** Ids or Name tags, one subnet a zone. @default - discovered by their tags */
  subnets: says('aws-load-balancer-subnets', KINDS.subnets),
  /** Ids or Name tags. @default - one that the controller makes */
  securityGroups: says('aws-load-balancer-security-groups', KINDS.securityGroups),
  /** With `securityGroups`, whether nodes admit the load balancer by rules of the controller. @default true */
  manageBackendSecurityGroupRules: says('aws-load-balancer-manage-backend-security-group-rules', KINDS.flag, {
    default: 'true',
  }),
  /** No security group at all, which can't be changed later. @default false */
  disableSecurityGroup: says('aws-load-balancer-disable-nlb-sg', KINDS.flag, { default: 'false' }),
  // As an annotation: nodes would enforce the field of the spec too, against addresses that are the load balancer's.
  /** Networks that may connect. @default - everybody */
  sourceRanges: says('load-balancer-source-ranges', KINDS.networks),
  /** Ids of prefix lists that may connect. @default - none */
  prefixLists: says('aws-load-balancer-security-group-prefix-lists', KINDS.prefixLists),
  /** Whether the security groups judge traffic that comes by PrivateLink too. @default - AWS's, on */
  inboundRulesOnPrivateLinkTraffic: says(
    'aws-load-balancer-inbound-sg-rules-on-private-link-traffic',
    KINDS.onOff,
  ),
  /** Admits the ICMP messages by which clients learn how long packets may be. @default false */
  icmpForPathMtuDiscovery: says('aws-load-balancer-enable-icmp-for-path-mtu-discovery', KINDS.flag, {
    as: KINDS.onOff,
    write: onOff,
  }),
  /** For listeners of protocol TLS. @default - none */
  tls,
  /** Elastic IPs, one a subnet; internet-facing only. @default - AWS's addresses */
  eipAllocations: says('aws-load-balancer-eip-allocations', KINDS.eipAllocations),
  /** One a subnet; internal only. @default - AWS's choice */
  privateIpv4Addresses: says('aws-load-balancer-private-ipv4-addresses', KINDS.privateIpv4Addresses),
  /** One a subnet; dualstack only. @default - AWS's choice */
  ipv6Addresses: says('aws-load-balancer-ipv6-addresses', KINDS.ipv6Addresses),
  /** IPv6 source addresses for UDP, of dualstack load balancers. @default false */
  prefixForIpv6SourceNat: says('aws-load-balancer-enable-prefix-for-ipv6-source-nat', KINDS.flag, {
    as: KINDS.onOff,
    write: onOff,
    default: 'off',
  }),
  /** One a subnet: a network of 80 bits or auto_assigned. @default - AWS's choice */
  sourceNatIpv6Prefixes: says('aws-load-balancer-source-nat-ipv6-prefixes', KINDS.sourceNatPrefixes),
  /** `ip` sends to pods, `instance` to a port of the nodes. @default 'ip' */
  targetType: says('aws-load-balancer-nlb-target-type', KINDS.targetType, {
    default: 'instance (flag --default-target-type)',
  }),
  /** Only nodes of these labels, for targets of type `instance`. @default - all */
  nodeLabels: says('aws-load-balancer-target-node-labels', map(), { as: 'elsewhere' }),
  /** @default - TCP on the pods' port */
  healthCheck,
  /** Tells all targets the client's address by a header before its data. @default false */
  proxyProtocol: says('aws-load-balancer-proxy-protocol', KINDS.flag, {
    as: KINDS.proxyProtocol,
    write: (all) => (all ? '*' : undefined),
  }),
  /** Seconds in which connections to a target that goes may end, 0 to 3600. @default 300 */
  deregistrationDelaySeconds: ofTargetGroups('deregistration_delay.timeout_seconds'),
  /** Whether targets see the client's address. @default - only of type `instance`, and by UDP */
  preserveClientIp: ofTargetGroups('preserve_client_ip.enabled'),
  /** A client stays at one target. @default false */
  stickiness: ofTargetGroups('stickiness.enabled'),
  /** Whether targets of other clusters may be in the target groups. @default false */
  multiCluster: says('aws-load-balancer-multi-cluster-target-group', KINDS.flag, { default: 'false' }),
  /** A zone's address sends to the targets of all zones. @default false */
  crossZone: ofLoadBalancer('load_balancing.cross_zone.enabled'),
  /** Nobody deletes it by mistake; Terraform's destroy waits for this to be off. @default false */
  deletionProtection: ofLoadBalancer('deletion_protection.enabled'),
  /** @default - none */
  accessLogs: keyed('aws-load-balancer-attributes', 'access_logs.s3.enabled', accessLogs, () => 'true'),
  /** Whether DNS answers with the client's own zone. @default 'any_availability_zone' */
  clientRoutingPolicy: ofLoadBalancer('dns_record.client_routing_policy'),
  /** Reserved capacity. @default - none */
  capacityUnits: {
    ...keyed('aws-load-balancer-minimum-load-balancer-capacity', 'CapacityUnits', KINDS.capacityUnits),
    as: ATTRIBUTE_KINDS.capacity,
  } satisfies Said,
  /** Of all that the controller makes for it. @default {} */
  tags: says('aws-load-balancer-additional-resource-tags', KINDS.tagsOfAnnotation),
  /** `Local` keeps traffic on the node that got it, for targets of type `instance`. @default 'Cluster' */
  externalTrafficPolicy: words('Cluster', 'Local'),
  /** Whether the nodes have a port for it, which targets of type `ip` don't need. @default - with `instance` only */
  allocateLoadBalancerNodePorts: KINDS.flag,
  /** Address families of the Service; IPv6 first makes targets of IPv6. @default - the cluster's */
  ipFamilies: list(words('IPv4', 'IPv6'), 2, false),
  /** @default - SingleStack */
  ipFamilyPolicy: words('SingleStack', 'PreferDualStack', 'RequireDualStack'),
  /** Other annotations of the Service, such as ExternalDNS's; the controller's own are checked too. @default {} */
  annotations: map(),
});

export type NlbServiceSettings = ValueOf<typeof nlbService>;
export type NlbListener = NlbServiceSettings['ports'][number];
export type NlbForward = ValueOf<typeof forward>;
