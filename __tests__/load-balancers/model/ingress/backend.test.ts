import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model/unknown';
import {
  actionsOf,
  backendOf,
  HTTP,
  HTTPS,
  pathsOf,
  refusalOf,
  rulesOf,
  serviceOf,
  type Annotations,
  type Given,
} from './given';

const services = [serviceOf('web'), serviceOf('api')];
const to = (name: string, port: number | string = 80, annotations: Annotations = {}) =>
  pathsOf([{ path: '/', backend: backendOf(name, port) }], annotations);
const forwardTo = (...names: string[]) => ({
  type: 'forward',
  forwardConfig: { targetGroups: names.map((serviceName) => ({ serviceName, servicePort: 80, weight: 1 })) },
});

describe('a port of a Service', () => {
  it.each([
    [80, 'shop/app-web:80'],
    ['http', 'shop/app-web:http'],
  ])('%s names its target group', (port, id) => {
    expect(actionsOf(to('web', port), { services })).toEqual([
      {
        Type: 'forward',
        ForwardConfig: { TargetGroups: [{ TargetGroupArn: KNOWN_AFTER_APPLY, TargetGroup: id }] },
      },
    ]);
  });

  it.each([
    [81, 'unable to find port 81 on service shop/web'],
    ['80', 'unable to find port 80 on service shop/web'],
    [0, 'unable to find port 0 on service shop/web'],
  ])('%s that it does not have is refused', (port, message) => {
    expect(refusalOf(() => actionsOf(to('web', port), { services })).message).toBe(
      `ingress: shop/app: ${message}`,
    );
  });

  it('that is not said is refused', () => {
    const ingress = pathsOf([{ path: '/', backend: { service: { name: 'web' } } }]);
    expect(refusalOf(() => actionsOf(ingress, { services })).message).toMatch(/unable to find port 0/);
  });
});

describe('a Service that is not there', () => {
  const intolerant: Given = { services, settings: { tolerateNonExistentBackendService: false } };

  it('answers 503', () => {
    const response = [
      {
        Type: 'fixed-response',
        FixedResponseConfig: {
          ContentType: 'text/plain',
          MessageBody: 'Backend service does not exist',
          StatusCode: '503',
        },
      },
    ];
    expect(actionsOf(to('gone'), { services })).toEqual(response);
    const annotations = { 'actions.shift': forwardTo('gone') };
    expect(actionsOf(to('shift', 'use-annotation', annotations), { services })).toEqual(response);
  });

  it('is refused where the controller does not tolerate it', () => {
    const refusal = refusalOf(() => actionsOf(to('gone'), intolerant));
    expect(refusal.message).toBe('ingress: shop/app: Service "gone" not found');
    expect(refusal.source?.Field).toBe('spec.rules[0].http.paths[0]');
  });

  it('is refused among several', () => {
    const annotations = { 'actions.shift': forwardTo('web', 'gone') };
    expect(refusalOf(() => actionsOf(to('shift', 'use-annotation', annotations), { services })).message).toBe(
      'ingress: shop/app: Service "gone" not found',
    );
  });

  it('of another namespace is not there', () => {
    const other = { ...serviceOf('web'), metadata: { namespace: 'other', name: 'web' } };
    expect(actionsOf(to('web'), { services: [other] })).toMatchObject([{ Type: 'fixed-response' }]);
  });
});

