import { describe, expect, it } from '@jest/globals';
import { type CheckContext } from '../../../../load-balancers/checks';
import { errors, ingress, only, path, rule, service } from './objects';

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/4f1a';

const withRules = (count: number, annotations = {}) =>
  ingress(annotations, {
    rules: [
      rule(...Array.from({ length: count }, (_, at) => path('web', { path: `/p${at}`, pathType: 'Exact' }))),
    ],
  });

describe('a load balancer', () => {
  it('has 100 rules, or what its quota says', () => {
    expect(only([withRules(101)])).toMatchObject({
      ingress: 'shop/web',
      field: 'spec.rules',
      prop: 'routes',
      value: '101',
      reason: 'load balancer shop/web would have 101 rules beside the default ones, the quota is 100',
      remedy: 'put some Ingresses into another group, or have the quota raised',
    });
    expect(errors([withRules(100)])).toEqual([]);
    expect(errors([withRules(101)], { quotas: { rulesPerLoadBalancer: 101 } })).toEqual([]);
  });

  it('has the rules of all listeners and members', () => {
    const both = { 'listen-ports': '[{"HTTP":80},{"HTTP":8080}]' };
    expect(errors([withRules(51, both)])).toEqual(['spec.rules=102']);
    expect(errors([withRules(50, both)])).toEqual([]);
    const other = {
      ...withRules(51, { 'group.name': 'shop' }),
      metadata: {
        name: 'a',
        namespace: 'shop',
        annotations: { 'alb.ingress.kubernetes.io/group.name': 'shop' },
      },
    };
    const zoo = {
      ...other,
      spec: { ...other.spec, rules: [{ host: 'zoo.example.com', ...other.spec.rules?.[0] }] },
    };
    expect(errors([withRules(50, { 'group.name': 'shop' }), zoo])).toEqual(['spec.rules=101']);
  });

  it('has 25 certificates beside the default one', () => {
    const certificates = (count: number) =>
      ingress({
        'certificate-arn': Array.from({ length: count }, (_, at) => `${CERTIFICATE}${at}`).join(','),
      });
    expect(errors([certificates(27)])).toEqual(['certificate-arn=26']);
    expect(errors([certificates(26)])).toEqual([]);
    expect(errors([certificates(27)], { quotas: { certificatesPerLoadBalancer: 26 } })).toEqual([]);
  });

  it('has 100 target groups, however many rules', () => {
    const services = (count: number) => Array.from({ length: count }, (_, at) => service(`s${at}`));
    const objects = (count: number) => [
      ingress(
        {},
        {
          rules: [
            rule(
              ...services(count).map(({ metadata }) =>
                path(metadata.name, { path: `/${metadata.name}`, pathType: 'Exact' }),
              ),
            ),
          ],
        },
      ),
      ...services(count),
    ];
    const context = { quotas: { rulesPerLoadBalancer: 1000 } };
    expect(errors(objects(101), context)).toEqual(['spec.rules=101']);
    expect(errors(objects(100), context)).toEqual([]);
  });

  it('has 1,000 targets', () => {
    const pods = (count: number): CheckContext => ({ replicas: { 'shop/web': count } });
    expect(errors([ingress({ 'target-type': 'ip' })], pods(1001))).toEqual(['spec.rules=1001']);
    expect(errors([ingress({ 'target-type': 'ip' })], pods(1000))).toEqual([]);
    expect(
      errors([ingress({ 'target-type': 'ip' })], { ...pods(1001), quotas: { targetsPerLoadBalancer: 2000 } }),
    ).toEqual([]);
    expect(errors([ingress()], { nodes: 1001 })).toEqual(['spec.rules=1001']);
    expect(errors([ingress()], { nodes: 1000 })).toEqual([]);
    expect(errors([ingress()], pods(1001))).toEqual([]);
  });

  it('has 50 listeners', () => {
    const listening = (count: number) =>
      ingress({
        'listen-ports': JSON.stringify(Array.from({ length: count }, (_, at) => ({ HTTP: 8000 + at }))),
      });
    expect(errors([listening(51)])).toEqual(['listen-ports=51']);
    expect(errors([listening(50)])).toEqual([]);
  });
});
