import { isUnknown } from '../../model';
import { matches } from '../requests/patterns';
import { atAnnotation, type ObjectFinding } from '../finding';
import { textOf } from './json';
import { defaultOn, pathsOf, redirectsToItself, rulesOn } from './listener-rules';
import { hostsOf, type GroupListener } from './listen-ports';
import { routesOf, type IngressRoute } from './routes';
import { type GroupView, type View } from './view';

/** Redirects that lead back to themselves, alone or over others and other listeners. */
export function checkLoops({ groups }: View): ObjectFinding[] {
  return groups.flatMap((group) => {
    if (group.sslRedirect === 'unknown') return [];
    const byAnnotation = new Map<string, ObjectFinding>();
    for (const finding of [
      ...checkDropped(group),
      ...group.listeners.flatMap((each) => checkListener(group, each)),
    ]) {
      const key = `${finding.source.Name} ${finding.path}`;
      byAnnotation.set(key, byAnnotation.get(key) ?? finding);
    }
    return [...byAnnotation.values()];
  });
}

/**
 * A redirect to itself on one listener of several is how HTTP is sent to HTTPS: the controller leaves it out on HTTPS.
 * On all of them it does nothing at all.
 */
function checkDropped(group: GroupView): ObjectFinding[] {
  return group.members.flatMap((member) => {
    const listeners = group.listeners.filter(
      (listener) =>
        listener.members.includes(member) &&
        !(listener.protocol === 'HTTP' && group.sslRedirect !== undefined),
    );
    return routesOf(member)
      .filter(
        (route) =>
          route.rule !== undefined &&
          listeners.length > 0 &&
          listeners.every((listener) => redirectsToItself(route, listener)),
      )
      .map((route) =>
        onAction(
          route,
          `the rule of ${route.field} redirects each request to itself, so that the controller leaves it out`,
        ),
      );
  });
}

function checkListener(group: GroupView, listener: GroupListener): ObjectFinding[] {
  return [...rulesOn(group, listener), ...[defaultOn(group, listener)].filter((each) => each !== undefined)]
    .filter(({ action }) => action.type === 'redirect')
    .flatMap((route) => {
      const chain = follow(group, listener, route);
      if (chain === undefined) return [];
      const over = chain.length > 1 ? `over ${chain.slice(1).join(', then ')} ` : '';
      return [
        onAction(
          route,
          `a request of ${chain[0] ?? ''}, which ${route.field} redirects, comes back ${over}for ever`,
        ),
      ];
    });
}

function onAction({ member, action }: IngressRoute, reason: string): ObjectFinding {
  return atAnnotation(member.ingress, action.annotation ?? '', {
    reason,
    remedy: 'redirect to another host, path, port or protocol that no redirect matches',
  });
}

interface Request {
  readonly protocol: string;
  readonly port: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
}

/** A route, or the redirect of all requests to HTTPS. */
type Rule = Pick<IngressRoute, 'action'>;

/** After this many redirects browsers give up. */
const HOPS = 20;

/** The places a request comes by until it is where it was; undefined if it comes to an end, or nobody can tell. */
function follow(
  group: GroupView,
  listener: GroupListener,
  start: IngressRoute,
): readonly string[] | undefined {
  const seen: string[] = [];
  let request = sampleOf(start, listener);
  let route: Rule | undefined = request && ruleFor(group, request, start);
  // Another rule comes first, or might.
  if (route !== start) return undefined;
  for (let hop = 0; hop < HOPS; hop += 1) {
    if (request === undefined || route?.action.type !== 'redirect') return undefined;
    const place = urlOf(request);
    if (seen.includes(place)) return seen;
    seen.push(place);
    request = redirected(group, request, route);
    route = request && ruleFor(group, request, start);
  }
  // The path grows with each redirect.
  return seen.slice(0, 2);
}

/** A request that a route matches. */
function sampleOf({ match }: IngressRoute, { protocol, port }: GroupListener): Request | undefined {
  const [host = 'any.example.com'] = match.hosts;
  const [path = '/'] = pathsOf(match);
  if (
    !match.known ||
    match.hostRegexes.length > 0 ||
    match.pathRegexes.length > 0 ||
    asksForQuery(match.others)
  ) {
    return undefined;
  }
  const concrete = (pattern: string) => pattern.replaceAll('*', 'any').replaceAll('?', 'x');
  return { protocol, port: String(port), host: concrete(host), path: concrete(path), query: '' };
}

