import { readFileSync, writeFileSync } from 'node:fs';
import { loadEnvironments } from '../../config';
import { InputError } from '../kit/input-error';
import { visibleLines } from '../preview/layout';
import { type PlanReportRequest } from './arguments';
import { type Stack } from '../kit/stack-id';
import { markdown } from './document/markdown-report';
import { reportOf, type Report } from './report';
import { isOf, type RiskCode } from './risks/risk';
import { readPlansToJudge } from './terraform/read-plans';

const AWS_STACKS: readonly Stack[] = ['network', 'cluster', 'addons', 'workloads'];

/** What a run of the command comes to. */
export interface Result {
  /** For standard output. */
  readonly text: string;
  /** Risks of `--fail-on` that are there. */
  readonly failing: readonly RiskCode[];
}

/**
 * Reads plans and writes the report.
 *
 * @param today `YYYY-MM-DD`
 * @throws {InputError} for what can't be read
 */
export async function planReport(request: PlanReportRequest, today: string): Promise<Result> {
  const { environment, plans, format, out, failOn } = request;
  const read = readPlansToJudge(plans.map(({ stack, file }) => ({ stack, name: file, text: textOf(file) })));
  const [loaded] = await loadEnvironments(environment, today);
  const settings = loaded?.environment;
  const report = reportOf({
    environment,
    plans: read,
    expected: settings?.kind === 'local' ? ['workloads'] : AWS_STACKS,
    ...(settings?.kind === 'aws' && { region: settings.region, accepted: settings.accepted }),
    today,
  });
  const text =
    format === 'json' ? `${visibleLines(JSON.stringify(report, undefined, 2))}\n` : markdown(report);
  if (out !== undefined) writeFileSync(out, text);
  return { text: out === undefined ? text : '', failing: failing(report, failOn) };
}

function failing({ risks }: Report, failOn: readonly RiskCode[]): RiskCode[] {
  return [...new Set(failOn)].filter((code) => risks.some((risk) => isOf(risk, code)));
}

function textOf(file: string): string {
  try {
    return decoded(readFileSync(file));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new InputError(
      code === 'ENOENT'
        ? `${file} is not there: write the path of a plan as JSON`
        : `${file} can't be read: ${message}`,
    );
  }
}

/** PowerShell's `>` writes UTF-16. */
function decoded(bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xfe && second === 0xff) return Buffer.from(bytes).swap16().toString('utf16le');
  return bytes.toString(second === 0 || (first === 0xff && second === 0xfe) ? 'utf16le' : 'utf8');
}
