import { type Facts } from './facts';
import {
  keyOf,
  type Ingress,
  type IngressClass,
  type IngressClassParams,
  type KubernetesObject,
  type Namespace,
  type Secret,
  type Service,
  type BindingManifest,
} from './objects';
import { type LoadBalancer, type TargetGroup } from './model';
import { type ControllerSettings } from './settings';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from './unknown';

/** What is in the cluster, by kind and key. */
export interface Cluster {
  readonly ingresses: readonly Ingress[];
  /** By `namespace/name`. */
  readonly services: ReadonlyMap<string, Service>;
  readonly ingressClasses: ReadonlyMap<string, IngressClass>;
  readonly ingressClassParams: ReadonlyMap<string, IngressClassParams>;
  /** By `namespace/name`. */
  readonly targetGroupBindings: ReadonlyMap<string, BindingManifest>;
  readonly namespaces: ReadonlyMap<string, Namespace>;
  /** By `namespace/name`. */
  readonly secrets: ReadonlyMap<string, Secret>;
  /** Whether an object that isn't among these may be there all the same, by its key. */
  readonly mayBeThere: (kind: KubernetesObject['kind'], key: string) => boolean;
  readonly facts: Facts;
}

/** Keys that may be anything: those of objects whose name or namespace isn't known yet. */
export function possibleKeys(
  objects: readonly KubernetesObject[],
): (kind: KubernetesObject['kind'], key: string) => boolean {
  const forms = objects.flatMap((object) =>
    isUnknown(keyOf(object)) ? [{ kind: object.kind, form: formOf(keyOf(object)) }] : [],
  );
  return (kind, key) => isUnknown(key) || forms.some((each) => each.kind === kind && each.form.test(key));
}

function formOf(key: string): RegExp {
  const escaped = key.split(KNOWN_AFTER_APPLY).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`);
}

export function clusterOf(
  objects: readonly KubernetesObject[],
  mayBeThere: Cluster['mayBeThere'] = possibleKeys(objects),
  facts: Facts = {},
): Cluster {
  const byKey = <K extends KubernetesObject['kind']>(kind: K) =>
    new Map(
      objects.flatMap((object, index) => {
        if (object.kind !== kind) return [];
        const key = isUnknown(keyOf(object)) ? `${keyOf(object)} ${index}` : keyOf(object);
        return [[key, object as Extract<KubernetesObject, { kind: K }>] as const];
      }),
    );
  return {
    ingresses: objects.filter((object) => object.kind === 'Ingress'),
    services: byKey('Service'),
    ingressClasses: byKey('IngressClass'),
    ingressClassParams: byKey('IngressClassParams'),
    targetGroupBindings: byKey('TargetGroupBinding'),
    namespaces: byKey('Namespace'),
    secrets: byKey('Secret'),
    mayBeThere,
    facts,
  };
}

/** An Ingress with the parameters of its class, if the class is read from `spec.ingressClassName` and has any. */
export interface Member {
  readonly ingress: Ingress;
  readonly params?: IngressClassParams;
  /** Whether it isn't known yet which parameters these are. @default false */
  readonly isOpaque?: boolean;
}

/** Ingresses that share a load balancer, in the order of their rules. */
export interface IngressGroup {
  /** Name of an explicit group, `namespace/name` of the only Ingress of an implicit one. */
  readonly id: string;
  readonly members: readonly Member[];
  /** Whether Ingresses of which too little is known yet may be in it too. */
  readonly isOpen: boolean;
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
