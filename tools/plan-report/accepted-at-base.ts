import { commitOf, withWorktree } from '../synth-diff/worktree';
import { PROJECT } from '../kit/project';
import { run } from '../kit/process';
import { type AcceptedRisk } from './risks/accepted';

/** In the commit's own code, whatever form its environments have. */
const SCRIPT = `require('./config').loadEnvironments(process.argv[1], process.argv[2]).then(([{ environment }]) =>
  console.log(JSON.stringify(environment.accepted ?? [])))`;

/**
 * What the environment accepted at a commit; nothing if it isn't there, or can't be loaded: what isn't known stops no gate less.
 *
 * @throws {InputError} if there is no such commit
 */
export async function acceptedAtBase(
  base: string,
  environment: string,
  today: string,
  project = PROJECT,
): Promise<readonly AcceptedRisk[]> {
  const commit = await commitOf(project, base);
  return withWorktree(project, commit, async (folder) => {
    const args = ['--require', './register.cjs', '--eval', SCRIPT, environment, today];
    const { code, stdout } = await run(process.execPath, args, { cwd: folder });
    return code === 0 ? (JSON.parse(stdout) as AcceptedRisk[]) : [];
  });
}
