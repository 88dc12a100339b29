import { z } from 'zod';
import { quoted, type Judgement, type Kind } from '../kind';

/** The schema of a kind: its type, and its judgements as issues. */
export function schemaOf<T>(kind: Kind<T>): z.ZodType<T, T> {
  const { judge } = kind;
  const base: z.ZodType = baseOf(kind);
  return base.superRefine((value, context) => {
    addIssues(judge(value as T), context);
  }) as unknown as z.ZodType<T, T>;
}

function baseOf({ form, limit }: Kind<never>): z.ZodType {
  switch (form.type) {
    case 'text':
      return z.string();
    case 'words':
      return z.enum(form.words as [string, ...string[]], `write ${quoted(form.words)}`);
    case 'whole':
      return z.int({
        error: ({ input }) =>
          typeof input === 'string' && /^\d+$/.test(input)
            ? `write ${input}, without quotes`
            : `write a ${limit}`,
      });
    case 'flag':
      return z.boolean('write true or false');
    case 'list':
      return z.array(baseOf(form.each)).min(1, 'write at least one, or leave it out');
    case 'map':
      return z.record(z.string(), z.string());
  }
}

/** What may be right is no issue: the checks warn of it. */
export function addIssues(
  all: readonly Judgement[],
  context: z.RefinementCtx,
  pathOf: (at: number | string, value: unknown) => PropertyKey[] = (at) => [at],
): void {
  for (const { at, value, reason, remedy, warning } of all) {
    if (warning) continue;
    const path = at === undefined ? [] : pathOf(at, value);
    context.addIssue({
      code: 'custom',
      path,
      message: remedy,
      params: { reason, ...(value === at && { value }) },
    });
  }
}
