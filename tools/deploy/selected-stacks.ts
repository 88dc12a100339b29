import { type StackFolder } from '../kit/project';
import { BOOTSTRAP } from '../../stacks/stack-names';

export type DeployCommand = 'deploy' | 'diff' | 'destroy';

/**
 * The stacks a command goes through, in its order. Bootstrap is among them only when it is asked for: destroyed with an
 * environment, it would take the state of what is left with it.
 *
 * @throws if the one asked for isn't there
 */
export function selectedStacks(
  command: DeployCommand,
  stack: string | undefined,
  stacks: readonly StackFolder[],
): readonly StackFolder[] {
  const selected = stacks.filter(({ name }) =>
    stack === undefined ? !name.endsWith(`-${BOOTSTRAP}`) : name === stack,
  );
  if (selected.length === 0) {
    throw new Error(
      `there is no stack ${stack ?? ''}: write one of ${stacks.map(({ name }) => name).join(', ')}`,
    );
  }
  return command === 'destroy' ? [...selected].reverse() : selected;
}
