import { environmentNames } from '../../config/environment-names';
import { callOf, helpOf, readCommandLine, type CommandDescription, type CommandLine } from './command-line';
import { messageOf } from './credentials';
import { InputError } from './input-error';
import { Interrupted } from './process';

/** A description and what is done; how its options are typed is settled. */
export interface Command {
  readonly description: CommandDescription;
  /** Answers the exit code. @throws {InputError} for arguments that it doesn't know */
  readonly start: (args: readonly string[], env: NodeJS.ProcessEnv) => Promise<number>;
}

/** Puts a command together; `main` answers its exit code, if it isn't 0. */
export function command<const D extends CommandDescription>(
  description: D,
  main: (line: CommandLine<D>, env: NodeJS.ProcessEnv) => Promise<number> | Promise<void>,
): Command {
  const start = async (args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> => {
    const environments = description.target === 'none' ? [] : environmentNames();
    const line = readCommandLine(description, args, { env, environments });
    if (line !== 'help') return (await main(line, env)) ?? 0;
    process.stdout.write(helpOf(description, environments));
    return 0;
  };
  return { description, start };
}

/** Several commands of one script: the first argument is the last word of a name. */
export async function startOne(
  commands: readonly Command[],
  [word, ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const found = commands.find(({ description: { name } }) => name.split(' ').at(-1) === word);
  if (found) return found.start(args, env);
  const calls = commands.map(({ description }) => callOf(description));
  if (word !== '--help' && word !== '-h') {
    const wrong = word === undefined ? 'no command is given' : `${word} is unknown`;
    throw new InputError(`${wrong}: write ${calls.join(' | ')}`);
  }
  const width = Math.max(...calls.map(({ length }) => length));
  const lines = commands.map(
    ({ description: { summary } }, index) =>
      `${(calls[index] ?? '').padEnd(width)}  ${summary.split('\n')[0] ?? ''}\n`,
  );
  process.stdout.write(`${lines.join('')}\nWith --help each says more.\n`);
  return 0;
}

/**
 * Runs a command that a person calls. What it throws ends it with one message and status 1 (or `failed`), an interrupt with 130;
 * it ends quietly once whoever reads the output has read enough, as `head` does.
 *
 * @param shown makes of a message what is safe to show, where it may hold what others wrote
 * @param failed status of what throws, where 1 says something else
 */
export function runCommand(
  called: Command | readonly Command[],
  shown: (message: string) => string = (message) => message,
  failed = 1,
): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  const args = process.argv.slice(2);
  const ended = 'start' in called ? called.start(args, process.env) : startOne(called, args, process.env);
  ended.then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      const interrupted = error instanceof Interrupted;
      const message = interrupted ? 'interrupted' : messageOf(error);
      console.error(shown(message));
      process.exitCode = interrupted ? 130 : failed;
    },
  );
}
