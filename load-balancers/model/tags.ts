import { INGRESS_ANNOTATIONS } from './annotations';
import { type Member } from './context';
import { type KeyValue } from './model';
import { keyOf, type IngressClassParams, type Service } from './objects';
import { compareText, keyValues, pairsOf, type Sourced } from './origin';
import { Refused, wrapRefusal, type Source } from './refusal';
import { gateOpen, type ControllerSettings } from './settings';
import { isUnknown } from './unknown';

export type Tags = Sourced<readonly KeyValue[]>;
type TagMap = ReadonlyMap<string, string>;

/**
 * Tags of what a group has in common: load balancer, security group, listener.
 * @throws {Refused} for a key to which two Ingresses give different values
 */
export function groupTags(members: readonly Member[], settings: ControllerSettings): Tags {
  const merged = new Map<string, string>();
  const sources: Source[] = [];
  const saidBy = new Map<string, Source | undefined>();
  for (const member of members) {
    const own = tagsOfIngress(member, settings);
    sources.push(...own.sources);
    for (const [key, value] of inKeyOrder(own.value)) {
      const other = merged.get(key);
      if (other !== undefined && other !== value && !isUnknown(other) && !isUnknown(value)) {
        throw new Refused(
          `conflicting tag ${key}: ${other} | ${value}`,
          INGRESS_ANNOTATIONS.source(member.ingress, 'tags'),
          saidBy.get(key),
        );
      }
      merged.set(key, value);
      saidBy.set(key, own.sources[0]);
    }
  }
  return { value: withDefaultTags(merged, settings), sources };
}

/** Tags of what one Ingress has: rules. */
export function ingressTags(member: Member, settings: ControllerSettings): Tags {
  const { value, sources } = tagsOfIngress(member, settings);
  return { value: withDefaultTags(value, settings), sources };
}

/** Tags of a target group; those of the Service win over those of the Ingress. */
export function backendTags(member: Member, service: Service, settings: ControllerSettings): Tags {
  const ofService = pairsOf(INGRESS_ANNOTATIONS.map(service, 'tags'));
  const ofIngress = pairsOf(INGRESS_ANNOTATIONS.map(member.ingress, 'tags'));
  const merged = new Map([...ofIngress, ...ofService]);
  wrapRefusal(`failed build tags for Ingress ${keyOf(member.ingress)} and Service ${keyOf(service)}`, () => {
    checkExternalManagedTags(merged, settings, INGRESS_ANNOTATIONS.source(member.ingress, 'tags'));
  });
  const ofClass = tagsOfClass(member.params, settings);
  return {
    value: withDefaultTags(new Map([...merged, ...ofClass.value]), settings),
    sources: [
      ...(ofService.size === 0 ? [] : [INGRESS_ANNOTATIONS.source(service, 'tags')]),
      ...(ofIngress.size === 0 ? [] : [INGRESS_ANNOTATIONS.source(member.ingress, 'tags')]),
      ...ofClass.sources,
    ],
  };
}

/** What every resource's tags end with: the controller's default ones, which win unless a feature gate says otherwise. */
export function withDefaultTags(tags: TagMap, settings: ControllerSettings): readonly KeyValue[] {
  const defaults = Object.entries(settings.defaultTags);
  return keyValues(
    gateOpen(settings, 'EnableDefaultTagsLowPriority')
      ? new Map([...defaults, ...tags])
      : new Map([...tags, ...defaults]),
  );
}

/** @throws {Refused} for a tag that something else than the controller manages */
function checkExternalManagedTags(tags: TagMap, settings: ControllerSettings, source?: Source): void {
  const managed = [...tags.keys()]
    .sort(compareText)
    .find((key) => settings.externalManagedTags.includes(key));
  if (managed !== undefined) {
    throw new Refused(`external managed tag key ${managed} cannot be specified`, source);
  }
}

function tagsOfIngress({ ingress, params }: Member, settings: ControllerSettings): Sourced<TagMap> {
  const own = pairsOf(INGRESS_ANNOTATIONS.map(ingress, 'tags'));
  const source = INGRESS_ANNOTATIONS.source(ingress, 'tags');
  wrapRefusal(`failed build tags for Ingress ${keyOf(ingress)}`, () => {
    checkExternalManagedTags(own, settings, source);
  });
  const ofClass = tagsOfClass(params, settings);
  return {
    value: new Map([...own, ...ofClass.value]),
    sources: [...(own.size === 0 ? [] : [source]), ...ofClass.sources],
  };
}

function tagsOfClass(params: IngressClassParams | undefined, settings: ControllerSettings): Sourced<TagMap> {
  const tags = params?.spec.tags ?? [];
  if (params === undefined || tags.length === 0) return { value: new Map(), sources: [] };
  const source: Source = { Kind: 'IngressClassParams', Name: keyOf(params), Field: 'spec.tags' };
  const map = new Map(tags.map(({ key, value }) => [key, value]));
  wrapRefusal(`failed build tags for IngressClassParams ${keyOf(params)}`, () => {
    checkExternalManagedTags(map, settings, source);
  });
  return { value: map, sources: [source] };
}

function inKeyOrder(tags: TagMap): readonly (readonly [string, string])[] {
  return [...tags].sort(([a], [b]) => compareText(a, b));
}
