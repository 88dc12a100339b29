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

/** How a writer put an unknown value into a text, where that is not the way in which its type is written. */
export type UnknownForm = 'map' | 'on-off' | 'text';

/**
 * The mark with a number, by which whoever took a value away can put it back: `(known after apply){3}`. It is carried
 * through rendering like any text.
 */
export function numberedUnknown(index: number): string {
  return `${KNOWN_AFTER_APPLY}{${index}}`;
}

/** A mark with the form in which its value belongs there; one without a number stays what it is. */
export function unknownInForm(mark: string, form: UnknownForm): string {
  return mark.replaceAll(/(?<=\(known after apply\)\{\d+)\}/g, ` as ${form}}`);
}

/** What {@link unknownInForm} and {@link numberedUnknown} write. */
export const NUMBERED_UNKNOWN = /\(known after apply\)\{(\d+)(?: as ([a-z-]+))?\}/g;
