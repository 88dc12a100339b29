import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { applyEnvironment } from '../../../tools/ci/apply-environment';
import { destroyEnvironment } from '../../../tools/ci/destroy-environment';
import { planEnvironment } from '../../../tools/ci/plan-environment';
import {
  deviations,
  parseReviewed,
  reviewedPlans,
  type ReviewedPlans,
} from '../../../tools/ci/reviewed-plans';
import { type StackRunner } from '../../../tools/kit/terraform/terraform-stack';
import { FakeStacks, planJson } from './fake-terraform';

const VPC = { address: 'aws_vpc.vpc', after: { cidr_block: '10.0.0.0/16' } };
const CLUSTER = { address: 'aws_eks_cluster.cluster', after: { name: 'dev' } };
const OPTIONS = { environment: 'dev', commit: 'abc' };
/** What the cluster has read of the network. */
const read = (values: object) => ({
  prior_state: {
    values: {
      root_module: {
        resources: [
          {
            mode: 'data',
            type: 'terraform_remote_state',
            name: 'network-state',
            values: { outputs: values },
          },
        ],
      },
    },
  },
});

let fake: FakeStacks;
let printed: string[];

beforeEach(() => {
  fake = new FakeStacks();
  printed = [];
  jest.spyOn(console, 'error').mockImplementation((line: unknown) => {
    printed.push(String(line));
  });
});
afterEach(() => {
  fake.remove();
  jest.restoreAllMocks();
});

/** Network and cluster, neither waiting for the other. */
function independent(): readonly StackRunner[] {
  return [
    fake.stack('network', { 'plan.json': planJson([VPC]) }),
    fake.stack('cluster', { 'plan.json': planJson([CLUSTER], {}, read({ vpc_id: 'vpc-1' })) }, ['network']),
  ];
}

/** A new environment: the cluster can't be planned before the network publishes something. */
function fresh(): readonly StackRunner[] {
  return [
    fake.stack('network', { 'plan.json': planJson([VPC], { vpc_id: 'vpc-1' }) }),
    fake.stack('cluster', { 'plan.fail': 'No stored state was found' }, ['network']),
    fake.stack('addons', { 'plan.json': planJson() }, ['cluster']),
  ];
}

async function review(stacks: readonly StackRunner[]): Promise<ReviewedPlans> {
  const reviewed = reviewedPlans(stacks, await planEnvironment(stacks, fake.path('review')), OPTIONS);
  fake.calls();
  // As it comes from an artifact.
  return parseReviewed(JSON.stringify(reviewed));
}

const apply = (stacks: readonly StackRunner[], reviewed?: ReviewedPlans) =>
  applyEnvironment({ ...OPTIONS, stacks, folder: fake.plans, reviewed });

const applies = () => fake.calls().filter((call) => call.includes(' apply '));

