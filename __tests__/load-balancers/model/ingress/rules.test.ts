import { describe, expect, it } from '@jest/globals';
import { buildRules } from '../../../../load-balancers/model/ingress/rules';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model/unknown';
import {
  backendOf,
  defaultActionsOf,
  groupOf,
  HTTP,
  HTTPS,
  ingressOf,
  paramsOf,
  pathsOf,
  refusalOf,
  rulesOf,
  serviceOf,
} from './given';

const services = [serviceOf('web'), serviceOf('api')];
const path = (value: string | undefined, pathType?: string, service = 'web') => ({
  path: value,
  pathType,
  backend: backendOf(service),
});
const PLACE = { Kind: 'Ingress', Name: 'shop/app' };
const patternsOf = (rules: ReturnType<typeof rulesOf>) =>
  rules.map(({ Conditions }) =>
    Conditions.flatMap(({ PathPatternConfig }) => PathPatternConfig?.Values ?? []),
  );

describe('order of rules', () => {
  it('is exact paths, then prefixes from the longest on, then others as they are written', () => {
    const ingress = pathsOf([
      path('/any/*'),
      path('/a', 'Prefix'),
      path('/z', 'Exact'),
      path('/other/*', 'ImplementationSpecific'),
      path('/longest', 'Prefix'),
      path('/b', 'Prefix'),
      path('/y', 'Exact'),
    ]);
    const rules = rulesOf(ingress, { services });
    expect(patternsOf(rules)).toEqual([
      ['/z'],
      ['/y'],
      ['/longest', '/longest/*'],
      ['/a', '/a/*'],
      ['/b', '/b/*'],
      ['/any/*'],
      ['/other/*'],
    ]);
    expect(rules.map(({ Priority }) => Priority)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('counts the length of a prefix in bytes', () => {
    const rules = rulesOf(pathsOf([path('/abc', 'Prefix'), path('/éé', 'Prefix')]), { services });
    expect(patternsOf(rules)).toEqual([
      ['/éé', '/éé/*'],
      ['/abc', '/abc/*'],
    ]);
  });

  it('takes a prefix without a path for the shortest', () => {
    const rules = rulesOf(pathsOf([path(undefined, 'Prefix'), path('/a', 'Prefix')]), { services });
    expect(patternsOf(rules)).toEqual([['/a', '/a/*'], ['/*']]);
  });

  it('keeps hosts, and Ingresses, one after the other', () => {
    const first = ingressOf(
      {
        rules: [
          { host: 'a.example.com', http: { paths: [path('/*')] } },
          { host: 'nothing.example.com' },
          { host: 'b.example.com', http: { paths: [path('/b', 'Exact')] } },
        ],
      },
      {},
      'first',
    );
    const second = ingressOf({ rules: [{ http: { paths: [path('/c', 'Exact', 'api')] } }] }, {}, 'second');
    const group = groupOf([first, second, ingressOf({}, {}, 'third')], { services });
    const rules = buildRules(group, HTTP, group.group.members);
    expect(patternsOf(rules)).toEqual([['/*'], ['/b'], ['/c']]);
    expect([...group.targetGroups.keys()]).toEqual(['shop/first-web:80', 'shop/second-api:80']);
  });

  it('makes one of each of a thousand paths', () => {
    const paths = Array.from({ length: 1000 }, (_, index) => path(`/path-${index}`, 'Prefix'));
    expect(rulesOf(pathsOf(paths), { services })).toHaveLength(1000);
  });

  it('refuses a path type that it does not know', () => {
    const refusal = refusalOf(() => rulesOf(pathsOf([path('/'), path('/ccc', 'unknown')]), { services }));
    expect(refusal.message).toBe('unknown pathType for path /ccc');
    expect(refusal.source).toEqual({ ...PLACE, Field: 'spec.rules[0].http.paths[1]' });
    expect(refusalOf(() => rulesOf(pathsOf([path(undefined, 'no')]), { services })).message).toBe(
      'unknown pathType for path ',
    );
  });
});

describe('a rule', () => {
  it('says which path, and which annotations, it comes from', () => {
    const ingress = pathsOf(
      [path('/a'), path('/b', 'Exact', 'api')],
      {
        'conditions.api': [{ field: 'source-ip', sourceIPConfig: { values: ['10.0.0.0/8'] } }],
        'transforms.api': [
          { type: 'url-rewrite', urlRewriteConfig: { rewrites: [{ regex: '^/b', replace: '/' }] } },
        ],
        tags: 'team=shop',
      },
      'shop.example.com',
    );
    const [rule, other] = rulesOf(ingress, { services });
    const place = { ...PLACE, Field: 'spec.rules[0].http.paths[1]' };
    const annotation = (suffix: string) => ({ ...PLACE, Annotation: `alb.ingress.kubernetes.io/${suffix}` });
    expect(rule).toEqual({
      Priority: 1,
      Conditions: [
        { Field: 'source-ip', SourceIpConfig: { Values: ['10.0.0.0/8'] } },
        { Field: 'host-header', HostHeaderConfig: { Values: ['shop.example.com'] } },
        { Field: 'path-pattern', PathPatternConfig: { Values: ['/b'] } },
      ],
      Actions: [
        {
          Type: 'forward',
          ForwardConfig: {
            TargetGroups: [{ TargetGroupArn: KNOWN_AFTER_APPLY, TargetGroup: 'shop/app-api:80' }],
          },
        },
      ],
      Transforms: [{ Type: 'url-rewrite', UrlRewriteConfig: { Rewrites: [{ Regex: '^/b', Replace: '/' }] } }],
      Tags: [{ Key: 'team', Value: 'shop' }],
      Origin: {
        Conditions: [place, annotation('conditions.api')],
        Actions: [place],
        Transforms: [annotation('transforms.api')],
        Tags: [annotation('tags')],
      },
    });
    expect(other?.Origin).toEqual({
      Conditions: [{ ...PLACE, Field: 'spec.rules[0].http.paths[0]' }],
      Actions: [{ ...PLACE, Field: 'spec.rules[0].http.paths[0]' }],
      Tags: [annotation('tags')],
    });
  });

  it('is refused in the name of its Ingress', () => {
    const refusal = refusalOf(() => rulesOf(pathsOf([path('/a?', 'Exact')]), { services }));
    expect(refusal.message).toBe("ingress: shop/app: exact path shouldn't contain wildcards: /a?");
    expect(refusal.source).toEqual({ ...PLACE, Field: 'spec.rules[0].http.paths[0].path' });
  });

  it('passes on what is no refusal', () => {
    const broken = { ...pathsOf([path('/')]), metadata: undefined };
    expect(() => rulesOf(broken as never, { services })).toThrow(TypeError);
  });

  it('passes on what is not known yet', () => {
    const host = `web.${KNOWN_AFTER_APPLY}`;
    const [rule] = rulesOf(pathsOf([path('/', 'Prefix', KNOWN_AFTER_APPLY)], {}, host), { services });
    expect(rule?.Conditions[0]).toEqual({ Field: 'host-header', HostHeaderConfig: { Values: [host] } });
    expect(rule?.Actions).toEqual([
      { Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: KNOWN_AFTER_APPLY }] } },
    ]);
  });
});

