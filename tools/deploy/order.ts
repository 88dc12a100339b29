import { isApplied, type StackFolder } from '../kit/project';
import { type StackRunner } from '../kit/terraform/terraform-stack';
import { type DeployCommand } from './selected-stacks';

export interface OrderProps {
  /** All of the environment. */
  readonly stacks: readonly StackFolder[];
  /** Those that this run is through with. */
  readonly done: readonly string[];
  /** Asks Terraform, where state is no file of ours. */
  readonly terraformOf: (stack: StackFolder) => Pick<StackRunner, 'isEmpty'>;
}

/**
 * Holds the order of stacks, on every backend: what others are built on stays until they are gone. Answers whether there is
 * anything to do.
 *
 * @throws naming the stack that comes first
 */
export async function checkOrder(
  command: DeployCommand,
  stack: StackFolder,
  { stacks, done, terraformOf }: OrderProps,
): Promise<boolean> {
  if (command !== 'destroy') {
    const missing = stacks.find(
      (other) => stack.dependencies.includes(other.name) && isApplied(other) === false,
    );
    if (!missing) return true;
    throw new Error(
      `${stack.name}: it reads what ${missing.name} publishes, which is not applied: npm run deploy -- ${missing.name}`,
    );
  }
  const holds = async (each: StackFolder) => isApplied(each) ?? !(await terraformOf(each).isEmpty());
  if (!(await holds(stack))) return false;
  for (const user of stacks) {
    if (!user.dependencies.includes(stack.name) || done.includes(user.name)) continue;
    if (await holds(user))
      throw new Error(`${stack.name}: ${user.name} is built on it: npm run destroy -- ${user.name}`);
  }
  return true;
}
