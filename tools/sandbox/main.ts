import { command, runCommand } from '../kit/command';
import { InputError } from '../kit/input-error';
import { endOnSignals } from '../kit/process';
import { demo, visitAll, visitsText } from './demo';
import { Sandbox } from './sandbox';
import { reportTable } from './report';

const say = (text: string) => {
  console.log(text);
};
const sandbox = new Sandbox(say);

/** It is always of environment sandbox: a stack may be named, but no other environment. */
const only = (environment: string | undefined, stack: string | undefined) => {
  if (environment === undefined || environment === 'sandbox') return stack;
  throw new InputError(`${stack ?? environment} is not of the sandbox: write sandbox-network`);
};

const ENFORCE_IAM = { 'enforce-iam': { description: 'check calls of AWS against IAM policies' } } as const;

const COMMANDS = [
  command(
    { name: 'sandbox up', summary: 'Starts the emulated AWS.', target: 'none', options: ENFORCE_IAM },
    ({ options }) => sandbox.up({ enforceIam: options['enforce-iam'] }),
  ),
  command(
    {
      name: 'sandbox deploy',
      summary: 'Applies the stacks of environment sandbox, or one of them.',
      target: 'stack',
      targetOptional: true,
    },
    async ({ environment, stack }) => {
      console.log(`\n${reportTable(await sandbox.deploy(only(environment, stack)))}`);
    },
  ),
  command(
    { name: 'sandbox status', summary: 'What is there.', target: 'none', json: true },
    async ({ json }) => {
      const reports = await sandbox.status();
      console.log(json ? JSON.stringify(reports, undefined, 2) : reportTable(reports));
    },
  ),
  command(
    { name: 'sandbox open', summary: 'Asks for each URL through its load balancer.', target: 'none' },
    async () => {
      say(visitsText(await visitAll(sandbox, await sandbox.status())));
    },
  ),
  command(
    {
      name: 'sandbox verify',
      summary: 'Plans what is applied once more: nothing may change.',
      target: 'none',
    },
    () => sandbox.verify(),
  ),
  command({ name: 'sandbox destroy', summary: 'Destroys the stacks.', target: 'none' }, () =>
    sandbox.destroy(),
  ),
  command(
    { name: 'sandbox down', summary: 'Stops the emulated AWS and removes what is left.', target: 'none' },
    () => sandbox.down(),
  ),
  command(
    {
      name: 'demo',
      summary: 'Everything of the sandbox once, and nothing is left.',
      target: 'none',
      options: ENFORCE_IAM,
    },
    ({ options }) => demo(sandbox, say, { enforceIam: options['enforce-iam'] }),
  ),
];

endOnSignals();
runCommand(COMMANDS);
