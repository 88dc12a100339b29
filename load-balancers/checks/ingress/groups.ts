import { isUnknown, keyOf } from '../../model';
import { atAnnotation, atField, atParams, type Finding } from './finding';
import { inOrder, pathsOf, redirectsToItself } from './listener-rules';
import { named, read } from './read';
import { type Route } from './routes';
import { groupNameOf, type GroupView, type MemberView, type View } from './view';

/** Names and orders of groups, and routes that two Ingresses of one claim. */
export function checkGroups({ groups, members }: View): Finding[] {
  return [
    ...members.flatMap((member) => [...checkName(member), ...checkOrder(member)]),
    ...groups.flatMap((group) => [
      ...checkSameOrder(group),
      ...checkSameRoute(group),
      ...checkDefaultBackends(group),
    ]),
  ];
}

function checkName(member: MemberView): Finding[] {
  const value = groupNameOf(member);
  if (value === undefined || isUnknown(value)) return [];
  const long = value.length > 63;
  if (!long && /^([a-z0-9][-a-z0-9.]*)?[a-z0-9]$/.test(value)) return [];
  const { ingress, params } = member;
  const words = {
    value,
    reason: long
      ? `it has ${value.length} characters, a group's name at most 63; the controller would pass the Ingress over`
      : 'a group has lower case letters, digits, - and . in its name, and begins and ends with a letter or digit; the controller would pass the Ingress over',
    remedy: long
      ? 'write a shorter name'
      : `write '${
          value
            .toLowerCase()
            .replaceAll(/[^-a-z0-9.]/g, '-')
            .replaceAll(/^[-.]+|[-.]+$/g, '') || 'web'
        }'`,
  };
  return [
    params?.spec.group === undefined
      ? atAnnotation(ingress, named('group.name'), words)
      : atParams(params, 'group.name', words),
  ];
}

function checkOrder({ ingress }: MemberView): Finding[] {
  const order = read.integer(ingress, 'group.order');
  if (order === undefined || (order >= -1000 && order <= 1000)) return [];
  return [
    atAnnotation(ingress, named('group.order'), {
      reason: 'an order is from -1000 to 1000',
      remedy: `write a number from -1000 to 1000`,
    }),
  ];
}

/** Two Ingresses without an order follow their names, which is no mistake. */
function checkSameOrder({ explicit, members }: GroupView): Finding[] {
  if (!explicit) return [];
  const orders = members.map(({ ingress }) => read.integer(ingress, 'group.order'));
  return members.flatMap(({ ingress }, index) => {
    const order = orders[index];
    const first = members[orders.indexOf(order)];
    if (order === undefined || first === undefined || first.ingress === ingress) return [];
    const free = orders.reduce<number>((next, each) => (each === next ? next + 1 : next), order + 1);
    return [
      atAnnotation(ingress, named('group.order'), {
        reason: `Ingress ${keyOf(first.ingress)} of the same group has this order, so that only their names decide`,
        remedy: `write an order of its own, such as ${free}`,
      }),
    ];
  });
}

/**
 * The later of two equal rules never matches. It may be meant so after a redirect, which the controller leaves out where
 * it would redirect to itself.
 */
function checkSameRoute(group: GroupView): Finding[] {
  const found = new Map<string, Finding>();
  for (const listener of group.listeners) {
    if (listener.protocol === 'HTTP' && group.sslRedirect !== undefined) continue;
    const earlier = new Map<string, Route[]>();
    for (const route of inOrder(listener)) {
      if (redirectsToItself(route, listener) || !route.match.known) continue;
      const key = keyOfMatch(route);
      const alike = earlier.get(key) ?? [];
      const first = alike.find((each) => each.member !== route.member && hides(each, route));
      earlier.set(key, [...alike, route]);
      if (first === undefined) continue;
      found.set(`${keyOf(route.member.ingress)} ${route.field}`, sameRoute(route, first));
    }
  }
  return [...found.values()];
}

function sameRoute(route: Route, first: Route): Finding {
  return atField(route.member.ingress, `${route.field}.path`, {
    value: `${route.host ?? ''}${route.path ?? '/*'}`,
    reason: `Ingress ${keyOf(first.member.ingress)} of the same group has this host and path (${first.field}), and its rule comes first`,
    remedy: 'write another host or path, or leave one of the two out',
  });
}

/** Hosts and paths, in whatever order. */
function keyOfMatch({ match }: Route): string {
  return JSON.stringify([
    match.hosts.map((host) => host.toLowerCase()).toSorted(),
    match.hostRegexes.toSorted(),
    pathsOf(match).toSorted(),
    match.pathRegexes.toSorted(),
  ]);
}

/** Whether of two routes of one host and path the later can't be reached, which redirects may mean to do. */
function hides({ action, match: { others } }: Route, later: Route): boolean {
  if (action.type === 'redirect') return false;
  return others.length === 0 || JSON.stringify(others) === JSON.stringify(later.match.others);
}

/** A listener has one default action. */
function checkDefaultBackends({ listeners, sslRedirect }: GroupView): Finding[] {
  const found = new Map<string, Finding>();
  for (const { port, protocol, members } of listeners) {
    if (protocol === 'HTTP' && sslRedirect !== undefined) continue;
    const [first, ...others] = members.filter(({ ingress }) => ingress.spec.defaultBackend !== undefined);
    if (first === undefined) continue;
    for (const { ingress } of others) {
      const finding = atField(ingress, 'spec.defaultBackend', {
        value: ingress.spec.defaultBackend?.service?.name ?? '',
        reason: `Ingress ${keyOf(first.ingress)} of the same group has a default backend on port ${port} too`,
        remedy: 'leave one of the two out',
      });
      found.set(keyOf(ingress), found.get(keyOf(ingress)) ?? finding);
    }
  }
  return [...found.values()];
}
