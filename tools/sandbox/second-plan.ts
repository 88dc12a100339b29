import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type StackFolder } from '../kit/project';
import { differencesOf, unexplained, type PlanDifference } from '../kit/terraform/plan-differences';
import { parsePlan } from '../kit/terraform/plan-json';
import { terraform } from '../kit/terraform/terraform';
import { KNOWN_GAPS } from './known-gaps';

/** What planning an applied stack once more says. */
export interface SecondPlan {
  /** Changes that only the emulator's gaps are to blame for. */
  readonly known: readonly string[];
  readonly wrong: readonly string[];
}

/** Plans an applied stack once more. @throws if there is no plan */
export async function secondPlan(stack: StackFolder, env: NodeJS.ProcessEnv): Promise<SecondPlan> {
  const file = join(stack.folder, 'second.tfplan');
  const run = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await terraform(args, { cwd: stack.folder, env });
    if (code !== 0) throw new Error(`${stack.name}: the second plan fails:\n${stderr.trim()}`);
    return stdout;
  };
  try {
    await run('plan', '-no-color', `-out=${file}`);
    const differences = differencesOf(parsePlan(await run('show', '-json', file), stack.name));
    const wrong = unexplained(differences, KNOWN_GAPS);
    const known = differences.filter((difference) => !wrong.includes(difference));
    return { known: [...new Set(known.map(gap))], wrong: wrong.map(change) };
  } finally {
    rmSync(file, { force: true });
  }
}

const gap = ({ type, attributes }: PlanDifference) => `${type}: ${attributes.join(', ')}`;
const change = ({ address, actions, attributes }: PlanDifference) =>
  `${address}: ${actions.join(' and ')} ${attributes.join(', ')}`;
