import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EnvironmentInput } from '../../config';
import { compareLoadBalancers } from '../../tools/kit/load-balancers/comparison';
import { isEmptyState, type EmulatorState } from '../../tools/sandbox/load-balancers';
import { previewOf } from '../../tools/sandbox/plan-time';
import { type StackReport } from '../../tools/sandbox/report';
import { askFor, podOf, type Question } from '../../tools/sandbox/requests';
import { servedUrls, visit, whenHealthy } from '../../tools/sandbox/routes';
import { Sandbox } from '../../tools/sandbox/sandbox';
import { first, service, whyNoChain, withServices, writeEnvironment } from './environment';
import { whileAsking, type Watched } from './prober';

let current: EnvironmentInput = first;
const log: string[] = [];
const sandbox = new Sandbox(
  (text) => log.push(text),
  (env, folder) => Promise.resolve(writeEnvironment(current, env, folder)),
);
const NOTHING_FAILED: Watched['failures'] = {};

const why = whyNoChain(process.env);
if (why !== undefined) process.stdout.write(`skipped: ${why}\n`);
const whole = why === undefined ? describe : describe.skip;

/** The chain with everything real that can be: each step stands on the one before it. */
whole('the whole chain', () => {
  let reports: readonly StackReport[] = [];
  let state: EmulatorState;

  const output = (name: string): unknown =>
    reports.map(({ outputs }) => outputs[name]).find((value) => value !== undefined);
  const url = () => String(output('url'));
  const ask = async (path: string, question: Question = {}) =>
    askFor(new URL(path, url()).href, (await sandbox.state()).LoadBalancers, sandbox.emulator(), question);
  const workloads = async (next: EnvironmentInput) => {
    current = next;
    const [report] = await sandbox.deploy('sandbox-workloads');
    if (!report || report.state !== 'applied') throw new Error(`not applied: ${report?.reason ?? ''}`);
    reports = [...reports.filter(({ stack }) => stack !== report.stack), report];
    state = await whenHealthy(() => sandbox.state());
  };

  beforeAll(async () => {
    await sandbox.down();
    await sandbox.up({ podsTakeLeave: true, podStartSeconds: 2 });
    reports = await sandbox.deploy();
    state = await whenHealthy(() => sandbox.state());
  });
  afterAll(() => sandbox.down());

  it('applies all four stacks', () => {
    expect(reports.map(({ stack, state: done, reason }) => [stack, done, reason])).toEqual(
      ['network', 'cluster', 'addons', 'workloads'].map((name) => [`sandbox-${name}`, 'applied', undefined]),
    );
  });

  it('answers each URL from a pod of its service, and other paths with 404', async () => {
    for (const { name, expected, answer, pod } of await visit(
      servedUrls(reports),
      state,
      sandbox.emulator(),
    )) {
      expect([name, answer.status]).toEqual([name, expected]);
      if (expected === 200) expect(pod).toContain(name);
    }
  });

  it('has made the load balancers that were previewed', () => {
    const { LoadBalancers } = previewOf(sandbox.stacks());
    const made = state.LoadBalancers.filter(({ Id }) => Id !== '');
    const { deviations, compared } = compareLoadBalancers(LoadBalancers, made);
    expect(deviations).toEqual([]);
    expect(compared).toBeGreaterThan(100);
  });

  it('redirects HTTP to HTTPS', async () => {
    const { status, headers } = await ask(url().replace('https:', 'http:') + '/api/users');
    expect([status, headers.location]).toEqual([
      301,
      expect.stringMatching(/^https:\/\/.*:443\/api\/users$/),
    ]);
  });

  it('spreads a weighted forward over both services', async () => {
    const pods = await Promise.all(Array.from({ length: 60 }, async () => podOf(await ask('/canary'))));
    for (const name of ['users', 'products']) expect(pods.some((pod) => pod?.startsWith(name))).toBe(true);
  });

  it('passes connections of a Network Load Balancer on to the pods of its Service', async () => {
    const [balancer] = state.LoadBalancers.filter(({ Type }) => Type === 'network');
    const answer = await askFor(
      `http://${balancer?.DNSName ?? ''}/`,
      state.LoadBalancers,
      sandbox.emulator(),
    );
    expect(podOf(answer)).toMatch(/^users-/);
  });

  it("serves a target group of Terraform's own with the pods that a TargetGroupBinding names", async () => {
    const own = state.LoadBalancers.find(({ Id, Type }) => Id === '' && Type === 'application');
    const answer = await askFor(`http://${own?.DNSName ?? ''}/`, state.LoadBalancers, sandbox.emulator());
    expect(podOf(answer)).toMatch(/^products-/);
  });

  it('changes nothing when planned again', async () => {
    await expect(sandbox.verify()).resolves.toBeUndefined();
  });

  describe('in the first month', () => {
    const users = () => new URL('/api/users', url()).href;

    it('adds a service without an interruption of the others', async () => {
      const next = withServices(first, (services) => [...services, service('orders', '/api/orders')]);
      const { failures, asked } = await whileAsking(sandbox, users(), () => workloads(next));
      expect(failures).toEqual(NOTHING_FAILED);
      expect(asked).toBeGreaterThan(20);
      expect(podOf(await ask('/api/orders'))).toMatch(/^orders-/);
    });

    it("scales, rolls out and moves another's path without an interruption", async () => {
      const next = withServices(first, (services) => [
        ...services.map((each) =>
          each.name === 'users'
            ? { ...each, replicas: 3, environment: { RELEASE: '2' } }
            : { ...each, paths: [{ path: '/api/goods' }] },
        ),
        service('orders', '/api/orders'),
      ]);
      const { failures } = await whileAsking(sandbox, users(), () => workloads(next));
      expect(failures).toEqual(NOTHING_FAILED);
      expect((await ask('/api/goods')).status).toBe(200);
      expect((await ask('/api/products')).status).toBe(404);
    });

    it('removes a service, and its target group, without an interruption of the others', async () => {
      const { failures } = await whileAsking(sandbox, users(), () => workloads(first));
      expect(failures).toEqual(NOTHING_FAILED);
      expect((await ask('/api/orders')).status).toBe(404);
      expect((await sandbox.state()).TargetGroups.map(({ Id }) => Id).join()).not.toContain('orders');
    });

    it('changes from IRSA to Pod Identity without an interruption', async () => {
      current = { ...first, podIdentity: 'pod-identity' };
      const { failures } = await whileAsking(sandbox, users(), async () => {
        for (const report of await sandbox.deploy())
          expect([report.stack, report.state]).toEqual([report.stack, 'applied']);
      });
      expect(failures).toEqual(NOTHING_FAILED);
      // The controller still works, with credentials of the other kind.
      await workloads({
        ...withServices(first, (services) => [...services, service('late', '/late')]),
        podIdentity: 'pod-identity',
      });
      expect((await ask('/late')).status).toBe(200);
    });
  });

  it('destroys in its own order, and leaves nothing of the controller', async () => {
    await sandbox.destroy();
    const left = await sandbox.state();
    expect(left).toMatchObject({ LoadBalancers: [], TargetGroups: [], SecurityGroups: [], Clusters: [] });
    expect(isEmptyState(left)).toBe(true);
  });
});
