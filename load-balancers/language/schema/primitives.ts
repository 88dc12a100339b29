import { z } from 'zod';

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

/** What all of AWS takes in tags, of any script. */
const TAG = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Key of a tag of an AWS resource. */
export const tagKey = z
  .string()
  .min(1, 'write a tag key of at least one character')
  .max(128, 'write a tag key of at most 128 characters')
  .regex(/^(?!aws:)/i, 'write a key that does not begin with aws:, which AWS keeps for itself')
  .regex(TAG, 'write a tag key of letters, digits, spaces and _ . : / = + - @ only');

/** Value of a tag of an AWS resource. */
export const tagValue = z
  .string()
  .max(256, 'write a tag value of at most 256 characters')
  .regex(TAG, 'write a tag value of letters, digits, spaces and _ . : / = + - @ only');

/** Tags of AWS resources. @see https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
export const tags = z.record(tagKey, tagValue);

/** A host name, with a wildcard at most as its first label. */
export const hostName = z
  .string()
  .max(128, 'write at most 128 characters: a load balancer compares no more')
  .regex(
    /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'write a DNS name such as shop.example.com or *.example.com',
  );

export const port = z.int('write a port from 1 to 65535').min(1).max(65535);

const NETWORK = 'write a network such as 203.0.113.0/24 or 2001:db8::/32';

/** An IPv4 or IPv6 network. */
export const network = z.union([z.cidrv4(NETWORK), z.cidrv6(NETWORK)], NETWORK);
