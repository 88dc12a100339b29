import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { loadEnvironments } from '../../config';
import { ENVIRONMENTS } from '../../config/environment-names';
import { InputError } from '../kit/input-error';
import { PROJECT } from '../kit/project';
import { editField } from './edit';
import { judgeEdited, planUpgrade, sightOf, type UpgradePlan } from './plan';
import { controllerStep, kubernetesStep } from './step';
import { diffText, lookText, planText } from './text';

/** What a person asks for. */
export interface UpgradeRequest {
  readonly environment: string;
  /** Next minor version of Kubernetes. @default - a step of the controller */
  readonly to?: string | undefined;
  /** Release of the controller. @default - a step of Kubernetes */
  readonly controller?: string | undefined;
  /** Whether nothing but files is looked at. @default false */
  readonly offline?: boolean | undefined;
  /** Whether nothing is written. @default false */
  readonly isDry?: boolean | undefined;
  /** Whether it is written although something is in the way. @default false */
  readonly anyway?: boolean | undefined;
}

/** What came of it. */
export interface UpgradeResult extends UpgradePlan {
  readonly file: {
    readonly path: string;
    readonly line: number;
    readonly before?: string;
    readonly after: string;
    readonly written: boolean;
  };
}

/**
 * Plans one step, and writes it where nothing is in the way.
 *
 * @param say is told what a person reads, as it comes
 * @throws {InputError} unless one step of an environment on AWS is asked for
 * @throws {ProblemError} for a step that can't be, a file that can't be edited, an environment that would be refused; nothing is written then
 */
export async function upgrade(
  { environment: name, to, controller, offline = false, isDry = false, anyway = false }: UpgradeRequest,
  say: (text: string) => void,
  {
    today,
    folder = ENVIRONMENTS,
    columns = 100,
  }: { readonly today: string; readonly folder?: string; readonly columns?: number },
): Promise<UpgradeResult> {
  if ((to === undefined) === (controller === undefined))
    throw new InputError('one step at a time: write either --to 1.37, or --controller 3.5.0');
  const [loaded] = await loadEnvironments(name, today, folder);
  const before = loaded?.environment;
  if (before?.kind !== 'aws')
    throw new InputError(`${name} is no environment on AWS: its cluster is upgraded where it comes from`);
  const stepOf = (actual?: string) =>
    controller === undefined
      ? kubernetesStep(before, to ?? '', { actual, today })
      : controllerStep(before, controller);
  // What the files refuse is told before anything is looked at.
  stepOf();
  const sight = await sightOf(before, today, offline);
  const step = stepOf(sight.actual);
  const path = join(folder, `${name}.ts`);
  const shown = relative(PROJECT, path);
  const source = readFileSync(path, 'utf8');
  const edit = editField(shown, source, step.change);
  const { after, news } = await judgeEdited({ environment: name, folder }, step, edit, today);
  say(`${name}: ${step.of} ${step.from ?? '?'} → ${step.to}\n`);
  const plan = await planUpgrade(
    { before, after },
    { ...step, notes: [...step.notes, ...news] },
    sight,
    (result) => {
      say(lookText(result));
    },
  );
  say(planText(plan, columns));
  const isBlocked = isInTheWay(plan) && !anyway;
  const written = !isBlocked && !isDry;
  if (written) {
    writeFileSync(`${path}.new`, edit.text);
    renameSync(`${path}.new`, path);
  }
  const why = isBlocked ? 'something is in the way, so nothing is written (--anyway writes it)' : '--dry-run';
  say(`\n${diffText(shown, source, edit)}\n\n${written ? 'Written.' : `Not written: ${why}.`}`);
  const { line, before: gone, after: come } = edit;
  return {
    ...plan,
    file: { path: shown, line, ...(gone !== undefined && { before: gone }), after: come, written },
  };
}

const isInTheWay = ({ results }: UpgradePlan) => results.some(({ state }) => state === 'broken');

/** 2: something is in the way, and nothing is written; 3: not all was looked at. */
export function upgradeCode(
  result: UpgradeResult,
  { anyway = false }: Pick<UpgradeRequest, 'anyway'>,
): 0 | 2 | 3 {
  if (isInTheWay(result) && !anyway) return 2;
  return result.results.some(({ state }) => state === 'not judged') ? 3 : 0;
}
