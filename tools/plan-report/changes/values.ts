import { isDeepStrictEqual } from 'node:util';
import { KNOWN_AFTER_APPLY } from '../../../load-balancers/model';
import { isMap, type Values } from '../../preview/values';

export { isMap, type Values };

export const UNKNOWN = KNOWN_AFTER_APPLY;
/** Stands for a value that must not be shown. */
export const SENSITIVE = '(sensitive value)';
/** The same of one that differs from the one before. */
export const SENSITIVE_CHANGED = '(sensitive value, changed)';

/** Whether a value can't be looked into. */
export function isHidden(value: unknown): boolean {
  return value === UNKNOWN || value === SENSITIVE || value === SENSITIVE_CHANGED;
}

/** Providers write what isn't set in several ways. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isMap(value) && Object.keys(value).length === 0;
}

export function isSame(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(a, b) || (isEmpty(a) && isEmpty(b));
}

export function asList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

export function asTexts(value: unknown): string[] {
  return asList(value).filter((each) => typeof each === 'string');
}

/** A block that there is at most once; Terraform has a list of one. */
export function blockOf(value: unknown): Values {
  const [first] = asList(value);
  return isMap(first) ? first : {};
}

/** A policy is looked into by each question that is asked of it. */
const parsed = new Map<string, unknown>();

/** A text as the JSON that is in it; nothing if there is none. */
export function jsonIn(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return undefined;
  if (!parsed.has(value)) parsed.set(value, parse(value));
  return parsed.get(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
