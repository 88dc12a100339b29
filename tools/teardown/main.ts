import { join } from 'node:path';
import { loadEnvironments } from '../../config';
import { command, runCommand } from '../kit/command';
import { InputError } from '../kit/input-error';
import { Removal } from '../kit/inventory/removal';
import { asChild, lockFolder } from '../kit/lock';
import { endOnSignals } from '../kit/process';
import { outputFolder, synthesize } from '../kit/project';
import { withMirror } from '../kit/terraform/mirror-config';
import { checkTerraform, withoutMissingConfig } from '../kit/terraform/terraform';
import { terraformStacks } from '../kit/terraform/terraform-stack';
import { survey, type Survey } from './survey';
import { bootstrapTexts, destroyStack, teardown } from './teardown';
import { surveyText } from './text';

runCommand(
  command(
    {
      name: 'teardown',
      summary: `Lists what AWS holds of an environment, asked by tag and not by state, in the order in which it would go; --yes takes it down:
workloads, addons, cluster and network by the project's destroy, and what their controllers left. What carries other tags is never
touched, nor what an existing cluster holds for others. A later call goes on where one was stopped. The bootstrap stack stays.

Exit code 0: nothing is there; 2: something is, or was left.`,
      target: 'environment',
      json: true,
      options: {
        yes: { description: 'do it, after listing it' },
        'remove-finalizers': {
          description: 'with --yes: take away the finalizers of a controller that no longer runs',
        },
      },
    },
    async ({ environment: name, json, options }) => {
      const [loaded] = await loadEnvironments(name, new Date().toISOString().slice(0, 10));
      const environment = loaded?.environment;
      if (environment?.kind !== 'aws')
        throw new InputError(`${name} is not on AWS: kubectl delete namespace takes down what it has made`);
      if (options['remove-finalizers'] && !options.yes)
        throw new InputError('--remove-finalizers changes the cluster: write --yes too, or leave it out');
      endOnSignals();
      const say = (text: string) => {
        console.error(text);
      };
      const folder = join(outputFolder(process.env), name);
      const base = { ...withoutMissingConfig(process.env), ENVIRONMENT: name };
      await checkTerraform(base);
      const release = lockFolder(folder, `npm run teardown -- ${name}`);
      let env: NodeJS.ProcessEnv;
      try {
        env = withMirror(base, folder);
        say(`${name}: synthesizing`);
        await synthesize(asChild(env), outputFolder(process.env));
      } finally {
        // Each destroy takes the lock for itself.
        release();
      }
      const stacks = terraformStacks(name, outputFolder(process.env), env);
      const bootstrap = bootstrapTexts(folder);
      const removal = new Removal(environment.region, env, say);
      const ids = [...stacks].reverse().map(({ stack }) => `${name}-${stack}`);
      const show = (found: Survey) => {
        if (json) console.log(JSON.stringify(found, undefined, 2));
        else console.log(surveyText(name, ids, found, (resources) => removal.ordered(resources)));
      };
      const found = await survey(environment, env, bootstrap);
      show(found);
      const isThere = found.cluster !== undefined && environment.cluster.kind === 'new';
      if (!options.yes) return isThere || found.made.length + found.terraform.length > 0 ? 2 : 0;
      if (found.protected.length > 0)
        throw new Error(`protected, so nothing was deleted:\n  ${found.protected.join('\n  ')}`);
      const left = await teardown({
        environment,
        stacks,
        bootstrap,
        env,
        removal,
        removeFinalizers: options['remove-finalizers'] === true,
        destroy: ({ stack }) => destroyStack(`${name}-${stack}`, base, say),
        show: (rest) => {
          if (!json) show(rest);
        },
        say,
      });
      for (const reason of left) console.error(reason);
      return left.length > 0 ? 2 : 0;
    },
  ),
);
