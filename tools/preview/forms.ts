import { KNOWN_AFTER_APPLY } from '../../load-balancers/model';
import { isMap } from './values';

export type Path = readonly (string | number)[];

/** Takes a value of the type of a field. @throws {FieldError} for one of another type */
export type Form<T> = (value: unknown, path: Path) => T;

/** A value that its field doesn't have. */
export class FieldError extends Error {
  constructor(
    readonly path: Path,
    /** Undefined for one that is missing. */
    readonly value: unknown,
    readonly expected: string,
  ) {
    super(`${path.join('.')} is not ${expected}`);
    this.name = 'FieldError';
  }
}

function form<T>(isOne: (value: unknown) => value is T, expected: string): Form<T> {
  return (value, path) => {
    if (isOne(value)) return value;
    throw new FieldError(path, value, expected);
  };
}

export const text = form((value) => typeof value === 'string', 'a string');
export const name = form((value): value is string => typeof value === 'string' && value !== '', 'a name');
export const boolean = form((value) => typeof value === 'boolean', 'true or false');
export const integer = form((value): value is number => Number.isInteger(value), 'a whole number');
export const knownAfterApply = form((value) => value === KNOWN_AFTER_APPLY, KNOWN_AFTER_APPLY);
export const anything: Form<unknown> = (value) => value;
const array = form((value): value is readonly unknown[] => Array.isArray(value), 'a list');
const map = form(isMap, 'a map');

/** What either of two takes; the second one's error is told. */
export function either<A, B>(first: Form<A>, second: Form<B>): Form<A | B> {
  return (value, path) => {
    try {
      return first(value, path);
    } catch {
      return second(value, path);
    }
  };
}

export function list<T>(item: Form<T>): Form<T[]> {
  return (value, path) => array(value, path).map((each, index) => item(each, [...path, index]));
}

export function record<T>(item: Form<T>): Form<Record<string, T>> {
  return (value, path) =>
    Object.fromEntries(
      Object.entries(map(value, path)).map(([key, each]) => [key, item(each, [...path, key])]),
    );
}

type Fields<T> = { readonly [Field in keyof T]-?: Form<T[Field]> };
type RequiredField<T> = { [Field in keyof T]-?: undefined extends T[Field] ? never : Field }[keyof T];

/** A map with fields of their own types; others are left out. */
export function struct<T extends object>(
  fields: Fields<T>,
  required: readonly (RequiredField<T> & string)[] = [],
): Form<T> {
  const entries = Object.entries<Form<unknown>>(fields);
  return (value, path) => {
    const given = map(value, path);
    const absent = required.find((field) => given[field] === undefined);
    if (absent !== undefined) throw new FieldError([...path, absent], undefined, 'there');
    return Object.fromEntries(
      entries.flatMap(([field, read]) =>
        given[field] === undefined ? [] : [[field, read(given[field], [...path, field])]],
      ),
    ) as T;
  };
}
