import { runCommand } from '../kit/command';
import { visibleLines } from '../preview/layout';
import { planReport } from './command';

/** `npm run plan-report`: what a reviewer should know of plans. */
async function main(args: readonly string[]): Promise<void> {
  const { text, failing } = await planReport(args, new Date().toISOString().slice(0, 10));
  process.stdout.write(text);
  if (failing.length === 0) return;
  console.error(`--fail-on: there are risks of ${failing.join(', ')}`);
  process.exitCode = 2;
}

runCommand(main, visibleLines);
