import { visibleLines } from '../preview/layout';
import { endOnSignals, Interrupted } from '../process';
import { runStep } from './steps';

/** `npm run ci`: a step of a workflow. */
async function main(args: readonly string[]): Promise<void> {
  endOnSignals();
  process.exitCode = await runStep(args, process.env);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(
    error instanceof Interrupted
      ? 'interrupted'
      : visibleLines(error instanceof Error ? error.message : String(error)),
  );
  process.exitCode = error instanceof Interrupted ? 130 : 1;
});
