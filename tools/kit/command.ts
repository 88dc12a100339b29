import { Interrupted } from './process';

/**
 * Runs a command that a person calls. What it throws ends it with one message and status 1, an interrupt with 130;
 * it ends quietly once whoever reads the output has read enough, as `head` does.
 *
 * @param shown makes of a message what is safe to show, where it may hold what others wrote
 */
export function runCommand(
  main: (args: readonly string[]) => Promise<void>,
  shown: (message: string) => string = (message) => message,
): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  main(process.argv.slice(2)).catch((error: unknown) => {
    const interrupted = error instanceof Interrupted;
    const message = interrupted ? 'interrupted' : error instanceof Error ? error.message : String(error);
    console.error(shown(message));
    process.exitCode = interrupted ? 130 : 1;
  });
}
