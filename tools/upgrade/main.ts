import { command, runCommand } from '../kit/command';
import { upgrade, upgradeCode } from './upgrade';

/** `npm run upgrade` */
const upgradeCommand = command(
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
  async ({ environment, json, options }) => {
    const { to, controller, offline, 'dry-run': isDry, anyway } = options;
    const result = await upgrade(
      { environment, to, controller, offline, isDry, anyway },
      (text) => {
        if (!json) console.log(text);
      },
      {
        today: new Date().toISOString().slice(0, 10),
        columns: Math.min(process.stdout.columns ?? 100, 160),
      },
    );
    if (json) console.log(JSON.stringify(result, undefined, 2));
    return upgradeCode(result, { anyway });
  },
);

runCommand(upgradeCommand);
