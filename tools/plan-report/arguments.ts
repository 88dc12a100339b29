import { parseArgs } from 'node:util';
import { nearest } from '../../load-balancers/problem';
import { InputError } from '../preview/input-error';
import { isStack, STACKS, type Stack } from './changes/changes';
import { RISK_CODES, type RiskCode } from './risks/risk';

export const FORMATS = ['markdown', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** What a report is asked for. */
export interface Request {
  readonly environment: string;
  readonly plans: readonly { readonly stack: Stack; readonly file: string }[];
  readonly format: Format;
  /** @default - standard output */
  readonly out?: string;
  /** Risks that make the exit code 2. */
  readonly failOn: readonly RiskCode[];
}

export const USAGE = `npm run plan-report -- --env ENVIRONMENT --plan STACK=FILE… [--format ${FORMATS.join('|')}] [--out FILE] [--fail-on CODE,…]

STACK is ${STACKS.join(', ')}; FILE what terraform show -json prints of its plan.
CODE is ${RISK_CODES.join(', ')}.
The exit code is 2 if a risk that --fail-on names is there, 1 if there is no report, 0 otherwise.`;

const OPTIONS = {
  env: { type: 'string' },
  plan: { type: 'string', multiple: true },
  format: { type: 'string' },
  out: { type: 'string' },
  'fail-on': { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Reads the command line. @throws {InputError} for what it doesn't know */
export function parseRequest(args: readonly string[], environments: readonly string[]): Request | 'help' {
  const { values } = parsed(args);
  if (values.help) return 'help';
  const { env: environment, plan = [], format = 'markdown', out, 'fail-on': failOn = [] } = values;
  if (environment === undefined)
    throw new InputError(`no environment is named: write --env ${environments.join(' | --env ')}`);
  if (!environments.includes(environment)) {
    throw new InputError(
      `there is no environment '${environment}': write ${nearest(environment, environments) ?? `one of ${environments.join(', ')}`}`,
    );
  }
  if (plan.length === 0) throw new InputError('no plan is named: write --plan network=plan.json');
  return {
    environment,
    plans: uniquePlans(plan.map(planOf)),
    format: wordOf('--format', format, FORMATS),
    ...(out !== undefined && { out }),
    failOn: failOn
      .flatMap((codes) => codes.split(','))
      .map((code) => code.trim())
      .filter((code) => code !== '')
      .map((code) => wordOf('--fail-on', code, RISK_CODES)),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: false });
  } catch (error) {
    const [message = ''] = (error as Error).message.split('. ');
    throw new InputError(
      `${message.charAt(0).toLowerCase()}${message.slice(1)}: write ${USAGE.split('\n')[0] ?? ''}`,
    );
  }
}

function planOf(text: string): Request['plans'][number] {
  const at = text.indexOf('=');
  const [stack, file] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
  if (at < 0 || file === '')
    throw new InputError(`--plan ${text} names no stack and file: write --plan network=plan.json`);
  if (!isStack(stack)) {
    throw new InputError(
      `--plan ${text}: there is no stack '${stack}': write ${nearest(stack, STACKS) ?? `one of ${STACKS.join(', ')}`}`,
    );
  }
  return { stack, file };
}

function uniquePlans(plans: Request['plans']): Request['plans'] {
  for (const [index, { stack, file }] of plans.entries()) {
    const other = plans.slice(0, index).find((plan) => plan.stack === stack);
    if (other)
      throw new InputError(
        `--plan ${stack}=${file}: ${stack} has a plan already, ${other.file}: leave one out`,
      );
  }
  return plans;
}

function wordOf<Word extends string>(option: string, given: string, words: readonly Word[]): Word {
  const word = words.find((each) => each === given);
  if (word !== undefined) return word;
  const likely = nearest(given, words);
  throw new InputError(`${option} ${given} is unknown: write ${likely ?? `one of ${words.join(', ')}`}`);
}
