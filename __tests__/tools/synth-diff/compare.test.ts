import { describe, expect, it } from '@jest/globals';
import { compareStacks } from '../../../tools/synth-diff/compare';
import { readStack } from '../../../tools/synth-diff/synthesized-stack';
import { type ResourceChange } from '../../../tools/plan-report/changes/changes';
import { reportOf } from '../../../tools/plan-report/report';
import { markdown } from '../../../tools/plan-report/document/markdown-report';

type Json = Readonly<Record<string, unknown>>;

const plansOf = (before: Json | undefined, after: Json | undefined) =>
  compareStacks(
    before ? [readStack('workloads', JSON.stringify(before))] : [],
    after ? [readStack('workloads', JSON.stringify(after))] : [],
  );
const compare = (before: Json | undefined, after: Json | undefined) => plansOf(before, after).shown;

const resources = (type: string, named: Json): Json => ({ resource: { [type]: named } });

/** What becomes of one resource. */
function change(type: string, before: Json, after: Json): ResourceChange | undefined {
  const [stack] = compare(resources(type, { it: before }), resources(type, { it: after }));
  return stack?.resources[0];
}

const policy = (...statements: unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });

describe('compareStacks', () => {
  it('tells what is new, gone, changed and the same', () => {
    const [stack] = compare(
      resources('aws_vpc', { gone: { a: 1 }, other: { tags: { A: '1' } }, same: { a: 3 } }),
      resources('aws_vpc', { new: { a: 2 }, other: { tags: { A: '2' } }, same: { a: 3 } }),
    );
    expect(stack?.resources.map(({ address, action }) => [address, action])).toEqual([
      ['aws_vpc.new', 'create'],
      ['aws_vpc.other', 'update'],
      ['aws_vpc.same', 'no-op'],
      ['aws_vpc.gone', 'delete'],
    ]);
  });

  it('tells what becomes of a whole stack', () => {
    const stack = resources('aws_vpc', { it: {} });
    expect(compare(undefined, stack)[0]?.resources[0]?.action).toBe('create');
    expect(compare(stack, undefined)[0]?.resources[0]?.action).toBe('delete');
    expect(compare(undefined, undefined)).toEqual([]);
  });

  it.each([
    ['the order of keys', 'aws_vpc', { a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } }],
    ['metadata', 'aws_vpc', { '//': { metadata: 1 } }, { '//': { metadata: 2 } }],
    ['the order of dependencies', 'aws_vpc', { depends_on: ['a', 'b'] }, { depends_on: ['b', 'a'] }],
    [
      'how a policy is written',
      'aws_iam_policy',
      {
        policy: policy(
          { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: '*' },
          { Effect: 'Deny', Action: '*', Resource: ['a'] },
        ),
      },
      {
        policy: policy(
          { Effect: 'Deny', Resource: 'a', Action: '*' },
          { Effect: 'Allow', Action: ['s3:PutObject', 's3:GetObject'], Resource: ['*'], Sid: 'x' },
        ),
      },
    ],
    ['how JSON is written', 'aws_x', { definition: '{"a": 1, "b": [2]}' }, { definition: '{"b":[2],"a":1}' }],
    [
      'the order of attributes in an annotation',
      'kubernetes_ingress_v1',
      { metadata: { annotations: { 'alb.ingress.kubernetes.io/load-balancer-attributes': 'a.b=1,c.d=2' } } },
      { metadata: { annotations: { 'alb.ingress.kubernetes.io/load-balancer-attributes': 'c.d=2, a.b=1' } } },
    ],
  ])('takes no notice of %s', (_, type, before, after) => {
    expect(change(type, before, after)?.action).toBe('no-op');
  });

  it.each([
    [
      'the order of rules',
      'kubernetes_ingress_v1',
      { spec: { rule: ['a', 'b'] } },
      { spec: { rule: ['b', 'a'] } },
    ],
    [
      'an action of a policy',
      'aws_iam_policy',
      { policy: policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }) },
      { policy: policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' }) },
    ],
    [
      'the order of certificates',
      'kubernetes_ingress_v1',
      { metadata: { annotations: { 'alb.ingress.kubernetes.io/certificate-arn': 'a,b' } } },
      { metadata: { annotations: { 'alb.ingress.kubernetes.io/certificate-arn': 'b,a' } } },
    ],
    ['a reference', 'aws_subnet', { tags: '${aws_vpc.a.id}' }, { tags: '${aws_vpc.b.id}' }],
  ])('takes notice of %s', (_, type, before, after) => {
    expect(change(type, before, after)?.action).toBe('update');
  });

  it.each([
    ['aws_vpc', { cidr_block: '10.0.0.0/16' }, { cidr_block: '10.1.0.0/16' }, [['cidr_block']]],
    [
      'aws_eks_cluster',
      { kubernetes_network_config: { ip_family: 'ipv4' } },
      { kubernetes_network_config: { ip_family: 'ipv6' } },
      [['kubernetes_network_config', 'ip_family']],
    ],
    [
      'kubernetes_service_v1',
      { metadata: { name: 'a' } },
      { metadata: { name: 'b' } },
      [['metadata', 'name']],
    ],
  ])('knows what makes a new %s', (type, before, after, paths) => {
    expect(change(type, before, after)).toMatchObject({ action: 'replace', replacePaths: paths });
  });

  it('notices other settings than resources', () => {
    const settings = (region: string, bucket: string) => ({
      provider: { aws: [{ region }, { region, alias: 'b' }] },
      data: { aws_ami: { it: { region } } },
      terraform: { backend: { s3: { bucket } }, required_version: bucket },
      locals: { region },
    });
    const [stack] = compare(settings('eu-west-1', 'a'), settings('eu-west-2', 'b'));
    expect(stack?.region).toBe('eu-west-2');
    expect(stack?.resources.map(({ address, action }) => `${address} ${action}`)).toEqual([
      'provider.aws update',
      'provider.aws[1] update',
      'data.aws_ami.it update',
      'terraform.backend update',
      'terraform.required_version update',
      'locals.region update',
    ]);
  });

  it('follows an id that has moved', () => {
    const [stack] = compare(resources('aws_vpc', { old: { a: 1 } }), {
      ...resources('aws_vpc', { new: { a: 1 } }),
      moved: [{ from: 'aws_vpc.old', to: 'aws_vpc.new' }],
    });
    expect(stack?.resources).toMatchObject([
      { address: 'aws_vpc.new', action: 'no-op', movedFrom: 'aws_vpc.old' },
    ]);
  });

  it("warns where an id has changed and Terraform isn't told", () => {
    const [stack] = compare(
      resources('aws_vpc', {
        old: { cidr_block: '10.0.0.0/16', tags: { of: '${aws_vpc.old.id}' }, depends_on: ['aws_eip.a'] },
        also: { cidr_block: '10.9.0.0/16' },
      }),
      resources('aws_vpc', { new: { cidr_block: '10.0.0.0/16', tags: { of: '${aws_vpc.new.id}' } } }),
    );
    expect(stack?.resources).toMatchObject([
      {
        address: 'aws_vpc.new',
        action: 'create',
        reason: 'is aws_vpc.old under another address: without moveTo it is destroyed and made anew',
      },
      {
        address: 'aws_vpc.old',
        action: 'delete',
        reason: 'is at aws_vpc.new now: without moveTo it is destroyed and made anew',
      },
      { address: 'aws_vpc.also', action: 'delete' },
    ]);
    expect(stack?.resources[2]?.reason).toBeUndefined();
  });

  it('compares outputs', () => {
    const outputs = (output: Json) => ({ output });
    const [stack] = compare(
      outputs({
        gone: { value: 1 },
        same: { value: 2, description: 'a' },
        other: { value: 3 },
        hidden: { value: 'hunter22', sensitive: true },
      }),
      outputs({
        same: { value: 2, description: 'b' },
        other: { value: 4 },
        hidden: { value: 'hunter23', sensitive: true },
      }),
    );
    expect(stack?.outputs).toMatchObject([
      { name: 'gone', action: 'delete', before: 1 },
      { name: 'same', action: 'no-op' },
      { name: 'other', action: 'update', before: 3, after: 4 },
      { name: 'hidden', action: 'update' },
    ]);
    expect(JSON.stringify(stack)).not.toContain('hunter2');
  });

  it('shows no secret', () => {
    const [stack] = compare(
      resources('kubernetes_secret_v1', { it: { data: { key: 'hunter22' } } }),
      resources('kubernetes_secret_v1', {
        it: { data: { key: 'hunter23' } },
        copy: { metadata: { labels: { a: 'hunter23' } } },
      }),
    );
    expect(JSON.stringify(stack)).not.toMatch(/hunter2/);
  });

  it('is shown as a report that says what it is of', () => {
    const plans = plansOf(
      resources('aws_vpc', { it: { cidr_block: '10.0.0.0/16' } }),
      resources('aws_vpc', { it: { cidr_block: '10.1.0.0/16' } }),
    );
    const text = markdown(
      reportOf({ environment: 'dev', plans, expected: [], today: '2026-11-21', base: 'main' }),
    );
    expect(text).toMatch(/^## Synthesized stacks of `dev`, compared with `main`\n/);
    expect(text).toContain('Nothing was planned');
    expect(text).toContain('**1 long-lived resource is replaced**');
    expect(text).toContain('cidr_block: "10.0.0.0/16" -> "10.1.0.0/16"');
  });
});
