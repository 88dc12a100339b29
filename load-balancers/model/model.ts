import { type Source } from './refusal';
import { type KnownAfterApply, type OrUnknown } from './unknown';

/**
 * Load balancers as the controller would make them, in the field names of the ELBv2 API; security group rules in those
 * of EC2. Fields that no API has are `Id`, `Origin`, and those whose docstring says so.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Operations.html
 */
export interface Model {
  readonly LoadBalancers: readonly LoadBalancer[];
  /** Target groups of somebody else, to which the controller joins pods or nodes. @default - there are none */
  readonly TargetGroupBindings?: readonly BoundTargetGroup[];
  /** What the controller would refuse to build. */
  readonly Refusals: readonly Refusal[];
  /** Objects of which too little is known before apply to say what is built of them; a sentence each. */
  readonly NotJudged: readonly string[];
}

/** Which objects and annotations the fields of an item come from, by field name; a field not in it has its default. */
export type Origin = Readonly<Record<string, readonly Source[]>>;

export interface Refusal {
  /** What is not built for it: `IngressGroup <name>`, or an object, `<kind> <namespace/name>`. */
  readonly Blocks: string;
  /** Objects that get no load balancer, or keep the one that they have as it is; `kind namespace/name`. */
  readonly Objects: readonly string[];
  /** The API server or an admission webhook, so that `kubectl apply` fails; or the controller, when it reconciles. */
  readonly By: 'kubernetes' | 'controller';
  /** In the words of whoever refuses it. */
  readonly Message: string;
  readonly Source?: Source;
  /** What it contradicts. @default - it is wrong by itself */
  readonly Other?: Source;
}

export interface KeyValue {
  readonly Key: string;
  readonly Value: string;
}

export interface LoadBalancer {
  /** Name of the group, `namespace/name` of a single Ingress or of a Service; `<group>/FrontendNlb` before the former. */
  readonly Id: string;
  /** The Ingresses that share it in the order of their rules, or the Service; `kind namespace/name`. */
  readonly Members: readonly string[];
  readonly LoadBalancerName: OrUnknown<string>;
  readonly Type: 'application' | 'network';
  readonly Scheme: OrUnknown<'internal' | 'internet-facing'>;
  readonly IpAddressType: OrUnknown<'ipv4' | 'dualstack' | 'dualstack-without-public-ipv4'>;
  /** Ids, or names, as written; a discovered set is one unknown entry. */
  readonly SubnetMappings: readonly SubnetMapping[];
  /** Ids, or names, as written; the controller's own are unknown. */
  readonly SecurityGroups: readonly OrUnknown<string>[];
  /** The security group that the controller makes for it. Not of ELBv2. */
  readonly ManagedSecurityGroup?: SecurityGroup;
  readonly CustomerOwnedIpv4Pool?: string;
  readonly IpamPools?: { readonly Ipv4IpamPoolId: string };
  readonly EnablePrefixForIpv6SourceNat?: string;
  readonly EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic?: string;
  readonly MinimumLoadBalancerCapacity?: { readonly CapacityUnits: OrUnknown<number> };
  /** Those that are set; sorted by key. */
  readonly Attributes: readonly KeyValue[];
  /** Without those by which the controller knows its own resources; sorted by key. */
  readonly Tags: readonly KeyValue[];
  /** ARN of WAFv2's web ACL; `none` takes one away. Not of ELBv2. */
  readonly WebAclArn?: OrUnknown<string>;
  /** Id of WAF classic's web ACL; `none` takes one away. Not of ELBv2. */
  readonly WebAclId?: string;
  /** AWS Shield Advanced. Not of ELBv2. */
  readonly ShieldProtection?: OrUnknown<boolean>;
  /** By port, then protocol. */
  readonly Listeners: readonly Listener[];
  /** In the order in which listeners and rules name them first. */
  readonly TargetGroups: readonly TargetGroup[];
  readonly Origin: Origin;
}

