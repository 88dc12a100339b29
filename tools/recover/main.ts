import { join } from 'node:path';
import { loadEnvironments } from '../../config';
import { command, runCommand } from '../kit/command';
import { InputError } from '../kit/input-error';
import { Removal } from '../kit/inventory/removal';
import { asChild, lockFolder } from '../kit/lock';
import { endOnSignals } from '../kit/process';
import { outputFolder, synthesize } from '../kit/project';
import { parseStackId } from '../kit/stack-id';
import { withMirror } from '../kit/terraform/mirror-config';
import { checkTerraform, withoutMissingConfig } from '../kit/terraform/terraform';
import { terraformStacks } from '../kit/terraform/terraform-stack';
import { recover } from './recover';
import { recoveryText } from './report';

runCommand(
  command(
    {
      name: 'recover',
      summary: `Finds what a run that was killed has made and not written into a state: by the environment's tags, and by the names
that its stacks want. For what a stack wants it writes import blocks beside the synthesized stack, which the next deploy
takes once; the rest is listed. Nothing in AWS is touched without --delete.

Exit code 0: nothing was lost; 2: something was, and what to do is said.`,
      target: 'stack',
      json: true,
      options: {
        delete: {
          description: 'delete what is in no state and wanted by no stack, after listing it',
        },
        unlock: {
          value: 'LOCK_ID',
          description: 'clear the lock that the killed run has left in the stack that is named',
        },
      },
    },
    async ({ environment: name, stack: only, json, options }) => {
      const [loaded] = await loadEnvironments(name, new Date().toISOString().slice(0, 10));
      if (loaded?.environment.kind !== 'aws')
        throw new InputError(`${name} is not on AWS, so it has nothing that could be lost there`);
      if (options.unlock !== undefined && only === undefined)
        throw new InputError(`--unlock clears the lock of one stack: name it, ${name}-network for example`);
      endOnSignals();
      const say = (text: string) => {
        console.error(text);
      };
      const folder = join(outputFolder(process.env), name);
      const base = { ...withoutMissingConfig(process.env), ENVIRONMENT: name };
      await checkTerraform(base);
      const release = lockFolder(folder, `npm run recover -- ${only ?? name}`);
      try {
        const env = withMirror(base, folder);
        say(`${name}: synthesizing`);
        await synthesize(asChild(env), outputFolder(process.env));
        const all = terraformStacks(name, outputFolder(process.env), env);
        const noun = only === undefined ? undefined : parseStackId(only)?.stack;
        const selected = all.filter(({ stack }) => noun === undefined || stack === noun);
        const [first] = selected;
        if (first === undefined) throw new InputError(`${only ?? name} is no stack that recover looks in`);
        if (options.unlock !== undefined) {
          await first.init();
          const unlocked = await first.run(['force-unlock', '-force', '-no-color', options.unlock]);
          if (unlocked.code !== 0) throw new Error(`${only ?? ''}: not unlocked: ${unlocked.stderr.trim()}`);
        }
        const recovery = await recover({ environment: loaded.environment, all, selected, env, say });
        if (json) console.log(JSON.stringify(recovery, undefined, 2));
        else console.log(recoveryText(name, recovery));
        const removal = new Removal(loaded.environment.region, env, say);
        if (options.delete) {
          const failed = await removal.remove(recovery.orphans);
          if (failed.length > 0) throw new Error(`not deleted:\n  ${failed.join('\n  ')}`);
        }
        const orphans = options.delete ? removal.others(recovery.orphans) : recovery.orphans;
        const found = recovery.stacks.some(({ imports, strangers }) => imports.length + strangers.length > 0);
        return found || orphans.length + recovery.undecided.length + recovery.unknown.length > 0 ? 2 : 0;
      } finally {
        release();
      }
    },
  ),
);
