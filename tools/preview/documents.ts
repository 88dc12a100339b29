import {
  binaryTag,
  boolYaml11Tag,
  defineScalarTag,
  FAILSAFE_SCHEMA,
  loadAll,
  mergeTag,
  NOT_RESOLVED,
  nullYaml11Tag,
  YAMLException,
} from 'js-yaml';
import { InputError } from '../kit/input-error';

/** A file of manifests, YAML or JSON. */
export interface ManifestFile {
  readonly name: string;
  readonly text: string;
}

/** One object of a file, and where it is. */
export interface Place {
  readonly where: string;
  readonly value: unknown;
}

/** What a file holds. */
export interface Contents {
  readonly places: readonly Place[];
  /** What is read otherwise than it looks; a sentence each. */
  readonly notes: readonly string[];
}

/** A manifest is nested a tenth as deep. */
const DEEPEST = 500;

/**
 * The documents of a file as kubectl reads them: YAML, one JSON value or several.
 *
 * @throws {InputError} with the line of what is neither
 */
export function documentsOf({ name, text }: ManifestFile): Contents {
  const values = /^\s*[{[]/.test(text) ? jsonValues(text) : undefined;
  if (values === undefined) return yamlDocuments(name, text);
  const several = values.length > 1;
  const places = values.map((value, index) => ({
    where: several ? `${name}, object ${index + 1}` : name,
    value,
  }));
  for (const { where, value } of places) checkSize(value, where, text);
  return { places, notes: [] };
}

/** One JSON value after the other, as `jq` and templates write them; undefined for what YAML's parser should judge. */
function jsonValues(text: string): unknown[] | undefined {
  try {
    return [JSON.parse(text) as unknown];
  } catch {
    // Several of them, if anything.
  }
  const values: unknown[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/gs)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    if (depth > 0 || token.startsWith('"')) continue;
    try {
      values.push(JSON.parse(text.slice(start, index + 1)));
    } catch {
      return undefined;
    }
    start = index + 1;
  }
  return text.slice(start).trim() === '' ? values : undefined;
}

/** Aliases can make more values than a text has letters. */
function checkSize(value: unknown, where: string, text: string): void {
  const most = 10 * text.length + 1000;
  let level = [value];
  let count = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) throw tooDeep(where);
    const below: unknown[] = [];
    for (const each of level) {
      if (Number.isNaN(each)) {
        throw new InputError(
          `${where}: .inf and .nan are numbers that JSON doesn't have: write them in quotes`,
        );
      }
      if (typeof each !== 'object' || each === null) continue;
      const items: unknown[] = Object.values(each);
      count += items.length;
      if (count <= most) below.push(...items);
      else throw new InputError(`${where}: its aliases grow without bounds: write out what they stand for`);
    }
    level = below;
  }
}

function tooDeep(where: string): InputError {
  return new InputError(
    `${where}: it is nested more than ${DEEPEST} levels deep, as no manifest is: write the objects themselves`,
  );
}

function yamlDocuments(name: string, text: string): Contents {
  const { values, notes } = parsed(name, text);
  const several = values.length > 1;
  const places = values.flatMap((value, index) =>
    value === null ? [] : [{ where: several ? `${name}, document ${index + 1}` : name, value }],
  );
  for (const { where, value } of places) checkSize(value, where, text);
  return { places, notes };
}

/** @param json whether the last one of several equal keys is taken */
function parsed(
  name: string,
  text: string,
  json = false,
): { readonly values: readonly unknown[]; readonly notes: readonly string[] } {
  try {
    return { values: loadAll(text, { schema: AS_KUBECTL, json, maxDepth: DEEPEST }), notes: [] };
  } catch (error) {
    if (!(error instanceof YAMLException) || error.mark === undefined) {
      throw new InputError(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
    const { reason, mark } = error;
    const where = `${name}, line ${mark.line + 1}`;
    if (reason === 'duplicated mapping key') {
      const key = /[^:\s]*/.exec(text.slice(mark.position))?.[0] ?? '';
      const note = `${where}: key ${key} is there already, and kubectl takes the last one`;
      return { ...parsed(name, text, true), notes: [note] };
    }
    if (reason.startsWith('nesting exceeded')) throw tooDeep(name);
    const template = templateAt(text, mark.position);
    throw new InputError(
      template === undefined
        ? `${where}: ${reason.includes('complex keys') ? 'a key is a list or a map, where a text belongs' : reason}`
        : `${where}: ${template} is of a template, not of a manifest: render it first, such as with helm template, and preview what that prints`,
    );
  }
}

/** What Helm or Jinja would replace: the last before a place where no YAML goes on, or the first of its line after it. */
function templateAt(text: string, position: number): string | undefined {
  const end = text.indexOf('\n', position + 1);
  const start = text.lastIndexOf('\n---', position);
  const before = text.slice(Math.max(0, start), end < 0 ? text.length : end);
  return before
    .match(/\{\{.*?\}\}|\{%.*?%\}/gs)
    ?.at(-1)
    ?.replaceAll(/\s+/g, ' ');
}

const [INTEGER, FLOAT] = [
  /^[-+]?(?:0[bB][01]+|0[oO]?[0-7]+|0[xX][\da-fA-F]+|0|[1-9]\d*)$/,
  /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/,
];

/** What kubectl takes for a number; nothing for other texts, such as `e2`, `.` and `1e999`. */
function numberOf(text: string): number | typeof NOT_RESOLVED {
  // There is no such number in JSON, which is told where the document is.
  if (/^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/.test(text)) return NaN;
  if (!/^[-+]?\.?\d/.test(text)) return NOT_RESOLVED;
  const plain = text.replaceAll('_', '');
  if (INTEGER.test(plain)) {
    const digits = plain.replace(/^[-+]/, '').replace(/^0(?=[0-7])/, '0o');
    return plain.startsWith('-') ? -Number(digits) : Number(digits);
  }
  const value = Number(plain);
  return FLOAT.test(plain) && Number.isFinite(value) ? value : NOT_RESOLVED;
}

const number = { resolve: numberOf, identify: () => false };

/**
 * YAML 1.1 as kubectl reads it: `yes` and `on` are booleans; dates and what looks like a number of base 60 are texts.
 * @see https://github.com/yaml/go-yaml/blob/v2.4.4/resolve.go
 */
const AS_KUBECTL = FAILSAFE_SCHEMA.withTags(
  nullYaml11Tag,
  boolYaml11Tag,
  defineScalarTag('tag:yaml.org,2002:float', {
    ...number,
    implicit: true,
    implicitFirstChars: Array.from('+-.0123456789'),
  }),
  defineScalarTag('tag:yaml.org,2002:int', number),
  binaryTag,
  mergeTag,
);
