import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { loadEnvironments } from '../../config';
import { ENVIRONMENTS } from '../../config/environment-names';
import { command, runCommand } from '../kit/command';
import { InputError } from '../kit/input-error';
import { PROJECT } from '../kit/project';
import { editField } from './edit';
import { judgeEdited, planUpgrade, sightOf } from './plan';
import { controllerStep, kubernetesStep } from './step';
import { diffText, lookText, planText } from './text';

/** `npm run upgrade` */
const upgrade = command(
  {
    name: 'upgrade',
    summary:
      'Plans one step up, of Kubernetes or of the load balancer controller: what is in the way, what changes, until when it can be\n' +
      'taken back and in which order to deploy; then writes it into the file of the environment. It deploys nothing. Ends with 0 if\n' +
      'it is written, 1 for an error, 2 if something is in the way (nothing is written), 3 if it is written and not all was looked at.',
    target: 'environment',
    json: true,
    options: {
      to: { value: 'VERSION', description: 'next minor version of Kubernetes, such as 1.37' },
      controller: { value: 'RELEASE', description: 'release of the load balancer controller, such as 3.5.0' },
      offline: { description: 'look at nothing but the files' },
      'dry-run': { description: 'write nothing' },
      anyway: { description: 'write it although something is in the way' },
    },
  },
  async ({ environment: name, json, options }) => {
    const { to, controller, offline = false, 'dry-run': isDry = false, anyway = false } = options;
    if ((to === undefined) === (controller === undefined))
      throw new InputError('one step at a time: write either --to 1.37, or --controller 3.5.0');
    const today = new Date().toISOString().slice(0, 10);
    const [loaded] = await loadEnvironments(name, today);
    const environment = loaded?.environment;
    if (environment?.kind !== 'aws')
      throw new InputError(`${name} is no environment on AWS: its cluster is upgraded where it comes from`);
    const stepOf = (actual?: string) =>
      controller === undefined
        ? kubernetesStep(environment, to ?? '', { actual, today })
        : controllerStep(environment, controller);
    // What the files refuse is told before anything is looked at.
    stepOf();
    const sight = await sightOf(environment, today, offline);
    const step = stepOf(sight.actual);
    const file = join(ENVIRONMENTS, `${name}.ts`);
    const shown = relative(PROJECT, file);
    const source = readFileSync(file, 'utf8');
    const edit = editField(shown, source, step.change);
    const { after, news } = await judgeEdited(name, step, edit, today);
    const say = (text: string) => {
      if (!json) console.log(text);
    };
    say(`${name}: ${step.of} ${step.from ?? '?'} → ${step.to}\n`);
    const found = await planUpgrade(
      { before: environment, after },
      { ...step, notes: [...step.notes, ...news] },
      sight,
      (result) => {
        say(lookText(result));
      },
    );
    say(planText(found, Math.min(process.stdout.columns ?? 100, 160)));
    const isBlocked = found.results.some(({ state }) => state === 'broken') && !anyway;
    const written = !isBlocked && !isDry;
    if (written) {
      writeFileSync(`${file}.new`, edit.text);
      renameSync(`${file}.new`, file);
    }
    const why = isBlocked
      ? 'something is in the way, so nothing is written (--anyway writes it)'
      : '--dry-run';
    say(`\n${diffText(shown, source, edit)}\n\n${written ? 'Written.' : `Not written: ${why}.`}`);
    if (json) {
      console.log(
        JSON.stringify(
          {
            ...found,
            file: { path: shown, line: edit.line, before: edit.before, after: edit.after, written },
          },
          undefined,
          2,
        ),
      );
    }
    if (isBlocked) return 2;
    return found.results.some(({ state }) => state === 'not judged') ? 3 : 0;
  },
);

runCommand(upgrade);
