import { join } from 'node:path';
import { type Stack } from '../kit/stack-id';
import { failureOf } from '../kit/terraform/failure';
import { type StackRunner } from '../kit/terraform/terraform-stack';

/** Destroys the stacks of an environment, the last one first. Answers those that held anything. */
export async function destroyEnvironment(
  stacks: readonly StackRunner[],
  folder: string,
): Promise<readonly Stack[]> {
  const destroyed: Stack[] = [];
  for (const each of [...stacks].reverse()) {
    const { stack } = each;
    if (await each.isEmpty()) {
      console.error(`${stack}: nothing to destroy`);
      continue;
    }
    const plan = join(folder, `${stack}.tfplan`);
    const planned = await each.plan(plan, join(folder, `${stack}.json`), ['-destroy']);
    if (planned.code !== 0) throw new Error(`${stack}: it can't be destroyed: ${failureOf(planned)}`);
    await each.apply(plan);
    destroyed.push(stack);
  }
  return destroyed;
}
