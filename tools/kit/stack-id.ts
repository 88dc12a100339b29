import { BOOTSTRAP, STACK_NAMES, type StackName } from '../../stacks/stack-names';

/** Stacks of an environment in the order in which they are applied. */
export const STACKS: readonly Stack[] = [BOOTSTRAP, ...STACK_NAMES];
export type Stack = StackName | typeof BOOTSTRAP;

export function isStack(name: string): name is Stack {
  return STACKS.some((stack) => stack === name);
}

/** The environment and the stack of an id, `dev-network`; nothing for any other text. */
export function parseStackId(
  id: string,
): { readonly environment: string; readonly stack: Stack } | undefined {
  const at = id.lastIndexOf('-');
  const [environment, stack] = [id.slice(0, Math.max(0, at)), id.slice(at + 1)];
  return environment !== '' && isStack(stack) ? { environment, stack } : undefined;
}
