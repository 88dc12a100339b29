import { describe, expect, it } from '@jest/globals';
import { inSettings } from '../../../load-balancers/checks/in-settings';
import { renderIngress, type AlbIngressSettings } from '../../../load-balancers/language';

const ALB = 'alb.ingress.kubernetes.io';

interface Found {
  readonly annotation?: string;
  readonly field?: string;
  readonly value?: string;
  readonly reason?: string;
}

/** Path, value and reason of a finding about an Ingress with these settings. */
function place(settings: AlbIngressSettings, { annotation, field, ...found }: Found) {
  const { ingress, origins } = renderIngress({
    ...settings,
    name: 'shop',
    namespace: 'shop',
    ingressClassName: 'alb',
  });
  const { annotations = {} } = ingress.metadata;
  const value = annotations[annotation ?? ''] ?? '';
  const source = { Kind: 'Ingress' as const, Name: 'shop/shop', Annotation: annotation, Field: field };
  const words = { path: '', value, reason: '', remedy: '', ...found, source };
  const { path, value: shown, reason } = inSettings(words, settings, { annotations, origins });
  return [path, shown, reason];
}

const to = (service: string, more: object = {}) => ({ service, port: 80, ...more });
const beta = { conditions: [{ field: 'http-request-method' as const, values: ['GET'] }] };

describe('a finding about an annotation', () => {
  const annotation = (suffix: string) => `${ALB}/${suffix}`;

  it('is at its prop, with the value as it was written', () => {
    const tags = { Team: 'shop' };
    expect(place({ tags }, { annotation: annotation('tags') })).toEqual(['tags', tags, '']);
    expect(place({ sslRedirect: true }, { annotation: annotation('ssl-redirect') })).toEqual([
      'sslRedirect',
      true,
      '',
    ]);
    expect(place({ webAcl: 'none' }, { annotation: annotation('wafv2-acl-arn') })).toEqual([
      'webAcl',
      'none',
      '',
    ]);
  });

  it('is at the part that holds what was found', () => {
    const subnets = ['subnet-a', 'subnet-b'];
    expect(place({ subnets }, { annotation: annotation('subnets'), value: 'subnet-b' })).toEqual([
      'subnets.1',
      'subnet-b',
      '',
    ]);
    expect(place({ subnets }, { annotation: annotation('subnets'), value: '2' })).toEqual([
      'subnets',
      '2',
      '',
    ]);
  });

  it('has the value that was found where it is a default', () => {
    const found = {
      annotation: annotation('target-type'),
      value: 'instance',
    };
    expect(place({}, found)).toEqual(['targetGroup.targetType', 'instance', '']);
  });

  it('is at its listener', () => {
    const listeners = [
      { port: 80, protocol: 'HTTP' },
      { port: 443, protocol: 'HTTPS', attributes: { serverHeader: false } },
    ] as const;
    const found = { annotation: annotation('listener-attributes.HTTPS-443') };
    const at = ['listeners.1.attributes', { serverHeader: false }, ''];
    expect(place({ listeners }, found)).toEqual(at);
    expect(place({}, { ...found, value: 'x' })).toEqual(['listeners', 'x', '']);
  });

  it('written by hand is there, and may be a prop instead', () => {
    const name = annotation('schem');
    const remedy = `write ${ALB}/scheme, not ${ALB}/nothing`;
    const source = { Kind: 'Ingress' as const, Name: 'shop/shop', Annotation: name };
    const words = { path: name, value: 'x', reason: `${ALB}/scheme`, remedy, source };
    const annotations = { [name]: 'x' };
    const origins = { [name]: `annotations.${name}` };
    expect(inSettings(words, { annotations }, { annotations, origins })).toEqual({
      path: `annotations.${name}`,
      value: 'x',
      reason: `${ALB}/scheme`,
      remedy: `write scheme (${ALB}/scheme), not ${ALB}/nothing`,
    });
  });
});

describe('a finding about a rule', () => {
  // Rendered in the order b, a, a.
  const routes = [to('a', beta), to('a'), to('b', { path: '/b' })];

  it.each([0, 1, 2])('%d is at its route', (index) => {
    const field = `spec.rules[0].http.paths[${index}]`;
    const path = `routes.${[2, 0, 1][index]}`;
    expect(place({ routes }, { field: `${field}.path`, reason: `see ${field}` })).toEqual([
      `${path}.path`,
      index === 0 ? '/b' : '',
      `see ${path}`,
    ]);
  });

  it('by an annotation is at the route that has it, or at the default backend', () => {
    const action = { type: 'fixed-response', statusCode: 404 } as const;
    const annotation = `${ALB}/actions.fixed-response`;
    expect(place({ routes: [to('a'), { path: '/x', action }] }, { annotation })).toEqual([
      'routes.1.action',
      action,
      '',
    ]);
    expect(place({ defaultBackend: { action } }, { annotation })).toEqual([
      'defaultBackend.action',
      action,
      '',
    ]);
  });

  it('that nobody wrote is of all routes', () => {
    const field = 'spec.rules[7].http.paths[0]';
    expect(place({ routes }, { field, value: '9', reason: field })).toEqual(['routes', '9', field]);
    expect(place({ routes }, { field: 'spec.rules', value: '101' })).toEqual(['routes', '101', '']);
  });
});
