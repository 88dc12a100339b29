import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvironments } from '../../config';
import { InputError } from '../kit/input-error';
import { outputFolder, synthesizedStacks } from '../kit/project';
import { visibleLines } from '../preview/layout';
import { acceptedAtBase } from './accepted-at-base';
import { type PlanReportRequest } from './arguments';
import { type Stack } from '../kit/stack-id';
import { markdown } from './document/markdown-report';
import { sarif } from './document/sarif';
import { reportOf, type Report } from './report';
import { blockOf, type Values } from './changes/values';
import { type WrittenResources } from './iam/iam-change';
import { isOf, type RiskCode } from './risks/risk';
import { warningsOf } from '../kit/terraform/failure';
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
  const { environment, plans, warnings, format, out, failOn, base } = request;
  const printed = new Map(
    warnings.map(({ stack, file }) => [stack, warningsOf(textOf(file, 'what terraform plan printed'))]),
  );
  const read = readPlansToJudge(
    plans.map(({ stack, file }) => ({
      stack,
      name: file,
      text: textOf(file, 'a plan as JSON'),
      warnings: printed.get(stack),
    })),
  );
  const [loaded] = await loadEnvironments(environment, today);
  const settings = loaded?.environment;
  const report = reportOf({
    environment,
    plans: read,
    expected: settings?.kind === 'local' ? ['workloads'] : AWS_STACKS,
    ...(settings?.kind === 'aws' && {
      region: settings.region,
      accepted: {
        now: settings.accepted,
        ...(base !== undefined && { atBase: await acceptedAtBase(base, environment, today) }),
      },
    }),
    today,
    written: writtenResources(environment, join(outputFolder(process.env), environment)),
  });
  const json = { json: () => report, sarif: () => sarif(report, failOn) };
  const text =
    format === 'markdown'
      ? markdown(report)
      : `${visibleLines(JSON.stringify(json[format](), undefined, 2))}\n`;
  if (out !== undefined) writeFileSync(out, text);
  return { text: out === undefined ? text : '', failing: failing(report, failOn) };
}

/** Of the stacks that are synthesized here, from which the plans were made. */
function writtenResources(environment: string, output: string): WrittenResources {
  const stacks = new Map(
    synthesizedStacks(output).map(({ name, folder }) => {
      const { resource } = JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8')) as Values;
      const resources = Object.entries(blockOf(resource)).flatMap(([type, named]) =>
        Object.entries(blockOf(named)).map(([id, values]) => [`${type}.${id}`, blockOf(values)] as const),
      );
      return [name, new Map(resources)];
    }),
  );
  return (stack) => stacks.get(`${environment}-${stack}`) ?? new Map<string, Values>();
}

function failing({ risks }: Report, failOn: readonly RiskCode[]): RiskCode[] {
  return [...new Set(failOn)].filter((code) => risks.some((risk) => isOf(risk, code)));
}

function textOf(file: string, what: string): string {
  try {
    return decoded(readFileSync(file));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new InputError(
      code === 'ENOENT'
        ? `${file} is not there: write the path of ${what}`
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
