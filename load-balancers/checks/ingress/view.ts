import {
  DEFAULT_SETTINGS,
  isUnknown,
  keyOf,
  type ControllerSettings,
  type Ingress,
  type IngressClassParams,
  type KubernetesObject,
  clusterOf,
  type Cluster,
  decodingProblem,
} from '../../model';
import { INGRESS_PREFIX } from '../../language';
import { type CheckContext } from './context';
import { listenersOf, type GroupListener, type ListenPort } from './listen-ports';
import { fieldOf, itemsOf, textOf } from './json';
import { read } from './read';

export const ALB_CONTROLLER = 'ingress.k8s.aws/alb';
export const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/** The objects as the checks look at them: lenient where the controller refuses, for a check to name it. */
export interface View {
  /** Those that are checked. */
  readonly objects: readonly KubernetesObject[];
  /** With those that are not what their type says, which the model refuses. */
  readonly given: readonly KubernetesObject[];
  readonly context: CheckContext;
  readonly settings: ControllerSettings;
  readonly cluster: Cluster;
  readonly groups: readonly GroupView[];
  /** Those of all groups. */
  readonly members: readonly MemberView[];
}

export interface GroupView {
  readonly name: string;
  /** Named by its members or their class; a single Ingress is a group of its own else. */
  readonly explicit: boolean;
  /** In the order of their rules. */
  readonly members: readonly MemberView[];
  /** By port. */
  readonly listeners: readonly GroupListener[];
  /** Port to which HTTP listeners redirect; `unknown` if it can't be known. */
  readonly sslRedirect?: number | 'unknown';
}

/** An Ingress that the controller serves. */
export interface MemberView {
  readonly ingress: Ingress;
  /** Those of its class; they win over annotations. */
  readonly params?: IngressClassParams;
  /** Undefined if they can't be known. */
  readonly listenPorts?: readonly ListenPort[];
}

export function viewOf(given: readonly KubernetesObject[], context: CheckContext): View {
  // Of objects of one name, the last counts.
  const named = new Map(
    given
      .map(completed)
      .filter(isWhole)
      .map((object) => [`${object.kind} ${keyOf(object)}`, object]),
  );
  const objects = [...named.values()];
  const settings = { ...DEFAULT_SETTINGS, ...context.settings };
  const cluster = clusterOf(objects);
  const members = cluster.ingresses
    .filter((ingress) => isServed(ingress, cluster, settings, context))
    .map((ingress) => withListenPorts(ingress, paramsOf(ingress, cluster), settings));
  const byGroup = new Map<string, MemberView[]>();
  for (const member of members) {
    const id = groupNameOf(member) ?? keyOf(member.ingress);
    const group = byGroup.get(id);
    if (group === undefined) byGroup.set(id, [member]);
    else group.push(member);
  }
  const groups = [...byGroup].map(([name, unordered]) => groupOf(name, unordered));
  return { objects, given, context, settings, cluster, groups, members };
}

/** Whether it is what its type says; the model refuses it otherwise, as the API server does. */
function isWhole(object: KubernetesObject): boolean {
  if (decodingProblem(object) !== undefined || textOf(object.metadata, 'name') === undefined) return false;
  if (object.kind !== 'Ingress') return true;
  const { rules, defaultBackend } = object.spec as Readonly<Record<string, unknown>>;
  const https = itemsOf(rules).map((rule) => fieldOf(rule, 'http') ?? { paths: [] });
  const paths = https.flatMap((http) => itemsOf(fieldOf(http, 'paths')));
  return (
    https.every((http) => Array.isArray(fieldOf(http, 'paths'))) &&
    paths.every((path) => isBackend(fieldOf(path, 'backend'))) &&
    (defaultBackend === undefined || isBackend(defaultBackend))
  );
}

function isBackend(backend: unknown): boolean {
  const service = fieldOf(backend, 'service');
  return service === undefined
    ? fieldOf(backend, 'resource') !== undefined
    : textOf(service, 'name') !== undefined;
}

