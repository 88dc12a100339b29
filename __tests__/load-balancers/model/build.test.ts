import fc from 'fast-check';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildModel,
  DEFAULT_SETTINGS,
  type Model,
  type Refusal,
  type Service,
} from '../../../load-balancers/model';
import { originOf } from '../../../load-balancers/model/origin';
import { attempt, reasonOf, Refused, wrapRefusal } from '../../../load-balancers/model/refusal';
import { albOf, annotationSource, grouped, ingress, ingressClass, modelOf, ruleOf, service } from './built';

const balanced = (name: string): Service => ({
  kind: 'Service',
  metadata: { namespace: 'shop', name },
  spec: { type: 'LoadBalancer', loadBalancerClass: 'service.k8s.aws/nlb', ports: [{ port: 80 }] },
});

it('load balancers are those of Ingresses by group, then those of Services by name', () => {
  const { LoadBalancers, Refusals } = modelOf([ingress({}, { name: 'z' }), ...grouped({}), ingress()], {
    objects: [balanced('b'), balanced('a')],
  });
  expect(LoadBalancers.map(({ Id, Type }) => `${Type} ${Id}`)).toEqual([
    'application g',
    'application shop/app',
    'application shop/z',
    'network shop/a',
    'network shop/b',
  ]);
  expect(Refusals).toEqual([]);
});

it('a Service that is refused is told, and leaves others', () => {
  const wrong = {
    ...balanced('a'),
    metadata: {
      ...balanced('a').metadata,
      annotations: { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'public' },
    },
  };
  const { LoadBalancers, Refusals } = modelOf([], { objects: [wrong, balanced('b')] });
  expect(LoadBalancers.map(({ Id }) => Id)).toEqual(['shop/b']);
  expect(Refusals).toMatchObject([{ Blocks: 'Service shop/a', Objects: ['Service shop/a'] }]);
});

it('a Network Load Balancer in front comes after its Application Load Balancer', () => {
  const { LoadBalancers } = modelOf([ingress({ 'enable-frontend-nlb': 'true' })]);
  expect(LoadBalancers.map(({ Type }) => Type)).toEqual(['application', 'network']);
});

it('nothing makes nothing', () => {
  expect(buildModel([])).toEqual({ LoadBalancers: [], Refusals: [], NotJudged: [] });
  expect(DEFAULT_SETTINGS.ingressClass).toBe('alb');
});

it('a setting without value is the controller’s default', () => {
  expect(albOf({}, { settings: { defaultLoadBalancerScheme: undefined } }).Scheme).toBe('internal');
});

it('the order in which objects are given makes no difference', () => {
  const objects = [
    ingressClass(),
    service,
    balanced('b'),
    balanced('a'),
    ...grouped({ 'group.order': '2' }, { tags: 'a=1' }, { 'listen-ports': '[{"HTTP":80},{"HTTPS":443}]' }),
    ingress({ scheme: 'public' }, { name: 'wrong' }),
  ];
  const expected = buildModel(objects);
  expect(expected.LoadBalancers).toHaveLength(3);
  expect(expected.Refusals).toHaveLength(1);
  fc.assert(
    fc.property(fc.shuffledSubarray(objects, { minLength: objects.length }), (shuffled) => {
      expect(buildModel(shuffled)).toEqual(expected);
    }),
    { numRuns: 25 },
  );
});

it('target groups are in the order in which rules name them first, and shared by listeners', () => {
  const other: Service = { ...service, metadata: { ...service.metadata, name: 'api' } };
  const backend = (name: string) => ({ service: { name, port: { number: 80 } } });
  const path = (name: string) => ({ path: `/${name}`, pathType: 'Exact', backend: backend(name) });
  const app = ingress(
    { 'listen-ports': '[{"HTTP":80},{"HTTP":8080}]' },
    { rules: [{ http: { paths: [path('web'), path('api')] } }], defaultBackend: backend('api') },
  );
  expect(albOf([app], { objects: [other] }).TargetGroups.map(({ Id }) => Id)).toEqual([
    'shop/app-api:80',
    'shop/app-web:80',
  ]);
});

describe('a group of 50 Ingresses with 1,000 rules', () => {
  let model: Model;
  beforeAll(() => {
    const rules = Array.from({ length: 20 }, (_, index) => ruleOf(`host${index}.example.com`));
    const ingresses = Array.from({ length: 50 }, (_, index) =>
      ingress({ 'group.name': 'g', tags: 'a=1' }, { name: `app${index}`, rules }),
    );
    model = buildModel([ingressClass(), service, ...ingresses]);
  });

  it('is one load balancer', () => {
    expect(model.LoadBalancers).toHaveLength(1);
    expect(model.LoadBalancers[0]?.Listeners[0]?.Rules).toHaveLength(1000);
    expect(model.LoadBalancers[0]?.Origin['Tags']).toHaveLength(50);
  });
});

describe('refusals', () => {
  const refuse = (): number => {
    throw new Refused('no', { Kind: 'Ingress', Name: 'shop/app' });
  };
  const fail = (): number => {
    throw new Error('defect');
  };

  it('say what an error says', () => {
    expect([reasonOf(new Error('no')), reasonOf('no')]).toEqual(['no', 'no']);
  });

  it('get words before their own, and keep their source', () => {
    expect(() => wrapRefusal('why', refuse)).toThrow(
      expect.objectContaining({ message: 'why: no', source: { Kind: 'Ingress', Name: 'shop/app' } }),
    );
    expect(wrapRefusal('why', () => 1)).toBe(1);
  });

  it('are written down; a defect is none', () => {
    const refusals: Refusal[] = [];
    const what = { blocks: 'Ingress shop/app', objects: [] };
    expect(attempt(refusals, what, refuse)).toBeUndefined();
    expect(attempt(refusals, what, () => 1)).toBe(1);
    expect(refusals).toHaveLength(1);
    expect(() => attempt(refusals, what, fail)).toThrow('defect');
    expect(() => wrapRefusal('why', fail)).toThrow(/^defect$/);
  });
});

it('an origin has each source once, and no field that has its default', () => {
  const source = annotationSource('tags') as { Kind: 'Ingress'; Name: string; Annotation: string };
  expect(
    originOf({
      Tags: { value: 1, sources: [source, { ...source }] },
      Scheme: { value: 1, sources: [] },
      Name: undefined,
    }),
  ).toEqual({ Tags: [source] });
});
