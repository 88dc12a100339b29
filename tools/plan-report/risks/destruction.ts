import { type ResourceChange, type StackChanges } from '../changes/changes';
import { pathText } from '../changes/path';
import { differences, forces } from '../diff/differences';
import { valueText } from '../diff/resource';
import { byLoss, longLived } from './long-lived';
import { type Risk } from './risk';

/** Long-lived resources that would go, or be others afterwards. */
export function destructionRisks({ stack, resources }: StackChanges): Risk[] {
  return byLoss(resources).flatMap((change): Risk[] => {
    const { address, action } = change;
    if (action !== 'delete' && action !== 'replace') return [];
    const kept = longLived(change);
    if (kept === undefined) return [];
    const { noun, loss } = kept;
    return action === 'delete'
      ? [
          {
            code: 'delete:protected',
            stack,
            address,
            noun,
            words: `is destroyed, with ${loss}`,
            values: change.reason === undefined ? [] : [change.reason.replaceAll('_', ' ')],
          },
        ]
      : [
          {
            code: 'replace:protected',
            stack,
            address,
            noun,
            words: `${change.createBeforeDestroy ? `is made anew, then the old one is destroyed, with ${loss}` : `is destroyed, with ${loss}, then made anew`}: forced by`,
            values: forcedBy(change),
          },
        ];
  });
}

/** The attributes that make it a new one, with their values. */
function forcedBy(change: ResourceChange): string[] {
  if (change.tainted) return ['it is tainted'];
  const changed = differences(change.before, change.after)
    .filter(({ path }) => forces(change.replacePaths, path))
    .map(({ path, before, after }) => `${pathText(path)}: ${valueText(before)} -> ${valueText(after)}`);
  if (changed.length > 0) return changed;
  if (change.replacePaths.length > 0) return change.replacePaths.map(pathText);
  return [change.reason?.replaceAll('_', ' ') ?? 'no attribute that the plan names'];
}
