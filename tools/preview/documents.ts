import {
  Composer,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  LineCounter,
  Parser,
  type Document,
  type Pair,
  type ScalarTag,
  type Tags,
} from 'yaml';
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
  for (const { where, value } of places) checkDepth(value, where);
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

function checkDepth(value: unknown, where: string): void {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) throw tooDeep(where);
    level = level.flatMap((each): unknown[] => (isContainer(each) ? Object.values(each) : []));
  }
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function tooDeep(where: string): InputError {
  return new InputError(
    `${where}: it is nested more than ${DEEPEST} levels deep, as no manifest is: write the objects themselves`,
  );
}

function yamlDocuments(name: string, text: string): Contents {
  const lines = new LineCounter();
  const found: { readonly value: unknown; readonly index: number }[] = [];
  const notes: string[] = [];
  let index = 0;
  const read = (document: Document.Parsed) => {
    index += 1;
    const where = (position?: number) =>
      [
        name,
        ...(index > 1 || /^---/m.test(text.slice(document.range[1])) ? [`document ${index}`] : []),
        ...(position === undefined ? [] : [`line ${lines.linePos(position).line}`]),
      ].join(', ');
    notes.push(...checkDocument(document, text, where));
    const value = valueOf(document, where());
    if (value !== null) found.push({ value, index });
  };
  try {
    // One document at a time: its tree takes far more room than its value.
    const composer = new Composer({ ...AS_KUBECTL, logLevel: 'error', uniqueKeys: false });
    for (const token of new Parser(lines.addNewLine).parse(text)) {
      for (const document of composer.next(token)) read(document);
    }
    for (const document of composer.end()) read(document);
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(name);
    throw error;
  }
  const places = found.map(({ value, index: number }) => ({
    where: index > 1 ? `${name}, document ${number}` : name,
    value,
  }));
  return { places, notes };
}

/** @returns what kubectl takes though it can't be meant */
function checkDocument(
  document: Document.Parsed,
  text: string,
  where: (position?: number) => string,
): readonly string[] {
  const [error] = document.errors;
  const { keys, depth } = keysOf(document);
  if (depth > DEEPEST) throw tooDeep(where());
  // A manifest has no maps in the place of keys: `{{ .Values.name }}` is two of them.
  const key = keys.find(({ key: each }) => isCollection(each) || isAlias(each));
  if (error || key) {
    const position = error?.pos[0] ?? rangeOf(key)[0];
    const template = templateIn(text, document.range[0], document.range[2]);
    if (template) {
      throw new InputError(
        `${where(template.at)}: ${template.text} is of a template, not of a manifest: render it first, such as with helm template, and preview what that prints`,
      );
    }
    const message = error?.message ?? 'a key is a list or a map, where a text belongs';
    throw new InputError(`${where(position)}: ${message.trimEnd()}`);
  }
  return keys
    .filter(({ repeated }) => repeated)
    .map(
      ({ key: each }) =>
        `${where(rangeOf({ key: each })[0])}: key ${String(each)} is there already, and kubectl takes the last one`,
    );
}

interface Key {
  readonly key: unknown;
  readonly repeated: boolean;
}

/** The keys that are no texts, or are there twice. */
function keysOf(document: Document.Parsed): { readonly keys: readonly Key[]; readonly depth: number } {
  const keys: Key[] = [];
  let level: unknown[] = [document.contents];
  let depth = 0;
  for (; level.length > 0 && depth <= DEEPEST; depth += 1) {
    level = level.flatMap((node) => {
      if (!isCollection(node)) return [];
      if (!isMap(node)) return node.items;
      const seen = new Set<unknown>();
      return node.items.map(({ key, value }: Pair) => {
        const name: unknown = isScalar(key) ? key.value : key;
        const repeated = seen.has(name) && name !== '<<';
        if (repeated || !isScalar(key)) keys.push({ key, repeated });
        seen.add(name);
        return value;
      });
    });
  }
  return { keys, depth };
}

function rangeOf(key: Pick<Key, 'key'> | undefined): readonly number[] {
  return (key?.key as { readonly range?: readonly number[] } | undefined)?.range ?? [0];
}

/** What Helm or Jinja would replace, the first of a part of a text. */
function templateIn(
  text: string,
  from: number,
  to: number,
): { readonly text: string; readonly at: number } | undefined {
  const found = /\{\{.*?\}\}|\{%.*?%\}/s.exec(text.slice(from, to));
  return found ? { text: found[0].replaceAll(/\s+/g, ' '), at: from + found.index } : undefined;
}

function valueOf(document: { toJS(): unknown }, where: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // An alias without its anchor, or one that grows without bounds.
    throw new InputError(`${where}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const [INTEGER, FLOAT] = [
  /^[-+]?(?:0[bB][01]+|0[oO]?[0-7]+|0[xX][\da-fA-F]+|0|[1-9]\d*)$/,
  /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/,
];

/** What kubectl takes for a number; a text otherwise, such as `1e999`. */
function numberOf(text: string): number | string {
  const plain = text.replaceAll('_', '');
  if (INTEGER.test(plain)) {
    const digits = plain.replace(/^[-+]/, '').replace(/^0(?=[0-7])/, '0o');
    return plain.startsWith('-') ? -Number(digits) : Number(digits);
  }
  const value = Number(plain);
  return FLOAT.test(plain) && Number.isFinite(value) ? value : text;
}

const NUMBER: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: /^(?:[-+]?\d|[-+]?\.\d)/,
  resolve: numberOf,
};

const NO_NUMBER: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: /^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/,
  resolve(text, onError) {
    onError(`${text} is a number that JSON doesn't have: write it in quotes`);
    return text;
  },
};

/**
 * YAML 1.1 as kubectl reads it: `yes` and `on` are booleans; dates and what looks like a number of base 60 are texts, as
 * are `.` and `e2`.
 * @see https://github.com/yaml/go-yaml/blob/v2.4.4/resolve.go
 */
const AS_KUBECTL = {
  version: '1.1',
  customTags: (tags: Tags) => [
    ...tags.filter((tag) => typeof tag === 'string' || !/:(?:int|float|timestamp)$/.test(tag.tag)),
    NUMBER,
    NO_NUMBER,
  ],
} as const;
