import { z } from 'zod';
import {
  ORUNKNOWN,
  boolean,
  array,
  number,
  part,
  string,
  stringOrUnknown,
  texts,
  unknown,
  choiceOrUnknown,
} from './fields';
import { keyValuesField, originSchema } from './parts';

/** Conditions, transforms and actions, as rules and default actions have them. */

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
    Field: choiceOrUnknown(
      ['host-header', 'path-pattern', 'http-header', 'http-request-method', 'query-string', 'source-ip'],
      'What is looked at',
    ),
    HostHeaderConfig: matchConfig('Hosts'),
    PathPatternConfig: matchConfig('Paths'),
    HttpHeaderConfig: z
      .strictObject({ ...match, HttpHeaderName: string('Name of the header') })
      .describe('A header and its values')
      .optional(),
    HttpRequestMethodConfig: values('Methods'),
    QueryStringConfig: z
      .strictObject({
        Values: array(
          z
            .strictObject({
              Key: string('Name of a parameter').optional(),
              Value: string('Pattern of its value'),
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
      Rewrites: array(
        z
          .strictObject({ Regex: string('What is replaced'), Replace: string('What it becomes') })
          .describe('One rewrite'),
        'Rewrites',
      ),
    })
    .describe(description)
    .optional();

const transform = part('Transform', 'What becomes of a request before its target gets it', {
  Type: choiceOrUnknown(['host-header-rewrite', 'url-rewrite'], 'What is rewritten'),
  HostHeaderRewriteConfig: rewrite('Of the host'),
  UrlRewriteConfig: rewrite('Of path and query'),
});

const tuple = part('TargetGroupTuple', 'A target group of a forward action', {
  TargetGroupArn: stringOrUnknown(
    'As written; of a target group that the controller makes or finds, unknown',
  ),
  TargetGroup: string('Id of a target group of this load balancer. Not of ELBv2').optional(),
  TargetGroupName: string('As written, of one that the controller finds by name. Not of ELBv2').optional(),
  Weight: number('Its share of requests, 0-999').optional(),
});

const authentication = {
  AuthenticationRequestExtraParams: z
    .record(z.string(), z.string())
    .describe('Parameters for the authorization endpoint')
    .optional(),
  OnUnauthenticatedRequest: string('deny, allow or authenticate').optional(),
  Scope: string('Claims that are asked for').optional(),
  SessionCookieName: string('Cookie of the session').optional(),
  // Of 64 bits, more than a safe integer has.
  SessionTimeout: z
    .union([z.number().multipleOf(1), unknown])
    .describe(`Seconds${ORUNKNOWN}`)
    .optional(),
};

export const actionSchema = z
  .union([
    z.strictObject({ Type: unknown.describe('Unknown where the annotation that says it is') }),
    z.strictObject({
      Type: z.literal('forward').describe('To target groups'),
      ForwardConfig: z
        .strictObject({
          TargetGroups: array(tuple, 'Target groups that share the requests'),
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
          Host: string('Host; #{host} is that of the request').optional(),
          Path: string('Path; #{path} is that of the request').optional(),
          Port: string('Port; #{port} is that of the request').optional(),
          Protocol: string('HTTP, HTTPS or #{protocol}').optional(),
          Query: string('Query; #{query} is that of the request').optional(),
          StatusCode: string('HTTP_301 or HTTP_302'),
        })
        .describe('Where to'),
    }),
    z.strictObject({
      Type: z.literal('fixed-response').describe('The load balancer answers itself'),
      FixedResponseConfig: z
        .strictObject({
          ContentType: string('Type of the body').optional(),
          MessageBody: string('Body').optional(),
          StatusCode: string('HTTP status'),
        })
        .describe('The answer'),
    }),
    z.strictObject({
      Type: z.literal('authenticate-cognito').describe('By a Cognito user pool'),
      AuthenticateCognitoConfig: z
        .strictObject({
          ...authentication,
          UserPoolArn: string('ARN of the user pool'),
          UserPoolClientId: string('Id of its client'),
          UserPoolDomain: string('Its domain'),
        })
        .describe('How'),
    }),
    z.strictObject({
      Type: z.literal('authenticate-oidc').describe('By an OpenID Connect provider'),
      AuthenticateOidcConfig: z
        .strictObject({
          ...authentication,
          Issuer: string('URL of the issuer'),
          AuthorizationEndpoint: string('URL'),
          TokenEndpoint: string('URL'),
          UserInfoEndpoint: string('URL'),
          ClientId: stringOrUnknown('Id of the client, which a Secret holds'),
        })
        .describe('How'),
    }),
    z.strictObject({
      Type: z.literal('jwt-validation').describe('A token must be valid'),
      JwtValidationConfig: z
        .strictObject({
          JwksEndpoint: string('URL of the keys'),
          Issuer: string('Issuer of the token'),
          AdditionalClaims: array(
            z
              .strictObject({
                Format: string('single-string, string-array or space-separated-values'),
                Name: string('Name of the claim'),
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

export const rule = part('Rule', 'A rule of a listener', {
  Priority: number('From 1 on; the first rule that matches is taken'),
  Conditions: array(condition, 'All of them must be met'),
  Actions: array(actionSchema, 'In their order; the last one answers or forwards'),
  Transforms: array(transform, 'Rewrites of the request'),
  Tags: keyValuesField('Tags, sorted by key'),
  Origin: originSchema,
});
