import { z } from 'zod';
import { KINDS } from '../values';
import { schemaOf } from './of-kind';
import { port } from './primitives';
import {
  capacityUnits,
  loadBalancerName,
  prefixLists,
  scheme,
  sslPolicy,
  tagMap,
  targetType,
  whole,
} from './values';

const onOff = z.boolean('write true or false');
const text = z.string().min(1);
const texts = z.array(text);

/** A backend of a weighted forward: another Service of the namespace, or a target group that is already there. */
const forwardTarget = z.strictObject({
  /** Another Service of the namespace; its targets get the settings of this one. */
  serviceName: text.optional(),
  /** Name or number of a port of that Service. */
  servicePort: z.union([port, text], 'write the number or the name of a port').optional(),
  /** Instead of a Service. */
  targetGroupARN: schemaOf(KINDS.targetGroupArn).optional(),
  /** 0 to 999. */
  weight: schemaOf(KINDS.weight).optional(),
  /** Sends what a TLS listener decrypted as it is, by TCP. @default false: by TLS again */
  decrypt: onOff.optional(),
});

/** Shares connections between the Service's own pods and others. */
const forward = z.strictObject({
  /** Share of this Service, 0 to 999. */
  baseServiceWeight: schemaOf(KINDS.weight),
  /** At most four, for a listener has five target groups. */
  targetGroups: z.array(forwardTarget).min(1, 'write at least one target group').max(4),
  /** A client stays at one target group. @default false */
  stickiness: onOff.optional(),
});

const listener = z.strictObject({
  /** Of the listener, 1 to 65535. */
  port: port,
  /** Name of the port. @default - protocol and port, such as tcp-80 */
  name: text.optional(),
  /** Number or name of the pods' port. @default - that of the service, else `port` */
  targetPort: z.union([port, text], 'write the number or the name of a port').optional(),
  /** `TLS` ends at the load balancer, with the certificates of `tls`. @default 'TCP' */
  protocol: z
    .enum(
      ['TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC'],
      "write 'TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC' or 'TCP_QUIC'",
    )
    .optional(),
  /** Port of the nodes, for targets of type `instance`. @default - Kubernetes allots one */
  nodePort: port.optional(),
  /** Tells the targets of this port the client's address by a header before its data. @default - that of all ports */
  proxyProtocol: onOff.optional(),
  /** Seconds after which a silent TCP connection is forgotten, 60 to 6000. @default 350 */
  tcpIdleTimeoutSeconds: whole(60, 6000).optional(),
  /** Attributes of this port's target group, over those of all. @default {} */
  targetGroupAttributes: z.record(z.string(), z.string()).optional(),
  /** @default - all to this Service */
  action: forward.optional(),
});

const tls = z.strictObject({
  /** ARNs of ACM or IAM in the Region of the load balancer; the first is for clients that name no host. */
  certificateArns: schemaOf(KINDS.certificates),
  /** @default 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' */
  sslPolicy: sslPolicy.optional(),
  /** How HTTP/2 is agreed on. @default - not at all */
  alpnPolicy: schemaOf(KINDS.alpnPolicy).optional(),
  /** `ssl` encrypts again towards the pods. @default 'tcp' */
  backendProtocol: schemaOf(KINDS.tlsBackendProtocol).optional(),
});

const healthCheck = z.strictObject({
  /** @default 'TCP' */
  protocol: schemaOf(KINDS.networkHealthCheckProtocol).optional(),
  /** Number, `traffic-port`, or the name of a port of the Service. @default 'traffic-port' */
  port: z.union([port, text], "write a port, 'traffic-port' or the name of a port").optional(),
  /** Not for TCP. @default '/' */
  path: schemaOf(KINDS.healthCheckPath).optional(),
  /** HTTP codes from 200 to 599, such as 200,204 or 200-399. @default '200-399' */
  successCodes: schemaOf(KINDS.networkSuccessCodes).optional(),
  /** Answers until a target counts as healthy, 2 to 10. @default 3 */
  healthyThresholdCount: schemaOf(KINDS.threshold).optional(),
  /** Failures until it doesn't, 2 to 10. @default 3 */
  unhealthyThresholdCount: schemaOf(KINDS.threshold).optional(),
  /** 5 to 300. @default 10 */
  intervalSeconds: schemaOf(KINDS.healthCheckInterval).optional(),
  /** 2 to 120, less than the interval or the same. @default 10 */
  timeoutSeconds: schemaOf(KINDS.healthCheckTimeout).optional(),
});

const accessLogs = z.strictObject({
  /** S3 bucket in the Region of the load balancer; only TLS listeners write to it. */
  bucket: schemaOf(KINDS.bucket),
  /** @default - none */
  prefix: schemaOf(KINDS.logPrefix).optional(),
});

/**
 * All that a Service of type LoadBalancer can say to the AWS Load Balancer Controller 3.5.0, each by a name and a type.
 * Forms are judged here, and what takes more than one field by check.ts.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 */
