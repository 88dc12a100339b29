import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvironments } from '../../config';
import { InputError } from '../preview/input-error';
import { visibleLines } from '../preview/layout';
import { PROJECT } from '../project';
import { parseRequest, USAGE } from './arguments';
import { type Stack } from './changes/changes';
import { markdown } from './document/markdown-report';
import { reportOf, type Report } from './report';
import { readPlans } from './terraform/read-plans';

const AWS_STACKS: readonly Stack[] = ['network', 'cluster', 'addons', 'workloads'];

/** `npm run plan-report`: what a reviewer should know of plans. */
async function main(args: readonly string[]): Promise<void> {
  const request = parseRequest(args, environmentNames());
  if (request === 'help') {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const { environment, plans, format, out, failOn } = request;
  const today = new Date().toISOString().slice(0, 10);
  const [loaded] = await loadEnvironments(environment, today);
  const settings = loaded?.environment;
  const report = reportOf({
    environment,
    stacks: readPlans(plans.map(({ stack, file }) => ({ stack, name: file, text: read(file) }))),
    expected: settings?.kind === 'local' ? ['workloads'] : AWS_STACKS,
    ...(settings?.kind === 'aws' && { region: settings.region }),
    today,
  });
  const text =
    format === 'json' ? `${visibleLines(JSON.stringify(report, undefined, 2))}\n` : markdown(report);
  if (out === undefined) process.stdout.write(text);
  else writeFileSync(out, text);
  const found = failing(report, failOn);
  if (found.length > 0) {
    console.error(`--fail-on: there are risks of ${found.join(', ')}`);
    process.exitCode = 2;
  }
}

function failing({ risks }: Report, failOn: readonly string[]): string[] {
  return [...new Set(failOn)].filter((code) => risks.some((risk) => risk.code === code));
}

function environmentNames(): string[] {
  return readdirSync(join(PROJECT, 'environments')).flatMap((file) =>
    file.endsWith('.ts') ? [file.slice(0, -'.ts'.length)] : [],
  );
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new InputError(
      code === 'ENOENT'
        ? `${file} is not there: write the path of a plan as JSON`
        : `${file} can't be read: ${message}`,
    );
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(visibleLines(error instanceof Error ? error.message : String(error)));
  process.exitCode = 1;
});
