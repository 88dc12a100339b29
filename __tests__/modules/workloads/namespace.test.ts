import { describe, expect, it } from '@jest/globals';
import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { WorkloadNamespace, type WorkloadNamespaceProps } from '../../../modules/workloads';
import { Synthesized } from '../../support/synthesized';

const namespace = (props: Partial<WorkloadNamespaceProps> = {}) =>
  Synthesized.of((stack) => {
    new WorkloadNamespace(stack, 'namespace', { name: 'shop', ...props });
  });

const labels = (props: Partial<WorkloadNamespaceProps>) =>
  (namespace(props).one('kubernetes_namespace_v1').metadata as { labels: Record<string, string> }).labels;

describe('WorkloadNamespace', () => {
  it('enforces the restricted standard', () => {
    expect(namespace().json).toHaveResourceWithProperties(NamespaceV1, {
      metadata: {
        name: 'shop',
        labels: expect.objectContaining({
          'pod-security.kubernetes.io/enforce': 'restricted',
          'pod-security.kubernetes.io/enforce-version': 'latest',
          'pod-security.kubernetes.io/audit': 'restricted',
          'pod-security.kubernetes.io/warn': 'restricted',
        }),
      },
      timeouts: { delete: '10m' },
    });
  });

  it("asks for readiness gates of whoever makes the load balancers, of nobody's without", () => {
    const gates = (props: Partial<WorkloadNamespaceProps>) =>
      Object.keys(labels(props)).filter((label) => label.includes('readiness-gate'));
    expect(gates({ controller: 'load-balancer-controller' })).toEqual([
      'elbv2.k8s.aws/pod-readiness-gate-inject',
    ]);
    expect(gates({ controller: 'auto-mode' })).toEqual(['eks.amazonaws.com/pod-readiness-gate-inject']);
    expect(gates({})).toEqual([]);
  });
});
