/** The stacks of an environment in the order in which they are applied. */
export const STACK_NAMES = ['network', 'cluster', 'addons', 'workloads'] as const;
export type StackName = (typeof STACK_NAMES)[number];
/** Before them comes, where an environment has it, what their state and their runs stand on. */
export const BOOTSTRAP = 'bootstrap';
