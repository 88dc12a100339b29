import { type StackChanges } from '../changes/changes';
import { type IamChange } from '../iam/iam-change';
import { iamRisks } from '../iam/iam-risks';
import { destructionRisks } from './destruction';
import { exposureRisks } from './exposure';
import { bySeverity, type Risk } from './risk';
import { driftRisks, taintedRisks } from './unforeseen';
import { versionRisks } from './versions';

/** What can hurt, the worst first. */
export function risksOf(stacks: readonly StackChanges[], iam: readonly IamChange[]): Risk[] {
  const themes = [destructionRisks, exposureRisks, versionRisks, taintedRisks, driftRisks];
  return bySeverity([
    ...stacks.flatMap((stack) => themes.flatMap((theme) => theme(stack))),
    ...iamRisks(iam),
  ]);
}