/** Where it leads, if that is this load balancer again. */
function redirected(group: GroupView, request: Request, { action: { config } }: Rule): Request | undefined {
  const part = (name: keyof Request, otherwise: string) => {
    const value = textOf(config, name) ?? otherwise;
    return value.replaceAll(/#\{(\w+)\}/g, (_, keyword: string) => {
      const found = request[keyword as keyof Request];
      return keyword === 'path' ? found.replace(/^\//, '') : found;
    });
  };
  const next = {
    protocol: part('protocol', '#{protocol}'),
    port: part('port', '#{port}'),
    host: part('host', '#{host}'),
    path: part('path', '/#{path}'),
    query: part('query', '#{query}'),
  };
  const here = next.host === request.host || servesHost(group, next.host);
  return isUnknown(urlOf(next)) || !here ? undefined : next;
}

const HOSTS = new WeakMap<GroupView, readonly string[]>();

/** A rule without host takes all, which doesn't say that all hosts lead here. */
function servesHost(group: GroupView, host: string): boolean {
  const hosts = HOSTS.get(group) ?? hostsOfGroup(group);
  HOSTS.set(group, hosts);
  return hosts.some((each) => fits(each, host, true));
}

function hostsOfGroup({ members }: GroupView): readonly string[] {
  const hosts = members.flatMap((member) => [
    ...hostsOf(member.ingress),
    ...routesOf(member).flatMap(({ match }) => match.hosts),
  ]);
  return [...new Set(hosts)];
}

/** The rule that a request of the same headers meets; undefined if none does, or that depends on more. */
function ruleFor(group: GroupView, request: Request, start: IngressRoute): Rule | undefined {
  const listener = group.listeners.find(
    ({ port, protocol }) => String(port) === request.port && protocol === request.protocol,
  );
  if (listener === undefined) return undefined;
  if (listener.protocol === 'HTTP' && group.sslRedirect !== undefined) {
    const config = { protocol: 'HTTPS', port: String(group.sslRedirect) };
    return { action: { type: 'redirect', config, targets: [] } };
  }
  for (const rule of rulesFor(group, listener, request.host)) {
    const { match } = rule;
    if (!match.known) return undefined;
    const paths = pathsOf(match);
    const pathFits = paths.length === 0 || paths.some((each) => fits(each, request.path));
    if (!pathFits && match.pathRegexes.length === 0) continue;
    const unsure =
      match.hostRegexes.length > 0 ||
      match.pathRegexes.length > 0 ||
      (match.others.length > 0 &&
        (asksForQuery(match.others) || JSON.stringify(match.others) !== JSON.stringify(start.match.others)));
    return unsure ? undefined : rule;
  }
  return defaultOn(group, listener);
}

const BY_HOST = new WeakMap<GroupListener, Map<string, readonly IngressRoute[]>>();

/** The rules of a listener that a host may meet, in their order. */
function rulesFor(group: GroupView, listener: GroupListener, host: string): readonly IngressRoute[] {
  const byHost = BY_HOST.get(listener) ?? new Map<string, readonly IngressRoute[]>();
  const rules =
    byHost.get(host) ??
    rulesOn(group, listener).filter(
      ({ match: { hosts, known } }) =>
        !known || hosts.length === 0 || hosts.some((each) => fits(each, host, true)),
    );
  BY_HOST.set(listener, byHost.set(host, rules));
  return rules;
}

function asksForQuery(others: readonly unknown[]): boolean {
  return others.some((condition) => textOf(condition, 'field') === 'query-string');
}

/** @param folded whatever the case of letters */
function fits(pattern: string, text: string, folded = false): boolean {
  return folded ? matches(pattern.toLowerCase(), text.toLowerCase()) : matches(pattern, text);
}

function urlOf({ protocol, host, port, path, query }: Request): string {
  return `${protocol.toLowerCase()}://${host}:${port}${path}${query === '' ? '' : `?${query}`}`;
}
