import { describe, expect, it } from '@jest/globals';
import { readConditions } from '../../../../load-balancers/model/ingress/conditions';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model/unknown';
import { backendOf, ingressOf, pathsOf, refusalOf, rulesOf, serviceOf, type Annotations } from './given';

const services = [serviceOf('web')];

function conditionsOf(
  { path, pathType, host }: { path?: string; pathType?: string; host?: string },
  annotations: Annotations = {},
) {
  const ingress = pathsOf([{ path, pathType, backend: backendOf('web') }], annotations, host);
  return rulesOf(ingress, { services }).flatMap(({ Conditions }) => Conditions);
}

function valuesOf(path: string, pathType?: string, annotations?: Annotations) {
  return conditionsOf({ path, pathType }, annotations).flatMap(
    ({ PathPatternConfig }) => PathPatternConfig?.Values ?? [],
  );
}

describe('path patterns', () => {
  it.each([
    ['/*', undefined, ['/*']],
    ['/abc/', undefined, ['/abc/']],
    ['/', 'ImplementationSpecific', ['/']],
    ['/abc', 'ImplementationSpecific', ['/abc']],
    ['/abc/def/', 'ImplementationSpecific', ['/abc/def/']],
    ['/*', 'ImplementationSpecific', ['/*']],
    ['/?', 'ImplementationSpecific', ['/?']],
    ['/', 'Exact', ['/']],
    ['/abc', 'Exact', ['/abc']],
    ['/abc/', 'Exact', ['/abc/']],
    ['/abc/def/', 'Exact', ['/abc/def/']],
    ['/', 'Prefix', ['/*']],
    ['/abc', 'Prefix', ['/abc', '/abc/*']],
    ['/abc/', 'Prefix', ['/abc', '/abc/*']],
    ['/abc/def', 'Prefix', ['/abc/def', '/abc/def/*']],
    ['/abc//', 'Prefix', ['/abc/', '/abc//*']],
    [KNOWN_AFTER_APPLY, 'Prefix', [KNOWN_AFTER_APPLY, `${KNOWN_AFTER_APPLY}/*`]],
  ])('of %s, %s', (path, pathType, patterns) => {
    expect(valuesOf(path, pathType)).toEqual(patterns);
  });

  it.each([
    ['/*', 'Exact', "exact path shouldn't contain wildcards: /*"],
    ['/?', 'Exact', "exact path shouldn't contain wildcards: /?"],
    ['/*', 'Prefix', "prefix path shouldn't contain wildcards: /*"],
    ['/?', 'Prefix', "prefix path shouldn't contain wildcards: /?"],
  ])('%s is refused as %s', (path, pathType, message) => {
    expect(refusalOf(() => valuesOf(path, pathType)).message).toBe(`ingress: shop/app: ${message}`);
  });

  it('are regular expressions without the slash at the front where the Ingress says so', () => {
    const annotations = { 'use-regex-path-match': 'true' };
    expect(conditionsOf({ path: '/^/api/.+$' }, annotations)).toEqual([
      { Field: 'path-pattern', PathPatternConfig: { RegexValues: ['^/api/.+$'] } },
    ]);
    const sourcesOf = (pathType?: string) =>
      rulesOf(pathsOf([{ path: '/a', pathType, backend: backendOf('web') }], annotations), { services })[0]
        ?.Origin.Conditions;
    expect(sourcesOf()).toEqual([
      { Kind: 'Ingress', Name: 'shop/app', Field: 'spec.rules[0].http.paths[0]' },
      { Kind: 'Ingress', Name: 'shop/app', Annotation: 'alb.ingress.kubernetes.io/use-regex-path-match' },
    ]);
    expect(sourcesOf('Exact')).toHaveLength(1);
    expect(valuesOf('/abc', 'Prefix', annotations)).toEqual(['/abc', '/abc/*']);
    expect(valuesOf('/abc', undefined, { 'use-regex-path-match': 'false' })).toEqual(['/abc']);
    expect(valuesOf('/abc', undefined, { 'use-regex-path-match': KNOWN_AFTER_APPLY })).toEqual([
      KNOWN_AFTER_APPLY,
    ]);
    expect(refusalOf(() => valuesOf('/abc', undefined, { 'use-regex-path-match': 'yes' })).message).toBe(
      'ingress: shop/app: failed to parse bool annotation, alb.ingress.kubernetes.io/use-regex-path-match: yes: ' +
        'strconv.ParseBool: parsing "yes": invalid syntax',
    );
  });
});

