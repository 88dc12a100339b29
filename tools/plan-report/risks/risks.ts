import { type StackChanges } from '../changes/changes';
import { type IamChange } from '../iam/iam-change';
import { iamRisks } from '../iam/iam-risks';
import { type LoadBalancerChange } from '../load-balancers/load-balancers';
import { destructionRisks } from './destruction';
import { exposureRisks } from './exposure';
import { loadBalancerRisks } from './load-balancers';
import { bySeverity, type Risk } from './risk';
import { driftRisks, taintedRisks } from './unforeseen';
import { versionRisks } from './versions';

/** What can hurt, the worst first. */
export function risksOf(
  stacks: readonly StackChanges[],
  iam: readonly IamChange[],
  loadBalancers: readonly LoadBalancerChange[],
): Risk[] {
  const themes = [destructionRisks, exposureRisks, versionRisks, taintedRisks, driftRisks];
  const risks = stacks.flatMap((stack) => themes.flatMap((theme) => theme(stack)));
  return bySeverity([...risks, ...loadBalancerRisks(loadBalancers, risks), ...iamRisks(iam)]);
}
