import { type RiskCode } from '../../../config';
import { type Stack } from '../../kit/stack-id';

export { RISK_CODES, type RiskCode } from '../../../config';

/** What is lost, or at stake, the worst first. */
const RISK_KINDS = [
  'foundation',
  'data',
  'exposure',
  'access',
  'load balancers',
  'trust',
  'permissions',
  'routes',
  'capacity',
  'order',
  'guards',
  'identity',
  'names',
  'add-ons',
  'other',
  'versions',
  'unforeseen',
] as const;
export type RiskKind = (typeof RISK_KINDS)[number];

/** What a person answers for, in the environment. */
export interface Acceptance {
  /** Last day, `YYYY-MM-DD`. */
  readonly until: string;
  readonly why: string;
  /** Whether that day is over, so that the risk counts. */
  readonly expired: boolean;
  /** Whether it comes with the change itself, so that the risk counts until that is merged. @default false */
  readonly isNew?: boolean;
}

export interface Risk {
  readonly code: RiskCode;
  readonly kind: RiskKind;
  readonly stack: Stack;
  readonly address: string;
  /** What is at risk, in this program's words: `KMS key`. Nothing of a plan is in it. */
  readonly noun: string;
  /** What would happen, in this program's words. */
  readonly words: string;
  /** Values of the plan that say so. */
  readonly values: readonly string[];
  /** @default - nobody answers for it */
  readonly accepted?: Acceptance;
}

/** What is lost first counts most, whatever its code: one cluster before a hundred subnets. */
export function byLoss(risks: readonly Risk[]): Risk[] {
  return [...risks].sort((a, b) => RISK_KINDS.indexOf(a.kind) - RISK_KINDS.indexOf(b.kind));
}

/** Whether somebody answers for it, so that no gate stops it. */
export function isAccepted({ accepted }: Risk): boolean {
  return accepted !== undefined && !accepted.expired && accepted.isNew !== true;
}

/** Whether a gate on `code` stops a risk: what is protected is a part of what is destroyed. */
export function isOf(risk: Risk, code: RiskCode): boolean {
  const isDestroyed = risk.code === 'delete:protected' || risk.code === 'replace:protected';
  return !isAccepted(risk) && (risk.code === code || (code === 'any-destroy' && isDestroyed));
}

/** What is told apart from what can hurt. */
export function isMinor({ kind }: Risk): boolean {
  return kind === 'versions' || kind === 'unforeseen';
}
