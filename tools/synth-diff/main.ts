import { writeFileSync } from 'node:fs';
import { visibleLines } from '../preview/layout';
import { endOnSignals, endWithReader, Interrupted } from '../process';
import { PROJECT } from '../project';
import { parseRequest, USAGE } from './arguments';
import { synthDiff } from './synth-diff';

/** `npm run synth-diff`: what a change does to the synthesized stacks. Neither credentials nor Terraform are needed. */
async function main(args: readonly string[]): Promise<void> {
  endWithReader();
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

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(
    error instanceof Interrupted
      ? 'interrupted'
      : visibleLines(error instanceof Error ? error.message : String(error)),
  );
  process.exitCode = error instanceof Interrupted ? 130 : 1;
});
