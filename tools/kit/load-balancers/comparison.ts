import { isUnknown, type Model } from '../../../load-balancers/model';

/** A field in which a load balancer is not as it was previewed. */
export interface Deviation {
  /** Load balancer and field, such as `shop/services Listeners[0].Rules[1].Priority`. */
  readonly path: string;
  readonly previewed: unknown;
  readonly made: unknown;
}

export interface Comparison {
  readonly deviations: readonly Deviation[];
  /** How many values were compared. */
  readonly compared: number;
  /** How many could not be, as they are known only after apply or weren't read. */
  readonly unknown: number;
}

/** Where a value is from, and who is behind it: the preview's own words, which no API has. */
const NOT_OF_THE_API = [
  'Id',
  'Members',
  'Origin',
  'Service',
  'NodeSelector',
  'MultiCluster',
  'TargetPermissions',
];
/** Lists of what is set: more may be there, with the defaults of AWS. */
const SETTINGS = ['Attributes', 'Tags'];
/** A list of subnets: one unknown entry stands for any; where the preview has names, AWS has ids. */
const DISCOVERED = ['SubnetMappings'];
/** A list in no order of its own. */
const SETS = ['IpPermissions'];
/** What AWS fills in where nothing is said; the preview leaves it out. */
const DEFAULTS: Readonly<Record<string, unknown>> = { Weight: 1 };

/** A load balancer that is there, in the form of the preview. */
interface Made {
  readonly Id: string;
  readonly TargetGroups: readonly { readonly Id: string }[];
}

/**
 * Compares the load balancers that were made with those that were previewed, field by field.
 *
 * @param unread names of fields that whoever read the former didn't read
 */
export function compareLoadBalancers(
  previewed: Model['LoadBalancers'],
  made: readonly Made[],
  unread: readonly string[] = [],
): Comparison {
  const comparer = new Comparer(unread);
  const byId = <T extends { readonly Id: string }>(items: readonly T[]) =>
    new Map(items.map((item) => [item.Id, item]));
  const [wanted, there] = [byId(previewed), byId(made)];
  for (const id of new Set([...wanted.keys(), ...there.keys()])) {
    const [before, after] = [wanted.get(id), there.get(id)];
    if (!before || !after) {
      comparer.differ(id, before && 'a load balancer', after && 'a load balancer');
      continue;
    }
    const { TargetGroups: groupsBefore, ...balancerBefore } = before;
    comparer.compare(`${id} `, balancerBefore, after);
    const groups = byId(after.TargetGroups);
    for (const group of groupsBefore)
      comparer.compare(`${id} TargetGroups[${group.Id}]`, group, groups.get(group.Id));
    if (groups.size !== groupsBefore.length) {
      comparer.differ(
        `${id} TargetGroups`,
        groupsBefore.map(({ Id }) => Id),
        [...groups.keys()],
      );
    }
  }
  return comparer;
}

class Comparer implements Comparison {
  readonly deviations: Deviation[] = [];
  compared = 0;
  unknown = 0;

  constructor(private readonly unread: readonly string[]) {}

  differ(path: string, previewed: unknown, made: unknown): void {
    this.deviations.push({ path: path.trim(), previewed, made });
  }

  compare(path: string, previewed: unknown, made: unknown, name = ''): void {
    if (isUnknown(previewed) || this.unread.includes(name)) this.unknown += 1;
    else if (Array.isArray(previewed)) this.compareLists(path, previewed, made, name);
    else if (isObject(previewed)) this.compareObjects(path, previewed, made);
    else {
      this.compared += 1;
      if (previewed !== made) this.differ(path, previewed, made);
    }
  }

  private compareLists(path: string, previewed: readonly unknown[], made: unknown, name: string): void {
    if (!Array.isArray(made)) {
      if (previewed.length > 0) this.differ(path, previewed, made);
      return;
    }
    if (SETTINGS.includes(name)) {
      const there = new Map((made as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]));
      for (const { Key, Value } of previewed as { Key: string; Value: string }[]) {
        this.compare(`${path}[${Key}]`, Value, there.get(Key));
      }
      return;
    }
    if (DISCOVERED.includes(name) && previewed.every(isNamed)) {
      this.unknown += 1;
      const isAny = previewed.length === 1 && allUnknown(previewed[0]);
      if (isAny ? made.length === 0 : made.length !== previewed.length) this.differ(path, previewed, made);
      return;
    }
    if (SETS.includes(name)) {
      const sorted = (items: readonly unknown[]) => items.map(identity).sort();
      this.compare(path, sorted(previewed), sorted(made));
      return;
    }
    this.compared += 1;
    if (previewed.length !== made.length) {
      this.differ(path, previewed, made);
      return;
    }
    previewed.forEach((item, index) => {
      this.compare(`${path}[${index}]`, item, made[index]);
    });
  }

  private compareObjects(path: string, previewed: Readonly<Record<string, unknown>>, made: unknown): void {
    if (!isObject(made)) {
      this.differ(path, previewed, made);
      return;
    }
    for (const [name, value] of Object.entries({ ...defaultsOf(made), ...previewed })) {
      if (!NOT_OF_THE_API.includes(name) && value !== undefined) {
        this.compare(/\s$|^$/.test(path) ? `${path}${name}` : `${path}.${name}`, value, made[name], name);
      }
    }
  }
}

function defaultsOf(made: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(DEFAULTS).filter(([name]) => name in made));
}

/** A rule of a security group as a text: protocol, ports and whom it admits. */
function identity(item: unknown): string {
  if (!isObject(item)) return String(item);
  const { IpProtocol, FromPort, ToPort, IpRanges, Ipv6Ranges, PrefixListIds, UserIdGroupPairs } = item;
  const sources = [IpRanges, Ipv6Ranges, PrefixListIds, UserIdGroupPairs].flatMap((list) =>
    (Array.isArray(list) ? (list as unknown[]) : []).map((source) =>
      isObject(source) ? (source.CidrIp ?? source.CidrIpv6 ?? source.PrefixListId ?? source.GroupId) : source,
    ),
  );
  return JSON.stringify([IpProtocol, FromPort, ToPort, sources]);
}

/** Whether a subnet is unknown, or said by its name. */
const isNamed = (value: unknown) =>
  allUnknown(value) || (isObject(value) && !String(value.SubnetId).startsWith('subnet-'));

const allUnknown = (value: unknown) => isObject(value) && Object.values(value).every(isUnknown);

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
