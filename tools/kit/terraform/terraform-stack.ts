import { randomUUID } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isStack, type Stack } from '../stack-id';
import { type RunResult } from '../process';
import { PROJECT, synthesizedStacks } from '../project';
import { failureOf } from './failure';
import { terraform, withoutMissingConfig } from './terraform';

/** Another run may be making a cluster, which takes a quarter of an hour. */
const LOCK_MS = 30 * 60 * 1000;
const MODE = 0o600;

/** Where a team keeps hashes of providers, if it does: one file for all stacks. */
const LOCK_FILE = '.terraform.lock.hcl';

/** A synthesized stack in which Terraform runs without anybody to ask. */
export class StackRunner {
  private readonly env: NodeJS.ProcessEnv;
  private isReady = false;

  constructor(
    readonly stack: Stack,
    readonly folder: string,
    /** Stacks whose outputs it reads. */
    readonly dependencies: readonly Stack[],
    env: NodeJS.ProcessEnv,
  ) {
    this.env = withoutMissingConfig(env);
  }

  /**
   * Plans into `file`, and writes the plan as JSON to `json`; answers what Terraform printed of the plan, or of what failed. What Terraform prints stays out of the log: a plan shows values
   * that another stack has marked as sensitive.
   */
  async plan(file: string, json: string, options: readonly string[] = []): Promise<RunResult> {
    const ready = await this.init();
    if (ready.code !== 0) return ready;
    // Plans hold secrets in clear: their folder is for nobody else on the machine.
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const planned = await this.runInTurn(['plan', '-input=false', '-no-color', `-out=${file}`, ...options]);
    if (planned.code !== 0) return planned;
    chmodSync(file, MODE);
    const shown = await this.run(['show', '-json', '-no-color', file]);
    if (shown.code !== 0) return shown;
    writeFileSync(json, shown.stdout, { mode: MODE });
    return planned;
  }

  /** Applies a plan, as it is or not at all: Terraform refuses one that was made of another state. */
  async apply(file: string): Promise<void> {
    let isOutputs = false;
    const result = await this.runInTurn(['apply', '-input=false', '-no-color', file], (line) => {
      // Outputs follow its progress, and a log isn't the place for them.
      isOutputs ||= line.startsWith('Outputs:');
      if (!isOutputs) console.error(`${this.stack}: ${line}`);
    });
    if (result.code !== 0) throw new Error(`${this.stack}: apply failed: ${failureOf(result)}`);
  }

  /** Whether its state holds anything. */
  async isEmpty(): Promise<boolean> {
    const ready = await this.init();
    const shown = ready.code === 0 ? await this.run(['show', '-json', '-no-color']) : ready;
    if (shown.code !== 0) throw new Error(`${this.stack}: its state can't be read: ${failureOf(shown)}`);
    const { values } = JSON.parse(shown.stdout) as { values?: { root_module?: { resources?: unknown[] } } };
    return (values?.root_module?.resources ?? []).length === 0;
  }

  /**
   * Writes an empty state where there is none: what is built on the stack can be planned then, as after its destroy.
   *
   * @returns whether there was none
   */
  async replaceLostState(): Promise<boolean> {
    await this.init();
    const pulled = await this.run(['state', 'pull']);
    if (pulled.code !== 0) throw new Error(`${this.stack}: its state can't be read: ${failureOf(pulled)}`);
    if (pulled.stdout.trim() !== '') return false;
    const empty = { version: 4, serial: 1, lineage: randomUUID(), outputs: {}, resources: [] };
    const pushed = await this.run(['state', 'push', '-'], undefined, JSON.stringify(empty));
    if (pushed.code !== 0) throw new Error(`${this.stack}: its state can't be written: ${failureOf(pushed)}`);
    return true;
  }

  /** Gets providers, and the state's place; once. */
  async init(): Promise<RunResult> {
    if (this.isReady) return { code: 0, stdout: '', stderr: '' };
    const kept = join(PROJECT, LOCK_FILE);
    if (existsSync(kept)) copyFileSync(kept, join(this.folder, LOCK_FILE));
    const result = await this.run(['init', '-input=false', '-no-color']);
    this.isReady = result.code === 0;
    return result;
  }

  /** Runs Terraform in its folder. */
  run(args: readonly string[], onLine?: (line: string) => void, input?: string): Promise<RunResult> {
    return terraform(args, { cwd: this.folder, env: this.env, onLine, input });
  }

  /** Runs what locks the state, and waits for others that hold it, or are before it in a queue: it tells for whom. */
  private async runInTurn(
    args: readonly [string, ...string[]],
    onLine?: (line: string) => void,
  ): Promise<RunResult> {
    const [name, ...options] = args;
    const deadline = Date.now() + LOCK_MS;
    for (let timeout = '1s'; ; timeout = '30s') {
      const result = await this.run([name, `-lock-timeout=${timeout}`, ...options], (line) => {
        // HCP Terraform says it every half minute.
        if (line.startsWith('Waiting for ')) console.error(`${this.stack}: ${line}`);
        else onLine?.(line);
      });
      const holder = result.code === 0 ? undefined : lockHolder(result.stderr);
      if (holder === undefined || Date.now() > deadline) return result;
      console.error(`${this.stack}: waits for the state, which ${holder} holds`);
    }
  }
}

/** Who holds the lock that Terraform couldn't get, in its words; nothing if that isn't what failed. */
function lockHolder(stderr: string): string | undefined {
  if (!stderr.includes('Error acquiring the state lock')) return undefined;
  const field = (name: string) => new RegExp(`^[│ ]*${name}: +(.*)$`, 'm').exec(stderr)?.[1]?.trim();
  const who = field('Who');
  return who === undefined
    ? undefined
    : `${who} (${field('Operation') ?? 'a run'}, ${field('Created') ?? 'now'})`;
}

/** The stacks of an environment in the order in which they are applied; bootstrap is a person's. */
export function terraformStacks(
  environment: string,
  output: string,
  env: NodeJS.ProcessEnv,
): readonly StackRunner[] {
  const noun = (name: string): Stack[] => {
    const stack = name.startsWith(`${environment}-`) ? name.slice(environment.length + 1) : '';
    return isStack(stack) && stack !== 'bootstrap' ? [stack] : [];
  };
  const stacks = synthesizedStacks(join(output, environment)).flatMap(({ name, folder, dependencies }) =>
    noun(name).map((stack) => new StackRunner(stack, folder, dependencies.flatMap(noun), env)),
  );
  if (stacks.length === 0)
    throw new Error(
      `there are no stacks of ${environment} in ${output}: write ENVIRONMENT=${environment} npm run synth first`,
    );
  return stacks;
}
