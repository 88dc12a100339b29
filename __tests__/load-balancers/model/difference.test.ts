import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { difference, KNOWN_AFTER_APPLY, type Ingress } from '../../../load-balancers/model';
import { ingress, modelOf, ruleOf, service, type Annotations } from './built';

function changeOf(before: readonly Ingress[], after: readonly Ingress[], controllerGoes = false) {
  const [only, another] = difference(modelOf(before), modelOf(after), { controllerGoes });
  if (only === undefined || another !== undefined) throw new Error('not one difference');
  return only;
}

const changed = (before: Annotations, after: Annotations) => changeOf([ingress(before)], [ingress(after)]);
const withHosts = (...hosts: readonly string[]) => ingress({}, { rules: hosts.map((host) => ruleOf(host)) });

const REDIRECT = {
  'actions.answer': JSON.stringify({
    type: 'redirect',
    redirectConfig: { statusCode: 'HTTP_301', host: 'example.com' },
  }),
};
const backend = (name: string) => ({
  service: { name, port: name === 'answer' ? { name: 'use-annotation' } : { number: 80 } },
});

describe('a load balancer', () => {
  it('that stays as it is isn’t told', () => {
    const model = modelOf([ingress({ scheme: 'internal' })]);
    expect(difference(model, model)).toEqual([]);
  });

  it('is made, and deleted', () => {
    expect(changeOf([], [ingress()])).toMatchObject({ Id: 'shop/app', Change: 'made' });
    expect(changeOf([ingress()], [])).toMatchObject({ Id: 'shop/app', Change: 'deleted' });
  });

  it('stays, and is nobody’s, where its controller goes', () => {
    expect(changeOf([ingress()], [], true).Change).toBe('abandoned');
  });

  it('is replaced for another scheme', () => {
    const { Change, ReplacedFor, Stays } = changed(
      { scheme: 'internal', 'wafv2-acl-arn': 'arn:aws:wafv2:eu-west-1:1:regional/webacl/a/b' },
      { scheme: 'internet-facing' },
    );
    expect({ Change, ReplacedFor, Stays }).toEqual({
      Change: 'replaced',
      ReplacedFor: ['Scheme'],
      Stays: [],
    });
  });

  it('may keep its scheme where that isn’t known', () => {
    expect(changed({ scheme: 'internal' }, { scheme: KNOWN_AFTER_APPLY })).toMatchObject({
      Change: 'changed',
      Fields: [{ Field: 'Scheme', Before: 'internal', After: KNOWN_AFTER_APPLY }],
    });
  });

  it('is frozen where its Ingress would be refused', () => {
    expect(changed({}, { scheme: 'public' })).toMatchObject({
      Change: 'frozen',
      Refused: ['Ingress shop/app'],
    });
  });

  it('keeps what isn’t said any more, and its name', () => {
    const arn = 'arn:aws:wafv2:eu-west-1:1:regional/webacl/a/b';
    const { Stays, Fields } = changed(
      {
        'wafv2-acl-arn': arn,
        'load-balancer-attributes': 'idle_timeout.timeout_seconds=90',
        'load-balancer-name': 'old',
        tags: 'team=a',
      },
      { 'load-balancer-name': 'new' },
    );
    expect(Stays).toEqual([
      { Field: 'LoadBalancerName', Before: 'old', After: 'new' },
      { Field: 'Attributes.idle_timeout.timeout_seconds', Before: '90' },
      { Field: 'WebAclArn', Before: arn },
    ]);
    expect(Fields.map(({ Field }) => Field)).toContain('Tags.team');
  });
});

describe('certificates', () => {
  const https = (...arns: readonly string[]) => ({ 'certificate-arn': arns.join(',') });

  it('that go are told, and not where they are discovered', () => {
    expect(changed(https('arn:a', 'arn:b'), https('arn:b')).LostCertificates).toEqual([
      { Port: 443, CertificateArn: 'arn:a' },
    ]);
    expect(changed(https('arn:a'), https(KNOWN_AFTER_APPLY)).LostCertificates).toEqual([]);
  });
});

describe('rules', () => {
  it('are added, removed and changed', () => {
    const { Rules } = changeOf(
      [withHosts('a.example.com', 'b.example.com')],
      [ingress({}, { rules: [ruleOf('c.example.com'), { ...ruleOf('b.example.com') }] })],
    );
    expect(Rules.map(({ Change }) => Change)).toEqual(['added', 'removed']);
  });

  it('move only where their order among themselves changes', () => {
    const moved = (before: readonly string[], after: readonly string[]) =>
      changeOf([withHosts(...before)], [withHosts(...after)]).Rules.filter(
        ({ Change }) => Change === 'moved',
      );
    const [a, b, c, d] = ['a.example.com', 'b.example.com', 'c.example.com', 'd.example.com'] as const;
    expect(moved([a, b, c], [d, a, b, c])).toEqual([]);
    expect(moved([a, b, c], [c, a, b])).toHaveLength(1);
  });

  it('that all come in another order leave the most of them where they are', () => {
    const hosts = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(hosts, (numbers) => {
        const named = (all: readonly number[]) => withHosts(...all.map((each) => `h${each}.example.com`));
        const sorted = numbers.toSorted((x, y) => x - y);
        const found = difference(modelOf([named(sorted)]), modelOf([named(numbers)]));
        const moved = found.flatMap(({ Rules }) => Rules);
        const staying = numbers.filter(
          (each) => !moved.some(({ After }) => JSON.stringify(After?.Conditions).includes(`"h${each}.`)),
        );
        expect(staying).toEqual(staying.toSorted((x, y) => x - y));
        expect(found.length === 0).toBe(numbers.every((each, index) => each === sorted[index]));
      }),
      { numRuns: 50 },
    );
  });
});

it('target groups that take over what others served are made anew, others are not', () => {
  const services = ['web', 'api', 'users'];
  const model = (annotations: Annotations, ...names: readonly string[]) =>
    modelOf(
      [
        ingress(annotations, {
          rules: names.map((name, index) => ({
            host: `${index}.example.com`,
            http: { paths: [{ path: '/', pathType: 'Prefix', backend: backend(name) }] },
          })),
          defaultBackend: backend(names[0] ?? ''),
        }),
      ],
      { objects: services.slice(1).map((name) => ({ ...service, metadata: { namespace: 'shop', name } })) },
    );
  const replaced = (before: readonly string[], after: readonly string[], annotations: Annotations = {}) =>
    difference(model(annotations, ...before), model(annotations, ...after)).map(
      ({ ReplacedTargetGroups }) => ReplacedTargetGroups,
    );
  expect(replaced(['web', 'api'], ['web', 'users'])).toEqual([['shop/app-users:80']]);
  expect(replaced(['web'], ['users'])).toEqual([['shop/app-users:80']]);
  expect(replaced(['web'], ['web', 'users'])).toEqual([[]]);
  expect(replaced(['web', 'api'], ['web', 'web'])).toEqual([[]]);
  expect(replaced(['web', 'answer'], ['web', 'users'], REDIRECT)).toEqual([[]]);
});

it('target groups that are of another protocol are made anew', () => {
  expect(changed({}, { 'backend-protocol': 'HTTPS' }).ReplacedTargetGroups).toEqual(['shop/app-web:80']);
});
