import table from '../data/prices.json';

interface Price {
  readonly usd: number;
  readonly source: string;
  /** Day on which the source was right, or what it says of itself. */
  readonly asOf: string;
}

interface Item {
  readonly unit: string;
  readonly prices: Readonly<Partial<Record<string, Price>>>;
}

const ITEMS: Readonly<Partial<Record<string, Item>>> = table.items;
/** As AWS reckons a month. */
const HOURS = 730;

/** What one of something costs in a month. */
export interface MonthlyPrice {
  readonly usd: number;
  readonly source: string;
  readonly asOf: string;
}

/** The price of an item in a Region; nothing where none was read, which is not 0. */
export function monthlyPrice(item: string, region: string | undefined): MonthlyPrice | undefined {
  const { unit = '', prices = {} } = ITEMS[item] ?? {};
  const price = region === undefined ? undefined : prices[region];
  if (!price) return undefined;
  return { ...price, usd: unit.endsWith('hour') ? price.usd * HOURS : price.usd };
}
