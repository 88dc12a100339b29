import { describe, expect, it } from '@jest/globals';
import { NetworkPolicyV1 } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { ResourceQuotaV1 } from '@cdktf/provider-kubernetes/lib/resource-quota-v1';
import { NamespaceGuard } from '../../../modules/workloads';
import { Synthesized } from '../../support/synthesized';

describe('NamespaceGuard', () => {
  const stack = Synthesized.of(
    (scope) =>
      new NamespaceGuard(scope, 'guard', {
        namespace: 'shop',
        ingressCidrs: ['10.0.0.0/16'],
        egressCidrs: ['10.0.0.0/8'],
        quota: { pods: 12, cpu: 1.2, memory: 1.5 * 2 ** 30 },
      }),
  );

  it('denies what nobody named', () => {
    expect(stack.json).toHaveResourceWithProperties(NetworkPolicyV1, {
      metadata: { name: 'default-deny', namespace: 'shop' },
      spec: { pod_selector: {}, policy_types: ['Ingress', 'Egress'] },
    });
    const { spec } = stack.one('kubernetes_network_policy_v1', 'default-deny');
    expect(Object.keys(spec as object).sort()).toEqual(['pod_selector', 'policy_types']);
  });

  it('lets in who comes from the VPC, and out to the networks and to DNS', () => {
    expect(stack.one('kubernetes_network_policy_v1', 'from-vpc').spec).toMatchObject({
      policy_types: ['Ingress'],
      ingress: [{ from: [{ ip_block: { cidr: '10.0.0.0/16' } }] }],
    });
    expect(JSON.stringify(stack.one('kubernetes_network_policy_v1', 'to-networks').spec)).toMatch(
      /10\.0\.0\.0\/8.*UDP.*TCP.*kube-system/,
    );
  });

  it('bounds what the pods request', () => {
    expect(stack.json).toHaveResourceWithProperties(ResourceQuotaV1, {
      spec: { hard: { pods: '12', 'requests.cpu': '1200m', 'requests.memory': '1536Mi' } },
    });
  });
});
