import { isUnknown } from '../problem';
import { type Wrong, kindOf, type Kind, type KindForm, type Judgement } from './kind';
import { anyText } from './text';

/** @param few remedy for an empty list; `false` where it may be empty */
export function list<T>(
  each: Kind<T>,
  most = Infinity,
  few: string | false = 'write at least one, or leave it out',
): Kind<readonly T[]> {
  const form: KindForm = { type: 'list', each, ...(few !== false && { few }) };
  return kindOf(form, `list: ${each.limit}${atMostSo(most)}`, (values) => [
    ...values.flatMap((value, at) =>
      isUnknown(value) || values.indexOf(value) === at
        ? []
        : [{ path: [at], value, reason: 'it is in the list already', remedy: 'write each entry once' }],
    ),
    ...tooMany(values.length, most),
  ]);
}

/** Keys and values; in an annotation `key=value` pairs with commas between them. */
export function map<V = string>(
  key: Kind<string> = anyText,
  value: Kind<V> = anyText as unknown as Kind<V>,
  most = Infinity,
): Kind<Readonly<Record<string, V>>> {
  const limit = `keys: ${key.limit}; values: ${value.limit}${atMostSo(most)}`;
  return kindOf({ type: 'map', value }, limit, (pairs) => [
    ...Object.keys(pairs).flatMap((at) => key.judge(at).map((wrong) => ({ ...wrong, path: [at] }))),
    ...tooMany(Object.keys(pairs).length, most),
  ]);
}

/** A map whose entries are judged together: values by what their keys are. */
export function mapOf(
  limit: string,
  entry: (key: string, value: string) => readonly (Wrong & { readonly value?: unknown })[],
): Kind<Readonly<Record<string, string>>> {
  return kindOf({ type: 'map', value: anyText }, limit, (pairs) =>
    Object.entries(pairs).flatMap(([key, value]) =>
      entry(key, value).map((wrong) => ({ value, ...wrong, path: [key] })),
    ),
  );
}

function atMostSo(most: number): string {
  return most === Infinity ? '' : `; at most ${most}`;
}

function tooMany(count: number, most: number): Judgement[] {
  if (count <= most) return [];
  return [
    { path: [], value: count, reason: `${count} entries are too many`, remedy: `write at most ${most}` },
  ];
}