/** As kubectl does for what belongs to a namespace and names none, and as the API server does without `spec`. */
function completed(object: KubernetesObject): KubernetesObject {
  const { metadata, spec = {}, ...rest } = object as KubernetesObject & { readonly spec?: unknown };
  const inNamespace = object.kind === 'Ingress' || object.kind === 'Service';
  const namespace = inNamespace ? (metadata.namespace ?? 'default') : undefined;
  return { ...rest, metadata: { ...metadata, namespace }, spec } as KubernetesObject;
}

/** The class whose parameters an Ingress gets: none where the older annotation names one. */
export function classNameOf(ingress: Ingress, { ingressClasses }: Cluster): string | undefined {
  if (ingress.metadata.annotations?.[CLASS_ANNOTATION] !== undefined) return undefined;
  return (
    ingress.spec.ingressClassName ??
    [...ingressClasses.values()].find(
      ({ metadata }) => metadata.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true',
    )?.metadata.name
  );
}

export function hasOwnAnnotations({ metadata }: Ingress): boolean {
  return Object.keys(metadata.annotations ?? {}).some((name) => name.startsWith(INGRESS_PREFIX));
}

/** An IngressClass that isn't among the objects is taken for the controller's where the Ingress looks like it. */
function isServed(
  ingress: Ingress,
  cluster: Cluster,
  settings: ControllerSettings,
  { elsewhere }: CheckContext,
): boolean {
  const annotation = ingress.metadata.annotations?.[CLASS_ANNOTATION];
  if (annotation !== undefined) return annotation === settings.ingressClass;
  const name = classNameOf(ingress, cluster);
  if (name === undefined) return false;
  const found = cluster.ingressClasses.get(name);
  return found === undefined
    ? hasOwnAnnotations(ingress) ||
        name === settings.ingressClass ||
        isUnknown(name) ||
        (elsewhere?.ingressClasses?.includes(name) ?? false)
    : found.spec.controller === ALB_CONTROLLER;
}

function paramsOf(ingress: Ingress, cluster: Cluster): IngressClassParams | undefined {
  const name = classNameOf(ingress, cluster);
  const parameters = name === undefined ? undefined : cluster.ingressClasses.get(name)?.spec.parameters;
  return parameters === undefined ? undefined : cluster.ingressClassParams.get(parameters.name);
}

function withListenPorts(
  ingress: Ingress,
  params: IngressClassParams | undefined,
  settings: ControllerSettings,
): MemberView {
  return { ingress, params, listenPorts: listenersOf({ ingress, params }, settings) };
}

/** Undefined for a group of its own. */
export function groupNameOf({ ingress, params }: MemberView): string | undefined {
  return params?.spec.group === undefined ? read.text(ingress, 'group.name') : params.spec.group.name;
}

function groupOf(name: string, unordered: readonly MemberView[]): GroupView {
  const orderOf = ({ ingress }: MemberView) => read.integer(ingress, 'group.order') ?? 0;
  const members = unordered.toSorted(
    (a, b) => orderOf(a) - orderOf(b) || (keyOf(a.ingress) < keyOf(b.ingress) ? -1 : 1),
  );
  const explicit = members.some((member) => groupNameOf(member) !== undefined);
  return { name, explicit, members, listeners: mergedListeners(members), sslRedirect: redirectOf(members) };
}

function mergedListeners(members: readonly MemberView[]): readonly GroupListener[] {
  const byPort = new Map<number, ListenPort & { readonly members: MemberView[] }>();
  for (const member of members) {
    for (const { port, protocol } of member.listenPorts ?? []) {
      const listener = byPort.get(port);
      if (listener === undefined) byPort.set(port, { port, protocol, members: [member] });
      else listener.members.push(member);
    }
  }
  return [...byPort.values()].toSorted((a, b) => a.port - b.port);
}

function redirectOf(members: readonly MemberView[]): number | 'unknown' | undefined {
  const ports = members.flatMap(({ ingress, params }): (number | 'unknown')[] => {
    const ofParams = params?.spec.sslRedirectPort;
    if (ofParams) return [/^\d+$/.test(ofParams) ? Number(ofParams) : 'unknown'];
    return read.has(ingress, 'ssl-redirect') ? [read.integer(ingress, 'ssl-redirect') ?? 'unknown'] : [];
  });
  return ports.includes('unknown') ? 'unknown' : ports[0];
}
