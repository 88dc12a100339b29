import { isUnknown, type Schema } from '../../load-balancers/model';
import { isMap, type Path } from './values';

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

const EXPECTED: Readonly<Record<Schema['type'], string>> = {
  string: 'a string',
  boolean: 'true or false',
  integer: 'a whole number',
  'integer or string': 'a whole number or a string',
  array: 'a list',
  object: 'a map',
  any: 'anything',
};

/**
 * What of a value has a field, as the API server reads it. What isn't known yet may be of any type.
 *
 * @param unknown gets the places of the rest
 * @throws {FieldError} for a value of another type than its field, or a missing one
 */
export function readFields(value: unknown, schema: Schema, unknown: Path[], path: Path = []): unknown {
  if (isUnknown(value) || schema.type === 'any') return value;
  if (!isOfType(value, schema.type)) throw new FieldError(path, value, EXPECTED[schema.type]);
  if (Array.isArray(value)) {
    const { items = { type: 'any' } } = schema;
    return value.map((item: unknown, index) => readFields(item, items, unknown, [...path, index]));
  }
  if (!isMap(value)) return value;
  const absent = schema.required?.find((field) => value[field] === undefined);
  if (absent !== undefined) throw new FieldError([...path, absent], undefined, 'there');
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]): [string, unknown][] => {
      const { properties = {}, additionalProperties } = schema;
      const field = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
      if (field) return [[key, readFields(each, field, unknown, [...path, key])]];
      unknown.push([...path, key]);
      return [];
    }),
  );
}

function isOfType(value: unknown, type: Schema['type']): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isMap(value);
  if (type === 'integer') return Number.isInteger(value);
  return type === 'integer or string'
    ? typeof value === 'string' || Number.isInteger(value)
    : typeof value === type;
}
