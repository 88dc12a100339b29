import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model';
import { errors, ingress, only, path, rule, warnings } from './objects';

const header = (values: readonly string[], httpHeaderName = 'X-Team') => ({
  field: 'http-header',
  httpHeaderConfig: { httpHeaderName, values },
});
const query = (...values: readonly object[]) => ({ field: 'query-string', queryStringConfig: { values } });
const methods = (...values: readonly string[]) => ({
  field: 'http-request-method',
  httpRequestMethodConfig: { values },
});
const sources = (...values: readonly string[]) => ({ field: 'source-ip', sourceIPConfig: { values } });
const hosts = (...values: readonly string[]) => ({ field: 'host-header', hostHeaderConfig: { values } });
const paths = (...values: readonly string[]) => ({ field: 'path-pattern', pathPatternConfig: { values } });

const conditioned = (...conditions: readonly object[]) =>
  ingress({ 'conditions.web': JSON.stringify(conditions) });

describe('a rule', () => {
  const rules = (text: string, values: readonly string[], host?: string) =>
    ingress(
      { 'conditions.web': JSON.stringify([header(values)]) },
      { rules: [{ host, http: { paths: [path('web', { path: text })] } }] },
    );

  it('has five condition values, host and path among them', () => {
    expect(only([rules('/', ['a', 'b', 'c', 'd'], 'shop.example.com')])).toMatchObject({
      annotation: 'alb.ingress.kubernetes.io/conditions.web',
      prop: 'routes[].conditions',
      reason:
        'the rule of spec.rules[0].http.paths[0] has 6 condition values, host and path among them (a path of type Prefix counts twice); AWS takes 5',
      remedy: 'spread the values over several paths or Services',
    });
    expect(errors([rules('/', ['a', 'b', 'c'], 'shop.example.com')])).toEqual([]);
    expect(errors([rules('/', ['a', 'b', 'c', 'd'])])).toEqual([]);
    expect(errors([rules('/', ['a', 'b', 'c', 'd', 'e'])])).toHaveLength(1);
  });

  it('has a path of type Prefix count twice', () => {
    expect(errors([rules('/cart', ['a', 'b', 'c', 'd'])])).toHaveLength(1);
    expect(errors([rules('/cart', ['a', 'b', 'c'])])).toEqual([]);
  });

  it('counts values of all conditions', () => {
    expect(
      errors([conditioned(methods('GET', 'HEAD'), query({ key: 'a', value: '1' }, { value: '2' }))]),
    ).toEqual([]);
    expect(
      errors([
        conditioned(
          methods('GET', 'HEAD'),
          query({ key: 'a', value: '1' }, { value: '2' }),
          sources('10.0.0.0/8'),
        ),
      ]),
    ).toHaveLength(1);
  });

  it('has six wildcards at most, by some documents five', () => {
    const wild = (text: string) =>
      ingress({}, { rules: [rule(path('web', { path: text, pathType: 'ImplementationSpecific' }))] });
    expect(errors([wild('/*/*/*/*/*/*/*')])).toEqual(['spec.rules[0].http.paths[0].path=/*/*/*/*/*/*/*']);
    expect(errors([wild('/*/*/*/*/*/?')])).toEqual([]);
    expect(warnings([wild('/*/*/*/*/*/?')])).toHaveLength(1);
    expect(warnings([wild('/*/*/*/*/*')])).toEqual([]);
    expect(errors([conditioned(header(['*a*', '*b*', '*c*']))])).toHaveLength(1);
    expect(errors([conditioned(methods('GET'), header(['*a*', '*b*']))])).toEqual([]);
  });
});

describe('a condition', () => {
  it.each<[string, object, object]>([
    ['x'.repeat(129), header(['x'.repeat(129)]), header(['x'.repeat(128)])],
    ['x'.repeat(41), header(['a'], 'x'.repeat(41)), header(['a'], 'x'.repeat(40))],
    ['X-*', header(['a'], 'X-*'), header(['a*'], 'X-Team')],
    ['Host', header(['a'], 'Host'), header(['a'], 'Hosts')],
    ['get', methods('get'), methods('GET')],
    ['GET*', methods('GET*'), methods('M-SEARCH')],
    ['M'.repeat(41), methods('M'.repeat(41)), methods('M'.repeat(40))],
    ['10.0.0.1', sources('10.0.0.1'), sources('10.0.0.1/32')],
    ['10.0.0.0/33', sources('10.0.0.0/33'), sources('2001:db8::/128')],
    ['shop', hosts('shop'), hosts('*.example.com')],
    ['shop.example.c0m', hosts('shop.example.c0m'), hosts('Shop?.example.com')],
    ['shop_web.example.com', hosts('shop_web.example.com'), hosts('shop-web.example.com')],
    ['/a|b', paths('/a|b'), paths('/a?b')],
    [`/${'x'.repeat(128)}`, paths(`/${'x'.repeat(128)}`), paths(`/${'x'.repeat(127)}`)],
    [
      'x'.repeat(129),
      query({ key: 'a', value: 'x'.repeat(129) }),
      query({ key: 'a', value: 'x'.repeat(128) }),
    ],
    ['x'.repeat(129), query({ key: 'x'.repeat(129), value: 'a' }), query({ value: 'a' })],
  ])('does not ask for %s', (value, wrong, right) => {
    expect(errors([conditioned(wrong)])).toEqual([`conditions.web=${value}`]);
    expect(errors([conditioned(right)])).toEqual([]);
  });

  it('has a field that there is', () => {
    expect(only([conditioned({ field: 'http-headers' })])).toMatchObject({
      prop: 'routes[].conditions',
      value: 'http-headers',
      reason: 'there is no condition of this field, and the controller would leave it out',
      remedy: "write 'http-header'",
    });
  });

  it('of methods or addresses is there once', () => {
    expect(errors([conditioned(methods('GET'), methods('HEAD'))])).toHaveLength(1);
    expect(errors([conditioned(sources('10.0.0.0/8'), sources('192.0.2.0/24'))])).toHaveLength(1);
    expect(errors([conditioned(header(['a']), header(['b']))])).toEqual([]);
  });

  it('may be a regular expression of 128 characters', () => {
    const regex = (length: number) => ({
      field: 'http-header',
      httpHeaderConfig: { httpHeaderName: 'X-Team', regexValues: [`^${'x'.repeat(length - 1)}`] },
    });
    expect(errors([conditioned(regex(129))])).toHaveLength(1);
    expect(errors([conditioned(regex(128))])).toEqual([]);
  });

  it('is not judged by what is known after apply', () => {
    expect(
      errors([conditioned(hosts(KNOWN_AFTER_APPLY), header([KNOWN_AFTER_APPLY], KNOWN_AFTER_APPLY))]),
    ).toEqual([]);
    expect(errors([ingress({ 'conditions.web': KNOWN_AFTER_APPLY })])).toEqual([]);
    expect(errors([ingress({ 'conditions.web': `[${KNOWN_AFTER_APPLY}]` })])).toEqual([]);
  });
});
