import { type Cost, type CostItem } from '../cost/cost';
import { type Block } from './block';
import { code, folded, plural, markdownTable } from './markdown';
import { RANK } from './rank';

/** The difference in one sentence; a sum that leaves something out is none. */
export function costWords({ items, difference, unknown }: Cost, isWhole: boolean): string {
  const what = isWhole ? 'Cost' : 'Cost of what there is of the plans';
  if (items.length === 0) return `${what}: nothing that is billed by existing changes.`;
  if (unknown === 0) return `${what}: ${dollars(difference)} a month.`;
  const known = items.length - unknown;
  const rest =
    known === 0
      ? ''
      : `; the ${known === 1 ? 'other comes' : `${known} others come`} to ${dollars(difference)}`;
  return `${what}: unknown, since ${plural(unknown, 'item has', 'items have')} no known price or quantity${rest}.`;
}

/** A table of what costs more and less. */
export function costBlocks(cost: Cost): Block[] {
  const { region, items, difference, unknown } = cost;
  if (items.length === 0) return [];
  const sources = [...new Set(items.flatMap(({ source }) => source ?? []))].sort();
  const text = [
    `### Cost: ${unknown > 0 ? 'unknown' : `${dollars(difference)} a month`}`,
    markdownTable(
      ['stack', 'item', '#before', '#after', '#each', '#difference'],
      items.map((item) => [item.stack, code(item.item), ...numbers(item)]),
    ),
    `List prices in ${region === undefined ? 'an unknown Region' : code(region)} for 730 hours. What is billed by use is not in it: traffic, requests, capacity units, logs, what is stored. What has no price here is unknown, not free.`,
    ...(sources.length > 0
      ? [
          folded(
            'Where the prices are from, and of which day',
            sources.map((source) => `- ${code(source, 300)}`).join('\n'),
          ),
        ]
      : []),
  ].join('\n\n');
  return [{ rank: RANK.cost, what: 'tables of cost', count: 1, parts: [text] }];
}

function numbers({ before, after, price, difference }: CostItem): string[] {
  return [
    before === undefined ? 'unknown' : String(before),
    after === undefined ? 'unknown' : String(after),
    price === undefined ? 'unknown' : `$${price.toFixed(2)}`,
    difference === undefined ? 'unknown' : dollars(difference),
  ];
}

export function dollars(amount: number): string {
  const sign = amount > 0 ? '+' : amount < 0 ? '-' : '';
  return `${sign}$${Math.abs(amount).toFixed(2)}`;
}
