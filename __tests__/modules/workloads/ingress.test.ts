import { describe, expect, it } from '@jest/globals';
import { TerraformOutput } from 'cdktf';
import { WorkloadIngress, WorkloadNamespace, type WorkloadIngressProps } from '../../../modules/workloads';
import { Synthesized } from '../../support/synthesized';

const PROPS: WorkloadIngressProps = {
  name: 'services',
  namespace: 'shop',
  ingressClassName: 'alb',
  scheme: 'internal',
  targetType: 'ip',
  routes: [
    { path: '/api/users', pathType: 'Prefix', service: 'users', port: 80 },
    { path: '/', pathType: 'Exact', service: 'web', port: 80, host: 'shop.example.com' },
  ],
};

const synth = (overrides: Partial<WorkloadIngressProps> = {}) =>
  Synthesized.of((stack) => {
    const namespace = new WorkloadNamespace(stack, 'namespace', { name: 'shop' });
    const ingress = new WorkloadIngress(stack, 'ingress', { ...PROPS, dependsOn: [namespace], ...overrides });
    new TerraformOutput(stack, 'hostname', { value: ingress.hostname });
  });

describe('WorkloadIngress', () => {
  it('leads hosts and paths to services, in order', () => {
    expect(synth().one('kubernetes_ingress_v1')).toMatchObject({
      metadata: { name: 'services', namespace: 'shop' },
      spec: {
        ingress_class_name: 'alb',
        rule: [
          {
            host: 'shop.example.com',
            http: {
              path: [
                {
                  path: '/',
                  path_type: 'Exact',
                  backend: { service: { name: 'web', port: { number: 80 } } },
                },
              ],
            },
          },
          {
            http: {
              path: [
                {
                  path: '/api/users',
                  path_type: 'Prefix',
                  backend: { service: { name: 'users', port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    });
  });

  it('asks the controller for no more than it needs', () => {
    expect(synth().one('kubernetes_ingress_v1').metadata).toMatchObject({
      annotations: {
        'alb.ingress.kubernetes.io/scheme': 'internal',
        'alb.ingress.kubernetes.io/target-type': 'ip',
        'alb.ingress.kubernetes.io/target-group-attributes': 'deregistration_delay.timeout_seconds=30',
      },
    });
    expect(synth().one('kubernetes_ingress_v1').metadata).not.toHaveProperty([
      'annotations',
      'alb.ingress.kubernetes.io/ip-address-type',
    ]);
  });

  it('can be reached from everywhere, on IPv6 too, with targets of type instance', () => {
    const made = synth({ scheme: 'internet-facing', targetType: 'instance', ipAddressType: 'dualstack' });
    expect(made.one('kubernetes_ingress_v1').metadata).toMatchObject({
      annotations: {
        'alb.ingress.kubernetes.io/scheme': 'internet-facing',
        'alb.ingress.kubernetes.io/target-type': 'instance',
        'alb.ingress.kubernetes.io/ip-address-type': 'dualstack',
      },
    });
  });

  it('waits for its load balancer, whose name it knows', () => {
    const made = synth();
    expect(made.one('kubernetes_ingress_v1')).toMatchObject({
      wait_for_load_balancer: true,
      timeouts: { create: '10m', delete: '10m' },
    });
    expect(made.outputs().hostname?.value).toBe(
      '${kubernetes_ingress_v1.ingress.status[0].load_balancer[0].ingress[0].hostname}',
    );
    expect(made.dependencies('kubernetes_ingress_v1')).toEqual(['kubernetes_namespace_v1.namespace']);
  });

  it('refuses to have no routes', () => {
    expect(() => synth({ routes: [] })).toThrow('routes of Ingress services is empty');
  });
});
