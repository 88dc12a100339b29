import { BlockList, isIPv6 } from 'node:net';
import {
  isUnknown,
  type Listener,
  type LoadBalancer,
  type MatchConfig,
  type Rule,
  type RuleCondition,
} from '../../model';
import { matches } from './patterns';

/** A request as a person would write it. */
export interface AskedRequest {
  readonly protocol: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  /** Without the query. */
  readonly path: string;
  /** @default - none */
  readonly query?: readonly (readonly [key: string, value: string])[];
  /** @default 'GET' */
  readonly method?: string;
  /** By name. @default - none */
  readonly headers?: Readonly<Record<string, string>>;
  /** @default - any: rules that ask for one may answer */
  readonly sourceIp?: string;
}

/** Who answers a request at a load balancer. */
export interface Answer {
  readonly LoadBalancer: LoadBalancer;
  readonly Listener: Listener;
  /** @default - no rule takes it: the listener's default actions do */
  readonly Rule?: Rule;
  /** Rules before it that may take it: it depends on what isn't known, or wasn't asked. */
  readonly MayBe: readonly Rule[];
}

/** @throws {TypeError} for what is no URL of HTTP */
export function requestOf(url: string): AskedRequest {
  const { protocol, hostname, port, pathname, searchParams } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') throw new TypeError(`${url} is no URL of HTTP`);
  const isSecure = protocol === 'https:';
  return {
    protocol: isSecure ? 'https' : 'http',
    host: hostname,
    port: port === '' ? (isSecure ? 443 : 80) : Number(port),
    path: pathname,
    query: [...searchParams],
  };
}

/** What each Application Load Balancer that listens there does with a request; which one its host leads to, DNS says. */
export function answersTo(loadBalancers: readonly LoadBalancer[], request: AskedRequest): readonly Answer[] {
  const protocol = request.protocol.toUpperCase();
  return loadBalancers
    .filter(({ Type }) => Type === 'application')
    .flatMap((LoadBalancer) =>
      LoadBalancer.Listeners.filter(
        ({ Port, Protocol }) => Port === request.port && Protocol === protocol,
      ).map((Listener) => ({ LoadBalancer, Listener, ...firstOf(Listener.Rules, request) })),
    );
}

function firstOf(rules: readonly Rule[], request: AskedRequest): Pick<Answer, 'Rule' | 'MayBe'> {
  const MayBe: Rule[] = [];
  for (const Rule of rules) {
    const all = Rule.Conditions.map((condition) => meets(condition, request));
    if (all.includes(false)) continue;
    if (!all.includes('maybe')) return { Rule, MayBe };
    MayBe.push(Rule);
  }
  return { MayBe };
}

type Meets = boolean | 'maybe';

function meets(condition: RuleCondition, request: AskedRequest): Meets {
  if (isUnknown(JSON.stringify(condition))) return 'maybe';
  const { host, path, method = 'GET', query = [], headers = {}, sourceIp } = request;
  const { HostHeaderConfig, PathPatternConfig, HttpHeaderConfig, HttpRequestMethodConfig } = condition;
  if (HostHeaderConfig) return meetsMatch(HostHeaderConfig, host, true);
  if (PathPatternConfig) return meetsMatch(PathPatternConfig, path, false);
  if (HttpHeaderConfig) {
    const name = HttpHeaderConfig.HttpHeaderName.toLowerCase();
    const value = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
    return value !== undefined && meetsMatch(HttpHeaderConfig, value, true);
  }
  if (HttpRequestMethodConfig) return HttpRequestMethodConfig.Values.includes(method);
  if (condition.QueryStringConfig) {
    return condition.QueryStringConfig.Values.some(({ Key, Value }) =>
      query.some(
        ([key, value]) =>
          (Key === undefined || Key.toLowerCase() === key.toLowerCase()) &&
          matches(Value.toLowerCase(), value.toLowerCase()),
      ),
    );
  }
  const networks = condition.SourceIpConfig?.Values ?? [];
  return sourceIp === undefined ? 'maybe' : isInOneOf(networks, sourceIp);
}

function meetsMatch({ Values = [], RegexValues = [] }: MatchConfig, text: string, folded: boolean): Meets {
  const fold = (value: string) => (folded ? value.toLowerCase() : value);
  if (Values.some((value) => matches(fold(value), fold(text)))) return true;
  const found = RegexValues.map((value): Meets => {
    try {
      return new RegExp(value, folded ? 'i' : '').test(text);
    } catch {
      // AWS's expressions are not those of JavaScript, though most are both.
      return 'maybe';
    }
  });
  return found.includes(true) || (found.includes('maybe') ? 'maybe' : false);
}

function isInOneOf(networks: readonly string[], address: string): boolean {
  const type = isIPv6(address) ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  for (const network of networks.filter((each) => isIPv6(each.replace(/\/.*/, '')) === (type === 'ipv6'))) {
    const [of = '', bits = ''] = network.split('/');
    list.addSubnet(of, Number(bits), type);
  }
  return list.check(address, type);
}
