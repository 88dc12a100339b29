import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { type Construct } from 'constructs';
import { readinessGateLabels, type IngressController } from '../ingress-class';

export interface WorkloadNamespaceProps {
  readonly name: string;
  /** Who makes the load balancers that pods wait for. @default - nobody: pods are ready when they say so */
  readonly controller?: IngressController;
}

/**
 * A namespace whose pods satisfy the restricted Pod Security Standard and, behind a load balancer, aren't ready before
 * it finds them healthy.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/
 */
export class WorkloadNamespace extends NamespaceV1 {
  constructor(scope: Construct, id: string, { name, controller }: WorkloadNamespaceProps) {
    super(scope, id, {
      metadata: {
        name,
        labels: {
          ...(controller && readinessGateLabels(controller)),
          'pod-security.kubernetes.io/enforce': 'restricted',
          'pod-security.kubernetes.io/enforce-version': 'latest',
          'pod-security.kubernetes.io/audit': 'restricted',
          'pod-security.kubernetes.io/audit-version': 'latest',
          'pod-security.kubernetes.io/warn': 'restricted',
          'pod-security.kubernetes.io/warn-version': 'latest',
        },
      },
      // Its objects are gone by then; a finalizer of the controller may still be at work.
      timeouts: { delete: '10m' },
    });
  }
}
