import { type z } from 'zod';
import { type Environment } from './environment';
import { meantForm, environmentProblems } from './issue';
import { literal } from './literal';
import { ProblemError, type Problem } from './problem';
import { resolve } from './resolve';
import { judge } from './rules';
import { environmentSchema } from './schema/environment';
import { unusableValues } from './unusable';

export interface ParseResult {
  readonly environment: Environment;
  /** What is allowed but worth knowing. */
  readonly warnings: readonly Problem[];
}

/**
 * Turns what a file under environments/ holds into an Environment.
 *
 * @param input what the file exports
 * @param today date of the run, `YYYY-MM-DD`, against which end-of-support dates are held
 * @throws {ProblemError} naming every problem at once
 */
export function parseEnvironment(input: unknown, today: string): ParseResult {
  const unusable = unusableValues(input);
  if (unusable.length > 0) throw new ProblemError(`environment ${nameOf(input)}`, unusable);
  const parsed = environmentSchema.safeParse(input);
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) => environmentProblems(issue, input));
    throw new ProblemError(`environment ${nameOf(input)}`, [
      ...problems,
      ...ofTheRest(input, parsed.error.issues, today),
    ]);
  }
  const environment = resolve(parsed.data);
  const { errors, warnings } = judge(environment, today);
  if (errors.length > 0) throw new ProblemError(`environment ${environment.name}`, errors);
  return { environment: literal(environment), warnings };
}

/** What the rules say to the fields that are well-formed, so that one run shows all there is to mend. */
function ofTheRest(input: unknown, issues: readonly z.core.$ZodIssue[], today: string): readonly Problem[] {
  const wrong = issues.flatMap((issue) => fieldsOf(issue));
  // Too much follows from the Region to judge without it.
  if (wrong.some(([first]) => first === undefined || first === 'region')) return [];
  const rest = wrong.reduce(without, input);
  const required =
    at(rest, 'kind') === 'local' ? { cluster: { context: 'unnamed' } } : { account: '000000000000' };
  const parsed = environmentSchema.safeParse({ name: 'unnamed', ...required, ...(rest as object) });
  if (!parsed.success) return [];
  const { errors } = judge(resolve(parsed.data), today);
  // A default in the place of a wrong value is not the user's to mend.
  return errors.filter(
    ({ path }) => !wrong.some((each) => `${path}.`.startsWith(`${each.map(String).join('.')}.`)),
  );
}

/** The fields that an issue is about; of a union those inside the form that is meant. */
function fieldsOf(issue: z.core.$ZodIssue, above: readonly PropertyKey[] = []): (readonly PropertyKey[])[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...path, key]);
  const meant = issue.code === 'invalid_union' ? meantForm(issue) : undefined;
  return meant ? meant.flatMap((each) => fieldsOf(each, path)) : [path];
}

/** A copy without the field at `path`; of a list the entries keep their places. */
function without(value: unknown, [key, ...path]: readonly PropertyKey[]): unknown {
  if (typeof value !== 'object' || value === null || key === undefined) return value;
  const inside = (value as Record<PropertyKey, unknown>)[key];
  if (Array.isArray(value)) {
    return value.map((entry: unknown, index) => (index === key ? without(entry, path) : entry));
  }
  const copy: Record<PropertyKey, unknown> = { ...value, [key]: without(inside, path) };
  if (path.length === 0) Reflect.deleteProperty(copy, key);
  return copy;
}

function nameOf(input: unknown): string {
  const name = at(input, 'name');
  return typeof name === 'string' ? name : 'without a name';
}

function at(input: unknown, field: string): unknown {
  return typeof input === 'object' && input !== null ? (input as Record<string, unknown>)[field] : undefined;
}
