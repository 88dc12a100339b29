import { command, runCommand } from '../kit/command';
import { visibleLines } from '../preview/layout';
import { PLAN_REPORT, reportRequest } from './arguments';
import { planReport } from './command';

/** `npm run plan-report`: what a reviewer should know of plans. */
const planReportCommand = command(PLAN_REPORT, async (line) => {
  const { text, failing } = await planReport(reportRequest(line), new Date().toISOString().slice(0, 10));
  process.stdout.write(text);
  if (failing.length === 0) return 0;
  console.error(`--fail-on: there are risks of ${failing.join(', ')}`);
  return 2;
});

runCommand(planReportCommand, visibleLines);
