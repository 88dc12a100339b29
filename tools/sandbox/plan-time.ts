import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type StackFolder } from '../kit/project';
import { terraform } from '../kit/terraform/terraform';
import { preview, type Preview } from '../preview/preview';
import { readStacks } from '../preview/stacks';

/** The load balancers that synthesized stacks amount to, before anything exists. */
export function previewOf(stacks: readonly StackFolder[]): Preview {
  return preview(readStacks(stacks.map((stack) => ({ name: stack.name, text: textOf(stack) }))));
}

/** What is known of a stack that can't be applied. */
export interface PlanTimeFacts {
  readonly stack: string;
  readonly resources: number;
  /** `valid`, or why that isn't known. */
  readonly validity: string;
}

/** Counts the resources of a stack and has Terraform validate it. @throws if it isn't valid */
export async function planTimeFacts(stack: StackFolder, env: NodeJS.ProcessEnv): Promise<PlanTimeFacts> {
  const { resource = {} } = JSON.parse(textOf(stack)) as { resource?: Record<string, object> };
  const resources = Object.values(resource).reduce((sum, named) => sum + Object.keys(named).length, 0);
  const options = { cwd: stack.folder, env };
  const ready = await terraform(['init', '-backend=false', '-input=false', '-no-color'], options);
  if (ready.code !== 0) {
    const why = /provider \S+ was not found|Failed to query available provider packages/.exec(
      ready.stderr,
    )?.[0];
    return { stack: stack.name, resources, validity: `not validated: ${why ?? 'terraform init fails'}` };
  }
  const { code, stdout, stderr } = await terraform(['validate', '-no-color'], options);
  if (code !== 0) throw new Error(`${stack.name} is not valid:\n${stdout}${stderr}`);
  return { stack: stack.name, resources, validity: 'valid' };
}

function textOf({ folder }: StackFolder): string {
  return readFileSync(join(folder, 'cdk.tf.json'), 'utf8');
}
