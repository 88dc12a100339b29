import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { run } from './process';

export const PROJECT = resolve(__dirname, '..', '..');
export const OUTPUT = join(PROJECT, 'cdktf.out');

/** A synthesized stack. */
export interface StackFolder {
  readonly name: string;
  /** Where Terraform runs. */
  readonly folder: string;
  readonly dependencies: readonly string[];
  /** The state file of the local backend. @default - another backend */
  readonly stateFile?: string;
}

interface Manifest {
  readonly stacks: Readonly<
    Record<string, { name: string; workingDirectory: string; dependencies: string[] }>
  >;
}

/** Where synthesized environments are, as the CDKTF CLI is told too. */
export function outputFolder({ CDKTF_OUTDIR: folder }: NodeJS.ProcessEnv): string {
  return folder === undefined ? OUTPUT : resolve(PROJECT, folder);
}

/** The command that cdktf.json starts the app with; the node that runs this one runs it too. */
function appCommand(project: string): [command: string, ...args: string[]] {
  const { app } = JSON.parse(readFileSync(join(project, 'cdktf.json'), 'utf8')) as { app: string };
  const [command = '', ...args] = app.split(' ');
  return [command === 'node' ? process.execPath : command, ...args];
}

/** Writes the Terraform JSON of the stacks, as `cdktf synth` does but without the CLI's seconds. */
export async function synthesize(
  env: NodeJS.ProcessEnv,
  folder = OUTPUT,
  project = PROJECT,
): Promise<readonly StackFolder[]> {
  rmSync(join(folder, 'manifest.json'), { force: true });
  const [command, ...args] = appCommand(project);
  const { code, stdout, stderr } = await run(command, args, {
    cwd: project,
    env: { ...env, CHECKPOINT_DISABLE: '1', CDKTF_OUTDIR: folder },
  });
  if (code !== 0) throw new Error(`${stderr}${stdout}`.trim());
  if (stderr.trim() !== '') console.error(stderr.trim());
  return synthesizedStacks(folder);
}

/** The stacks of a manifest, in the order in which they are applied. */
export function synthesizedStacks(folder = OUTPUT): readonly StackFolder[] {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path)) return [];
  const { stacks } = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  return inDependencyOrder(
    Object.values(stacks).map(({ name, workingDirectory, dependencies }) => {
      const stack = join(folder, workingDirectory);
      return { name, folder: stack, dependencies, stateFile: stateFileOf(stack) };
    }),
  );
}

function stateFileOf(folder: string): string | undefined {
  const json = JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8')) as {
    terraform?: { backend?: { local?: { path?: string } } };
  };
  const path = json.terraform?.backend?.local?.path;
  return path === undefined ? undefined : resolve(folder, path);
}

/** Sorts stacks so that each comes after those it depends on. */
export function inDependencyOrder<S extends Pick<StackFolder, 'name' | 'dependencies'>>(
  stacks: readonly S[],
): readonly S[] {
  const sorted = new Set<S>();
  const visit = (stack: S): void => {
    for (const name of stack.dependencies) {
      const before = stacks.find((other) => other.name === name);
      if (before && !sorted.has(before)) visit(before);
    }
    sorted.add(stack);
  };
  stacks.forEach(visit);
  return [...sorted];
}

/** Whether a stack's state holds resources; `undefined` when its backend is not a file of ours. */
export function isApplied(stack: StackFolder): boolean | undefined {
  return stack.stateFile === undefined ? undefined : resourcesOf(stack) > 0;
}

/** How many resources a stack's state file holds. */
export function resourcesOf({ stateFile }: StackFolder): number {
  if (stateFile === undefined || !existsSync(stateFile)) return 0;
  const { resources = [] } = JSON.parse(readFileSync(stateFile, 'utf8')) as {
    resources?: { mode: string; instances: unknown[] }[];
  };
  return resources
    .filter(({ mode }) => mode === 'managed')
    .reduce((sum, { instances }) => sum + instances.length, 0);
}

/** The folder that holds the state files of the stacks. */
export function stateFolder(stacks: readonly StackFolder[]): string | undefined {
  const file = stacks[0]?.stateFile;
  return file === undefined ? undefined : dirname(file);
}

/** Removes the state files of the stacks, where they lie in the project, and folders that are empty then. */
export function removeState(stacks: readonly StackFolder[]): void {
  const folder = stateFolder(stacks);
  if (!folder?.startsWith(`${PROJECT}${sep}`)) return;
  rmSync(folder, { recursive: true, force: true });
  for (let parent = dirname(folder); parent !== PROJECT; parent = dirname(parent)) {
    if (!existsSync(parent)) continue;
    if (readdirSync(parent).length > 0) return;
    rmdirSync(parent);
  }
}
