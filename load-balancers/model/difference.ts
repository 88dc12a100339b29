import { type Action, type Listener, type LoadBalancer, type Model, type Rule } from './model';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from './unknown';

/** What becomes of a load balancer, and of what is in it, when the controller gets other objects. */
export interface LoadBalancerDifference {
  readonly Id: string;
  readonly Before?: LoadBalancer;
  readonly After?: LoadBalancer;
  /**
   * - `replaced`: deleted and made anew, with another DNS name
   * - `frozen`: what it is made of would be refused, so that it stays as it is
   * - `abandoned`: its controller goes first, so that it stays, and nobody deletes it
   */
  readonly Change: 'made' | 'deleted' | 'replaced' | 'changed' | 'frozen' | 'abandoned';
  /** Fields for which it is replaced. */
  readonly ReplacedFor: readonly ('Type' | 'Scheme')[];
  /** Objects of it that would be refused. */
  readonly Refused: readonly string[];
  /** What is set otherwise: `Scheme`, `Listeners.443.SslPolicy`, `TargetGroups.shop/web-web:80.Protocol`. */
  readonly Fields: readonly FieldDifference[];
  /** What isn't said any more, and which the controller leaves as it is: `Before` goes on. */
  readonly Stays: readonly FieldDifference[];
  /** In the order of their priority. */
  readonly Rules: readonly RuleDifference[];
  readonly LostCertificates: readonly { readonly Port: number; readonly CertificateArn: string }[];
  /** Target groups, by `Id`, that are made with a new name in the place of others: no target of them is healthy at first. */
  readonly ReplacedTargetGroups: readonly string[];
}

export interface FieldDifference {
  readonly Field: string;
  /** @default - it isn't set */
  readonly Before?: unknown;
  /** @default - it isn't set any more */
  readonly After?: unknown;
}

export interface RuleDifference {
  readonly Port: number;
  readonly Change: 'added' | 'removed' | 'moved' | 'changed';
  readonly Before?: Rule;
  readonly After?: Rule;
}

/**
 * What differs between two models of the same cluster, load balancer by load balancer; nothing for those that stay as
 * they are. Two values that aren't known yet are not told apart.
 * @param controllerGoes whether the controller is taken away along with what is not in `after`
 */
export function difference(
  before: Model,
  after: Model,
  { controllerGoes = false }: { readonly controllerGoes?: boolean } = {},
): readonly LoadBalancerDifference[] {
  const refused = new Set(after.Refusals.flatMap(({ Objects }) => Objects));
  const old = byId(before);
  const fresh = byId(after);
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((id) => {
    const told = compare(id, old.get(id), fresh.get(id), { refused, controllerGoes });
    return told ?? [];
  });
}

function byId({ LoadBalancers }: Model): ReadonlyMap<string, LoadBalancer> {
  return new Map(LoadBalancers.map((each) => [each.Id, each]));
}

interface Surroundings {
  readonly refused: ReadonlySet<string>;
  readonly controllerGoes: boolean;
}

function compare(
  Id: string,
  Before: LoadBalancer | undefined,
  After: LoadBalancer | undefined,
  { refused, controllerGoes }: Surroundings,
): LoadBalancerDifference | undefined {
  const Refused = (After ?? Before)?.Members.filter((member) => refused.has(member)) ?? [];
  const nothing = { ReplacedFor: [], Refused, Fields: [], Stays: [], Rules: [] };
  const alone = { Id, ...nothing, LostCertificates: [], ReplacedTargetGroups: [] };
  if (Before === undefined) return After && { ...alone, After, Change: 'made' };
  if (After === undefined) {
    const Change = controllerGoes ? 'abandoned' : Refused.length > 0 ? 'frozen' : 'deleted';
    return { ...alone, Before, Change };
  }
  const ReplacedFor = (['Type', 'Scheme'] as const).filter((field) => differs(Before[field], After[field]));
  const isReplaced = ReplacedFor.length > 0;
  const { told, stays } = fieldsOf(Before, After, isReplaced);
  const rules = rulesOf(Before, After);
  if (!isReplaced && told.length + stays.length + rules.length === 0) return undefined;
  return {
    ...{ Id, Before, After, Refused, ReplacedFor, Fields: told, Stays: stays, Rules: rules },
    Change: isReplaced ? 'replaced' : 'changed',
    LostCertificates: lostCertificates(Before, After),
    ReplacedTargetGroups: replacedTargetGroups(Before, After, rules),
  };
}

