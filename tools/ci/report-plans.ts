import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { STACKS } from '../kit/stack-id';
import { run } from '../kit/process';
import { PROJECT } from '../kit/project';
import { jsonFile, warningsFile } from './plan-environment';

export interface CiReportRequest {
  readonly environment: string;
  /** Of the plans. */
  readonly folder: string;
  readonly out: string;
  /** Codes of risks. @default - none */
  readonly failOn?: string;
  /** Commit that the change is made on. @default - it is no change */
  readonly base?: string;
}

/** Calls `npm run plan-report` on all plans of a folder; answers its exit code. */
export async function reportPlans(request: CiReportRequest, env: NodeJS.ProcessEnv): Promise<number> {
  const { environment, folder, out, failOn = '', base = '' } = request;
  const filesOf = (name: typeof jsonFile) =>
    STACKS.map((stack) => [stack, name(folder, stack)] as const).filter(([, file]) => existsSync(file));
  const plans = filesOf(jsonFile);
  if (plans.length === 0)
    throw new Error(`${folder} holds no plans: write npm run ci -- plan --env ${environment} first`);
  const { code } = await run(
    process.execPath,
    [
      '--require',
      join(PROJECT, 'register.cjs'),
      join(PROJECT, 'tools', 'plan-report', 'main.ts'),
      `--env=${environment}`,
      ...plans.map(([stack, file]) => `--plan=${stack}=${file}`),
      ...filesOf(warningsFile).map(([stack, file]) => `--warnings=${stack}=${file}`),
      `--out=${out}`,
      ...(base === '' ? [] : [`--base=${base}`]),
      ...(failOn.trim() === '' ? [] : [`--fail-on=${failOn}`]),
    ],
    {
      cwd: PROJECT,
      env,
      onLine: (line) => {
        console.error(line);
      },
    },
  );
  return code;
}
