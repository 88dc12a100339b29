import { writeFileSync } from 'node:fs';
import { runCommand } from '../kit/command';
import { visibleLines } from '../preview/layout';
import { endOnSignals } from '../kit/process';
import { PROJECT } from '../kit/project';
import { parseRequest, USAGE } from './arguments';
import { synthDiff } from './synth-diff';

/** `npm run synth-diff`: what a change does to the synthesized stacks. Neither credentials nor Terraform are needed. */
async function main(args: readonly string[]): Promise<void> {
  const request = parseRequest(args);
  if (request === 'help') {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  endOnSignals();
  const today = new Date().toISOString().slice(0, 10);
  const text = await synthDiff({ ...request, project: PROJECT, env: process.env, today });
  if (request.out === undefined) process.stdout.write(text);
  else writeFileSync(request.out, text);
}

runCommand(main, visibleLines);
