import { type PlannedAction, type ResourceChange, type StackChanges } from '../changes/changes';
import { pathText } from '../changes/path';
import { blockOf } from '../changes/values';
import { differences, forces } from '../diff/differences';
import { valueText } from '../diff/resource';
import { lossOf, type Loss } from './losses';
import { type Risk, type RiskCode } from './risk';

/** Resources that go, are others afterwards, or are no longer looked after; and outputs that others read. */
export function destructionRisks(changes: StackChanges): Risk[] {
  const { stack, resources, outputs } = changes;
  const lost = resources.flatMap((change) => {
    const loss = WORDS[change.action] && lossOf(change);
    return loss ? [{ change, loss }] : [];
  });
  return [
    ...lost
      .sort((a, b) => a.loss.order - b.loss.order)
      .map(({ change, loss }): Risk => {
        const { words = '', values = [] } = WORDS[change.action]?.(change, loss.loss) ?? {};
        const last = isLastAdministrator(change, resources)
          ? ': nobody of this stack administers it then'
          : '';
        return {
          code: codeOf(change, loss),
          kind: loss.kind,
          stack,
          address: change.address,
          noun: loss.noun,
          words: words.replace('{last}', last),
          values,
        };
      }),
    ...outputs
      .filter(({ action }) => action === 'delete')
      .map(({ name }): Risk => ({
        code: 'any-destroy',
        kind: 'names',
        stack,
        address: `output.${name}`,
        noun: 'output',
        words: 'is no longer published: a stack that reads it can not be planned',
        values: [],
      })),
  ];
}

function codeOf({ action, address }: ResourceChange, { kind, small }: Loss): RiskCode {
  if (kind === 'guards' && action !== 'replace') return 'unprotected';
  // What is left over of a replacement has a successor.
  if (small || address.includes(' (deposed ')) return 'any-destroy';
  if (action === 'delete') return 'delete:protected';
  return action === 'replace' ? 'replace:protected' : 'any-destroy';
}

interface Words {
  readonly words: string;
  readonly values?: readonly string[];
}

const WORDS: Readonly<Partial<Record<PlannedAction, (change: ResourceChange, loss: string) => Words>>> = {
  delete: ({ reason }, loss) => ({
    words: `is destroyed, with ${loss}{last}`,
    values: reason === undefined ? [] : [reason.replaceAll('_', ' ')],
  }),
  replace: (change, loss) => ({
    words: `${change.createBeforeDestroy ? `is made anew, then the old one is destroyed, with ${loss}` : `is destroyed, with ${loss}, then made anew`}: forced by`,
    values: forcedBy(change),
  }),
  forget: (_, loss) => ({
    words: `is no longer looked after: it stays as it is, with ${loss}, and Terraform knows nothing of it`,
  }),
  unknown: (_, loss) => ({
    words: `is done something to that this version does not know, at worst with ${loss}`,
  }),
};

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

const ADMINISTRATES = /AmazonEKSClusterAdminPolicy$/;

/** Whether with it goes the last policy that lets somebody administer the whole cluster. */
function isLastAdministrator(change: ResourceChange, resources: readonly ResourceChange[]): boolean {
  const type = 'aws_eks_access_policy_association';
  const administers = ({ policy_arn: policy, access_scope: scope }: Readonly<Record<string, unknown>>) =>
    ADMINISTRATES.test(String(policy)) && blockOf(scope).type !== 'namespace';
  const holds = (side: 'before' | 'after') => (each: ResourceChange) => {
    const values = each[side];
    return each.type === type && values !== undefined && administers(values);
  };
  const isTheirs =
    holds('before')(change) ||
    (change.type === 'aws_eks_access_entry' &&
      resources.some(
        (each) => holds('before')(each) && each.before?.principal_arn === change.before?.principal_arn,
      ));
  return isTheirs && !resources.some(holds('after'));
}
