import { KINDS, RULE_KINDS } from '../../language';
import {
  type Action,
  isUnknown,
  type ForwardConfig,
  type Listener,
  type LoadBalancer,
  type Source,
} from '../../model';
import { reasonElsewhere } from '../arn';
import { type CheckContext } from '../context';
import { atSource, type FindingWords, type ObjectFinding } from '../finding';
import { wordsOfFields, type JudgedField } from './parts';

/** Where an action is. */
interface Place {
  readonly context: CheckContext;
  readonly loadBalancer: LoadBalancer;
  readonly listener: Listener;
  readonly sources: readonly Source[];
}

type Found = FindingWords & { readonly value: unknown };

/** Target groups to which one action forwards. */
const TARGET_GROUPS = 5;
/** Parameters of a request to a provider, and claims of a token. */
const PARAMETERS = 10;

/**
 * What AWS would refuse of an action.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Action.html
 */
export function checkAction(place: Place, action: Action): ObjectFinding[] {
  const [found, written] = judge(place, action);
  const source = place.sources.find(({ Annotation }) => Annotation?.includes(`/${written}`));
  return source === undefined ? [] : found.map((words) => atSource(source, words));
}

/** What is wrong, and the annotation in which it is written. */
function judge({ context, listener }: Place, action: Action): [Found[], string] {
  switch (action.Type) {
    case 'redirect': {
      const { StatusCode, Protocol, Port, Host, Path, Query } = action.RedirectConfig;
      const fields = wordsOfFields([
        ['statusCode', RULE_KINDS.redirectStatusCode, StatusCode],
        ['protocol', RULE_KINDS.redirectProtocol, Protocol],
        ['port', RULE_KINDS.redirectPort, Port],
        ['host', RULE_KINDS.redirectHost, Host],
        ['path', RULE_KINDS.redirectPath, Path],
        ['query', RULE_KINDS.redirectQuery, Query],
      ]);
      return [[...fields, ...(Protocol === 'HTTP' ? toPlain(listener) : [])], 'actions.'];
    }
    case 'fixed-response': {
      const { StatusCode, ContentType, MessageBody } = action.FixedResponseConfig;
      return [
        wordsOfFields([
          ['statusCode', RULE_KINDS.fixedStatusCode, StatusCode],
          ['contentType', RULE_KINDS.contentType, ContentType || undefined],
          ['messageBody', RULE_KINDS.messageBody, MessageBody],
        ]),
        'actions.',
      ];
    }
    case 'forward':
      return [forward(context, action.ForwardConfig, listener), 'actions.'];
    case 'authenticate-cognito': {
      const config = action.AuthenticateCognitoConfig;
      const fields = wordsOfFields([
        ['userPoolARN', RULE_KINDS.userPoolArn, config.UserPoolArn],
        ['userPoolClientID', RULE_KINDS.requiredText, config.UserPoolClientId],
        ['userPoolDomain', RULE_KINDS.requiredText, config.UserPoolDomain],
      ]);
      return [[...fields, ...extraParams(config)], 'auth-idp-cognito'];
    }
    case 'authenticate-oidc': {
      const config = action.AuthenticateOidcConfig;
      const fields = wordsOfFields([
        ['issuer', RULE_KINDS.providerUrl, config.Issuer],
        ['authorizationEndpoint', RULE_KINDS.providerUrl, config.AuthorizationEndpoint],
        ['tokenEndpoint', RULE_KINDS.providerUrl, config.TokenEndpoint],
        ['userInfoEndpoint', RULE_KINDS.providerUrl, config.UserInfoEndpoint],
      ]);
      return [[...fields, ...extraParams(config)], 'auth-idp-oidc'];
    }
    case 'jwt-validation': {
      const { Issuer, JwksEndpoint, AdditionalClaims = [] } = action.JwtValidationConfig;
      const fields: JudgedField[] = [
        ['issuer', RULE_KINDS.tokenIssuer, Issuer],
        ['jwksEndpoint', RULE_KINDS.jwksEndpoint, JwksEndpoint],
        ...AdditionalClaims.map(({ Format }): JudgedField => ['format', RULE_KINDS.claimFormat, Format]),
      ];
      return [
        [...wordsOfFields(fields), ...tooMany(AdditionalClaims.length, 'additionalClaims')],
        'jwt-validation',
      ];
    }
    default:
      return [[], ''];
  }
}

function toPlain({ Protocol, Port }: Listener): Found[] {
  if (Protocol !== 'HTTPS') return [];
  return [
    {
      value: 'HTTP',
      reason: `protocol: the Ingress listens with HTTPS on port ${Port}, and AWS redirects no HTTPS to HTTP`,
      remedy: "write HTTPS or '#{protocol}'",
    },
  ];
}

function forward(
  context: CheckContext,
  { TargetGroups, TargetGroupStickinessConfig: stickiness }: ForwardConfig,
  { Protocol }: Listener,
): Found[] {
  const isHttp = Protocol.startsWith('HTTP');
  const found = (at: string, value: unknown, reason: string, remedy: string) => ({
    at,
    value,
    reason,
    remedy,
  });
  // The first target group of a Service's listener is its own.
  const others = isHttp ? TargetGroups : TargetGroups.slice(1);
  const most = TARGET_GROUPS - (TargetGroups.length - others.length);
  return [
    ...(others.length > most
      ? [
          found(
            'targetGroups',
            others.length,
            `AWS forwards to ${TARGET_GROUPS} target groups at most`,
            `write at most ${most}`,
          ),
        ]
      : []),
    ...(TargetGroups.length === 0
      ? [found('targetGroups', 0, 'it forwards to nothing', 'add a Service or a target group')]
      : []),
    ...(isHttp ? [] : wordsOfFields([['baseServiceWeight', KINDS.weight, TargetGroups[0]?.Weight]])),
    ...others.flatMap(({ Weight, TargetGroupArn: arn }, index) => {
      const at = `targetGroups.${index}`;
      return [
        ...wordsOfFields([
          [`${at}.weight`, KINDS.weight, Weight],
          [`${at}.targetGroupARN`, KINDS.targetGroupArn, arn],
        ]),
        ...(isUnknown(arn) ? [] : reasonElsewhere(arn, context)).map((reason) =>
          found(
            `${at}.targetGroupARN`,
            arn,
            reason,
            'write the ARN of a target group of this account and Region',
          ),
        ),
      ];
    }),
    ...wordsOfFields([['durationSeconds', KINDS.cookieSeconds, stickiness?.DurationSeconds]]),
    ...(isHttp && stickiness?.Enabled === true && stickiness.DurationSeconds === undefined
      ? [
          found(
            'durationSeconds',
            undefined,
            'stickiness without durationSeconds',
            'write durationSeconds from 1 to 604800',
          ),
        ]
      : []),
  ];
}

function extraParams({
  AuthenticationRequestExtraParams: params = {},
}: {
  readonly AuthenticationRequestExtraParams?: Readonly<Record<string, string>>;
}): Found[] {
  return tooMany(Object.keys(params).length, 'authenticationRequestExtraParams');
}

function tooMany(count: number, what: string): Found[] {
  if (count <= PARAMETERS) return [];
  return [
    {
      value: String(count),
      reason: `AWS takes ${PARAMETERS} of ${what}, here are ${count}`,
      remedy: 'leave some out',
    },
  ];
}
