import { isUnknown, keyOf, type Ingress } from '../../model';
import { KINDS } from '../../language';
import { elsewhere, parseArn } from './arn';
import { atAnnotation, atParams, type ObjectFinding, type FindingWords } from '../finding';
import { named, read } from './read';
import { type GroupView, type MemberView, type View } from './view';

/** Takes a web ACL away. */
const NONE = 'none';

export function checkWebAcls(view: View): ObjectFinding[] {
  return [
    ...view.groups.flatMap((group) => [...checkBoth(group), ...checkArns(view, group)]),
    ...view.members.flatMap(checkNameAndArn),
  ];
}

/** A load balancer has one web ACL, of WAFv2 or of WAF Classic. */
function checkBoth({ members }: GroupView): ObjectFinding[] {
  const classic = members.find(({ ingress }) => isSet(classicOf(ingress)));
  const v2 = members.find((member) => isSet(valueOf(member, 'wafv2-acl-name')) || isSet(arnOf(member)));
  if (classic === undefined || v2 === undefined) return [];
  const suffix = read.has(classic.ingress, 'waf-acl-id') ? 'waf-acl-id' : 'web-acl-id';
  const who = v2 === classic ? 'the Ingress' : `Ingress ${keyOf(v2.ingress)} of the same group`;
  return [
    atAnnotation(classic.ingress, named(suffix), {
      reason: `${who} has a web ACL of WAFv2 too, and a load balancer takes one`,
      remedy: 'leave the one of WAF Classic out',
    }),
  ];
}

/** One by name wins over those of all Ingresses of the group. */
function checkArns(view: View, { members }: GroupView): ObjectFinding[] {
  const byName = members.some(
    (member) => isSet(valueOf(member, 'wafv2-acl-name')) || isUnknown(nameIn(member)),
  );
  return byName ? [] : members.flatMap((member) => checkArn(view, member));
}

function checkArn({ context }: View, member: MemberView): ObjectFinding[] {
  const value = arnOf(member);
  if (!isSet(value) || value === undefined || isUnknown(value)) return [];
  const arn = parseArn(value);
  if (arn === undefined || KINDS.webAclArn.judge(value).length > 0) return [];
  const reason = elsewhere(arn, context);
  return reason === undefined
    ? []
    : [
        onArn(member, {
          value,
          reason,
          remedy: `write the ARN of a web ACL such as ${example(context.region)}`,
        }),
      ];
}

function example(region = 'eu-west-1'): string {
  return `arn:aws:wafv2:${region}:111122223333:regional/webacl/name/id`;
}

function checkNameAndArn(member: MemberView): ObjectFinding[] {
  if (!isSet(valueOf(member, 'wafv2-acl-name')) || !isSet(arnOf(member))) return [];
  return [
    onArn(member, {
      value: arnOf(member),
      reason: 'a web ACL by name is there too, and wins',
      remedy: 'leave one of the two out',
      warning: true,
    }),
  ];
}

function onArn({ ingress, params }: MemberView, words: FindingWords): ObjectFinding {
  return params?.spec.wafv2AclArn
    ? atParams(params, 'wafv2AclArn', { ...words, value: words.value ?? '' })
    : atAnnotation(ingress, named('wafv2-acl-arn'), words);
}

function arnOf(member: MemberView): string | undefined {
  return valueOf(member, 'wafv2-acl-arn');
}

function valueOf(
  { ingress, params }: MemberView,
  suffix: 'wafv2-acl-arn' | 'wafv2-acl-name',
): string | undefined {
  const ofParams = suffix === 'wafv2-acl-arn' ? params?.spec.wafv2AclArn : params?.spec.wafv2AclName;
  return ofParams || read.text(ingress, suffix);
}

function classicOf(ingress: Ingress): string | undefined {
  return read.has(ingress, 'waf-acl-id')
    ? read.text(ingress, 'waf-acl-id')
    : read.text(ingress, 'web-acl-id');
}

/** As written, though it may not be known yet. */
function nameIn({ ingress, params }: MemberView): string | undefined {
  return params?.spec.wafv2AclName || ingress.metadata.annotations?.[named('wafv2-acl-name')];
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== NONE;
}
