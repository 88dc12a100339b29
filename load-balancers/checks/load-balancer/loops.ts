import {
  type Action,
  type Ingress,
  isUnknown,
  keyOf,
  type KubernetesObject,
  type Listener,
  type LoadBalancer,
  type Model,
  type Rule,
  type RuleCondition,
  type Source,
} from '../../model';
import { atAnnotation, atSource, type ObjectFinding } from '../finding';
import { valueAt } from '../refusals';
import { named, read } from '../read';
import { answersTo, type AskedRequest } from '../requests/answers';
import { matches } from '../requests/patterns';
import { ingressesOf, redirectUnknown, type View } from '../view';

/** Redirects that lead back to themselves, alone or over others and other listeners. */
export function checkLoops(view: View, { LoadBalancers }: Model): ObjectFinding[] {
  return LoadBalancers.filter(({ Type }) => Type === 'application').flatMap((loadBalancer) => {
    if (redirectUnknown(view, loadBalancer)) return [];
    const here = { given: view.given, loadBalancer, hosts: hostsOf(view, loadBalancer) };
    const found = [
      ...checkDropped(view, loadBalancer),
      ...loadBalancer.Listeners.flatMap((listener) => checkListener(here, listener)),
    ];
    // One of each annotation is enough.
    return [...new Map(found.map((each) => [`${each.source.Name} ${each.path}`, each])).values()];
  });
}

/** A load balancer, and the hosts that lead to it. */
interface Served {
  readonly given: readonly KubernetesObject[];
  readonly loadBalancer: LoadBalancer;
  readonly hosts: readonly string[];
}

const REMEDY = 'redirect to another host, path, port or protocol that no redirect matches';

/**
 * A redirect to itself on one listener of several is how HTTP is sent to HTTPS: the controller leaves it out on HTTPS.
 * On all of them it does nothing at all.
 */
function checkDropped(view: View, loadBalancer: LoadBalancer): ObjectFinding[] {
  const { Listeners } = loadBalancer;
  // A listener whose default action redirects to HTTPS has no rules at all.
  if (!Listeners.some(({ Rules }) => Rules.length > 0) && Listeners.some(isPlainRedirect)) return [];
  const built = new Set(
    Listeners.flatMap(({ Rules }) => Rules.map(({ Origin }) => placeOf(Origin.Conditions?.[0]))),
  );
  return ingressesOf(view, loadBalancer).flatMap((ingress) =>
    redirectsOf(ingress).flatMap(({ field, name }) =>
      built.has(`${keyOf(ingress)} ${field}`)
        ? []
        : [
            atAnnotation(ingress, named(`actions.${name}`), {
              reason: `the rule of ${field} redirects each request to itself, so that the controller leaves it out`,
              remedy: REMEDY,
              accepted: true,
            }),
          ],
    ),
  );
}

function isPlainRedirect({ Protocol, DefaultActions: [action] }: Listener): boolean {
  return Protocol === 'HTTP' && action?.Type === 'redirect';
}

function placeOf(source: Source | undefined): string {
  return `${source?.Name ?? ''} ${source?.Field ?? ''}`;
}

/** Paths whose action is a redirect to itself, word for word, on whichever listener. */
function redirectsOf(ingress: Ingress): { readonly field: string; readonly name: string }[] {
  return (ingress.spec.rules ?? []).flatMap(({ http }, rule) =>
    (http?.paths ?? []).flatMap(({ backend: { service } }, path) => {
      if (service?.port?.name !== 'use-annotation') return [];
      const action = read.json(ingress, `actions.${service.name}`) as { type?: unknown } | undefined;
      return action?.type === 'redirect'
        ? [{ field: `spec.rules[${rule}].http.paths[${path}]`, name: service.name }]
        : [];
    }),
  );
}

function checkListener(here: Served, listener: Listener): ObjectFinding[] {
  const { given } = here;
  const rules: Pick<Rule, 'Actions' | 'Conditions' | 'Origin'>[] = [
    ...listener.Rules,
    {
      Actions: listener.DefaultActions,
      Conditions: [],
      Origin: { Actions: listener.Origin.DefaultActions ?? [] },
    },
  ];
  return rules.flatMap((rule) => {
    const source = rule.Origin.Actions?.find(({ Annotation }) => Annotation?.includes('/actions.'));
    if (source === undefined || redirectIn(rule.Actions) === undefined) return [];
    const chain = follow(here, listener, rule);
    if (chain === undefined) return [];
    const over = chain.length > 1 ? `over ${chain.slice(1).join(', then ')} ` : '';
    const field = rule.Origin.Conditions?.[0]?.Field ?? 'spec.defaultBackend';
    return [
      atSource(source, {
        value: valueAt(given, source),
        reason: `a request of ${chain[0] ?? ''}, which ${field} redirects, comes back ${over}for ever`,
        remedy: REMEDY,
        accepted: true,
      }),
    ];
  });
}

type Redirect = Extract<Action, { readonly Type: 'redirect' }>['RedirectConfig'];

function redirectIn(actions: readonly Action[]): Redirect | undefined {
  const last = actions.at(-1);
  return last?.Type === 'redirect' ? last.RedirectConfig : undefined;
}

/** After this many redirects browsers give up. */
const HOPS = 20;

