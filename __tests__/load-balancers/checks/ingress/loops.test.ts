import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY, type IngressPath, type IngressRule } from '../../../../load-balancers/model';
import { action, errors, ingress, only, path, rule } from './objects';

const BOTH = '[{"HTTP":80},{"HTTPS":443}]';
const tls = [{ hosts: ['shop.example.com'] }];

/** Routes whose actions redirect, by name. */
const redirecting = (
  redirects: Readonly<Record<string, object>>,
  rules: readonly IngressRule[],
  annotations: Record<string, string> = {},
) =>
  ingress(
    {
      ...annotations,
      ...Object.fromEntries(
        Object.entries(redirects).map(([name, config]) => [
          `actions.${name}`,
          JSON.stringify({ type: 'redirect', redirectConfig: { statusCode: 'HTTP_301', ...config } }),
        ]),
      ),
    },
    { rules, tls },
  );
const at = (host: string, ...paths: readonly IngressPath[]): IngressRule => ({ host, http: { paths } });
const wild = (name: string, text: string) => action(name, { path: text, pathType: 'ImplementationSpecific' });

describe('a redirect', () => {
  it.each<[string, ReturnType<typeof ingress>]>([
    ['to itself', redirecting({ a: {} }, [rule(action('a'))])],
    [
      'to itself in keywords',
      redirecting(
        {
          a: {
            host: '#{host}',
            path: '/#{path}',
            port: '#{port}',
            protocol: '#{protocol}',
            query: '#{query}',
          },
        },
        [rule(action('a'))],
      ),
    ],
    ['to its own port', redirecting({ a: { port: '80' } }, [rule(action('a'))])],
    ['to a path of its own', redirecting({ a: { path: '/old/new' } }, [rule(wild('a', '/old/*'))])],
    ['to a path that grows', redirecting({ a: { path: '/v2/#{path}' } }, [rule(action('a'))])],
    ['to a host of its own', redirecting({ a: { host: 'shop.example.com' } }, [rule(action('a'))])],
    [
      'to a host that its wildcard has',
      redirecting({ a: { host: 'www.example.com' } }, [at('*.example.com', action('a'))]),
    ],
    [
      'to a rule that comes later',
      redirecting({ a: { host: 'www.example.com' } }, [rule(action('a')), at('www.example.com', path())]),
    ],
    ['by its query alone', redirecting({ a: { query: 'from=old' } }, [rule(action('a'))])],
  ])('%s is a loop', (_, object) => {
    expect(errors([object])).toHaveLength(1);
    expect(only([object])).toMatchObject({
      annotation: 'alb.ingress.kubernetes.io/actions.a',
      prop: 'routes[].action',
      remedy: 'redirect to another host, path, port or protocol that no redirect matches',
    });
  });

  it('that comes back over another is one', () => {
    const ring = (back: object) =>
      redirecting({ a: { path: '/b' }, b: back }, [
        rule(action('a', { path: '/a', pathType: 'Exact' }), action('b', { path: '/b', pathType: 'Exact' })),
      ]);
    expect(errors([ring({ path: '/a' })])).toHaveLength(2);
    expect(errors([ring({ path: '/c' })])).toEqual([]);
  });

  it('that comes back over another listener is one', () => {
    const ports = { 'listen-ports': '[{"HTTP":80},{"HTTP":8080}]' };
    const ring = redirecting({ a: { port: '8080' }, b: { port: '80' } }, [rule(action('a'))], ports);
    expect(errors([{ ...ring, metadata: { ...ring.metadata } }])).toContain('actions.b=b');
    const [a, b] = ['80', '8080'].map((port, index) => ({
      ...redirecting({ a: { port } }, [rule(action('a'))], {
        'group.name': 'shop',
        'listen-ports': `[{"HTTP":${index === 0 ? 8080 : 80}}]`,
      }),
    }));
    if (a === undefined || b === undefined) throw new Error('two Ingresses');
    const other = { ...b, metadata: { ...b.metadata, name: 'zoo' } };
    expect(errors([a, other])).toHaveLength(2);
    expect(errors([a])).toEqual([]);
  });

  it('that comes back over the redirect to HTTPS is one', () => {
    const back = redirecting({ a: { protocol: 'HTTP', port: '80' } }, [rule(action('a'))], {
      'listen-ports': BOTH,
      'ssl-redirect': '443',
    });
    expect(errors([back])).toEqual(['actions.a=HTTP', expect.stringContaining('actions.a={')]);
  });

  it('of the default backend is one', () => {
    const object = redirecting({ a: { host: 'shop.example.com' } }, []);
    const defaulting = (rules: readonly IngressRule[]) => ({
      ...object,
      spec: { ...object.spec, rules, defaultBackend: action('a').backend },
    });
    expect(errors([defaulting([])])).toHaveLength(1);
    expect(errors([defaulting([at('shop.example.com', path())])])).toEqual([]);
  });
});

describe('a redirect that ends', () => {
  it.each<[string, ReturnType<typeof ingress>]>([
    [
      'at HTTPS',
      redirecting({ a: { protocol: 'HTTPS', port: '443' } }, [rule(action('a')), rule(path())], {
        'listen-ports': BOTH,
      }),
    ],
    [
      'at another host',
      redirecting({ a: { host: 'www.example.com' } }, [
        at('example.com', action('a')),
        at('www.example.com', path()),
      ]),
    ],
    [
      'at a host that comes first',
      redirecting({ a: { host: 'www.example.com' } }, [at('www.example.com', path()), rule(action('a'))]),
    ],
    ['at another path', redirecting({ a: { path: '/new' } }, [rule(action('a', { path: '/old' }), path())])],
    [
      'at a path that comes first',
      redirecting({ a: { path: '/home' } }, [
        rule(path('web', { path: '/home', pathType: 'Exact' }), action('a')),
      ]),
    ],
    ['elsewhere', redirecting({ a: { host: 'shop.example.org' } }, [at('shop.example.com', action('a'))])],
    ['at another site', redirecting({ a: { host: 'shop.example.org' } }, [rule(action('a'))])],
    ['at another port', redirecting({ a: { port: '8443', protocol: 'HTTPS' } }, [rule(action('a'))])],
    ['nobody knows where', redirecting({ a: { host: KNOWN_AFTER_APPLY } }, [rule(action('a'))])],
  ])('%s is none', (_, object) => {
    expect(errors([object])).toEqual([]);
  });

  it('by a condition that may come first is none', () => {
    const object = redirecting({ a: { path: '/x' } }, [rule(path('web', { path: '/' })), rule(action('a'))]);
    const conditions = JSON.stringify([
      { field: 'http-header', httpHeaderConfig: { httpHeaderName: 'X-Seen', values: ['1'] } },
    ]);
    const annotations = {
      ...object.metadata.annotations,
      'alb.ingress.kubernetes.io/conditions.web': conditions,
    };
    expect(errors([{ ...object, metadata: { ...object.metadata, annotations } }])).toEqual([]);
  });

  it('by a condition on the query is none', () => {
    const query = JSON.stringify([
      { field: 'query-string', queryStringConfig: { values: [{ key: 'old', value: '1' }] } },
    ]);
    const object = redirecting({ a: { query: 'new=1' } }, [rule(action('a'))], { 'conditions.a': query });
    expect(errors([object])).toEqual([]);
  });

  it('by a regular expression is not judged', () => {
    const object = redirecting({ a: { path: '/new' } }, [rule(wild('a', '/^/(old|new)$'))], {
      'use-regex-path-match': 'true',
    });
    expect(errors([object])).toEqual([]);
  });
});
