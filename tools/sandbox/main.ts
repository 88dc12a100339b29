import { runCommand } from '../kit/command';
import { endOnSignals } from '../kit/process';
import { Sandbox } from './sandbox';
import { table } from './report';

const USAGE = `usage: npm run sandbox -- up | deploy [STACK] | status | verify | destroy | down
       npm run demo`;

const sandbox = new Sandbox((text) => {
  console.log(text);
});

/** Everything once, and nothing left. */
async function demo(): Promise<void> {
  const started = Date.now();
  await sandbox.up();
  try {
    const reports = await sandbox.deploy();
    console.log(`\n${table(reports)}\n`);
    await sandbox.verify();
    await sandbox.destroy();
  } finally {
    await sandbox.down();
  }
  console.log(`\nthe demo took ${((Date.now() - started) / 1000).toFixed(0)} s; nothing is left running`);
}

const STEPS: Readonly<Record<string, (stack?: string) => Promise<void>>> = {
  up: () => sandbox.up(),
  deploy: async (stack) => {
    console.log(`\n${table(await sandbox.deploy(stack))}`);
  },
  status: async () => {
    console.log(table(await sandbox.status()));
  },
  verify: () => sandbox.verify(),
  destroy: () => sandbox.destroy(),
  down: () => sandbox.down(),
  demo,
};

async function main([name = '', stack]: readonly string[]): Promise<void> {
  const step = STEPS[name];
  if (!step) throw new Error(USAGE);
  endOnSignals();
  await step(stack);
}

runCommand(main);
