import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  isChange,
  type PlannedAction,
  type ResourceChange,
  type StackChanges,
} from '../plan-report/changes/changes';
import { isStack, type Stack } from '../kit/stack-id';
import { differences } from '../plan-report/diff/differences';
import { canonical } from '../synth-diff/canonical';
import { folderDigest } from './pipeline-environments';
import { type EnvironmentPlans } from './plan-environment';
import { type StackRunner } from '../kit/terraform/terraform-stack';

/**
 * Plans as a reviewer saw them, in a form that another run can compare its own with. Changes are kept as digests of the report's
 * form: nothing sensitive is in them, and a plan file, which holds secrets in clear, need not leave the run that made it.
 */
const stackSchema = z.strictObject({
  /** Of the synthesized stack: values that a report hides can't change unseen either. */
  synthesized: z.string(),
  blocked: z.boolean(),
  incomplete: z.boolean(),
  /** Digests by address; of outputs by `output.<name>`. */
  changes: z.record(z.string(), z.string()),
});
const schema = z.strictObject({
  version: z.literal(1),
  environment: z.string(),
  commit: z.string(),
  stacks: z.record(z.string(), stackSchema),
});

export type ReviewedPlans = z.output<typeof schema>;
type ReviewedStack = z.output<typeof stackSchema>;

export interface ReviewOptions {
  readonly environment: string;
  readonly commit: string;
}

/** What a reviewer is shown of plans. */
export function reviewedPlans(
  stacks: readonly StackRunner[],
  { changes, blocked }: Pick<EnvironmentPlans, 'changes' | 'blocked'>,
  { environment, commit }: ReviewOptions,
): ReviewedPlans {
  const entries = stacks.flatMap(({ stack, folder }): [Stack, ReviewedStack][] => {
    const planned = changes.find((each) => each.stack === stack);
    if (!planned) return [];
    const isBlocked = blocked.includes(stack);
    return [[stack, reviewedStack(planned, folderDigest(folder), isBlocked)]];
  });
  return { version: 1, environment, commit, stacks: Object.fromEntries(entries) };
}

function reviewedStack(planned: StackChanges, synthesized: string, blocked: boolean): ReviewedStack {
  const { resources, outputs, incomplete = false } = planned;
  const changes = [
    ...resources.filter(isEffective).map((change) => [change.address, digest(effect(change))] as const),
    ...outputs
      .filter(isChange)
      .map(({ name, action, after }) => [`output.${name}`, digest({ action, after })] as const),
  ];
  return { synthesized, blocked, incomplete, changes: Object.fromEntries(changes) };
}

/** @throws if the text is something else */
export function parseReviewed(text: string): ReviewedPlans {
  return schema.parse(JSON.parse(text));
}

/**
 * Why plans are not the ones that were reviewed, in words; nothing if they are. A stack that has nothing to do is what everybody
 * wants, and a blocked one isn't applied.
 */
export function deviations(reviewed: ReviewedPlans | undefined, now: ReviewedPlans): string[] {
  return Object.entries(now.stacks).flatMap(([name, stack]) => {
    if (!isStack(name)) return [];
    if (stack.incomplete) return [`${name}: Terraform says that its plan is incomplete`];
    if (stack.blocked || Object.keys(stack.changes).length === 0) return [];
    const seen = reviewed?.stacks[name];
    if (!seen) return [`${name}: nobody has reviewed a plan of it`];
    if (seen.blocked) return [`${name}: it was blocked when it was reviewed, and its plan was not final`];
    if (seen.synthesized !== stack.synthesized)
      return [`${name}: it is synthesized from other code than the plan that was reviewed`];
    return differing(seen.changes, stack.changes).map((words) => `${name}: ${words}`);
  });
}

function differing(seen: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): string[] {
  const addresses = [...new Set([...Object.keys(seen), ...Object.keys(now)])].sort();
  return addresses.flatMap((address) => {
    if (seen[address] === now[address]) return [];
    if (seen[address] === undefined) return [`${address} would change, and was not in the reviewed plan`];
    if (now[address] === undefined) return [`${address} would not change any more`];
    return [`${address} would change otherwise than reviewed`];
  });
}

function isEffective(change: ResourceChange): boolean {
  return isChange(change) || change.movedFrom !== undefined || change.importId !== undefined;
}

/** What is done to a resource. Of what is destroyed, it doesn't matter how it looked. */
function effect({ type, action, before, after, ...change }: ResourceChange): unknown {
  const { createBeforeDestroy = false, movedFrom, importId, replacePaths } = change;
  return {
    type,
    action,
    createBeforeDestroy,
    movedFrom,
    importId,
    replacePaths: replacePaths.map((path) => JSON.stringify(path)).sort(),
    values: effectOn(action, before, after),
  };
}

/** What stays as it is may have become another value in the meantime, such as the number of nodes. */
function effectOn(action: PlannedAction, before: unknown, after: unknown): unknown {
  if (action === 'delete' || action === 'forget') return [];
  const changed = differences(before, after);
  // A new order of the same items is no difference to a reader, but Terraform writes it.
  return changed.length > 0 ? changed : after;
}

function digest(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical(value)))
    .digest('hex');
}
