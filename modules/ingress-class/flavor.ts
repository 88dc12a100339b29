import { type IngressClassParams } from '../../load-balancers/language';

/** Who serves a class: the AWS Load Balancer Controller, or the one built into EKS Auto Mode. */
export type IngressController = 'load-balancer-controller' | 'auto-mode';

interface Flavor {
  /** `spec.controller` of the IngressClass. */
  readonly controller: string;
  /** Of IngressClassParams. */
  readonly apiGroup: string;
  readonly apiVersion: string;
  readonly spec: (params: IngressClassParams) => Readonly<Record<string, unknown>>;
  /** Label of a namespace whose pods get readiness gates. */
  readonly readinessGate: string;
}

/** Fields that Auto Mode has not, and what an Ingress says in their place. */
const OF_INGRESSES = { wafv2AclArn: 'webAcl: { arn }', wafv2AclName: 'webAcl: { name }' } as const;

/** @see https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html */
export const FLAVORS: Readonly<Record<IngressController, Flavor>> = {
  'load-balancer-controller': {
    controller: 'ingress.k8s.aws/alb',
    apiGroup: 'elbv2.k8s.aws',
    apiVersion: 'v1beta1',
    spec: (params) => ({ ...params }),
    readinessGate: 'elbv2.k8s.aws/pod-readiness-gate-inject',
  },
  'auto-mode': {
    controller: 'eks.amazonaws.com/alb',
    apiGroup: 'eks.amazonaws.com',
    apiVersion: 'v1',
    // Auto Mode calls the certificates by another name, and takes web ACLs from Ingresses only.
    spec: ({ certificateArn, ...params }) => {
      for (const [field, prop] of Object.entries(OF_INGRESSES)) {
        const value = params[field as keyof typeof OF_INGRESSES];
        if (value === undefined) continue;
        throw new Error(
          `${field} ${value} is no field of Auto Mode's IngressClassParams: write ${prop} on Ingresses`,
        );
      }
      return { ...params, ...(certificateArn && { certificateARNs: certificateArn }) };
    },
    readinessGate: 'eks.amazonaws.com/pod-readiness-gate-inject',
  },
};

/**
 * Labels of a namespace whose pods aren't ready before their load balancer finds them healthy.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/
 */
export function readinessGateLabels(controller: IngressController): Record<string, string> {
  return { [FLAVORS[controller].readinessGate]: 'enabled' };
}
