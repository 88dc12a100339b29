import { type Stack } from '../../kit/stack-id';

/** What can hurt, the worst first; names for `--fail-on`. */
export const RISK_CODES = [
  'delete:protected',
  'replace:protected',
  'open-to-world',
  'iam-wildcard',
  'iam-principal',
  'version',
  'tainted',
  'drift',
] as const;
export type RiskCode = (typeof RISK_CODES)[number];

export interface Risk {
  readonly code: RiskCode;
  readonly stack: Stack;
  readonly address: string;
  /** What is at risk, in this program's words: `KMS key`. Nothing of a plan is in it. */
  readonly noun: string;
  /** What would happen, in this program's words. */
  readonly words: string;
  /** Values of the plan that say so. */
  readonly values: readonly string[];
}

export function bySeverity(risks: readonly Risk[]): Risk[] {
  return [...risks].sort((a, b) => RISK_CODES.indexOf(a.code) - RISK_CODES.indexOf(b.code));
}
