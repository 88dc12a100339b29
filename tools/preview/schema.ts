import { z } from 'zod';
import {
  ORUNKNOWN,
  boolean,
  booleanOrUnknown,
  list,
  number,
  numberOrUnknown,
  part,
  text,
  textOrUnknown,
  texts,
  words,
  wordsOrUnknown,
} from './schema/fields';
import { keyValues, origin, permission, source } from './schema/parts';
import { action, rule } from './schema/rules';

/**
 * The JSON that a preview prints, as a schema: the source of `docs/preview.schema.json`. A test holds its type equal to
 * {@link Preview}.
 */

const securityGroup = part(
  'SecurityGroup',
  'The security group that the controller makes for a load balancer',
  {
    GroupName: text('Name, where the name of the cluster is known').optional(),
    Description: text('Description, as EC2 shows it'),
    IpPermissions: list(permission, 'What it lets in'),
    Tags: keyValues('Tags, sorted by key'),
    Origin: origin,
  },
);

const subnetMapping = part('SubnetMapping', 'A subnet of a load balancer, with its addresses there', {
  SubnetId: textOrUnknown('Id or name, as written'),
  AllocationId: text('Elastic IP address').optional(),
  PrivateIPv4Address: text('Private IPv4 address').optional(),
  IPv6Address: text('IPv6 address').optional(),
  SourceNatIpv6Prefix: text('Prefix for source NAT of UDP over IPv6').optional(),
});

const listener = part('Listener', 'A port on which a load balancer listens', {
  Port: number('Port'),
  Protocol: words(['HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC', 'SCTP'], 'Protocol'),
  Certificates: list(
    z
      .strictObject({
        CertificateArn: textOrUnknown('ARN; a discovered certificate is unknown'),
        IsDefault: boolean('Whether clients without SNI get it'),
      })
      .describe('A certificate'),
    'The first is the default one',
  ),
  SslPolicy: textOrUnknown('Security policy of TLS').optional(),
  AlpnPolicy: texts('ALPN policy, one entry').optional(),
  MutualAuthentication: z
    .strictObject({
      Mode: text('off, passthrough or verify'),
      TrustStoreArn: textOrUnknown('ARN of the trust store').optional(),
      IgnoreClientCertificateExpiry: boolean('Whether expired certificates are taken').optional(),
      AdvertiseTrustStoreCaNames: text('on or off').optional(),
    })
    .describe('Certificates of clients')
    .optional(),
  Attributes: keyValues('Attributes that are set, sorted by key'),
  Tags: keyValues('Tags, sorted by key'),
  DefaultActions: list(action, 'Of requests that no rule matches'),
  Rules: list(rule, 'By priority'),
  Origin: origin,
});