describe('planEnvironment', () => {
  it('plans stack by stack, each after init, into files that only we can read', async () => {
    const plans = await planEnvironment(independent(), fake.plans);
    expect(fake.calls()).toEqual([
      'network init',
      'network plan',
      'network show plans/network.tfplan',
      'cluster init',
      'cluster plan',
      'cluster show plans/cluster.tfplan',
    ]);
    expect(plans.changes.map(({ stack }) => stack)).toEqual(['network', 'cluster']);
    expect(plans.blocked).toEqual([]);
    expect([...plans.failed]).toEqual([]);
    expect(statSync(fake.path('plans', 'network.json')).mode & 0o077).toBe(0);
  });

  it('waits for who holds the state, says who that is, and asks nobody', async () => {
    const locked =
      'if [ ! -e asked ]; then touch asked; cat >&2 <<EOF\n│ Error: Error acquiring the state lock\n' +
      '│ Lock Info:\n│   Operation: OperationTypeApply\n│   Who:       ada@laptop\n│   Created:   10:00\nEOF\nexit 1; fi';
    const stack = fake.stack('network', { 'plan.json': planJson([VPC]), 'plan.sh': locked });
    const { failed } = await planEnvironment([stack], fake.plans);
    expect([...failed.keys()]).toEqual([]);
    expect(printed).toEqual([
      'network: waits for the state, which ada@laptop (OperationTypeApply, 10:00) holds',
      'network: planned',
    ]);
    const log = readFileSync(fake.path('log'), 'utf8');
    expect(log).toMatch(
      /network plan -lock-timeout=1s -input=false .*\n.*network plan -lock-timeout=30s -input=false/,
    );
  });

  it('keeps what Terraform warns of, which its JSON lacks', async () => {
    const warning =
      'printf "+ secret plan\\n\\nWarning: Argument is deprecated\\n\\n  on cdk.tf.json line 4\\n"';
    await planEnvironment(
      [fake.stack('network', { 'plan.json': planJson([VPC]), 'plan.sh': warning })],
      fake.plans,
    );
    const file = fake.path('plans', 'network.warnings');
    expect(readFileSync(file, 'utf8')).toBe('Warning: Argument is deprecated\n');
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('says for which runs it waits in HCP Terraform', async () => {
    const queue = 'echo "Waiting for 2 run(s) to finish before being queued..."; echo "secret plan"';
    await planEnvironment(
      [fake.stack('network', { 'plan.json': planJson([VPC]), 'plan.sh': queue })],
      fake.plans,
    );
    expect(printed).toEqual([
      'network: Waiting for 2 run(s) to finish before being queued...',
      'network: planned',
    ]);
  });

  it('says why a remote plan failed, which is on standard output', async () => {
    const remote = 'echo "Running plan"; echo "│ Error: no valid credential sources"; exit 1';
    await planEnvironment([fake.stack('network', { 'plan.sh': remote })], fake.plans);
    expect(printed).toEqual(['network: plan failed: Error: no valid credential sources']);
  });

  it('prints nothing of a plan', async () => {
    await planEnvironment([fake.stack('network', { 'plan.json': planJson([VPC]) })], fake.plans);
    expect(printed).toEqual(['network: planned']);
  });

  it('calls a stack blocked that reads what is about to change', async () => {
    const plans = await planEnvironment(
      [
        fake.stack('network', { 'plan.json': planJson([VPC], { vpc_id: 'vpc-2' }) }),
        fake.stack('cluster', { 'plan.json': planJson([CLUSTER], {}, read({ vpc_id: 'vpc-1' })) }, [
          'network',
        ]),
      ],
      fake.plans,
    );
    expect(plans.blocked).toEqual(['cluster']);
  });

  it('calls those blocked that read from a blocked one, whatever their plans say', async () => {
    const plans = await planEnvironment(fresh(), fake.plans);
    expect(plans.blocked).toEqual(['cluster', 'addons']);
    expect([...plans.failed]).toEqual([]);
    expect(fake.calls().filter((call) => call.startsWith('addons'))).toEqual([]);
    expect(printed).toContain("addons: not planned, since cluster can't be");
  });

  it('goes on after a failure, without those that read from it', async () => {
    const plans = await planEnvironment(
      [
        fake.stack('network', { 'plan.fail': 'no credentials' }),
        fake.stack('cluster', { 'plan.json': planJson() }, ['network']),
        fake.stack('workloads', { 'plan.json': planJson() }),
      ],
      fake.plans,
    );
    expect([...plans.failed]).toEqual([['network', 'no credentials']]);
    expect(plans.changes.map(({ stack }) => stack)).toEqual(['workloads']);
  });

  it('takes a failed init for a failed plan', async () => {
    const plans = await planEnvironment([fake.stack('network', { 'init.fail': 'no bucket' })], fake.plans);
    expect([...plans.failed]).toEqual([['network', 'no bucket']]);
  });
});

describe('applyEnvironment', () => {
  it('applies the plan files in order if they are what was reviewed', async () => {
    const stacks = independent();
    const outcome = await apply(stacks, await review(stacks));
    expect(outcome).toMatchObject({ applied: ['network', 'cluster'], reasons: [] });
    expect(applies()).toEqual([
      'network apply plans/before/network.tfplan',
      'cluster apply plans/before/cluster.tfplan',
    ]);
  });

  it('prints progress, and no outputs', async () => {
    const stacks = independent();
    writeFileSync(
      fake.path('answers', 'network', 'apply.sh'),
      'echo "aws_vpc.vpc: Creating..."; echo "Outputs:"; echo "key = hunter22"',
    );
    await apply(stacks, await review(stacks));
    expect(printed).toContain('network: aws_vpc.vpc: Creating...');
    expect(printed.join('\n')).not.toContain('hunter22');
  });

  it.each([
    [
      'another value',
      planJson([{ ...CLUSTER, after: { name: 'prod' } }]),
      'cluster: aws_eks_cluster.cluster would change otherwise than reviewed',
    ],
    [
      'another action',
      planJson([{ ...CLUSTER, actions: ['delete', 'create'], before: { name: 'dev' } }]),
      'cluster: aws_eks_cluster.cluster would change otherwise than reviewed',
    ],
    [
      'one more resource',
      planJson([CLUSTER, { address: 'aws_iam_role.more' }]),
      'cluster: aws_iam_role.more would change, and was not in the reviewed plan',
    ],
    [
      'another resource',
      planJson([{ ...CLUSTER, address: 'aws_eks_cluster.other' }]),
      'would not change any more',
    ],
    [
      'another output',
      planJson([CLUSTER], { name: 'dev' }),
      'cluster: output.name would change, and was not',
    ],
    [
      'half a plan',
      planJson([CLUSTER], {}, { complete: false }),
      'cluster: Terraform says that its plan is incomplete',
    ],
  ])('stops before anything is applied at %s', async (_, plan, reason) => {
    const stacks = independent();
    const reviewed = await review(stacks);
    writeFileSync(fake.path('answers', 'cluster', 'plan.json'), plan);
    const outcome = await apply(stacks, reviewed);
    expect(outcome.applied).toEqual([]);
    expect(outcome.reasons.join('\n')).toContain(reason);
    expect(applies()).toEqual([]);
  });

  it('stops if nobody has reviewed a plan, and keeps what there is to review', async () => {
    const outcome = await apply(independent());
    expect(outcome).toMatchObject({
      applied: [],
      reasons: ['network: nobody has reviewed a plan of it', 'cluster: nobody has reviewed a plan of it'],
    });
    expect(existsSync(`${outcome.review?.folder ?? ''}/network.json`)).toBe(true);
    expect(Object.keys(outcome.review?.plans.stacks ?? {})).toEqual(['network', 'cluster']);
  });

  it('stops if the code is another, even if the report would be the same', async () => {
    const stacks = independent();
    const reviewed = await review(stacks);
    writeFileSync(fake.path('network', 'cdk.tf.json'), '{"password":"another"}');
    const { reasons } = await apply(stacks, reviewed);
    expect(reasons).toEqual(['network: it is synthesized from other code than the plan that was reviewed']);
  });

  it('needs no review where nothing is to do', async () => {
    const outcome = await apply([fake.stack('network', { 'plan.json': planJson() })]);
    expect(outcome).toMatchObject({ applied: [], reasons: [] });
  });

  it('goes over what somebody has applied meanwhile', async () => {
    const stacks = independent();
    const reviewed = await review(stacks);
    writeFileSync(fake.path('answers', 'network', 'plan.json'), planJson());
    expect(await apply(stacks, reviewed)).toMatchObject({ applied: ['cluster'], reasons: [] });
  });

  it('stops after the producer where a consumer reads what is new, and plans it for another review', async () => {
    const stacks = fresh();
    const reviewed = await review(stacks);
    writeFileSync(
      fake.path('answers', 'network', 'apply.sh'),
      'rm ../cluster/plan.fail; printf %s "$NEXT" > ../cluster/plan.json; cp ../addons/plan.json plan.json',
    );
    Object.assign(fake.env, { NEXT: planJson([CLUSTER]) });
    const outcome = await apply(fresh(), reviewed);
    expect(outcome.applied).toEqual(['network']);
    expect(outcome.reasons).toEqual([
      'cluster: it reads what was applied just now, and nobody has reviewed its new plan',
    ]);
    expect(applies()).toEqual(['network apply plans/before/network.tfplan']);

    // The second run, with the review of the first one's new plans.
    const second = await applyEnvironment({
      ...OPTIONS,
      stacks,
      folder: fake.path('again'),
      reviewed: outcome.review?.plans,
    });
    expect(second).toMatchObject({ applied: ['cluster'], reasons: [] });
  });

  it("is done if a consumer doesn't change after all", async () => {
    const blocked = () => [
      fake.stack('network', {
        'plan.json': planJson([VPC], { vpc_id: 'vpc-2' }),
        'apply.sh': 'cp ../quiet.json plan.json; cp ../quiet.json ../cluster/plan.json',
      }),
      fake.stack('cluster', { 'plan.json': planJson([CLUSTER], {}, read({ vpc_id: 'vpc-1' })) }, ['network']),
    ];
    writeFileSync(fake.path('answers', 'quiet.json'), planJson());
    const stacks = blocked();
    expect(await apply(stacks, await review(stacks))).toMatchObject({ applied: ['network'], reasons: [] });
  });

  it('is done if what was applied has a plan that never ends', async () => {
    const endless = planJson([VPC], { vpc_id: 'vpc-2' });
    const stacks = [
      fake.stack('network', { 'plan.json': endless, 'apply.sh': 'cp ../quiet.json ../cluster/plan.json' }),
      fake.stack('cluster', { 'plan.json': planJson([CLUSTER], {}, read({ vpc_id: 'vpc-1' })) }, ['network']),
    ];
    writeFileSync(fake.path('answers', 'quiet.json'), planJson());
    expect(await apply(stacks, await review(stacks))).toMatchObject({ applied: ['network'], reasons: [] });
  });

  it('says what is applied if a later plan fails', async () => {
    const stacks = fresh();
    const reviewed = await review(stacks);
    writeFileSync(
      fake.path('answers', 'network', 'apply.sh'),
      'cp ../quiet.json plan.json; echo throttled > ../cluster/plan.fail',
    );
    writeFileSync(fake.path('answers', 'quiet.json'), planJson());
    await expect(apply(stacks, reviewed)).rejects.toThrow('no plan of cluster: only network is applied');
  });

  it('applies nothing if a plan fails', async () => {
    const stacks = independent();
    const reviewed = await review(stacks);
    writeFileSync(fake.path('answers', 'cluster', 'plan.fail'), 'throttled');
    await expect(apply(stacks, reviewed)).rejects.toThrow('no plan of cluster: nothing is applied');
    expect(applies()).toEqual([]);
  });

  it('goes no further than an apply that fails', async () => {
    const stacks = independent();
    const reviewed = await review(stacks);
    writeFileSync(fake.path('answers', 'network', 'apply.fail'), 'saved plan is stale');
    expect(await apply(stacks, reviewed)).toMatchObject({
      applied: [],
      failed: 'network',
      notBegun: ['cluster'],
      reasons: ['network: apply failed: saved plan is stale'],
      review: { plans: { stacks: { network: {}, cluster: {} } } },
    });
    expect(applies()).toEqual(['network apply plans/before/network.tfplan']);
  });
});

describe('reviewed plans', () => {
  it('hold no value of a plan', async () => {
    const secret = {
      address: 'aws_ssm_parameter.p',
      after: { value: 'hunter22' },
      after_sensitive: { value: true },
    };
    const stacks = [fake.stack('network', { 'plan.json': planJson([secret, VPC]) })];
    const text = JSON.stringify(await review(stacks));
    expect(text).not.toContain('hunter22');
    expect(text).not.toContain('10.0.0.0');
    expect(text).toContain('aws_ssm_parameter.p');
  });

  it('are the same whatever else became of a resource that changes', async () => {
    const node = (nodes: number) =>
      planJson([
        {
          address: 'aws_eks_node_group.nodes',
          actions: ['update'],
          before: { version: '1.34', desired_size: nodes },
          after: { version: '1.35', desired_size: nodes },
        },
      ]);
    const stacks = [fake.stack('cluster', { 'plan.json': node(2) })];
    const reviewed = await review(stacks);
    writeFileSync(fake.path('answers', 'cluster', 'plan.json'), node(3));
    expect(deviations(reviewed, await review(stacks))).toEqual([]);
  });

  it('differ by the order of rules', async () => {
    const rules = (...hosts: string[]) =>
      planJson([
        {
          address: 'kubernetes_ingress_v1.i',
          actions: ['update'],
          before: { rule: ['a', 'b', 'c'] },
          after: { rule: hosts },
        },
      ]);
    const stacks = [fake.stack('workloads', { 'plan.json': rules('b', 'a', 'c') })];
    const reviewed = await review(stacks);
    writeFileSync(fake.path('answers', 'workloads', 'plan.json'), rules('c', 'b', 'a'));
    expect(deviations(reviewed, await review(stacks))).toHaveLength(1);
  });

  it('of a blocked stack are not final', async () => {
    const stacks = [
      fake.stack('network', { 'plan.json': planJson([], { vpc_id: 'vpc-2' }) }),
      fake.stack('cluster', { 'plan.json': planJson([CLUSTER], {}, read({ vpc_id: 'vpc-1' })) }, ['network']),
    ];
    const reviewed = await review(stacks);
    expect(deviations(undefined, reviewed)).toEqual(['network: nobody has reviewed a plan of it']);
    writeFileSync(fake.path('answers', 'network', 'plan.json'), planJson());
    expect(deviations(reviewed, await review(stacks))).toEqual([
      'cluster: it was blocked when it was reviewed, and its plan was not final',
    ]);
  });

  it('are refused in any other form', () => {
    expect(() => parseReviewed('{"version":2}')).toThrow();
  });
});

describe('destroyEnvironment', () => {
  const HELD = JSON.stringify({ values: { root_module: { resources: [{}] } } });

  it('destroys the last stack first, by a plan, and skips what is empty', async () => {
    const stacks = [
      fake.stack('network', { 'state.json': HELD, 'plan.json': planJson() }),
      fake.stack('cluster', { 'state.json': HELD, 'plan.json': planJson() }, ['network']),
      fake.stack('addons', { 'state.json': '{"format_version":"1.0"}' }, ['cluster']),
    ];
    expect(await destroyEnvironment(stacks, fake.plans)).toEqual(['cluster', 'network']);
    expect(fake.calls()).toEqual([
      'addons init',
      'addons show',
      'cluster init',
      'cluster show',
      'cluster plan -destroy',
      'cluster show plans/cluster.tfplan',
      'cluster apply plans/cluster.tfplan',
      'network init',
      'network show',
      'network plan -destroy',
      'network show plans/network.tfplan',
      'network apply plans/network.tfplan',
    ]);
  });

  it("stops at what can't be destroyed", async () => {
    const stacks = [
      fake.stack('network', { 'state.json': HELD, 'plan.json': planJson() }),
      fake.stack('cluster', { 'state.json': HELD, 'plan.fail': 'prevent_destroy' }, ['network']),
    ];
    await expect(destroyEnvironment(stacks, fake.plans)).rejects.toThrow(
      "cluster: it can't be destroyed: prevent_destroy",
    );
    expect(fake.calls().filter((call) => call.startsWith('network'))).toEqual([]);
  });

  it("stops at a state that can't be read", async () => {
    const stacks = [fake.stack('network', { 'init.fail': 'no bucket' })];
    await expect(destroyEnvironment(stacks, fake.plans)).rejects.toThrow(
      "network: its state can't be read: no bucket",
    );
  });
});
