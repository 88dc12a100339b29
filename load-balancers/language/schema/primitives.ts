import { z } from 'zod';
import { KINDS } from '../values';
import { schemaOf } from './of-kind';

/** Values that several schemas share; each refuses with what to write instead. */

/** A list in which each entry is there once. */
export function distinct<T extends z.ZodType>(list: z.ZodArray<T>) {
  return list.superRefine((entries, context) => {
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

/** Tags of AWS resources. @see https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
export const tags = schemaOf(KINDS.tags);

/** A host name, with a wildcard at most as its first label. */
export const hostName = z
  .string()
  .max(128, 'write at most 128 characters: a load balancer compares no more')
  .regex(
    /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'write a DNS name such as shop.example.com or *.example.com',
  );

export const port = schemaOf(KINDS.port);

const NETWORK = 'write a network such as 203.0.113.0/24 or 2001:db8::/32';

/** Addresses that a condition of a rule compares with. */
export const addresses = z.union([z.cidrv4(NETWORK), z.cidrv6(NETWORK)], NETWORK);
