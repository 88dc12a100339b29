import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alive, commandLine } from './process';

/** Who works in a folder. */
export interface LockHolder {
  readonly pid: number;
  /** For people: `npm run deploy -- dev`. */
  readonly words: string;
  /** Of the process: its id may belong to another one by now. @default - it can't be read here */
  readonly commandLine: string;
}

/** Children work in what their parent has locked; it is told to them by this variable. */
const PARENT = 'EKS_INGRESS_LOCK_HOLDER';

/** Whether this process works for one that holds the locks. */
export const worksForHolder = (env: NodeJS.ProcessEnv): boolean => env[PARENT] !== undefined;

/** What a child needs to work in the folders that this process has locked. */
export const asChild = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...env,
  [PARENT]: String(process.pid),
});

/**
 * Locks a folder until its holder ends, or the answer is called. Nothing is left by a process that was killed: a lock
 * whose holder is gone counts for nothing.
 *
 * @throws if another one works in it
 */
export function lockFolder(folder: string, words: string, pid = process.pid): () => void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, '.lock');
  const own = `${file}.${process.pid}`;
  const holder: LockHolder = { pid, words, commandLine: commandLine(pid) };
  writeFileSync(own, JSON.stringify(holder));
  try {
    for (;;) {
      try {
        // The file appears whole, or not at all.
        linkSync(own, file);
        return () => {
          rmSync(file, { force: true });
        };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const other = holderIn(file);
      if (other && works(other)) {
        throw new Error(
          `${folder}: ${other.words} (process ${other.pid}) is at work there: wait until it has ended`,
        );
      }
      removeStale(file, `${own}.stale`);
    }
  } finally {
    rmSync(own, { force: true });
  }
}

function works({ pid, commandLine: recorded }: LockHolder): boolean {
  return alive(pid) && (recorded === '' || commandLine(pid) === recorded);
}

function holderIn(file: string): LockHolder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LockHolder;
  } catch {
    return undefined;
  }
}

/** Takes away the lock of one that is gone; if somebody was faster, theirs goes back. */
function removeStale(file: string, aside: string): void {
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const taken = holderIn(aside);
  if (taken && works(taken)) renameSync(aside, file);
  else rmSync(aside, { force: true });
}
