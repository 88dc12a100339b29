import { type StackChanges } from './changes/changes';
import { withKinds } from './changes/manifests';
import { type Stack } from '../kit/stack-id';
import { costOf, type Cost } from './cost/cost';
import { applyPaths, type ApplyPaths } from './iam/apply-paths';
import { iamChanges, type IamChange, type WrittenResources } from './iam/iam-change';
import { loadBalancersOf, type LoadBalancers, type StackFiles } from './load-balancers/load-balancers';
import { accepting, type AcceptedRisk, type AcceptedRisks } from './risks/accepted';
import { risksOf } from './risks/risks';
import { type Risk } from './risks/risk';
import { summarize, type StackSummary } from './summary';
import { type Plans } from './terraform/read-plans';

/** All that a reviewer is told; `--format json` prints it as it is. Nothing sensitive is in it. */
export interface Report {
  /** Of this form: a higher one where something is missing, or means something else. */
  readonly version: 1;
  readonly environment: string;
  /** What synthesized stacks are compared with. @default - it is of plans */
  readonly base?: string;
  readonly summary: readonly StackSummary[];
  /** What can hurt, the worst first. */
  readonly risks: readonly Risk[];
  /** Entries of the environment's `accepted` whose day is over, and that nothing here is about. */
  readonly idleAcceptances: readonly AcceptedRisk[];
  readonly iam: readonly IamChange[];
  /** Who can become the roles of pipelines that apply. */
  readonly applyRoles: readonly ApplyPaths[];
  readonly loadBalancers: LoadBalancers;
  readonly cost: Cost;
  readonly stacks: readonly StackChanges[];
}

export interface ReportProps {
  readonly environment: string;
  readonly plans: Plans;
  /** Stacks that the environment has. */
  readonly expected: readonly Stack[];
  /** Of the environment. @default - unknown where no plan says it */
  readonly region?: string;
  /** Risks that somebody answers for. @default - none */
  readonly accepted?: AcceptedRisks;
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** What synthesized stacks are compared with. @default - the changes are of plans */
  readonly base?: string;
  /** Of which load balancers are read. @default - the changes */
  readonly stackFiles?: StackFiles;
  /** What a policy says that is known after apply only. @default - it isn't told */
  readonly written?: WrittenResources;
}

/** Finds what can hurt in values as they are, and tells it without those that are sensitive. */
export function reportOf(props: ReportProps): Report {
  const { environment, plans, expected, region, accepted = { now: [] }, today, base, stackFiles } = props;
  const { judged, shown, hide } = plans;
  const kinds = judged.map(withKinds);
  const iam = kinds.flatMap((stack) => iamChanges(stack, props.written));
  const applyRoles = applyPaths(judged, expected, props.written);
  const loadBalancers = loadBalancersOf(judged, stackFiles);
  const { risks, idle } = accepting(risksOf(kinds, iam, applyRoles, loadBalancers), accepted, today);
  return {
    version: 1,
    environment,
    ...(base !== undefined && { base }),
    summary: summarize(shown, expected),
    risks: risks.map((risk) => ({ ...risk, ...hide({ address: risk.address, values: risk.values }) })),
    idleAcceptances: idle,
    iam: iam.map((change) => shownIam(change, hide)),
    applyRoles: hide(applyRoles),
    loadBalancers: hide(loadBalancers),
    cost: costOf(judged, loadBalancers.changes, { region, today }),
    stacks: shown,
  };
}

/** A policy that is marked as sensitive has risks, and no text. */
function shownIam({ stack, ...change }: IamChange, hide: Plans['hide']): IamChange {
  const nothing = change.hidden && { gained: [], lost: [], admitted: [], principals: [], grants: [] };
  return { stack, ...hide({ ...change, ...nothing }) };
}
