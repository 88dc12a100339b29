import { describe, expect, it } from '@jest/globals';
import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { App, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { AlbIngress, IngressError, type AlbIngressProps } from '../../../modules/ingress';
import { Synthesized } from '../../support/synthesized';

const PROPS: AlbIngressProps = {
  name: 'shop',
  namespace: 'shop',
  ingressClassName: 'alb',
  scheme: 'internet-facing',
  targetGroup: { targetType: 'ip' },
  routes: [{ path: '/api', service: 'users', port: 80 }],
};
const ALB = 'alb.ingress.kubernetes.io';

const synth = (overrides: Partial<AlbIngressProps> = {}) =>
  Synthesized.of((stack) => {
    new AlbIngress(stack, 'ingress', { ...PROPS, ...overrides });
  }).one('kubernetes_ingress_v1') as unknown as {
    metadata: { name: string; namespace: string; annotations: Record<string, string> };
    spec: Record<string, unknown>;
    wait_for_load_balancer: boolean;
    timeouts: object;
    depends_on?: string[];
  };

/** Problems that an Ingress with these props is refused for. */
function refusals(overrides: Partial<AlbIngressProps>) {
  try {
    synth(overrides);
    return [];
  } catch (error) {
    if (error instanceof IngressError) return error.problems;
    throw error;
  }
}

describe('AlbIngress', () => {
  it('is an Ingress with what its props say', () => {
    const made = synth();
    expect(made.metadata).toEqual({
      name: 'shop',
      namespace: 'shop',
      annotations: { [`${ALB}/scheme`]: 'internet-facing', [`${ALB}/target-type`]: 'ip' },
    });
    expect(made.spec).toEqual({
      ingress_class_name: 'alb',
      rule: [
        {
          http: {
            path: [
              {
                path: '/api',
                path_type: 'Prefix',
                backend: { service: { name: 'users', port: { number: 80 } } },
              },
            ],
          },
        },
      ],
    });
    expect(made.wait_for_load_balancer).toBe(true);
    expect(made.timeouts).toEqual({ create: '10m', delete: '10m' });
  });

  it('has hosts of TLS, a default backend, and other waits', () => {
    const made = synth({
      tlsHosts: ['shop.example.com'],
      listeners: [{ port: 443, protocol: 'HTTPS' }],
      routes: undefined,
      defaultBackend: { action: { type: 'fixed-response', statusCode: 404 } },
      waitForLoadBalancer: false,
      timeouts: { delete: '20m' },
    });
    expect(made.spec).toEqual({
      ingress_class_name: 'alb',
      default_backend: { service: { name: 'fixed-response', port: { name: 'use-annotation' } } },
      tls: [{ hosts: ['shop.example.com'] }],
    });
    expect(made.metadata.annotations[`${ALB}/actions.fixed-response`]).toBe(
      '{"type":"fixed-response","fixedResponseConfig":{"statusCode":"404"}}',
    );
    expect(made.wait_for_load_balancer).toBe(false);
    expect(made.timeouts).toEqual({ create: '10m', delete: '20m' });
  });

  it('lists all that is wrong in one error', () => {
    const wrong = refusals({
      group: { name: 'Shop', order: 1001 },
      listeners: [{ port: 0, protocol: 'HTTP' }],
    });
    expect(wrong.map(({ path }) => path)).toEqual(['group.name', 'group.order', 'listeners.0.port']);
    expect(() => synth({ group: { name: 'Shop' } })).toThrow(
      /^Ingress shop\/shop: 1 problem\n {2}group\.name = "Shop": .+; write lower-case letters/,
    );
  });
});
