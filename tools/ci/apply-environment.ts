import { join } from 'node:path';
import { type Stack } from '../kit/stack-id';
import { planEnvironment, planFile, type EnvironmentPlans } from './plan-environment';
import { deviations, reviewedPlans, type ReviewedPlans } from './reviewed-plans';
import { type StackRunner } from '../kit/terraform/terraform-stack';

export interface ApplyProps {
  readonly environment: string;
  readonly commit: string;
  readonly stacks: readonly StackRunner[];
  /** Folder for plans. */
  readonly folder: string;
  /** What was reviewed. @default - nothing */
  readonly reviewed?: ReviewedPlans;
}

export interface Outcome {
  readonly applied: readonly Stack[];
  /** The stack whose apply failed half-way. */
  readonly failed?: Stack;
  /** Stacks with changes that nobody has begun to apply. */
  readonly notBegun: readonly Stack[];
  /** Why the run stops; nothing if all is applied. */
  readonly reasons: readonly string[];
  /** What is to be reviewed now, if the run stops. @default - it can't be planned now */
  readonly review?: { readonly folder: string; readonly plans: ReviewedPlans };
}

/**
 * Makes the plans again, and applies them in order if they are those that were reviewed: all of them are compared before the first
 * is applied. Stacks that read new outputs can't have been reviewed before; they are planned afterwards, and the run stops if they
 * change anything. After an apply that fails, what is left is planned for another review.
 */
export async function applyEnvironment(props: ApplyProps): Promise<Outcome> {
  const { stacks, folder, reviewed } = props;
  const first = await plansIn(join(folder, 'before'), props);
  const { blocked } = first.plans;
  const changed = stacks.filter(
    ({ stack }) =>
      !blocked.includes(stack) && Object.keys(first.review.stacks[stack]?.changes ?? {}).length > 0,
  );
  const names = changed.map(({ stack }) => stack);
  const reasons = deviations(reviewed, first.review);
  if (reasons.length > 0)
    return {
      applied: [],
      notBegun: [...names, ...blocked],
      reasons,
      review: { folder: first.folder, plans: first.review },
    };

  for (const [index, each] of changed.entries()) {
    try {
      await each.apply(planFile(first.folder, each.stack));
    } catch (error) {
      const applied = names.slice(0, index);
      return {
        applied,
        failed: each.stack,
        notBegun: [...names.slice(index + 1), ...blocked],
        reasons: [(error as Error).message],
        review: await reviewOfRest(props, applied),
      };
    }
  }
  if (blocked.length === 0) return { applied: names, notBegun: [], reasons: [] };

  const second = await plansIn(join(folder, 'after'), props, names);
  const left = blocked.filter(
    (stack) => Object.keys(second.review.stacks[stack]?.changes ?? { unknown: '' }).length > 0,
  );
  return {
    applied: names,
    notBegun: left,
    reasons: left.map(
      (stack) => `${stack}: it reads what was applied just now, and nobody has reviewed its new plan`,
    ),
    review: { folder: second.folder, plans: second.review },
  };
}

/** Plans of what a failed apply has left to do; none where it left too little to plan by. */
async function reviewOfRest(props: ApplyProps, applied: readonly Stack[]): Promise<Outcome['review']> {
  try {
    const { folder, review } = await plansIn(join(props.folder, 'after'), props, applied);
    return { folder, plans: review };
  } catch (error) {
    console.error((error as Error).message);
    return undefined;
  }
}

async function plansIn(
  folder: string,
  { stacks, environment, commit }: ApplyProps,
  applied: readonly Stack[] = [],
) {
  const plans: EnvironmentPlans = await planEnvironment(stacks, folder);
  if (plans.failed.size > 0)
    throw new Error(
      `no plan of ${[...plans.failed.keys()].join(', ')}: ${applied.length > 0 ? `only ${applied.join(', ')}` : 'nothing'} is applied`,
    );
  return { folder, plans, review: reviewedPlans(stacks, plans, { environment, commit }) };
}
