import { describe, expect, it } from '@jest/globals';
import { IngressV1 } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { Game2048 } from '../../../modules/sample';
import { Synthesized } from '../../support/synthesized';

describe('Game2048', () => {
  let url = '';
  const stack = Synthesized.of((scope) => {
    ({ url } = new Game2048(scope, 'sample', { ingressClassName: 'alb' }));
  });
  const address = (type: string) => stack.one(type).address;
  const [namespace, service, ingress, deployment] = [
    'kubernetes_namespace_v1',
    'kubernetes_service_v1',
    'kubernetes_ingress_v1',
    'kubernetes_deployment_v1',
  ].map(address) as [string, string, string, string];

  it('is five pods in a namespace of their own that injects readiness gates', () => {
    expect(stack.json).toHaveResourceWithProperties(NamespaceV1, {
      metadata: expect.objectContaining({
        name: 'game-2048',
        labels: expect.objectContaining({
          'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled',
          'pod-security.kubernetes.io/enforce': 'baseline',
        }),
      }),
    });
    expect(stack.one('kubernetes_deployment_v1').spec).toMatchObject({
      replicas: '5',
      template: {
        spec: {
          container: [
            { image: 'public.ecr.aws/l6m2t8p7/docker-2048:latest', port: [{ container_port: 80 }] },
          ],
        },
      },
    });
  });

  it('is behind an internet-facing load balancer whose targets are pods', () => {
    expect(stack.json).toHaveResourceWithProperties(IngressV1, {
      wait_for_load_balancer: true,
      metadata: expect.objectContaining({
        annotations: expect.objectContaining({
          'alb.ingress.kubernetes.io/scheme': 'internet-facing',
          'alb.ingress.kubernetes.io/target-type': 'ip',
        }),
      }),
      spec: expect.objectContaining({ ingress_class_name: 'alb' }),
    });
  });

  it('makes Service and Ingress before pods', () => {
    expect(stack.follows(deployment, ingress)).toBe(true);
    expect(stack.follows(ingress, service)).toBe(true);
    expect(stack.follows(service, namespace)).toBe(true);
  });

  it('has the URL of its load balancer', () => {
    expect(url).toMatch(/^http:\/\/\$\{TfToken/);
  });

  it('takes scheme, replicas, image and what to wait for', () => {
    const other = Synthesized.of((scope) => {
      const before = new Game2048(scope, 'x', { ingressClassName: 'alb' });
      new Game2048(scope, 'sample', {
        ingressClassName: 'private',
        scheme: 'internal',
        replicas: 1,
        image: 'mirror/2048',
        dependencies: [before.node.findChild('service') as never],
      });
    });
    expect(JSON.stringify(other.one('kubernetes_deployment_v1', 'sample'))).toContain(
      '"image":"mirror/2048"',
    );
    expect(other.one('kubernetes_deployment_v1', 'sample').spec).toMatchObject({ replicas: '1' });
    expect(JSON.stringify(other.one('kubernetes_ingress_v1', 'sample'))).toContain('"internal"');
    expect(other.dependencies('kubernetes_namespace_v1', 'sample')).toEqual([
      other.one('kubernetes_service_v1', 'x_').address,
    ]);
  });
});
