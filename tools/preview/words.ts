import {
  type Action,
  type IpPermission,
  type KeyValue,
  type Listener,
  type RuleCondition,
  type Source,
  type TargetGroup,
  type TargetGroupTuple,
  type Transform,
} from '../../load-balancers/model';

/** Parts of a model in words, the same in a table and in a diagram. Not yet fit for a terminal. */

export function conditionWords(condition: RuleCondition): string {
  const { HostHeaderConfig, PathPatternConfig, HttpHeaderConfig, QueryStringConfig } = condition;
  const { HttpRequestMethodConfig, SourceIpConfig } = condition;
  if (HostHeaderConfig) return `host ${matchWords(HostHeaderConfig)}`;
  if (PathPatternConfig) return `path ${matchWords(PathPatternConfig)}`;
  if (HttpHeaderConfig) return `header ${HttpHeaderConfig.HttpHeaderName}: ${matchWords(HttpHeaderConfig)}`;
  if (HttpRequestMethodConfig) return `method ${either(HttpRequestMethodConfig.Values)}`;
  if (QueryStringConfig) {
    return `query ${either(QueryStringConfig.Values.map(({ Key, Value }) => (Key === undefined ? Value : `${Key}=${Value}`)))}`;
  }
  return SourceIpConfig ? `source ${either(SourceIpConfig.Values)}` : condition.Field;
}

/** What becomes of requests where target groups are made in the place of others; their names follow. */
export function renamedGroupsWords({ length }: readonly string[]): string {
  return length === 1
    ? 'gives 1 target group a new name, and requests for it fail until it has a healthy target:'
    : `gives ${length} target groups new names, and requests for them fail until they have a healthy target:`;
}

function matchWords(match: {
  readonly Values?: readonly string[];
  readonly RegexValues?: readonly string[];
}) {
  return match.RegexValues ? `~ ${either(match.RegexValues)}` : either(match.Values ?? []);
}

function either(values: readonly string[]): string {
  return values.join(' or ');
}

export function actionWords(action: Action): string {
  switch (action.Type) {
    case 'forward':
      return `forward to ${tuplesWords(action.ForwardConfig)}`;
    case 'redirect': {
      const { Protocol, Host, Port, Path, Query, StatusCode } = action.RedirectConfig;
      const [protocol, host, port, path, query] = [
        Protocol ?? '#{protocol}',
        Host ?? '#{host}',
        Port ?? '#{port}',
        Path ?? '/#{path}',
        Query ?? '#{query}',
      ];
      return `redirect ${StatusCode.replace(/^HTTP_/, '')} to ${protocol}://${host}:${port}${path}?${query}`;
    }
    case 'fixed-response': {
      const { StatusCode, ContentType, MessageBody } = action.FixedResponseConfig;
      return ['respond', StatusCode, ContentType, MessageBody && JSON.stringify(MessageBody)]
        .filter(Boolean)
        .join(' ');
    }
    case 'authenticate-cognito':
      return `authenticate by Cognito ${action.AuthenticateCognitoConfig.UserPoolArn}`;
    case 'authenticate-oidc':
      return `authenticate by OIDC ${action.AuthenticateOidcConfig.Issuer}`;
    case 'jwt-validation':
      return `validate JWT of ${action.JwtValidationConfig.Issuer}`;
    default:
      return action.Type;
  }
}

function tuplesWords(forward: Extract<Action, { Type: 'forward' }>['ForwardConfig']): string {
  const { TargetGroups, TargetGroupStickinessConfig: stickiness } = forward;
  const several = TargetGroups.length > 1;
  const tuples = TargetGroups.map((tuple) =>
    several ? `${targetWords(tuple)} (weight ${tuple.Weight ?? 1})` : targetWords(tuple),
  );
  const { Enabled, DurationSeconds } = stickiness ?? {};
  return `${tuples.join(' or ')}${Enabled ? `, sticky${DurationSeconds === undefined ? '' : ` for ${DurationSeconds} s`}` : ''}`;
}

