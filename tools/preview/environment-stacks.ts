import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endOnSignals } from '../kit/process';
import { synthesize } from '../kit/project';
import { withoutMissingConfig } from '../kit/terraform/terraform';
import { type StackFile } from './terraform-stack';

/** Synthesizes the stacks of an environment aside, so that nobody's output is touched, and answers their text. */
export async function environmentStacks(environment: string): Promise<readonly StackFile[]> {
  const folder = mkdtempSync(join(tmpdir(), 'stacks-'));
  try {
    endOnSignals();
    const env = { ...withoutMissingConfig(process.env), ENVIRONMENT: environment };
    const stacks = await synthesize(env, folder);
    return stacks.map(({ name, folder: stack }) => ({
      name,
      text: readFileSync(join(stack, 'cdk.tf.json'), 'utf8'),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
