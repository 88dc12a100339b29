import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EnvironmentInput } from '../../config';
import { podOf } from '../../tools/sandbox/requests';
import { Chain } from './chain';
import {
  EARLIER,
  first,
  NEXT_KUBERNETES,
  service,
  whyNoChain,
  whyNoControllerUpgrade,
  whyNoKubernetesUpgrade,
  withServices,
  type ServiceInput,
} from './environment';
import { type Watched } from './prober';

const why = {
  chain: whyNoChain(process.env),
  controller: whyNoControllerUpgrade(process.env),
  kubernetes: whyNoKubernetesUpgrade(process.env),
};
for (const reason of Object.values(why))
  if (reason !== undefined) process.stdout.write(`skipped: ${reason}\n`);
const whole = why.chain === undefined ? describe : describe.skip;
const where = (reason: string | undefined) => (reason === undefined ? it : it.skip);

const NOTHING_FAILED: Watched['failures'] = {};

const withKubernetes = (base: EnvironmentInput, kubernetesVersion: string): EnvironmentInput => {
  if (base.cluster?.kind !== 'new') throw new Error('the environment makes no cluster');
  return { ...base, cluster: { ...base.cluster, kubernetesVersion } };
};
const ofController = (base: EnvironmentInput, release: string): EnvironmentInput => ({
  ...base,
  loadBalancing: { type: 'controller', release },
});
const newest = first;
const withNewController = why.kubernetes === undefined ? withKubernetes(first, EARLIER.kubernetes) : first;
const begin =
  why.controller === undefined ? ofController(withNewController, EARLIER.controller) : withNewController;

