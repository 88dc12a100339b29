import { describe, expect, it } from '@jest/globals';
import { admit, readObjects } from '../../../../load-balancers/model/admission/admit';
import {
  KNOWN_AFTER_APPLY,
  keyOf,
  type KubernetesObject,
  type Refusal,
} from '../../../../load-balancers/model';
import { ingress, ingressClass, namespace, ruleOf, service } from '../built';

function admitted(...objects: readonly unknown[]) {
  const refusals: Refusal[] = [];
  const { readable } = readObjects(objects as readonly KubernetesObject[], refusals);
  const all = admit(readable, refusals);
  return { objects: all, messages: refusals.map(({ Message }) => Message), refusals };
}

const app = ingress();

describe('objects', () => {
  it('are taken once each, as written last', () => {
    const first = ingress({}, { rules: [ruleOf('first.example.com')] });
    const { objects, messages } = admitted(first, service, namespace, app);
    expect(objects.map((object) => `${object.kind} ${keyOf(object)}`)).toEqual([
      'Ingress shop/app',
      'Service shop/web',
      'Namespace shop',
    ]);
    expect(objects[0]).toEqual(app);
    expect(messages).toEqual([]);
  });

  it('of a namespace or a name that is not known yet may each be another', () => {
    for (const metadata of [
      { name: 'web', namespace: KNOWN_AFTER_APPLY },
      { name: KNOWN_AFTER_APPLY, namespace: 'shop' },
    ]) {
      expect(admitted({ ...service, metadata }, { ...service, metadata }).objects).toHaveLength(2);
    }
  });

  it('are in namespace default, if they are of one and name none', () => {
    const { objects } = admitted(
      { ...app, metadata: { name: 'app' } },
      { ...service, metadata: { name: 'web' } },
      ingressClass(),
    );
    expect(objects.map(keyOf)).toEqual(['default/app', 'default/web', 'alb']);
  });

  it('lose what is null', () => {
    const { objects } = admitted({ ...app, spec: { ...app.spec, tls: null, defaultBackend: null } });
    expect(objects).toEqual([app]);
  });

  it('have defaults where a Service’s texts are empty', () => {
    const spec = { type: '', externalTrafficPolicy: '', ports: [{ name: '', port: 80, targetPort: '' }] };
    const { objects, messages } = admitted({ ...service, spec });
    expect(objects).toEqual([{ ...service, spec: { ports: [{ port: 80 }] } }]);
    expect(messages).toEqual([]);
  });

  it.each([
    ['Service', { ports: 80 }, 'json: cannot unmarshal number into Go struct field ServiceSpec.spec.ports'],
    [
      'Service',
      { ports: [{ port: '80' }] },
      'json: cannot unmarshal string into Go struct field ServicePort',
    ],
    [
      'IngressClass',
      { controller: [] },
      'json: cannot unmarshal array into Go struct field IngressClassSpec',
    ],
  ])('of kind %s can’t be read with %j', (kind, spec, why) => {
    const { messages } = admitted({ kind, metadata: { name: 'x' }, spec });
    expect(messages).toEqual([expect.stringContaining(why)]);
  });

  it.each([
    [{ apiGroup: '/', kind: 'K', name: 'n' }, 'spec.parameters.apiGroup: Invalid value: "/"'],
    [{ kind: 'a/b', name: 'n' }, 'spec.parameters.kind: Invalid value: "a/b": may not contain \'/\''],
    [{ kind: 'K', name: '..' }, 'spec.parameters.name: Invalid value: "..": may not be \'..\''],
  ])('of kind IngressClass can’t have parameters %j', (parameters, why) => {
    const { messages } = admitted({
      kind: 'IngressClass',
      metadata: { name: 'alb' },
      spec: { controller: 'ingress.k8s.aws/alb', parameters },
    });
    expect(messages).toEqual([expect.stringContaining(why)]);
  });

  it('may be without a specification', () => {
    const { objects } = admitted({ kind: 'IngressClassParams', metadata: { name: 'p' } });
    expect(objects).toEqual([{ kind: 'IngressClassParams', metadata: { name: 'p' }, spec: {} }]);
  });
});

