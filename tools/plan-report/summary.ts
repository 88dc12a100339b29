import { isDeepStrictEqual } from 'node:util';
import { isChange, type PlannedAction, type StackChanges } from './changes/changes';
import { STACKS, type Stack } from '../kit/stack-id';
import { isHidden, UNKNOWN } from './changes/values';

/** `blocked` is planned on outputs of another stack that are about to change, or not planned for want of them. */
export type Status = 'changes' | 'no changes' | 'incomplete' | 'blocked' | 'no plan';

/** A stack in numbers. */
export interface StackSummary {
  readonly stack: Stack;
  readonly status: Status;
  readonly add: number;
  readonly change: number;
  readonly replace: number;
  readonly destroy: number;
  readonly unchanged: number;
  readonly imported: number;
  readonly moved: number;
  readonly forgotten: number;
  readonly changedOutputs: number;
  /** Why it is blocked: outputs, by the stack that publishes them. */
  readonly waitsFor: readonly { readonly stack: Stack; readonly outputs: readonly string[] }[];
}

/** A line for each stack that there is, in the order in which they are applied. */
export function summarize(stacks: readonly StackChanges[], expected: readonly Stack[]): StackSummary[] {
  return STACKS.flatMap((stack) => {
    const changes = stacks.find((each) => each.stack === stack);
    if (!changes && !expected.includes(stack)) return [];
    return [summary(stack, changes, waitsFor(stack, changes, stacks))];
  });
}

function summary(
  stack: Stack,
  changes: StackChanges | undefined,
  waits: StackSummary['waitsFor'],
): StackSummary {
  const resources = changes?.resources ?? [];
  const count = (action: PlannedAction) => resources.filter((each) => each.action === action).length;
  const changedOutputs = changes?.outputs.filter(isChange).length ?? 0;
  const isQuiet =
    !resources.some(
      (each) => isChange(each) || each.movedFrom !== undefined || each.importId !== undefined,
    ) && changedOutputs === 0;
  const status = ((): Status => {
    if (waits.length > 0) return 'blocked';
    if (!changes) return 'no plan';
    if (changes.incomplete) return 'incomplete';
    return isQuiet ? 'no changes' : 'changes';
  })();
  return {
    stack,
    status,
    add: count('create'),
    change: count('update'),
    replace: count('replace'),
    destroy: count('delete'),
    unchanged: count('no-op'),
    forgotten: count('forget'),
    imported: resources.filter(({ importId }) => importId !== undefined).length,
    moved: resources.filter(({ movedFrom }) => movedFrom !== undefined).length,
    changedOutputs,
    waitsFor: waits,
  };
}

/** Stacks whose new outputs it hasn't read. */
function waitsFor(
  stack: Stack,
  changes: StackChanges | undefined,
  stacks: readonly StackChanges[],
): StackSummary['waitsFor'] {
  if (stack === 'bootstrap') return [];
  const before = STACKS.slice(1, STACKS.indexOf(stack));
  return before.flatMap((producer) => {
    const planned = stacks.find((each) => each.stack === producer);
    const read = changes?.reads[producer];
    if (!planned || (changes && !read)) return [];
    const outputs = planned.outputs
      .filter((output) =>
        read ? output.action !== 'delete' && isNew(read[output.name], output.after) : isChange(output),
      )
      .map(({ name }) => name);
    return outputs.length > 0 ? [{ stack: producer, outputs }] : [];
  });
}

/** Whether what is published differs from what was read; of sensitive values, nobody can tell. */
function isNew(read: unknown, published: unknown): boolean {
  if (JSON.stringify(published ?? null).includes(UNKNOWN)) return true;
  return !isHidden(published) && !isHidden(read) && !isDeepStrictEqual(read, published);
}
