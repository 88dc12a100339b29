import { z } from 'zod';
import { textLike } from './primitives';
import { oneOf } from '../../load-balancers/problem';

/** What the report on a plan calls risks; names for its `--fail-on`. */
export const RISK_CODES = [
  'delete:protected',
  'replace:protected',
  'any-destroy',
  'unprotected',
  'open-to-world',
  'refused',
  'trust-widened',
  'iam-wildcard',
  'iam-principal',
  'unknown-policy',
  'data-read',
  'runs-command',
  'hidden',
  'version',
  'tainted',
  'drift',
] as const;
export type RiskCode = (typeof RISK_CODES)[number];

/** Ids of scanners and benchmarks, such as CKV_AWS_39, begin with a capital; the codes of the report don't. */
const ruleId = z.string().superRefine((rule, context) => {
  const isCode = RISK_CODES.some((code) => code === rule);
  const isMeantAsCode =
    !/^[A-Z][\w:.-]*$/.test(rule) || RISK_CODES.some((code) => code === rule.toLowerCase());
  if (isCode || !isMeantAsCode) return;
  context.addIssue({
    code: 'custom',
    params: { reason: 'the report on a plan has no such risk, and no security rule such an id' },
    message: `${oneOf(rule, RISK_CODES, RISK_CODES.length)}; ids of security rules, such as CKV_AWS_39, are in docs/security.md`,
  });
});

/** What somebody answers for until a day; reports show it, and take no further account of it. */
export interface AcceptedRisk {
  /** Id of a rule: a code of `plan-report --fail-on`, or an id of docs/security.md. */
  readonly rule: string;
  /** Address of the one resource that it is for, as Terraform writes it. */
  readonly address: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly until: string;
  /** Why it is right, and who says so. */
  readonly why: string;
}

export const acceptedRisk = z.strictObject({
  rule: ruleId,
  address: textLike(/^[^\s*]+$/, 'write the address of one resource, such as aws_eks_cluster.cluster'),
  until: z.iso.date('write a day such as 2027-03-31'),
  why: z.string().trim().min(10, 'write in a sentence why it is right'),
}) satisfies z.ZodType<AcceptedRisk>;
