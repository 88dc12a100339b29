import { type Path } from '../changes/path';
import { isEmpty, isHidden, isMap, isSame, jsonIn, SENSITIVE_CHANGED, type Values } from '../changes/values';

/** One attribute that differs; of a map or a list, what in it differs. */
export interface Difference {
  readonly path: Path;
  /** @default - it isn't set */
  readonly before?: unknown;
  /** @default - it won't be set */
  readonly after?: unknown;
}

/** What differs between two values; a policy or another JSON in a text is looked into. */
export function differences(before: unknown, after: unknown, path: Path = []): Difference[] {
  if (after !== SENSITIVE_CHANGED && isSame(before, after)) return [];
  if (isMap(before) && isMap(after)) return inMaps(before, after, path);
  if (Array.isArray(before) && Array.isArray(after)) return inLists(before, after, path);
  const [json, newJson] = [jsonIn(before), jsonIn(after)];
  if (json !== undefined && newJson !== undefined) return differences(json, newJson, path);
  if (isEmpty(before))
    return leaves(newJson ?? after, path).map(([at, value]) => ({ path: at, after: value }));
  if (isEmpty(after)) return leaves(json ?? before, path).map(([at, value]) => ({ path: at, before: value }));
  return [{ path, before, after }];
}

function inMaps(before: Values, after: Values, path: Path): Difference[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => differences(before[key], after[key], [...path, key]));
}

/** Items that are equal are not shown, wherever they are; of the others, the first is compared with the first. */
function inLists(before: readonly unknown[], after: readonly unknown[], path: Path): Difference[] {
  const removed = without(before, after);
  const added = without(after, before);
  return Array.from({ length: Math.max(removed.length, added.length) }, (_, pair) => {
    const [old, fresh] = [removed[pair], added[pair]];
    return differences(old?.item, fresh?.item, [...path, fresh?.index ?? old?.index ?? 0]);
  }).flat();
}

/** The items that others don't have as often. */
function without(items: readonly unknown[], others: readonly unknown[]): { item: unknown; index: number }[] {
  const left = new Map<string, number>();
  for (const text of others.map(textOf)) left.set(text, (left.get(text) ?? 0) + 1);
  return items.flatMap((item, index) => {
    const text = textOf(item);
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count > 0 ? [] : [{ item, index }];
  });
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isMap(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

/** All that is set in a value. */
export function leaves(value: unknown, path: Path = []): [Path, unknown][] {
  if (isEmpty(value)) return [];
  if (isMap(value))
    return Object.keys(value)
      .sort()
      .flatMap((key) => leaves(value[key], [...path, key]));
  if (Array.isArray(value)) {
    if (value.every((each) => typeof each !== 'object')) return [[path, value]];
    // A block in which nothing is set may be what is meant: `action: [{ count: [{}] }]`.
    return value.flatMap((each: unknown, index): [Path, unknown][] => {
      const inner = leaves(each, [...path, index]);
      return inner.length === 0 && isMap(each) ? [[[...path, index], {}]] : inner;
    });
  }
  const json = jsonIn(value);
  return json === undefined ? [[path, value]] : leaves(json, path);
}

/** Whether a change at `path` is one that makes a new resource. */
export function forces(replacePaths: readonly Path[], path: Path): boolean {
  return replacePaths.some(
    (forcing) =>
      forcing.every((step, index) => path[index] === undefined || String(step) === String(path[index])) &&
      forcing.length > 0,
  );
}

/** What differs now, without what follows from a change. */
export function knownDifferences(before: unknown, after: unknown): Difference[] {
  return differences(before, after).filter(
    (difference) => !isHidden(difference.after) || difference.after === SENSITIVE_CHANGED,
  );
}
