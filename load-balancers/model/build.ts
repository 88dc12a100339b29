import { admit, readObjects } from './admission/admit';
import { clusterOf } from './context';
import { type Facts } from './facts';
import { buildGroup } from './ingress/build';
import { blockedBy, groupIngresses } from './ingress/group';
import { type LoadBalancer, type Model, type Refusal } from './model';
import { keyOf, type KubernetesObject } from './objects';
import { compareText } from './origin';
import { attempt } from './refusal';
import { madeBy, readBy } from './releases';
import { buildServiceLoadBalancer } from './service/build';
import { buildBindings } from './target-group-binding';
import { DEFAULT_SETTINGS, type ControllerSettings } from './settings';

/** What there is beside the objects. */
export interface Elsewhere {
  readonly facts?: Facts;
  /**
   * Whether a Service, by `namespace/name`, is in the cluster though not among the objects: its target group is known
   * after apply. @default - none is
   */
  readonly isElsewhere?: (service: string) => boolean;
}

/**
 * What the controller would make of these objects, taken for all that there are in the cluster: first the load
 * balancers of Ingresses by group, then those of Services, by name.
 * @param settings that differ from the controller's defaults
 * @param elsewhere what there is beside the objects
 */
export function buildModel(
  objects: readonly KubernetesObject[],
  settings: Partial<ControllerSettings> = {},
  { facts = {}, isElsewhere = () => false }: Elsewhere = {},
): Model {
  const given = Object.entries<unknown>(settings).filter(([, value]) => value !== undefined);
  const { clusterName } = facts;
  const all: ControllerSettings = {
    ...{ ...DEFAULT_SETTINGS, ...(clusterName !== undefined && { clusterName }) },
    ...Object.fromEntries(given),
  };
  const Refusals: Refusal[] = [];
  const { readable, unknown, mayBeThere } = readObjects(objects.map(readBy(all.release)), Refusals);
  const cluster = clusterOf(
    admit(readable, Refusals),
    (kind, key) => mayBeThere(kind, key) || (kind === 'Service' && isElsewhere(key)),
    facts,
  );
  const NotJudged = unknown.map(
    ({ object, field }) => `${object.kind} ${keyOf(object)}: ${field} is known after apply only`,
  );
  const open = unknown.some(({ object }) => object.kind === 'Ingress');
  const ofIngresses = groupIngresses(cluster, all, { Refusals, NotJudged, open }).flatMap(
    (group): readonly LoadBalancer[] =>
      attempt(Refusals, blockedBy(group), () => buildGroup(cluster, all, group)) ?? [],
  );
  const services = [...cluster.services.values()].sort((a, b) => compareText(keyOf(a), keyOf(b)));
  const ofServices = services.flatMap((service): LoadBalancer | readonly LoadBalancer[] => {
    const name = `Service ${keyOf(service)}`;
    const built = attempt(Refusals, { blocks: name, objects: [name] }, () =>
      buildServiceLoadBalancer(cluster, all, service),
    );
    return built ?? [];
  });
  const LoadBalancers = [...ofIngresses, ...ofServices].map(madeBy(all.release));
  const TargetGroupBindings = buildBindings(cluster, Refusals);
  return {
    LoadBalancers,
    ...(TargetGroupBindings.length > 0 && { TargetGroupBindings }),
    Refusals,
    NotJudged,
  };
}
