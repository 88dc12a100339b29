import { INGRESS_ANNOTATIONS } from '../annotations';
import { type Cluster, type IngressGroup, type Member } from '../context';
import { type Refusal } from '../model';
import { keyOf, type Ingress } from '../objects';
import { compareText } from '../origin';
import { attempt, Refused, wrapRefusal, type Source } from '../refusal';
import { type ControllerSettings } from '../settings';
import { isUnknown, KNOWN_AFTER_APPLY } from '../unknown';
import { admitsIngress, classParams } from './class';
import { paramsSource } from './statements';

const NAME = /^([a-z0-9][-a-z0-9.]*)?[a-z0-9]$/;
const LIMIT = 1000;

/** What grouping says beside the groups. */
interface Told {
  readonly Refusals: Refusal[];
  readonly NotJudged: string[];
  /** Whether there are Ingresses whose group isn't known. */
  readonly open: boolean;
}

/** The groups of the Ingresses that are this controller's, by name; those that are refused are in none. */
export function groupIngresses(
  cluster: Cluster,
  settings: ControllerSettings,
  { Refusals, NotJudged, open }: Told,
): readonly IngressGroup[] {
  const groups = new Map<string, Member[]>();
  let isOpen = open;
  for (const ingress of cluster.ingresses) {
    const name = `Ingress ${keyOf(ingress)}`;
    const what = { blocks: name, objects: [name] };
    const member = attempt(Refusals, { ...what, by: 'kubernetes' }, (): Member | undefined => {
      if (!admitsIngress(cluster, settings, ingress)) return undefined;
      const params = classParams(cluster, ingress);
      if (params !== KNOWN_AFTER_APPLY) return { ingress, ...(params && { params }) };
      NotJudged.push(`${name}: the parameters of its class are known after apply only, and don't count here`);
      isOpen = true;
      return { ingress, isOpaque: true };
    });
    if (member === undefined) continue;
    attempt(Refusals, what, () => {
      const id = groupIdOf(member);
      isOpen ||= isUnknown(id) && !isUnknown(keyOf(ingress));
      const others = groups.get(id);
      if (others === undefined) groups.set(id, [member]);
      else others.push(member);
    });
  }
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([id, members]) => {
      const group = { id, members, isOpen };
      const ordered = attempt(Refusals, blockedBy(group), () => inOrder(members));
      return ordered === undefined ? [] : [{ ...group, members: ordered }];
    });
}

/** What stays undone if a group is refused. */
export function blockedBy({ id, members }: Pick<IngressGroup, 'id' | 'members'>): {
  readonly blocks: string;
  readonly objects: readonly string[];
} {
  return {
    blocks: id.includes('/') ? `Ingress ${id}` : `IngressGroup ${id}`,
    objects: members.map(({ ingress }) => `Ingress ${keyOf(ingress)}`),
  };
}

/** The group of the class's parameters wins; an Ingress without any is a group of its own. */
function groupIdOf({ ingress, params }: Member): string {
  const ofClass = params?.spec.group;
  const own = INGRESS_ANNOTATIONS.string(ingress, 'group.name');
  const name = ofClass?.name ?? own;
  if (name === undefined) return keyOf(ingress);
  // Two names that aren't known yet are not the same one.
  if (isUnknown(name) && ofClass === undefined) return `${name} of ${keyOf(ingress)}`;
  const ofParams = params !== undefined && ofClass !== undefined;
  return groupName(
    name,
    ofParams ? paramsSource(params, 'group.name') : INGRESS_ANNOTATIONS.source(ingress, 'group.name'),
  );
}

function groupName(name: string, source: Source): string {
  if (isUnknown(name)) return name;
  if (!NAME.test(name)) {
    throw new Refused(
      "invalid ingress group: groupName must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
      source,
    );
  }
  if (name.length > 63) {
    throw new Refused('invalid ingress group: groupName must be no more than 63 characters', source);
  }
  return name;
}

/** By order, then by name. */
function inOrder(members: readonly Member[]): readonly Member[] {
  return members
    .map((member) => ({ member, key: keyOf(member.ingress), order: orderOf(member.ingress) }))
    .sort((a, b) => a.order - b.order || compareText(a.key, b.key))
    .map(({ member }) => member);
}

/** One that isn't known yet counts as none. */
function orderOf(ingress: Ingress): number {
  const order = wrapRefusal(`failed to load Ingress group order for ingress: ${keyOf(ingress)}`, () =>
    INGRESS_ANNOTATIONS.integer(ingress, 'group.order'),
  );
  if (typeof order !== 'number') return 0;
  if (Math.abs(order) <= LIMIT) return order;
  throw new Refused(
    `explicit Ingress group order must be within [${-LIMIT}:${LIMIT}], Ingress: ${keyOf(ingress)}, order: ${order}`,
    INGRESS_ANNOTATIONS.source(ingress, 'group.order'),
  );
}
