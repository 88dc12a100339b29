import { Token } from 'cdktf';
import { type z } from 'zod';
import { toProblems } from './issue';
import { type Problem } from './problem';

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
    .filter(({ value }) => !isToken(value));
}

/** Whether Terraform only knows it at apply, be it a value, or all of a list or map that stands here as its only entry. */
export function isToken(value: unknown): boolean {
  return (
    Token.isUnresolved(value) ||
    Token.isUnresolved([value]) ||
    (typeof value === 'string' && Token.isUnresolved({ [value]: value }))
  );
}
