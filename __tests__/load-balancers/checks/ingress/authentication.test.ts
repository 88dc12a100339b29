import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model';
import { action, errors, ingress, only, path, rule, service } from './objects';

const OIDC = {
  issuer: 'https://id.example.com',
  authorizationEndpoint: 'https://id.example.com/authorize',
  tokenEndpoint: 'https://id.example.com/token',
  userInfoEndpoint: 'https://id.example.com/userinfo',
  secretName: 'oidc',
};
const COGNITO = {
  userPoolARN: 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_4f1a',
  userPoolClientID: '4f1a',
  userPoolDomain: 'shop',
};
const JWT = { jwksEndpoint: 'https://id.example.com/jwks', issuer: 'https://id.example.com' };
const HTTPS = { 'listen-ports': '[{"HTTPS":443}]' };
const BOTH = { 'listen-ports': '[{"HTTP":80},{"HTTPS":443}]' };

const oidc = (more: object = {}) => ({
  'auth-type': 'oidc',
  'auth-idp-oidc': JSON.stringify({ ...OIDC, ...more }),
});
const cognito = (more: object = {}) => ({
  'auth-type': 'cognito',
  'auth-idp-cognito': JSON.stringify({ ...COGNITO, ...more }),
});
const jwt = (more: object = {}) => ({ 'jwt-validation': JSON.stringify({ ...JWT, ...more }) });
const tls = { tls: [{ hosts: ['shop.example.com'] }] };
const secure = (annotations: Record<string, string>) => ingress({ ...HTTPS, ...annotations }, tls);

describe.each<[string, Record<string, string>, string]>([
  ['OIDC', oidc(), 'auth-type'],
  ['Cognito', cognito(), 'auth-type'],
  ['JWT', jwt(), 'jwt-validation'],
])('%s', (_, annotations, name) => {
  it('is for HTTPS', () => {
    expect(only([ingress(annotations)])).toMatchObject({
      annotation: `alb.ingress.kubernetes.io/${name}`,
      reason: 'the listener on port 80 is plain HTTP, where nobody is asked to log in',
      remedy: 'listen on HTTPS only, or redirect to it (alb.ingress.kubernetes.io/ssl-redirect)',
    });
    expect(errors([secure(annotations)])).toEqual([]);
  });

  it('is not for plain HTTP beside it', () => {
    expect(errors([ingress({ ...BOTH, ...annotations }, tls)])).toEqual([
      `${name}=${annotations[name] ?? ''}`,
    ]);
    expect(errors([ingress({ ...BOTH, ...annotations, 'ssl-redirect': '443' }, tls)])).toEqual([]);
    expect(errors([ingress({ ...annotations, 'listen-ports': KNOWN_AFTER_APPLY }, tls)])).toEqual([]);
    expect(errors([ingress({ ...BOTH, ...annotations, 'ssl-redirect': KNOWN_AFTER_APPLY }, tls)])).toEqual(
      [],
    );
  });

  it('may come after a redirect of plain HTTP', () => {
    const redirect = JSON.stringify({
      type: 'redirect',
      redirectConfig: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' },
    });
    const rules = [rule(action('go')), rule(path())];
    expect(errors([ingress({ ...BOTH, ...annotations, 'actions.go': redirect }, { ...tls, rules })])).toEqual(
      [],
    );
  });

  it('needs HTTPS though plain HTTP is redirected', () => {
    const group = { 'group.name': 'shop' };
    const other = ingress(
      { ...group, ...HTTPS },
      { name: 'zoo', ...tls, rules: [rule(path('web', { path: '/zoo' }))] },
    );
    const found = errors([ingress({ ...group, ...annotations, 'ssl-redirect': '443' }), other]);
    expect(found).toEqual([`${name}=${annotations[name] ?? ''}`]);
  });
});

describe('a Service', () => {
  const own = (type: string) =>
    service('web', { annotations: { 'auth-type': type, 'auth-idp-oidc': JSON.stringify(OIDC) } });

  it('may ask for logins itself', () => {
    expect(errors([ingress(), own('oidc')])).toEqual(['Service auth-type=oidc']);
    expect(errors([secure({}), own('oidc')])).toEqual([]);
  });

  it('may be open on plain HTTP', () => {
    expect(errors([ingress({ ...BOTH, ...oidc() }, tls), own('none')])).toEqual([]);
  });
});

