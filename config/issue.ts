import { type z } from 'zod';
import { toProblems as problemsOf } from '../load-balancers/problem';
import { type Problem } from './problem';
import { environmentSchema } from './schema/environment';

export { meantForm } from '../load-balancers/problem';

/** The problems of an environment that one issue of zod stands for, each with what to write instead. */
export function environmentProblems(issue: z.core.$ZodIssue, input: unknown): Problem[] {
  return problemsOf({ schema: environmentSchema, input, name: 'environment' }, issue);
}
