import { type IngressClassParamsSettings } from '../../load-balancers/language';
import { NOT_OF_AUTO_MODE } from '../../load-balancers/checks';
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
    // Auto Mode has other names for some.
    spec: ({ certificateArn, subnets, ...params }) => {
      for (const [field, { prop }] of Object.entries(NOT_OF_AUTO_MODE)) {
        const value = params[field as keyof typeof params];
        if (value === undefined) continue;
        throw new Error(
          `${field} ${JSON.stringify(value)} is no field of Auto Mode's IngressClassParams: ${prop}`,
        );
      }
      return {
        ...params,
        ...(certificateArn && { certificateARNs: certificateArn }),
        ...(subnets && { subnets: 'tags' in subnets ? { matchTags: matchTags(subnets.tags) } : subnets }),
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
