import { Fn, Token } from 'cdktf';

/** Annotations by name, and values that aren't set. */
export type Annotations = Readonly<Record<string, string | undefined>>;

type Scalar = string | number | boolean;

/** Entries between commas; the schema refuses entries with a comma. */
export function list(entries: readonly string[] | undefined): string | undefined {
  if (entries === undefined) return undefined;
  return Token.isUnresolved(entries) ? Fn.join(',', [...entries]) : entries.join(',');
}

/**
 * `key=value` pairs between commas. The controller takes what follows a backslash as it is, which is how values may
 * have commas.
 */
export function map(pairs: Readonly<Record<string, Scalar | undefined>> | undefined): string | undefined {
  const set = Object.entries(pairs ?? {}).flatMap(([key, value]) =>
    value === undefined ? [] : [`${escaped(key)}=${escaped(String(value))}`],
  );
  return set.length > 0 ? set.join(',') : undefined;
}

export function scalar(value: Scalar | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

export function json(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

function escaped(text: string): string {
  return text.replaceAll(/[\\,]/g, '\\$&');
}
