import { isUnknown, unknownInForm } from '../problem';
import { type Said } from './field';
import { type AnyKind, meantOf } from './kind';

/** What one prop says by an annotation, or by a key of its map. */
export interface Entry {
  /** After its prefix. */
  readonly annotation: string;
  readonly key?: string;
  /** @default - parts of the prop say it */
  readonly text?: string;
  /** Of the prop, such as `targetGroup.healthCheck.path`. */
  readonly path: string;
}

/**
 * Path of the prop that each annotation came from, by its name; of each key of an annotation's map, by both with a space
 * between them; of each part of the spec, by its field.
 */
export type Origins = Readonly<Record<string, string>>;

export interface Written {
  readonly annotations: Readonly<Record<string, string>>;
  readonly origins: Origins;
}

type Field = AnyKind & Said;

/**
 * What a value and its parts say by annotations, as their kinds have it.
 *
 * @param nameOf the name of an annotation in which a name of the user's has its place; without one it says nothing
 */
export function entriesOf(
  field: Field,
  value: unknown,
  path: string,
  nameOf: (annotation: string) => string | undefined = (name) => (name.endsWith('*') ? undefined : name),
): Entry[] {
  if (value === undefined) return [];
  const annotation = field.annotation === undefined ? undefined : nameOf(field.annotation);
  const own = annotation === undefined ? [] : ownEntries({ ...field, annotation }, value, path);
  return [...own, ...partsOf(field, value).flatMap((part) => below(part))];

  function below([kind, each, name]: Part): Entry[] {
    const at = name === undefined ? path : path === '' ? name : `${path}.${name}`;
    return entriesOf(kind, each, at, nameOf);
  }
}

type Part = readonly [kind: Field, value: unknown, name?: string];

function partsOf({ form }: Field, value: unknown): Part[] {
  if (form.type === 'oneOf') {
    const meant = meantOf(form, value);
    return meant ? [[meant, value]] : [];
  }
  if (form.type !== 'object') return [];
  return Object.entries(form.fields).map(([name, kind]) => [kind, (value as Values)[name], name]);
}

type Values = Readonly<Record<string, unknown>>;

function ownEntries(
  { annotation, key, write, form }: Field & { readonly annotation: string },
  value: unknown,
  path: string,
): Entry[] {
  const entry = { annotation, ...(key !== undefined && { key }), path };
  if (write) return [{ ...entry, text: write(value as never) }];
  if (form.type === 'map' && typeof value === 'object') {
    const pairs = Object.entries(value as Values);
    return [
      entry,
      ...pairs.map(([at, each]) => ({ annotation, key: at, text: String(each), path: `${path}.${at}` })),
    ];
  }
  return [{ ...entry, text: textOf(form.type, value) }];
}

function textOf(type: string, value: unknown): string | undefined {
  if (type === 'map') return unknownInForm(value as string, 'map');
  // The schema refuses entries with a comma.
  if (Array.isArray(value)) return value.length > 0 ? value.join(',') : undefined;
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** The annotations that entries make together. */
export function written(entries: readonly Entry[], prefix: string): Written {
  const texts = new Map<string, string>();
  const maps = new Map<string, Map<string, string>>();
  const origins: Record<string, string> = {};
  for (const { annotation, key, text, path } of entries) {
    const name = `${prefix}${annotation}`;
    origins[name] ??= path;
    if (key !== undefined) origins[`${name} ${key}`] = path;
    if (text === undefined) continue;
    if (key === undefined) texts.set(name, text);
    else {
      maps.set(name, (maps.get(name) ?? new Map<string, string>()).set(key, text));
    }
  }
  for (const [name, pairs] of maps) {
    texts.set(name, [...pairs].map(([key, text]) => `${escaped(key)}=${escaped(text)}`).join(','));
  }
  return { annotations: Object.fromEntries(texts), origins };
}

/** The controller takes what follows a backslash as it is, which is how values may have commas. */
function escaped(text: string): string {
  return text.replaceAll(/[\\,]/g, '\\$&');
}

/** Path of the prop that an annotation, a key of it or a field of the spec came from: of what it is a part of, if need be. */
export function writtenBy(origins: Origins, name: string): string | undefined {
  const found = origins[name];
  if (found !== undefined || !name.startsWith('spec.')) return found;
  return writtenBy(origins, name.replace(/(\.[^.[]*|\[\d*\])$/, ''));
}

/** A number as a text, where JSON has it in quotes. */
export function quotedNumber(value: number | string): string {
  return isUnknown(value) ? unknownInForm(String(value), 'text') : String(value);
}