const targetGroup = part('TargetGroup', 'Targets behind listeners and rules', {
  Id: text("The controller's own, by which actions name it. Not of ELBv2"),
  TargetGroupName: textOrUnknown('Name; the controller generates it'),
  TargetType: wordsOrUnknown(['instance', 'ip', 'alb'], 'Nodes, pods, or a load balancer'),
  Protocol: text('Protocol in which targets are asked'),
  ProtocolVersion: textOrUnknown('HTTP1, HTTP2 or GRPC').optional(),
  Port: numberOrUnknown('Port; each target may have its own'),
  IpAddressType: words(['ipv4', 'ipv6'], 'Addresses of the targets'),
  HealthCheckProtocol: textOrUnknown('Protocol of the health check').optional(),
  HealthCheckPort: textOrUnknown('Port of the health check, or traffic-port').optional(),
  HealthCheckPath: text('Path of the health check').optional(),
  HealthCheckIntervalSeconds: numberOrUnknown('Seconds between health checks').optional(),
  HealthCheckTimeoutSeconds: numberOrUnknown('Seconds after which a health check has failed').optional(),
  HealthyThresholdCount: numberOrUnknown('Successes in a row that make a target healthy').optional(),
  UnhealthyThresholdCount: numberOrUnknown('Failures in a row that make it unhealthy').optional(),
  Matcher: z
    .strictObject({
      HttpCode: text('HTTP codes of success').optional(),
      GrpcCode: text('gRPC codes of success').optional(),
    })
    .describe('Codes of success')
    .optional(),
  Attributes: keyValues('Attributes that are set, sorted by key'),
  Tags: keyValues('Tags, sorted by key'),
  TargetControlPort: numberOrUnknown("Port of the targets' agent that steers their share").optional(),
  Service: z
    .strictObject({
      Name: text('Name; its namespace is the first part of the Id'),
      Port: z.union([z.int(), z.string()]).describe('Number or name of its port'),
    })
    .describe('The Service whose pods are behind it. Not of ELBv2')
    .optional(),
  Targets: list(
    z
      .strictObject({ Id: textOrUnknown('ARN of the load balancer'), Port: number('Port of its listener') })
      .describe('A target'),
    'The Application Load Balancer behind a Network Load Balancer',
  ).optional(),
  NodeSelector: text('Nodes that are targets, as kubectl selects them. Not of ELBv2').optional(),
  MultiCluster: booleanOrUnknown('Whether pods of several clusters may share it. Not of ELBv2').optional(),
  TargetPermissions: list(permission, 'What nodes or pods admit for it. Not of ELBv2'),
  Origin: origin,
});

const loadBalancer = part('LoadBalancer', 'A load balancer, with all that belongs to it', {
  Id: text(
    'Name of the group, namespace/name of a single Ingress or of a Service, <group>/FrontendNlb before the former. Not of ELBv2',
  ),
  Members: texts('The Ingresses that share it in the order of their rules, or the Service. Not of ELBv2'),
  LoadBalancerName: textOrUnknown('Name'),
  Type: words(['application', 'network'], 'Type'),
  Scheme: wordsOrUnknown(['internal', 'internet-facing'], 'Who reaches it'),
  IpAddressType: wordsOrUnknown(['ipv4', 'dualstack', 'dualstack-without-public-ipv4'], 'Its addresses'),
  SubnetMappings: list(subnetMapping, 'Subnets; those that are discovered are one unknown entry'),
  SecurityGroups: texts(`Ids or names, as written${ORUNKNOWN}`),
  ManagedSecurityGroup: securityGroup.optional(),
  CustomerOwnedIpv4Pool: text('Pool of addresses of an Outpost').optional(),
  IpamPools: z
    .strictObject({ Ipv4IpamPoolId: text('Id of the pool') })
    .describe('Pools of public addresses')
    .optional(),
  EnablePrefixForIpv6SourceNat: textOrUnknown('on or off').optional(),
  EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: textOrUnknown('on or off').optional(),
  MinimumLoadBalancerCapacity: z
    .strictObject({ CapacityUnits: numberOrUnknown('Units that are reserved') })
    .describe('Reserved capacity')
    .optional(),
  Attributes: keyValues('Attributes that are set, sorted by key'),
  Tags: keyValues('Tags, sorted by key; without those by which the controller knows its own'),
  WebAclArn: textOrUnknown('Web ACL of WAFv2; none takes one away. Not of ELBv2').optional(),
  WebAclId: text('Web ACL of WAF classic; none takes one away. Not of ELBv2').optional(),
  ShieldProtection: booleanOrUnknown('AWS Shield Advanced. Not of ELBv2').optional(),
  Listeners: list(listener, 'By port, then protocol'),
  TargetGroups: list(targetGroup, 'In the order in which listeners and rules name them first'),
  Origin: origin,
});

const refusal = part('Refusal', 'What Kubernetes or the controller would refuse', {
  Blocks: text('What is not built for it: IngressGroup <name>, or <kind> <namespace/name>'),
  Objects: texts('Objects that get no load balancer, or keep the one that they have as it is'),
  By: words(
    ['kubernetes', 'controller'],
    'kubernetes: the API server or a webhook, so that kubectl apply fails; controller: when it reconciles',
  ),
  Message: text('In the words of the controller, or of the API server'),
  Source: source.optional(),
  Other: source.describe('What it contradicts').optional(),
  Code: text('A word for its kind'),
  Remedy: text('What to write instead'),
});

