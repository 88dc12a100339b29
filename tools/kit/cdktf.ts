import { join, relative } from 'node:path';
import { run, type RunOptions } from './process';
import { OUTPUT, PROJECT } from './project';

const CLI = join(PROJECT, 'node_modules', 'cdktf-cli', 'bundle', 'bin', 'cdktf');

/**
 * Runs the CDKTF CLI on stacks that are synthesized already; answers its exit code.
 *
 * One stack goes by itself: the CLI would refuse it without those it depends on.
 */
export async function cdktf(
  command: 'deploy' | 'destroy',
  stack: string,
  flags: readonly string[],
  options: RunOptions & { readonly env: NodeJS.ProcessEnv; readonly folder?: string },
): Promise<number> {
  const output = relative(PROJECT, options.folder ?? OUTPUT);
  const args = [
    CLI,
    command,
    stack,
    '--skip-synth',
    '--output',
    output,
    '--ignore-missing-stack-dependencies',
    ...flags,
  ];
  const { code } = await run(process.execPath, args, {
    ...options,
    cwd: PROJECT,
    env: { ...options.env, CHECKPOINT_DISABLE: '1', DISABLE_VERSION_CHECK: 'true' },
  });
  return code;
}