/** What a target group is called: by the controller, by its name, by its ARN. */
export function targetWords({ TargetGroup: id, TargetGroupName, TargetGroupArn }: TargetGroupTuple): string {
  return id ?? TargetGroupName ?? TargetGroupArn;
}

export function transformWords({ Type, HostHeaderRewriteConfig, UrlRewriteConfig }: Transform): string {
  const { Rewrites = [] } = HostHeaderRewriteConfig ?? UrlRewriteConfig ?? {};
  const what = HostHeaderRewriteConfig ? 'rewrite host' : UrlRewriteConfig ? 'rewrite url' : Type;
  return [what, Rewrites.map(({ Regex, Replace }) => `${Regex} as ${Replace}`).join(', ')]
    .filter(Boolean)
    .join(' ');
}

export function listenerWords({
  Certificates,
  SslPolicy,
  MutualAuthentication,
  AlpnPolicy,
}: Listener): string[] {
  return [
    ...Certificates.map(({ CertificateArn, IsDefault }) =>
      IsDefault ? `certificate ${CertificateArn} (default)` : `certificate ${CertificateArn}`,
    ),
    ...(SslPolicy === undefined ? [] : [`policy ${SslPolicy}`]),
    ...(MutualAuthentication
      ? [
          ['client certificates', MutualAuthentication.Mode, MutualAuthentication.TrustStoreArn]
            .filter(Boolean)
            .join(' '),
        ]
      : []),
    ...(AlpnPolicy ? [`ALPN ${AlpnPolicy.join(', ')}`] : []),
  ];
}

export function healthWords(group: TargetGroup): string {
  const { HealthCheckProtocol, HealthCheckPath, HealthCheckPort, Matcher } = group;
  const { HealthCheckIntervalSeconds: interval, HealthCheckTimeoutSeconds: timeout } = group;
  const { HealthyThresholdCount: healthy, UnhealthyThresholdCount: unhealthy } = group;
  return [
    [HealthCheckProtocol, HealthCheckPath].filter(Boolean).join(' '),
    HealthCheckPort && `port ${HealthCheckPort}`,
    interval !== undefined && `every ${interval} s`,
    timeout !== undefined && `timeout ${timeout} s`,
    healthy !== undefined && `healthy after ${healthy}`,
    unhealthy !== undefined && `unhealthy after ${unhealthy}`,
    Matcher?.HttpCode && `codes ${Matcher.HttpCode}`,
    Matcher?.GrpcCode && `gRPC codes ${Matcher.GrpcCode}`,
  ]
    .filter(Boolean)
    .join(', ');
}

export function permissionWords(permission: IpPermission): string {
  const { IpProtocol, FromPort, ToPort, IpRanges, Ipv6Ranges, PrefixListIds, UserIdGroupPairs } = permission;
  const sources = [
    ...(IpRanges ?? []).map(({ CidrIp }) => CidrIp),
    ...(Ipv6Ranges ?? []).map(({ CidrIpv6 }) => CidrIpv6),
    ...(PrefixListIds ?? []).map(({ PrefixListId }) => PrefixListId),
    ...(UserIdGroupPairs ?? []).map(({ GroupId }) => `security group ${GroupId}`),
  ];
  const what = IpProtocol === '-1' ? 'everything' : `${IpProtocol} ${portsWords(FromPort, ToPort)}`;
  return `${what} from ${either(sources)}`;
}

function portsWords(from: number | string | undefined, to: number | string | undefined): string {
  if (from === undefined || to === undefined) return 'all ports';
  return from === to ? `${from}` : `${from}-${to}`;
}

export function sourceWords(source: Source): string {
  return [source.Kind, source.Name, placeWords(source)].filter(Boolean).join(' ');
}

/** A field without the parts that say nothing, an annotation without its prefix. */
export function placeWords({ Field, Annotation }: Source): string {
  return Annotation?.replace(/^.*\//, '…/') ?? Field?.replace(/^spec\./, '').replace('.http.', '.') ?? '';
}

export function keyValueWords(pairs: readonly KeyValue[]): string {
  return pairs.map(({ Key, Value }) => `${Key}=${Value}`).join(', ');
}
