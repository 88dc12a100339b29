import { isUnknown, type KnownAfterApply, unknownInForm } from '../../../problem';

/** Annotations by name, and values that aren't set. */
export type Annotations = Readonly<Record<string, string | undefined>>;

type Scalar = string | number | boolean;
type Pairs = Readonly<Record<string, Scalar | undefined>>;

/** Entries between commas; the schema refuses entries with a comma. */
export function list(entries: readonly string[] | undefined): string | undefined {
  return entries?.join(',');
}

/**
 * `key=value` pairs between commas. The controller takes what follows a backslash as it is, which is how values may
 * have commas.
 */
export function map(pairs: Pairs | KnownAfterApply | undefined): string | undefined {
  if (typeof pairs === 'string') return unknownInForm(pairs, 'map');
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
  return value === undefined ? undefined : JSON.stringify(value);
}

/** A number as a text, where JSON has it in quotes. */
export function quoted(value: number | string): string {
  return isUnknown(value) ? unknownInForm(String(value), 'text') : String(value);
}

/** A flag in the words of AWS. */
export function onOff(value: boolean | KnownAfterApply | undefined): string | undefined {
  if (typeof value === 'string') return unknownInForm(value, 'on-off');
  return value === undefined ? undefined : ON_OFF[Number(value)];
}

const ON_OFF = ['off', 'on'];

function escaped(text: string): string {
  return text.replaceAll(/[\\,]/g, '\\$&');
}
