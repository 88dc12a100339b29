import { type LoadBalancer, type Model, type Rule, type Source } from '../../model';
import { unreachableRules, type UnreachableRule } from '../requests/reachability';
import { atSource, type ObjectFinding } from '../finding';
import { named } from '../read';
import { valueAt } from '../refusals';
import { type View } from '../view';

/** Rules that no request reaches: others before them, of whichever Ingress of the group, take all of theirs. */
export function checkReachability(view: View, { LoadBalancers }: Model): ObjectFinding[] {
  return unreachableRules(LoadBalancers).flatMap((each) => {
    const source = each.Rule.Origin.Conditions?.[0];
    if (source === undefined) return [];
    const at = { ...source, Field: `${source.Field ?? 'spec'}.path` };
    return [atSource(at, { value: valueAt(view.given, at), ...words(each, source) })];
  });
}

function words({ LoadBalancer, Rule, TakenBy }: UnreachableRule, source: Source) {
  const takers = TakenBy.map((taker) => {
    const { Name = '', Field = '' } = taker.Origin.Conditions?.[0] ?? {};
    const whose = Name === source.Name ? '' : ` of Ingress ${Name}`;
    return `rule ${taker.Priority} (${asked(taker)}${whose}, ${Field})`;
  });
  const take = takers.length === 1 ? 'takes' : 'take';
  return {
    reason: `no request reaches rule ${Rule.Priority} of load balancer ${LoadBalancer.Id}: ${takers.join(' and ')} ${take} all of its requests`,
    remedy: remedyOf(LoadBalancer, Rule, TakenBy, source),
  };
}

function remedyOf({ Members }: LoadBalancer, rule: Rule, takers: readonly Rule[], { Name }: Source): string {
  const same = takers.some(
    ({ Conditions }) => JSON.stringify(Conditions) === JSON.stringify(rule.Conditions),
  );
  if (same) return 'write another host or path, or leave one of the two out';
  const others = takers.flatMap(({ Origin }) => Origin.Conditions?.[0]?.Name ?? []);
  const other = others.find((name) => name !== Name);
  if (other !== undefined && Members.length > 1) {
    return `give Ingress ${Name} a lower ${named('group.order')} than Ingress ${other}`;
  }
  return 'write it before the other one, or the other one as a path of type Prefix, which comes after longer ones';
}

/** Host and path as a person writes them. */
function asked({ Conditions }: Rule): string {
  const of = (pick: 'HostHeaderConfig' | 'PathPatternConfig') =>
    Conditions.flatMap((condition) => condition[pick]?.Values ?? condition[pick]?.RegexValues ?? []).join(
      ' or ',
    );
  return `${of('HostHeaderConfig')} ${of('PathPatternConfig') || '/*'}`.trim();
}
