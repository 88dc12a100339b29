import { chmodSync, existsSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { constructPaths } from '../kit/terraform/construct-paths';
import { failureOf } from '../kit/terraform/failure';
import { removeImports } from '../kit/terraform/imports';
import { mainOutputs } from '../kit/terraform/main-outputs';
import { RunView, type RunCounts } from '../kit/terraform/run-view';
import { outputsOf, terraformBinary } from '../kit/terraform/terraform';
import { type StackRunner } from '../kit/terraform/terraform-stack';
import { type RunResult } from '../kit/process';
import { type DeployCommand } from './selected-stacks';

export interface StackRunProps {
  readonly command: DeployCommand;
  readonly environment: string;
  readonly stack: StackRunner;
  readonly env: NodeJS.ProcessEnv;
  /** Asks a person who sees the plan; nobody is asked without it. */
  readonly approve?: (question: string) => Promise<boolean>;
  readonly say: (text: string) => void;
}

/** What became of a stack. */
export interface StackOutcome extends RunCounts {
  readonly stack: string;
  readonly seconds: number;
  /** What a person needs of its outputs, by lines. Empty after a diff or a destroy. */
  readonly outputs: readonly string[];
  /** Prints all of them. @default - there are none */
  readonly outputsCommand?: string;
}

const NO_ASK = ['-input=false', '-no-color'];

/**
 * Plans a stack, and applies or destroys it.
 *
 * @throws with Terraform's reason, or if the plan is not approved
 */
export async function runStack(props: StackRunProps): Promise<StackOutcome> {
  const { command, environment, stack, env, say, approve } = props;
  const id = `${environment}-${stack.stack}`;
  const started = Date.now();
  const view = new RunView(stack.stack, say, constructPaths(stack.folder));
  const checked = (result: RunResult, ...fine: readonly number[]): RunResult => {
    if (result.code === 0 || fine.includes(result.code)) return result;
    throw new Error(
      `${id}: ${command} failed: ${constructPaths(stack.folder)(failureOf(result, environment))}`,
    );
  };
  say(`${id}: ${command}`);
  checked(await stack.init());
  const mode = command === 'destroy' ? ['-destroy'] : [];
  if (command === 'diff') {
    checked(await stack.run(['plan', ...NO_ASK], view.line, CANCEL));
    return { stack: id, ...view.counts, seconds: secondsSince(started), outputs: [] };
  }
  if (approve) {
    const file = join(stack.folder, `${command}.tfplan`);
    try {
      const plan = ['plan', ...NO_ASK, '-detailed-exitcode', `-out=${file}`, ...mode];
      const { code } = checked(await stack.run(plan, view.line, CANCEL), CHANGES);
      if (existsSync(file)) chmodSync(file, 0o600);
      if (code === CHANGES) {
        if (!(await approve(`${id}: ${command === 'destroy' ? 'destroy' : 'apply'} this?`)))
          throw new Error(`${id}: not approved: nothing was changed`);
        checked(await stack.run(['apply', ...NO_ASK, file], view.line));
      }
    } finally {
      rmSync(file, { force: true });
    }
  } else {
    // One run, which Terraform cancels by itself when it is interrupted in the queue of HCP Terraform.
    checked(await stack.run(['apply', ...NO_ASK, '-auto-approve', ...mode], view.line));
  }
  // The state holds now what recover has found.
  removeImports(stack.folder);
  const seconds = secondsSince(started);
  const { added, changed, destroyed } = view.counts;
  say(`${id}: ${added} added, ${changed} changed, ${destroyed} destroyed in ${seconds.toFixed(0)} s`);
  if (command === 'destroy') return { stack: id, ...view.counts, seconds, outputs: [] };
  return {
    stack: id,
    ...view.counts,
    seconds,
    outputs: mainOutputs(await outputsOf(stack.folder, env)),
    outputsCommand: `${terraformBinary(env)} -chdir=${relative('', stack.folder)} output`,
  };
}

/** Exit code of `-detailed-exitcode`. */
const CHANGES = 2;
/** The answer to the one question that Terraform asks in a plan: whether an interrupt shall cancel the run in HCP Terraform. */
const CANCEL = 'yes\n';

function secondsSince(start: number): number {
  return (Date.now() - start) / 1000;
}
