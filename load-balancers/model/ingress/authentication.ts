import { INGRESS_ANNOTATIONS } from '../annotations';
import { type Action } from '../model';
import { keyOf, type Ingress, type Secret } from '../objects';
import { type Sourced } from '../origin';
import { Refused, type Source } from '../refusal';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from '../unknown';
import { type BackendAnnotations } from './backend-annotations';
import { defined } from './defined';
import { slice, readJson, struct, goString, textByKey, goStrings, type Filled } from '../go/json-form';

const COGNITO = struct('AuthIDPConfigCognito', {
  userPoolARN: goString(),
  userPoolClientID: goString(),
  userPoolDomain: goString(),
  authenticationRequestExtraParams: textByKey,
});
const OIDC = struct('AuthIDPConfigOIDC', {
  issuer: goString(),
  authorizationEndpoint: goString(),
  tokenEndpoint: goString(),
  userInfoEndpoint: goString(),
  secretName: goString(),
  authenticationRequestExtraParams: textByKey,
});
const JWT = struct('JwtValidationConfig', {
  jwksEndpoint: goString(),
  issuer: goString(),
  additionalClaims: slice(
    'ingress.JwtAdditionalClaim',
    struct('JwtAdditionalClaim', {
      format: goString('ingress.jwtAdditionalClaimFormat'),
      name: goString(),
      values: goStrings,
    }),
  ),
});

/** Makes the action that authenticates, if there is one. @throws {Refused} where it lacks its provider */
export type Authenticate = () => Sourced<Action> | undefined;

/**
 * Annotations of every listener's rules; the action is for HTTPS ones alone.
 * @throws {Refused}
 */
export function readAuthentication(
  annotations: BackendAnnotations,
  secretOf: (name: string) => Secret | undefined,
): Authenticate {
  const type = annotations.stringOr('auth-type', 'none');
  if (!['cognito', 'oidc', 'none'].includes(type.value) && !isUnknown(type.value)) {
    throw new Refused(`unknown authType: ${type.value}`, type.sources[0]);
  }
  const onUnauthenticated = annotations.stringOr('auth-on-unauthenticated-request', 'authenticate');
  const scope = annotations.stringOr('auth-scope', 'openid');
  const cookie = annotations.stringOr('auth-session-cookie', 'AWSELBAuthSessionCookie');
  const timeout = annotations.integerOr('auth-session-timeout', 604800, 64);
  const cognito = annotations.json('auth-idp-cognito', COGNITO);
  const oidc = annotations.json('auth-idp-oidc', OIDC);
  const session = defined({
    OnUnauthenticatedRequest: onUnauthenticated.value || undefined,
    Scope: scope.value,
    SessionCookieName: cookie.value,
    SessionTimeout: timeout.value,
  });
  const from = (provider: Sourced<unknown> | undefined, value: Action): Sourced<Action> => ({
    value,
    sources: [type, provider, onUnauthenticated, scope, cookie, timeout].flatMap(
      (part) => part?.sources ?? [],
    ),
  });
  return () => {
    switch (type.value) {
      case 'none':
        return undefined;
      case 'cognito': {
        if (cognito === undefined) throw new Refused('missing IDPConfigCognito', type.sources[0]);
        const config = { ...userPoolOf(cognito.value), ...session };
        return from(cognito, { Type: 'authenticate-cognito', AuthenticateCognitoConfig: config });
      }
      case 'oidc': {
        if (oidc === undefined) throw new Refused('missing IDPConfigOIDC', type.sources[0]);
        if (oidc.value !== KNOWN_AFTER_APPLY && oidc.value.secretName === '') {
          throw new Refused('resource name may not be empty', oidc.sources[0]);
        }
        if (oidc.value !== KNOWN_AFTER_APPLY) checkSecret(secretOf(oidc.value.secretName), oidc.sources[0]);
        const config = { ...issuerOf(oidc.value), ...session };
        return from(oidc, { Type: 'authenticate-oidc', AuthenticateOidcConfig: config });
      }
      default:
        return from(undefined, { Type: KNOWN_AFTER_APPLY });
    }
  };
}

