import { describe, expect, it } from '@jest/globals';
import {
  readAuthentication,
  readJwtValidation,
} from '../../../../load-balancers/model/ingress/authentication';
import { BackendAnnotations } from '../../../../load-balancers/model/ingress/backend-annotations';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model/unknown';
import { ingressOf, refusalOf, serviceOf, type Annotations } from './given';

const actionOf = (annotations: Annotations, ofService?: Annotations) =>
  readAuthentication(
    new BackendAnnotations(ingressOf({}, annotations), ofService && serviceOf('web', {}, ofService)),
    () => undefined,
  )()?.value;

const SESSION = {
  OnUnauthenticatedRequest: 'authenticate',
  Scope: 'openid',
  SessionCookieName: 'AWSELBAuthSessionCookie',
  SessionTimeout: 604800,
};
const COGNITO = { userPoolARN: 'arn:pool', userPoolClientID: 'client', userPoolDomain: 'shop' };
const OIDC = {
  issuer: 'https://example.com',
  authorizationEndpoint: 'https://example.com/authorize',
  tokenEndpoint: 'https://example.com/token',
  userInfoEndpoint: 'https://example.com/me',
  secretName: 'oidc',
};

describe('authentication', () => {
  it('is not asked for by default, whatever else is set', () => {
    expect(actionOf({})).toBeUndefined();
    expect(actionOf({ 'auth-type': 'none', 'auth-idp-oidc': OIDC, 'auth-scope': 'email' })).toBeUndefined();
  });

  it('is by Cognito', () => {
    expect(actionOf({ 'auth-type': 'cognito', 'auth-idp-cognito': COGNITO })).toEqual({
      Type: 'authenticate-cognito',
      AuthenticateCognitoConfig: {
        UserPoolArn: 'arn:pool',
        UserPoolClientId: 'client',
        UserPoolDomain: 'shop',
        ...SESSION,
      },
    });
  });

  it('is by OIDC, whose client is in a Secret', () => {
    const extra = { authenticationRequestExtraParams: { prompt: 'login' } };
    expect(
      actionOf({
        'auth-type': 'oidc',
        'auth-idp-oidc': { ...OIDC, ...extra },
        'auth-on-unauthenticated-request': 'deny',
        'auth-scope': 'email openid',
        'auth-session-cookie': 'shop',
        'auth-session-timeout': '86400',
      }),
    ).toEqual({
      Type: 'authenticate-oidc',
      AuthenticateOidcConfig: {
        Issuer: 'https://example.com',
        AuthorizationEndpoint: 'https://example.com/authorize',
        TokenEndpoint: 'https://example.com/token',
        UserInfoEndpoint: 'https://example.com/me',
        ClientId: KNOWN_AFTER_APPLY,
        AuthenticationRequestExtraParams: { prompt: 'login' },
        OnUnauthenticatedRequest: 'deny',
        Scope: 'email openid',
        SessionCookieName: 'shop',
        SessionTimeout: 86400,
      },
    });
  });

  it('prefers what the Service says, annotation by annotation', () => {
    expect(
      actionOf(
        { 'auth-type': 'none', 'auth-idp-cognito': COGNITO, 'auth-scope': 'email' },
        { 'auth-type': 'cognito', 'auth-session-timeout': '60' },
      ),
    ).toMatchObject({
      AuthenticateCognitoConfig: { UserPoolArn: 'arn:pool', Scope: 'email', SessionTimeout: 60 },
    });
  });

  it('leaves it to AWS what happens without it where the annotation is empty', () => {
    const annotations = { 'auth-type': 'cognito', 'auth-idp-cognito': COGNITO, 'auth-scope': '' };
    const action = actionOf({ ...annotations, 'auth-on-unauthenticated-request': '' });
    expect(action).toMatchObject({ AuthenticateCognitoConfig: { Scope: '' } });
    expect(action).not.toHaveProperty('AuthenticateCognitoConfig.OnUnauthenticatedRequest');
  });

  it('is unknown as far as its annotations are', () => {
    expect(actionOf({ 'auth-type': KNOWN_AFTER_APPLY })).toEqual({ Type: KNOWN_AFTER_APPLY });
    expect(actionOf({ 'auth-type': 'cognito', 'auth-idp-cognito': KNOWN_AFTER_APPLY })).toMatchObject({
      AuthenticateCognitoConfig: { UserPoolArn: KNOWN_AFTER_APPLY, UserPoolDomain: KNOWN_AFTER_APPLY },
    });
    expect(
      actionOf({
        'auth-type': 'oidc',
        'auth-idp-oidc': KNOWN_AFTER_APPLY,
        'auth-session-timeout': KNOWN_AFTER_APPLY,
      }),
    ).toMatchObject({
      AuthenticateOidcConfig: { Issuer: KNOWN_AFTER_APPLY, SessionTimeout: KNOWN_AFTER_APPLY },
    });
  });

  it.each<[Annotations, string]>([
    [{ 'auth-type': 'basic' }, 'unknown authType: basic'],
    [{ 'auth-type': 'cognito', 'auth-idp-oidc': OIDC }, 'missing IDPConfigCognito'],
    [{ 'auth-type': 'oidc' }, 'missing IDPConfigOIDC'],
    [
      { 'auth-session-timeout': '1h' },
      'failed to parse int64 annotation, alb.ingress.kubernetes.io/auth-session-timeout: 1h: ' +
        'strconv.ParseInt: parsing "1h": invalid syntax',
    ],
    [
      { 'auth-idp-oidc': '[]' },
      'failed to parse json annotation, alb.ingress.kubernetes.io/auth-idp-oidc: []: ' +
        'json: cannot unmarshal array into Go value of type ingress.AuthIDPConfigOIDC',
    ],
  ])('%j is refused', (annotations, message) => {
    expect(refusalOf(() => actionOf(annotations)).message).toBe(message);
  });
});