/** Two values that aren't known yet may be the same. */
function differs(one: unknown, other: unknown): boolean {
  return !isUnknown(one) && !isUnknown(other) && one !== other;
}

/** What the controller sets and never takes away again, by the end of its path. */
const KEPT =
  /^(?:WebAclArn|WebAclId|ShieldProtection|MinimumLoadBalancerCapacity\.CapacityUnits|CustomerOwnedIpv4Pool)$|(?:^|\.)Attributes\./;

function fieldsOf(
  before: LoadBalancer,
  after: LoadBalancer,
  isReplaced: boolean,
): { readonly told: readonly FieldDifference[]; readonly stays: readonly FieldDifference[] } {
  const [old, fresh] = [leaves(before), leaves(after)];
  const all = [...new Set([...old.keys(), ...fresh.keys()])].flatMap((Field): FieldDifference[] => {
    const [Before, After] = [old.get(Field), fresh.get(Field)];
    return Before === After || (isUnknown(Before) && isUnknown(After)) ? [] : [{ Field, Before, After }];
  });
  const isKept = ({ Field, After }: FieldDifference) =>
    // The name of what is there already never changes.
    !isReplaced &&
    (Field === 'LoadBalancerName' || (After === undefined && KEPT.test(Field) && !isGone(Field, after)));
  return { told: all.filter((each) => !isKept(each)), stays: all.filter(isKept) };
}

/** Whether the listener or target group that a field is of goes as a whole. */
function isGone(field: string, { Listeners, TargetGroups }: LoadBalancer): boolean {
  if (field.startsWith('Listeners.')) {
    return !Listeners.some(({ Port }) => field.startsWith(`Listeners.${Port}.`));
  }
  return (
    field.startsWith('TargetGroups.') &&
    !TargetGroups.some(({ Id }) => field.startsWith(`TargetGroups.${Id}.`))
  );
}

/** Parts that have a name, by which they are the same; rules are compared by themselves. */
const NAMES: Readonly<Record<string, string>> = {
  Attributes: 'Key',
  Tags: 'Key',
  Listeners: 'Port',
  TargetGroups: 'Id',
};
const NOT_COMPARED = new Set(['Origin', 'Rules', 'Id', 'Members']);

/** All values of a load balancer, by their path. */
function leaves(value: object, path = '', found = new Map<string, unknown>()): Map<string, unknown> {
  for (const [key, each] of Object.entries(value) as [string, unknown][]) {
    if (NOT_COMPARED.has(key)) continue;
    const at = path === '' ? key : `${path}.${key}`;
    if (Array.isArray(each)) {
      for (const [place, entry] of entriesOf(each, key)) {
        if (typeof entry === 'object' && entry !== null) leaves(entry, `${at}.${place}`, found);
        else found.set(`${at}.${place}`, entry);
      }
    } else if (typeof each === 'object' && each !== null) leaves(each, at, found);
    else if (each !== undefined) found.set(at, each);
  }
  return found;
}

/** A key and value is its value by its key; a list without names has its entries by what they are. */
function entriesOf(list: readonly unknown[], name: string): readonly (readonly [string, unknown])[] {
  const key = NAMES[name];
  return list.map((entry, index) => {
    const fields = entry as Readonly<Record<string, unknown>>;
    if (key === 'Key') return [String(fields.Key), fields.Value] as const;
    if (key !== undefined) return [String(fields[key]), entry] as const;
    if (name === 'IpPermissions' || name === 'TargetPermissions' || name === 'Certificates') {
      const text = JSON.stringify(entry);
      return [text, text] as const;
    }
    return [String(index), entry] as const;
  });
}

function listeners(
  before: LoadBalancer,
  after: LoadBalancer,
): readonly { readonly Port: number; readonly was?: Listener; readonly will?: Listener }[] {
  const ports = new Set([...before.Listeners, ...after.Listeners].map(({ Port }) => Port));
  const on = ({ Listeners }: LoadBalancer, port: number) => Listeners.find(({ Port }) => Port === port);
  return [...ports].map((Port) => ({ Port, was: on(before, Port), will: on(after, Port) }));
}

