import { z } from 'zod';

export { distinct, hostName, port, tags } from '../../load-balancers/schema';

/**
 * Values that several parts of an environment share. Each refuses with what to write instead;
 * what needs more than one field to judge is a rule (config/rules).
 */

/** A text of a form; the remedy tells one who wrote another. */
export const textLike = (form: RegExp, remedy: string) => z.string().regex(form, remedy);

/** A DNS label as Kubernetes and most AWS names take it. */
export const label = (max = 63) =>
  z
    .string()
    .max(max, `write at most ${max} characters`)
    .regex(
      /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
      'write lower-case letters, digits and hyphens, beginning with a letter',
    );

/** Kubernetes namespaces by name, or by a pattern with `*` and `?`, as access policies and Fargate selectors take them. */
export const namespacePattern = z
  .string()
  .max(63)
  .regex(
    /^[a-z0-9*?]([a-z0-9*?-]*[a-z0-9*?])?$/,
    'write the name of a namespace, with * or ? for any letters, such as team-*',
  );

/** An AWS account id, 12 digits, as a string so that leading zeros survive. */
export const accountId = z
  .string("write the account's 12 digits as a string")
  .regex(/^\d{12}$/, "write the account's 12 digits as a string");

/** An IPv4 network such as `10.0.0.0/16`; whether its host bits are zero is a rule of config/rules/addresses. */
export const ipv4Cidr = z.cidrv4('write an IPv4 network such as 10.0.0.0/16');

/** An IAM user or role, which is what EKS accepts as the principal of an access entry. */
export const principalArn = textLike(
  /^arn:aws(-[a-z]+)*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/,
  'write the ARN of an IAM role or user such as arn:aws:iam::111122223333:role/admin',
);

/** An IAM role. */
export const roleArn = textLike(
  /^arn:aws(-[a-z]+)*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
  'write the ARN of an IAM role such as arn:aws:iam::111122223333:role/terraform',
);

/** A managed policy of IAM, of AWS or of the account. */
export const policyArn = textLike(
  /^arn:aws(-[a-z]+)*:iam::(aws|\d{12}):policy\/[\w+=,.@/-]+$/,
  'write the ARN of a policy such as arn:aws:iam::aws:policy/PowerUserAccess',
);

/** A KMS key ARN (aliases are refused: Terraform would see the key's ARN come back). */
export const kmsKeyArn = textLike(
  /^arn:aws(-[a-z]+)*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/,
  'write the ARN of a KMS key such as arn:aws:kms:eu-west-1:111122223333:key/…',
);

/** AWS resource ids such as `vpc-…` or `subnet-…`. */
export const resourceId = (prefix: string) =>
  textLike(
    new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`),
    `write an id such as ${prefix}-0123456789abcdef0`,
  );

/** Days that CloudWatch Logs keeps a log event. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const retentionDays = z.literal(
  [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
  'write a retention that CloudWatch Logs has: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653 days',
);

/** Key of a Kubernetes label or taint. */
export const labelKey = textLike(
  /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
  'write a key such as app or example.com/team',
);

/** Value of a Kubernetes label or taint. */
export const labelValue = textLike(
  /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/,
  'write a value of at most 63 letters, digits, hyphens, underscores and dots',
);

/** Labels of Kubernetes objects. */
export const kubernetesLabels = z.record(labelKey, labelValue);

/** Share of CPUs, in Kubernetes' words. */
const cpu = z
  .string('write a CPU quantity in quotes, such as "250m" or "1"')
  .regex(/^(?!0+(\.0*)?m?$)\d+(\.\d+)?m?$/, 'write a CPU quantity such as 250m or 1');

/** Memory, in Kubernetes' words. Without a unit it is bytes, in which nobody means what they write. */
const memory = z
  .string('write a memory quantity in quotes, such as "128Mi"')
  .regex(
    /^(?!0+(\.0*)?[a-zA-Z])\d+(\.\d+)?([MGTPE]i?|Ki)$/,
    'write a memory quantity with its unit, such as 128Mi or 1Gi',
  );

/** Resources of a container. `cpu` is a request; `memory` a request and a limit. */
export const resources = (defaults: { readonly cpu: string; readonly memory: string }) =>
  z.strictObject({ cpu: cpu.default(defaults.cpu), memory: memory.default(defaults.memory) }).prefault({});
