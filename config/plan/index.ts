import { type CheckContext } from '../../load-balancers/checks';
import { type IngressController } from '../../modules/ingress-class/flavor';
import { type NlbServiceManifestProps } from '../../load-balancers/language';
import { type AwsEnvironment } from '../environment';
import { type ServiceSettings } from '../schema/workloads';
import { mayRunOnFargate } from './fargate';
import { planDns, type PlannedDns } from './dns';
import {
  albAnnotationsOf,
  controllerOf,
  logBucketOf,
  planIngresses,
  plannedTargetTypeOf,
  type PlannedIngress,
} from './ingresses';
import { planPodRoles, type PlannedPodRole } from './pod-roles';
import { quotaOf, type Quota } from './quota';
import {
  checkContextOf,
  networkLoadBalancerOf,
  planBinding,
  serviceObjectOf,
} from './service-load-balancers';

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
  readonly context: CheckContext;
}

export interface PlannedExternalBinding {
  readonly namespace: string;
  readonly object: Omit<ReturnType<typeof planBinding>['object'], 'serviceRef'> & {
    readonly serviceRef: { readonly name: string; readonly port: number };
  };
  /** Where it is written. */
  readonly path: string;
}

/** What an environment amounts to. It is resolved once; rules judge it, and stacks make it. */
export interface EnvironmentPlan {
  /** By which AWS tells what is this environment's; they win over `tags`. */
  readonly ownTags: Readonly<Record<string, string>>;
  /** Who makes the load balancers. */
  readonly controller: IngressController;
  /** Whether pods of the workloads may run on Fargate. */
  readonly onFargate: boolean;
  readonly ingresses: readonly PlannedIngress[];
  readonly podRoles: readonly PlannedPodRole[];
  readonly dns: PlannedDns | undefined;
  /** Bucket of load balancer logs, where one is made. */
  readonly logBucket: string | undefined;
  /** What the namespace may have at most, where it is held to that. */
  readonly quota: Quota | undefined;
  /** In the order of `workloads.services`. */
  readonly services: readonly PlannedService[];
  /** Bindings of Services that others make. */
  readonly externalBindings: readonly PlannedExternalBinding[];
}

export function planOf(environment: Decided): EnvironmentPlan {
  const context = checkContextOf(environment);
  const ingresses = planIngresses(environment);
  const { namespace, externalServices } = environment.workloads;
  return {
    ownTags: { Project: environment.project, Environment: environment.name, ManagedBy: 'terraform' },
    externalBindings: externalServices.flatMap(
      ({ name, namespace: own = namespace, ports, targetGroupBindings }, index) =>
        targetGroupBindings.map((binding, at) => {
          const { object } = planBinding({ name }, binding);
          return {
            namespace: own,
            object: { ...object, serviceRef: { name, port: ports[0]?.port ?? object.serviceRef.port } },
            path: `workloads.externalServices.${index}.targetGroupBindings.${at}`,
          };
        }),
    ),
    controller: controllerOf(environment),
    onFargate: mayRunOnFargate(environment),
    ingresses,
    dns: planDns(environment, ingresses),
    logBucket: logBucketOf(environment),
    quota: quotaOf(environment),
    podRoles: planPodRoles(environment),
    services: environment.workloads.services.map((settings) => {
      const type = plannedTargetTypeOf(environment, settings) === 'instance' ? 'NodePort' : 'ClusterIP';
      return {
        settings,
        type,
        annotations: albAnnotationsOf(settings).annotations,
        networkLoadBalancer: networkLoadBalancerOf(environment, settings),
        bindings: settings.targetGroupBindings.map((binding) => planBinding(settings, binding)),
        context: { ...context, services: [serviceObjectOf(settings, type)] },
      };
    }),
  };
}
