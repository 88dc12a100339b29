import { join } from 'node:path';
import { type Stack } from '../plan-report/changes/changes';
import { planEnvironment, planFile, type Plans } from './plan-environment';
import { deviations, reviewedPlans, type ReviewedPlans } from './reviewed-plans';
import { type TerraformStack } from './terraform-stack';

export interface ApplyProps {
  readonly environment: string;
  readonly commit: string;
  readonly stacks: readonly TerraformStack[];
  /** Folder for plans. */
  readonly folder: string;
  /** What was reviewed. @default - nothing */
  readonly reviewed?: ReviewedPlans;
}

export interface Outcome {
  readonly applied: readonly Stack[];
  /** Why the run stops; nothing if all is applied. */
  readonly reasons: readonly string[];
  /** Folder of the plans that are to be reviewed now. */
  readonly folder: string;
  readonly plans: ReviewedPlans;
}

/**
 * Makes the plans again, and applies them in order if they are those that were reviewed: all of them are compared before the first
 * is applied. Stacks that read new outputs can't have been reviewed before; they are planned afterwards, and the run stops if they
 * change anything.
 */
export async function applyEnvironment(props: ApplyProps): Promise<Outcome> {
  const { stacks, folder, reviewed } = props;
  const first = await plansIn(join(folder, 'before'), props);
  const reasons = deviations(reviewed, first.review);
  if (reasons.length > 0) return { applied: [], reasons, folder: first.folder, plans: first.review };

  const applied: Stack[] = [];
  for (const stack of stacks) {
    const changes = first.review.stacks[stack.stack]?.changes ?? {};
    if (first.plans.blocked.includes(stack.stack) || Object.keys(changes).length === 0) continue;
    await stack.apply(planFile(first.folder, stack.stack));
    applied.push(stack.stack);
  }
  if (first.plans.blocked.length === 0)
    return { applied, reasons: [], folder: first.folder, plans: first.review };

  const second = await plansIn(join(folder, 'after'), props, applied);
  const left = first.plans.blocked.flatMap((stack) => {
    const changes = second.review.stacks[stack]?.changes;
    if (changes !== undefined && Object.keys(changes).length === 0) return [];
    return [`${stack}: it reads what was applied just now, and nobody has reviewed its new plan`];
  });
  return { applied, reasons: left, folder: second.folder, plans: second.review };
}

async function plansIn(
  folder: string,
  { stacks, environment, commit }: ApplyProps,
  applied: readonly Stack[] = [],
) {
  const plans: Plans = await planEnvironment(stacks, folder);
  if (plans.failed.size > 0)
    throw new Error(
      `no plan of ${[...plans.failed.keys()].join(', ')}: ${applied.length > 0 ? `only ${applied.join(', ')}` : 'nothing'} is applied`,
    );
  return { folder, plans, review: reviewedPlans(stacks, plans, { environment, commit }) };
}
