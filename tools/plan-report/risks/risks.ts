import { type StackChanges } from '../changes/changes';
import { type ApplyPaths } from '../iam/apply-paths';
import { type IamChange } from '../iam/iam-change';
import { applyRisks, iamRisks } from '../iam/iam-risks';
import { type LoadBalancers } from '../load-balancers/load-balancers';
import { destructionRisks } from './destruction';
import { exposureRisks } from './exposure';
import { guardRisks } from './guards';
import { hiddenRisks, withoutHidden } from './hidden';
import { loadBalancerRisks } from './load-balancers';
import { byLoss, type Risk } from './risk';
import { commandRisks, driftRisks, taintedRisks } from './unforeseen';
import { versionRisks } from './versions';

/** What can hurt, the worst first. */
export function risksOf(
  stacks: readonly StackChanges[],
  iam: readonly IamChange[],
  applyRoles: readonly ApplyPaths[],
  loadBalancers: LoadBalancers,
): Risk[] {
  const themes = [
    destructionRisks,
    exposureRisks,
    guardRisks,
    versionRisks,
    hiddenRisks,
    commandRisks,
    taintedRisks,
    driftRisks,
  ];
  const risks = stacks.flatMap((stack) => themes.flatMap((theme) => theme(stack)));
  const all = [
    ...risks,
    ...loadBalancerRisks(loadBalancers, risks),
    ...iamRisks(iam),
    ...applyRisks(applyRoles),
  ];
  return byLoss(withoutHidden(all, stacks));
}
