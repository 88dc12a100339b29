import { clusterOf } from '../../../../load-balancers/model/context';
import { type Listener, type LoadBalancer, type TargetGroup } from '../../../../load-balancers/model/model';
import { type Service, type ServicePort } from '../../../../load-balancers/model/objects';
import { Refused, type Source } from '../../../../load-balancers/model/refusal';
import { buildServiceLoadBalancer } from '../../../../load-balancers/model/service/build';
import { DEFAULT_SETTINGS, type ControllerSettings } from '../../../../load-balancers/model/settings';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model/unknown';

export const UNKNOWN = KNOWN_AFTER_APPLY;

/** Annotations of `service.beta.kubernetes.io` by what is after `aws-load-balancer-`; what starts with `/` as it is. */
export type Annotations = Readonly<Record<string, string>>;

export interface Given {
  readonly spec?: Service['spec'];
  readonly settings?: Partial<ControllerSettings>;
  readonly others?: readonly Service[];
}

export const HTTP: ServicePort = { name: 'http', port: 80, targetPort: 8080, nodePort: 30080 };
export const HTTPS: ServicePort = { name: 'https', port: 443, targetPort: 8443, nodePort: 30443 };
export const DNS: ServicePort = { name: 'dns', port: 53, protocol: 'UDP', nodePort: 30053 };

export function serviceOf(annotations: Annotations = {}, spec: Service['spec'] = {}, name = 'web'): Service {
  return {
    kind: 'Service',
    metadata: {
      namespace: 'shop',
      name,
      annotations: Object.fromEntries(
        Object.entries(annotations).map(([suffix, value]) => [annotationOf(suffix), value]),
      ),
    },
    spec: { type: 'LoadBalancer', ports: [HTTP], ...spec },
  };
}

export function annotationOf(suffix: string): string {
  const name = suffix.startsWith('/') ? suffix.slice(1) : `aws-load-balancer-${suffix}`;
  return `service.beta.kubernetes.io/${name}`;
}

export function build(
  annotations: Annotations = {},
  { spec, settings, others = [] }: Given = {},
): LoadBalancer | undefined {
  const service = serviceOf(annotations, spec);
  return buildServiceLoadBalancer(
    clusterOf([service, ...others]),
    { ...DEFAULT_SETTINGS, ...settings },
    service,
  );
}

export function loadBalancerOf(annotations: Annotations = {}, given: Given = {}): LoadBalancer {
  const loadBalancer = build(annotations, given);
  if (loadBalancer === undefined) throw new Error("not this controller's");
  return loadBalancer;
}

export function targetGroupOf(annotations: Annotations = {}, given: Given = {}): TargetGroup {
  const [targetGroup] = loadBalancerOf(annotations, given).TargetGroups;
  if (targetGroup === undefined) throw new Error('no target group');
  return targetGroup;
}

export function listenerOf(annotations: Annotations = {}, given: Given = {}): Listener {
  const [listener] = loadBalancerOf(annotations, given).Listeners;
  if (listener === undefined) throw new Error('no listener');
  return listener;
}

/** What the controller refuses, in its words. */
export function refusalOf(annotations: Annotations = {}, given: Given = {}): string {
  return refused(annotations, given).message;
}

export function sourceOfRefusal(annotations: Annotations, given: Given): Source | undefined {
  return refused(annotations, given).source;
}

function refused(annotations: Annotations, given: Given): Refused {
  try {
    build(annotations, given);
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

export function attributesOf(items: readonly { readonly Key: string; readonly Value: string }[]) {
  return Object.fromEntries(items.map(({ Key, Value }) => [Key, Value]));
}
