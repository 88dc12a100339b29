import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY, type IngressClass } from '../../../../load-balancers/model';
import { checkObjects } from '../../../../load-balancers/checks';
import { albClass, classOf, errors, ingress, only, service, warnings } from './objects';

const nginx: IngressClass = {
  kind: 'IngressClass',
  metadata: { name: 'nginx' },
  spec: { controller: 'k8s.io/ingress-nginx' },
};
const annotations = { scheme: 'internal' };

describe('a class', () => {
  it('has a controller', () => {
    expect(errors([ingress(), { ...albClass, spec: {} }])).toEqual([
      'IngressClass spec.controller=',
      'spec.ingressClassName=alb',
    ]);
  });

  it('has the controller whose annotations are there', () => {
    expect(errors([ingress(annotations, { ingressClassName: 'nginx' }), nginx])).toEqual([
      'spec.ingressClassName=nginx',
    ]);
    expect(errors([ingress({}, { ingressClassName: 'nginx' }), nginx])).toEqual([]);
  });

  it('is there, if any is', () => {
    expect(only([ingress({}, { ingressClassName: 'alp' }), albClass])).toMatchObject({
      reason: 'there is no such IngressClass',
      remedy: "write 'alb', or add the IngressClass",
    });
    expect(
      errors([ingress({}, { ingressClassName: 'edge' }), albClass], {
        elsewhere: { ingressClasses: ['edge'] },
      }),
    ).toEqual([]);
    expect(errors([ingress({}, { ingressClassName: KNOWN_AFTER_APPLY }), albClass])).toEqual([]);
    expect(checkObjects([ingress(), service()])).toEqual([]);
    expect(checkObjects([ingress(annotations, { ingressClassName: 'edge' }), service()])).toEqual([]);
  });

  it('of an Ingress is named, or there is a default one', () => {
    const none = ingress(annotations, { ingressClassName: undefined });
    const byDefault = {
      ...albClass,
      metadata: { name: 'alb', annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } },
    };
    expect(errors([none])).toEqual(['spec.ingressClassName=']);
    expect(errors([none, byDefault])).toEqual([]);
    expect(errors([ingress({}, { ingressClassName: undefined })])).toEqual([]);
  });

  it('by annotation is the one of the controller', () => {
    const older = (name: string) =>
      ingress({ ...annotations, 'kubernetes.io/ingress.class': name }, { ingressClassName: undefined });
    expect(errors([older('nginx')])).toEqual(['kubernetes.io/ingress.class=nginx']);
    expect(errors([older('alb')])).toEqual([]);
    expect(errors([older('edge')], { settings: { ingressClass: 'edge' } })).toEqual([]);
    expect(errors([older(KNOWN_AFTER_APPLY)])).toEqual([]);
    expect(
      errors([ingress({ 'kubernetes.io/ingress.class': 'nginx' }, { ingressClassName: undefined })]),
    ).toEqual([]);
  });
});

describe('parameters of a class', () => {
  it('are there', () => {
    const [withParams, params] = classOf({});
    expect(errors([ingress(), withParams])).toEqual([
      expect.stringMatching(/^IngressClass spec\.parameters=/),
    ]);
    expect(errors([ingress(), withParams, params])).toEqual([]);
  });

  it('are of their kind', () => {
    const parameters = { apiGroup: 'example.com', kind: 'Params', name: 'platform' };
    expect(errors([ingress(), { ...albClass, spec: { ...albClass.spec, parameters } }])).toEqual([
      expect.stringMatching(/^IngressClass spec\.parameters=/),
    ]);
  });

  it('are not read behind the older annotation', () => {
    expect(warnings([ingress({ 'kubernetes.io/ingress.class': 'alb' }), ...classOf({})])).toEqual([
      'kubernetes.io/ingress.class=alb',
    ]);
  });
});
