import { BlockList, isIPv6 } from 'node:net';
import { isUnknown, type Listener, type LoadBalancer, type Rule, type RuleCondition } from '../../model';
import { covers } from './patterns';

/** A rule that no request reaches, on any listener that has it. */
export interface UnreachableRule {
  readonly LoadBalancer: LoadBalancer;
  readonly Listener: Listener;
  readonly Rule: Rule;
  /** Those before it that take all of its requests. */
  readonly TakenBy: readonly Rule[];
}

/** The rules of load balancers that are tried in vain: others before them take whatever they ask for. */
export function unreachableRules(loadBalancers: readonly LoadBalancer[]): readonly UnreachableRule[] {
  return loadBalancers.flatMap((loadBalancer) => {
    const found = loadBalancer.Listeners.flatMap((listener) => unreachableOn(loadBalancer, listener));
    const reached = new Set<string>();
    for (const listener of loadBalancer.Listeners) {
      const hidden = new Set(found.filter((each) => each.Listener === listener).map(({ Rule }) => Rule));
      for (const rule of listener.Rules) if (!hidden.has(rule)) reached.add(originOf(rule));
    }
    const told = new Map(found.map((each) => [originOf(each.Rule), each]));
    return [...told].flatMap(([origin, each]) => (reached.has(origin) ? [] : [each]));
  });
}

function originOf({ Origin }: Rule): string {
  const [source] = Origin.Conditions ?? [];
  return `${source?.Name ?? ''} ${source?.Field ?? ''}`;
}

function unreachableOn(loadBalancer: LoadBalancer, listener: Listener): UnreachableRule[] {
  const before = new Index();
  return listener.Rules.flatMap((Rule) => {
    const set = setOf(Rule);
    if (set === undefined) return [];
    const TakenBy = before.takersOf(set);
    before.add(set);
    return TakenBy === undefined ? [] : [{ LoadBalancer: loadBalancer, Listener: listener, Rule, TakenBy }];
  });
}

/** What a rule asks of requests: one of the hosts, one of the paths, and all other conditions. */
interface RequestSet {
  readonly rule: Rule;
  readonly hosts: readonly string[];
  readonly paths: readonly string[];
  readonly others: readonly RuleCondition[];
}

const ANY_HOST = '*';
const ANY_PATH = '/*';
/** Before a regular expression, which is like no other but itself. */
const REGEX = '\0';

/** Undefined if it isn't known. */
function setOf(rule: Rule): RequestSet | undefined {
  const { Conditions } = rule;
  if (isUnknown(JSON.stringify(Conditions))) return undefined;
  const hosts = Conditions.flatMap(({ HostHeaderConfig: match }) => [
    ...(match?.Values ?? []).map((value) => value.toLowerCase()),
    ...(match?.RegexValues ?? []).map((value) => `${REGEX}${value}`),
  ]);
  const paths = Conditions.flatMap(({ PathPatternConfig: match }) => [
    ...(match?.Values ?? []),
    ...(match?.RegexValues ?? []).map((value) => `${REGEX}${value}`),
  ]);
  const others = Conditions.filter(({ Field }) => Field !== 'host-header' && Field !== 'path-pattern');
  return {
    ...{ rule, others },
    hosts: hosts.length === 0 ? [ANY_HOST] : hosts,
    paths: paths.length === 0 ? [ANY_PATH] : paths,
  };
}

interface Entry {
  readonly set: RequestSet;
  readonly host: string;
  readonly path: string;
}

/** Rules so far, found by host and by the letters before the first wildcard of a path. */
class Index {
  private readonly entries = new Map<string, Entry[]>();

  add(set: RequestSet): void {
    for (const host of set.hosts) {
      for (const path of set.paths) {
        const key = keyOf(host, stemOf(path));
        const others = this.entries.get(key);
        if (others === undefined) this.entries.set(key, [{ set, host, path }]);
        else others.push({ set, host, path });
      }
    }
  }

  /** Those that together take all requests of a set, if they do. */
  takersOf(set: RequestSet): readonly Rule[] | undefined {
    const takers = new Set<Rule>();
    for (const host of set.hosts) {
      for (const path of set.paths) {
        const taker = this.takerOf(host, path, set.others);
        if (taker === undefined) return undefined;
        takers.add(taker);
      }
    }
    return [...takers];
  }

