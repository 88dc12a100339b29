import { describe, expect, it } from '@jest/globals';
import { EksNodeGroup } from '@cdktf/provider-aws/lib/eks-node-group';
import { App, TerraformStack } from 'cdktf';
import { addStacks } from '../../stacks';
import { environment } from '../support/environments';
import { stacksOf, synthesizedStacks } from '../support/stacks';

describe('stacks', () => {
  const stacks = stacksOf(environment());

  it('are children of the app, named after the environment', () => {
    expect(stacks.map(({ node }) => node.path)).toEqual([
      'test-network',
      'test-cluster',
      'test-addons',
      'test-workloads',
    ]);
  });

  it('are applied after those whose outputs they read', () => {
    expect(
      Object.fromEntries(
        stacks.map((stack) => [stack.node.id, stack.dependencies.map(({ node }) => node.id).sort()]),
      ),
    ).toEqual({
      'test-network': [],
      'test-cluster': ['test-network'],
      'test-addons': ['test-cluster', 'test-network'],
      'test-workloads': ['test-addons', 'test-cluster'],
    });
  });

  it('start nodes after the routes by which they reach the internet, though these are of another stack', () => {
    const { network, cluster } = synthesizedStacks(
      environment({ network: { kind: 'new', nat: 'per-zone', zones: 2 } }),
    );
    expect(cluster?.json).toHaveResourceWithProperties(EksNodeGroup, {
      subnet_ids: '${data.terraform_remote_state.network-state.outputs.private_subnet_ids}',
    });
    const routes = Object.entries(network?.resources('aws_route') ?? {}).filter(
      ([, route]) => route.nat_gateway_id !== undefined,
    );
    expect(routes).toHaveLength(2);
    expect(network?.outputs().private_subnet_ids?.depends_on).toEqual(
      expect.arrayContaining(routes.map(([id]) => `aws_route.${id}`)),
    );
  });

  it('of several environments know nothing of each other', () => {
    const app = new App();
    for (const name of ['one', 'two']) addStacks(app, environment({ name }));
    expect(app.node.children).toHaveLength(8);
    for (const stack of app.node.children.filter((child) => TerraformStack.isStack(child))) {
      const [own] = stack.node.id.split('-');
      for (const { node } of stack.dependencies) expect(node.id).toMatch(new RegExp(`^${own}-`));
    }
  });
});
