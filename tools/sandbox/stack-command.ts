import { cdktf } from '../kit/cdktf';
import { resourcesOf, type StackFolder } from '../kit/project';
import { outputsOf } from '../kit/terraform/terraform';
import { progressOf, secondsSince, type StackReport } from './report';

/** How the CLI is run. */
export interface StackCli {
  readonly env: NodeJS.ProcessEnv;
  /** Where the stacks are synthesized. */
  readonly folder: string;
  readonly say: (text: string) => void;
}

/** Applies a stack. @throws if that fails */
export async function applyStack(stack: StackFolder, cli: StackCli): Promise<StackReport> {
  const started = Date.now();
  await runStackCommand('deploy', stack, cli);
  const outputs = await outputsOf(stack.folder, cli.env);
  return {
    stack: stack.name,
    state: 'applied',
    resources: resourcesOf(stack),
    seconds: secondsSince(started),
    outputs,
  };
}

/** Runs a command of the CLI and tells what each resource comes to. @throws if it fails, with its last lines */
export async function runStackCommand(
  command: 'deploy' | 'destroy',
  stack: StackFolder,
  { env, folder, say }: StackCli,
): Promise<void> {
  const started = Date.now();
  const lines: string[] = [];
  say(`${stack.name}: ${command}`);
  const onLine = (line: string) => {
    lines.push(line);
    const news = progressOf(line);
    if (news) say(`  ${secondsSince(started).toFixed(0).padStart(4)} s  ${news}`);
  };
  const flags = ['--auto-approve', '--skip-provider-lock', '--no-color'];
  const code = await cdktf(command, stack.name, flags, { env, folder, onLine });
  if (code !== 0) throw new Error(`${stack.name}: ${command} failed:\n${lines.slice(-40).join('\n')}`);
  say(`${stack.name}: ${command} done in ${secondsSince(started).toFixed(1)} s`);
}
