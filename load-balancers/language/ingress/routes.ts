import { origin, type Entrance } from './entrance';

export type PathType = 'Exact' | 'Prefix' | 'ImplementationSpecific';

/** Which requests are meant. */
export interface HttpMatch {
  /** A DNS name, with a wildcard at most as its first label. @default - any host */
  readonly host?: string;
  readonly path: string;
  readonly pathType: PathType;
}

/** Requests for a host and a path go to a port of a Service: what every Ingress controller understands. */
export interface HttpRoute extends HttpMatch {
  /** Name of the Service. */
  readonly service: string;
  /** Port of the Service. */
  readonly port: number;
}

/** Routes that run behind any Ingress controller: on a local cluster as on AWS. */
export type HttpRoutes = readonly HttpRoute[];

/** The routes of one host. */
export interface HttpRule<T extends HttpMatch = HttpRoute> {
  readonly host?: string;
  readonly routes: readonly T[];
}

const PATH_TYPES: readonly PathType[] = ['Exact', 'Prefix', 'ImplementationSpecific'];

/**
 * Groups routes by host, in the order in which a load balancer must try them so that none hides another: named hosts,
 * wildcards, any host; in each `Exact`, then `Prefix` with the longer path first, then `ImplementationSpecific` as
 * given. The order of services doesn't matter otherwise.
 *
 * @throws if two routes match the same requests
 */
export function httpRules(routes: HttpRoutes): HttpRule[] {
  const services = new Map<string, string>();
  for (const route of routes) {
    const match = `${route.host ?? ''}${route.path} (${route.pathType})`;
    const other = services.get(match);
    if (other !== undefined) {
      throw new Error(
        `path ${match} leads to ${other} and to ${route.service}, and only one can have it: write another path or host`,
      );
    }
    services.set(match, route.service);
  }
  return inOrder(routes);
}

/** The same order for routes of any kind; those that match the same requests stay as given. */
export function inOrder<T extends HttpMatch>(routes: readonly T[]): HttpRule<T>[] {
  const byHost = new Map<string, T[]>();
  for (const route of routes) {
    const host = route.host ?? '';
    const group = byHost.get(host);
    if (group) group.push(route);
    else byHost.set(host, [route]);
  }
  return [...byHost]
    .sort(([a], [b]) => hostRank(a) - hostRank(b) || b.length - a.length || compare(a, b))
    .map(([host, group]) => ({ ...(host && { host }), routes: group.sort(byPrecedence) }));
}

/** Where a person reaches a route. `hostname` is the load balancer's, for a route that takes any host. */
export function routeUrl({ host, path }: HttpMatch, hostname: string, entrance?: Entrance): string {
  return `${origin(host ?? hostname, entrance)}${path}`;
}

function hostRank(host: string): number {
  if (host === '') return 2;
  return host.startsWith('*.') ? 1 : 0;
}

function byPrecedence(a: HttpMatch, b: HttpMatch): number {
  if (a.pathType !== b.pathType) return PATH_TYPES.indexOf(a.pathType) - PATH_TYPES.indexOf(b.pathType);
  if (a.pathType === 'ImplementationSpecific') return 0;
  return b.path.length - a.path.length || compare(a.path, b.path);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
