import { CreatePolicyVersionCommand, GetPolicyVersionCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compareLoadBalancers } from '../../tools/kit/load-balancers/comparison';
import { sleep } from '../../tools/kit/process';
import { isEmptyState } from '../../tools/sandbox/load-balancers';
import { previewOf } from '../../tools/sandbox/plan-time';
import { askFor, podOf } from '../../tools/sandbox/requests';
import { servedUrls, visit } from '../../tools/sandbox/routes';
import { Chain } from './chain';
import { first, whyNoChain } from './environment';

const why = whyNoChain(process.env);
if (why !== undefined) process.stdout.write(`skipped: ${why}\n`);
const whole = why === undefined ? describe : describe.skip;

/** Everything real that can be; each step stands on the one before it. */
whole('the whole chain', () => {
  const chain = new Chain(first);

  beforeAll(() => chain.start());
  afterAll(() => chain.sandbox.down());

  it('answers each URL from a pod of its service, and other paths with 404', async () => {
    for (const { name, expected, answer, pod } of await visit(
      servedUrls(chain.reports),
      chain.state,
      chain.sandbox.emulator(),
    )) {
      expect([name, answer.status]).toEqual([name, expected]);
      if (expected === 200) expect(pod).toContain(name);
    }
  });

  it('has made the load balancers that were previewed', () => {
    const { LoadBalancers } = previewOf(chain.sandbox.stacks());
    const made = chain.state.LoadBalancers.filter(({ Id }) => Id !== '');
    const { deviations, compared } = compareLoadBalancers(LoadBalancers, made);
    expect(deviations).toEqual([]);
    expect(compared).toBeGreaterThan(100);
  });

  it('redirects HTTP to HTTPS', async () => {
    const { status, headers } = await chain.ask(chain.url().replace('https:', 'http:') + 'api/users');
    expect([status, headers.location]).toEqual([
      301,
      expect.stringMatching(/^https:\/\/.*:443\/api\/users$/),
    ]);
  });

  it('spreads a weighted forward over both services', async () => {
    const pods = await Promise.all(Array.from({ length: 60 }, async () => podOf(await chain.ask('/canary'))));
    for (const name of ['users', 'products']) expect(pods.some((pod) => pod?.startsWith(name))).toBe(true);
  });

  it('passes connections of a Network Load Balancer on to the pods of its Service', async () => {
    const [balancer] = chain.state.LoadBalancers.filter(({ Type }) => Type === 'network');
    const answer = await askFor(
      `http://${balancer?.DNSName ?? ''}/`,
      chain.state.LoadBalancers,
      chain.sandbox.emulator(),
    );
    expect(podOf(answer)).toMatch(/^users-/);
  });

  it("serves a target group of Terraform's own with the pods that a TargetGroupBinding names", async () => {
    const own = chain.state.LoadBalancers.find(({ Id, Type }) => Id === '' && Type === 'application');
    const answer = await askFor(
      `http://${own?.DNSName ?? ''}/`,
      chain.state.LoadBalancers,
      chain.sandbox.emulator(),
    );
    expect(podOf(answer)).toMatch(/^products-/);
  });

  it('changes nothing when planned again', async () => {
    await expect(chain.sandbox.verify()).resolves.toBeUndefined();
  });

  it('refuses Auto Mode beside the controller, and changes nothing', async () => {
    if (first.cluster?.kind !== 'new') throw new Error('the environment makes no cluster');
    const both = { ...first, cluster: { ...first.cluster, compute: { autoMode: {} } } };
    await expect(chain.change(both)).rejects.toThrow('brings load balancing of its own');
    expect((await chain.ask('/api/users')).status).toBe(200);
  });

  it("denies the controller what its policy doesn't allow, in AWS's words, until it does", async () => {
    const iam = new IAMClient(chain.aws());
    const PolicyArn =
      'arn:aws:iam::111122223333:policy/eks-ingress-sandbox-AWSLoadBalancerControllerIAMPolicy';
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
    const shipped = decodeURIComponent(PolicyVersion?.Document ?? '');
    const write = (PolicyDocument: string) =>
      iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }));
    const kube = await chain.kubernetes();
    const ingresses = '/apis/networking.k8s.io/v1/namespaces/shop/ingresses';
    const eventsOf = async (name: string) => {
      const events = await kube(
        'GET',
        `/api/v1/namespaces/shop/events?fieldSelector=involvedObject.name=${name}`,
      );
      return JSON.stringify(events.items);
    };
    const balancers = async () => (await chain.sandbox.state()).LoadBalancers.map(({ Id }) => Id);

    const without = shipped.replace(/"elasticloadbalancing:CreateLoadBalancer",?/, '');
    expect(without).not.toBe(shipped);
    await write(without);
    await kube('POST', ingresses, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name: 'denied',
        annotations: {
          'alb.ingress.kubernetes.io/scheme': 'internal',
          'alb.ingress.kubernetes.io/target-type': 'ip',
        },
      },
      spec: {
        ingressClassName: 'alb',
        defaultBackend: { service: { name: 'users', port: { number: 80 } } },
      },
    });
    await until(async () => (await eventsOf('denied')).includes('FailedDeployModel'));
    expect(await eventsOf('denied')).toMatch(
      /StatusCode: 403.*AccessDenied: User: arn:aws:sts::\d+:assumed-role\/\S+ is not authorized to perform: elasticloadbalancing:CreateLoadBalancer/,
    );
    expect(await balancers()).not.toContain('shop/denied');

    await write(shipped);
    await until(async () => (await balancers()).includes('shop/denied'));
    await kube('DELETE', `${ingresses}/denied`);
    await until(async () => !(await balancers()).includes('shop/denied'));
  });

  it('destroys in its own order, and leaves nothing of the controller', async () => {
    await chain.sandbox.destroy();
    const left = await chain.sandbox.state();
    expect(left).toMatchObject({ LoadBalancers: [], TargetGroups: [], SecurityGroups: [], Clusters: [] });
    expect(isEmptyState(left)).toBe(true);
  });
});

/** Waits until it is so. @throws after a while */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 300_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('it never came to that');
    await sleep(1000);
  }
}