/** Rules that stay in their order among themselves don't move, whatever comes or goes between them. */
function rulesOf(before: LoadBalancer, after: LoadBalancer): readonly RuleDifference[] {
  return listeners(before, after).flatMap(({ Port, was, will }): RuleDifference[] => {
    const waiting = new Map<string, Rule[]>();
    for (const rule of was?.Rules ?? []) {
      const alike = waiting.get(identity(rule));
      if (alike === undefined) waiting.set(identity(rule), [rule]);
      else alike.push(rule);
    }
    const pairs = (will?.Rules ?? []).map((After) => ({
      After,
      Before: waiting.get(identity(After))?.shift(),
    }));
    const staying = longestAscent(pairs.flatMap(({ Before }) => Before?.Priority ?? []));
    const removed = [...waiting.values()].flat().sort((a, b) => a.Priority - b.Priority);
    return [
      ...pairs.flatMap(({ Before, After }): RuleDifference[] => {
        if (Before === undefined) return [{ Port, Change: 'added', After }];
        if (!isSameRule(Before, After)) return [{ Port, Change: 'changed', Before, After }];
        return staying.has(Before.Priority) ? [] : [{ Port, Change: 'moved', Before, After }];
      }),
      ...removed.map((Before): RuleDifference => ({ Port, Change: 'removed', Before })),
    ];
  });
}

function identity({ Conditions }: Rule): string {
  return JSON.stringify(Conditions);
}

function isSameRule(a: Rule, b: Rule): boolean {
  const words = ({ Actions, Transforms, Tags }: Rule) => JSON.stringify([Actions, Transforms, Tags]);
  return words(a) === words(b);
}

/** The most numbers that ascend in the order given. @see https://en.wikipedia.org/wiki/Patience_sorting */
function longestAscent(numbers: readonly number[]): ReadonlySet<number> {
  const ends: number[] = [];
  const previous = new Map<number, number | undefined>();
  for (const number of numbers) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    previous.set(number, ends[low - 1]);
    ends[low] = number;
  }
  const found = new Set<number>();
  for (let last = ends.at(-1); last !== undefined; last = previous.get(last)) found.add(last);
  return found;
}

/** Where certificates are discovered, nobody knows which go. */
function lostCertificates(before: LoadBalancer, after: LoadBalancer) {
  return listeners(before, after).flatMap(({ Port, was, will }) => {
    const still = will?.Certificates.map(({ CertificateArn }) => CertificateArn) ?? [];
    if (will === undefined || still.includes(KNOWN_AFTER_APPLY)) return [];
    const gone = (arn: OrUnknown<string>) => !isUnknown(arn) && !still.includes(arn);
    return (was?.Certificates ?? [])
      .filter(({ CertificateArn }) => gone(CertificateArn))
      .map(({ CertificateArn }) => ({ Port, CertificateArn }));
  });
}

/**
 * Those of which something changes that can't be changed, and those that take over what others served.
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/pkg/deploy/elbv2/target_group_synthesizer.go
 */
function replacedTargetGroups(
  before: LoadBalancer,
  after: LoadBalancer,
  rules: readonly RuleDifference[],
): readonly string[] {
  const fields = ['TargetType', 'Protocol', 'ProtocolVersion', 'TargetControlPort'] as const;
  const old = new Map(before.TargetGroups.map((each) => [each.Id, each]));
  const actions = [
    ...rules.map(({ Before, After }) => ({ was: Before?.Actions, will: After?.Actions })),
    ...listeners(before, after).map(({ was, will }) => ({
      was: was?.DefaultActions,
      will: will?.DefaultActions,
    })),
  ];
  const inherited = new Set(
    actions.flatMap(({ was, will }) => (forwardedTo(was).length > 0 ? forwardedTo(will) : [])),
  );
  return after.TargetGroups.filter((each) => {
    const was = old.get(each.Id);
    return was === undefined
      ? inherited.has(each.Id)
      : fields.some((field) => differs(was[field], each[field]));
  }).map(({ Id }) => Id);
}

/** The target groups, by `Id`, that actions forward to. */
function forwardedTo(actions: readonly Action[] = []): readonly string[] {
  return actions.flatMap((action) =>
    action.Type === 'forward'
      ? action.ForwardConfig.TargetGroups.flatMap(({ TargetGroup }) => TargetGroup ?? [])
      : [],
  );
}
