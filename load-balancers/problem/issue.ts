import { type z } from 'zod';
import { nearest } from './nearest';
import { quoted } from './quoted';
import { type Problem } from './problem';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** What is judged, by which schema, and what it is called where it is wrong as a whole. */
export interface Subject {
  readonly schema: z.core.$ZodType;
  readonly input: unknown;
  readonly name: string;
}

/** The problems that one issue of zod stands for, each with what to write instead. */
export function toProblems(subject: Subject, issue: Issue, above: Path = []): Problem[] {
  const { input } = subject;
  const path = [...above, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownField(subject, [...path, key], key));
    case 'invalid_union':
      return union(subject, issue, path);
    case 'invalid_key':
      return [
        problem(
          subject,
          path,
          path.at(-1),
          'a key that is not accepted',
          issue.issues[0]?.message ?? issue.message,
        ),
      ];
    default: {
      const value = keyOf(issue) ?? at(input, path);
      return [problem(subject, path, value, reason(issue, value), remedy(issue, value))];
    }
  }
}

/** Where the key of an entry is wrong, and not its value. */
function keyOf(issue: Issue): unknown {
  return issue.code === 'custom' ? issue.params?.value : undefined;
}

function problem({ name }: Subject, path: Path, value: unknown, why: string, remedies: string): Problem {
  return { path: path.map(String).join('.') || name, value, reason: why, remedy: remedies };
}

/** Of several forms the one that is meant is reported: the one whose own type fits. */
function union(subject: Subject, issue: Extract<Issue, { code: 'invalid_union' }>, path: Path): Problem[] {
  const value = at(subject.input, path);
  const meant = meantForm(issue);
  if (meant) return meant.flatMap((each) => toProblems(subject, each, path));
  const why = value === undefined ? 'it has no default' : 'none of the accepted forms';
  const forms = issue.errors.flatMap((issues) =>
    issues.filter(isWrongType).map((each) => remedy(each, value)),
  );
  return [problem(subject, path, value, why, isRemedy(issue.message) ? issue.message : either(forms))];
}

/** Of a union's forms the one that the value has the type of. */
export function meantForm(issue: Extract<Issue, { code: 'invalid_union' }>): readonly Issue[] | undefined {
  return issue.errors.find((issues) => !issues.some(isWrongType));
}

/** Whether the issue is about the value itself being of another type, not about something inside it. */
function isWrongType(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

function either(remedies: readonly string[]): string {
  return `write ${remedies.map((each) => each.replace(/^write /, '')).join(' or ')}`;
}

function reason(issue: Issue, value: unknown): string {
  if (issue.code === 'custom' && typeof issue.params?.reason === 'string') return issue.params.reason;
  if (value === undefined) return 'it has no default';
  switch (issue.code) {
    case 'invalid_type':
      return `${an(issue.expected)} is expected here`;
    case 'invalid_value':
      return 'not an accepted value';
    case 'too_small':
      if (issue.minimum === 1 && issue.origin !== 'number') return 'empty';
      return `${sizeOf(value)}less than the ${String(issue.minimum)} that it takes`;
    case 'too_big':
      return `${sizeOf(value)}more than the ${String(issue.maximum)} that it takes`;
    default:
      return 'not of the form that is accepted';
  }
}

/** How many letters a text has, or entries a list. */
function sizeOf(value: unknown): string {
  if (typeof value === 'string') return `${value.length} characters, `;
  return Array.isArray(value) ? `${value.length} entries, ` : '';
}

function remedy(issue: Issue, value: unknown): string {
  if (isRemedy(issue.message)) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return `write ${converted(issue.expected, value) ?? an(issue.expected)}`;
    case 'invalid_value':
      return `write ${issue.values.every((each) => typeof each === 'string') ? quoted(issue.values) : issue.values.join(' or ')}`;
    case 'too_small':
      return `write at least ${String(issue.minimum)}${unit(issue.origin)}`;
    case 'too_big':
      return `write at most ${String(issue.maximum)}${unit(issue.origin)}`;
    default:
      return `write a value that fits: ${issue.message}`;
  }
}

/** What a value of the wrong type was probably meant to be. */
function converted(expected: string, value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : undefined;
  switch (expected) {
    case 'array':
      return ['string', 'number'].includes(typeof value) ? `a list: ${JSON.stringify([value])}` : undefined;
    case 'boolean':
      return text === 'true' || text === 'false' ? `${text}, without quotes` : undefined;
    case 'number':
      return text && /^\d+$/.test(text) ? `${text}, without quotes` : undefined;
    case 'string':
      return ['number', 'boolean'].includes(typeof value) ? `'${String(value)}', in quotes` : undefined;
    case 'object':
      return value === true ? '{} for its defaults' : undefined;
    default:
      return undefined;
  }
}

/** The schema's own messages are remedies and begin so; zod's are not. */
function isRemedy(message: string): boolean {
  return message.startsWith('write ');
}

function unit(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' entries' : '';
}

function an(type: string): string {
  const name = type === 'record' ? 'object' : type === 'int' ? 'whole number' : type;
  return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
}

function unknownField(subject: Subject, path: Path, key: string): Problem {
  const { schema, input } = subject;
  const known = fieldsAt(schema, path.slice(0, -1), input);
  const likely = nearest(key, known);
  return problem(
    subject,
    path,
    at(input, path),
    'there is no such field',
    likely ? `write '${likely}'` : `remove it, or write one of ${known.join(', ')}`,
  );
}

function at(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}

/** What of a schema's definition leads to the schemas inside it. */
interface Definition {
  readonly type: string;
  readonly innerType?: z.core.$ZodType;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly element?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly discriminator?: string;
}

/** Names of the fields that the object at `path` may have. */
function fieldsAt(schema: z.core.$ZodType, path: Path, value: unknown): string[] {
  const definition = schema._zod.def as unknown as Definition;
  if (definition.innerType) return fieldsAt(definition.innerType, path, value);
  if (definition.options) {
    return options(definition, value).flatMap((option) => fieldsAt(option, path, value));
  }
  const [key, ...rest] = path;
  if (key === undefined) return Object.keys(definition.shape ?? {});
  const next = definition.shape?.[String(key)] ?? definition.element ?? definition.valueType;
  return next ? fieldsAt(next, rest, at(value, [key])) : [];
}

/** Of a union told apart by a field, the option that the value names. */
function options(
  { options: all = [], discriminator }: Definition,
  value: unknown,
): readonly z.core.$ZodType[] {
  if (discriminator === undefined) return all;
  return all.filter((option) => {
    const { shape } = option._zod.def as unknown as Definition;
    return shape?.[discriminator]?._zod.values?.has(at(value, [discriminator]) as z.core.util.Primitive);
  });
}
