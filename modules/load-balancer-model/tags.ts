import { type Member } from './context';
import { type KeyValue } from './model';
import { type Service } from './objects';
import { type Sourced } from './origin';
import { type ControllerSettings } from './settings';

export type Tags = Sourced<readonly KeyValue[]>;

/** Tags of what a group has in common: load balancer, security group, listener. */
export function groupTags(members: readonly Member[], settings: ControllerSettings): Tags {
  throw new Error(`not built: ${members.length} ${settings.ingressClass}`);
}

/** Tags of what one Ingress has: rules. */
export function ingressTags(member: Member, settings: ControllerSettings): Tags {
  return groupTags([member], settings);
}

/** Tags of a target group; those of the Service win over those of the Ingress. */
export function backendTags(member: Member, service: Service, settings: ControllerSettings): Tags {
  throw new Error(`not built: ${service.kind} ${groupTags([member], settings).value.length}`);
}

/** Default tags of the controller under, or over, those of objects: what every resource's tags end with. */
export function withDefaultTags(
  tags: ReadonlyMap<string, string>,
  settings: ControllerSettings,
): readonly KeyValue[] {
  throw new Error(`not built: ${tags.size} ${settings.ingressClass}`);
}

/** @throws {Refused} for a tag that something else manages; Go's message without its wrapping */
export function checkExternalManagedTags(
  tags: ReadonlyMap<string, string>,
  settings: ControllerSettings,
): void {
  throw new Error(`not built: ${tags.size} ${settings.ingressClass}`);
}
