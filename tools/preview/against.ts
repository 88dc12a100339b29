import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { InputError } from '../kit/input-error';

/**
 * The texts that files had in a commit; those that were not there yet are left out.
 *
 * @throws {InputError} if git doesn't know the commit
 */
export function textsAt(
  ref: string,
  files: readonly string[],
): { readonly name: string; readonly text: string }[] {
  const [first = '.'] = files;
  if (files.includes('-')) {
    throw new InputError(
      `--against ${ref}: standard input has no earlier commit: give files, or a file to compare with`,
    );
  }
  const commit = git(
    dirname(first),
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${ref}^{commit}`,
  )?.trim();
  if (commit === undefined) {
    throw new InputError(
      `--against ${ref}: there is no such file, and git knows no such commit: write a file, a branch or a commit`,
    );
  }
  return files.flatMap((file) => {
    const text = git(dirname(file), 'show', `${commit}:./${basename(file)}`);
    return text === undefined ? [] : [{ name: `${file} at ${ref}`, text }];
  });
}

export function isFile(name: string): boolean {
  return name === '-' || existsSync(name);
}

function git(folder: string, ...args: readonly string[]): string | undefined {
  try {
    return execFileSync('git', ['-C', folder, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 2 ** 30,
    });
  } catch {
    return undefined;
  }
}
