import {
  ALB_CONTROLLER,
  type Cluster,
  clusterOf,
  type ControllerSettings,
  DEFAULT_SETTINGS,
  groupIngresses,
  type Ingress,
  type IngressGroup,
  isUnknown,
  keyOf,
  type KubernetesObject,
  type LoadBalancer,
  type Member,
  readObjects,
} from '../model';
import { INGRESS_PREFIX } from '../language';
import { type CheckContext } from './context';

export const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/** The objects as the checks look at them: lenient where the controller refuses, for a check to name it. */
export interface View {
  /** As given, with a class for each Ingress whose own is not among them. */
  readonly given: readonly KubernetesObject[];
  readonly context: CheckContext;
  readonly settings: ControllerSettings;
  readonly cluster: Cluster;
  /** By namespace and name, since every load balancer asks for its own. */
  readonly ingresses: ReadonlyMap<string, Ingress>;
  readonly groups: readonly IngressGroup[];
  /** Those of all groups. */
  readonly members: readonly Member[];
}

export function viewOf(objects: readonly KubernetesObject[], context: CheckContext): View {
  const settings = { ...DEFAULT_SETTINGS, ...context.settings };
  const { readable, unknown, mayBeThere } = readObjects(objects);
  const cluster = clusterOf(readable, mayBeThere);
  const classes = missingClasses(cluster, settings, context);
  const told = { Refusals: [], NotJudged: [], open: unknown.length > 0 };
  const groups = groupIngresses(clusterOf([...readable, ...classes], mayBeThere), settings, told);
  return {
    ...{ given: [...objects, ...classes], context, settings, cluster, groups },
    ingresses: new Map(cluster.ingresses.map((each) => [keyOf(each), each])),
    members: groups.flatMap(({ members }) => members.filter(({ isOpaque }) => !isOpaque)),
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

/** Whether a group has a name, and may have several members; a single Ingress is a group of its own else. */
export function isNamed({ id, members }: IngressGroup): boolean {
  const [first] = members;
  return first !== undefined && id !== keyOf(first.ingress);
}

/** The Ingresses that a load balancer is made of. */
export function ingressesOf({ ingresses }: View, { Members }: LoadBalancer): Ingress[] {
  return Members.flatMap((member) => ingresses.get(member.replace(/^Ingress /, '')) ?? []);
}

/** Whether an Ingress of a load balancer says something that isn't known yet. */
export function saysUnknown(view: View, loadBalancer: LoadBalancer, suffix: string): boolean {
  return ingressesOf(view, loadBalancer).some(({ metadata }) =>
    isUnknown(metadata.annotations?.[`${INGRESS_PREFIX}${suffix}`]),
  );
}

/** Whether it isn't known whether plain requests are redirected to HTTPS. */
export function redirectUnknown(view: View, loadBalancer: LoadBalancer): boolean {
  return saysUnknown(view, loadBalancer, 'ssl-redirect');
}
