import { z } from 'zod';
import { KNOWN_AFTER_APPLY } from '../../modules/load-balancer-model';

/**
 * The JSON that a preview prints, as a schema: the source of `docs/preview.schema.json`. A test holds its type equal to
 * {@link Preview}.
 */

const ORUNKNOWN = `; ${KNOWN_AFTER_APPLY} if only AWS or the cluster can tell`;
const unknown = z.literal(KNOWN_AFTER_APPLY);

const text = (description: string) => z.string().describe(description);
const textOrUnknown = (description: string) => text(`${description}${ORUNKNOWN}`);
const number = (description: string) => z.int().describe(description);
const numberOrUnknown = (description: string) =>
  z.union([z.int(), unknown]).describe(`${description}${ORUNKNOWN}`);
const boolean = (description: string) => z.boolean().describe(description);
const booleanOrUnknown = (description: string) =>
  z.union([z.boolean(), unknown]).describe(`${description}${ORUNKNOWN}`);
const texts = (description: string) => z.array(z.string()).describe(description);
const list = <T extends z.ZodType>(item: T, description: string) => z.array(item).describe(description);
const words = <const T extends readonly string[]>(all: T, description: string) =>
  z.enum(all).describe(description);
const wordsOrUnknown = <const T extends readonly string[]>(all: T, description: string) =>
  z.enum([...all, KNOWN_AFTER_APPLY]).describe(`${description}${ORUNKNOWN}`);
/** A part that the schema has by its name. */
const part = <T extends z.ZodRawShape>(id: string, description: string, shape: T) =>
  z.strictObject(shape).meta({ id, description });

const source = part(
  'Source',
  'Where something comes from: a Kubernetes object, a field or an annotation of it',
  {
    Kind: words(['Ingress', 'Service', 'IngressClass', 'IngressClassParams'], 'Kind of the object'),
    Name: text('namespace/name; the name alone for objects of the whole cluster'),
    Field: text('A path such as spec.rules[0].http.paths[1]').optional(),
    Annotation: text('Name of an annotation, whole').optional(),
  },
);

const origin = z.record(z.string().describe('Name of a field of the item'), z.array(source)).meta({
  id: 'Origin',
  description:
    'Where the fields of an item come from, by their names; a field that is not in it has its default',
});

const keyValue = part('KeyValue', 'A key and its value', {
  Key: text('Key; all of it is known after apply only if it says so'),
  Value: textOrUnknown('Value, or a text with parts of it'),
});
const keyValues = (description: string) => list(keyValue, description);

const permission = part('IpPermission', 'A rule of a security group, as EC2 has it; one source each', {
  IpProtocol: text('tcp, udp, icmp, icmpv6, or -1 for all'),
  FromPort: numberOrUnknown('First port, or type of ICMP').optional(),
  ToPort: numberOrUnknown('Last port, or code of ICMP').optional(),
  IpRanges: list(
    z.strictObject({ CidrIp: textOrUnknown('IPv4 network') }).describe('A source'),
    'IPv4 networks',
  ).optional(),
  Ipv6Ranges: list(
    z.strictObject({ CidrIpv6: textOrUnknown('IPv6 network') }).describe('A source'),
    'IPv6 networks',
  ).optional(),
  PrefixListIds: list(
    z.strictObject({ PrefixListId: text('Id of a prefix list') }).describe('A source'),
    'Prefix lists',
  ).optional(),
  UserIdGroupPairs: list(
    z.strictObject({ GroupId: textOrUnknown('Id of a security group') }).describe('A source'),
    'Security groups',
  ).optional(),
});

