import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answersTo, requestOf, unreachableRules } from '../../../../load-balancers/checks';
import { covers, matches } from '../../../../load-balancers/checks/requests/patterns';
import { type Ingress, type LoadBalancer } from '../../../../load-balancers/model';
import { ingress, modelOf } from '../../model/built';

type Written = readonly [host: string | undefined, path: string, pathType?: string];

const named = (name: string, routes: readonly Written[], annotations = {}): Ingress =>
  ingress(annotations, {
    name,
    rules: routes.map(([host, path, pathType = 'ImplementationSpecific']) => ({
      ...(host !== undefined && { host }),
      http: {
        paths: [{ path, pathType, backend: { service: { name: 'web', port: { number: 80 } } } }],
      },
    })),
  });

function hidden(...ingresses: readonly Ingress[]): string[] {
  const { LoadBalancers, Refusals } = modelOf(ingresses);
  expect(Refusals).toEqual([]);
  return unreachableRules(LoadBalancers).map(
    ({ Rule, TakenBy }) => `${Rule.Priority} by ${TakenBy.map(({ Priority }) => Priority).join()}`,
  );
}

const group = { 'group.name': 'edge' };

describe('a rule that no request reaches', () => {
  it.each<[string, Written[], string[]]>([
    [
      'a wildcard before a path',
      [
        [undefined, '/*'],
        [undefined, '/reports'],
      ],
      ['2 by 1'],
    ],
    [
      'no host before a host',
      [
        [undefined, '/', 'Prefix'],
        ['a.example.com', '/', 'Prefix'],
      ],
      ['2 by 1'],
    ],
    [
      'a wildcard host before its own',
      [
        ['*.example.com', '/*'],
        ['a.example.com', '/x'],
      ],
      ['2 by 1'],
    ],
    [
      'two paths that are one prefix',
      [
        [undefined, '/a'],
        [undefined, '/a/*'],
        [undefined, '/a', 'Prefix'],
      ],
      ['3 by 1,2'],
    ],
    [
      'one letter for any',
      [
        [undefined, '/?'],
        [undefined, '/a'],
      ],
      ['2 by 1'],
    ],
    [
      'another host',
      [
        ['a.example.com', '/*'],
        ['b.example.com', '/*'],
      ],
      [],
    ],
    [
      'a narrower path before',
      [
        [undefined, '/a*'],
        [undefined, '/*'],
      ],
      [],
    ],
    [
      'any letters for one',
      [
        [undefined, '/?'],
        [undefined, '/*'],
      ],
      [],
    ],
  ])('is found: %s', (_, routes, expected) => {
    expect(hidden(named('app', routes))).toEqual(expected);
  });

  it('is found across a group', () => {
    const [a, b] = [
      named('a', [['www.example.com', '/*']], group),
      named('b', [['www.example.com', '/reports/', 'Prefix']], group),
    ];
    expect(hidden(a, b)).toEqual(['2 by 1']);
  });

  it('isn’t one where the first asks for more', () => {
    const conditions = JSON.stringify([
      { field: 'http-request-method', httpRequestMethodConfig: { values: ['GET'] } },
    ]);
    const asking = { ...group, 'conditions.web': conditions };
    expect(hidden(named('a', [[undefined, '/*']], asking), named('b', [[undefined, '/x']], group))).toEqual(
      [],
    );
    expect(hidden(named('a', [[undefined, '/*']], asking), named('b', [[undefined, '/x']], asking))).toEqual([
      '2 by 1',
    ]);
  });
});

const letters = fc.constantFrom('a', 'b', '*', '?');
const pattern = fc.array(letters, { maxLength: 5 }).map((all) => all.join(''));
const plain = fc.array(fc.constantFrom('a', 'b'), { maxLength: 6 }).map((all) => all.join(''));

it('what a pattern covers, it matches', () => {
  fc.assert(
    fc.property(pattern, pattern, plain, (general, special, text) => {
      if (covers(general, special) && matches(special, text)) expect(matches(general, text)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

describe('a request', () => {
  const lb = (...routes: readonly Written[]): readonly LoadBalancer[] =>
    modelOf([named('app', routes)]).LoadBalancers;

  it('is answered by the first rule that takes it, or by default', () => {
    const all = lb(['a.example.com', '/x', 'Prefix'], [undefined, '/y*']);
    const priorityOf = (url: string) => answersTo(all, requestOf(url)).map(({ Rule }) => Rule?.Priority);
    expect(priorityOf('http://A.example.com/x/1')).toEqual([1]);
    expect(priorityOf('http://b.example.com/yes')).toEqual([2]);
    expect(priorityOf('http://b.example.com/x')).toEqual([undefined]);
    expect(priorityOf('https://a.example.com/x')).toEqual([]);
    expect(() => requestOf('ftp://a')).toThrow(TypeError);
  });

  it('is never answered by a rule that no request reaches', () => {
    const route = fc.tuple(
      fc.constantFrom(undefined, 'a.example.com', '*.example.com'),
      fc.constantFrom('/', '/*', '/a', '/a/*', '/a*', '/?', '/a/b'),
      fc.constantFrom('Prefix', 'ImplementationSpecific'),
    );
    const urls = ['a', 'b'].flatMap((host) =>
      ['/', '/a', '/a/b', '/ab', '/b'].map((path) => `http://${host}.example.com${path}`),
    );
    fc.assert(
      fc.property(fc.array(route, { minLength: 1, maxLength: 6 }), (routes) => {
        const legal = routes.filter(([, path, type]) => type !== 'Prefix' || !/[*?]/.test(path));
        if (legal.length === 0) return;
        const all = lb(...legal);
        const unreached = unreachableRules(all).map(({ Rule }) => Rule);
        for (const { Rule } of urls.flatMap((url) => answersTo(all, requestOf(url)))) {
          expect(unreached).not.toContain(Rule);
        }
      }),
      { numRuns: 200 },
    );
  });
});
