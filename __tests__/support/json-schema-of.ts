import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';
import * as ts from 'typescript';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const ROOT = join(__dirname, '..', '..');

/** A type that a command prints, and the document that describes it. */
interface Printed {
  /** From the root of the project. */
  readonly file: string;
  readonly type: string;
  readonly title: string;
}

/** JSON Schemas of types, made of the types themselves and their comments. */
export function jsonSchemasOf(printed: readonly Printed[]): Json[] {
  // One program, since it is what takes its time.
  const tsProgram = ts.createProgram(
    printed.map(({ file }) => join(ROOT, file)),
    {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
      strict: true,
      resolveJsonModule: true,
      esModuleInterop: true,
      skipLibCheck: true,
      noEmit: true,
      types: ['node'],
    },
  );
  return printed.map(({ type, title }) => {
    const generator = createGenerator({ tsProgram, type, skipTypeCheck: true, additionalProperties: false });
    return { title, ...plain(generator.createSchema(type)) };
  });
}

function plain(schema: object): { [key: string]: Json } {
  const { definitions, ...rest } = schema as { readonly definitions: { readonly [name: string]: Json } };
  // What may be unknown is said where it is, and needs no name.
  const named = (name: string) => !/^(?:OrUnknown|KnownAfterApply)/.test(name);
  const visit = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    const name = typeof value.$ref === 'string' ? decodeURIComponent(value.$ref.slice(14)) : undefined;
    if (name !== undefined && !named(name)) {
      const words = Object.fromEntries(Object.entries(value).filter(([key]) => key !== '$ref'));
      return { ...(visit(definitions[name] ?? null) as object), ...words };
    }
    const entries = Object.entries(value).flatMap(([key, each]): [string, Json][] => {
      // A `@default` is for people here: the value of an absent field, or why it may be.
      if (key === 'default' && typeof each === 'string') return [];
      if (typeof each !== 'string' || typeof value.default !== 'string') return [[key, visit(each)]];
      return [[key, key === 'description' ? `${each} Default: ${value.default.replace(/^- /, '')}` : each]];
    });
    return Object.fromEntries(entries);
  };
  return {
    ...(rest as { [key: string]: Json }),
    definitions: Object.fromEntries(
      Object.entries(definitions)
        .filter(([name]) => named(name))
        .map(([name, definition]) => [name, visit(definition)]),
    ),
  };
}
