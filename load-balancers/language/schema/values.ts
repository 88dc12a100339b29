import { z } from 'zod';
import { distinct } from './primitives';
import { whole as wholeKind } from '../kind';
import { KINDS } from '../values';
import { schemaOf } from './of-kind';

/** Values that several parts of the language share. */

export const flag = schemaOf(KINDS.flag);

/** A whole number within limits. */
export const whole = (min: number, max: number) => schemaOf(wholeKind(min, max));

/** Lists become text between commas, and spaces around an entry are lost. */
const entry = (example: string) =>
  z
    .string()
    .regex(/^(?!\s)[^,]+(?<!\s)$/, `write ${example}, without commas and without spaces at either end`);

/** At least one entry, each once. */
export const listOf = <T extends z.ZodType>(each: T) =>
  distinct(z.array(each).min(1, 'write at least one, or leave it out'));

export const subnets = listOf(
  entry("the id of a subnet such as subnet-0123456789abcdef0, or the value of its tag 'Name'"),
);
export const securityGroups = listOf(
  entry("the id of a security group such as sg-0123456789abcdef0, or the value of its tag 'Name'"),
);

export const scheme = schemaOf(KINDS.scheme);

export const ipAddressType = schemaOf(KINDS.ipAddressType);

export const targetType = schemaOf(KINDS.targetType);

export const certificateArns = schemaOf(KINDS.certificates);

export const sslPolicy = schemaOf(KINDS.sslPolicy);

export const prefixLists = schemaOf(KINDS.prefixLists);

export const webAclArn = schemaOf(KINDS.webAclArn);

export const webAclName = schemaOf(KINDS.webAclName);

export const groupName = schemaOf(KINDS.groupName);

export const loadBalancerName = schemaOf(KINDS.loadBalancerName);

/** Tags that an annotation can say: it has `=` between key and value, and spaces around either are lost. */
export const tagMap = schemaOf(KINDS.tags).superRefine((tags, context) => {
  for (const [key, value] of Object.entries(tags)) {
    const wrong = key.includes('=')
      ? ['= ends the key in the annotation', 'write a tag key without =']
      : [key, value].some((each) => /^\s|\s$/.test(each))
        ? [
            'spaces at either end are lost in the annotation',
            'write key and value without spaces at either end',
          ]
        : undefined;
    if (wrong)
      context.addIssue({ code: 'custom', path: [key], message: wrong[1], params: { reason: wrong[0] } });
  }
});

export const ipamPoolId = schemaOf(KINDS.ipamPool);

export const capacityUnits = schemaOf(KINDS.capacityUnits);

/** Name or number of a port of a Service. */
export const servicePort = z.union(
  [
    whole(1, 65535),
    z
      .string()
      .regex(
        /^(?=.*[a-z])(?!use-annotation$)[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/,
        'write the number of a port, or its name: at most 15 lower-case letters, digits and hyphens',
      ),
  ],
  'write the number or the name of a port of the Service',
);

/** Name of a Service. */
export const serviceName = z
  .string()
  .max(63, 'write at most 63 characters')
  .regex(
    /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
    'write the name of a Service: lower-case letters, digits and hyphens, beginning with a letter',
  );
