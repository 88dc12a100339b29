import { describe, expect, it } from '@jest/globals';
import { IngressV1 } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import { ManifestIngress, type ManifestIngressProps } from '../../../modules/ingress/manifest-ingress';
import { Synthesized } from '../../support/synthesized';

const to = (name: string) => ({ service: { name, port: { number: 80 } } });
const synth = (props: Partial<ManifestIngressProps> = {}) =>
  Synthesized.of((stack) => {
    new ManifestIngress(stack, 'ingress', {
      manifest: {
        kind: 'Ingress',
        metadata: { name: 'shop', namespace: 'shop', annotations: { a: 'b' } },
        spec: {
          ingressClassName: 'alb',
          defaultBackend: to('web'),
          rules: [
            { host: 'x.example', http: { paths: [{ path: '/', pathType: 'Prefix', backend: to('api') }] } },
          ],
          tls: [{ hosts: ['x.example'] }],
        },
      },
      ...props,
    });
  });

describe('ManifestIngress', () => {
  it('says what its manifest says', () => {
    expect(synth().json).toHaveResourceWithProperties(IngressV1, {
      metadata: { name: 'shop', namespace: 'shop', annotations: { a: 'b' } },
      spec: {
        ingress_class_name: 'alb',
        default_backend: to('web'),
        rule: [
          { host: 'x.example', http: { path: [{ path: '/', path_type: 'Prefix', backend: to('api') }] } },
        ],
        tls: [{ hosts: ['x.example'] }],
      },
      wait_for_load_balancer: true,
      timeouts: { create: '10m', delete: '10m' },
    });
  });

  it('takes another class, other times, and no waiting', () => {
    const props = { ingressClassName: 'own', timeouts: { create: '20m' }, waitForLoadBalancer: false };
    expect(synth(props).json).toHaveResourceWithProperties(IngressV1, {
      spec: expect.objectContaining({ ingress_class_name: 'own' }),
      wait_for_load_balancer: false,
      timeouts: { create: '20m', delete: '10m' },
    });
  });
});
