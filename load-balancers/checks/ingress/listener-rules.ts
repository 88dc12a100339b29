import { textOf } from './json';
import { type GroupListener } from './listen-ports';
import { routesOf, type Match, type IngressRoute } from './routes';
import { type GroupView } from './view';

const RULES = new WeakMap<GroupListener, readonly IngressRoute[]>();

/**
 * The routes that become rules of a listener, in the order of their priority: without redirects to themselves and what
 * comes after a redirect of at least the same requests.
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/pkg/ingress/rule_optimizer.go
 */
export function rulesOn(group: GroupView, listener: GroupListener): readonly IngressRoute[] {
  const rules = RULES.get(listener) ?? orderedRules(group, listener);
  RULES.set(listener, rules);
  return rules;
}

/** The default backend of its Ingresses, unless it redirects to HTTPS. */
export function defaultOn(group: GroupView, { protocol, members }: GroupListener): IngressRoute | undefined {
  if (protocol === 'HTTP' && group.sslRedirect !== undefined) return undefined;
  const owner = members.find(({ ingress }) => ingress.spec.defaultBackend !== undefined);
  return owner && routesOf(owner).at(-1);
}

function orderedRules(group: GroupView, listener: GroupListener): readonly IngressRoute[] {
  if (listener.protocol === 'HTTP' && group.sslRedirect !== undefined) return [];
  const redirects: IngressRoute[] = [];
  return inOrder(listener).filter((route) => {
    if (redirectsToItself(route, listener)) return false;
    if (redirects.some((redirect) => overshadows(redirect, route))) return false;
    if (route.action.type === 'redirect' && route.match.others.length === 0) redirects.push(route);
    return true;
  });
}

/** Exact paths first, then prefixes, the longest first, then the others, for each rule of each Ingress. */
function inOrder({ members }: Pick<GroupListener, 'members'>): readonly IngressRoute[] {
  const rank = ({ pathType }: IngressRoute) => ['Exact', 'Prefix'].indexOf(pathType ?? '') >>> 0;
  return members.flatMap((member) =>
    routesOf(member)
      .filter(({ rule }) => rule !== undefined)
      .toSorted(
        (a, b) =>
          (a.rule ?? 0) - (b.rule ?? 0) ||
          rank(a) - rank(b) ||
          (a.pathType === 'Prefix' ? (b.path ?? '').length - (a.path ?? '').length : 0),
      ),
  );
}

/** As the controller sees it: it looks for the same words, not for the same requests. */
export function redirectsToItself(
  { action, match }: Pick<IngressRoute, 'action' | 'match'>,
  { port, protocol }: Pick<GroupListener, 'port' | 'protocol'>,
): boolean {
  if (action.type !== 'redirect' || match.pathRegexes.length > 0) return false;
  const same = (name: string, keyword: string, own: readonly string[]) => {
    const value = textOf(action.config, name);
    return value === undefined || value === keyword || own.includes(value);
  };
  const paths = pathsOf(match);
  return (
    same('host', '#{host}', match.hosts) &&
    same('path', '/#{path}', paths) &&
    same('port', '#{port}', [String(port)]) &&
    same('protocol', '#{protocol}', [protocol]) &&
    same('query', '#{query}', [])
  );
}

/** A rule without any condition gets the path pattern of all. */
export function pathsOf({ hosts, hostRegexes, paths, pathRegexes, others }: Match): readonly string[] {
  const any = [hosts, hostRegexes, paths, pathRegexes, others].every(({ length }) => length === 0);
  return any ? ['/*'] : paths;
}

/** @param rule a redirect without conditions but host and path */
function overshadows(rule: IngressRoute, later: IngressRoute): boolean {
  if (!covers(rule.match.hosts, later.match.hosts)) return false;
  const paths = [...pathsOf(rule.match), ...rule.match.pathRegexes];
  return paths.includes('/*') || covers(paths, [...pathsOf(later.match), ...later.match.pathRegexes]);
}

function covers(values: readonly string[], others: readonly string[]): boolean {
  return values.length === 0 || (others.length > 0 && others.every((other) => values.includes(other)));
}
