import {
  ALB_CONTROLLER,
  type Cluster,
  clusterOf,
  type ControllerSettings,
  DEFAULT_SETTINGS,
  groupIngresses,
  type Ingress,
  type IngressGroup,
  keyOf,
  type KubernetesObject,
  type Member,
  readObjects,
} from '../../model';
import { INGRESS_PREFIX } from '../../language';
import { type CheckContext } from '../context';
import { listenersOf, type GroupListener, type ListenPort } from './listen-ports';
import { read } from './read';

export const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/** The objects as the checks look at them: lenient where the controller refuses, for a check to name it. */
export interface View {
  /** As given, with a class for each Ingress whose own is not among them. */
  readonly given: readonly KubernetesObject[];
  readonly context: CheckContext;
  readonly settings: ControllerSettings;
  readonly cluster: Cluster;
  readonly groups: readonly GroupView[];
  /** Those of all groups. */
  readonly members: readonly MemberView[];
}

/** Ingresses that share a load balancer, in the order of their rules. */
export interface GroupView extends IngressGroup {
  readonly members: readonly MemberView[];
  /** By port. */
  readonly listeners: readonly GroupListener[];
  /** Port to which HTTP listeners redirect; `unknown` if it can't be known. */
  readonly sslRedirect?: number | 'unknown';
}

/** An Ingress that the controller serves, with the parameters of its class, which win over annotations. */
export interface MemberView extends Member {
  /** Undefined if they can't be known. */
  readonly listenPorts?: readonly ListenPort[];
}

export function viewOf(objects: readonly KubernetesObject[], context: CheckContext): View {
  const settings = { ...DEFAULT_SETTINGS, ...context.settings };
  const { readable, unknown, mayBeThere } = readObjects(objects);
  const cluster = clusterOf(readable, mayBeThere);
  const classes = missingClasses(cluster, settings, context);
  const told = { Refusals: [], NotJudged: [], open: unknown.length > 0 };
  const groups = groupIngresses(clusterOf([...readable, ...classes], mayBeThere), settings, told).map(
    (group) => groupOf(group, settings),
  );
  return {
    ...{ given: [...objects, ...classes], context, settings, cluster, groups },
    members: groups.flatMap(({ members }) => members),
  };
}

/** A class that isn't among the objects is taken for the controller's where an Ingress looks like it. */
function missingClasses(
  { ingresses, ingressClasses, mayBeThere }: Cluster,
  { ingressClass }: ControllerSettings,
  { elsewhere }: CheckContext,
): KubernetesObject[] {
  const names = new Map<string, string>();
  for (const ingress of ingresses) {
    const name = ingress.spec.ingressClassName;
    if (name === undefined || ingressClasses.has(name) || mayBeThere('IngressClass', name)) continue;
    const isOurs =
      hasOwnAnnotations(ingress) ||
      name === ingressClass ||
      (elsewhere?.ingressClasses?.includes(name) ?? false);
    if (isOurs || !names.has(name)) names.set(name, isOurs ? ALB_CONTROLLER : 'example.com/other');
  }
  return [...names].map(([name, controller]) => ({
    kind: 'IngressClass',
    metadata: { name },
    spec: { controller },
  }));
}

/** The class whose parameters an Ingress gets: none where the older annotation names one. */
export function classNameOf(
  ingress: Ingress,
  { ingressClasses }: Pick<Cluster, 'ingressClasses'>,
): string | undefined {
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

function groupOf(group: IngressGroup, settings: ControllerSettings): GroupView {
  const members = group.members
    // Of others it isn't known what they say.
    .filter(({ isOpaque }) => !isOpaque)
    .map((member) => ({ ...member, listenPorts: listenersOf(member, settings) }));
  return { ...group, members, listeners: mergedListeners(members), sslRedirect: redirectOf(members) };
}

/** Whether a group has a name, and may have several members; a single Ingress is a group of its own else. */
export function isNamed({ id, members }: GroupView): boolean {
  const [first] = members;
  return first !== undefined && id !== keyOf(first.ingress);
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
