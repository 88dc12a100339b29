import { type z } from 'zod';
import { toProblems } from './issue';
import { type Problem } from './problem';
import { isUnknown } from './unknown';

/**
 * What a schema finds wrong with what a person wrote. A value that Terraform only knows at apply is right: nothing can
 * be said about it.
 *
 * @param name of the whole, for a problem of none of its fields
 */
export function problemsOf(schema: z.ZodType, input: unknown, name: string): Problem[] {
  const parsed = schema.safeParse(input);
  if (parsed.success) return [];
  return parsed.error.issues
    .flatMap((issue) => toProblems({ schema, input, name }, issue))
    .filter(({ value }) => !isOpen(value));
}

/** Whether nobody knows it yet, be it a text, or all of a list or map that stands here as its only entry. */
function isOpen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isUnknown(value);
  const [key, ...others] = Object.keys(value);
  return key !== undefined && others.length === 0 && isUnknown(Array.isArray(value) ? value[0] : key);
}
