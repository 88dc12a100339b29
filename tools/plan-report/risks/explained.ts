import { type ResourceChange, type StackChanges } from '../changes/changes';
import { isMap, isSame, jsonIn, asList, type Values } from '../changes/values';

/**
 * Resources that hold a copy of what other resources set: right after the apply that made those, the copy looks changed. What
 * another resource of the stack accounts for is no drift.
 */
export function withoutExplained(change: ResourceChange, { resources }: StackChanges): ResourceChange {
  const { type, before, after } = change;
  const copies = Object.hasOwn(COPIES, type) ? COPIES[type] : undefined;
  if (!copies || !before || !after) return change;
  const others = resources.flatMap((each) => {
    const values = each.before ?? each.after;
    return values ? [{ type: each.type, values }] : [];
  });
  const kept = Object.entries(copies).map(([attribute, explains]) => {
    const known = asList(before[attribute]);
    const isKept = (item: unknown) =>
      known.some((old) => isSame(old, item)) || !others.some((other) => explains(item, other, after));
    return [attribute, asList(after[attribute]).filter(isKept)] as const;
  });
  return { ...change, after: { ...after, ...Object.fromEntries(kept) } };
}

interface Other {
  readonly type: string;
  readonly values: Values;
}

/** Whether another resource is why there is this item. */
type Explains = (item: unknown, other: Other, owner: Values) => boolean;

const COPIES: Readonly<Record<string, Readonly<Record<string, Explains>>>> = {
  aws_route_table: {
    route: (route, { type, values }, { id }) =>
      type === 'aws_route' &&
      isMap(route) &&
      values.route_table_id === id &&
      ['cidr_block', 'ipv6_cidr_block'].every((name) => isSame(route[name], values[`destination_${name}`])),
  },
  aws_iam_role: {
    inline_policy: (policy, { type, values }, { name }) =>
      type === 'aws_iam_role_policy' &&
      isMap(policy) &&
      values.role === name &&
      policy.name === values.name &&
      isSame(jsonIn(policy.policy), jsonIn(values.policy)),
    managed_policy_arns: (arn, { type, values }, { name }) =>
      type === 'aws_iam_role_policy_attachment' && values.role === name && values.policy_arn === arn,
  },
  aws_security_group: {
    ingress: (rule, other, owner) => isRule('ingress', rule, other, owner),
    egress: (rule, other, owner) => isRule('egress', rule, other, owner),
  },
};

function isRule(direction: string, rule: unknown, { type, values }: Other, { id }: Values): boolean {
  if (type !== `aws_vpc_security_group_${direction}_rule` || values.security_group_id !== id || !isMap(rule))
    return false;
  const isAll = values.ip_protocol === '-1';
  const samePorts = isAll || (rule.from_port === values.from_port && rule.to_port === values.to_port);
  const group = values.referenced_security_group_id;
  return (
    rule.protocol === values.ip_protocol &&
    samePorts &&
    isSame(rule.cidr_blocks, asList(values.cidr_ipv4)) &&
    isSame(rule.ipv6_cidr_blocks, asList(values.cidr_ipv6)) &&
    isSame(rule.prefix_list_ids, asList(values.prefix_list_id)) &&
    (group === id ? rule.self === true : isSame(rule.security_groups, asList(group)))
  );
}
