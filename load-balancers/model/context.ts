import {
  keyOf,
  type Ingress,
  type IngressClass,
  type IngressClassParams,
  type KubernetesObject,
  type Namespace,
  type Service,
} from './objects';
import { type LoadBalancer, type TargetGroup } from './model';
import { type ControllerSettings } from './settings';
import { type OrUnknown } from './unknown';

/** What is in the cluster, by kind and key. */
export interface Cluster {
  readonly ingresses: readonly Ingress[];
  /** By `namespace/name`. */
  readonly services: ReadonlyMap<string, Service>;
  readonly ingressClasses: ReadonlyMap<string, IngressClass>;
  readonly ingressClassParams: ReadonlyMap<string, IngressClassParams>;
  readonly namespaces: ReadonlyMap<string, Namespace>;
  /** Of Services that are not among the objects, by `namespace/name`. @default - none is there */
  readonly isElsewhere?: (service: string) => boolean;
}

export function clusterOf(objects: readonly KubernetesObject[]): Cluster {
  const byKey = <K extends KubernetesObject['kind']>(kind: K) =>
    new Map(
      objects.flatMap((object) =>
        object.kind === kind
          ? [[keyOf(object), object as Extract<KubernetesObject, { kind: K }>] as const]
          : [],
      ),
    );
  return {
    ingresses: objects.filter((object) => object.kind === 'Ingress'),
    services: byKey('Service'),
    ingressClasses: byKey('IngressClass'),
    ingressClassParams: byKey('IngressClassParams'),
    namespaces: byKey('Namespace'),
  };
}

/** An Ingress with the parameters of its class, if the class is read from `spec.ingressClassName` and has any. */
export interface Member {
  readonly ingress: Ingress;
  readonly params?: IngressClassParams;
}

/** Ingresses that share a load balancer, in the order of their rules. */
export interface IngressGroup {
  /** Name of an explicit group, `namespace/name` of the only Ingress of an implicit one. */
  readonly id: string;
  readonly members: readonly Member[];
}

/** What the parts of one load balancer's model have in common. */
export interface GroupContext {
  readonly settings: ControllerSettings;
  readonly cluster: Cluster;
  readonly group: IngressGroup;
  /** Filled as listeners and rules name them; by `Id`. */
  readonly targetGroups: Map<string, TargetGroup>;
  /** Where HTTP listeners redirect to. Set before default actions and rules are built. */
  readonly sslRedirect?: { readonly port: number };
  /** Of the load balancer. Set before default actions and rules are built. */
  readonly ipAddressType?: LoadBalancer['IpAddressType'];
  /** By which targets admit the load balancer; absent if they need not. Set before default actions and rules are built. */
  readonly backendSecurityGroup?: OrUnknown<string>;
}
