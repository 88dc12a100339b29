import { describe, expect, it } from '@jest/globals';
import {
  KNOWN_AFTER_APPLY,
  type Ingress,
  type IngressBackend,
  type IngressPath,
} from '../../../../load-balancers/model';
import { ingressProblems } from '../../../../load-balancers/model/admission/ingress';
import { albOf, ingress, messageOf, modelOf, refusalOf, ruleOf } from '../built';

const backend: IngressBackend = { service: { name: 'web', port: { number: 80 } } };
const PATH = 'spec.rules[0].http.paths[0]';
const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

const withSpec = (spec: Partial<Ingress['spec']>) => [ingress({}, spec)];
const withPath = (path: Partial<IngressPath>) =>
  withSpec({ rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend, ...path }] } }] });
const withBackend = (other: IngressBackend) => withPath({ backend: other });
const problem = (ingresses: readonly Ingress[]) =>
  messageOf(ingresses).replace('Ingress.networking.k8s.io "app" is invalid: ', '');

it('a refused Ingress is in no group, while the others of the group are built', () => {
  const wrong = ingress({ 'group.name': 'g' }, { name: 'wrong', rules: [] });
  const { LoadBalancers, Refusals } = modelOf([wrong, ingress({ 'group.name': 'g' })]);
  expect(LoadBalancers.map(({ Members }) => Members)).toEqual([['Ingress shop/app']]);
  expect(Refusals).toMatchObject([
    {
      Blocks: 'Ingress shop/wrong',
      Objects: ['Ingress shop/wrong'],
      Message:
        'Ingress.networking.k8s.io "wrong" is invalid: spec: Invalid value: []: either `defaultBackend` or `rules` must be specified',
      Source: { Kind: 'Ingress', Name: 'shop/wrong' },
    },
  ]);
});

describe('paths', () => {
  it.each([
    ['Prefix', '', 'must be an absolute path'],
    ['Exact', 'web', 'must be an absolute path'],
    ['ImplementationSpecific', 'web', 'must be an absolute path'],
    ['Prefix', '/a//b', "must not contain '//'"],
    ['Exact', '/a/./b', "must not contain '/./'"],
    ['Prefix', '/a/../b', "must not contain '/../'"],
    ['Prefix', '/a%2fb', "must not contain '%2f'"],
    ['Prefix', '/a%2Fb', "must not contain '%2F'"],
    ['Exact', '/a/..', "cannot end with '/..'"],
    ['Exact', '/a/.', "cannot end with '/.'"],
  ])('of type %s can’t be %j', (pathType, path, why) => {
    expect(problem(withPath({ pathType, path }))).toBe(
      `${PATH}.path: Invalid value: ${JSON.stringify(path)}: ${why}`,
    );
  });

  it('of an implementation’s type may be nothing, or what others may not', () => {
    for (const path of [undefined, '', '/a//b/*']) {
      expect(albOf(withPath({ pathType: 'ImplementationSpecific', path })).Id).toBe('shop/app');
    }
  });

  it('have a type, one of three', () => {
    expect(problem(withPath({ pathType: undefined }))).toBe(
      `${PATH}.pathType: Required value: pathType must be specified`,
    );
    expect(problem(withPath({ pathType: '<&>' }))).toContain('Unsupported value: "\\u003c\\u0026\\u003e"');
    expect(problem(withPath({ pathType: 'Regex' }))).toBe(
      `${PATH}.pathType: Unsupported value: "Regex": supported values: "Exact", "ImplementationSpecific", "Prefix"`,
    );
  });

  it('that aren’t known yet may be any', () => {
    expect(modelOf(withPath({ path: KNOWN_AFTER_APPLY, pathType: 'Exact' })).Refusals).toEqual([]);
    expect(withPath({ pathType: KNOWN_AFTER_APPLY }).flatMap(ingressProblems)).toEqual([]);
  });

  it('are there where there is HTTP', () => {
    expect(problem(withSpec({ rules: [{ http: { paths: [] } }] }))).toBe(
      'spec.rules[0].http.paths: Required value',
    );
  });
});