/** Changes, in the order in which they are made, while a client asks five times a second. */
whole('the first month', () => {
  const chain = new Chain(begin);
  const figures: string[] = [];
  const watched = async (what: string, path: string, change: () => Promise<unknown>): Promise<Watched> => {
    const seen = await chain.watch(path, change);
    const failed = Object.entries(seen.failures).map(([answer, times]) => `${times} × ${answer}`);
    figures.push(`${what}: ${seen.asked} requests, ${failed.join(', ') || 'none failed'}`);
    return seen;
  };
  /** The services with others beside them. */
  const beside = (...more: readonly ServiceInput[]) =>
    withServices(newest, (services) => [...services, ...more]);
  const workloads = (...more: readonly ServiceInput[]) => chain.change(beside(...more), 'workloads');

  beforeAll(() => chain.start({ earlier: EARLIER }));
  afterAll(async () => {
    process.stdout.write(`\n${figures.map((line) => `  ${line}\n`).join('')}`);
    await chain.sandbox.down();
  });

  where(why.controller)('upgrades the controller without an interruption', async () => {
    const { failures, asked } = await watched(
      `controller ${EARLIER.controller} -> newest`,
      '/api/users',
      () => chain.change(withNewController, 'addons'),
    );
    expect(failures).toEqual(NOTHING_FAILED);
    expect(asked).toBeGreaterThan(20);
    await expect(chain.sandbox.verify()).resolves.toBeUndefined();
  });

  where(why.kubernetes)('upgrades Kubernetes, and all nodes, without an interruption', async () => {
    const nodes = async () => {
      const kube = await chain.kubernetes();
      const { items } = (await kube('GET', '/api/v1/nodes')) as {
        items: { status: { nodeInfo: { kubeletVersion: string } } }[];
      };
      const { major, minor } = await kube('GET', '/version');
      return [`${String(major)}.${String(minor)}`, items.map((node) => node.status.nodeInfo.kubeletVersion)];
    };
    const [was] = await nodes();
    const { failures } = await watched(`Kubernetes ${EARLIER.kubernetes} -> next`, '/api/users', () =>
      chain.change(newest, 'cluster'),
    );
    expect(failures).toEqual(NOTHING_FAILED);
    const [is, kubelets] = await nodes();
    expect([was, is]).toEqual([EARLIER.kubernetes, NEXT_KUBERNETES]);
    expect(kubelets).toEqual([
      expect.stringContaining(`v${NEXT_KUBERNETES}.`),
      expect.stringContaining(`v${NEXT_KUBERNETES}.`),
    ]);
  });

  it('adds a service without an interruption of the others', async () => {
    const { failures } = await watched('add a service', '/api/users', () =>
      workloads(service('orders', '/api/orders')),
    );
    expect(failures).toEqual(NOTHING_FAILED);
    expect(podOf(await chain.ask('/api/orders'))).toMatch(/^orders-/);
  });

  it("scales, rolls out and moves another's path without an interruption", async () => {
    const next = withServices(beside(service('orders', '/api/orders')), (services) =>
      services.map((each) => {
        if (each.name === 'users') return { ...each, replicas: 3, environment: { RELEASE: '2' } };
        return each.name === 'products' ? { ...each, paths: [{ path: '/api/goods' }] } : each;
      }),
    );
    const { failures } = await watched('scale, roll out, move a path', '/api/users', () =>
      chain.change(next, 'workloads'),
    );
    expect(failures).toEqual(NOTHING_FAILED);
    expect((await chain.ask('/api/goods')).status).toBe(200);
    expect((await chain.ask('/api/products')).status).toBe(404);
  });

  it('rolls out pods that become ready late without an interruption', async () => {
    const slow = service('orders', '/api/orders', { environment: { START_SECONDS: '15' } });
    const { failures, asked } = await watched('roll out pods that are ready after 15 s', '/api/orders', () =>
      workloads(slow),
    );
    expect(failures).toEqual(NOTHING_FAILED);
    // A pod that were let in at once would make it a matter of seconds.
    expect(asked).toBeGreaterThan(75);
  });

  describe.each([
    ['renames a service', 'purchases', {}],
    ['switches to targets that are instances', 'sales', { alb: { targetGroup: { targetType: 'instance' } } }],
  ] as const)('%s', (what, name, more) => {
    const before = what.startsWith('renames')
      ? service('orders', '/api/orders')
      : service('purchases', '/api/orders');

    it('in three deploys without an interruption', async () => {
      const next = (path: string) => service(name, path, more);
      const { failures } = await watched(`${what}, in three deploys`, '/api/orders', async () => {
        await workloads(before, next('/next'));
        await workloads({ ...before, paths: [{ path: '/before' }] }, next('/api/orders'));
        await workloads(next('/api/orders'));
      });
      expect(failures).toEqual(NOTHING_FAILED);
      expect(podOf(await chain.ask('/api/orders'))).toMatch(new RegExp(`^${name}-`));
    });
  });

  it('switches the kind of target in one deploy with an interruption that ends by itself', async () => {
    const { failures } = await watched('switch the kind of target in one deploy', '/api/orders', () =>
      workloads(service('sales', '/api/orders')),
    );
    for (const answer of Object.keys(failures)) expect(['502', '503', '504']).toContain(answer);
    expect((await chain.ask('/api/orders')).status).toBe(200);
  });

  it('renames a service in one deploy with an interruption that ends by itself', async () => {
    const { failures } = await watched('rename a service in one deploy', '/api/orders', () =>
      workloads(service('orders', '/api/orders')),
    );
    for (const answer of Object.keys(failures)) expect(['502', '503', '504']).toContain(answer);
    expect(podOf(await chain.ask('/api/orders'))).toMatch(/^orders-/);
  });

  it('removes a service, and its target group, without an interruption of the others', async () => {
    const { failures } = await watched('remove a service', '/api/users', () => workloads());
    expect(failures).toEqual(NOTHING_FAILED);
    expect((await chain.ask('/api/orders')).status).toBe(404);
    expect((await chain.sandbox.state()).TargetGroups.map(({ Id }) => Id).join()).not.toContain('orders');
  });

  it('adds a zone without an interruption', async () => {
    const { failures } = await watched('add a zone', '/api/users', () =>
      chain.change({ ...newest, network: { ...newest.network, kind: 'new', zones: 3 } }),
    );
    expect(failures).toEqual(NOTHING_FAILED);
    const [shared] = chain.state.LoadBalancers.filter(({ DNSName }) => chain.url().includes(DNSName));
    // The controller leaves a load balancer that is there in the subnets that it has.
    expect(shared?.SubnetMappings).toHaveLength(2);
  });

  it.each([
    ['IRSA', 'pod-identity'],
    ['Pod Identity', 'irsa'],
  ] as const)('changes from %s to %s without an interruption', async (from, podIdentity) => {
    const next: EnvironmentInput = {
      ...newest,
      network: { ...newest.network, kind: 'new', zones: 3 },
      podIdentity,
    };
    const { failures } = await watched(`${from} -> ${podIdentity}`, '/api/users', () => chain.change(next));
    expect(failures).toEqual(NOTHING_FAILED);
    // The controller still works, with credentials of the other kind.
    const late = service(`late-${podIdentity}`, `/late-${podIdentity}`);
    await chain.change(
      withServices(next, (services) => [...services, late]),
      'workloads',
    );
    expect((await chain.ask(`/late-${podIdentity}`)).status).toBe(200);
  });

  it('changes nothing when planned again', async () => {
    await expect(chain.sandbox.verify()).resolves.toBeUndefined();
  });
});
