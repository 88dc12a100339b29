import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model';
import { errors, ingress, only, path, rule } from './objects';

const onPath = (text: string, pathType = 'Prefix', annotations = {}) =>
  ingress(annotations, { rules: [rule(path('web', { path: text, pathType }))] });
const onHost = (host: string) => ingress({}, { rules: [{ host, http: { paths: [path()] } }] });
const AT = 'spec.rules[0].http.paths[0].path';

describe('a path', () => {
  it.each([
    ['Prefix', 'shop', '/shop'],
    ['Exact', 'shop', '/shop'],
    ['ImplementationSpecific', 'shop/*', '/shop/*'],
    ['Prefix', '/shop*', '/shop'],
    ['Prefix', '/shop/*', '/shop/'],
    ['Exact', '/shop?', '/shop'],
    ['Exact', '/a//b', '/a/b'],
    ['Prefix', '/a/./b', '/a/.b'],
    ['Prefix', '/a/..', '/a..'],
    ['ImplementationSpecific', '/shop|web', '/shop?web'],
    ['ImplementationSpecific', '/shop/(.*)', '/shop/*'],
    ['ImplementationSpecific', '/caf%C3%A9', '/caf?'],
    ['Prefix', '/a b', '/a-b'],
    ['Exact', '/a=b', `/a_-.$/~"'@:+&b`],
    ['Exact', `/${'x'.repeat(128)}`, `/${'x'.repeat(127)}`],
    ['Prefix', `/${'x'.repeat(126)}`, `/${'x'.repeat(125)}`],
    ['ImplementationSpecific', `/${'*'.repeat(1)}${'x'.repeat(127)}`, `/*${'x'.repeat(126)}`],
    ['Exact', '', KNOWN_AFTER_APPLY],
  ])('of type %s is not %s', (pathType, wrong, right) => {
    expect(errors([onPath(wrong, pathType)])).toEqual([`${AT}=${wrong}`]);
    expect(errors([onPath(right, pathType)])).toEqual([]);
  });

  it('comes with one to write in its place', () => {
    expect(only([onPath('shop')])).toMatchObject({
      prop: 'routes[].path',
      value: 'shop',
      remedy: "write '/shop'",
    });
    expect(only([onPath('/shop/*')]).remedy).toBe("write pathType ImplementationSpecific, or '/shop'");
    expect(only([onPath('/shop/(.*)', 'ImplementationSpecific')]).remedy).toBe(
      "for a regular expression set alb.ingress.kubernetes.io/use-regex-path-match to 'true', of a path of type ImplementationSpecific",
    );
  });

  it('of all is fine', () => {
    expect(errors([onPath('/')])).toEqual([]);
    expect(
      errors([
        ingress({}, { rules: [rule(path('web', { path: undefined, pathType: 'ImplementationSpecific' }))] }),
      ]),
    ).toEqual([]);
  });

  it('may be a regular expression', () => {
    const regex = { 'use-regex-path-match': 'true' };
    expect(errors([onPath('/^/shop/(a|b)$', 'ImplementationSpecific', regex)])).toEqual([]);
    expect(errors([onPath('/', 'ImplementationSpecific', regex)])).toEqual([`${AT}=/`]);
    expect(errors([onPath(`/${'x'.repeat(128)}`, 'ImplementationSpecific', regex)])).toEqual([]);
    expect(errors([onPath(`/${'x'.repeat(129)}`, 'ImplementationSpecific', regex)])).toHaveLength(1);
    expect(errors([onPath('/a|b', 'Exact', regex)])).toHaveLength(1);
    expect(
      errors([onPath('/a|b', 'ImplementationSpecific', { 'use-regex-path-match': KNOWN_AFTER_APPLY })]),
    ).toEqual([]);
  });
});

describe('a host', () => {
  it.each([
    ['shop_web.example.com', 'shop-web.example.com'],
    ['Shop.example.com', 'shop.example.com'],
    ['https://shop.example.com', 'shop.example.com'],
    ['shop.example.com:8080', 'shop.example.com'],
    ['-shop.example.com', 'shop.example.com'],
    ['192.0.2.1', 'a192.0.2.example'],
    ['www.*.example.com', '*.www.example.com'],
    ['*shop.example.com', '*.shop.example.com'],
    ['*.*.example.com', '*.example.com'],
    ['localhost', 'localhost.localdomain'],
    ['shop.example.c0m', 'shop.xn--p1ai'],
    [`${'x'.repeat(60)}.${'x'.repeat(60)}.example.com`, `${'x'.repeat(60)}.${'x'.repeat(55)}.example.com`],
  ])('is not %s, but may be %s', (wrong, right) => {
    expect(errors([onHost(wrong)])).toEqual([`spec.rules[0].host=${wrong}`]);
    expect(errors([onHost(right)])).toEqual([]);
  });

  it('comes with one to write in its place', () => {
    expect(only([onHost('www.*.example.com')])).toMatchObject({
      prop: 'routes[].host',
      remedy: "write such as '*.www.example.com': a wildcard stands for the first label only",
    });
    expect(only([onHost('https://shop.example.com/cart')]).remedy).toBe("write such as 'shop.example.com'");
  });

  it('of tls is a DNS name too', () => {
    const tls = (host: string) =>
      ingress({ 'listen-ports': '[{"HTTPS":443}]' }, { tls: [{ hosts: [host] }] });
    expect(errors([tls('shop_web')])).toEqual(['spec.tls[0].hosts[0]=shop_web']);
    expect(errors([tls('*.example.com')])).toEqual([]);
  });

  it('may be any, or known after apply', () => {
    expect(errors([onHost('')])).toEqual([]);
    expect(errors([onHost(KNOWN_AFTER_APPLY)])).toEqual([]);
    expect(errors([onHost(`shop.${KNOWN_AFTER_APPLY}`)])).toEqual([]);
  });
});
