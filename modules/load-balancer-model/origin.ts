import { type KeyValue, type Origin } from './model';
import { type Source } from './refusal';

/** A value with the objects and annotations it comes from; none if it is a default. */
export interface Sourced<T> {
  readonly value: T;
  readonly sources: readonly Source[];
}

/** The origin of an item from its parts, by field name; fields that have their default are left out. */
export function originOf(fields: Readonly<Record<string, Sourced<unknown> | undefined>>): Origin {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, part]) =>
      part === undefined || part.sources.length === 0 ? [] : [[field, part.sources] as const],
    ),
  );
}

/** Sorted by key, as Go and ELBv2 compare text: by code point. */
export function keyValues(map: ReadonlyMap<string, string>): readonly KeyValue[] {
  return [...map].map(([Key, Value]) => ({ Key, Value })).sort((a, b) => compareText(a.Key, b.Key));
}

/** The order of Go's sort.Strings for what annotations hold. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
