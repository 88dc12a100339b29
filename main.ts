import { formatProblem, loadEnvironments } from './config';
import { addStacks } from './stacks';
import { command, runCommand } from './tools/kit/command';
import { writeStacks } from './tools/kit/synth-output';

/** The app of cdktf.json, and `npm run synth`. */
const synth = command(
  {
    name: 'synth',
    summary:
      'Writes the Terraform JSON of an environment, or of all, to cdktf.out/<environment>/stacks/<stack>.',
    target: 'environment',
    targetOptional: true,
    json: true,
  },
  async ({ environment: only, json }, { CDKTF_OUTDIR: output = 'cdktf.out', ...env }) => {
    const environments = await loadEnvironments(only, new Date().toISOString().slice(0, 10));
    for (const { environment, warnings } of environments) {
      for (const warning of warnings) console.warn(`warning: ${environment.name}: ${formatProblem(warning)}`);
    }
    const written = writeStacks(
      output,
      environments.map(({ environment }) => ({
        name: environment.name,
        addStacks: (app) => {
          addStacks(app, environment);
        },
      })),
      env,
    );
    if (json) console.log(JSON.stringify(written, undefined, 2));
    else for (const { stack, folder } of written) console.log(`${stack}: ${folder}`);
  },
);

runCommand(synth);
