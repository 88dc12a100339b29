import { Fn, Token } from 'cdktf';
import { KNOWN_AFTER_APPLY } from '../../load-balancers/model';

const TEXT = /\$\{TfToken\[[^\]]*\]\}/g;
const LIST = /#\{TfToken\[/;

/** The same settings, their lists and numbers that are tokens written so that they can stand inside a text. */
export function writable<T>(value: T): T {
  if (Array.isArray(value) && Token.isUnresolved(value)) return [Fn.join(',', value)] as T;
  if (typeof value === 'number' && Token.isUnresolved(value)) return Token.asString(value) as T;
  return mapped(value, writable);
}

/** The same object, with a mark in the place of what is known after apply only. */
export function withoutTokens<T>(value: T): T {
  if (typeof value === 'string') {
    return (LIST.test(value) ? KNOWN_AFTER_APPLY : value.replaceAll(TEXT, KNOWN_AFTER_APPLY)) as T;
  }
  if (typeof value === 'number' && Token.isUnresolved(value)) return KNOWN_AFTER_APPLY as T;
  return mapped(value, withoutTokens);
}

function mapped<T>(value: T, change: (value: unknown) => unknown): T {
  if (Array.isArray(value)) return value.map(change) as T;
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, change(each)])) as T;
}
