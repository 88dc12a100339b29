import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { type Construct } from 'constructs';
import { type IngressController } from '../ingress-class';
import { namespaceLabels, type PodSecurityStandard } from './namespace-labels';

export interface WorkloadNamespaceProps {
  readonly name: string;
  /** Who makes the load balancers that pods wait for. @default - nobody: pods are ready when they say so */
  readonly controller?: IngressController;
  /** Pod Security Standard that pods are held to. @default 'restricted' */
  readonly podSecurity?: PodSecurityStandard;
  /** Further labels, such as those by which IngressClassParams select namespaces. @default {} */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * A namespace whose pods satisfy a Pod Security Standard and, behind a load balancer, aren't ready before
 * it finds them healthy.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/
 */
export class WorkloadNamespace extends NamespaceV1 {
  constructor(
    scope: Construct,
    id: string,
    { name, controller, labels, podSecurity }: WorkloadNamespaceProps,
  ) {
    super(scope, id, {
      metadata: { name, labels: { ...labels, ...namespaceLabels(controller, podSecurity) } },
      // Its objects are gone by then; a finalizer of the controller may still be at work.
      timeouts: { delete: '10m' },
    });
  }
}
