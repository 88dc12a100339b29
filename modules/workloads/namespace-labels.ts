import { readinessGateLabels, type IngressController } from '../ingress-class/flavor';

/** Labels that say how pods of a namespace must be, and whose load balancers they wait for. */
export function namespaceLabels(controller?: IngressController): Record<string, string> {
  return {
    ...(controller && readinessGateLabels(controller)),
    'pod-security.kubernetes.io/enforce': 'restricted',
    'pod-security.kubernetes.io/enforce-version': 'latest',
    'pod-security.kubernetes.io/audit': 'restricted',
    'pod-security.kubernetes.io/audit-version': 'latest',
    'pod-security.kubernetes.io/warn': 'restricted',
    'pod-security.kubernetes.io/warn-version': 'latest',
  };
}
