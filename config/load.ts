import { join } from 'node:path';
import { ENVIRONMENTS, environmentNames } from './environment-names';
import { parseEnvironment, type ParseResult } from './parse';
import { ProblemError, type Problem } from './problem';
import { apart } from './rules/apart';

/**
 * Parses the environments of a folder: all, or the one named.
 *
 * @param name of one environment; none means all
 * @param today date of the run, `YYYY-MM-DD`
 * @param folder of the environments' files
 * @throws {ProblemError} if there is no such environment; else with all problems of all that are wrong
 */
export async function loadEnvironments(
  name: string | undefined,
  today: string,
  folder = ENVIRONMENTS,
): Promise<ParseResult[]> {
  const names = environmentNames(folder);
  if (name && !names.includes(name)) {
    throw new ProblemError(`environment ${name}`, [
      {
        path: 'ENVIRONMENT',
        value: name,
        reason: 'no such file under environments/',
        remedy: `write one of ${names.join(', ')}`,
      },
    ]);
  }
  const results: ParseResult[] = [];
  const errors: ProblemError[] = [];
  for (const each of name ? [name] : names) {
    try {
      results.push(parseFile(each, await readEnvironment(each, folder), today));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      errors.push(error);
    }
  }
  const clashes = apart(results.map(({ environment }) => environment));
  if (clashes.length > 0) errors.push(new ProblemError('all environments', clashes));
  if (errors.length > 0) throw ProblemError.all(errors);
  return results;
}

/** What the file of an environment exports, not judged yet. @throws {ProblemError} for a file that exports none */
export async function readEnvironment(name: string, folder = ENVIRONMENTS): Promise<unknown> {
  let module: { environment?: unknown };
  try {
    module = (await import(join(folder, name))) as { environment?: unknown };
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw fileError(name, { value: `${name}.ts`, reason, remedy: 'write a file that TypeScript can load' });
  }
  if (module.environment === undefined) {
    throw fileError(name, {
      value: `${name}.ts`,
      reason: 'the file exports no `environment`',
      remedy: 'write export const environment: EnvironmentInput = { … }',
    });
  }
  return module.environment;
}

/** State, stacks and `ENVIRONMENT` go by the environment's name, people by the file's: they are one. */
function parseFile(file: string, input: unknown, today: string): ParseResult {
  const result = parseEnvironment(input, today);
  const { name } = result.environment;
  if (name !== file) {
    throw new ProblemError(`environment ${file}`, [
      {
        path: 'name',
        value: name,
        reason: `the file is environments/${file}.ts`,
        remedy: `write '${file}', or name the file ${name}.ts`,
      },
    ]);
  }
  return result;
}

function fileError(name: string, problem: Omit<Problem, 'path'>): ProblemError {
  return new ProblemError(`environment ${name}`, [{ path: `environments/${name}.ts`, ...problem }]);
}
