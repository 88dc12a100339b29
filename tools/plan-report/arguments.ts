import { nearest } from '../../load-balancers/problem';
import { type CommandDescription, type CommandLine } from '../kit/command-line';
import { InputError } from '../kit/input-error';
import { isStack, STACKS, type Stack } from '../kit/stack-id';
import { RISK_CODES, type RiskCode } from './risks/risk';

/** What a report is asked for. */
export interface PlanReportRequest {
  readonly environment: string;
  readonly plans: readonly { readonly stack: Stack; readonly file: string }[];
  /** What Terraform printed of plans. */
  readonly warnings: PlanReportRequest['plans'];
  readonly format: 'markdown' | 'json' | 'sarif';
  /** @default - standard output */
  readonly out?: string;
  /** Commit that the change is made on. @default - none: all that the environment accepts counts */
  readonly base?: string;
  /** Risks that make the exit code 2. */
  readonly failOn: readonly RiskCode[];
}

export const PLAN_REPORT = {
  name: 'plan-report',
  summary:
    'What a reviewer should know of plans.\n' +
    'The exit code is 2 if a risk that --fail-on names is there, 1 if there is no report, 0 otherwise.',
  target: 'environment',
  json: true,
  options: {
    plan: {
      value: 'STACK=FILE',
      required: true,
      multiple: true,
      description: `what terraform show -json prints of a plan; STACK is ${STACKS.join(', ')}`,
    },
    warnings: {
      value: 'STACK=FILE',
      multiple: true,
      description: 'what terraform plan printed: its warnings are told, which a plan as JSON lacks',
    },
    format: { words: ['markdown', 'json', 'sarif'], description: '--json is --format json' },
    out: { value: 'FILE', description: 'write it there' },
    base: {
      value: 'REF',
      description: 'what the change is made on: accepted counts only if it is there too',
    },
    'fail-on': { value: 'CODE,…', multiple: true, description: RISK_CODES.join(', ') },
  },
} as const satisfies CommandDescription;

/** @throws {InputError} for plans and risks that it doesn't know */
export function reportRequest({
  environment,
  json,
  options,
}: CommandLine<typeof PLAN_REPORT>): PlanReportRequest {
  const {
    plan,
    warnings = [],
    format = json ? 'json' : 'markdown',
    out,
    base,
    'fail-on': failOn = [],
  } = options;
  if (json && format !== 'json')
    throw new InputError(`--json and --format ${format} are two formats: write one of them`);
  return {
    environment,
    plans: unique('plan', plan),
    warnings: unique('warnings', warnings),
    format,
    ...(out !== undefined && { out }),
    ...(base !== undefined && { base }),
    failOn: failOn
      .flatMap((codes) => codes.split(','))
      .map((code) => code.trim())
      .filter((code) => code !== '')
      .map(riskCode),
  };
}

function fileOf(option: string, text: string): PlanReportRequest['plans'][number] {
  const at = text.indexOf('=');
  const [stack, file] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
  if (at < 0 || file === '')
    throw new InputError(
      `--${option} ${text} names no stack and file: write --${option} network=${option === 'plan' ? 'plan.json' : 'plan.txt'}`,
    );
  if (!isStack(stack)) {
    throw new InputError(
      `--${option} ${text}: there is no stack '${stack}': write ${nearest(stack, STACKS) ?? `one of ${STACKS.join(', ')}`}`,
    );
  }
  return { stack, file };
}

function unique(option: string, texts: readonly string[]): PlanReportRequest['plans'] {
  const files = texts.map((text) => fileOf(option, text));
  for (const [index, { stack, file }] of files.entries()) {
    const other = files.slice(0, index).find((each) => each.stack === stack);
    if (other)
      throw new InputError(
        `--${option} ${stack}=${file}: ${stack} has ${option === 'plan' ? 'a plan' : 'warnings'} already, ${other.file}: leave one out`,
      );
  }
  return files;
}

function riskCode(given: string): RiskCode {
  const code = RISK_CODES.find((each) => each === given);
  if (code !== undefined) return code;
  throw new InputError(
    `--fail-on ${given} is unknown: write ${nearest(given, RISK_CODES) ?? `one of ${RISK_CODES.join(', ')}`}`,
  );
}