const finding = part('Finding', 'What is to be corrected, or what is worth knowing', {
  Severity: words(
    ['error', 'warning'],
    'An error is refused, by AWS if not before; with a warning all is built, though maybe not as it is meant',
  ),
  By: words(
    ['kubernetes', 'controller', 'aws'],
    'Who refuses it, of errors: kubernetes means that kubectl apply fails; aws, that the controller tries and AWS says no',
  ).optional(),
  Source: source,
  Prop: text('Where the value is in the typed props of an Ingress of this project').optional(),
  Value: text('The value'),
  Reason: text('Why it is wrong'),
  Remedy: text('What to write instead'),
});

const answer = part('RequestAnswer', 'What a load balancer does with a request', {
  Request: text('As it was asked for'),
  LoadBalancer: text('Id; which load balancer a host leads to, DNS says'),
  Port: number('Port of the listener'),
  Protocol: text('Protocol of the listener'),
  Priority: number('Of the rule that takes it; where none does, the default actions answer').optional(),
  Actions: list(action, 'In their order'),
  From: list(source, 'What the rule comes from'),
  MayBe: z
    .array(z.int())
    .describe('Rules before it that may take it: that depends on what is not known, or was not asked'),
});

const fieldDifference = part('FieldDifference', 'A value that differs', {
  Field: text('Path of the field'),
  Before: z.unknown().describe('Absent if it was not set').optional(),
  After: z.unknown().describe('Absent if it is not set any more').optional(),
});

const loadBalancerDifference = part('LoadBalancerDifference', 'What becomes of a load balancer', {
  Id: text('Id of the load balancer'),
  Change: words(
    ['made', 'deleted', 'replaced', 'changed', 'frozen', 'abandoned'],
    'replaced: deleted and made anew, with another DNS name; frozen: stays as it is, since what it is made of would be refused',
  ),
  ReplacedFor: z.array(z.enum(['Type', 'Scheme'])).describe('Fields for which it is replaced'),
  Refused: texts('Objects of it that would be refused'),
  Fields: list(fieldDifference, 'What is set otherwise'),
  Stays: list(fieldDifference, 'What is not said any more, and the controller leaves as it is'),
  Rules: list(
    z
      .strictObject({
        Port: number('Port of the listener'),
        Change: words(['added', 'removed', 'moved', 'changed'], 'What becomes of it'),
        Before: rule.optional(),
        After: rule.optional(),
      })
      .describe('A rule that differs'),
    'In the order of their priority',
  ),
  LostCertificates: list(
    z
      .strictObject({ Port: number('Port of the listener'), CertificateArn: text('ARN') })
      .describe('A certificate that goes'),
    'Certificates that listeners lose',
  ),
  ReplacedTargetGroups: texts('Target groups that are made anew, by Id'),
});

export const previewSchema = z
  .strictObject({
    LoadBalancers: list(loadBalancer, 'What the controller would make'),
    Refusals: list(refusal, 'What Kubernetes or the controller would refuse'),
    Findings: list(finding, 'What is to be corrected, and what is worth knowing'),
    Notes: texts(
      'What is not in the input and was taken for granted, and what is not shown; a sentence each',
    ),
    Answers: list(answer, 'Who answers the requests that were asked for: --request').optional(),
    Differences: list(loadBalancerDifference, 'What differs from another preview: --against').optional(),
  })
  .describe(
    "Load balancers that the AWS Load Balancer Controller 3.5.0 would make, in ELBv2's own field names; security group rules in those of EC2",
  );

/** As `docs/preview.schema.json` has it. */
export function jsonSchema(): unknown {
  return {
    ...z.toJSONSchema(previewSchema, { target: 'draft-2020-12' }),
    title: 'npm run preview -- --format json',
  };
}
