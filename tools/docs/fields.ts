import { join } from 'node:path';
import ts from 'typescript';
import { z } from 'zod';
import { awsEnvironment } from '../../config/schema/environment';
import { ANNOTATIONS } from '../../load-balancers/language';
import { PROJECT } from '../kit/project';

/** A part of what zod says of a schema as JSON Schema. */
interface Form {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly anyOf?: readonly Form[];
  readonly oneOf?: readonly Form[];
  readonly allOf?: readonly Form[];
  readonly items?: Form;
  readonly properties?: Readonly<Record<string, Form>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Form | boolean;
  readonly [limit: string]: unknown;
}

/** A field of an environment, once for all forms in which it may be written. */
interface Row {
  readonly kinds: Set<string>;
  readonly limits: Set<string>;
  readonly defaults: Set<string>;
  required: boolean;
}

/** Every field of an environment as a table: what may be written, its limits and default, the annotation that it becomes, its words. */
export function fieldTable(): string {
  const rows = new Map<string, Row>();
  const schema = z.toJSONSchema(awsEnvironment, { io: 'input', unrepresentable: 'any', reused: 'inline' });
  collect(schema as Form, '', true, rows);
  rows.delete('');
  const words = docstrings();
  const lines = [...rows].map(([path, { kinds, limits, defaults, required }]) => {
    const { text = '', byDefault } = words.get(path) ?? {};
    const absent = required ? 'required' : (byDefault ?? [...defaults].join(', '));
    const cells = [
      code(path),
      [...kinds].join(', '),
      [...limits].join(', '),
      absent,
      annotationOf(path),
      text,
    ];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return [
    '| field | type | limit | default | annotation | meaning |',
    '|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

const code = (text: string) => `\`${text}\``;

function collect(form: Form, path: string, required: boolean, rows: Map<string, Row>): void {
  const row = rows.get(path) ?? { kinds: new Set(), limits: new Set(), defaults: new Set(), required };
  rows.set(path, row);
  const forms = form.anyOf ?? form.oneOf ?? form.allOf;
  if ('default' in form) {
    row.required = false;
    row.defaults.add(code(JSON.stringify(form.default)));
  }
  forms?.forEach((each) => {
    collect(each, path, required, rows);
  });
  if (form.const !== undefined) row.kinds.add(code(JSON.stringify(form.const)));
  else if (form.enum) row.kinds.add(form.enum.map((each) => code(JSON.stringify(each))).join(', '));
  else if (form.type) row.kinds.add(form.type);
  for (const [name, sign] of LIMITS)
    if (typeof form[name] === 'number' && Math.abs(form[name]) < Number.MAX_SAFE_INTEGER)
      row.limits.add(`${sign} ${form[name]}`);
  if (form.items) collect(form.items, `${path}[]`, true, rows);
  for (const [key, each] of Object.entries(form.properties ?? {}))
    collect(each, path ? `${path}.${key}` : key, form.required?.includes(key) ?? false, rows);
}

/** How JSON Schema names limits, and how they are written here. */
const LIMITS = [
  ['minimum', '≥'],
  ['exclusiveMinimum', '>'],
  ['maximum', '≤'],
  ['minLength', 'letters ≥'],
  ['maxLength', 'letters ≤'],
  ['minItems', 'entries ≥'],
  ['maxItems', 'entries ≤'],
] as const;

/** Fields that stand for annotations of an Ingress, by where they are in an environment. */
const ANNOTATED = /^workloads\.(?:ingress|(?:services|externalServices)\[\]\.(?:alb|ingress))\./;

function annotationOf(path: string): string {
  const prop = ANNOTATED.exec(path) && path.replace(ANNOTATED, '');
  const found = ANNOTATIONS.find((each) => each.on.includes('ingress') && each.prop === prop);
  return found ? code(found.name) : '';
}

/** Docstrings of the fields, as the compiler finds them on the type that people write. */
function docstrings(): Map<string, { text: string; byDefault?: string }> {
  const file = join(PROJECT, 'config', 'schema', 'environment.ts');
  const program = ts.createProgram([file], {
    ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node16, strict: true, skipLibCheck: true },
    ...{ moduleResolution: ts.ModuleResolutionKind.Node16, resolveJsonModule: true, esModuleInterop: true },
  });
  const checker = program.getTypeChecker();
  const found = new Map<string, { text: string; byDefault?: string }>();
  const visit = (type: ts.Type, path: string): void => {
    if (type.isUnion()) {
      for (const each of type.types) visit(each, path);
    } else if (checker.isArrayType(type)) {
      for (const each of checker.getTypeArguments(type as ts.TypeReference)) visit(each, `${path}[]`);
    } else if (type.flags & ts.TypeFlags.Object && !checker.isTupleType(type)) {
      for (const symbol of type.getProperties()) {
        const inner = path ? `${path}.${symbol.name}` : symbol.name;
        if (inner.split(symbol.name).length > 4) continue;
        const text = ts.displayPartsToString(symbol.getDocumentationComment(checker)).replaceAll(/\s+/g, ' ');
        const tag = symbol.getJsDocTags(checker).find(({ name }) => name === 'default');
        const byDefault = tag && ts.displayPartsToString(tag.text).replace(/^- /, '').replaceAll(/\s+/g, ' ');
        if (!found.has(inner) || text) found.set(inner, { text, ...(byDefault && { byDefault }) });
        visit(checker.getTypeOfSymbol(symbol), inner);
      }
    }
  };
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  const input = module && checker.getExportsOfModule(module).find(({ name }) => name === 'EnvironmentInput');
  if (input) visit(checker.getDeclaredTypeOfSymbol(input), '');
  return found;
}
