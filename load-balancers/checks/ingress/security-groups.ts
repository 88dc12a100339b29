import { isUnknown, type IngressGroup, type Member } from '../../model';
import { accepted, atAnnotation, type FindingWords, type ObjectFinding } from '../finding';
import { named, read } from '../read';
import { paramOf } from './params';
import { type View } from '../view';

const GROUPS = named('security-groups');

/** Who may connect: by groups that are given, or by rules of the one that the controller makes, not both. */
export function checkSecurityGroups({ groups }: View): ObjectFinding[] {
  return accepted(groups.flatMap(checkGroup));
}

/** One member's groups are those of all. */
function checkGroup({ members }: IngressGroup): ObjectFinding[] {
  const own = members.filter(({ isOpaque }) => !isOpaque);
  const given = own.some(({ ingress }) => read.has(ingress, 'security-groups'));
  return own.flatMap((member) =>
    given
      ? [
          ...at(member, 'inbound-cidrs', IGNORED),
          ...at(member, 'security-group-prefix-lists', IGNORED),
          ...ofClass(member),
        ]
      : at(member, 'manage-backend-security-group-rules', ALWAYS),
  );
}

const IGNORED = {
  reason: `the rules of ${GROUPS} say who may connect, and this is ignored`,
  remedy: `write it as a rule of those groups, or leave ${GROUPS} out for a group that the controller makes`,
};
const ALWAYS = {
  reason: `without ${GROUPS} the controller makes the group and its rules always`,
  remedy: `write ${GROUPS} too, or remove it`,
};

function at({ ingress }: Member, suffix: string, words: FindingWords): ObjectFinding[] {
  const text = read.text(ingress, suffix);
  return text === undefined || isUnknown(text) ? [] : [atAnnotation(ingress, named(suffix), words)];
}

/** The class may be right for other Ingresses. */
function ofClass(member: Member): ObjectFinding[] {
  const { params } = member;
  const field = ['inboundCIDRs', 'prefixListsIDs'].find((each) => params && paramOf(params, each));
  if (params === undefined || field === undefined) return [];
  return at(member, 'security-groups', {
    reason: `its rules say who may connect, and ${field} of IngressClassParams ${params.metadata.name} is ignored`,
    remedy: 'leave it out here, or write a class without them',
  });
}