describe('a backend', () => {
  it('that is no Service is refused', () => {
    const ingress = pathsOf([{ path: '/', backend: { resource: { kind: 'Bucket', name: 'files' } } }]);
    expect(refusalOf(() => rulesOf(ingress)).message).toBe(
      'ingress: shop/app: missing required "service" field',
    );
  });

  it('is transformed as its annotation says', () => {
    const rewrite = { rewrites: [{ regex: '^/api/(.*)$', replace: '/$1' }] };
    const transforms = [
      { type: 'host-header-rewrite', hostHeaderRewriteConfig: rewrite },
      { type: 'url-rewrite', urlRewriteConfig: rewrite },
    ];
    const Rewrites = [{ Regex: '^/api/(.*)$', Replace: '/$1' }];
    const of = (value: unknown, name = 'web') =>
      rulesOf(to('web', 80, { [`transforms.${name}`]: value }), { services }).map(
        ({ Transforms }) => Transforms,
      );
    expect(of(transforms)).toEqual([
      [
        { Type: 'host-header-rewrite', HostHeaderRewriteConfig: { Rewrites } },
        { Type: 'url-rewrite', UrlRewriteConfig: { Rewrites } },
      ],
    ]);
    expect(of(transforms, 'api')).toEqual([[]]);
    expect(of(KNOWN_AFTER_APPLY)).toEqual([[{ Type: KNOWN_AFTER_APPLY }]]);
    expect(of([{ type: KNOWN_AFTER_APPLY }])).toEqual([[{ Type: KNOWN_AFTER_APPLY }]]);
  });

  it.each([
    [{ type: 'url-rewrite' }, 'missing urlRewriteConfig'],
    [{ type: 'host-header-rewrite' }, 'missing hostHeaderRewriteConfig'],
    [{ type: 'url-rewrite', urlRewriteConfig: {} }, 'urlRewriteConfig.rewrites cannot be empty'],
    [
      { type: 'host-header-rewrite', hostHeaderRewriteConfig: { rewrites: [] } },
      'hostHeaderRewriteConfig.rewrites cannot be empty',
    ],
    [{ type: 'unheard-of' }, 'unknown transform type: unheard-of'],
  ])('with transform %j is refused', (transform, message) => {
    const refusal = refusalOf(() => rulesOf(to('web', 80, { 'transforms.web': [transform] }), { services }));
    expect(refusal.message).toBe(`ingress: shop/app: ${message}`);
    expect(refusal.source?.Annotation).toBe('alb.ingress.kubernetes.io/transforms.web');
  });
});

describe('who someone is', () => {
  const cognito = { userPoolARN: 'arn:pool', userPoolClientID: 'client', userPoolDomain: 'shop' };
  const auth = { 'auth-type': 'cognito', 'auth-idp-cognito': cognito };
  const types = (annotations: Annotations, listener = HTTPS, given: Given = { services }, port = 'http') =>
    actionsOf(to('web', port, annotations), given, listener).map(({ Type }) => Type);

  it('is asked on HTTPS listeners only', () => {
    expect(types(auth)).toEqual(['authenticate-cognito', 'forward']);
    expect(types(auth, HTTP)).toEqual(['forward']);
  });

  it('is what a token says, on HTTPS listeners only', () => {
    const jwt = { 'jwt-validation': { jwksEndpoint: 'https://a', issuer: 'https://b' } };
    expect(types(jwt)).toEqual(['jwt-validation', 'forward']);
    expect(types(jwt, HTTP)).toEqual(['forward']);
    const refusal = refusalOf(() => types({ ...jwt, ...auth }));
    expect(refusal.message).toBe(
      "ingress: shop/app: authentication and jwt validation can't both be configured",
    );
    expect(types({ ...jwt, ...auth }, HTTP)).toEqual(['forward']);
  });

  it('may be said by the only Service', () => {
    const given = { services: [serviceOf('web', {}, auth), serviceOf('api')] };
    expect(types({}, HTTPS, given)).toEqual(['authenticate-cognito', 'forward']);
    expect(types({ 'auth-type': 'none' }, HTTPS, given)).toEqual(['authenticate-cognito', 'forward']);
    expect(types({ 'actions.web': forwardTo('web') }, HTTPS, given, 'use-annotation')).toEqual([
      'authenticate-cognito',
      'forward',
    ]);
  });

  it('is said by the Ingress alone where there are several Services, or none', () => {
    const given = { services: [serviceOf('web', {}, auth), serviceOf('api')] };
    const both = { 'actions.web': forwardTo('web', 'api') };
    expect(types(both, HTTPS, given, 'use-annotation')).toEqual(['forward']);
    expect(types({ ...both, ...auth }, HTTPS, given, 'use-annotation')).toEqual([
      'authenticate-cognito',
      'forward',
    ]);
    expect(types(auth, HTTPS, {})).toEqual(['authenticate-cognito', 'fixed-response']);
  });

  it('says where it comes from', () => {
    const given = { services: [serviceOf('web', {}, { 'auth-type': 'cognito' })] };
    const [rule] = rulesOf(to('web', 80, { 'auth-idp-cognito': cognito }), given, HTTPS);
    expect(rule?.Origin.Actions).toEqual([
      { Kind: 'Ingress', Name: 'shop/app', Field: 'spec.rules[0].http.paths[0]' },
      { Kind: 'Service', Name: 'shop/web', Annotation: 'alb.ingress.kubernetes.io/auth-type' },
      { Kind: 'Ingress', Name: 'shop/app', Annotation: 'alb.ingress.kubernetes.io/auth-idp-cognito' },
    ]);
  });
});
