/**
 * Stands for a value, or a part of one, that nobody can know before apply: an ARN, a generated name, a discovered
 * certificate. A check that meets it is skipped.
 */
export const KNOWN_AFTER_APPLY = '(known after apply)';
export type KnownAfterApply = typeof KNOWN_AFTER_APPLY;

/** A value that may only be known after apply. */
export type OrUnknown<T> = T | KnownAfterApply;

/** Whether a text is, or has in it, what is known after apply only. */
export function isUnknown(value: unknown): boolean {
  return typeof value === 'string' && value.includes(KNOWN_AFTER_APPLY);
}