describe('JWT validation', () => {
  const jwksEndpoint = 'https://example.com/jwks';
  const issuer = 'https://example.com';
  const validationOf = (config: unknown) =>
    readJwtValidation(ingressOf({}, { 'jwt-validation': config }))?.value;

  it('checks issuer and claims', () => {
    expect(readJwtValidation(ingressOf({}))).toBeUndefined();
    expect(validationOf({ jwksEndpoint, issuer })).toEqual({
      Type: 'jwt-validation',
      JwtValidationConfig: { JwksEndpoint: jwksEndpoint, Issuer: issuer },
    });
    const claim = { format: 'string-array', name: 'scope', values: ['read', 'write'] };
    expect(validationOf({ jwksEndpoint, issuer, additionalClaims: [claim] })).toMatchObject({
      JwtValidationConfig: {
        AdditionalClaims: [{ Format: 'string-array', Name: 'scope', Values: ['read', 'write'] }],
      },
    });
    expect(validationOf(KNOWN_AFTER_APPLY)).toMatchObject({
      JwtValidationConfig: { JwksEndpoint: KNOWN_AFTER_APPLY, Issuer: KNOWN_AFTER_APPLY },
    });
  });

  const claims = (claim: object) => ({ jwksEndpoint, issuer, additionalClaims: [claim] });
  it.each<[unknown, string]>([
    [{ issuer }, 'jwksEndpoint is a required field for jwt validation'],
    [{ jwksEndpoint }, 'issuer is a required field for jwt validation'],
    [
      claims({ name: 'a', values: ['b'] }),
      'format is a required field for additional claims for jwt validation',
    ],
    [
      claims({ format: 'a', values: ['b'] }),
      'name is a required field for additional claims for jwt validation',
    ],
    [claims({ format: 'a', name: 'b' }), 'values must not be empty for additional claims for jwt validation'],
    [
      `{"jwksEndpoint":"${jwksEndpoint}"`,
      `failed to parse json annotation, alb.ingress.kubernetes.io/jwt-validation: {"jwksEndpoint":"${jwksEndpoint}": ` +
        'unexpected end of JSON input',
    ],
  ])('%j is refused', (config, message) => {
    expect(refusalOf(() => validationOf(config)).message).toBe(message);
  });
});