describe('metadata', () => {
  const named = (name: string) => ({ ...app, metadata: { ...app.metadata, name } });
  const annotated = (annotations: Record<string, unknown>) => ({
    ...app,
    metadata: { ...app.metadata, annotations },
  });

  it('has a name', () => {
    expect(admitted(named('')).messages).toEqual([
      'Ingress.networking.k8s.io "" is invalid: metadata.name: Required value: name or generateName is required',
    ]);
    expect(admitted(named('App')).messages[0]).toMatch(
      /^Ingress\.networking\.k8s\.io "App" is invalid: metadata\.name: Invalid value: "App": a lowercase RFC 1123 subdomain/,
    );
  });

  it.each([
    ['a/b/c', 'a valid label key must consist of alphanumeric characters'],
    ['/b', 'prefix part must be non-empty'],
    ['A_/b', 'prefix part a lowercase RFC 1123 subdomain must'],
    ['a/', 'name part must be non-empty'],
    [`a/${'b'.repeat(64)}`, 'name part must be no more than 63 bytes'],
    ['a/-b', 'name part must consist of alphanumeric characters'],
    ['b c', 'name part must consist of alphanumeric characters'],
  ])('has no annotation %j', (key, why) => {
    const [message] = admitted(annotated({ [key]: '' })).messages;
    expect(message).toContain(`metadata.annotations: Invalid value: ${JSON.stringify(key)}: ${why}`);
  });

  it('has annotations in letters of either case, with a prefix or not', () => {
    expect(admitted(annotated({ 'Example.com/Name_1': '', plain: '' })).messages).toEqual([]);
  });

  it('has annotations of 256 KiB at most', () => {
    expect(admitted(annotated({ ab: 'é'.repeat(128 * 1024 - 1) })).messages).toEqual([]);
    expect(admitted(annotated({ abc: 'é'.repeat(128 * 1024 - 1) })).messages).toEqual([
      'Ingress.networking.k8s.io "app" is invalid: metadata.annotations: Too long: may not be more than 262144 bytes',
    ]);
  });

  it('has annotations that are text', () => {
    expect(admitted(annotated({ 'alb.ingress.kubernetes.io/group.order': 10 })).refusals).toMatchObject([
      {
        Blocks: 'Ingress shop/app',
        Objects: ['Ingress shop/app'],
        Message:
          'Ingress in version "v1" cannot be handled as a Ingress: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.annotations of type string',
        Source: { Kind: 'Ingress', Name: 'shop/app' },
      },
    ]);
    const params = {
      kind: 'IngressClassParams',
      metadata: { name: 'p', annotations: { a: true } },
      spec: {},
    };
    expect(admitted(params).messages).toEqual([
      'IngressClassParams in version "v1beta1" cannot be handled as a IngressClassParams: json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.annotations of type string',
    ]);
  });
});

describe('values', () => {
  const withPort = (number: unknown) => {
    const backend = { service: { name: 'web', port: { number } } };
    return { ...app, spec: { rules: [{ http: { paths: [{ path: '/', pathType: 'Exact', backend }] } }] } };
  };

  it.each([
    ['80', 'string'],
    [true, 'bool'],
    [80.5, 'number 80.5'],
    [[80], 'array'],
    [{}, 'object'],
  ])('of another type than their field can’t be read: %j', (number, type) => {
    expect(admitted(withPort(number)).messages).toEqual([
      `Ingress in version "v1" cannot be handled as a Ingress: json: cannot unmarshal ${type} into Go struct field ServiceBackendPort.spec.rules.http.paths.backend.service.port.number of type int32`,
    ]);
  });

  it('that aren’t known yet are of any', () => {
    expect(admitted(withPort(KNOWN_AFTER_APPLY)).messages).toEqual([]);
  });

  it('of a Namespace have no source', () => {
    const { refusals } = admitted({ ...namespace, metadata: { name: 'Shop' } });
    expect(refusals).toHaveLength(1);
    expect(refusals[0]).not.toHaveProperty('Source');
  });
});

describe('a class', () => {
  const problemsOf = (spec: object) => admitted({ ...ingressClass(), spec }).messages;
  const INVALID = 'IngressClass.networking.k8s.io "alb" is invalid: ';

  it.each([
    [{}, 'spec.controller: Required value'],
    [
      { controller: 'alb' },
      'spec.controller: Invalid value: "alb": must be a domain-prefixed path (such as "acme.io/foo")',
    ],
    [
      { controller: 'ingress.k8s.aws/' },
      'spec.controller: Invalid value: "ingress.k8s.aws/": must be a domain-prefixed path (such as "acme.io/foo")',
    ],
    [
      { controller: 'k8s.aws/a b' },
      "spec.controller: Invalid value: \"a b\": Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')",
    ],
    [{ controller: 'k8s.aws/alb', parameters: { kind: 'P' } }, 'spec.parameters.name: Required value'],
    [{ controller: 'k8s.aws/alb', parameters: { name: 'p' } }, 'spec.parameters.kind: Required value'],
    [
      { controller: `k8s.aws/${'a'.repeat(243)}` },
      'spec.controller: Too long: may not be more than 250 bytes',
    ],
  ])('can’t be %j', (spec, problem) => {
    expect(problemsOf(spec)).toEqual([INVALID + problem]);
  });

  it('is of a controller by domain', () => {
    expect(problemsOf({ controller: 'K8s/alb' })[0]).toContain('Invalid value: "K8s": a lowercase RFC 1123');
    expect(problemsOf({ controller: 'k8s.io/ingress-nginx' })).toEqual([]);
    expect(problemsOf({ controller: KNOWN_AFTER_APPLY })).toEqual([]);
  });
});
