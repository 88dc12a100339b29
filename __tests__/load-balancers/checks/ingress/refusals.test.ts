import { describe, expect, it } from '@jest/globals';
import { check, classOf, errors, ingress, only, path, rule, service } from './objects';

describe('what the controller refuses', () => {
  it('is a finding though no check knows it', () => {
    const found = only([ingress({ 'minimum-load-balancer-capacity': 'Units=1' })]);
    expect(found).toMatchObject({
      ingress: 'shop/web',
      annotation: 'alb.ingress.kubernetes.io/minimum-load-balancer-capacity',
      prop: 'capacityUnits',
      remedy: "write 'CapacityUnits=3000'",
    });
    expect(found.reason).toContain('invalid key to set the capacity: Units, Expected key: CapacityUnits');
    expect(errors([ingress({ 'minimum-load-balancer-capacity': 'CapacityUnits=1' })])).toEqual([]);
  });

  it.each<[string, ReturnType<typeof ingress>]>([
    ['a network', ingress({ 'inbound-cidrs': '10.0.0.0' })],
    ['a mode of mutual TLS', ingress({ 'mutual-authentication': '[{"port":80,"mode":"on"}]' })],
    [
      'an action',
      ingress(
        { 'actions.go': '{"type":"go"}' },
        {
          rules: [
            rule(path('go', { backend: { service: { name: 'go', port: { name: 'use-annotation' } } } })),
          ],
        },
      ),
    ],
    ['a condition', ingress({ 'conditions.web': '[{"field":"host-header"}]' })],
    ['a transform', ingress({ 'transforms.web': '[{"type":"rewrite"}]' })],
    [
      'a backend',
      ingress({}, { rules: [rule(path('web', { backend: { resource: { kind: 'Bucket', name: 'web' } } }))] }),
    ],
    ['nothing at all', ingress({}, { rules: [] })],
    [
      'weights',
      ingress(
        {
          'actions.go':
            '{"type":"forward","forwardConfig":{"targetGroups":[{"serviceName":"web","servicePort":80},{"serviceName":"web","servicePort":80}]}}',
        },
        {
          rules: [
            rule(path('go', { backend: { service: { name: 'go', port: { name: 'use-annotation' } } } })),
          ],
        },
      ),
    ],
  ])('is named: %s', (_, object) => {
    expect(errors([object])).toHaveLength(1);
  });

  it('of a class is named', () => {
    expect(errors([ingress(), ...classOf({ inboundCIDRs: ['10.0.0.1/8'] })])).not.toEqual([]);
  });

  it('of a Service is named', () => {
    const balanced = service('nlb', {
      type: 'LoadBalancer',
      loadBalancerClass: 'service.k8s.aws/nlb',
      annotations: { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'public' },
    });
    expect(check([ingress(), service(), balanced])).toMatchObject([{ kind: 'Service', ingress: 'shop/nlb' }]);
  });
});

it('a namespace that is not given is the default one', () => {
  const web = ingress();
  const objects = [
    { ...web, metadata: { ...web.metadata, namespace: undefined } },
    { ...service(), metadata: { name: 'web' } },
  ];
  expect(errors(objects)).toEqual([]);
});
