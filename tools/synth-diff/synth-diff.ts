import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isChange } from '../plan-report/changes/changes';
import { MOST_CHARACTERS } from '../plan-report/document/budget';
import { code } from '../plan-report/document/markdown';
import { markdown } from '../plan-report/document/markdown-report';
import { reportOf, type Report } from '../plan-report/report';
import { InputError } from '../kit/input-error';
import { visibleLines } from '../preview/layout';
import { synthesize } from '../kit/project';
import { compareStacks } from './compare';
import { readEnvironments, type Environments, type SynthesizedStack } from './synthesized-stack';
import { commitOf, withWorktree } from './worktree';

export interface SynthDiffProps {
  /** Commit, branch or tag that the work tree is compared with. */
  readonly base: string;
  /** @default - all environments of either side */
  readonly environment?: string;
  readonly format: 'markdown' | 'json';
  /** Folder of the project, a work tree of git. */
  readonly project: string;
  readonly env: NodeJS.ProcessEnv;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

/** Synthesizes a commit and the work tree, and reports what differs. */
export async function synthDiff(props: SynthDiffProps): Promise<string> {
  const { project, base, environment, format } = props;
  const commit = await commitOf(project, base);
  const { before, after } = await withWorktree(project, commit, async (folder) => ({
    before: await synthesized(folder, join(folder, 'cdktf.out'), props),
    after: await synthesized(project, join(folder, '..', 'now'), props),
  }));
  const names = [...new Set([...after.keys(), ...before.keys()])].sort();
  if (names.length === 0)
    throw new InputError(`there is no environment ${environment ?? ''} on either side: write --env dev`);
  const reports = names.map((name) => reportOn(name, before.get(name) ?? [], after.get(name) ?? [], props));
  return format === 'json'
    ? `${visibleLines(JSON.stringify(reports, undefined, 2))}\n`
    : document(reports, base);
}

/** An environment that a side doesn't have has no stacks there. */
async function synthesized(
  project: string,
  folder: string,
  { environment, env }: SynthDiffProps,
): Promise<Environments> {
  if (environment !== undefined && !existsSync(join(project, 'environments', `${environment}.ts`)))
    return new Map();
  await synthesize({ ...env, ENVIRONMENT: environment ?? '' }, folder, project);
  return readEnvironments(folder);
}

function reportOn(
  environment: string,
  before: readonly SynthesizedStack[],
  after: readonly SynthesizedStack[],
  { base, today }: SynthDiffProps,
): Report {
  const sides = { before, after };
  return reportOf({
    environment,
    plans: compareStacks(before, after),
    expected: [],
    today,
    base,
    stackFiles: (side) => sides[side].map(({ stack, text }) => ({ name: `${environment}-${stack}`, text })),
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
