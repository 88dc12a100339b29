import { parseArgs } from 'node:util';
import { InputError } from '../preview/input-error';

/** What a comparison is asked for. */
export interface Request {
  /** Commit, branch or tag that the work tree is compared with. */
  readonly base: string;
  /** @default - all environments of either side */
  readonly environment?: string;
  readonly format: 'markdown' | 'json';
  /** @default - standard output */
  readonly out?: string;
}

export const USAGE =
  'npm run synth-diff -- --base REF [--env ENVIRONMENT] [--format markdown|json] [--out FILE]';

/** Reads the command line. @throws {InputError} for what it doesn't know */
export function parseRequest(args: readonly string[]): Request | 'help' {
  const { help, base, env: environment, format = 'markdown', out } = parsed(args);
  if (help) return 'help';
  if (base === undefined || base === '') throw new InputError(`--base is missing: write ${USAGE}`);
  if (format !== 'markdown' && format !== 'json')
    throw new InputError(`--format ${format} is unknown: write markdown or json`);
  if (environment !== undefined && !/^[a-z0-9-]+$/.test(environment))
    throw new InputError(`--env ${environment} is no name of an environment: write one such as dev`);
  return {
    base,
    format,
    ...(environment !== undefined && { environment }),
    ...(out !== undefined && { out }),
  };
}

function parsed(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        base: { type: 'string' },
        env: { type: 'string' },
        format: { type: 'string' },
        out: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
      strict: true,
      allowPositionals: false,
    });
    return values;
  } catch (error) {
    const [message = ''] = (error as Error).message.split('. ');
    throw new InputError(`${message.charAt(0).toLowerCase()}${message.slice(1)}: write ${USAGE}`);
  }
}
