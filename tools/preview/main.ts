import { join } from 'node:path';
import { command, runCommand } from '../kit/command';
import { PREVIEW } from './arguments';
import { environmentStacks } from './environment-stacks';
import { visibleLines } from './layout';
import { printPreview, type EnvironmentReader } from './print';
import { readStacks } from './stacks';

const environments: EnvironmentReader = {
  read: async (name) => readStacks(await environmentStacks(name)),
  verify: async (name, previewed) => {
    // Only now: the clients of AWS take longer to load than most previews take.
    const { verify } = (await import(join(__dirname, 'verify'))) as typeof import('./verify');
    return verify(name, previewed);
  },
};

/** `npm run preview`: the load balancers that the controller would make. */
const previewCommand = command(PREVIEW, (line) => printPreview(line, PREVIEW, environments));

runCommand(previewCommand, visibleLines);