describe('SSL redirect', () => {
  const given = { services, context: { sslRedirect: { port: 8443 } } };
  const ingress = pathsOf([path('/')], { 'ssl-redirect': '8443' });

  it('leaves HTTP listeners one action and no rules', () => {
    expect(rulesOf(ingress, given)).toEqual([]);
    expect(defaultActionsOf([ingress], given)).toEqual({
      value: [
        {
          Type: 'redirect',
          RedirectConfig: { Port: '8443', Protocol: 'HTTPS', StatusCode: 'HTTP_301' },
        },
      ],
      sources: [{ ...PLACE, Annotation: 'alb.ingress.kubernetes.io/ssl-redirect' }],
    });
  });

  it('may come from the parameters of a class', () => {
    const { sources } = defaultActionsOf([ingress], {
      ...given,
      params: paramsOf({ sslRedirectPort: '8443' }),
    });
    expect(sources).toEqual([{ Kind: 'IngressClassParams', Name: 'public', Field: 'spec.sslRedirectPort' }]);
  });

  it('leaves HTTPS listeners as they are', () => {
    expect(rulesOf(ingress, given, HTTPS)).toHaveLength(1);
    expect(defaultActionsOf([ingress], given, HTTPS).value).toMatchObject([{ Type: 'fixed-response' }]);
  });
});

describe('default actions', () => {
  const withDefault = (name: string) => ingressOf({ defaultBackend: backendOf('web') }, {}, name);

  it('are a 404 where no Ingress has a default backend', () => {
    expect(defaultActionsOf([pathsOf([path('/')])], { services })).toEqual({
      value: [
        { Type: 'fixed-response', FixedResponseConfig: { ContentType: 'text/plain', StatusCode: '404' } },
      ],
      sources: [],
    });
  });

  it('are those of the only default backend', () => {
    const { value, sources } = defaultActionsOf([pathsOf([path('/')]), withDefault('other')], { services });
    expect(value).toEqual([
      {
        Type: 'forward',
        ForwardConfig: {
          TargetGroups: [{ TargetGroupArn: KNOWN_AFTER_APPLY, TargetGroup: 'shop/other-web:80' }],
        },
      },
    ]);
    expect(sources).toEqual([{ Kind: 'Ingress', Name: 'shop/other', Field: 'spec.defaultBackend' }]);
  });

  it('are refused where several Ingresses have a default backend', () => {
    const refusal = refusalOf(() => defaultActionsOf([withDefault('a'), withDefault('b')], { services }));
    expect(refusal.message).toBe('multiple ingress defined default backend: [shop/a shop/b]');
    expect(refusal.source).toEqual({ Kind: 'Ingress', Name: 'shop/b', Field: 'spec.defaultBackend' });
  });

  it('are refused without the name of the Ingress', () => {
    const resource = { resource: { kind: 'Bucket', name: 'files' } };
    const refusal = refusalOf(() => defaultActionsOf([ingressOf({ defaultBackend: resource })]));
    expect(refusal.message).toBe('missing required "service" field');
    expect(refusal.source).toEqual({ ...PLACE, Field: 'spec.defaultBackend' });
  });
});
