import { z } from 'zod';
import { oneOf } from '../../problem';
import { distinct, tagKey, tagValue } from './primitives';
import { SSL_POLICIES } from '../ssl-policies';

/** Values that several parts of the language share. */

export const flag = z.boolean('write true or false');

/** A whole number within limits. */
export const whole = (min: number, max: number) => {
  const message = `write a whole number from ${min} to ${max}`;
  return z.int(message).min(min, message).max(max, message);
};

/** Lists become text between commas, and spaces around an entry are lost. */
export const entry = (example: string) =>
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

export const scheme = z.enum(['internal', 'internet-facing'], "write 'internal' or 'internet-facing'");

export const ipAddressType = z.enum(
  ['ipv4', 'dualstack', 'dualstack-without-public-ipv4'],
  "write 'ipv4', 'dualstack' or 'dualstack-without-public-ipv4'",
);

export const targetType = z.enum(['instance', 'ip'], "write 'instance' or 'ip'");

export const certificateArns = listOf(
  z
    .string()
    .regex(
      /^arn:[^:,]+:(acm:[a-z0-9-]+:\d{12}:certificate|iam::\d{12}:server-certificate)\/[^\s,]+$/,
      'write the ARN of a certificate of ACM or IAM, such as arn:aws:acm:eu-west-1:111122223333:certificate/…',
    ),
);

export const sslPolicy = z.string().superRefine((value, context) => {
  if (SSL_POLICIES.includes(value)) return;
  context.addIssue({
    code: 'custom',
    message: oneOf(value, SSL_POLICIES),
    params: { reason: 'HTTPS listeners of an Application Load Balancer have no such policy' },
  });
});

export const prefixLists = listOf(
  z.string().regex(/^pl-[0-9a-f]+$/, 'write the id of a prefix list such as pl-0123456789abcdef0'),
);

export const webAclArn = z
  .string()
  .regex(
    /^arn:[^:]+:wafv2:[^:]+:\d{12}:regional\/webacl\/[^/\s]+\/[^/\s]+$/,
    'write the ARN of a regional web ACL of WAFv2, such as arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/name/id; one of scope CLOUDFRONT is for distributions only',
  );

export const webAclName = z
  .string()
  .regex(/^[\w-]{1,128}$/, 'write a name of at most 128 letters, digits, - and _');

export const groupName = z
  .string()
  .max(63, 'write at most 63 characters')
  .regex(
    /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/,
    'write lower-case letters, digits, hyphens and dots, with a letter or a digit at both ends',
  );

export const loadBalancerName = z
  .string()
  .max(32, 'write at most 32 characters')
  .regex(/^(?!internal-)/, "write a name that does not begin with 'internal-', which AWS keeps for itself")
  .regex(
    /^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
    'write letters, digits and hyphens, with no hyphen at either end',
  );

/** Tags by which the controller knows its own resources. */
const RESERVED_TAG = /^(elbv2|ingress|service)\.k8s\.aws\//;

/** Tags that an annotation can say: it has `=` between key and value, and spaces around either are lost. */
export const tagMap = z.record(
  tagKey
    .regex(/^[^=]*$/, 'write a tag key without =, which ends the key in the annotation')
    .regex(/^\S(.*\S)?$/, 'write a tag key without spaces at either end')
    .refine((key) => !RESERVED_TAG.test(key), {
      message: 'write another key, such as Team: by this one the controller knows its own resources',
    }),
  tagValue.regex(/^(\S(.*\S)?)?$/, 'write a tag value without spaces at either end'),
);

export const ipamPoolId = z
  .string()
  .regex(/^ipam-pool-[0-9a-f]+$/, 'write the id of a pool such as ipam-pool-0123456789abcdef0');

/** Capacity units to reserve; 0 gives a reservation back. */
export const capacityUnits = z.int('write a whole number').min(0, 'write 0, which reserves nothing, or more');

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
