import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model';
import {
  albOf,
  ingress,
  ingressClass,
  messageOf,
  modelOf,
  namespace,
  paramsSource,
  refusalOf,
  ruleOf,
} from '../built';

const NOTHING = { LoadBalancers: [], Refusals: [], NotJudged: [] };
const unclassified = ingress({}, { ingressClassName: undefined });
const annotated = (value: string) =>
  ingress({ 'kubernetes.io/ingress.class': value }, { ingressClassName: undefined });
const isDefault = { annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } };
const parameters = { apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams', name: 'other' };

describe('an Ingress is the controller’s', () => {
  it('by the class that it names', () => {
    expect(albOf([ingress()]).Id).toBe('shop/app');
  });

  it('by annotation, which takes no parameters of a class', () => {
    expect(albOf([annotated('alb')], { params: { scheme: 'internet-facing' } }).Scheme).toBe('internal');
  });

  it('by the annotation that the controller was told to look for', () => {
    const settings = { ingressClass: 'public' };
    expect(albOf([annotated('public')], { settings }).Id).toBe('shop/app');
    expect(modelOf([annotated('alb')], { settings })).toEqual(NOTHING);
  });

  it('by the default class, with its parameters', () => {
    const spec = { controller: 'ingress.k8s.aws/alb', parameters: { ...parameters, name: 'params' } };
    const objects = [ingressClass(spec, { name: 'default', ...isDefault })];
    expect(albOf([unclassified], { objects, params: { scheme: 'internet-facing' } }).Scheme).toBe(
      'internet-facing',
    );
  });

  it('without any class, only if the controller serves those', () => {
    expect(modelOf([unclassified])).toEqual(NOTHING);
    expect(albOf([unclassified], { settings: { ingressClass: '' } }).Id).toBe('shop/app');
    expect(albOf([annotated('alb')], { settings: { ingressClass: '' } }).Id).toBe('shop/app');
  });

  it('if its class isn’t known yet, whose parameters don’t count then', () => {
    const { LoadBalancers, NotJudged } = modelOf([ingress({}, { ingressClassName: KNOWN_AFTER_APPLY })]);
    expect(LoadBalancers.map(({ Id }) => Id)).toEqual(['shop/app']);
    expect(NotJudged).toEqual([expect.stringMatching(/^Ingress shop\/app: the parameters of its class/)]);
  });
});

describe('an Ingress is another controller’s', () => {
  it('by annotation or class', () => {
    const objects = [ingressClass({ controller: 'k8s.io/ingress-nginx' }, { name: 'nginx' })];
    expect(modelOf([annotated('nginx')])).toEqual(NOTHING);
    expect(modelOf([ingress({}, { ingressClassName: 'nginx' })], { objects })).toEqual(NOTHING);
  });

  it('by the default class', () => {
    const objects = [ingressClass({ controller: 'k8s.io/ingress-nginx' }, { name: 'nginx', ...isDefault })];
    expect(modelOf([unclassified], { objects })).toEqual(NOTHING);
  });
});

describe('refused is', () => {
  it('a class that there is not', () => {
    expect(refusalOf([ingress({}, { ingressClassName: 'missing' })])).toMatchObject({
      Blocks: 'Ingress shop/app',
      Objects: ['Ingress shop/app'],
      Message: 'invalid ingress class: IngressClass.networking.k8s.io "missing" not found',
      Source: { Kind: 'Ingress', Name: 'shop/app', Field: 'spec.ingressClassName' },
    });
  });

  it('an Ingress without class where two are the default', () => {
    const objects = ['one', 'two'].map((name) => ingressClass({}, { name, ...isDefault }));
    expect(messageOf([unclassified], { objects })).toBe('multiple default IngressClasses found');
  });

  it.each([
    ['kind', { ...parameters, kind: 'ConfigMap' }],
    ['API group', { ...parameters, apiGroup: 'example.com' }],
  ])('a class with parameters of another %s', (_, other) => {
    const objects = [ingressClass({ parameters: other })];
    expect(refusalOf([ingress()], { objects })).toMatchObject({
      Message: 'invalid ingress class: IngressClass alb references unknown parameters',
      Source: { Kind: 'IngressClass', Name: 'alb', Field: 'spec.parameters' },
    });
  });

  it('a class with parameters that there are not', () => {
    expect(messageOf([ingress()], { objects: [ingressClass({ parameters })] })).toBe(
      'invalid ingress class: IngressClassParams.elbv2.k8s.aws "other" not found',
    );
  });

  it('the annotation, where the controller was told so', () => {
    const settings = { disableIngressClassAnnotation: true };
    expect(refusalOf([annotated('alb')], { settings })).toMatchObject({
      Message: 'new usage of `kubernetes.io/ingress.class` annotation is forbidden',
      Source: { Annotation: 'kubernetes.io/ingress.class' },
    });
    expect(albOf([ingress()], { settings }).Id).toBe('shop/app');
    expect(modelOf([annotated('nginx')], { settings })).toEqual(NOTHING);
  });

  it('the name of a group by annotation, where the controller was told so', () => {
    const settings = { disableIngressGroupNameAnnotation: true };
    expect(messageOf({ 'group.name': 'g' }, { settings })).toBe(
      'new usage of `alb.ingress.kubernetes.io/group.name` annotation is forbidden',
    );
    expect(albOf({}, { settings, params: { group: { name: 'g' } } }).Id).toBe('g');
  });

  it('a path to what is no Service', () => {
    const backend = { resource: { apiGroup: 'example.com', kind: 'Bucket', name: 'files' } };
    const rules = [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }];
    expect(refusalOf([ingress({}, { rules })])).toMatchObject({
      Message: 'panic: runtime error: invalid memory address or nil pointer dereference',
      Source: { Field: 'spec.rules[0].http.paths[0].backend' },
    });
  });

  it('what is wrong with the conditions of a Service, in the words of the webhook', () => {
    const conditions = '[{"field":"http-header","httpHeaderConfig":{"httpHeaderName":"x"}}]';
    expect(messageOf({ 'conditions.web': conditions })).toBe(
      'ignoring Ingress shop/app since invalid alb.ingress.kubernetes.io/conditions.web annotation: invalid httpHeaderConfig: values or regexValues must be specified',
    );
    expect(messageOf({ 'conditions.web': '[' })).toBe(
      'failed to parse json annotation, alb.ingress.kubernetes.io/conditions.web: [: unexpected end of JSON input',
    );
    expect(albOf({ 'conditions.other': '[' }).Id).toBe('shop/app');
  });
});

