import { z } from 'zod';
import {
  ORUNKNOWN,
  boolean,
  booleanOrUnknown,
  array,
  number,
  numberOrUnknown,
  part,
  string,
  stringOrUnknown,
  texts,
  choice,
  choiceOrUnknown,
} from './schema/fields';
import { keyValuesField, originSchema, permissionSchema, source } from './schema/parts';
import { actionSchema, rule } from './schema/rules';

/**
 * The JSON that a preview prints, as a schema: the source of `docs/preview.schema.json`. A test holds its type equal to
 * {@link Preview}.
 */

const securityGroup = part(
  'SecurityGroup',
  'The security group that the controller makes for a load balancer',
  {
    GroupName: string('Name, where the name of the cluster is known').optional(),
    Description: string('Description, as EC2 shows it'),
    IpPermissions: array(permissionSchema, 'What it lets in'),
    Tags: keyValuesField('Tags, sorted by key'),
    Origin: originSchema,
  },
);

const subnetMapping = part('SubnetMapping', 'A subnet of a load balancer, with its addresses there', {
  SubnetId: stringOrUnknown('Id or name, as written'),
  AllocationId: string('Elastic IP address').optional(),
  PrivateIPv4Address: string('Private IPv4 address').optional(),
  IPv6Address: string('IPv6 address').optional(),
  SourceNatIpv6Prefix: string('Prefix for source NAT of UDP over IPv6').optional(),
});

const listener = part('Listener', 'A port on which a load balancer listens', {
  Port: number('Port'),
  Protocol: choice(['HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC', 'SCTP'], 'Protocol'),
  Certificates: array(
    z
      .strictObject({
        CertificateArn: stringOrUnknown('ARN; a discovered certificate is unknown'),
        IsDefault: boolean('Whether clients without SNI get it'),
      })
      .describe('A certificate'),
    'The first is the default one',
  ),
  SslPolicy: stringOrUnknown('Security policy of TLS').optional(),
  AlpnPolicy: texts('ALPN policy, one entry').optional(),
  MutualAuthentication: z
    .strictObject({
      Mode: string('off, passthrough or verify'),
      TrustStoreArn: stringOrUnknown('ARN of the trust store').optional(),
      IgnoreClientCertificateExpiry: boolean('Whether expired certificates are taken').optional(),
      AdvertiseTrustStoreCaNames: string('on or off').optional(),
    })
    .describe('Certificates of clients')
    .optional(),
  Attributes: keyValuesField('Attributes that are set, sorted by key'),
  Tags: keyValuesField('Tags, sorted by key'),
  DefaultActions: array(actionSchema, 'Of requests that no rule matches'),
  Rules: array(rule, 'By priority'),
  Origin: originSchema,
});

