import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { environment } from '../../environments/sandbox';
import { run } from '../../tools/kit/process';
import { PROJECT } from '../../tools/kit/project';
import { terraform } from '../../tools/kit/terraform/terraform';
import { Chain } from './chain';
import { whyNoChain } from './environment';

const why = whyNoChain(process.env);
if (why !== undefined) process.stdout.write(`skipped: ${why}\n`);
const whole = why === undefined ? describe : describe.skip;

/** What becomes of a destroy in the wrong order, and the ways out; each step stands on the one before it. */
whole('a destroy in the wrong order', () => {
  const chain = new Chain(environment);
  const npm = async (command: string, ...args: readonly string[]) => {
    const { env } = await chain.sandbox.prepare();
    const { code, stdout, stderr } = await run('npm', ['run', command, '--', ...args], { cwd: PROJECT, env });
    return { code, text: stdout + stderr };
  };
  /** As somebody does it who doesn't use the project's commands. */
  const plain = async (name: string, ...args: readonly string[]) => {
    const { env } = await chain.sandbox.prepare();
    const stack = chain.sandbox.stacks().find((each) => each.name === name);
    const options = { cwd: stack?.folder ?? '', env };
    await terraform(['init', '-no-color'], options);
    const { code, stdout, stderr } = await terraform([...args, '-no-color'], options);
    return { code, text: stdout + stderr };
  };

  beforeAll(() => chain.start());
  afterAll(() => chain.sandbox.down());

  it('is refused, naming what is built on the stack', async () => {
    const { code, text } = await npm('destroy', 'sandbox-addons', '--auto-approve');
    expect({ code, text }).toMatchObject({
      code: 1,
      text: expect.stringContaining('sandbox-workloads is built on it'),
    });
    expect((await chain.ask('/api/users')).status).toBe(200);
  });

  it('by Terraform itself leaves load balancers that serve on, and a workloads stack that can be destroyed', async () => {
    expect(await plain('sandbox-addons', 'destroy', '-auto-approve')).toMatchObject({ code: 0 });
    expect((await chain.ask('/api/users')).status).toBe(200);
    expect(await plain('sandbox-workloads', 'plan', '-destroy')).toMatchObject({
      code: 0,
      text: expect.stringMatching(/0 to add, 0 to change, \d+ to destroy/),
    });
  });

  it('of addons is mended by deploying them again: the controller takes over what it made', async () => {
    const names = () => chain.state.LoadBalancers.map(({ Id, DNSName }) => `${Id} ${DNSName}`);
    const [services] = names().filter((name) => name.startsWith('shop/'));
    await chain.change(environment, 'addons');
    expect(names()).toContain(services);
    await expect(chain.sandbox.verify()).resolves.toBeUndefined();
  });
});