describe('hosts', () => {
  it.each([
    ['Web.example.com', SUBDOMAIN],
    ['a_b.example.com', SUBDOMAIN],
    ['10.0.0.1', 'must be a DNS name, not an IP address'],
    [`${'a.'.repeat(127)}aa`, 'must be no more than 253 characters'],
  ])('can’t be %s', (host, why) => {
    expect(problem(withSpec({ rules: [ruleOf(host)] }))).toBe(
      `spec.rules[0].host: Invalid value: ${JSON.stringify(host)}: ${why}`,
    );
  });

  it.each(['*', 'a.*.example.com', '*a.example.com'])('can’t have a wildcard as %s', (host) => {
    expect(problem(withSpec({ rules: [ruleOf(host)] }))).toMatch(
      /^spec\.rules\[0\]\.host: Invalid value: ".*": a wildcard DNS-1123 subdomain must start with '\*\.', .* \(e\.g\. '\*\.example\.com', regex used for validation is '\\\*\\\.\[a-z0-9\]/,
    );
  });

  it.each(['a.example.com', '*.example.com', '', KNOWN_AFTER_APPLY])('may be %j', (host) => {
    expect(albOf(withSpec({ rules: [ruleOf(host)] })).Id).toBe('shop/app');
  });

  it('of TLS are names too, and so is its secret', () => {
    const tls = [{ hosts: ['a.example.com', 'A', ''], secretName: 'Secret' }, {}];
    expect(problem(withSpec({ tls }))).toBe(
      `[spec.tls[0].hosts[1]: Invalid value: "A": ${SUBDOMAIN}, spec.tls[0].hosts[2]: Invalid value: "": ${SUBDOMAIN}, spec.tls[0].secretName: Invalid value: "Secret": ${SUBDOMAIN}]`,
    );
  });
});

describe('backends', () => {
  const LABEL =
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
  const port = (other: Record<string, unknown>) => ({ service: { name: 'web', port: other } });

  it.each<[IngressBackend, string]>([
    [{}, '.backend: Invalid value: "": resource or service backend is required'],
    [
      { ...backend, resource: { kind: 'Bucket', name: 'b' } },
      '.backend: Invalid value: "": cannot set both resource and service backends',
    ],
    [{ resource: { kind: '', name: 'b' } }, '.backend.resource.kind: Required value'],
    [{ resource: { kind: 'Bucket', name: '' } }, '.backend.resource.name: Required value'],
    [
      { resource: { apiGroup: 'A', kind: 'Bucket', name: 'b' } },
      `.backend.resource.apiGroup: Invalid value: "A": ${SUBDOMAIN}`,
    ],
    [{ service: { name: '', port: { number: 80 } } }, '.backend.service.name: Required value'],
    [
      { service: { name: '1web', port: { number: 80 } } },
      `.backend.service.name: Invalid value: "1web": ${LABEL}`,
    ],
    [{ service: { name: 'web' } }, '.backend: Required value: port name or number is required'],
    [
      port({ name: 'http', number: 80 }),
      '.backend: Invalid value: "": cannot set both port name & port number',
    ],
    [
      port({ number: 65536 }),
      '.backend.service.port.number: Invalid value: 65536: must be between 1 and 65535, inclusive',
    ],
    [
      port({ number: -1 }),
      '.backend.service.port.number: Invalid value: -1: must be between 1 and 65535, inclusive',
    ],
  ])('can’t be %j', (other, why) => {
    expect(problem(withBackend(other))).toBe(`${PATH}${why}`);
  });

  it.each([
    ['name-of-16-chars', 'must be no more than 15 characters'],
    ['HTTP1a', 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)'],
    ['8080', 'must contain at least one letter (a-z)'],
    ['a--b', 'must not contain consecutive hyphens'],
    ['-a', 'must not begin or end with a hyphen'],
    ['a-', 'must not begin or end with a hyphen'],
  ])('can’t have the port name %s', (name, why) => {
    expect(problem(withBackend(port({ name })))).toBe(
      `${PATH}.backend.service.port.name: Invalid value: "${name}": ${why}`,
    );
  });

  it('can’t be missing', () => {
    const paths = [{ path: '/', pathType: 'Exact' }] as unknown as readonly IngressPath[];
    expect(problem(withSpec({ rules: [{ http: { paths } }] }))).toBe(
      `${PATH}.backend: Invalid value: "": resource or service backend is required`,
    );
  });

  it('by default are checked alike, and are enough', () => {
    expect(problem(withSpec({ defaultBackend: {} }))).toBe(
      'spec.defaultBackend: Invalid value: "": resource or service backend is required',
    );
    expect(albOf(withSpec({ rules: undefined, defaultBackend: backend })).Id).toBe('shop/app');
    expect(problem(withSpec({ rules: undefined }))).toBe(
      'spec: Invalid value: null: either `defaultBackend` or `rules` must be specified',
    );
  });

  it('that aren’t known yet may be any', () => {
    const unknown = { service: { name: KNOWN_AFTER_APPLY, port: { name: KNOWN_AFTER_APPLY } } };
    expect(modelOf(withBackend(unknown)).Refusals).toEqual([]);
  });
});

describe('the class', () => {
  it('is a name', () => {
    expect(problem(withSpec({ ingressClassName: 'ALB' }))).toBe(
      `spec.ingressClassName: Invalid value: "ALB": ${SUBDOMAIN}`,
    );
    expect(problem(withSpec({ ingressClassName: '' }))).toContain('spec.ingressClassName: Invalid value: ""');
  });

  it('is the same in annotation and field', () => {
    expect(problem([ingress({ 'kubernetes.io/ingress.class': 'nginx' })])).toBe(
      'annotations.kubernetes.io/ingress.class: Invalid value: "nginx": must match `ingressClassName` when both are specified',
    );
    expect(albOf([ingress({ 'kubernetes.io/ingress.class': 'alb' })]).Id).toBe('shop/app');
    const unknown = ingress(
      { 'kubernetes.io/ingress.class': 'alb' },
      { ingressClassName: KNOWN_AFTER_APPLY },
    );
    expect(albOf([unknown]).Id).toBe('shop/app');
  });
});

it('several problems are told at once, each once', () => {
  const rules = [
    { http: { paths: [] } },
    { http: { paths: [{ path: 'a', pathType: 'Exact', backend: {} }] } },
  ];
  expect(refusalOf(withSpec({ rules })).Message).toBe(
    'Ingress.networking.k8s.io "app" is invalid: [spec.rules[0].http.paths: Required value, spec.rules[1].http.paths[0].path: Invalid value: "a": must be an absolute path, spec.rules[1].http.paths[0].backend: Invalid value: "": resource or service backend is required]',
  );
});
