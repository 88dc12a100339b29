import { isUnknown } from '../unknown';
import { invalid, requiredProblem, unsupported } from './field-problem';

/** What a field may hold, in the part of OpenAPI that these kinds use. */
export interface Schema {
  /** `any` is a field that no load balancer depends on. */
  readonly type: 'string' | 'boolean' | 'integer' | 'integer or string' | 'array' | 'object' | 'any';
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly required?: readonly string[];
}

export const STRING: Schema = { type: 'string' };
export const STRINGS: Schema = { type: 'array', items: STRING };
export const SELECTOR: Schema = {
  type: 'object',
  properties: {
    matchExpressions: {
      type: 'array',
      items: {
        type: 'object',
        required: ['key', 'operator'],
        properties: { key: STRING, operator: STRING, values: STRINGS },
      },
    },
    matchLabels: { type: 'object', additionalProperties: STRING },
  },
};

/** Why the API server would not take a value for a field; what isn't known yet is not judged. */
export function schemaProblems(value: unknown, schema: Schema, field: string): readonly string[] {
  if (value === undefined || value === null || isUnknown(value)) return [];
  const type = typeOf(value);
  const types = schema.type.split(' or ');
  if (!types.includes(type)) {
    return [invalid(field, type, `${field} in body must be of type ${types.join(',')}: "${type}"`)];
  }
  if (typeof value === 'string') return textProblems(value, schema, field);
  if (Array.isArray(value)) return listProblems(value, schema, field);
  if (typeof value !== 'object') return [];
  return Object.entries(value)
    .flatMap(([key, entry]) => {
      const known = schema.properties?.[key] ?? schema.additionalProperties;
      return known === undefined ? [] : schemaProblems(entry, known, `${field}.${key}`);
    })
    .concat(
      (schema.required ?? [])
        .filter((key) => !(key in value))
        .map((key) => requiredProblem(`${field}.${key}`)),
    );
}

/** The first list, map or object of which nobody knows yet what is in it. */
export function unknownPart(value: unknown, schema: Schema, field: string): string | undefined {
  if (isUnknown(value)) return schema.type === 'array' || schema.type === 'object' ? field : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, entry] of Object.entries(value)) {
    const known = Array.isArray(value)
      ? schema.items
      : (schema.properties?.[key] ?? schema.additionalProperties);
    const found = known && unknownPart(entry, known, `${field}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function textProblems(value: string, schema: Schema, field: string): readonly string[] {
  if (schema.enum !== undefined && !schema.enum.includes(value)) {
    return [unsupported(field, value, schema.enum)];
  }
  const { pattern } = schema;
  return pattern === undefined || new RegExp(pattern).test(value)
    ? []
    : [invalid(field, value, `${field} in body should match '${pattern}'`)];
}

function listProblems(value: readonly unknown[], schema: Schema, field: string): readonly string[] {
  const { minItems = 0, items } = schema;
  return [
    ...(value.length < minItems
      ? [invalid(field, value.length, `${field} in body should have at least ${minItems} items`)]
      : []),
    ...(items === undefined
      ? []
      : value.flatMap((entry, index) => schemaProblems(entry, items, `${field}[${index}]`))),
  ];
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}