const targetGroup = part('TargetGroup', 'Targets behind listeners and rules', {
  Id: string("The controller's own, by which actions name it. Not of ELBv2"),
  TargetGroupName: stringOrUnknown('Name; the controller generates it'),
  TargetType: choiceOrUnknown(['instance', 'ip', 'alb'], 'Nodes, pods, or a load balancer'),
  Protocol: string('Protocol in which targets are asked'),
  ProtocolVersion: stringOrUnknown('HTTP1, HTTP2 or GRPC').optional(),
  Port: numberOrUnknown('Port; each target may have its own'),
  IpAddressType: choice(['ipv4', 'ipv6'], 'Addresses of the targets'),
  HealthCheckProtocol: stringOrUnknown('Protocol of the health check').optional(),
  HealthCheckPort: stringOrUnknown('Port of the health check, or traffic-port').optional(),
  HealthCheckPath: string('Path of the health check').optional(),
  HealthCheckIntervalSeconds: numberOrUnknown('Seconds between health checks').optional(),
  HealthCheckTimeoutSeconds: numberOrUnknown('Seconds after which a health check has failed').optional(),
  HealthyThresholdCount: numberOrUnknown('Successes in a row that make a target healthy').optional(),
  UnhealthyThresholdCount: numberOrUnknown('Failures in a row that make it unhealthy').optional(),
  Matcher: z
    .strictObject({
      HttpCode: string('HTTP codes of success').optional(),
      GrpcCode: string('gRPC codes of success').optional(),
    })
    .describe('Codes of success')
    .optional(),
  Attributes: keyValuesField('Attributes that are set, sorted by key'),
  Tags: keyValuesField('Tags, sorted by key'),
  TargetControlPort: numberOrUnknown("Port of the targets' agent that steers their share").optional(),
  Service: z
    .strictObject({
      Name: string('Name; its namespace is the first part of the Id'),
      Port: z.union([z.int(), z.string()]).describe('Number or name of its port'),
    })
    .describe('The Service whose pods are behind it. Not of ELBv2')
    .optional(),
  Targets: array(
    z
      .strictObject({ Id: stringOrUnknown('ARN of the load balancer'), Port: number('Port of its listener') })
      .describe('A target'),
    'The Application Load Balancer behind a Network Load Balancer',
  ).optional(),
  NodeSelector: string('Nodes that are targets, as kubectl selects them. Not of ELBv2').optional(),
  MultiCluster: booleanOrUnknown('Whether pods of several clusters may share it. Not of ELBv2').optional(),
  TargetPermissions: array(permissionSchema, 'What nodes or pods admit for it. Not of ELBv2'),
  Origin: originSchema,
});

const loadBalancer = part('LoadBalancer', 'A load balancer, with all that belongs to it', {
  Id: string(
    'Name of the group, namespace/name of a single Ingress or of a Service, <group>/FrontendNlb before the former. Not of ELBv2',
  ),
  Members: texts('The Ingresses that share it in the order of their rules, or the Service. Not of ELBv2'),
  LoadBalancerName: stringOrUnknown('Name'),
  Type: choice(['application', 'network'], 'Type'),
  Scheme: choiceOrUnknown(['internal', 'internet-facing'], 'Who reaches it'),
  IpAddressType: choiceOrUnknown(['ipv4', 'dualstack', 'dualstack-without-public-ipv4'], 'Its addresses'),
  SubnetMappings: array(subnetMapping, 'Subnets; those that are discovered are one unknown entry'),
  SecurityGroups: texts(`Ids or names, as written${ORUNKNOWN}`),
  ManagedSecurityGroup: securityGroup.optional(),
  CustomerOwnedIpv4Pool: string('Pool of addresses of an Outpost').optional(),
  IpamPools: z
    .strictObject({ Ipv4IpamPoolId: string('Id of the pool') })
    .describe('Pools of public addresses')
    .optional(),
  EnablePrefixForIpv6SourceNat: stringOrUnknown('on or off').optional(),
  EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: stringOrUnknown('on or off').optional(),
  MinimumLoadBalancerCapacity: z
    .strictObject({ CapacityUnits: numberOrUnknown('Units that are reserved') })
    .describe('Reserved capacity')
    .optional(),
  Attributes: keyValuesField('Attributes that are set, sorted by key'),
  Tags: keyValuesField('Tags, sorted by key; without those by which the controller knows its own'),
  WebAclArn: stringOrUnknown('Web ACL of WAFv2; none takes one away. Not of ELBv2').optional(),
  WebAclId: string('Web ACL of WAF classic; none takes one away. Not of ELBv2').optional(),
  ShieldProtection: booleanOrUnknown('AWS Shield Advanced. Not of ELBv2').optional(),
  Listeners: array(listener, 'By port, then protocol'),
  TargetGroups: array(targetGroup, 'In the order in which listeners and rules name them first'),
  Origin: originSchema,
});

