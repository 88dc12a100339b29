import { INGRESS_ANNOTATIONS, parseInteger } from '../annotations';
import { type Member } from '../context';
import { type LoadBalancer } from '../model';
import { compareText, pairsOf, type Sourced } from '../origin';
import { Refused, refusedAt, wrapRefusal, type Source } from '../refusal';
import { gateOpen, type ControllerSettings } from '../settings';
import { isUnknown, KNOWN_AFTER_APPLY } from '../unknown';
import { paramsSource } from './statements';

type Capacity = NonNullable<LoadBalancer['MinimumLoadBalancerCapacity']>;

const SUFFIX = 'minimum-load-balancer-capacity';
const KEY = 'CapacityUnits';

/**
 * The capacity to reserve; that of the first Ingress's class wins.
 * @throws {Refused} for another key than `CapacityUnits`, no whole number, or two Ingresses that differ
 */
export function minimumCapacity(
  members: readonly Member[],
  settings: ControllerSettings,
): Sourced<Capacity> | undefined {
  if (!gateOpen(settings, 'LBCapacityReservation')) return undefined;
  const params = members[0]?.params;
  const ofClass = params?.spec.minimumLoadBalancerCapacity;
  if (params !== undefined && ofClass !== undefined) {
    return {
      value: { CapacityUnits: ofClass.capacityUnits },
      sources: [paramsSource(params, 'minimumLoadBalancerCapacity')],
    };
  }
  const merged = mergeCapacity(members);
  const [first] = [...merged.value].sort(([a], [b]) => compareText(a, b)).filter(([key]) => key !== KEY);
  if (first !== undefined && !isUnknown(first[0])) {
    throw new Refused(
      `invalid key to set the capacity: ${first[0]}, Expected key: ${KEY}`,
      merged.sources[0],
    );
  }
  const raw = merged.value.get(KEY) ?? first?.[1];
  return raw === undefined
    ? undefined
    : { value: { CapacityUnits: unitsOf(raw, merged.sources[0]) }, sources: merged.sources };
}

function mergeCapacity(members: readonly Member[]): Sourced<ReadonlyMap<string, string>> {
  const merged = new Map<string, string>();
  const sources: Source[] = [];
  for (const { ingress } of members) {
    const own = [...pairsOf(INGRESS_ANNOTATIONS.map(ingress, SUFFIX))];
    const source = INGRESS_ANNOTATIONS.source(ingress, SUFFIX);
    if (own.length > 0) sources.push(source);
    for (const [key, value] of own.sort(([a], [b]) => compareText(a, b))) {
      const other = merged.get(key) ?? value;
      if (other !== value && !isUnknown(other) && !isUnknown(value)) {
        throw new Refused(`conflicting capacity reservation ${key}: ${other} | ${value}`, source, sources[0]);
      }
      merged.set(key, value);
    }
  }
  return { value: merged, sources };
}

function unitsOf(raw: string, source: Source | undefined): Capacity['CapacityUnits'] {
  if (isUnknown(raw)) return KNOWN_AFTER_APPLY;
  return refusedAt(source, () =>
    wrapRefusal(`invalid value to set the capacity: ${raw}`, () => parseInteger(raw, 32)),
  );
}
