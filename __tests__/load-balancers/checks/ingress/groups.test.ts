import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY, type Ingress } from '../../../../load-balancers/model';
import { classOf, errors, ingress, only, path, rule, service } from './objects';

const inGroup = (annotations: Record<string, string> = {}) =>
  ingress({ 'group.name': 'shop', ...annotations });
/** Whose routes are no others'. */
const elsewhere = (annotations: Record<string, string> = {}, spec: Partial<Ingress['spec']> = {}) =>
  other(annotations, { name: 'a', ...spec } as Partial<Ingress['spec']>);
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
    expect(only([inGroup({ 'group.order': '10' }), elsewhere({ 'group.order': '10' })])).toMatchObject({
      ingress: 'shop/web',
      prop: 'group.order',
      value: '10',
      reason: 'Ingress shop/a of the same group has this order, so that only their names decide',
      remedy: 'write an order of its own, such as 11',
    });
    expect(errors([inGroup({ 'group.order': '11' }), elsewhere({ 'group.order': '10' })])).toEqual([]);
    expect(errors([inGroup(), elsewhere()])).toEqual([]);
    expect(errors([inGroup({ 'group.order': '0' }), elsewhere()])).toEqual([]);
    expect(
      errors([
        ingress({ 'group.order': '10' }),
        ingress({ 'group.order': '10' }, { name: 'zoo', rules: [rule(path('web', { path: '/zoo' }))] }),
      ]),
    ).toEqual([]);
  });
});

it('a rule that another Ingress of the group takes all requests of is told, with what to write', () => {
  expect(only([inGroup({ 'group.order': '1' }), other({ 'group.order': '2' })])).toEqual({
    ingress: 'shop/zoo',
    field: 'spec.rules[0].http.paths[0].path',
    prop: 'routes[].path',
    value: '/zoo',
    reason:
      'no request reaches rule 2 of load balancer shop: rule 1 (/* of Ingress shop/web, spec.rules[0].http.paths[0]) takes all of its requests',
    remedy: 'give Ingress shop/zoo a lower alb.ingress.kubernetes.io/group.order than Ingress shop/web',
  });
  expect(errors([inGroup({ 'group.order': '2' }), other({ 'group.order': '1' })])).toEqual([]);
  expect(only([inGroup(), other({}, { rules: [rule(path())] })]).remedy).toBe(
    'write another host or path, or leave one of the two out',
  );
});

describe('a default backend', () => {
  const defaultBackend = path().backend;

  it('is had by one Ingress on a port', () => {
    const own = ingress({ 'group.name': 'shop' }, { defaultBackend });
    expect(errors([own, elsewhere({}, { defaultBackend })])).toEqual([
      expect.stringMatching(/^spec\.defaultBackend=.*"web"/),
    ]);
    expect(errors([own, elsewhere()])).toEqual([]);
    expect(errors([own, elsewhere({ 'listen-ports': '[{"HTTP":8080}]' }, { defaultBackend })])).toEqual([]);
  });
});

it('Services of other namespaces are others', () => {
  const elsewhere = { ...service(), metadata: { name: 'web', namespace: 'other' } };
  expect(errors([ingress(), elsewhere])).toEqual(['spec.rules[0].http.paths[0].backend.service.name=web']);
});
