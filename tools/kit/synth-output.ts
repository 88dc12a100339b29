import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktf';
import { lockFolder, worksForHolder } from './lock';
import { ancestors, commandLine } from './process';
import { withoutStackTraces } from './stack-traces';

/** An environment, and what makes its stacks. */
export interface SynthInput {
  readonly name: string;
  readonly addStacks: (app: App) => void;
}

/** A stack that was written. */
export interface WrittenStack {
  readonly environment: string;
  readonly stack: string;
  readonly folder: string;
}

/** The manifest of cdktf, as far as its paths are in it. */
interface Manifest {
  readonly version: string;
  readonly stacks: Readonly<
    Record<string, { workingDirectory: string; synthesizedStackPath: string; stackMetadataPath: string }>
  >;
}

const manifestIn = (folder: string) => join(folder, 'manifest.json');
const readManifest = (folder: string) => JSON.parse(readFileSync(manifestIn(folder), 'utf8')) as Manifest;

/**
 * Synthesizes each environment into a folder of its own, `<output>/<environment>`, which nobody else works in meanwhile. Nothing
 * is written before all of them are free and all their stacks are made.
 *
 * @throws if somebody works in one of the folders, or stacks can't be made
 */
export function writeStacks(
  output: string,
  environments: readonly SynthInput[],
  env: NodeJS.ProcessEnv,
): readonly WrittenStack[] {
  const holder = caller();
  const ours = worksForHolder(env);
  const releases: (() => void)[] = [];
  try {
    for (const { name } of ours ? [] : environments)
      releases.push(lockFolder(join(output, name), holder.words, holder.pid));
    const apps = withoutStackTraces(() => environments.map((each) => appOf(output, each)));
    withoutStackTraces(() => {
      for (const { app } of apps) app.synth();
    });
    for (const { folder } of apps) removeOtherStacks(folder);
    if (!ours) writeManifest(output, apps);
    return apps.flatMap(({ name, folder, app }) =>
      app.node.children.map(({ node: { id } }) => ({
        environment: name,
        stack: id,
        folder: join(folder, 'stacks', id),
      })),
    );
  } finally {
    // The CLI goes on to work there: its lock ends with it.
    if (holder.pid === process.pid) for (const release of releases) release();
  }
}

interface NamedApp {
  readonly name: string;
  readonly folder: string;
  readonly app: App;
}

function appOf(output: string, { name, addStacks }: SynthInput): NamedApp {
  const folder = join(output, name);
  mkdirSync(folder, { recursive: true });
  const app = new App({ outdir: folder });
  addStacks(app);
  return { name, folder, app };
}

/** Removes the folders of stacks that an environment has no more. */
function removeOtherStacks(folder: string): void {
  const { stacks } = readManifest(folder);
  for (const name of readdirSync(join(folder, 'stacks'))) {
    if (!(name in stacks)) rmSync(join(folder, 'stacks', name), { recursive: true, force: true });
  }
}

/**
 * Writes the manifest by which the CDKTF CLI finds stacks: those that were synthesized just now. The CLI removes what is in a
 * folder `stacks` beside it and isn't in it; there is no such folder here, so it removes nothing.
 */
function writeManifest(output: string, apps: readonly NamedApp[]): void {
  const manifests = apps.map(({ name, folder }) => ({ name, manifest: readManifest(folder) }));
  const stacks = manifests.flatMap(({ name, manifest }) =>
    Object.entries(manifest.stacks).map(([id, stack]) => [
      id,
      {
        ...stack,
        workingDirectory: join(name, stack.workingDirectory),
        synthesizedStackPath: join(name, stack.synthesizedStackPath),
        stackMetadataPath: join(name, stack.stackMetadataPath),
      },
    ]),
  );
  const all = { version: manifests[0]?.manifest.version, stacks: Object.fromEntries(stacks) as unknown };
  const own = `${manifestIn(output)}.${process.pid}`;
  writeFileSync(own, JSON.stringify(all, undefined, 2));
  renameSync(own, manifestIn(output));
}

/** Who works with what is written: the CDKTF CLI that has called this process, else the process itself. */
function caller(): { readonly pid: number; readonly words: string } {
  for (const pid of ancestors(process.pid)) {
    const [, args] = /^\S*node\S* \S*[\\/]cdktf(?:\.js)? (.*)$/.exec(commandLine(pid)) ?? [];
    if (args !== undefined) return { pid, words: `npx cdktf ${args}` };
  }
  return { pid: process.pid, words: 'npm run synth' };
}