describe('conditions of a rule', () => {
  it('are host, then path', () => {
    expect(conditionsOf({ host: '*.example.com', path: '/a', pathType: 'Exact' })).toEqual([
      { Field: 'host-header', HostHeaderConfig: { Values: ['*.example.com'] } },
      { Field: 'path-pattern', PathPatternConfig: { Values: ['/a'] } },
    ]);
    expect(conditionsOf({ host: 'example.com' })).toEqual([
      { Field: 'host-header', HostHeaderConfig: { Values: ['example.com'] } },
    ]);
  });

  it('are every path where nothing else is said', () => {
    expect(conditionsOf({})).toEqual([{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }]);
  });

  it('are widened by hosts and paths of the annotation, and narrowed by all else', () => {
    const conditions = conditionsOf(
      { host: 'a.example.com', path: '/a', pathType: 'Exact' },
      {
        'conditions.web': [
          { field: 'host-header', hostHeaderConfig: { values: ['b.example.com'] } },
          { field: 'http-header', httpHeaderConfig: { httpHeaderName: 'X-Beta', values: ['1', '2'] } },
          { field: 'http-header', httpHeaderConfig: { httpHeaderName: 'X-Id', regexValues: ['^a'] } },
          { field: 'path-pattern', pathPatternConfig: { values: ['/b'] } },
          { field: 'http-request-method', httpRequestMethodConfig: { values: ['GET'] } },
          {
            field: 'query-string',
            queryStringConfig: { values: [{ key: 'beta', value: '1' }, { value: 'all' }] },
          },
          { field: 'source-ip', sourceIPConfig: { values: ['10.0.0.0/8'] } },
          { field: 'unheard-of' },
        ],
      },
    );
    expect(conditions).toEqual([
      { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Beta', Values: ['1', '2'] } },
      { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Id', RegexValues: ['^a'] } },
      { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['GET'] } },
      {
        Field: 'query-string',
        QueryStringConfig: { Values: [{ Key: 'beta', Value: '1' }, { Value: 'all' }] },
      },
      { Field: 'source-ip', SourceIpConfig: { Values: ['10.0.0.0/8'] } },
      { Field: 'host-header', HostHeaderConfig: { Values: ['a.example.com', 'b.example.com'] } },
      { Field: 'path-pattern', PathPatternConfig: { Values: ['/a', '/b'] } },
    ]);
  });

  it('may be regular expressions of hosts and paths', () => {
    const annotations = {
      'use-regex-path-match': 'true',
      'conditions.web': [
        { field: 'host-header', hostHeaderConfig: { regexValues: ['^a'] } },
        { field: 'path-pattern', pathPatternConfig: { regexValues: ['^/b'] } },
      ],
    };
    expect(conditionsOf({ path: '/^/a' }, annotations)).toEqual([
      { Field: 'host-header', HostHeaderConfig: { RegexValues: ['^a'] } },
      { Field: 'path-pattern', PathPatternConfig: { RegexValues: ['^/a', '^/b'] } },
    ]);
  });

  it.each([
    [
      'host',
      { field: 'host-header', hostHeaderConfig: { regexValues: ['^a', '^b'] } },
      'host condition must specify exactly one of Values and RegexValues, ' +
        'got both Values [a.example.com] and RegexValues [^a ^b]',
    ],
    [
      'path',
      { field: 'path-pattern', pathPatternConfig: { regexValues: ['^a'] } },
      'path condition must specify exactly one of Values and RegexValues, ' +
        'got both Values [/a /a/*] and RegexValues [^a]',
    ],
  ])('are refused where %s is matched both ways', (_, condition, message) => {
    const place = { host: 'a.example.com', path: '/a', pathType: 'Prefix' };
    const refusal = refusalOf(() => conditionsOf(place, { 'conditions.web': [condition] }));
    expect(refusal.message).toBe(`ingress: shop/app: ${message}`);
    expect(refusal.source?.Field).toBe('spec.rules[0].http.paths[0].path');
  });

  it('are one unknown condition where the annotation, or a field, is unknown', () => {
    expect(conditionsOf({}, { 'conditions.web': [{ field: KNOWN_AFTER_APPLY }] })).toEqual([
      { Field: KNOWN_AFTER_APPLY },
    ]);
    expect(conditionsOf({ host: 'a' }, { 'conditions.web': KNOWN_AFTER_APPLY })).toEqual([
      { Field: KNOWN_AFTER_APPLY },
      { Field: 'host-header', HostHeaderConfig: { Values: ['a'] } },
    ]);
  });
});

describe('the annotation', () => {
  const read = (conditions: unknown) =>
    readConditions(ingressOf({}, { 'conditions.web': conditions }), 'web');

  it('is nothing for another Service', () => {
    expect(readConditions(ingressOf({}, { 'conditions.web': 'broken' }), 'api')).toEqual([]);
  });

  it('may have its keys in any case', () => {
    expect(read([{ Field: 'host-header', HostHeaderConfig: { Values: ['a'] } }])).toMatchObject([
      { field: 'host-header', hostHeaderConfig: { values: ['a'], regexValues: [] } },
    ]);
  });

  it.each([
    [{ field: 'host-header' }, 'missing hostHeaderConfig'],
    [{ field: 'path-pattern', pathPatternConfig: null }, 'missing pathPatternConfig'],
    [{ field: 'http-header' }, 'missing httpHeaderConfig'],
    [{ field: 'http-request-method' }, 'missing httpRequestMethodConfig'],
    [{ field: 'query-string' }, 'missing queryStringConfig'],
    [{ field: 'source-ip' }, 'missing sourceIPConfig'],
    [
      { field: 'host-header', hostHeaderConfig: { values: ['a'], regexValues: ['b'] } },
      'invalid hostHeaderConfig: precisely one of values and regexValues can be specified',
    ],
    [
      { field: 'path-pattern', pathPatternConfig: {} },
      'invalid pathPatternConfig: values or regexValues must be specified',
    ],
    [
      { field: 'http-header', httpHeaderConfig: { httpHeaderName: 'a', values: [] } },
      'invalid httpHeaderConfig: values or regexValues must be specified',
    ],
    [
      { field: 'http-request-method', httpRequestMethodConfig: {} },
      'invalid httpRequestMethodConfig: values cannot be empty',
    ],
    [
      { field: 'query-string', queryStringConfig: { values: null } },
      'invalid queryStringConfig: Values cannot be empty',
    ],
    [
      { field: 'query-string', queryStringConfig: { values: [{ key: 'a' }] } },
      'invalid queryStringConfig: value cannot be empty',
    ],
    [
      { field: 'source-ip', sourceIPConfig: { values: [] } },
      'invalid sourceIPConfig: values cannot be empty',
    ],
  ])('%j is refused', (condition, message) => {
    const refusal = refusalOf(() => read([condition]));
    expect(refusal.message).toBe(message);
    expect(refusal.source?.Annotation).toBe('alb.ingress.kubernetes.io/conditions.web');
  });

  it('is refused in the words of Go where it has another form', () => {
    const raw = '[{"field":"source-ip","sourceIPConfig":{"values":"10.0.0.0/8"}}]';
    expect(refusalOf(() => read(raw)).message).toBe(
      `failed to parse json annotation, alb.ingress.kubernetes.io/conditions.web: ${raw}: json: cannot unmarshal ` +
        'string into Go struct field SourceIPConditionConfig.sourceIPConfig.values of type []string',
    );
  });
});
