import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isStack, type Stack } from '../kit/stack-id';
import { type RunResult } from '../kit/process';
import { synthesizedStacks } from '../kit/project';
import { terraform, withoutMissingConfig } from '../kit/terraform/terraform';

/** Another run may be making a cluster, which takes a quarter of an hour. */
const LOCK_TIMEOUT = '-lock-timeout=30m';
const MODE = 0o600;

/** A synthesized stack in which Terraform runs without anybody to ask. */
export class TerraformStack {
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
   * Plans into `file`, and writes the plan as JSON to `json`. What Terraform prints stays out of the log: a plan shows values
   * that another stack has marked as sensitive.
   */
  async plan(file: string, json: string, options: readonly string[] = []): Promise<RunResult> {
    const ready = await this.init();
    if (ready.code !== 0) return ready;
    // Plans hold secrets in clear: their folder is for nobody else on the machine.
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const planned = await this.run([
      'plan',
      '-input=false',
      '-no-color',
      LOCK_TIMEOUT,
      `-out=${file}`,
      ...options,
    ]);
    if (planned.code !== 0) return planned;
    chmodSync(file, MODE);
    const shown = await this.run(['show', '-json', '-no-color', file]);
    if (shown.code === 0) writeFileSync(json, shown.stdout, { mode: MODE });
    return shown;
  }

  /** Applies a plan, as it is or not at all: Terraform refuses one that was made of another state. */
  async apply(file: string): Promise<void> {
    let isOutputs = false;
    const { code, stderr } = await this.run(
      ['apply', '-input=false', '-no-color', LOCK_TIMEOUT, file],
      (line) => {
        // Outputs follow its progress, and a log isn't the place for them.
        isOutputs ||= line.startsWith('Outputs:');
        if (!isOutputs) console.error(`${this.stack}: ${line}`);
      },
    );
    if (code !== 0) throw new Error(`${this.stack}: apply failed: ${lastLines(stderr)}`);
  }

  /** Whether its state holds anything. */
  async isEmpty(): Promise<boolean> {
    const ready = await this.init();
    const shown = ready.code === 0 ? await this.run(['show', '-json', '-no-color']) : ready;
    if (shown.code !== 0)
      throw new Error(`${this.stack}: its state can't be read: ${lastLines(shown.stderr)}`);
    const { values } = JSON.parse(shown.stdout) as { values?: { root_module?: { resources?: unknown[] } } };
    return (values?.root_module?.resources ?? []).length === 0;
  }

  private async init(): Promise<RunResult> {
    if (this.isReady) return { code: 0, stdout: '', stderr: '' };
    const result = await this.run(['init', '-input=false', '-no-color']);
    this.isReady = result.code === 0;
    return result;
  }

  private run(args: readonly string[], onLine?: (line: string) => void): Promise<RunResult> {
    return terraform(args, { cwd: this.folder, env: this.env, onLine });
  }
}

/** The stacks of an environment in the order in which they are applied; bootstrap is a person's. */
export function terraformStacks(
  environment: string,
  output: string,
  env: NodeJS.ProcessEnv,
): readonly TerraformStack[] {
  const noun = (name: string): Stack[] => {
    const stack = name.startsWith(`${environment}-`) ? name.slice(environment.length + 1) : '';
    return isStack(stack) && stack !== 'bootstrap' ? [stack] : [];
  };
  const stacks = synthesizedStacks(join(output, environment)).flatMap(({ name, folder, dependencies }) =>
    noun(name).map((stack) => new TerraformStack(stack, folder, dependencies.flatMap(noun), env)),
  );
  if (stacks.length === 0)
    throw new Error(
      `there are no stacks of ${environment} in ${output}: write ENVIRONMENT=${environment} npm run synth first`,
    );
  return stacks;
}

export function lastLines(text: string, count = 25): string {
  return text.trim().split('\n').slice(-count).join('\n');
}
