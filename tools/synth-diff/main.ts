import { writeFileSync } from 'node:fs';
import { command, runCommand } from '../kit/command';
import { endOnSignals } from '../kit/process';
import { PROJECT } from '../kit/project';
import { visibleLines } from '../preview/layout';
import { synthDiff } from './synth-diff';

/** `npm run synth-diff`: what a change does to the synthesized stacks. */
const synthDiffCommand = command(
  {
    name: 'synth-diff',
    summary:
      'What differs between the stacks of a commit and of the work tree. Neither credentials nor Terraform are needed.',
    target: 'environment',
    targetOptional: true,
    targetElsewhere: true,
    json: true,
    options: {
      base: { value: 'REF', required: true, description: 'commit, branch or tag to compare with' },
      format: { words: ['markdown', 'json'], description: '--json is --format json' },
      out: { value: 'FILE', description: 'write it there' },
    },
  },
  async ({ environment, json, options: { base, format = 'markdown', out } }) => {
    endOnSignals();
    const today = new Date().toISOString().slice(0, 10);
    const text = await synthDiff({
      base,
      environment,
      format: json ? 'json' : format,
      project: PROJECT,
      env: process.env,
      today,
    });
    if (out === undefined) process.stdout.write(text);
    else writeFileSync(out, text);
  },
);

runCommand(synthDiffCommand, visibleLines);