describe('settings', () => {
  it.each(Object.keys(OIDC))('of OIDC need %s', (name) => {
    expect(errors([secure(oidc({ [name]: undefined }))])).toEqual([
      expect.stringMatching(name === 'secretName' ? /^auth-idp-oidc=\{/ : /^auth-idp-oidc=$/),
    ]);
  });

  it.each(['issuer', 'authorizationEndpoint', 'tokenEndpoint', 'userInfoEndpoint'])(
    'of OIDC have a full %s',
    (name) => {
      expect(errors([secure(oidc({ [name]: 'http://id.example.com' }))])).toEqual([
        'auth-idp-oidc=http://id.example.com',
      ]);
      expect(errors([secure(oidc({ [name]: KNOWN_AFTER_APPLY }))])).toEqual([]);
    },
  );

  it.each(Object.keys(COGNITO))('of Cognito need %s', (name) => {
    expect(errors([secure(cognito({ [name]: '' }))])).toEqual(['auth-idp-cognito=']);
  });

  it('of Cognito have the ARN of a user pool', () => {
    expect(errors([secure(cognito({ userPoolARN: 'eu-west-1_4f1a' }))])).toEqual([
      'auth-idp-cognito=eu-west-1_4f1a',
    ]);
    expect(errors([secure(cognito({ userPoolARN: KNOWN_AFTER_APPLY }))])).toEqual([]);
  });

  it('have ten parameters at most', () => {
    const extra = (count: number) => ({
      authenticationRequestExtraParams: Object.fromEntries(
        Array.from({ length: count }, (_, at) => [`p${at}`, 'x']),
      ),
    });
    expect(errors([secure(oidc(extra(11)))])).toEqual(['auth-idp-oidc=11']);
    expect(errors([secure(oidc(extra(10)))])).toEqual([]);
  });

  it('are there', () => {
    expect(errors([secure({ 'auth-type': 'oidc' })])).toEqual(['auth-type=oidc']);
    expect(errors([secure({ 'auth-type': 'oidc', 'auth-idp-oidc': KNOWN_AFTER_APPLY })])).toEqual([]);
    expect(errors([secure({ 'auth-type': 'none' })])).toEqual([]);
  });

  it('have words that there are', () => {
    expect(errors([secure({ ...oidc(), 'auth-on-unauthenticated-request': 'refuse' })])).toEqual([
      'auth-on-unauthenticated-request=refuse',
    ]);
    expect(errors([secure({ ...oidc(), 'auth-on-unauthenticated-request': 'deny' })])).toEqual([]);
    expect(errors([secure({ 'auth-type': 'oauth' })])).toEqual(['auth-type=oauth']);
  });

  it.each([
    ['0', '1'],
    ['604801', '604800'],
  ])('have a session not of %s, but of %s seconds', (wrong, right) => {
    expect(errors([secure({ ...oidc(), 'auth-session-timeout': wrong })])).toEqual([
      `auth-session-timeout=${wrong}`,
    ]);
    expect(errors([secure({ ...oidc(), 'auth-session-timeout': right })])).toEqual([]);
  });

  it('are for logins or tokens', () => {
    expect(only([secure({ ...oidc(), ...jwt() })])).toMatchObject({
      prop: 'jwtValidation',
      by: 'controller',
      remedy: 'leave alb.ingress.kubernetes.io/auth-type or alb.ingress.kubernetes.io/jwt-validation out',
    });
    expect(errors([secure({ 'auth-type': 'none', ...jwt() })])).toEqual([]);
  });
});

describe('tokens', () => {
  const claims = (count: number, format = 'single-string') => ({
    additionalClaims: Array.from({ length: count }, () => ({ format, name: 'team', values: ['a'] })),
  });
  const long = (length: number) => `https://${'x'.repeat(length - 8)}`;

  it.each<[string, object, object]>([
    [JSON.stringify({ issuer: JWT.issuer }), { jwksEndpoint: undefined }, {}],
    [JSON.stringify({ jwksEndpoint: JWT.jwksEndpoint }), { issuer: undefined }, {}],
    [long(257), { issuer: long(257) }, { issuer: long(256) }],
    [long(257), { jwksEndpoint: long(257) }, { jwksEndpoint: KNOWN_AFTER_APPLY }],
    ['11', claims(11), claims(10)],
    ['text', claims(1, 'text'), claims(1, 'string-array')],
  ])('are not validated by %s', (value, wrong, right) => {
    expect(errors([secure(jwt(wrong))])).toEqual([`jwt-validation=${value}`]);
    expect(errors([secure(jwt(right))])).toEqual([]);
  });
});
