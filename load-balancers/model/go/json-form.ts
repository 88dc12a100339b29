import { INGRESS_ANNOTATIONS, type Annotated } from '../annotations';
import { Refused } from '../refusal';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from '../unknown';
import { type Schema } from '../admission/schema';
import { parseJson, UNKNOWN_PART, type Json } from './json';

/**
 * What Go fills from JSON: a struct, a list, a text. Names of fields match whatever their case, unknown ones are left
 * out, `null` leaves the zero value.
 * @see https://pkg.go.dev/encoding/json#Unmarshal
 */
export interface Form<T> {
  /** The zero value of its Go type. */
  readonly zero: T;
  readonly schema: Schema;
  read(json: KnownJson, place: Place): T;
}

type KnownJson = Exclude<Json, null | typeof UNKNOWN_PART>;

/** Thrown for a list, a map or a struct of which nobody knows yet what is in it. */
export class UnknownPart extends Error {}

/** What a form describes. */
export type Filled<F> = F extends Form<infer T> ? T : never;

/** Where in the structs a value goes, for Go's message about one of the wrong type. */
interface Place {
  readonly struct?: string;
  readonly path: readonly string[];
}

const TOP: Place = { path: [] };

/**
 * The value of an annotation that holds JSON.
 * @throws {Refused} for what is no JSON, or of another form
 */
export function readJson<T>(object: Annotated, suffix: string, form: Form<T>): OrUnknown<T> | undefined {
  const raw = INGRESS_ANNOTATIONS.string(object, suffix);
  if (raw === undefined || raw === KNOWN_AFTER_APPLY) return raw;
  try {
    return fill(form, parseJson(raw), TOP);
  } catch (error) {
    // Outside quotes, what isn't known yet is no JSON yet.
    if (isUnknown(raw)) return KNOWN_AFTER_APPLY;
    const source = INGRESS_ANNOTATIONS.source(object, suffix);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refused(
      `failed to parse json annotation, ${source.Annotation ?? suffix}: ${raw}: ${reason}`,
      source,
    );
  }
}

/** @throws {Error} in the words of Go for what is no JSON, or of another form */
export function fromJson<T>(raw: string, form: Form<T>): T {
  return fill(form, parseJson(raw), TOP);
}

/** @param goType a string type of its own */
export function goString(goType = 'string'): Form<string> {
  return {
    zero: '',
    schema: { type: 'string' },
    read: (json, place) => (typeof json === 'string' ? json : mismatch(json, goType, place)),
  };
}

export const bool: Form<boolean> = {
  zero: false,
  schema: { type: 'boolean' },
  read: (json, place) => (typeof json === 'boolean' ? json : mismatch(json, 'bool', place)),
};

export const int32: Form<number> = {
  zero: 0,
  schema: { type: 'integer' },
  read(json, place) {
    const written = typeof json === 'object' && 'number' in json ? json.number : undefined;
    const value = Number(written);
    if (written === undefined) return mismatch(json, 'int32', place);
    if (!/^-?\d+$/.test(written) || value !== (value | 0)) {
      return mismatch(json, 'int32', place, `number ${written}`);
    }
    return value | 0;
  },
};

/** A port by number, or by name. */
export const intOrString: Form<number | string> = {
  zero: 0,
  schema: { type: 'integer or string' },
  read: (json, place) => (typeof json === 'string' ? json : int32.read(json, place)),
};

/** A value that may be left out. */
export function optional<T>(form: Form<T>): Form<T | undefined> {
  return { zero: undefined, schema: form.schema, read: (json, place) => form.read(json, place) };
}

/** @param goType of an entry */
export function slice<T>(goType: string, form: Form<T>): Form<readonly T[]> {
  return {
    zero: [],
    schema: { type: 'array', items: form.schema },
    read: (json, place) =>
      typeof json === 'object' && 'items' in json
        ? json.items.map((item) => fill(form, item, place))
        : mismatch(json, `[]${goType}`, place),
  };
}

export const goStrings = slice('string', goString());

/** A map from text; @param goType of a value */
export function byKey<T>(goType: string, form: Form<T>): Form<Readonly<Record<string, T>>> {
  return {
    zero: {},
    schema: { type: 'object', additionalProperties: form.schema },
    read(json, place) {
      if (typeof json !== 'object' || !('entries' in json)) {
        return mismatch(json, `map[string]${goType}`, place);
      }
      return Object.fromEntries(json.entries.map(([key, value]) => [key, fill(form, value, place)]));
    },
  };
}

export const textByKey = byKey('string', goString());

/** A field that no load balancer depends on. */
export const anything: Form<unknown> = { zero: undefined, schema: { type: 'any' }, read: (json) => json };

/**
 * @param name of the Go struct
 * @param goPackage that it is of
 * @param required fields without which an object makes no sense
 */
export function struct<F extends Readonly<Record<string, Form<unknown>>>>(
  name: string,
  fields: F,
  goPackage = 'ingress',
  required: readonly (keyof F & string)[] = [],
): Form<{ readonly [K in keyof F]: Filled<F[K]> }> {
  const byFoldedName = new Map(Object.keys(fields).map((field) => [field.toLowerCase(), field]));
  const zero = Object.fromEntries(Object.entries(fields).map(([field, form]) => [field, form.zero]));
  return {
    zero: zero as { [K in keyof F]: Filled<F[K]> },
    schema: {
      type: 'object',
      properties: Object.fromEntries(Object.entries(fields).map(([field, form]) => [field, form.schema])),
      required,
    },
    read(json, place) {
      if (typeof json !== 'object' || !('entries' in json)) {
        return mismatch(json, `${goPackage}.${name}`, place);
      }
      const read = json.entries.flatMap(([key, value]) => {
        const field = byFoldedName.get(key.toLowerCase());
        const form = field === undefined ? undefined : fields[field];
        if (field === undefined || form === undefined) return [];
        return [[field, fill(form, value, { struct: name, path: [...place.path, field] })] as const];
      });
      return { ...zero, ...Object.fromEntries(read) } as { [K in keyof F]: Filled<F[K]> };
    },
  };
}

function fill<T>(form: Form<T>, json: Json, place: Place): T {
  if (json === UNKNOWN_PART) {
    if (typeof form.zero === 'object') throw new UnknownPart(place.path.join('.'));
    return form.zero;
  }
  return json === null ? form.zero : form.read(json, place);
}

function mismatch(
  json: KnownJson,
  goType: string,
  { struct: name, path }: Place,
  value = kindOf(json),
): never {
  const into = name === undefined ? 'value' : `struct field ${name}.${path.join('.')}`;
  throw new Error(`json: cannot unmarshal ${value} into Go ${into} of type ${goType}`);
}

function kindOf(json: KnownJson): string {
  if (typeof json === 'boolean') return 'bool';
  if (typeof json === 'string') return 'string';
  if ('number' in json) return 'number';
  return 'items' in json ? 'array' : 'object';
}
