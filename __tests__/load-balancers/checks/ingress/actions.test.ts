import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model';
import { action, errors, ingress, only, path, rule, service } from './objects';

const BOTH = '[{"HTTP":80},{"HTTPS":443}]';
const TARGET_GROUP = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/shop/4f1a';

/** One route, whose action the annotation `actions.go` has. */
const acting = (json: unknown, annotations = {}) =>
  ingress(
    { 'actions.go': typeof json === 'string' ? json : JSON.stringify(json), ...annotations },
    { rules: [rule(action('go'))] },
  );
const redirect = (redirectConfig: object, annotations = {}) =>
  acting({ type: 'redirect', redirectConfig: { statusCode: 'HTTP_301', ...redirectConfig } }, annotations);
const response = (fixedResponseConfig: object) =>
  acting({ type: 'fixed-response', fixedResponseConfig: { statusCode: '404', ...fixedResponseConfig } });
const forward = (targetGroups: readonly object[], more = {}) =>
  acting({ type: 'forward', forwardConfig: { targetGroups, ...more } });
const web = (weight?: number) => ({ serviceName: 'web', servicePort: 80, weight });

describe('a backend with an annotation', () => {
  it('needs that annotation', () => {
    const object = ingress(
      {
        'actions.go-home': JSON.stringify({
          type: 'fixed-response',
          fixedResponseConfig: { statusCode: '404' },
        }),
      },
      { rules: [rule(action('go-home'), action('go-hom', { path: '/x' }))] },
    );
    expect(only([object])).toMatchObject({
      field: 'spec.rules[0].http.paths[1].backend.service.name',
      prop: 'routes[].service',
      value: 'go-hom',
      reason: 'it uses an annotation, and there is no alb.ingress.kubernetes.io/actions.go-hom',
      remedy: "write 'go-home', or add the annotation",
    });
  });

  it('may be the default one', () => {
    const { backend } = action('go');
    expect(errors([ingress({}, { defaultBackend: backend })])).toEqual([
      'spec.defaultBackend.service.name=go',
    ]);
    expect(
      errors([
        ingress(
          {
            'actions.go': JSON.stringify({
              type: 'fixed-response',
              fixedResponseConfig: { statusCode: '404' },
            }),
          },
          { defaultBackend: backend },
        ),
      ]),
    ).toEqual([]);
  });
});

describe('an annotation for a backend', () => {
  it.each([
    ['conditions.cart', '[]'],
    ['transforms.cart', '[]'],
    ['actions.cart', '{"type":"fixed-response","fixedResponseConfig":{"statusCode":"404"}}'],
  ])('%s names one that is there', (name, value) => {
    expect(errors([ingress({ [name]: value })])).toEqual([`${name}=cart`]);
    const cart = name.startsWith('actions') ? action('cart') : path('cart');
    expect(errors([ingress({ [name]: value }, { rules: [rule(cart)] }), service('cart')])).toEqual([]);
  });

  it('says which one it names probably', () => {
    expect(only([ingress({ 'conditions.webb': '[]' })]).remedy).toBe("write 'web'");
  });

  it('of an action is for a backend without port', () => {
    const found = only([
      ingress({ 'actions.web': '{"type":"fixed-response","fixedResponseConfig":{"statusCode":"404"}}' }),
    ]);
    expect(found.reason).toBe('the backend web has a port of its own, so that the action is left out');
  });

  it('is not judged where names are known after apply', () => {
    const unknown = ingress({ 'conditions.cart': '[]' }, { rules: [rule(path(KNOWN_AFTER_APPLY))] });
    expect(errors([unknown])).toEqual([]);
  });
});

