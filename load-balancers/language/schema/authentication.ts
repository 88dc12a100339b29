import { z } from 'zod';
import { whole } from './values';

const url = (what: string) =>
  z.string().regex(/^https:\/\/[^\s/]+(\/\S*)?$/, `write the ${what} such as https://id.example.com/…`);

const text = z.string().min(1, 'write at least one character');

const session = {
  /** What happens to who isn't logged in. @default 'authenticate' */
  onUnauthenticatedRequest: z
    .enum(['authenticate', 'allow', 'deny'], "write 'authenticate', 'allow' or 'deny'")
    .optional(),
  /** What is asked of the provider, separated by spaces. @default 'openid' */
  scope: text.optional(),
  /** Name of the cookie. @default 'AWSELBAuthSessionCookie' */
  sessionCookie: z
    .string()
    .regex(/^[\w!#$%&'*+.^`|~-]+$/, 'write the name of a cookie, without spaces')
    .optional(),
  /** 1 to 604800 seconds. @default 604800 */
  sessionTimeoutSeconds: whole(1, 604800).optional(),
  /** Parameters of the request to the provider, ten at most. @default {} */
  authenticationRequestExtraParams: z
    .record(text, z.string())
    .refine((all) => Object.keys(all).length <= 10, { message: 'write at most 10 parameters' })
    .optional(),
};

/**
 * Logs people in before a request reaches a target; on HTTPS listeners only.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
export const authentication = z.discriminatedUnion(
  'type',
  [
    z.strictObject({
      /** Nobody is asked, for a Service of an Ingress that asks. */
      type: z.literal('none'),
    }),
    z.strictObject({
      /** By a user pool of Amazon Cognito. */
      type: z.literal('cognito'),
      userPoolArn: z
        .string()
        .regex(
          /^arn:[^:]+:cognito-idp:[^:]+:\d{12}:userpool\/\S+$/,
          'write the ARN of a user pool such as arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_…',
        ),
      userPoolClientId: text,
      /** Prefix of its domain, or a domain of your own. */
      userPoolDomain: z
        .string()
        .regex(/^[a-z0-9.-]+$/, 'write the prefix of its domain, or the domain in full, without https://'),
      ...session,
    }),
    z.strictObject({
      /** By a provider of OpenID Connect. */
      type: z.literal('oidc'),
      issuer: url('issuer'),
      authorizationEndpoint: url('authorization endpoint'),
      tokenEndpoint: url('token endpoint'),
      userInfoEndpoint: url('user info endpoint'),
      /** Secret of the namespace with `clientID` and `clientSecret`. */
      secretName: z
        .string()
        .regex(
          /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/,
          'write the name of a Secret in the namespace of the Ingress',
        ),
      ...session,
    }),
  ],
  "write type: 'cognito', 'oidc' or 'none'",
);

/**
 * Lets requests pass that bear a valid JSON Web Token; on HTTPS listeners only.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
 */
export const jwtValidation = z.strictObject({
  /** Where the keys are that sign tokens; 256 characters at most. */
  jwksEndpoint: url('JWKS endpoint').max(256, 'write at most 256 characters'),
  issuer: text.max(256, 'write at most 256 characters'),
  /** What the token must say beside; ten at most. @default [] */
  additionalClaims: z
    .array(
      z.strictObject({
        format: z.enum(
          ['single-string', 'string-array', 'space-separated-values'],
          "write 'single-string', 'string-array' or 'space-separated-values'",
        ),
        name: text,
        values: z.array(text).min(1, 'write at least one value'),
      }),
    )
    .max(10, 'write at most 10 claims')
    .optional(),
});
