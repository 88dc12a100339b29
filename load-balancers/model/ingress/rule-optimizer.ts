import { type Action, type RedirectConfig, type RuleCondition } from '../model';

interface Rule {
  readonly Conditions: readonly RuleCondition[];
  readonly Actions: readonly Action[];
}

/**
 * Without rules that would redirect to themselves for ever, and without rules that a redirect before them leaves
 * nothing for.
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/pkg/ingress/rule_optimizer.go
 */
export function optimizeRules<R extends Rule>(
  listener: { readonly port: number; readonly protocol: string },
  rules: readonly R[],
): readonly R[] {
  const redirects = new Redirects();
  return rules.filter((rule) => {
    const redirect = redirectOf(rule);
    if (redirect !== undefined && isInfinite(listener, rule, redirect)) return false;
    if (redirects.overshadow(rule.Conditions)) return false;
    if (redirect !== undefined) redirects.add(rule.Conditions);
    return true;
  });
}

function redirectOf({ Actions }: Rule): RedirectConfig | undefined {
  const redirect = Actions.find((action) => action.Type === 'redirect');
  return redirect?.RedirectConfig;
}

function isInfinite(
  { port, protocol }: { readonly port: number; readonly protocol: string },
  { Conditions }: Rule,
  { Host, Path, Port, Protocol, Query }: RedirectConfig,
): boolean {
  if (Conditions.some(({ PathPatternConfig }) => PathPatternConfig?.RegexValues !== undefined)) return false;
  const hosts = Conditions.flatMap(({ HostHeaderConfig }) => HostHeaderConfig?.Values ?? []);
  const paths = Conditions.flatMap(({ PathPatternConfig }) => PathPatternConfig?.Values ?? []);
  return (
    (Host === undefined || Host === '#{host}' || hosts.includes(Host)) &&
    (Path === undefined || Path === '/#{path}' || paths.includes(Path)) &&
    (Port === undefined || Port === '#{port}' || Port === String(port)) &&
    (Protocol === undefined || Protocol === '#{protocol}' || Protocol === protocol) &&
    (Query === undefined || Query === '#{query}')
  );
}

interface Scope {
  /** None: any. Regular expressions of hosts count as none. */
  readonly hosts: ReadonlySet<string>;
  readonly paths: ReadonlySet<string>;
}

const ANY = '';

/** Redirects so far, found by one of their hosts and one of their paths. */
class Redirects {
  private readonly scopes = new Map<string, Scope[]>();

  add(conditions: readonly RuleCondition[]): void {
    // With another condition it leaves some requests for the rules after it.
    if (conditions.some(({ Field }) => Field !== 'host-header' && Field !== 'path-pattern')) return;
    const { hosts, paths } = scopeOf(conditions);
    const scope = { hosts, paths: paths.has('/*') ? new Set<string>() : paths };
    for (const host of orAny(scope.hosts)) {
      for (const path of orAny(scope.paths)) {
        const key = keyOf(host, path);
        const others = this.scopes.get(key);
        if (others === undefined) this.scopes.set(key, [scope]);
        else others.push(scope);
      }
    }
  }

  /** Whether one of them takes all requests that these conditions let through. */
  overshadow(conditions: readonly RuleCondition[]): boolean {
    const { hosts, paths } = scopeOf(conditions);
    const [host = ANY] = hosts;
    const [path = ANY] = paths;
    return [keyOf(ANY, ANY), keyOf(host, ANY), keyOf(ANY, path), keyOf(host, path)]
      .flatMap((key) => this.scopes.get(key) ?? [])
      .some((scope) => covers(scope.hosts, hosts) && covers(scope.paths, paths));
  }
}

function covers(all: ReadonlySet<string>, some: ReadonlySet<string>): boolean {
  return all.size === 0 || (some.size > 0 && [...some].every((value) => all.has(value)));
}

function scopeOf(conditions: readonly RuleCondition[]): Scope {
  return {
    hosts: new Set(conditions.flatMap(({ HostHeaderConfig }) => HostHeaderConfig?.Values ?? [])),
    paths: new Set(
      conditions.flatMap(
        ({ PathPatternConfig }) => PathPatternConfig?.RegexValues ?? PathPatternConfig?.Values ?? [],
      ),
    ),
  };
}

function orAny(values: ReadonlySet<string>): Iterable<string> {
  return values.size === 0 ? [ANY] : values;
}

function keyOf(host: string, path: string): string {
  return `${host} ${path}`;
}
