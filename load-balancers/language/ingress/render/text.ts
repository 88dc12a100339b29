import { Fn, Token } from 'cdktf';
import { type KnownAfterApply } from '../../../model';

/** Annotations by name, and values that aren't set. */
export type Annotations = Readonly<Record<string, string | undefined>>;

type Scalar = string | number | boolean;
type Pairs = Readonly<Record<string, Scalar | undefined>>;

/** Entries between commas; the schema refuses entries with a comma. */
export function list(entries: readonly string[] | undefined): string | undefined {
  if (entries === undefined) return undefined;
  return Token.isUnresolved(entries) ? Fn.join(',', [...entries]) : entries.join(',');
}

/**
 * `key=value` pairs between commas. The controller takes what follows a backslash as it is, which is how values may
 * have commas.
 */
export function map(pairs: Pairs | KnownAfterApply | undefined): string | undefined {
  if (typeof pairs === 'string') return pairs;
  if (Token.isUnresolved(pairs)) {
    const list = Token.asList(Fn.formatlist('%s=%s', [Fn.keys(pairs), Fn.values(pairs)]));
    return Fn.join(',', list);
  }
  const set = Object.entries(pairs ?? {}).flatMap(([key, value]) =>
    value === undefined ? [] : [`${escaped(key)}=${escaped(String(value))}`],
  );
  return set.length > 0 ? set.join(',') : undefined;
}

export function scalar(value: Scalar | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

export function json(value: object): string;
export function json(value: object | undefined): string | undefined;
export function json(value: object | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value, written);
}

/** A flag in the words of AWS. */
export function onOff(value: boolean | KnownAfterApply | undefined): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  return typeof value === 'boolean'
    ? ON_OFF[Number(value)]
    : Token.asString(Fn.conditional(value, 'on', 'off'));
}

const ON_OFF = ['off', 'on'];

/** Flags and lists that are tokens stand in JSON without quotes, which is what tokens of numbers do. */
function written(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const own = this[key];
  if (typeof own !== 'object' || !Token.isUnresolved(own)) return value;
  return Token.asNumber(Array.isArray(own) ? Fn.jsonencode(own) : own);
}

function escaped(text: string): string {
  return text.replaceAll(/[\\,]/g, '\\$&');
}
