import { parseArgs } from 'node:util';
import { nearest } from '../../load-balancers/problem';
import { InputError } from './input-error';

export const FORMATS = ['table', 'json', 'mermaid'] as const;
export type Format = (typeof FORMATS)[number];

/** What may be asked for instead of a preview: the JSON Schema of one, or how to ask. */
export type Other = 'schema' | 'help';

/** What a preview is asked for: an environment, or files; `-` is standard input. */
export interface Request {
  readonly format: Format;
  /** @default - files are given */
  readonly environment?: string;
  /** Empty where an environment is given. */
  readonly files: readonly string[];
  /** Values of the controller's chart, for files. @default - the chart's own */
  readonly controllerValues?: string;
}

export const USAGE =
  'npm run preview -- --env ENVIRONMENT | -f FILE… [--controller-values FILE] [--format table|json|mermaid]';

const OPTIONS = {
  env: { type: 'string' },
  file: { type: 'string', short: 'f', multiple: true },
  format: { type: 'string' },
  'controller-values': { type: 'string' },
  schema: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * Reads the command line.
 *
 * @throws {InputError} for what it doesn't know
 */
export function parseRequest(args: readonly string[]): Request | Other {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'option') checkOption(token);
  }
  if (values.help) return 'help';
  if (values.schema) return 'schema';
  const given = (name: 'env' | 'format' | 'controller-values') => values[name]?.toString();
  const format = formatOf(given('format') ?? 'table');
  const environment = given('env');
  const named = (values.file ?? []).map(String);
  const [stray] = positionals;
  if (stray !== undefined && named.length === 0) {
    throw new InputError(`'${stray}' stands by itself: write --env ${stray} or -f ${stray}`);
  }
  const files = [...named, ...positionals];
  const controllerValues = given('controller-values');
  if (environment === undefined && files.length === 0) {
    throw new InputError(`nothing to preview: write ${USAGE}`);
  }
  if (environment !== undefined && files.length > 0) {
    throw new InputError(
      `--env ${environment} and -f ${files.join(' ')} are two previews: write one of them`,
    );
  }
  if (environment !== undefined && controllerValues !== undefined) {
    throw new InputError(
      `--controller-values ${controllerValues}: environment ${environment} says itself how its controller runs: leave it out, or give files`,
    );
  }
  if (files.filter((file) => file === '-').length > 1) {
    throw new InputError('-f - is there twice, and standard input is read once: leave one out');
  }
  return {
    format,
    files,
    ...(environment !== undefined && { environment }),
    ...(controllerValues !== undefined && { controllerValues }),
  };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  /** Written with `=`. */
  readonly inlineValue: boolean | undefined;
}

function checkOption({ name, rawName, value, inlineValue }: OptionToken): void {
  if (!Object.hasOwn(OPTIONS, name)) {
    const likely = nearest(name, Object.keys(OPTIONS));
    throw new InputError(`${rawName} is no flag of this command: write ${likely ? `--${likely}` : USAGE}`);
  }
  const { type } = OPTIONS[name as keyof typeof OPTIONS];
  if (type === 'string' && (!value || (!inlineValue && /^-./.test(value)))) {
    throw new InputError(`${rawName} has no value: write ${USAGE}`);
  }
  if (type === 'boolean' && value !== undefined) {
    throw new InputError(`${rawName}=${value}: ${rawName} takes no value: leave it out`);
  }
}

function formatOf(word: string): Format {
  const format = FORMATS.find((each) => each === word);
  if (format) return format;
  throw new InputError(
    `--format '${word}' is none that there is: write ${nearest(word, FORMATS) ?? FORMATS.join(', ')}`,
  );
}
