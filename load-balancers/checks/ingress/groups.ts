import { keyOf } from '../../model';
import { atAnnotation, atField, type Finding } from './finding';
import { inOrder, pathsOf, redirectsToItself } from './listener-rules';
import { named, read } from './read';
import { type Route } from './routes';
import { isNamed, type GroupView, type View } from './view';

/** Names and orders of groups, and routes that two Ingresses of one claim. */
export function checkGroups({ groups }: View): Finding[] {
  return [
    ...groups.flatMap((group) => [
      ...checkSameOrder(group),
      ...checkSameRoute(group),
      ...checkDefaultBackends(group),
    ]),
  ];
}

/** Two Ingresses without an order follow their names, which is no mistake. */
function checkSameOrder(group: GroupView): Finding[] {
  const { members } = group;
  if (!isNamed(group)) return [];
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
