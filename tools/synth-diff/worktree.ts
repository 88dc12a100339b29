import { existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../kit/input-error';
import { output, run } from '../kit/process';

/** The commit that a branch, a tag or another expression means. @throws {InputError} if there is none */
export async function commitOf(project: string, ref: string): Promise<string> {
  const { code, stdout } = await run(
    'git',
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`],
    { cwd: project },
  );
  if (code !== 0)
    throw new InputError(
      `--base ${ref} is no commit here: write a branch, tag or commit that was fetched (git fetch origin ${ref})`,
    );
  return stdout.trim();
}

/**
 * Calls `use` with a folder that holds a commit as git has it, and the dependencies that are installed here. The folder is gone
 * afterwards, also after a failure or an interrupt.
 */
export async function withWorktree<Result>(
  project: string,
  commit: string,
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'synth-diff-')));
  const folder = join(parent, 'base');
  try {
    await output('git', ['worktree', 'add', '--quiet', '--detach', folder, commit], { cwd: project });
    const modules = join(project, 'node_modules');
    if (existsSync(modules)) symlinkSync(modules, join(folder, 'node_modules'), 'dir');
    return await use(folder);
  } finally {
    // The link goes first, so that nothing follows it.
    rmSync(join(folder, 'node_modules'), { force: true });
    rmSync(parent, { recursive: true, force: true });
    await run('git', ['worktree', 'prune'], { cwd: project, cleanup: true });
  }
}
