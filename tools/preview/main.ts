import { command, runCommand } from '../kit/command';
import { PREVIEW } from './arguments';
import { environmentStacks } from './environment-stacks';
import { visibleLines } from './layout';
import { printPreview } from './print';
import { readStacks } from './stacks';

/** `npm run preview`: the load balancers that the controller would make. */
const previewCommand = command(PREVIEW, (line) =>
  printPreview(line, PREVIEW, async (environment) => readStacks(await environmentStacks(environment))),
);

runCommand(previewCommand, visibleLines);
