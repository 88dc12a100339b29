import { type KeyValue, type Origin } from './model';
import { type Source } from './refusal';
import { KNOWN_AFTER_APPLY, type OrUnknown } from './unknown';

/** A value with the objects and annotations it comes from; none if it is a default. */
export interface Sourced<T> {
  readonly value: T;
  readonly sources: readonly Source[];
}

/** The origin of an item from its parts, by field name; fields that have their default are left out. */
export function originOf(fields: Readonly<Record<string, Sourced<unknown> | undefined>>): Origin {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, part]) =>
      part === undefined || part.sources.length === 0 ? [] : [[field, distinct(part.sources)] as const],
    ),
  );
}

/** Sources without repetition, in the order of their first. */
function distinct(sources: readonly Source[]): readonly Source[] {
  return [
    ...new Map(
      sources.map((source) => [
        [source.Kind, source.Name, source.Field, source.Annotation].join(' '),
        source,
      ]),
    ).values(),
  ];
}

/** Sorted by key. */
export function keyValues(map: ReadonlyMap<string, string>): readonly KeyValue[] {
  return [...map].map(([Key, Value]) => ({ Key, Value })).sort((a, b) => compareText(a.Key, b.Key));
}

/** Pairs that may all be unknown: one unknown pair then. */
export function pairsOf(
  map: OrUnknown<ReadonlyMap<string, string>> | undefined,
): ReadonlyMap<string, string> {
  return map === KNOWN_AFTER_APPLY ? new Map([[KNOWN_AFTER_APPLY, KNOWN_AFTER_APPLY]]) : (map ?? new Map());
}

/** The order of Go's sort.Strings for what annotations hold. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
