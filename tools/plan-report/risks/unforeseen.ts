import { type StackChanges } from '../changes/changes';
import { pathText } from '../changes/path';
import { knownDifferences } from '../diff/differences';
import { valueText } from '../diff/resource';
import { withoutExplained } from './explained';
import { lossOf } from './losses';
import { type Risk } from './risk';

/** Resources that an earlier run left half-made. */
export function taintedRisks({ stack, resources }: StackChanges): Risk[] {
  return resources
    .filter(({ tainted }) => tainted)
    .map((change) => ({
      code: 'tainted',
      kind: 'unforeseen',
      stack,
      address: change.address,
      noun: lossOf(change)?.noun ?? 'resource',
      words: 'is tainted: an earlier run failed half-way, and it is made anew',
      values: [],
    }));
}

/** Commands that an apply runs where it runs itself, with its credentials. */
export function commandRisks({ stack, resources }: StackChanges): Risk[] {
  return resources.flatMap(({ runs = [], address, action }): Risk[] =>
    runs.length > 0 && !['no-op', 'update', 'forget'].includes(action)
      ? [
          {
            code: 'runs-command',
            kind: 'permissions',
            stack,
            address,
            noun: 'resource',
            words: 'has Terraform run what is not in the plan, with its credentials:',
            values: runs,
          },
        ]
      : [],
  );
}

/** What somebody changed outside of Terraform, without what only looks different. */
export function driftRisks(changes: StackChanges): Risk[] {
  const { stack, drift } = changes;
  return drift.flatMap((found): Risk[] => {
    const change = withoutExplained(found, changes);
    const isGone = change.action === 'delete';
    const changed = isGone ? [] : knownDifferences(change.before, change.after);
    if (!isGone && changed.length === 0) return [];
    return [
      {
        code: 'drift',
        kind: 'unforeseen',
        stack,
        address: change.address,
        noun: lossOf(change)?.noun ?? 'resource',
        words: isGone ? 'is gone: it was removed outside of Terraform' : 'was changed outside of Terraform:',
        values: changed.map(
          ({ path, before, after }) => `${pathText(path)}: ${valueText(before)} -> ${valueText(after)}`,
        ),
      },
    ];
  });
}