const securityGroup = part(
  'SecurityGroup',
  'The security group that the controller makes for a load balancer',
  {
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

const match = {
  Values: texts('Patterns with * and ?; any of them').optional(),
  RegexValues: texts('Regular expressions; any of them').optional(),
};
const matchConfig = (description: string) => z.strictObject(match).describe(description).optional();
const values = (description: string) =>
  z
    .strictObject({ Values: texts('Any of them') })
    .describe(description)
    .optional();

const condition = part(
  'RuleCondition',
  'What a request must have; the one config that belongs to its field',
  {
    Field: wordsOrUnknown(
      ['host-header', 'path-pattern', 'http-header', 'http-request-method', 'query-string', 'source-ip'],
      'What is looked at',
    ),
    HostHeaderConfig: matchConfig('Hosts'),
    PathPatternConfig: matchConfig('Paths'),
    HttpHeaderConfig: z
      .strictObject({ ...match, HttpHeaderName: text('Name of the header') })
      .describe('A header and its values')
      .optional(),
    HttpRequestMethodConfig: values('Methods'),
    QueryStringConfig: z
      .strictObject({
        Values: list(
          z
            .strictObject({
              Key: text('Name of a parameter').optional(),
              Value: text('Pattern of its value'),
            })
            .describe('A parameter'),
          'Any of them',
        ),
      })
      .describe('Parameters of the query')
      .optional(),
    SourceIpConfig: values('Networks of the client'),
  },
);

const rewrite = (description: string) =>
  z
    .strictObject({
      Rewrites: list(
        z
          .strictObject({ Regex: text('What is replaced'), Replace: text('What it becomes') })
          .describe('One rewrite'),
        'Rewrites',
      ),
    })
    .describe(description)
    .optional();

const transform = part('Transform', 'What becomes of a request before its target gets it', {
  Type: wordsOrUnknown(['host-header-rewrite', 'url-rewrite'], 'What is rewritten'),
  HostHeaderRewriteConfig: rewrite('Of the host'),
  UrlRewriteConfig: rewrite('Of path and query'),
});

const tuple = part('TargetGroupTuple', 'A target group of a forward action', {
  TargetGroupArn: textOrUnknown('As written; of a target group that the controller makes or finds, unknown'),
  TargetGroup: text('Id of a target group of this load balancer. Not of ELBv2').optional(),
  TargetGroupName: text('As written, of one that the controller finds by name. Not of ELBv2').optional(),
  Weight: number('Its share of requests, 0-999').optional(),
});

const authentication = {
  AuthenticationRequestExtraParams: z
    .record(z.string(), z.string())
    .describe('Parameters for the authorization endpoint')
    .optional(),
  OnUnauthenticatedRequest: text('deny, allow or authenticate').optional(),
  Scope: text('Claims that are asked for').optional(),
  SessionCookieName: text('Cookie of the session').optional(),
  // Of 64 bits, more than a safe integer has.
  SessionTimeout: z
    .union([z.number().multipleOf(1), unknown])
    .describe(`Seconds${ORUNKNOWN}`)
    .optional(),
};

const action = z
  .union([
    z.strictObject({ Type: unknown.describe('Unknown where the annotation that says it is') }),
    z.strictObject({
      Type: z.literal('forward').describe('To target groups'),
      ForwardConfig: z
        .strictObject({
          TargetGroups: list(tuple, 'Target groups that share the requests'),
          TargetGroupStickinessConfig: z
            .strictObject({
              Enabled: boolean('Whether a client stays with its target group').optional(),
              DurationSeconds: number('For how long').optional(),
            })
            .describe('Stickiness between target groups')
            .optional(),
        })
        .describe('Where to'),
    }),
    z.strictObject({
      Type: z.literal('redirect').describe('The client asks elsewhere'),
      RedirectConfig: z
        .strictObject({
          Host: text('Host; #{host} is that of the request').optional(),
          Path: text('Path; #{path} is that of the request').optional(),
          Port: text('Port; #{port} is that of the request').optional(),
          Protocol: text('HTTP, HTTPS or #{protocol}').optional(),
          Query: text('Query; #{query} is that of the request').optional(),
          StatusCode: text('HTTP_301 or HTTP_302'),
        })
        .describe('Where to'),
    }),
    z.strictObject({
      Type: z.literal('fixed-response').describe('The load balancer answers itself'),
      FixedResponseConfig: z
        .strictObject({
          ContentType: text('Type of the body').optional(),
          MessageBody: text('Body').optional(),
          StatusCode: text('HTTP status'),
        })
        .describe('The answer'),
    }),
    z.strictObject({
      Type: z.literal('authenticate-cognito').describe('By a Cognito user pool'),
      AuthenticateCognitoConfig: z
        .strictObject({
          ...authentication,
          UserPoolArn: text('ARN of the user pool'),
          UserPoolClientId: text('Id of its client'),
          UserPoolDomain: text('Its domain'),
        })
        .describe('How'),
    }),
    z.strictObject({
      Type: z.literal('authenticate-oidc').describe('By an OpenID Connect provider'),
      AuthenticateOidcConfig: z
        .strictObject({
          ...authentication,
          Issuer: text('URL of the issuer'),
          AuthorizationEndpoint: text('URL'),
          TokenEndpoint: text('URL'),
          UserInfoEndpoint: text('URL'),
          ClientId: textOrUnknown('Id of the client, which a Secret holds'),
        })
        .describe('How'),
    }),
    z.strictObject({
      Type: z.literal('jwt-validation').describe('A token must be valid'),
      JwtValidationConfig: z
        .strictObject({
          JwksEndpoint: text('URL of the keys'),
          Issuer: text('Issuer of the token'),
          AdditionalClaims: list(
            z
              .strictObject({
                Format: text('single-string, string-array or space-separated-values'),
                Name: text('Name of the claim'),
                Values: texts('Values that it may have'),
              })
              .describe('A claim'),
            'Claims that a token must have besides',
          ).optional(),
        })
        .describe('How'),
    }),
  ])
  .meta({ id: 'Action', description: 'What becomes of a request' });

const rule = part('Rule', 'A rule of a listener', {
  Priority: number('From 1 on; the first rule that matches is taken'),
  Conditions: list(condition, 'All of them must be met'),
  Actions: list(action, 'In their order; the last one answers or forwards'),
  Transforms: list(transform, 'Rewrites of the request'),
  Tags: keyValues('Tags, sorted by key'),
  Origin: origin,
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
      Name: text('namespace/name'),
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
  Message: text('In the words of the controller, or of the API server'),
  Source: source.optional(),
});

const finding = part('Finding', 'What is to be corrected, or what is worth knowing', {
  Severity: words(
    ['error', 'warning'],
    'An error is refused, by AWS if not before; with a warning all is built, though maybe not as it is meant',
  ),
  Source: source,
  Prop: text('Where the value is in the typed props of an Ingress of this project').optional(),
  Value: text('The value'),
  Reason: text('Why it is wrong'),
  Remedy: text('What to write instead'),
});

export const previewSchema = z
  .strictObject({
    LoadBalancers: list(loadBalancer, 'What the controller would make'),
    Refusals: list(refusal, 'What Kubernetes or the controller would refuse'),
    Findings: list(finding, 'What is to be corrected, and what is worth knowing'),
    Notes: texts(
      'What is not in the input and was taken for granted, and what is not shown; a sentence each',
    ),
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
