import { type IngressClassParamsSettings } from '../../load-balancers/language';
import { ALB_CONTROLLER } from '../../load-balancers/model';

/** Who serves a class: the AWS Load Balancer Controller, or the one built into EKS Auto Mode. */
export type IngressController = 'load-balancer-controller' | 'auto-mode';

interface Flavor {
  /** `spec.controller` of the IngressClass. */
  readonly controller: string;
  /** Of IngressClassParams. */
  readonly apiGroup: string;
  readonly apiVersion: string;
  readonly spec: (params: IngressClassParamsSettings) => Readonly<Record<string, unknown>>;
  /** Label of a namespace whose pods get readiness gates. */
  readonly readinessGate: string;
}

/** Fields that Auto Mode has not, and what an Ingress says in their place. */
export const OF_INGRESSES = {
  wafv2AclArn: 'webAcl: { arn }',
  wafv2AclName: 'webAcl: { name }',
  sslRedirectPort: 'sslRedirect',
} as const;

/** @see https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html */
export const FLAVORS: Readonly<Record<IngressController, Flavor>> = {
  'load-balancer-controller': {
    controller: ALB_CONTROLLER,
    apiGroup: 'elbv2.k8s.aws',
    apiVersion: 'v1beta1',
    spec: (params) => ({ ...params }),
    readinessGate: 'elbv2.k8s.aws/pod-readiness-gate-inject',
  },
  'auto-mode': {
    controller: 'eks.amazonaws.com/alb',
    apiGroup: 'eks.amazonaws.com',
    apiVersion: 'v1',
    // Auto Mode has other names for some, and takes web ACLs and redirects from Ingresses only.
    spec: ({ certificateArn, subnets, listeners, ...params }) => {
      for (const [field, prop] of Object.entries(OF_INGRESSES)) {
        const value = params[field as keyof typeof OF_INGRESSES];
        if (value === undefined) continue;
        throw new Error(
          `${field} ${value} is no field of Auto Mode's IngressClassParams: write ${prop} on Ingresses`,
        );
      }
      return {
        ...params,
        ...(certificateArn && { certificateARNs: certificateArn }),
        ...(subnets && { subnets: 'tags' in subnets ? { matchTags: matchTags(subnets.tags) } : subnets }),
        ...(listeners && {
          listeners: listeners.map(({ listenerAttributes, ...listener }) => ({
            ...listener,
            ...(listenerAttributes && { attributes: listenerAttributes }),
          })),
        }),
      };
    },
    readinessGate: 'eks.amazonaws.com/pod-readiness-gate-inject',
  },
};

function matchTags(tags: Readonly<Record<string, readonly string[]>> = {}) {
  return Object.entries(tags).map(([key, values]) => ({ key, values }));
}

/**
 * Labels of a namespace whose pods aren't ready before their load balancer finds them healthy.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/
 */
export function readinessGateLabels(controller: IngressController): Record<string, string> {
  return { [FLAVORS[controller].readinessGate]: 'enabled' };
}
