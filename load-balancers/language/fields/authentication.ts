import { says } from '../field';
import { list, map } from '../collections';
import { object, required, variants } from '../object';
import { words } from '../scalars';
import { anyText, characters, like, text } from '../text';
import { RULE_KINDS } from '../values/rules';
import { KINDS } from '../values';

const nonEmpty = characters();

/** The types are words of one annotation. */
const type = <W extends string>(word: W) =>
  required(says('auth-type', words(word), { as: KINDS.authenticationType, default: 'none' }));

const session = {
  /** What happens to who isn't logged in. @default 'authenticate' */
  onUnauthenticatedRequest: says('auth-on-unauthenticated-request', KINDS.onUnauthenticatedRequest, {
    default: 'authenticate',
  }),
  /** What is asked of the provider, separated by spaces. @default 'openid' */
  scope: says('auth-scope', nonEmpty, { as: 'elsewhere', default: 'openid' }),
  /** Name of the cookie. @default 'AWSELBAuthSessionCookie' */
  sessionCookie: says(
    'auth-session-cookie',
    text(
      'name of a cookie',
      like(
        /^[\w!#$%&'*+.^`|~-]+$/,
        'no cookie has such a name',
        'write the name of a cookie, without spaces',
      ),
    ),
    { as: 'elsewhere', default: 'AWSELBAuthSessionCookie' },
  ),
  /** 1 to 604800 seconds. @default 604800 */
  sessionTimeoutSeconds: says('auth-session-timeout', KINDS.sessionTimeout, { default: '604800' }),
  /** Parameters of the request to the provider, ten at most. @default {} */
  authenticationRequestExtraParams: map(nonEmpty, anyText, 10),
};

const cognito = object({
  /** By a user pool of Amazon Cognito. */
  type: type('cognito'),
  userPoolArn: required(RULE_KINDS.userPoolArn),
  userPoolClientId: required(nonEmpty),
  /** Prefix of its domain, or a domain of your own. */
  userPoolDomain: required(
    text(
      'prefix of a domain, or a domain',
      like(
        /^[a-z0-9.-]+$/,
        'no domain',
        'write the prefix of its domain, or the domain in full, without https://',
      ),
    ),
  ),
  ...session,
});

const oidc = object({
  /** By a provider of OpenID Connect. */
  type: type('oidc'),
  issuer: required(RULE_KINDS.providerUrl),
  authorizationEndpoint: required(RULE_KINDS.providerUrl),
  tokenEndpoint: required(RULE_KINDS.providerUrl),
  userInfoEndpoint: required(RULE_KINDS.providerUrl),
  /** Secret of the namespace with `clientID` and `clientSecret`. */
  secretName: required(
    text(
      'name of a Secret',
      like(
        /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/,
        'no Secret has such a name',
        'write the name of a Secret in the namespace of the Ingress',
      ),
    ),
  ),
  ...session,
});

/**
 * Logs people in before a request reaches a target; on HTTPS listeners only.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
export const authentication = variants(
  'type',
  says('auth-idp-cognito', cognito, {
    as: 'elsewhere',
    write: ({ userPoolArn, userPoolClientId, userPoolDomain, authenticationRequestExtraParams }) =>
      JSON.stringify({
        userPoolARN: userPoolArn,
        userPoolClientID: userPoolClientId,
        userPoolDomain,
        authenticationRequestExtraParams,
      }),
  }),
  says('auth-idp-oidc', oidc, {
    as: 'elsewhere',
    write: ({ issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, secretName, ...more }) =>
      JSON.stringify({
        issuer,
        authorizationEndpoint,
        tokenEndpoint,
        userInfoEndpoint,
        secretName,
        authenticationRequestExtraParams: more.authenticationRequestExtraParams,
      }),
  }),
  object({
    /** Nobody is asked, for a Service of an Ingress that asks. */
    type: type('none'),
  }),
);

/**
 * Lets requests pass that bear a valid JSON Web Token; on HTTPS listeners only.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
 */
export const jwtValidation = object({
  /** Where the keys are that sign tokens; 256 characters at most. */
  jwksEndpoint: required(RULE_KINDS.jwksEndpoint),
  issuer: required(RULE_KINDS.tokenIssuer),
  /** What the token must say beside; ten at most. @default [] */
  additionalClaims: list(
    object({
      format: required(RULE_KINDS.claimFormat),
      name: required(nonEmpty),
      values: required(list(nonEmpty, Infinity, 'write at least one value')),
    }),
    10,
    false,
  ),
});
