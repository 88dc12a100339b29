import { type StackChanges } from './changes/changes';
import { type Stack } from '../kit/stack-id';
import { costOf, type Cost } from './cost/cost';
import { iamChanges, type IamChange } from './iam/iam-change';
import { loadBalancersOf, type LoadBalancers, type StackFiles } from './load-balancers/load-balancers';
import { risksOf } from './risks/risks';
import { type Risk } from './risks/risk';
import { summarize, type StackSummary } from './summary';

/** All that a reviewer is told; `--format json` prints it as it is. Nothing sensitive is in it. */
export interface Report {
  readonly environment: string;
  /** What synthesized stacks are compared with. @default - it is of plans */
  readonly base?: string;
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
  /** What synthesized stacks are compared with. @default - the changes are of plans */
  readonly base?: string;
  /** Of which load balancers are read. @default - the changes */
  readonly stackFiles?: StackFiles;
}

export function reportOf({
  environment,
  stacks,
  expected,
  region,
  today,
  base,
  stackFiles,
}: ReportProps): Report {
  const iam = stacks.flatMap(iamChanges);
  const loadBalancers = loadBalancersOf(stacks, stackFiles);
  return {
    environment,
    ...(base !== undefined && { base }),
    summary: summarize(stacks, expected),
    risks: risksOf(stacks, iam, loadBalancers.changes),
    iam,
    loadBalancers,
    cost: costOf(stacks, loadBalancers.changes, { region, today }),
    stacks,
  };
}
