import { describe, expect, it } from '@jest/globals';
import { optimizeRules } from '../../../../load-balancers/model/ingress/rule-optimizer';
import { type Action, type RedirectConfig, type RuleCondition } from '../../../../load-balancers/model/model';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model/unknown';

const host = (...Values: string[]): RuleCondition => ({ Field: 'host-header', HostHeaderConfig: { Values } });
const path = (...Values: string[]): RuleCondition => ({
  Field: 'path-pattern',
  PathPatternConfig: { Values },
});
const regex = (...RegexValues: string[]): RuleCondition => ({
  Field: 'path-pattern',
  PathPatternConfig: { RegexValues },
});
const rule = (name: string, Conditions: readonly RuleCondition[], ...Actions: readonly Action[]) => ({
  name,
  Conditions,
  Actions,
});
const redirect = (config: Partial<RedirectConfig> = {}): Action => ({
  Type: 'redirect',
  RedirectConfig: { StatusCode: 'HTTP_301', ...config },
});
const forward: Action = { Type: 'forward', ForwardConfig: { TargetGroups: [] } };
const HTTPS = { port: 443, protocol: 'HTTPS' };
const HTTP = { port: 80, protocol: 'HTTP' };
const toHttps = redirect({ Protocol: 'HTTPS', Port: '443' });

const namesLeft = (rules: readonly ReturnType<typeof rule>[], listener = HTTP) =>
  optimizeRules(listener, rules).map(({ name }) => name);

describe('a redirect to itself', () => {
  const rules = [rule('redirect', [path('/*')], toHttps), rule('forward', [host('example.com')], forward)];

  it('is left out; the other listener has nothing but it', () => {
    expect(namesLeft(rules, HTTPS)).toEqual(['forward']);
    expect(namesLeft(rules, HTTP)).toEqual(['redirect']);
  });

  const conditions = [host('www.example.com', 'example.com'), path('/home', '/')];
  it.each<[Partial<RedirectConfig>]>([
    [{}],
    [{ Host: '#{host}', Path: '/#{path}', Port: '#{port}', Protocol: '#{protocol}', Query: '#{query}' }],
    [{ Host: 'example.com' }],
    [{ Path: '/home' }],
    [{ Port: '443' }],
    [{ Protocol: 'HTTPS' }],
  ])('is %j', (config) => {
    expect(namesLeft([rule('redirect', conditions, redirect(config))], HTTPS)).toEqual([]);
  });

  it.each<[Partial<RedirectConfig>]>([
    [{ Host: 'other.example.com' }],
    [{ Path: '/other' }],
    [{ Port: '80' }],
    [{ Protocol: 'HTTP' }],
    [{ Query: 'a=b' }],
    [{ Host: KNOWN_AFTER_APPLY }],
  ])('is not %j', (config) => {
    expect(namesLeft([rule('redirect', conditions, redirect(config))], HTTPS)).toEqual(['redirect']);
  });

  it('is not looked for among regular expressions', () => {
    expect(namesLeft([rule('redirect', [regex('^/a')], redirect())], HTTPS)).toEqual(['redirect']);
  });

  it('may ask who someone is before', () => {
    const authenticate: Action = {
      Type: 'jwt-validation',
      JwtValidationConfig: { JwksEndpoint: 'a', Issuer: 'b' },
    };
    expect(namesLeft([rule('redirect', [path('/*')], authenticate, toHttps)], HTTPS)).toEqual([]);
  });
});

describe('a rule after a redirect of all its requests', () => {
  const left = (
    first: readonly RuleCondition[],
    second: readonly RuleCondition[],
    action: Action = toHttps,
  ): boolean => namesLeft([rule('first', first, action), rule('second', second, forward)]).includes('second');

  it.each<[string, readonly RuleCondition[], readonly RuleCondition[]]>([
    ['all hosts', [host('a', 'b')], [host('a')]],
    ['its host on any path', [host('a', 'b')], [host('b'), path('/x')]],
    ['all paths', [path('/a', '/b')], [path('/b')]],
    ['its path on any host', [path('/a', '/b')], [path('/b'), host('a')]],
    ['every path', [path('/*')], [path('/x')]],
    ['every path, where it has none', [path('/*')], [host('a')]],
    ['every path of its host', [host('a'), path('/x', '/*')], [host('a')]],
    ['hosts and paths', [host('a', 'b'), path('/a', '/b')], [host('b'), path('/b', '/a')]],
    ['the same expressions', [regex('^/a', '^/b')], [regex('^/b')]],
    ['no condition', [], [host('a'), path('/x')]],
    [
      'another condition of its own',
      [host('a')],
      [host('a'), { Field: 'source-ip', SourceIpConfig: { Values: ['10.0.0.0/8'] } }],
    ],
    [
      'hosts by expression, which the controller takes for any',
      [{ Field: 'host-header', HostHeaderConfig: { RegexValues: ['^a'] } }],
      [host('z')],
    ],
  ])('is left out: %s', (_, first, second) => {
    expect(left(first, second)).toBe(false);
    expect(left(first, second, forward)).toBe(true);
  });

  it.each<[string, readonly RuleCondition[], readonly RuleCondition[]]>([
    ['another host', [host('a')], [host('a', 'b')]],
    ['any host', [host('a')], [path('/a')]],
    ['another path', [path('/a')], [path('/a', '/b')]],
    ['any path', [path('/a')], [host('a')]],
    ['another path of its host', [host('a'), path('/a')], [host('a'), path('/b')]],
    ['its path of another host', [host('a'), path('/a')], [host('b'), path('/a')]],
    ['another expression', [regex('^/.*$')], [regex('^/a')]],
    [
      'what another condition leaves',
      [host('a'), { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['GET'] } }],
      [host('a')],
    ],
    ['what an unknown condition leaves', [{ Field: KNOWN_AFTER_APPLY }], [host('a')]],
  ])('stays: %s', (_, first, second) => {
    expect(left(first, second)).toBe(true);
  });

  it('is left out if it is a redirect too, and then overshadows nothing', () => {
    const names = namesLeft([
      rule('a', [host('a')], toHttps),
      rule('a again', [host('a'), path('/x')], toHttps),
      rule('b', [host('b')], toHttps),
      rule('a, later', [host('a'), path('/y')], forward),
      rule('c', [host('c')], forward),
    ]);
    expect(names).toEqual(['a', 'b', 'c']);
  });

  it('is left out whichever of the redirects of its path leaves nothing', () => {
    const names = namesLeft([
      rule('a, b', [path('/a', '/b')], toHttps),
      rule('a, c', [path('/a', '/c')], toHttps),
      rule('c, a', [path('/a', '/c'), host('a')], forward),
      rule('b, c', [path('/b', '/c')], forward),
    ]);
    expect(names).toEqual(['a, b', 'a, c', 'b, c']);
  });

  it('does not wait behind redirects of other hosts and paths', () => {
    const many = Array.from({ length: 1000 }, (_, index) =>
      rule(String(index), [host('a'), path(`/${index}`)], toHttps),
    );
    expect(namesLeft([...many, ...many])).toHaveLength(1000);
  });
});
