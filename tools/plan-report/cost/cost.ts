import { isChange, type ResourceChange, type StackChanges } from '../changes/changes';
import { type Stack } from '../../kit/stack-id';
import { type Values } from '../changes/values';
import { knownDifferences } from '../diff/differences';
import { type LoadBalancerChange } from '../load-balancers/load-balancers';
import { isUnmetered, metersOf, unmetered, type Meter } from './meters';
import { monthlyPrice } from './prices';

/** What one item of the price table comes to in a stack, in US dollars a month. */
export interface CostItem {
  readonly stack: Stack;
  readonly item: string;
  /** So many now. @default - unknown */
  readonly before?: number;
  /** So many afterwards. @default - unknown */
  readonly after?: number;
  /** Of one in a month. @default - unknown */
  readonly price?: number;
  /** What the plan adds; negative for what it saves. @default - unknown */
  readonly difference?: number;
  /** Where the price was read, and when. */
  readonly source?: string;
}

export interface Cost {
  /** @default - unknown */
  readonly region?: string;
  readonly items: readonly CostItem[];
  /** Sum of the known differences. */
  readonly difference: number;
  /** How many items have no price, or no quantity. */
  readonly unknown: number;
}

export interface CostOptions {
  /** Of the environment, for plans that don't say. */
  readonly region?: string;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

/** The difference in monthly cost of what is billed by existing; traffic, requests and logs aren't in it. */
export function costOf(
  stacks: readonly StackChanges[],
  loadBalancers: readonly LoadBalancerChange[],
  { region: fallback, today }: CostOptions,
): Cost {
  const region = stacks.find((stack) => stack.region !== undefined)?.region ?? fallback;
  const items = [
    ...stacks.flatMap((stack) => stackItems(stack, stack.region ?? region, today)),
    ...loadBalancerItems(loadBalancers, region),
  ];
  const known = items.flatMap(({ difference }) => (difference === undefined ? [] : [difference]));
  return {
    ...(region !== undefined && { region }),
    items,
    difference: known.reduce((sum, each) => sum + each, 0),
    unknown: items.length - known.length,
  };
}

/** Numbers of an item on both sides; unknown if one of those added up is. */
class Tally {
  readonly sides: { before: number | undefined; after: number | undefined } = { before: 0, after: 0 };

  add(side: 'before' | 'after', quantity: number | undefined): void {
    const sum = this.sides[side];
    this.sides[side] = sum === undefined || quantity === undefined ? undefined : sum + quantity;
  }
}

function stackItems(
  { stack, resources }: StackChanges,
  region: string | undefined,
  today: string,
): CostItem[] {
  const tallies = new Map<string, Tally>();
  const templates = (side: 'before' | 'after') =>
    resources.flatMap(({ type, address, ...sides }) => {
      const values = sides[side];
      return type === 'aws_launch_template' && values ? [{ address, values }] : [];
    });
  const contexts = {
    before: { today, launchTemplates: templates('before') },
    after: { today, launchTemplates: templates('after') },
  };
  for (const change of resources) {
    if (change.action === 'forget') continue;
    for (const side of ['before', 'after'] as const) {
      const values: Values | undefined = change[side];
      if (!values) continue;
      const meters = isOfUnknownCost(change)
        ? [{ item: unmetered(change.type) }]
        : metersOf(change.type, values, contexts[side], change.address);
      for (const meter of meters) tally(tallies, side, meter);
    }
  }
  const touched = resources.some(isChange);
  return touched ? itemsOf(stack, tallies, region) : [];
}

/** A size or class may have become another one. */
function isOfUnknownCost({ type, action, before, after }: ResourceChange): boolean {
  return (
    action === 'update' &&
    isUnmetered(type) &&
    knownDifferences(before, after).some(
      ({ path }) => !/^(?:tags|tags_all|description)$/.test(String(path[0])),
    )
  );
}

function tally(tallies: Map<string, Tally>, side: 'before' | 'after', { item, quantity }: Meter): void {
  const entry = tallies.get(item) ?? new Tally();
  tallies.set(item, entry);
  entry.add(side, quantity);
}

function itemsOf(stack: Stack, tallies: ReadonlyMap<string, Tally>, region: string | undefined): CostItem[] {
  return [...tallies].flatMap(([item, { sides }]) => {
    const { before, after } = sides;
    if (before !== undefined && before === after) return [];
    const price = monthlyPrice(item, region);
    const known = price && before !== undefined && after !== undefined;
    return [
      {
        stack,
        item,
        ...(before !== undefined && { before }),
        ...(after !== undefined && { after }),
        ...(price && { price: price.usd, source: `${price.source}, ${price.asOf}` }),
        ...(known && { difference: price.usd * (after - before) }),
      },
    ];
  });
}

const ADDRESSES = 'Public IPv4 addresses of load balancers: one for each zone';
const TYPES = { application: 'Application Load Balancer', network: 'Network Load Balancer' };

/** Those that the controller makes; their addresses and capacity units depend on zones and traffic. */
function loadBalancerItems(changes: readonly LoadBalancerChange[], region: string | undefined): CostItem[] {
  const stacks = [...new Set(changes.map(({ stack }) => stack))];
  return stacks.flatMap((stack) => {
    const tallies = new Map<string, Tally>();
    for (const change of changes.filter((each) => each.stack === stack)) {
      for (const side of ['before', 'after'] as const) {
        const { Type, Scheme } = change[side] ?? {};
        if (Type) tally(tallies, side, { item: TYPES[Type], quantity: 1 });
        if (Scheme === 'internet-facing') tally(tallies, side, { item: ADDRESSES });
      }
    }
    return itemsOf(stack, tallies, region);
  });
}
