import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { httpRules, routeUrl, type HttpRoute } from '../../../../load-balancers/language/ingress/routes';

const route = (overrides: Partial<HttpRoute>): HttpRoute => ({
  path: '/',
  pathType: 'Prefix',
  service: 'users',
  port: 80,
  ...overrides,
});

describe('httpRules', () => {
  it('tries named hosts, then wildcards, then any host', () => {
    const hosts = [undefined, '*.example.com', 'b.example.com', '*.shop.example.com', 'a.example.com'];
    expect(httpRules(hosts.map((host) => route({ host }))).map(({ host }) => host)).toEqual([
      'a.example.com',
      'b.example.com',
      '*.shop.example.com',
      '*.example.com',
      undefined,
    ]);
  });

  it('tries exact paths, then longer prefixes, then implementation-specific ones as given', () => {
    const [rule] = httpRules([
      route({ path: '/z*', pathType: 'ImplementationSpecific' }),
      route({ path: '/a-long*', pathType: 'ImplementationSpecific' }),
      route({ path: '/' }),
      route({ path: '/api' }),
      route({ path: '/api/users' }),
      route({ path: '/abc' }),
      route({ path: '/x', pathType: 'Exact' }),
    ]);
    expect(rule?.routes.map(({ path }) => path)).toEqual([
      '/x',
      '/api/users',
      '/abc',
      '/api',
      '/',
      '/z*',
      '/a-long*',
    ]);
  });

  it('refuses two routes for the same requests, naming both services', () => {
    expect(() =>
      httpRules([
        route({ path: '/api', service: 'users', host: 'a.example.com' }),
        route({ path: '/api', service: 'products', host: 'a.example.com' }),
      ]),
    ).toThrow('path a.example.com/api (Prefix) leads to users and to products');
  });

  it('lets a path be exact for one service and a prefix for another', () => {
    const rules = httpRules([
      route({ path: '/api' }),
      route({ path: '/api', pathType: 'Exact', service: 'products' }),
    ]);
    expect(rules[0]?.routes.map(({ service }) => service)).toEqual(['products', 'users']);
  });

  it('gives the same rules whatever the order of the services, and loses none', () => {
    const routes = fc.uniqueArray(
      fc.record({
        host: fc.constantFrom(undefined, 'a.example.com', '*.example.com'),
        path: fc.stringMatching(/^\/[a-c]{0,4}$/),
        pathType: fc.constantFrom('Exact' as const, 'Prefix' as const),
      }),
      { selector: ({ host, path, pathType }) => `${host} ${path} ${pathType}` },
    );
    fc.assert(
      fc.property(routes, (given) => {
        const all = given.map((each) => route(each));
        const rules = httpRules(all);
        expect(httpRules([...all].reverse())).toEqual(rules);
        expect(rules.flatMap((rule) => rule.routes)).toHaveLength(all.length);
        for (const { routes: ordered } of rules) {
          ordered.forEach((later, index) => {
            for (const earlier of ordered.slice(0, index)) {
              const hides = earlier.pathType === 'Prefix' && later.path.startsWith(earlier.path);
              expect(hides).toBe(false);
            }
          });
        }
      }),
    );
  });
});

describe('routeUrl', () => {
  it('is at the load balancer for a route of any host', () => {
    expect(routeUrl(route({ path: '/api' }), 'lb.example.org')).toBe('http://lb.example.org/api');
  });

  it('is at the host of the route', () => {
    expect(routeUrl(route({ host: 'a.example.com' }), 'lb.example.org')).toBe('http://a.example.com/');
  });
});
