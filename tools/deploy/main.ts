import { loadEnvironments } from '../../config';
import { cdktf } from '../kit/cdktf';
import { command, runCommand } from '../kit/command';
import { type CommandLine } from '../kit/command-line';
import { endOnSignals } from '../kit/process';
import { isApplied, synthesize, type Stack } from '../kit/project';
import { checkTerraform, withoutMissingConfig } from '../kit/terraform/terraform';
import { missingReviewers } from './reviewers';
import { selectedStacks, type DeployCommand } from './selected-stacks';

/** One stack or all of an environment, in order or in reverse. */
async function run(
  name: DeployCommand,
  { environment, stack: only }: Pick<CommandLine, 'environment' | 'stack'>,
  flags: readonly string[] = [],
): Promise<void> {
  endOnSignals();
  const env = { ...withoutMissingConfig(process.env), ENVIRONMENT: environment };
  await checkTerraform(env);
  const stacks = await synthesize(env);
  for (const stack of selectedStacks(name, only, stacks)) {
    check(name, stack, stacks);
    if (name === 'destroy' && isApplied(stack) === false) {
      console.log(`${stack.name}: nothing to destroy`);
      continue;
    }
    const code = await cdktf(name, stack.name, flags, { env, interactive: true });
    if (code !== 0) throw new Error(`${stack.name}: ${name} failed`);
    if (name === 'deploy' && stack.name.endsWith('-bootstrap')) await warnOfReviewers(environment, env);
  }
}

async function warnOfReviewers(name: string, env: NodeJS.ProcessEnv): Promise<void> {
  const [loaded] = await loadEnvironments(name, new Date().toISOString().slice(0, 10));
  if (loaded?.environment.kind !== 'aws') return;
  for (const words of await missingReviewers(loaded.environment, env)) console.warn(`warning: ${words}`);
}

/** Where state is a file, the order is held before Terraform is asked. */
function check(command: DeployCommand, stack: Stack, stacks: readonly Stack[]): void {
  if (command === 'destroy') {
    const user = stacks.find((other) => other.dependencies.includes(stack.name) && isApplied(other));
    if (user) throw new Error(`${stack.name}: ${user.name} is built on it: destroy ${user.name} first`);
    return;
  }
  const missing = stacks.find(
    (other) => stack.dependencies.includes(other.name) && isApplied(other) === false,
  );
  if (missing) {
    throw new Error(
      `${stack.name}: it reads what ${missing.name} publishes, which is not applied: deploy ${missing.name} first`,
    );
  }
}

const AUTO_APPROVE = {
  'auto-approve': { description: 'apply without a question' },
} as const;

runCommand([
  command(
    {
      name: 'deploy',
      summary: 'Plans and applies a stack, or all of an environment in order.',
      target: 'stack',
      options: AUTO_APPROVE,
    },
    (line) => run('deploy', line, line.options['auto-approve'] ? ['--auto-approve'] : []),
  ),
  command(
    { name: 'diff', summary: 'Plans a stack, or all of an environment in order.', target: 'stack' },
    (line) => run('diff', line),
  ),
  command(
    {
      name: 'destroy',
      summary: 'Destroys a stack, or all of an environment, the last one first.',
      target: 'stack',
      options: AUTO_APPROVE,
    },
    (line) => run('destroy', line, line.options['auto-approve'] ? ['--auto-approve'] : []),
  ),
]);
