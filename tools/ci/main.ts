import { runCommand } from '../kit/command';
import { visibleLines } from '../preview/layout';
import { endOnSignals } from '../kit/process';
import { runStep } from './steps';

/** `npm run ci`: a step of a workflow. */
async function main(args: readonly string[]): Promise<void> {
  endOnSignals();
  process.exitCode = await runStep(args, process.env);
}

runCommand(main, visibleLines);
