import { rmSync } from 'node:fs';
import {
  DeleteClusterCommand,
  DeleteNodegroupCommand,
  EKSClient,
  ListNodegroupsCommand,
  waitUntilClusterDeleted,
  waitUntilNodegroupDeleted,
} from '@aws-sdk/client-eks';
import { STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadEnvironments, type AwsEnvironment } from '../../config';
import { awsClientSettings } from '../../tools/kit/aws';
import { ClusterApi } from '../../tools/kit/cluster-api';
import { Removal } from '../../tools/kit/inventory/removal';
import { failureOf } from '../../tools/kit/terraform/failure';
import { StackRunner } from '../../tools/kit/terraform/terraform-stack';
import { isStack, type Stack } from '../../tools/kit/stack-id';
import { isEmptyState } from '../../tools/sandbox/load-balancers';
import { whenHealthy } from '../../tools/sandbox/routes';
import { Sandbox } from '../../tools/sandbox/sandbox';
import { survey } from '../../tools/teardown/survey';
import { teardown } from '../../tools/teardown/teardown';
import { whyNoChain } from './environment';

const CONTROLLER = '/apis/apps/v1/namespaces/kube-system/deployments/aws-load-balancer-controller';

const sandbox = new Sandbox(() => undefined);
const why = whyNoChain(process.env);
if (why !== undefined) process.stdout.write(`skipped: ${why}\n`);
const whole = why === undefined ? describe : describe.skip;

whole('a teardown of the whole chain', () => {
  const before = { ...process.env };
  let environment: AwsEnvironment;
  let env: NodeJS.ProcessEnv;

  const runners = () =>
    sandbox.stacks().map(({ name, folder }) => new StackRunner(stackOf(name), folder, [], env));
  const taken = (removeFinalizers = false, stopAt?: Stack) =>
    teardown({
      environment,
      stacks: runners(),
      bootstrap: [],
      env,
      removal: new Removal(environment.region, env, () => undefined),
      removeFinalizers,
      destroy: async (stack) => {
        if (stack.stack === stopAt) throw new Error('stopped');
        const result = await stack.run(['destroy', '-auto-approve', '-input=false', '-no-color']);
        if (result.code !== 0) throw new Error(failureOf(result));
      },
      show: () => undefined,
      say: () => undefined,
    });
  const expectNothing = async () => {
    const found = await survey(environment, env, []);
    expect(found.cluster).toBeUndefined();
    expect(found.made).toEqual([]);
    expect(found.terraform).toEqual([]);
    expect(isEmptyState(await sandbox.state())).toBe(true);
    for (const stack of runners()) expect([stack.stack, await stack.isEmpty()]).toEqual([stack.stack, true]);
  };
  const deployed = async () => {
    const reports = await sandbox.deploy();
    expect(reports.map(({ state }) => state)).toEqual(['applied', 'applied', 'applied', 'applied']);
    await whenHealthy(() => sandbox.state());
  };

  beforeAll(async () => {
    await sandbox.down();
    await sandbox.up();
    ({ env } = await sandbox.prepare());
    Object.assign(process.env, env);
    const [parsed] = await loadEnvironments('sandbox', new Date().toISOString().slice(0, 10));
    if (parsed?.environment.kind !== 'aws') throw new Error('sandbox is no environment on AWS');
    ({ environment } = parsed);
  });
  afterAll(async () => {
    process.env = before;
    await sandbox.down();
  });

  it('takes finalizers away only where it is told to, if the controller is gone', async () => {
    await deployed();
    const { cluster = {} } = await survey(environment, env, []);
    const sts = new STSClient(awsClientSettings(environment.region, env));
    const api = await ClusterApi.of(environment, cluster, sts);
    await api.patch(CONTROLLER, { spec: { replicas: 0 } });
    while ((await survey(environment, env, [])).finalizers?.isServed !== false);
    await expect(taken()).rejects.toThrow(/Ingress shop\/services.*--remove-finalizers/);
    expect(await Promise.all(runners().map((stack) => stack.isEmpty()))).not.toContain(true);
    expect(await taken(true)).toEqual([]);
    await expectNothing();
  });

  it('goes on where it was stopped, and sweeps what no state knows any more', async () => {
    await deployed();
    for (const { name, stateFile } of sandbox.stacks())
      if (name === 'sandbox-network' && stateFile !== undefined) rmSync(stateFile);
    await expect(taken(false, 'cluster')).rejects.toThrow('stopped');
    expect(await taken()).toEqual([]);
    await expectNothing();
  });

  it('sweeps what the controller made, if the cluster is gone', async () => {
    await deployed();
    const eks = new EKSClient(awsClientSettings(environment.region, env));
    const { name } = environment.cluster;
    const { nodegroups = [] } = await eks.send(new ListNodegroupsCommand({ clusterName: name }));
    const wait = { client: eks, maxWaitTime: 300, minDelay: 1, maxDelay: 2 };
    for (const nodegroupName of nodegroups) {
      await eks.send(new DeleteNodegroupCommand({ clusterName: name, nodegroupName }));
      await waitUntilNodegroupDeleted(wait, { clusterName: name, nodegroupName });
    }
    await eks.send(new DeleteClusterCommand({ name }));
    await waitUntilClusterDeleted(wait, { name });
    expect(isEmptyState(await sandbox.state())).toBe(false);
    expect(await taken()).toEqual([]);
    await expectNothing();
  });
});

function stackOf(id: string): Stack {
  const noun = id.slice(id.lastIndexOf('-') + 1);
  if (!isStack(noun)) throw new Error(`${id} is no stack`);
  return noun;
}
