import { type Stack } from './project';

/** What the commands `deploy`, `diff` and `destroy` are asked for. */
export interface Request {
  readonly environment: string;
  /** One stack's id. @default - all stacks of the environment but bootstrap */
  readonly stack?: string;
  /** Passed on to the CLI. */
  readonly flags: readonly string[];
}

const STACKS = ['network', 'cluster', 'addons', 'workloads'];
/** Holds the state of the others: it is named, or it is left alone. */
const BOOTSTRAP = 'bootstrap';

/**
 * Reads `dev` or `dev-network` and the flags after it.
 *
 * @param environments that there are
 * @throws if nothing, or something unknown, is named
 */
export function parseRequest(args: readonly string[], environments: readonly string[]): Request {
  const [target, ...more] = args.filter((arg) => !arg.startsWith('-'));
  const flags = args.filter((arg) => arg.startsWith('-'));
  const names = [...STACKS, BOOTSTRAP];
  const known = `environments are ${environments.join(', ')}; stacks are <environment>-${names.join(' | <environment>-')}`;
  if (target === undefined) throw new Error(`name an environment or a stack: ${known}`);
  if (more.length > 0) {
    throw new Error(
      `${more.join(' ')}: name one environment or stack, and write values of flags as --flag=value`,
    );
  }
  const environment = [...environments]
    .sort((a, b) => b.length - a.length)
    .find((name) => target === name || target.startsWith(`${name}-`));
  if (environment === undefined) throw new Error(`${target} is neither an environment nor a stack: ${known}`);
  if (target === environment) return { environment, flags };
  if (!names.includes(target.slice(environment.length + 1))) {
    throw new Error(`there is no stack ${target}: ${known}`);
  }
  return { environment, stack: target, flags };
}

/**
 * The stacks a command goes through, in its order. Bootstrap is among them only when it is asked for: destroyed with an
 * environment, it would take the state of what is left with it.
 *
 * @throws if the one asked for isn't there
 */
export function stacksFor(
  command: 'deploy' | 'diff' | 'destroy',
  { stack }: Pick<Request, 'stack'>,
  stacks: readonly Stack[],
): readonly Stack[] {
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
