import { type IngressController } from '../../modules/ingress-class/flavor';
import { type NlbServiceManifestProps } from '../../load-balancers/language';
import { type AwsEnvironment } from '../environment';
import { type ServiceSettings } from '../schema/workloads';
import { isOnFargate } from './fargate';
import {
  albAnnotationsOf,
  controllerOf,
  planIngresses,
  targetTypeOf,
  type PlannedIngress,
} from './ingresses';
import { networkLoadBalancerOf, planBinding, surroundingsOf } from './service-load-balancers';

export { SHARED_INGRESS, type PlannedIngress } from './ingresses';

/** An environment whose fields are all decided, before what they amount to is. */
export type Decided = Omit<AwsEnvironment, 'plan'>;

/** A service with its objects around the pods. */
export interface PlannedService {
  readonly settings: ServiceSettings;
  /** Of its own Service. */
  readonly type: 'ClusterIP' | 'NodePort';
  /** What the load balancer reads from its own Service. */
  readonly annotations: Readonly<Record<string, string>>;
  /** The Service of its Network Load Balancer. */
  readonly networkLoadBalancer: NlbServiceManifestProps | undefined;
  readonly bindings: readonly ReturnType<typeof planBinding>[];
  /** What its load balancers are judged by. */
  readonly surroundings: ReturnType<typeof surroundingsOf>;
}

/** What an environment amounts to. It is resolved once; rules judge it, and stacks make it. */
export interface Plan {
  /** Who makes the load balancers. */
  readonly controller: IngressController;
  /** Whether pods of the workloads may run on Fargate. */
  readonly onFargate: boolean;
  readonly ingresses: readonly PlannedIngress[];
  /** In the order of `workloads.services`. */
  readonly services: readonly PlannedService[];
}

export function planOf(environment: Decided): Plan {
  const surroundings = {
    ClusterIP: surroundingsOf(environment, 'ClusterIP'),
    NodePort: surroundingsOf(environment, 'NodePort'),
  };
  return {
    controller: controllerOf(environment),
    onFargate: isOnFargate(environment),
    ingresses: planIngresses(environment),
    services: environment.workloads.services.map((settings) => {
      const type = targetTypeOf(environment, settings) === 'instance' ? 'NodePort' : 'ClusterIP';
      return {
        settings,
        type,
        annotations: albAnnotationsOf(settings),
        networkLoadBalancer: networkLoadBalancerOf(environment, settings),
        bindings: settings.targetGroupBindings.map((binding) => planBinding(settings, binding)),
        surroundings: surroundings[type],
      };
    }),
  };
}