export const nlbServiceSettings = z.strictObject({
  /** What the load balancer listens to. */
  ports: z.array(listener).min(1, 'write at least one port').max(50, 'write at most 50 ports'),
  /** @default 'internal' */
  scheme: scheme.optional(),
  /** @default 'ipv4' */
  ipAddressType: schemaOf(KINDS.networkIpAddressType).optional(),
  /** Of the load balancer, at most 32 characters; a change takes a new Service. @default - the controller's */
  loadBalancerName: loadBalancerName.optional(),
  /** Ids or Name tags, one subnet a zone. @default - discovered by their tags */
  subnets: texts.optional(),
  /** Ids or Name tags. @default - one that the controller makes */
  securityGroups: texts.optional(),
  /** With `securityGroups`, whether nodes admit the load balancer by rules of the controller. @default true */
  manageBackendSecurityGroupRules: onOff.optional(),
  /** No security group at all, which can't be changed later. @default false */
  disableSecurityGroup: onOff.optional(),
  /** Networks that may connect. @default - everybody */
  sourceRanges: schemaOf(KINDS.networks).optional(),
  /** Ids of prefix lists that may connect. @default - none */
  prefixLists: prefixLists.optional(),
  /** Whether the security groups judge traffic that comes by PrivateLink too. @default - AWS's, on */
  inboundRulesOnPrivateLinkTraffic: schemaOf(KINDS.onOff).optional(),
  /** Admits the ICMP messages by which clients learn how long packets may be. @default false */
  icmpForPathMtuDiscovery: onOff.optional(),
  /** For listeners of protocol TLS. @default - none */
  tls: tls.optional(),
  /** Elastic IPs, one a subnet; internet-facing only. @default - AWS's addresses */
  eipAllocations: schemaOf(KINDS.eipAllocations).optional(),
  /** One a subnet; internal only. @default - AWS's choice */
  privateIpv4Addresses: texts.optional(),
  /** One a subnet; dualstack only. @default - AWS's choice */
  ipv6Addresses: texts.optional(),
  /** IPv6 source addresses for UDP, of dualstack load balancers. @default false */
  prefixForIpv6SourceNat: onOff.optional(),
  /** One a subnet: a network of 80 bits or auto_assigned. @default - AWS's choice */
  sourceNatIpv6Prefixes: texts.optional(),
  /** `ip` sends to pods, `instance` to a port of the nodes. @default 'ip' */
  targetType: targetType.optional(),
  /** Only nodes of these labels, for targets of type `instance`. @default - all */
  nodeLabels: z.record(z.string(), z.string()).optional(),
  /** @default - TCP on the pods' port */
  healthCheck: healthCheck.optional(),
  /** Tells all targets the client's address by a header before its data. @default false */
  proxyProtocol: onOff.optional(),
  /** Seconds in which connections to a target that goes may end, 0 to 3600. @default 300 */
  deregistrationDelaySeconds: whole(0, 3600).optional(),
  /** Whether targets see the client's address. @default - only of type `instance`, and by UDP */
  preserveClientIp: onOff.optional(),
  /** A client stays at one target. @default false */
  stickiness: onOff.optional(),
  /** Attributes of target groups that have no field of their own here. @default {} */
  targetGroupAttributes: z.record(z.string(), z.string()).optional(),
  /** Whether targets of other clusters may be in the target groups. @default false */
  multiCluster: onOff.optional(),
  /** A zone's address sends to the targets of all zones. @default false */
  crossZone: onOff.optional(),
  /** Nobody deletes it by mistake; Terraform's destroy waits for this to be off. @default false */
  deletionProtection: onOff.optional(),
  /** @default - none */
  accessLogs: accessLogs.optional(),
  /** Whether DNS answers with the client's own zone. @default 'any_availability_zone' */
  clientRoutingPolicy: z
    .enum(
      ['any_availability_zone', 'partial_availability_zone_affinity', 'availability_zone_affinity'],
      "write 'any_availability_zone', 'partial_availability_zone_affinity' or 'availability_zone_affinity'",
    )
    .optional(),
  /** Attributes of the load balancer that have no field of their own here. @default {} */
  loadBalancerAttributes: z.record(z.string(), z.string()).optional(),
  /** Reserved capacity. @default - none */
  capacityUnits: capacityUnits.optional(),
  /** Of all that the controller makes for it. @default {} */
  tags: tagMap.optional(),
  /** `Local` keeps traffic on the node that got it, for targets of type `instance`. @default 'Cluster' */
  externalTrafficPolicy: z.enum(['Cluster', 'Local'], "write 'Cluster' or 'Local'").optional(),
  /** Whether the nodes have a port for it, which targets of type `ip` don't need. @default - with `instance` only */
  allocateLoadBalancerNodePorts: onOff.optional(),
  /** Address families of the Service; IPv6 first makes targets of IPv6. @default - the cluster's */
  ipFamilies: z
    .array(z.enum(['IPv4', 'IPv6'], "write 'IPv4' or 'IPv6'"))
    .max(2)
    .optional(),
  /** @default - SingleStack */
  ipFamilyPolicy: z
    .enum(
      ['SingleStack', 'PreferDualStack', 'RequireDualStack'],
      "write 'SingleStack', 'PreferDualStack' or 'RequireDualStack'",
    )
    .optional(),
  /** Other annotations of the Service, such as ExternalDNS's; the controller's own are checked too. @default {} */
  annotations: z.record(z.string(), z.string()).optional(),
});

export type NlbServiceSettings = z.input<typeof nlbServiceSettings>;
export type NlbListener = NlbServiceSettings['ports'][number];
export type NlbForward = NonNullable<NlbListener['action']>;
