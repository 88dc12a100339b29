import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isChange } from '../plan-report/changes/changes';
import { MOST_CHARACTERS } from '../plan-report/document/budget';
import { code } from '../plan-report/document/markdown';
import { markdown } from '../plan-report/document/markdown-report';
import { reportOf, type Report } from '../plan-report/report';
import { visibleLines } from '../preview/layout';
import { InputError } from '../preview/input-error';
import { endOnSignals, Interrupted } from '../process';
import { PROJECT, synthesize } from '../project';
import { parseRequest, USAGE } from './arguments';
import { compareStacks } from './compare';
import { readEnvironments, type Environments, type SynthesizedStack } from './synthesized-stack';
import { commitOf, withWorktree } from './worktree';

/** `npm run synth-diff`: what a change does to the synthesized stacks. Neither credentials nor Terraform are needed. */
async function main(args: readonly string[]): Promise<void> {
  const request = parseRequest(args);
  if (request === 'help') {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  endOnSignals();
  const { base, environment, format, out } = request;
  const commit = await commitOf(PROJECT, base);
  const { before, after } = await withWorktree(PROJECT, commit, async (folder) => ({
    before: await synthesized(folder, join(folder, 'cdktf.out'), environment),
    after: await synthesized(PROJECT, join(folder, 'now'), environment),
  }));
  const names = [...new Set([...after.keys(), ...before.keys()])];
  if (names.length === 0)
    throw new InputError(`there is no environment '${environment ?? ''}' on either side: write --env dev`);
  const reports = names.map((name) => reportOn(name, before.get(name) ?? [], after.get(name) ?? [], base));
  const text =
    format === 'json' ? `${visibleLines(JSON.stringify(reports, undefined, 2))}\n` : document(reports, base);
  if (out === undefined) process.stdout.write(text);
  else writeFileSync(out, text);
}

/** An environment that a side doesn't have has no stacks there. */
async function synthesized(
  project: string,
  folder: string,
  environment: string | undefined,
): Promise<Environments> {
  if (environment !== undefined && !existsSync(join(project, 'environments', `${environment}.ts`)))
    return new Map();
  await synthesize({ ...process.env, ENVIRONMENT: environment ?? '' }, folder, project);
  return readEnvironments(folder);
}

function reportOn(
  environment: string,
  before: readonly SynthesizedStack[],
  after: readonly SynthesizedStack[],
  base: string,
): Report {
  const files = (stacks: readonly SynthesizedStack[]) =>
    stacks.map(({ stack, text }) => ({ name: `${environment}-${stack}`, text }));
  return reportOf({
    environment,
    stacks: compareStacks(before, after),
    expected: [],
    today: new Date().toISOString().slice(0, 10),
    base,
    stackFiles: (side) => files(side === 'before' ? before : after),
  });
}

/** Environments without a difference take a line. */
function document(reports: readonly Report[], base: string): string {
  const changed = reports.filter(differs);
  const same = reports.filter((report) => !differs(report)).map(({ environment }) => code(environment));
  const most = Math.floor((MOST_CHARACTERS - 1000) / Math.max(1, changed.length));
  return [
    ...changed.map((report) => markdown(report, most)),
    ...(same.length > 0 ? [`No difference from ${code(base)}: ${same.join(', ')}.\n`] : []),
  ].join('\n');
}

function differs({ stacks }: Report): boolean {
  return stacks.some(
    ({ resources, outputs }) =>
      resources.some((each) => isChange(each) || each.movedFrom !== undefined) || outputs.some(isChange),
  );
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(
    error instanceof Interrupted
      ? 'interrupted'
      : visibleLines(error instanceof Error ? error.message : String(error)),
  );
  process.exitCode = error instanceof Interrupted ? 130 : 1;
});