  private takerOf(host: string, path: string, others: readonly RuleCondition[]): Rule | undefined {
    const hosts = isPattern(host) ? [ANY_HOST] : [host, ANY_HOST];
    const stem = stemOf(path);
    for (const each of hosts) {
      for (let length = 0; length <= stem.length; length += 1) {
        const entries = this.entries.get(keyOf(each, stem.slice(0, length))) ?? [];
        const found = entries.find(
          (entry) =>
            coversHost(entry.host, host) &&
            coversPath(entry.path, path) &&
            entry.set.others.every((asked) => others.some((given) => isWithin(given, asked))),
        );
        if (found !== undefined) return found.set.rule;
      }
      // Any path is one that begins with a slash, regular expressions among them.
      if (path.startsWith(REGEX)) {
        const found = (this.entries.get(keyOf(each, '/')) ?? []).find(
          (entry) => entry.path === ANY_PATH && entry.set.others.length === 0 && coversHost(entry.host, host),
        );
        if (found !== undefined) return found.set.rule;
      }
    }
    return undefined;
  }
}

function keyOf(host: string, stem: string): string {
  return `${isPattern(host) ? ANY_HOST : host} ${stem}`;
}

function isPattern(host: string): boolean {
  return /[*?]/.test(host) || host.startsWith(REGEX);
}

function stemOf(path: string): string {
  return path.startsWith(REGEX) ? path : path.replace(/[*?].*$/s, '');
}

function coversHost(general: string, special: string): boolean {
  if (general === ANY_HOST || general === special) return true;
  return !general.startsWith(REGEX) && !special.startsWith(REGEX) && covers(general, special);
}

function coversPath(general: string, special: string): boolean {
  if (general === special) return true;
  return !general.startsWith(REGEX) && !special.startsWith(REGEX) && covers(general, special);
}

/** Whether all requests that one condition lets through are let through by the other of its kind. */
function isWithin(given: RuleCondition, asked: RuleCondition): boolean {
  if (given.Field !== asked.Field) return false;
  if (JSON.stringify(given) === JSON.stringify(asked)) return true;
  switch (asked.Field) {
    case 'http-header': {
      const [one, other] = [given.HttpHeaderConfig, asked.HttpHeaderConfig];
      const sameName = one?.HttpHeaderName.toLowerCase() === other?.HttpHeaderName.toLowerCase();
      return (
        sameName && allWithin(one?.Values, other?.Values, (a, b) => covers(a.toLowerCase(), b.toLowerCase()))
      );
    }
    case 'http-request-method':
      return allWithin(
        given.HttpRequestMethodConfig?.Values,
        asked.HttpRequestMethodConfig?.Values,
        (a, b) => a === b,
      );
    case 'query-string':
      return allWithin(
        given.QueryStringConfig?.Values,
        asked.QueryStringConfig?.Values,
        (a, b) =>
          a.Key?.toLowerCase() === b.Key?.toLowerCase() &&
          covers(a.Value.toLowerCase(), b.Value.toLowerCase()),
      );
    case 'source-ip':
      return allWithin(given.SourceIpConfig?.Values, asked.SourceIpConfig?.Values, containsNetwork);
    default:
      return false;
  }
}

/** Whether each of some is within one of the others. */
function allWithin<T>(
  some: readonly T[] = [],
  others: readonly T[] = [],
  contains: (general: T, special: T) => boolean,
): boolean {
  return some.length > 0 && some.every((each) => others.some((other) => contains(other, each)));
}

function containsNetwork(general: string, special: string): boolean {
  const [[network = '', bits = ''], [address = '', length = '']] = [general, special].map((each) =>
    each.split('/'),
  ) as [string[], string[]];
  if (isIPv6(network) !== isIPv6(address) || Number(bits) > Number(length)) return false;
  const type = isIPv6(network) ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  try {
    list.addSubnet(network, Number(bits), type);
    return list.check(address, type);
  } catch {
    // No network, which is told elsewhere.
    return false;
  }
}
