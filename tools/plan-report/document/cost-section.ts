import { type Cost, type CostItem } from '../cost/cost';
import { type Block } from './block';
import { code, table } from './markdown';
import { RANK } from './rank';

/** A table of what costs more and less. */
export function costBlocks({ region, items, difference, unknown }: Cost): Block[] {
  if (items.length === 0) return [];
  const text = [
    `### Cost: ${dollars(difference)} a month${unknown > 0 ? ', and what is unknown' : ''}`,
    table(
      ['stack', 'item', '#before', '#after', '#each', '#difference'],
      items.map((item) => [item.stack, code(item.item), ...numbers(item)]),
    ),
    `List prices in ${region === undefined ? 'an unknown Region' : code(region)} for 730 hours, each from the source and day that \`tools/plan-report/data/prices.json\` names. Traffic, requests, capacity units and logs are not in it; what has no price there is unknown, not free.`,
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