/** The places a request comes by until it is where it was; undefined if it comes to an end, or nobody can tell. */
function follow(
  here: Served,
  listener: Listener,
  start: Pick<Rule, 'Actions' | 'Conditions'>,
): readonly string[] | undefined {
  const seen: string[] = [];
  let request = sampleOf(start.Conditions, listener);
  let actions = request && actionsFor(here, request, start);
  // Another rule comes first, or might.
  if (actions !== start.Actions) return undefined;
  for (let hop = 0; hop < HOPS; hop += 1) {
    const redirect = actions && redirectIn(actions);
    if (request === undefined || redirect === undefined) return undefined;
    const place = urlOf(request);
    if (seen.includes(place)) return seen;
    seen.push(place);
    request = redirected(here, request, redirect);
    actions = request && actionsFor(here, request, start);
  }
  // The path grows with each redirect.
  return seen.slice(0, 2);
}

/** What is done with a request of the same headers as the first one, if that is known. */
function actionsFor(
  { loadBalancer }: Served,
  request: AskedRequest,
  start: Pick<Rule, 'Conditions'>,
): readonly Action[] | undefined {
  const [answer] = answersTo([loadBalancer], request);
  if (answer === undefined || answer.MayBe.length > 0) return undefined;
  const { Rule, Listener } = answer;
  const asked = new Set(start.Conditions.map((each) => JSON.stringify(each)));
  // Other headers, queries and methods might have another rule.
  const Rules = Listener.Rules.map((rule) => ({
    ...rule,
    Conditions: rule.Conditions.filter(
      (each) => each.HostHeaderConfig ?? each.PathPatternConfig ?? asked.has(JSON.stringify(each)),
    ),
  }));
  const [other] = answersTo([{ ...loadBalancer, Listeners: [{ ...Listener, Rules }] }], request);
  if (other?.Rule?.Priority !== Rule?.Priority) return undefined;
  return Rule?.Actions ?? Listener.DefaultActions;
}

/** A request that conditions of host, path, method and header let through; of others it isn't known. */
function sampleOf(
  conditions: readonly RuleCondition[],
  { Protocol, Port }: Listener,
): AskedRequest | undefined {
  if (isUnknown(JSON.stringify(conditions))) return undefined;
  const find = <K extends keyof RuleCondition>(key: K) =>
    conditions.find((each) => each[key] !== undefined)?.[key];
  const patterns = [find('HostHeaderConfig'), find('PathPatternConfig'), find('HttpHeaderConfig')];
  if (find('QueryStringConfig') ?? patterns.some((match) => match?.RegexValues)) return undefined;
  const concrete = (pattern: string) => pattern.replaceAll('*', 'any').replaceAll('?', 'x');
  const [host = 'any.example.com', path = '/', header = ''] = patterns.map((match) => match?.Values?.[0]);
  const name = find('HttpHeaderConfig')?.HttpHeaderName;
  return {
    protocol: Protocol === 'HTTPS' ? 'https' : 'http',
    port: Port,
    host: concrete(host),
    path: concrete(path === '/*' && host === 'any.example.com' && conditions.length === 0 ? '/' : path),
    method: find('HttpRequestMethodConfig')?.Values[0],
    ...(name !== undefined && { headers: { [name]: concrete(header) } }),
    sourceIp: find('SourceIpConfig')?.Values[0]?.split('/')[0],
  };
}

/** Where it leads, if that is this load balancer again. */
function redirected(
  { hosts }: Served,
  request: AskedRequest,
  { Protocol, Port, Host, Path, Query }: Redirect,
): AskedRequest | undefined {
  const query = (request.query ?? []).map(([key, value]) => `${key}=${value}`).join('&');
  const own: Readonly<Record<string, string>> = {
    ...{ protocol: request.protocol.toUpperCase(), host: request.host, port: String(request.port) },
    ...{ path: request.path.replace(/^\//, ''), query },
  };
  const part = (value: string | undefined, otherwise: string) =>
    (value ?? otherwise).replaceAll(/#\{(\w+)\}/g, (_, keyword: string) => own[keyword] ?? '');
  const host = part(Host, '#{host}');
  const pairs = new URLSearchParams(part(Query, '#{query}'));
  const next: AskedRequest = {
    ...request,
    protocol: part(Protocol, '#{protocol}') === 'HTTPS' ? 'https' : 'http',
    port: Number(part(Port, '#{port}')),
    host,
    path: part(Path, '/#{path}'),
    query: [...pairs],
  };
  return isUnknown(urlOf(next)) ||
    !(host === request.host || hosts.some((each) => matches(each, host.toLowerCase())))
    ? undefined
    : next;
}

/** A rule without host takes all, which doesn't say that all hosts lead here. */
function hostsOf(view: View, loadBalancer: LoadBalancer): readonly string[] {
  const { Listeners } = loadBalancer;
  const written = ingressesOf(view, loadBalancer).flatMap(({ spec: { rules = [], tls = [] } }) => [
    ...rules.flatMap(({ host }) => host ?? []),
    ...tls.flatMap(({ hosts = [] }) => hosts),
  ]);
  const built = Listeners.flatMap(({ Rules }) => Rules.flatMap(({ Conditions }) => Conditions)).flatMap(
    ({ HostHeaderConfig }) => HostHeaderConfig?.Values ?? [],
  );
  return [...new Set([...written, ...built])].map((host) => host.toLowerCase());
}

function urlOf({ protocol, host, port, path, query = [] }: AskedRequest): string {
  const text = query.map(([key, value]) => `${key}=${value}`).join('&');
  return `${protocol}://${host}:${port}${path}${text === '' ? '' : `?${text}`}`;
}
