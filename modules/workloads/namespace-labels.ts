import { readinessGateLabels, type IngressController } from '../ingress-class/flavor';

/** How pods of a namespace must be. @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export type PodSecurityStandard = 'restricted' | 'baseline' | 'privileged';

/** Labels that say how pods of a namespace must be, and whose load balancers they wait for. */
export function namespaceLabels(
  controller?: IngressController,
  podSecurity: PodSecurityStandard = 'restricted',
): Record<string, string> {
  return {
    ...(controller && readinessGateLabels(controller)),
    'pod-security.kubernetes.io/enforce': podSecurity,
    'pod-security.kubernetes.io/enforce-version': 'latest',
    'pod-security.kubernetes.io/audit': podSecurity,
    'pod-security.kubernetes.io/audit-version': 'latest',
    'pod-security.kubernetes.io/warn': podSecurity,
    'pod-security.kubernetes.io/warn-version': 'latest',
  };
}
