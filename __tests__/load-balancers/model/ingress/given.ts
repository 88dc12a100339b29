import { clusterOf, type GroupContext, type Member } from '../../../../load-balancers/model/context';
import { type Action, type Rule, type TargetGroup } from '../../../../load-balancers/model/model';
import {
  keyOf,
  type Ingress,
  type IngressBackend,
  type IngressClassParams,
  type IngressClassParamsSpec,
  type IngressPath,
  type Service,
} from '../../../../load-balancers/model/objects';
import { Refused } from '../../../../load-balancers/model/refusal';
import {
  buildDefaultActions,
  buildRules,
  type ListenerPort,
} from '../../../../load-balancers/model/ingress/rules';
import { DEFAULT_SETTINGS, type ControllerSettings } from '../../../../load-balancers/model/settings';

export const HTTP: ListenerPort = { port: 80, protocol: 'HTTP' };
export const HTTPS: ListenerPort = { port: 443, protocol: 'HTTPS' };

/** Annotations by their suffix; what isn't text is written as JSON. */
export type Annotations = Readonly<Record<string, unknown>>;

function annotationsOf(annotations: Annotations): Record<string, string> {
  return Object.fromEntries(
    Object.entries(annotations).map(([suffix, value]) => [
      `alb.ingress.kubernetes.io/${suffix}`,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

export function ingressOf(spec: Ingress['spec'], annotations: Annotations = {}, name = 'app'): Ingress {
  return {
    kind: 'Ingress',
    metadata: { namespace: 'shop', name, annotations: annotationsOf(annotations) },
    spec,
  };
}

/** An Ingress of one host with these paths. */
export function pathsOf(
  paths: readonly IngressPath[],
  annotations: Annotations = {},
  host?: string,
): Ingress {
  return ingressOf({ rules: [{ host, http: { paths } }] }, annotations);
}

export function backendOf(name: string, port: number | string = 80): IngressBackend {
  return { service: { name, port: typeof port === 'number' ? { number: port } : { name: port } } };
}

/** A Service with node port 30080 for port 80, which leads to port 8080 of the pods. */
export function serviceOf(name: string, spec: Service['spec'] = {}, annotations: Annotations = {}): Service {
  return {
    kind: 'Service',
    metadata: { namespace: 'shop', name, annotations: annotationsOf(annotations) },
    spec: {
      type: 'NodePort',
      ports: [{ name: 'http', port: 80, targetPort: 8080, nodePort: 30080 }],
      ...spec,
    },
  };
}

export function paramsOf(spec: IngressClassParamsSpec): IngressClassParams {
  return { kind: 'IngressClassParams', metadata: { name: 'public' }, spec };
}

export interface Given {
  readonly services?: readonly Service[];
  readonly settings?: Partial<ControllerSettings>;
  readonly params?: IngressClassParams;
  readonly context?: Partial<GroupContext>;
}

export function groupOf(
  ingresses: readonly Ingress[],
  { services = [], settings = {}, params, context = {} }: Given = {},
): GroupContext {
  const members: Member[] = ingresses.map((ingress) => ({ ingress, params }));
  return {
    settings: { ...DEFAULT_SETTINGS, ...settings },
    cluster: clusterOf([...ingresses, ...services]),
    group: { id: keyOf(ingresses[0] ?? ingressOf({})), members, isOpen: false },
    targetGroups: new Map(),
    ipAddressType: 'ipv4',
    ...context,
  };
}

export function rulesOf(ingress: Ingress, given: Given = {}, listener = HTTP): readonly Rule[] {
  const group = groupOf([ingress], given);
  return buildRules(group, listener, group.group.members);
}

/** The actions of an Ingress's only rule. */
export function actionsOf(ingress: Ingress, given: Given = {}, listener = HTTP): readonly Action[] {
  const [rule, another] = rulesOf(ingress, given, listener);
  if (rule === undefined || another !== undefined) throw new Error('not one rule');
  return rule.Actions;
}

export function defaultActionsOf(ingresses: readonly Ingress[], given: Given = {}, listener = HTTP) {
  const group = groupOf(ingresses, given);
  return buildDefaultActions(group, listener, group.group.members);
}

/** The target group of an Ingress whose only path leads to this Service. */
export function targetGroupOf(
  service: Service,
  annotations: Annotations = {},
  { port = 80, ...given }: Given & { readonly port?: number | string } = {},
): TargetGroup {
  const ingress = pathsOf([{ path: '/', backend: backendOf(service.metadata.name, port) }], annotations);
  const group = groupOf([ingress], { ...given, services: [service] });
  buildRules(group, HTTP, group.group.members);
  const [targetGroup] = group.targetGroups.values();
  if (targetGroup === undefined) throw new Error('no target group');
  return targetGroup;
}

/** What the controller refuses. */
export function refusalOf(build: () => unknown): Refused {
  try {
    build();
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
