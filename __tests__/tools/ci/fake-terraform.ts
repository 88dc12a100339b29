import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Stack } from '../../../tools/kit/stack-id';
import { StackRunner } from '../../../tools/kit/terraform/terraform-stack';

/** Answers with files that are none of the stack's, and writes down what it was asked. */
const SCRIPT = `#!/bin/sh
printf '%s\\n' "$(basename "$PWD") $*" >> "$FAKE_LOG"
for last; do :; done
cd "../answers/$(basename "$PWD")"
case "$1" in
  plan)
    if [ -e plan.sh ]; then . ./plan.sh; fi
    if [ -e plan.fail ]; then cat plan.fail >&2; exit 1; fi
    for arg; do case "$arg" in -out=*) cp plan.json "\${arg#-out=}" ;; esac; done ;;
  show) if [ -e "$last" ]; then cat "$last"; else cat state.json; fi ;;
  *) if [ -e "$1.fail" ]; then cat "$1.fail" >&2; exit 1; fi
     if [ -e "$1.sh" ]; then . "./$1.sh"; fi
     echo "$1 done" ;;
esac
`;

export interface FakeChange {
  readonly address: string;
  readonly actions?: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly after_sensitive?: unknown;
}

/** What `terraform show -json` prints of a plan. */
export function planJson(
  changes: readonly FakeChange[] = [],
  outputs: Readonly<Record<string, unknown>> = {},
  more: object = {},
): string {
  return JSON.stringify({
    format_version: '1.2',
    planned_values: {},
    resource_changes: changes.map(
      ({ address, actions = ['create'], before = null, after = {}, ...rest }) => ({
        address,
        mode: 'managed',
        type: address.split('.')[0],
        name: address.split('.')[1],
        change: { actions, before, after, ...rest },
      }),
    ),
    output_changes: Object.fromEntries(
      Object.entries(outputs).map(([name, after]) => [name, { actions: ['create'], before: null, after }]),
    ),
    ...more,
  });
}

/** Stacks of an environment in a folder of their own. */
export class FakeStacks {
  readonly folder = mkdtempSync(join(tmpdir(), 'fake-terraform-'));
  readonly plans = join(this.folder, 'plans');
  readonly env: NodeJS.ProcessEnv;
  private readonly log = join(this.folder, 'log');

  constructor() {
    const binary = join(this.folder, 'terraform');
    writeFileSync(binary, SCRIPT);
    chmodSync(binary, 0o755);
    writeFileSync(this.log, '');
    mkdirSync(this.path('answers'));
    this.env = { PATH: process.env.PATH, TERRAFORM_BINARY_NAME: binary, FAKE_LOG: this.log };
  }

  /** A stack with the files that the fake answers with. */
  stack(
    stack: Stack,
    files: Readonly<Record<string, string>>,
    dependencies: readonly Stack[] = [],
  ): StackRunner {
    const folder = join(this.folder, stack);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify({ stack }));
    mkdirSync(this.path('answers', stack), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(this.path('answers', stack, name), text);
    return new StackRunner(stack, folder, dependencies, this.env);
  }

  path(...names: readonly string[]): string {
    return join(this.folder, ...names);
  }

  /** What it was asked since the last time, without its options. */
  calls(): string[] {
    const lines = existsSync(this.log) ? readFileSync(this.log, 'utf8').trim().split('\n') : [];
    writeFileSync(this.log, '');
    return lines.map((line) =>
      line
        .split(' ')
        .filter((word) => !word.startsWith('-') || word === '-destroy')
        .map((word) => word.replace(`${this.folder}/`, ''))
        .join(' '),
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