const refusal = part('Refusal', 'What Kubernetes or the controller would refuse', {
  Blocks: string('What is not built for it: IngressGroup <name>, or <kind> <namespace/name>'),
  Objects: texts('Objects that get no load balancer, or keep the one that they have as it is'),
  By: choice(
    ['kubernetes', 'controller'],
    'kubernetes: the API server or a webhook, so that kubectl apply fails; controller: when it reconciles',
  ),
  Message: string('In the words of the controller, or of the API server'),
  Source: source.optional(),
  Other: source.describe('What it contradicts').optional(),
  Code: string('A word for its kind'),
  Remedy: string('What to write instead'),
});

const finding = part('Finding', 'What is to be corrected, or what is worth knowing', {
  Severity: choice(
    ['error', 'warning'],
    'An error is refused, by AWS if not before; with a warning all is built, though maybe not as it is meant',
  ),
  By: choice(
    ['kubernetes', 'controller', 'aws'],
    'Who refuses it, of errors: kubernetes means that kubectl apply fails; aws, that the controller tries and AWS says no',
  ).optional(),
  Source: source,
  Prop: string('Where the value is in the typed props of an Ingress of this project').optional(),
  Value: string('The value'),
  Reason: string('Why it is wrong'),
  Remedy: string('What to write instead'),
});

const answer = part('RequestAnswer', 'What a load balancer does with a request', {
  Request: string('As it was asked for'),
  LoadBalancer: string('Id; which load balancer a host leads to, DNS says'),
  Port: number('Port of the listener'),
  Protocol: string('Protocol of the listener'),
  Priority: number('Of the rule that takes it; where none does, the default actions answer').optional(),
  Actions: array(actionSchema, 'In their order'),
  From: array(source, 'What the rule comes from'),
  MayBe: z
    .array(z.int())
    .describe('Rules before it that may take it: that depends on what is not known, or was not asked'),
});

const fieldDifference = part('FieldDifference', 'A value that differs', {
  Field: string('Path of the field'),
  Before: z.unknown().describe('Absent if it was not set').optional(),
  After: z.unknown().describe('Absent if it is not set any more').optional(),
});

const loadBalancerDifference = part('LoadBalancerDifference', 'What becomes of a load balancer', {
  Id: string('Id of the load balancer'),
  Change: choice(
    ['made', 'deleted', 'replaced', 'changed', 'frozen', 'abandoned'],
    'replaced: deleted and made anew, with another DNS name; frozen: stays as it is, since what it is made of would be refused',
  ),
  ReplacedFor: z.array(z.enum(['Type', 'Scheme'])).describe('Fields for which it is replaced'),
  Refused: texts('Objects of it that would be refused'),
  Fields: array(fieldDifference, 'What is set otherwise'),
  Stays: array(fieldDifference, 'What is not said any more, and the controller leaves as it is'),
  Rules: array(
    z
      .strictObject({
        Port: number('Port of the listener'),
        Change: choice(['added', 'removed', 'moved', 'changed'], 'What becomes of it'),
        Before: rule.optional(),
        After: rule.optional(),
      })
      .describe('A rule that differs'),
    'In the order of their priority',
  ),
  LostCertificates: array(
    z
      .strictObject({ Port: number('Port of the listener'), CertificateArn: string('ARN') })
      .describe('A certificate that goes'),
    'Certificates that listeners lose',
  ),
  ReplacedTargetGroups: texts('Target groups that are made anew, by Id'),
});

export const previewSchema = z
  .strictObject({
    LoadBalancers: array(loadBalancer, 'What the controller would make'),
    Refusals: array(refusal, 'What Kubernetes or the controller would refuse'),
    Findings: array(finding, 'What is to be corrected, and what is worth knowing'),
    Notes: texts(
      'What is not in the input and was taken for granted, and what is not shown; a sentence each',
    ),
    Answers: array(answer, 'Who answers the requests that were asked for: --request').optional(),
    Differences: array(loadBalancerDifference, 'What differs from another preview: --against').optional(),
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
