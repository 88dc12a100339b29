import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Sees each line of both streams as it comes. @default - nobody does */
  readonly onLine?: (line: string) => void;
  /** What the child reads. @default - nothing */
  readonly input?: string;
  /** Runs even after an interrupt, as cleaning up does. @default false */
  readonly cleanup?: boolean;
}

export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** By which it was ended. @default - it ended by itself */
  readonly signal?: NodeJS.Signals;
}

/** A person, or the system, asked this command to end. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted');
  }
}

const running = new Set<ChildProcess>();
let interruptedAt: number | undefined;

/** @throws {Interrupted} if we were asked to end: for those who wait for something else than a child */
export function checkInterrupted(): void {
  if (interruptedAt !== undefined) throw new Interrupted();
}

/** How long a child may take to end by itself: Terraform writes its state in this time. */
const GRACE_MS = 20_000;
const ECHO_MS = 1000;

/**
 * Runs a command in a process group of its own, so that a Ctrl-C reaches it through us alone and it can end in order.
 *
 * @throws {Interrupted} if we were asked to end meanwhile
 */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  if (!options.cleanup) checkInterrupted();
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    detached: true,
  });
  child.stdin?.on('error', () => undefined).end(options.input);
  running.add(child);
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    const stream = child[name];
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      output[name] += `${line}\n`;
      options.onLine?.(line);
    });
  }
  try {
    const ended = await new Promise<Pick<RunResult, 'code' | 'signal'>>((resolve, reject) => {
      child.on('error', (error) => {
        reject(new Error(`cannot run ${command}: ${error.message}`));
      });
      child.on('close', (status, signal) => {
        resolve({ code: status ?? 1, ...(signal !== null && { signal }) });
      });
    });
    if (!options.cleanup) checkInterrupted();
    return { ...ended, ...output };
  } finally {
    running.delete(child);
  }
}

/** Runs a command and answers what it printed. @throws with its last lines if it fails */
export async function output(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code !== 0) {
    const tail = `${stdout}${stderr}`.trim().split('\n').slice(-15).join('\n');
    throw new Error(`${[command, ...args].join(' ')} ended with exit code ${code}:\n${tail}`);
  }
  return stdout;
}

/** Passes a request to end on to every child with all its descendants; whoever waits for one sees {@link Interrupted}. */
export function endOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      const again = interruptedAt !== undefined;
      // One Ctrl-C comes twice: from the terminal, and from npm that passes it on.
      if (interruptedAt !== undefined && Date.now() - interruptedAt < ECHO_MS) return;
      interruptedAt ??= Date.now();
      if (!again) console.error('\nending: what was started is being stopped (once more to stop it at once)');
      for (const { pid } of running) {
        if (pid !== undefined) void stopTree(pid, again ? 0 : GRACE_MS);
      }
    });
  }
}

/** Ends a process and its descendants: asks, waits, insists. Terminals give children sessions of their own, so groups don't do. */
export async function stopTree(pid: number, graceMs = GRACE_MS): Promise<void> {
  const all = [pid, ...descendants(pid)];
  if (graceMs > 0) {
    signalAll(all, 'SIGINT');
    const deadline = Date.now() + graceMs;
    while (all.some(alive) && Date.now() < deadline) await sleep(100);
  }
  signalAll([...new Set([...all, ...all.flatMap(descendants)])], 'SIGKILL');
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** Whether a process runs; one that ended and waits for its parent doesn't. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !/^\d+ \(.*\) Z/s.test(procFile(pid, 'stat'));
}

/** The command line of a process; empty if there is none. */
export function commandLine(pid: number): string {
  const line = procFile(pid, 'cmdline').replaceAll('\0', ' ').trim();
  if (line || process.platform === 'linux') return line;
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

function procFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

function descendants(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const [child, parent] of parents()) children.set(parent, [...(children.get(parent) ?? []), child]);
  const below = (of: number): number[] =>
    (children.get(of) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

/** The processes that a process was started by, the next one first. */
export function ancestors(pid: number): number[] {
  const parentOf = new Map(parents());
  const above: number[] = [];
  for (let at = parentOf.get(pid); at !== undefined && at > 1; at = parentOf.get(at)) above.push(at);
  return above;
}

function parents(): [number, number][] {
  if (process.platform !== 'linux') {
    const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
    return table
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      const stat = procFile(Number(name), 'stat');
      // The command is in parentheses and may hold any character; the parent is the second field after it.
      return [Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])];
    });
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
