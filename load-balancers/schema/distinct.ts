import { type z } from 'zod';

/** A list in which each entry is there once. */
export function distinct<T extends z.ZodType>(all: z.ZodArray<T>) {
  return all.superRefine((entries, context) => {
    entries.forEach((entry, index) => {
      if (entries.indexOf(entry) === index) return;
      context.addIssue({
        code: 'custom',
        path: [index],
        message: 'write each entry once',
        params: { reason: 'it is in the list already' },
      });
    });
  });
}