describe('a redirect', () => {
  const away = { host: 'other.example.com' };

  it.each<[string, object, object]>([
    ['HTTP_307', { statusCode: 'HTTP_307' }, { statusCode: 'HTTP_302' }],
    ['https', { protocol: 'https' }, { protocol: '#{protocol}' }],
    ['0', { port: '0' }, { port: '1' }],
    ['65536', { port: '65536' }, { port: '65535' }],
    ['home', { path: 'home' }, { path: '/home' }],
    ['', { host: '' }, {}],
    ['x'.repeat(129), { host: 'x'.repeat(129) }, { host: 'x'.repeat(128) }],
    [`/${'x'.repeat(128)}`, { path: `/${'x'.repeat(128)}` }, { path: `/${'x'.repeat(127)}` }],
    ['x'.repeat(129), { query: 'x'.repeat(129) }, { query: 'x'.repeat(128) }],
  ])('does not go to %s', (value, wrong, right) => {
    expect(errors([redirect({ ...away, ...wrong })])).toEqual([`actions.go=${value}`]);
    expect(errors([redirect({ ...away, ...right })])).toEqual([]);
  });

  it('goes from HTTPS to HTTPS', () => {
    const https = {
      'listen-ports': BOTH,
      'certificate-arn': 'arn:aws:acm:eu-west-1:111122223333:certificate/1',
    };
    expect(errors([redirect({ ...away, protocol: 'HTTP' }, https)])).toEqual(['actions.go=HTTP']);
    expect(errors([redirect({ ...away, protocol: 'HTTP' })])).toEqual([]);
    expect(errors([redirect({ ...away, protocol: 'HTTPS' }, https)])).toEqual([]);
  });
});

describe('a fixed response', () => {
  it.each<[string, object, object]>([
    ['301', { statusCode: '301' }, { statusCode: '200' }],
    ['600', { statusCode: '600' }, { statusCode: '599' }],
    ['text/xml', { contentType: 'text/xml' }, { contentType: 'application/json' }],
    ['x'.repeat(1025), { messageBody: 'x'.repeat(1025) }, { messageBody: 'x'.repeat(1024) }],
  ])('is not %s', (value, wrong, right) => {
    expect(errors([response(wrong)])).toEqual([`actions.go=${value}`]);
    expect(errors([response(right)])).toEqual([]);
  });
});

describe('a forward', () => {
  it.each([
    [1000, 999],
    [-1, 0],
  ])('has no weight of %d, but of %d', (wrong, right) => {
    expect(errors([forward([web(wrong), web(1)])])).toEqual([`actions.go=${wrong}`]);
    expect(errors([forward([web(right), web(1)])])).toEqual([]);
  });

  it('goes to five target groups at most, and to one at least', () => {
    expect(errors([forward(Array.from({ length: 6 }, () => web(1)))])).toEqual(['actions.go=6']);
    expect(errors([forward(Array.from({ length: 5 }, () => web(1)))])).toEqual([]);
    expect(errors([forward([web()])])).toEqual([]);
    expect(errors([forward([])])).toEqual(['actions.go=0']);
  });

  it('keeps clients from 1 to 604800 seconds', () => {
    const sticky = (durationSeconds?: number) =>
      forward([web()], { targetGroupStickinessConfig: { enabled: true, durationSeconds } });
    expect(errors([sticky(604801)])).toEqual(['actions.go=604801']);
    expect(errors([sticky(0)])).toEqual(['actions.go=0']);
    expect(errors([sticky()])).toEqual(['actions.go=undefined']);
    expect(errors([sticky(604800)])).toEqual([]);
    expect(errors([forward([web()], { targetGroupStickinessConfig: { enabled: false } })])).toEqual([]);
  });

  it('goes to a target group of this region', () => {
    const here = { region: 'eu-west-1' };
    expect(errors([acting({ type: 'forward', targetGroupARN: TARGET_GROUP })], here)).toEqual([]);
    expect(errors([forward([{ targetGroupARN: TARGET_GROUP }])], here)).toEqual([]);
    expect(
      errors([acting({ type: 'forward', targetGroupARN: TARGET_GROUP })], { region: 'us-east-1' }),
    ).toEqual([`actions.go=${TARGET_GROUP}`]);
    expect(errors([acting({ type: 'forward', targetGroupARN: 'shop' })])).toEqual(['actions.go=shop']);
    expect(errors([acting({ type: 'forward', targetGroupARN: KNOWN_AFTER_APPLY })])).toEqual([]);
  });

  it('goes to a Service that is there, and its port', () => {
    expect(errors([forward([{ serviceName: 'cart', servicePort: 80 }])])).toHaveLength(1);
    expect(errors([forward([{ serviceName: 'web', servicePort: 81 }])])).toEqual([
      expect.stringMatching(/^actions\.go=\{/),
    ]);
    expect(errors([forward([{ serviceName: 'web', servicePort: '80' }])])).toEqual([]);
    expect(errors([forward([{ serviceName: 'web', servicePort: 'http' }])])).toEqual([]);
  });
});

it('an action that is known after apply is not judged', () => {
  expect(errors([acting(KNOWN_AFTER_APPLY)])).toEqual([]);
});