/** One that isn't among the objects may be in the cluster. */
function checkSecret(secret: Secret | undefined, source: Source | undefined): void {
  const has = (...keys: string[]) => secret === undefined || keys.some((key) => secret.keys.includes(key));
  // The second one is how the AWS ALB Ingress Controller, its forerunner, wrote it.
  const missing = has('clientID', 'clientId')
    ? has('clientSecret')
      ? undefined
      : 'clientSecret'
    : 'clientID';
  if (missing !== undefined && secret !== undefined) {
    throw new Refused(`missing ${missing}, secret: ${keyOf(secret)}`, source);
  }
}

function userPoolOf(config: OrUnknown<Filled<typeof COGNITO>>) {
  if (config === KNOWN_AFTER_APPLY) {
    return { UserPoolArn: config, UserPoolClientId: config, UserPoolDomain: config };
  }
  return {
    UserPoolArn: config.userPoolARN,
    UserPoolClientId: config.userPoolClientID,
    UserPoolDomain: config.userPoolDomain,
    ...extraParams(config),
  };
}

function issuerOf(config: OrUnknown<Filled<typeof OIDC>>) {
  const ClientId = KNOWN_AFTER_APPLY;
  if (config === KNOWN_AFTER_APPLY) {
    return {
      Issuer: config,
      AuthorizationEndpoint: config,
      TokenEndpoint: config,
      UserInfoEndpoint: config,
      ClientId,
    };
  }
  return {
    Issuer: config.issuer,
    AuthorizationEndpoint: config.authorizationEndpoint,
    TokenEndpoint: config.tokenEndpoint,
    UserInfoEndpoint: config.userInfoEndpoint,
    ClientId,
    ...extraParams(config),
  };
}

function extraParams(config: {
  readonly authenticationRequestExtraParams: Readonly<Record<string, string>>;
}) {
  const params = config.authenticationRequestExtraParams;
  return Object.keys(params).length === 0 ? {} : { AuthenticationRequestExtraParams: params };
}

/**
 * The action that validates a token, for HTTPS listeners.
 * @throws {Refused}
 */
export function readJwtValidation(ingress: Ingress): Sourced<Action> | undefined {
  const config = readJson(ingress, 'jwt-validation', JWT);
  if (config === undefined) return undefined;
  const source = INGRESS_ANNOTATIONS.source(ingress, 'jwt-validation');
  if (config === KNOWN_AFTER_APPLY) {
    const JwtValidationConfig = { JwksEndpoint: config, Issuer: config };
    return { value: { Type: 'jwt-validation', JwtValidationConfig }, sources: [source] };
  }
  const problem = jwtProblem(config);
  if (problem !== undefined) throw new Refused(problem, source);
  const claims = config.additionalClaims.map(({ format, name, values }) => ({
    Format: format,
    Name: name,
    Values: values,
  }));
  const JwtValidationConfig = {
    JwksEndpoint: config.jwksEndpoint,
    Issuer: config.issuer,
    ...(claims.length === 0 ? {} : { AdditionalClaims: claims }),
  };
  return { value: { Type: 'jwt-validation', JwtValidationConfig }, sources: [source] };
}

function jwtProblem({ jwksEndpoint, issuer, additionalClaims }: Filled<typeof JWT>): string | undefined {
  if (jwksEndpoint === '') return 'jwksEndpoint is a required field for jwt validation';
  if (issuer === '') return 'issuer is a required field for jwt validation';
  return additionalClaims.map(claimProblem).find((problem) => problem !== undefined);
}

function claimProblem({ format, name, values }: Filled<typeof JWT>['additionalClaims'][number]) {
  const of = 'additional claims for jwt validation';
  if (format === '') return `format is a required field for ${of}`;
  if (name === '') return `name is a required field for ${of}`;
  return values.length === 0 ? `values must not be empty for ${of}` : undefined;
}
