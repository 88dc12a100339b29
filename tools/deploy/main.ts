import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { loadEnvironments } from '../../config';
import { command, runCommand } from '../kit/command';
import { type CommandLine } from '../kit/command-line';
import { InputError } from '../kit/input-error';
import { asChild, lockFolder } from '../kit/lock';
import { checkInterrupted, endOnSignals } from '../kit/process';
import { outputFolder, synthesize, synthesizedStacks, type StackFolder } from '../kit/project';
import { parseStackId } from '../kit/stack-id';
import { withMirror } from '../kit/terraform/mirror-config';
import { checkTerraform, withoutMissingConfig } from '../kit/terraform/terraform';
import { StackRunner } from '../kit/terraform/terraform-stack';
import { missingReviewers } from './reviewers';
import { checkOrder } from './order';
import { selectedStacks, type DeployCommand } from './selected-stacks';
import { runStack, type StackOutcome } from './stack-run';

const AUTO_APPROVE = { 'auto-approve': { description: 'apply without a question' } } as const;
const TARGET = { target: 'stack', json: true } as const;

/** One stack or all of an environment, in order or in reverse. */
async function run(
  name: DeployCommand,
  { environment, stack: only, json }: Pick<CommandLine, 'stack' | 'json'> & { readonly environment: string },
  autoApprove: boolean,
): Promise<void> {
  if (name !== 'diff' && !autoApprove && !process.stdin.isTTY)
    throw new InputError(`there is no terminal to approve ${name} in: write --auto-approve`);
  endOnSignals();
  const say = (text: string) => {
    if (json) console.error(text);
    else console.log(text);
  };
  const words = `npm run ${name} -- ${only ?? environment}`;
  const folder = join(outputFolder(process.env), environment);
  const base = { ...withoutMissingConfig(process.env), ENVIRONMENT: environment };
  say(await checkTerraform(base));
  const release = lockFolder(folder, words);
  try {
    const env = withMirror(base, folder);
    say(`${environment}: synthesizing`);
    await synthesize(asChild(env), outputFolder(process.env));
    const stacks = synthesizedStacks(folder);
    const terraformOf = ({ name: id, folder: at }: StackFolder) =>
      new StackRunner(parseStackId(id)?.stack ?? 'workloads', at, [], env);
    const outcomes: StackOutcome[] = [];
    for (const stack of selectedStacks(name, only, stacks)) {
      checkInterrupted();
      const done = outcomes.map((outcome) => outcome.stack);
      if (!(await checkOrder(name, stack, { stacks, done, terraformOf }))) {
        say(`${stack.name}: nothing to destroy`);
        continue;
      }
      const approve = autoApprove ? undefined : ask;
      outcomes.push(
        await runStack({ command: name, environment, stack: terraformOf(stack), env, approve, say }),
      );
      if (name === 'deploy' && stack.name.endsWith('-bootstrap')) await warnOfReviewers(environment, env);
    }
    if (json) console.log(JSON.stringify(outcomes, undefined, 2));
    else for (const outcome of outcomes) sayOutputs(outcome, say);
  } finally {
    release();
  }
}

async function ask(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`${question} Only yes is taken: `)).trim() === 'yes';
  } finally {
    terminal.close();
  }
}

function sayOutputs({ stack, outputs, outputsCommand }: StackOutcome, say: (text: string) => void): void {
  if (outputsCommand === undefined) return;
  say(`\n${stack}:`);
  for (const line of [...outputs, outputsCommand]) say(`  ${line}`);
}

async function warnOfReviewers(name: string, env: NodeJS.ProcessEnv): Promise<void> {
  const [loaded] = await loadEnvironments(name, new Date().toISOString().slice(0, 10));
  if (loaded?.environment.kind !== 'aws') return;
  for (const words of await missingReviewers(loaded.environment, env)) console.warn(`warning: ${words}`);
}

runCommand([
  command(
    {
      ...TARGET,
      name: 'deploy',
      summary: 'Plans and applies a stack, or all of an environment in order.',
      options: AUTO_APPROVE,
    },
    (line) => run('deploy', line, line.options['auto-approve'] ?? false),
  ),
  command({ ...TARGET, name: 'diff', summary: 'Plans a stack, or all of an environment in order.' }, (line) =>
    run('diff', line, false),
  ),
  command(
    {
      ...TARGET,
      name: 'destroy',
      summary: 'Destroys a stack, or all of an environment, the last one first.',
      options: AUTO_APPROVE,
    },
    (line) => run('destroy', line, line.options['auto-approve'] ?? false),
  ),
]);
