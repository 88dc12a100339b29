import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY, type Ingress } from '../../../../load-balancers/model';
import { action, classOf, errors, ingress, only, path, rule, service } from './objects';

const inGroup = (annotations: Record<string, string> = {}) =>
  ingress({ 'group.name': 'shop', ...annotations });
const other = (annotations: Record<string, string> = {}, spec: Partial<Ingress['spec']> = {}) =>
  ingress(
    { 'group.name': 'shop', ...annotations },
    { name: 'zoo', rules: [rule(path('web', { path: '/zoo' }))], ...spec },
  );

describe('the name of a group', () => {
  it.each([
    ['x'.repeat(64), 'x'.repeat(63)],
    ['Shop', 'shop'],
    ['shop_web', 'shop-web'],
    ['-shop', 'shop.web'],
    ['shop-', KNOWN_AFTER_APPLY],
    ['', 's'],
  ])('is not %s, but may be %s', (wrong, right) => {
    expect(errors([ingress({ 'group.name': wrong })])).toEqual([`group.name=${wrong}`]);
    expect(errors([ingress({ 'group.name': right })])).toEqual([]);
  });

  it('comes with one to write in its place', () => {
    expect(only([ingress({ 'group.name': 'Shop_Web-' })])).toMatchObject({
      prop: 'group.name',
      remedy: "write 'shop-web'",
    });
  });

  it('of the class wins', () => {
    expect(errors([ingress(), ...classOf({ group: { name: 'Shop' } })])).toEqual([
      'IngressClassParams spec.group.name=Shop',
    ]);
  });
});

describe('the order in a group', () => {
  it.each([
    ['1001', '1000'],
    ['-1001', '-1000'],
  ])('is not %s, but may be %s', (wrong, right) => {
    expect(errors([inGroup({ 'group.order': wrong })])).toEqual([`group.order=${wrong}`]);
    expect(errors([inGroup({ 'group.order': right })])).toEqual([]);
  });

  it('is each Ingress its own', () => {
    expect(only([inGroup({ 'group.order': '10' }), other({ 'group.order': '10' })])).toMatchObject({
      ingress: 'shop/zoo',
      prop: 'group.order',
      value: '10',
      reason: 'Ingress shop/web of the same group has this order, so that only their names decide',
      remedy: 'write an order of its own, such as 11',
    });
    expect(errors([inGroup({ 'group.order': '10' }), other({ 'group.order': '11' })])).toEqual([]);
    expect(errors([inGroup(), other()])).toEqual([]);
    expect(errors([inGroup({ 'group.order': '0' }), other()])).toEqual([]);
    expect(
      errors([
        ingress({ 'group.order': '10' }),
        ingress({ 'group.order': '10' }, { name: 'zoo', rules: [rule(path('web', { path: '/zoo' }))] }),
      ]),
    ).toEqual([]);
  });
});

describe('the same host and path in two Ingresses of a group', () => {
  const shop = { host: 'shop.example.com', http: { paths: [path()] } };

  it('is refused', () => {
    expect(only([inGroup(), other({}, { rules: [rule(path())] })])).toMatchObject({
      ingress: 'shop/zoo',
      field: 'spec.rules[0].http.paths[0].path',
      prop: 'routes[].path',
      value: '/',
      reason:
        'Ingress shop/web of the same group has this host and path (spec.rules[0].http.paths[0]), and its rule comes first',
      remedy: 'write another host or path, or leave one of the two out',
    });
  });

  it('is refused however it is written', () => {
    const prefix = (text: string) => ({ rules: [rule(path('web', { path: text }))] });
    expect(
      errors([other({}, { ...prefix('/api'), name: 'web' } as object), other({}, prefix('/api/'))]),
    ).toEqual(['spec.rules[0].http.paths[0].path=/api/']);
    const wildcard = rule(path('web', { path: '/*', pathType: 'ImplementationSpecific' }));
    expect(errors([inGroup(), other({}, { rules: [wildcard] })])).toEqual([
      'spec.rules[0].http.paths[0].path=/*',
    ]);
  });

  it.each<[string, Ingress]>([
    ['another host', other({}, { rules: [shop] })],
    ['another path', other()],
    ['another type of path', other({}, { rules: [rule(path('web', { pathType: 'Exact' }))] })],
    ['another listener', other({ 'listen-ports': '[{"HTTP":8080}]' }, { rules: [rule(path())] })],
    ['another group', ingress({ 'group.name': 'zoo' }, { name: 'zoo' })],
  ])('is fine with %s', (_, object) => {
    expect(errors([inGroup(), object])).toEqual([]);
  });

  it('is fine where conditions come first, and not where they come later', () => {
    const canary = JSON.stringify([
      { field: 'http-header', httpHeaderConfig: { httpHeaderName: 'X-Canary', values: ['1'] } },
    ]);
    const conditions = { 'conditions.web': canary };
    expect(errors([inGroup(conditions), other({}, { rules: [rule(path())] })])).toEqual([]);
    expect(errors([inGroup(), other(conditions, { rules: [rule(path())] })])).toHaveLength(1);
    expect(errors([inGroup(conditions), other(conditions, { rules: [rule(path())] })])).toHaveLength(1);
    const pathValue = JSON.stringify([{ field: 'path-pattern', pathPatternConfig: { values: ['/x'] } }]);
    expect(errors([inGroup({ 'conditions.web': pathValue }), other({}, { rules: [rule(path())] })])).toEqual(
      [],
    );
  });

  it('is fine after the redirect of plain HTTP', () => {
    const redirect = JSON.stringify({
      type: 'redirect',
      redirectConfig: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' },
    });
    const both = { 'listen-ports': '[{"HTTP":80},{"HTTPS":443}]' };
    const redirects = ingress(
      { 'group.name': 'shop', ...both, 'actions.ssl-redirect': redirect },
      { tls: [{ hosts: ['shop.example.com'] }], rules: [rule(action('ssl-redirect'))] },
    );
    expect(errors([redirects, other(both, { rules: [rule(path())] })])).toEqual([]);
  });

  it('is fine on plain HTTP that is redirected', () => {
    const redirects = inGroup({ 'ssl-redirect': '443', 'listen-ports': '[{"HTTP":80}]' });
    const https = other(
      { 'listen-ports': '[{"HTTP":80},{"HTTPS":443}]' },
      { rules: [rule(path())], tls: [{ hosts: ['shop.example.com'] }] },
    );
    expect(errors([redirects, https])).toEqual([]);
  });
});

describe('a default backend', () => {
  const defaultBackend = path().backend;

  it('is had by one Ingress on a port', () => {
    const own = ingress({ 'group.name': 'shop' }, { defaultBackend });
    expect(errors([own, other({}, { defaultBackend })])).toEqual(['spec.defaultBackend=web']);
    expect(errors([own, other()])).toEqual([]);
    expect(errors([own, other({ 'listen-ports': '[{"HTTP":8080}]' }, { defaultBackend })])).toEqual([]);
  });
});

it('Services of other namespaces are others', () => {
  const elsewhere = { ...service(), metadata: { name: 'web', namespace: 'other' } };
  expect(errors([ingress(), elsewhere])).toEqual(['spec.rules[0].http.paths[0].backend.service.name=web']);
});
