import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isChange, type StackChanges } from '../plan-report/changes/changes';
import { type Stack } from '../kit/stack-id';
import { summarize } from '../plan-report/summary';
import { readPlans } from '../plan-report/terraform/read-plans';
import { failureOf, warningsOf } from '../kit/terraform/failure';
import { type StackRunner } from '../kit/terraform/terraform-stack';

/** The plans of an environment. */
export interface EnvironmentPlans {
  /** What they change, without what is sensitive. */
  readonly changes: readonly StackChanges[];
  /** Stacks that wait for outputs of others: their plans, where there are any, are not final. */
  readonly blocked: readonly Stack[];
  /** Messages by stack. */
  readonly failed: ReadonlyMap<Stack, string>;
}

/**
 * Plans stacks in order into `<folder>/<stack>.tfplan` and `<stack>.json`. One that can't be planned since the outputs that it
 * reads are still to be applied is blocked; all others are planned, whatever fails.
 */
export async function planEnvironment(
  stacks: readonly StackRunner[],
  folder: string,
  options: readonly string[] = [],
): Promise<EnvironmentPlans> {
  const failed = new Map<Stack, string>();
  const withoutPlan = new Set<Stack>();
  for (const each of stacks) {
    const { stack, dependencies } = each;
    const waiting = dependencies.filter((producer) => withoutPlan.has(producer));
    if (waiting.length > 0) {
      console.error(`${stack}: not planned, since ${waiting.join(' and ')} can't be`);
      withoutPlan.add(stack);
      continue;
    }
    const planned = await each.plan(planFile(folder, stack), jsonFile(folder, stack), options);
    if (planned.code === 0) {
      const warnings = warningsOf(planned.stdout).map((warning) => `Warning: ${warning}\n`);
      // A plan as JSON doesn't carry them.
      writeFileSync(warningsFile(folder, stack), warnings.join(''), { mode: 0o600 });
      console.error(`${stack}: planned`);
      continue;
    }
    withoutPlan.add(stack);
    const why = failureOf(planned);
    const producers = dependencies.filter((producer) => publishesAnew(folder, producer));
    if (producers.length > 0)
      console.error(`${stack}: blocked until ${producers.join(' and ')} is applied: ${why}`);
    else {
      failed.set(stack, why);
      console.error(`${stack}: plan failed: ${why}`);
    }
  }
  return { ...readFolder(stacks, folder), failed };
}

export const planFile = (folder: string, stack: Stack) => join(folder, `${stack}.tfplan`);
export const jsonFile = (folder: string, stack: Stack) => join(folder, `${stack}.json`);
export const warningsFile = (folder: string, stack: Stack) => join(folder, `${stack}.warnings`);

/** Reads what {@link planEnvironment} wrote. */
function readFolder(stacks: readonly StackRunner[], folder: string): Omit<EnvironmentPlans, 'failed'> {
  const changes = changesIn(
    folder,
    stacks.map(({ stack }) => stack),
  );
  const waiting = summarize(
    changes,
    stacks.map(({ stack }) => stack),
  ).filter(({ status }) => status === 'blocked' || status === 'no plan');
  const blocked = new Set(waiting.map(({ stack }) => stack));
  // Who reads what a blocked stack publishes is blocked too, whatever its plan says now.
  for (const { stack, dependencies } of stacks)
    if (dependencies.some((producer) => blocked.has(producer))) blocked.add(stack);
  return { changes, blocked: [...blocked] };
}

/** The plans that are in a folder. */
export function changesIn(folder: string, stacks: readonly Stack[]): StackChanges[] {
  return readPlans(
    stacks.flatMap((stack) => {
      const name = jsonFile(folder, stack);
      return existsSync(name) ? [{ stack, name, text: readFileSync(name, 'utf8') }] : [];
    }),
  );
}

function publishesAnew(folder: string, producer: Stack): boolean {
  return changesIn(folder, [producer]).some(({ outputs }) => outputs.some(isChange));
}