describe('namespaces of a class', () => {
  const selecting = (namespaceSelector: Record<string, unknown>) => ({
    params: { namespaceSelector },
    objects: [namespace],
  });

  it.each([
    ['nothing', {}],
    ['a label', { matchLabels: { team: 'a' } }],
    ['one of values', { matchExpressions: [{ key: 'team', operator: 'In', values: ['b', 'a'] }] }],
    ['other values', { matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['b'] }] }],
    ['no such label', { matchExpressions: [{ key: 'stage', operator: 'NotIn', values: ['b'] }] }],
    ['some value', { matchExpressions: [{ key: 'team', operator: 'Exists' }] }],
    ['none', { matchExpressions: [{ key: 'stage', operator: 'DoesNotExist' }] }],
    ['the name', { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } }],
    ['what isn’t known yet', { matchLabels: { team: KNOWN_AFTER_APPLY } }],
  ])('take an Ingress of one that has %s that is asked for', (_, selector) => {
    expect(albOf([ingress()], selecting(selector)).Id).toBe('shop/app');
  });

  it.each([
    ['a label', { matchLabels: { team: 'b' } }],
    ['one of values', { matchExpressions: [{ key: 'team', operator: 'In', values: ['b'] }] }],
    ['another label', { matchExpressions: [{ key: 'stage', operator: 'In', values: ['b'] }] }],
    ['other values', { matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['a'] }] }],
    ['some value', { matchExpressions: [{ key: 'stage', operator: 'Exists' }] }],
    ['none', { matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] }],
  ])('refuse one of a namespace that hasn’t %s that is asked for', (_, selector) => {
    expect(refusalOf([ingress()], selecting(selector))).toMatchObject({
      Message: 'invalid ingress class: namespaceSelector of IngressClassParams params mismatch',
      Source: paramsSource('namespaceSelector'),
    });
  });

  it('have the label of their name only, if they aren’t given', () => {
    expect(messageOf([ingress()], { params: { namespaceSelector: { matchLabels: { team: 'a' } } } })).toBe(
      'invalid ingress class: namespaceSelector of IngressClassParams params mismatch',
    );
    const matchLabels = { 'kubernetes.io/metadata.name': 'shop' };
    expect(albOf([ingress()], { params: { namespaceSelector: { matchLabels } } }).Id).toBe('shop/app');
  });

  it.each([
    [{ key: 'team', operator: 'Is' }, '"Is" is not a valid label selector operator'],
    [
      { key: 'team', operator: 'In', values: [] },
      "values: Invalid value: null: for 'in', 'notin' operators, values set can't be empty",
    ],
    [
      { key: 'team', operator: 'Exists', values: ['a'] },
      'values: Invalid value: ["a"]: values set must be empty for exists and does not exist',
    ],
  ])('can’t be asked for by %j', (requirement, message) => {
    expect(messageOf([ingress()], selecting({ matchExpressions: [requirement] }))).toBe(
      `invalid ingress class: ${message}`,
    );
  });
});

it('rules without paths have no Service whose conditions count', () => {
  expect(albOf([ingress({}, { rules: [{ host: 'a.example.com' }, ruleOf()] })]).Id).toBe('shop/app');
});