export interface SubnetMapping {
  readonly SubnetId: OrUnknown<string>;
  readonly AllocationId?: string;
  readonly PrivateIPv4Address?: string;
  readonly IPv6Address?: string;
  readonly SourceNatIpv6Prefix?: string;
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroup.html */
export interface SecurityGroup {
  /** @default - the cluster's name, which is in it, isn't known */
  readonly GroupName?: string;
  readonly Description: string;
  readonly IpPermissions: readonly IpPermission[];
  readonly Tags: readonly KeyValue[];
  readonly Origin: Origin;
}

/** One permission for each source, as the controller writes them. */
export interface IpPermission {
  readonly IpProtocol: string;
  readonly FromPort?: OrUnknown<number>;
  readonly ToPort?: OrUnknown<number>;
  readonly IpRanges?: readonly { readonly CidrIp: OrUnknown<string> }[];
  readonly Ipv6Ranges?: readonly { readonly CidrIpv6: OrUnknown<string> }[];
  readonly PrefixListIds?: readonly { readonly PrefixListId: string }[];
  readonly UserIdGroupPairs?: readonly { readonly GroupId: OrUnknown<string> }[];
}

export interface Listener {
  readonly Port: number;
  /** SCTP is what a Service may say, and no load balancer has. */
  readonly Protocol: OrUnknown<
    'HTTP' | 'HTTPS' | 'TCP' | 'TLS' | 'UDP' | 'TCP_UDP' | 'QUIC' | 'TCP_QUIC' | 'SCTP'
  >;
  /** The first is the default one. */
  readonly Certificates: readonly {
    readonly CertificateArn: OrUnknown<string>;
    readonly IsDefault: boolean;
  }[];
  readonly SslPolicy?: string;
  readonly AlpnPolicy?: readonly string[];
  readonly MutualAuthentication?: MutualAuthentication;
  /** Sorted by key. */
  readonly Attributes: readonly KeyValue[];
  readonly Tags: readonly KeyValue[];
  readonly DefaultActions: readonly Action[];
  /** By priority. */
  readonly Rules: readonly Rule[];
  readonly Origin: Origin;
}

export interface MutualAuthentication {
  readonly Mode: string;
  readonly TrustStoreArn?: OrUnknown<string>;
  readonly IgnoreClientCertificateExpiry?: boolean;
  readonly AdvertiseTrustStoreCaNames?: string;
}

export interface Rule {
  /** From 1 on. */
  readonly Priority: number;
  readonly Conditions: readonly RuleCondition[];
  readonly Actions: readonly Action[];
  readonly Transforms: readonly Transform[];
  readonly Tags: readonly KeyValue[];
  readonly Origin: Origin;
}

export interface RuleCondition {
  /** Unknown where all conditions of a Service are. */
  readonly Field: OrUnknown<
    'host-header' | 'path-pattern' | 'http-header' | 'http-request-method' | 'query-string' | 'source-ip'
  >;
  readonly HostHeaderConfig?: MatchConfig;
  readonly PathPatternConfig?: MatchConfig;
  readonly HttpHeaderConfig?: MatchConfig & { readonly HttpHeaderName: string };
  readonly HttpRequestMethodConfig?: { readonly Values: readonly string[] };
  readonly QueryStringConfig?: {
    readonly Values: readonly { readonly Key?: string; readonly Value: string }[];
  };
  readonly SourceIpConfig?: { readonly Values: readonly string[] };
}

/** Either of the two. */
export interface MatchConfig {
  readonly Values?: readonly string[];
  readonly RegexValues?: readonly string[];
}

export interface Transform {
  /** Unknown where all transforms of a Service are. */
  readonly Type: OrUnknown<'host-header-rewrite' | 'url-rewrite'>;
  readonly HostHeaderRewriteConfig?: RewriteConfig;
  readonly UrlRewriteConfig?: RewriteConfig;
}

export interface RewriteConfig {
  readonly Rewrites: readonly { readonly Regex: string; readonly Replace: string }[];
}

/** Its type is unknown where the annotation that says it is. */
export type Action =
  | { readonly Type: KnownAfterApply }
  | { readonly Type: 'forward'; readonly ForwardConfig: ForwardConfig }
  | { readonly Type: 'redirect'; readonly RedirectConfig: RedirectConfig }
  | { readonly Type: 'fixed-response'; readonly FixedResponseConfig: FixedResponseConfig }
  | { readonly Type: 'authenticate-cognito'; readonly AuthenticateCognitoConfig: AuthenticateCognitoConfig }
  | { readonly Type: 'authenticate-oidc'; readonly AuthenticateOidcConfig: AuthenticateOidcConfig }
  | { readonly Type: 'jwt-validation'; readonly JwtValidationConfig: JwtValidationConfig };

export interface ForwardConfig {
  readonly TargetGroups: readonly TargetGroupTuple[];
  readonly TargetGroupStickinessConfig?: {
    readonly Enabled?: boolean;
    readonly DurationSeconds?: number;
  };
}

export interface TargetGroupTuple {
  /** As written; of a target group that the controller makes, or names, unknown. */
  readonly TargetGroupArn: OrUnknown<string>;
  /** `Id` of a target group of this load balancer. Not of ELBv2. */
  readonly TargetGroup?: string;
  /** As written, of a target group that the controller looks up by name. Not of ELBv2. */
  readonly TargetGroupName?: string;
  readonly Weight?: number;
}

export interface RedirectConfig {
  readonly Host?: string;
  readonly Path?: string;
  readonly Port?: string;
  readonly Protocol?: string;
  readonly Query?: string;
  readonly StatusCode: string;
}

export interface FixedResponseConfig {
  readonly ContentType?: string;
  readonly MessageBody?: string;
  readonly StatusCode: string;
}

interface Authentication {
  readonly AuthenticationRequestExtraParams?: Readonly<Record<string, string>>;
  readonly OnUnauthenticatedRequest?: string;
  readonly Scope?: string;
  readonly SessionCookieName?: string;
  readonly SessionTimeout?: OrUnknown<number>;
}

export interface AuthenticateCognitoConfig extends Authentication {
  readonly UserPoolArn: string;
  readonly UserPoolClientId: string;
  readonly UserPoolDomain: string;
}

/** Client id and secret are in a Kubernetes Secret, and so unknown. */
export interface AuthenticateOidcConfig extends Authentication {
  readonly Issuer: string;
  readonly AuthorizationEndpoint: string;
  readonly TokenEndpoint: string;
  readonly UserInfoEndpoint: string;
  readonly ClientId: OrUnknown<string>;
}

export interface JwtValidationConfig {
  readonly JwksEndpoint: string;
  readonly Issuer: string;
  readonly AdditionalClaims?: readonly {
    readonly Format: string;
    readonly Name: string;
    readonly Values: readonly string[];
  }[];
}

export interface TargetGroup {
  /** The controller's own: `<namespace>/<ingress>-<service>:<port>`, and its like. */
  readonly Id: string;
  readonly TargetGroupName: OrUnknown<string>;
  readonly TargetType: OrUnknown<'instance' | 'ip' | 'alb'>;
  readonly Protocol: string;
  readonly ProtocolVersion?: string;
  readonly Port: OrUnknown<number>;
  readonly IpAddressType: 'ipv4' | 'ipv6';
  readonly HealthCheckProtocol?: string;
  readonly HealthCheckPort?: string;
  readonly HealthCheckPath?: string;
  readonly HealthCheckIntervalSeconds?: OrUnknown<number>;
  readonly HealthCheckTimeoutSeconds?: OrUnknown<number>;
  readonly HealthyThresholdCount?: OrUnknown<number>;
  readonly UnhealthyThresholdCount?: OrUnknown<number>;
  readonly Matcher?: { readonly HttpCode?: string; readonly GrpcCode?: string };
  /** Those that are set; sorted by key. */
  readonly Attributes: readonly KeyValue[];
  readonly Tags: readonly KeyValue[];
  /** Port of the targets' agent that steers their share of requests. */
  readonly TargetControlPort?: OrUnknown<number>;
  /** The pods behind it. Absent for an Application Load Balancer behind a Network Load Balancer. Not of ELBv2. */
  readonly Service?: {
    /** `namespace/name` */
    readonly Name: string;
    /** Number or name of its port. */
    readonly Port: number | string;
  };
  /** The Application Load Balancer behind a Network Load Balancer, by its listener's port. */
  readonly Targets?: readonly { readonly Id: OrUnknown<string>; readonly Port: number }[];
  /** Nodes that are targets, of type instance. Not of ELBv2. */
  readonly NodeSelector?: LabelSelectorText;
  /** Pods of several clusters may share it. Not of ELBv2. */
  readonly MultiCluster?: OrUnknown<boolean>;
  /** What nodes or pods admit for it; sources by security group or network. Not of ELBv2. */
  readonly TargetPermissions: readonly IpPermission[];
  readonly Origin: Origin;
}

/** What a TargetGroupBinding joins. Not of ELBv2, but for names and values. */
export interface BoundTargetGroup extends Pick<
  TargetGroup,
  'NodeSelector' | 'MultiCluster' | 'TargetPermissions' | 'Origin'
> {
  /** `namespace/name` of the binding. */
  readonly Id: string;
  /** As written, or of the name that is. */
  readonly TargetGroupArn: OrUnknown<string>;
  readonly TargetGroupName?: string;
  /** As written; where nothing is, the target group's, which only AWS knows. So are the next three. */
  readonly TargetType: OrUnknown<'instance' | 'ip'>;
  readonly IpAddressType: OrUnknown<string>;
  readonly Protocol: OrUnknown<string>;
  readonly VpcId: OrUnknown<string>;
  readonly Service: NonNullable<TargetGroup['Service']>;
  /** With which targets are registered. */
  readonly TargetPort: OrUnknown<number>;
}

/** A label selector, as kubectl writes it: `a=b,c in (d,e)`. */
type LabelSelectorText = string;
