import { join } from 'node:path';
import { commitOf, withWorktree } from '../synth-diff/worktree';
import { OUTPUT, PROJECT, synthesize, synthesizedStacks, type StackFolder } from '../kit/project';
import { folderDigest } from './pipeline-environments';

const NO_COMMIT = /^0*$/;

/**
 * Of the environments, those with a stack that is synthesized differently from a commit, or isn't there on one side. All of them
 * if the commit is unknown or can't be synthesized: a plan too many does no harm.
 */
export async function changedEnvironments(
  names: readonly string[],
  base: string,
  env: NodeJS.ProcessEnv,
  output = OUTPUT,
  project = PROJECT,
): Promise<readonly string[]> {
  if (NO_COMMIT.test(base)) return names;
  try {
    const commit = await commitOf(project, base);
    const before = await withWorktree(project, commit, async (folder) =>
      digests(await synthesize({ ...env, ENVIRONMENT: '' }, join(folder, 'cdktf.out'), folder)),
    );
    return changedNames(names, before, digests(synthesizedStacks(output)));
  } catch (error) {
    console.error(`${base} can't be compared with, so all environments count as changed: ${String(error)}`);
    return names;
  }
}

/** Environments of which a stack's digest differs. */
export function changedNames(
  names: readonly string[],
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (stack) => before.get(stack) !== after.get(stack),
  );
  return names.filter((name) => changed.some((stack) => stack.replace(/-[a-z]+$/, '') === name));
}

function digests(stacks: readonly StackFolder[]): Map<string, string> {
  return new Map(stacks.map(({ name, folder }) => [name, folderDigest(folder)]));
}
