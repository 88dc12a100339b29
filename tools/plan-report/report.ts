import { type Stack, type StackChanges } from './changes/changes';
import { costOf, type Cost } from './cost/cost';
import { iamChanges, type IamChange } from './iam/iam-change';
import { loadBalancersOf, type LoadBalancers } from './load-balancers/load-balancers';
import { risksOf } from './risks/risks';
import { type Risk } from './risks/risk';
import { summarize, type StackSummary } from './summary';

/** All that a reviewer is told; `--format json` prints it as it is. Nothing sensitive is in it. */
export interface Report {
  readonly environment: string;
  readonly summary: readonly StackSummary[];
  /** What can hurt, the worst first. */
  readonly risks: readonly Risk[];
  readonly iam: readonly IamChange[];
  readonly loadBalancers: LoadBalancers;
  readonly cost: Cost;
  readonly stacks: readonly StackChanges[];
}

export interface ReportProps {
  readonly environment: string;
  readonly stacks: readonly StackChanges[];
  /** Stacks that the environment has. */
  readonly expected: readonly Stack[];
  /** Of the environment. @default - unknown where no plan says it */
  readonly region?: string;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

export function reportOf({ environment, stacks, expected, region, today }: ReportProps): Report {
  const iam = stacks.flatMap(iamChanges);
  const loadBalancers = loadBalancersOf(stacks);
  return {
    environment,
    summary: summarize(stacks, expected),
    risks: risksOf(stacks, iam),
    iam,
    loadBalancers,
    cost: costOf(stacks, loadBalancers.changes, { region, today }),
    stacks,
  };
}
