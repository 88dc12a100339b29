import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY, type Service } from '../../../load-balancers/model';
import { albOf, annotationSource, grouped, messageOf, paramsSource, refusalOf, service } from './built';

const tagged: Service = {
  ...service,
  metadata: { ...service.metadata, annotations: { 'alb.ingress.kubernetes.io/tags': 'team=svc,own=svc' } },
};
const classTags = { params: { tags: [{ key: 'team', value: 'class' }] } };

describe('tags', () => {
  it('are on all that is made for an Ingress', () => {
    const alb = albOf({ tags: 'team=web, stage=dev' });
    const expected = [
      { Key: 'stage', Value: 'dev' },
      { Key: 'team', Value: 'web' },
    ];
    const [listener] = alb.Listeners;
    expect(alb.Tags).toEqual(expected);
    expect(alb.ManagedSecurityGroup?.Tags).toEqual(expected);
    expect(listener?.Tags).toEqual(expected);
    expect(listener?.Rules[0]?.Tags).toEqual(expected);
    expect(alb.TargetGroups[0]?.Tags).toEqual(expected);
    expect(alb.Origin['Tags']).toEqual([annotationSource('tags')]);
  });

  it('of Ingresses are together on what they share, apart on their rules', () => {
    const alb = albOf(grouped({ tags: 'a=1' }, { tags: 'b=2' }));
    expect(alb.Tags.map(({ Key }) => Key)).toEqual(['a', 'b']);
    expect(alb.Listeners[0]?.Rules.map(({ Tags }) => Tags)).toEqual([
      [{ Key: 'a', Value: '1' }],
      [{ Key: 'b', Value: '2' }],
    ]);
  });

  it('of the class win over all others', () => {
    const alb = albOf({ tags: 'team=web' }, { ...classTags, objects: [tagged] });
    expect(alb.Tags).toEqual([{ Key: 'team', Value: 'class' }]);
    expect(alb.Origin['Tags']).toEqual([annotationSource('tags'), paramsSource('tags')]);
    expect(alb.TargetGroups[0]?.Tags).toEqual([
      { Key: 'own', Value: 'svc' },
      { Key: 'team', Value: 'class' },
    ]);
  });

  it('of a Service win on its target group over those of the Ingress', () => {
    const [targetGroup] = albOf({ tags: 'team=web,stage=dev' }, { objects: [tagged] }).TargetGroups;
    expect(targetGroup?.Tags).toEqual([
      { Key: 'own', Value: 'svc' },
      { Key: 'stage', Value: 'dev' },
      { Key: 'team', Value: 'svc' },
    ]);
    expect(targetGroup?.Origin['Tags']).toEqual([
      { Kind: 'Service', Name: 'shop/web', Annotation: 'alb.ingress.kubernetes.io/tags' },
      annotationSource('tags'),
    ]);
  });

  it('that the controller gives by default win, unless a feature gate says otherwise', () => {
    const settings = { defaultTags: { team: 'platform', cost: '1' } };
    expect(albOf({ tags: 'team=web' }, { settings }).Tags).toEqual([
      { Key: 'cost', Value: '1' },
      { Key: 'team', Value: 'platform' },
    ]);
    const low = { ...settings, featureGates: { EnableDefaultTagsLowPriority: true } };
    expect(albOf({ tags: 'team=web' }, { settings: low }).Tags).toEqual([
      { Key: 'cost', Value: '1' },
      { Key: 'team', Value: 'web' },
    ]);
  });

  it('may be unknown', () => {
    expect(albOf(grouped({ tags: 'a=1' }, { tags: `a=${KNOWN_AFTER_APPLY}` })).Tags).toEqual([
      { Key: 'a', Value: KNOWN_AFTER_APPLY },
    ]);
    expect(albOf({ tags: KNOWN_AFTER_APPLY }).Tags).toEqual([
      { Key: KNOWN_AFTER_APPLY, Value: KNOWN_AFTER_APPLY },
    ]);
  });
});

describe('refused are', () => {
  const settings = { externalManagedTags: ['managed', 'also'] };

  it('two values of one key in a group', () => {
    expect(refusalOf(grouped({ tags: 'b=1,a=1' }, { tags: 'b=2,a=2' }))).toMatchObject({
      Message: 'conflicting tag a: 1 | 2',
      Source: annotationSource('tags', 'b'),
    });
  });

  it('tags that something else manages, of an Ingress', () => {
    expect(refusalOf({ tags: 'managed=1,also=1' }, { settings })).toMatchObject({
      Message: 'failed build tags for Ingress shop/app: external managed tag key also cannot be specified',
      Source: annotationSource('tags'),
    });
  });

  it('tags that something else manages, of a class', () => {
    const params = { tags: [{ key: 'managed', value: '1' }] };
    expect(refusalOf({}, { settings, params })).toMatchObject({
      Message:
        'failed build tags for IngressClassParams params: external managed tag key managed cannot be specified',
      Source: paramsSource('tags'),
    });
  });

  it('tags that something else manages, of a Service', () => {
    const objects = [tagged];
    expect(messageOf({}, { settings: { externalManagedTags: ['own'] }, objects })).toBe(
      'ingress: shop/app: failed build tags for Ingress shop/app and Service shop/web: external managed tag key own cannot be specified',
    );
  });

  it('tags without a key or a value', () => {
    expect(messageOf({ tags: 'team' })).toBe(
      'failed to parse stringMap annotation, alb.ingress.kubernetes.io/tags: team',
    );
  });
});
