import { describe, expect, it } from '@jest/globals';
import prices from '../../../tools/plan-report/data/prices.json';
import { type ResourceChange, type StackChanges } from '../../../tools/plan-report/changes/changes';
import { costOf } from '../../../tools/plan-report/cost/cost';
import { markdown } from '../../../tools/plan-report/document/markdown-report';
import { dollars } from '../../../tools/plan-report/document/cost-section';
import { reference } from '../../support/reference';
import { change, changes, report, TODAY } from './support';

const REGION = 'us-east-1';
const stackOf = (...resources: Partial<ResourceChange>[]): StackChanges =>
  changes('cluster', resources.map(change), { region: REGION });
const cost = (...resources: Partial<ResourceChange>[]) =>
  costOf([stackOf(...resources)], [], { today: TODAY });
const items = (...resources: Partial<ResourceChange>[]) =>
  cost(...resources).items.map(
    ({ item, before, after, difference }) =>
      `${item}: ${before ?? '?'} -> ${after ?? '?'}, ${difference?.toFixed(2) ?? '?'}`,
  );
const made = (type: string, after: Record<string, unknown>) => items({ type, action: 'create', after });

describe('the price table', () => {
  it('has the reference in it, cell by cell', () => {
    const [head = [], ...rows] = cells(reference('prices.csv'));
    const column = (row: readonly string[], name: string) => row[head.indexOf(name)] ?? '';
    const expected = rows.map((row) => [
      column(row, 'item'),
      {
        unit: column(row, 'unit'),
        prices: Object.fromEntries(
          ['us-east-1', 'ap-northeast-1', 'eu-west-1']
            .filter((region) => column(row, region) !== '')
            .map((region) => [
              region,
              {
                usd: Number(column(row, region)),
                source: column(row, `${region}_source`),
                asOf: column(row, `${region}_as_of`),
              },
            ]),
        ),
        ...(column(row, 'note') !== '' && { note: column(row, 'note') }),
      },
    ]);

    expect(prices.items).toMatchObject(Object.fromEntries(expected) as object);
  });

  it('knows what the shipped environments run on demand', () => {
    const known = (item: string) =>
      Object.keys(new Map(Object.entries(prices.items)).get(item)?.prices ?? {});
    for (const item of ['t3.medium', 'm7i.large', 'm7i.xlarge'].map((type) => `EC2 Linux on-demand ${type}`))
      expect(known(item)).toEqual(expect.arrayContaining(['us-east-1', 'eu-west-1']));
    for (const item of ['EKS cluster, standard support', 'NAT gateway', 'Application Load Balancer'])
      expect(known(item)).toEqual(expect.arrayContaining(['us-east-1', 'eu-west-1']));
    // No source was found: it stays unknown, and no sum hides it.
    expect(known('KMS customer managed key')).not.toContain('eu-west-1');
    expect(known('Network Load Balancer')).not.toContain('eu-west-1');
  });

  it('has source and day for each price', () => {
    for (const { prices: regions } of Object.values(prices.items)) {
      for (const price of Object.values(regions)) {
        expect(price).toMatchObject({ source: expect.stringMatching(/./), asOf: expect.stringMatching(/./) });
        expect(price.usd).toBeGreaterThan(0);
      }
    }
  });
});

describe('costOf', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['aws_nat_gateway', {}, ['NAT gateway: 0 -> 1, 32.85']],
    ['aws_eip', {}, ['Public IPv4 address (in use or idle): 0 -> 1, 3.65']],
    ['aws_kms_key', {}, ['KMS customer managed key: 0 -> 1, 1.00']],
    [
      'aws_vpc_endpoint',
      { vpc_endpoint_type: 'Interface', subnet_ids: ['a', 'b'] },
      ['Interface VPC endpoint: 0 -> 2, 14.60'],
    ],
    [
      'aws_vpc_endpoint',
      { vpc_endpoint_type: 'Interface', subnet_ids: '(known after apply)' },
      ['Interface VPC endpoint: 0 -> ?, ?'],
    ],
    ['aws_vpc_endpoint', { vpc_endpoint_type: 'Gateway' }, []],
    ['aws_instance', { instance_type: 'm5.large' }, ['EC2 Linux on-demand m5.large: 0 -> 1, 70.08']],
    ['aws_ebs_volume', { type: 'gp3', size: 100 }, ['EBS gp3 storage: 0 -> 100, 8.00']],
    ['aws_ebs_volume', { type: 'io2', size: 100 }, ['EBS io2 storage: 0 -> 100, ?']],
    ['aws_lb', {}, ['Application Load Balancer: 0 -> 1, 16.43']],
    ['aws_lb', { load_balancer_type: 'network' }, ['Network Load Balancer: 0 -> 1, 16.43']],
    ['aws_eks_fargate_profile', {}, ['Fargate pods: as many as run: 0 -> ?, ?']],
    ['aws_eks_cluster', { version: '1.35' }, ['EKS cluster, standard support: 0 -> 1, 73.00']],
    [
      'aws_eks_cluster',
      { version: '1.31' },
      [
        'EKS cluster, standard support: 0 -> 1, 73.00',
        'EKS cluster, extended support surcharge (on top of standard): 0 -> 1, 365.00',
      ],
    ],
    [
      'aws_eks_cluster',
      { version: '1.31', upgrade_policy: [{ support_type: 'STANDARD' }] },
      ['EKS cluster, standard support: 0 -> 1, 73.00'],
    ],
    [
      'aws_eks_cluster',
      { control_plane_scaling_config: [{ tier: 'tier-xl' }], compute_config: [{ enabled: true }] },
      [
        'EKS cluster, standard support: 0 -> 1, 73.00',
        'EKS provisioned control plane XL (on top of standard): 0 -> 1, 1204.50',
        'EKS Auto Mode nodes: as many as run: 0 -> ?, ?',
      ],
    ],
    [
      'aws_eks_node_group',
      { instance_types: ['m5.large', 'm6i.large'], scaling_config: [{ desired_size: 3 }] },
      ['EC2 Linux on-demand m5.large: 0 -> 3, 210.24', 'EBS gp3 storage: 0 -> 60, 4.80'],
    ],
    [
      'aws_eks_node_group',
      { capacity_type: 'SPOT', disk_size: 50, scaling_config: [{ desired_size: 1 }] },
      ['EC2 Linux Spot t3.medium: 0 -> 1, ?', 'EBS gp3 storage: 0 -> 50, 4.00'],
    ],
    [
      'aws_eks_node_group',
      { instance_types: ['m5.large'] },
      ['EC2 Linux on-demand m5.large: 0 -> ?, ?', 'EBS gp3 storage: 0 -> ?, ?'],
    ],
    ['aws_vpc', {}, []],
    ['constructor', {}, ['constructor: no price here: 0 -> 1, ?']],
    ['aws_db_instance', {}, ['aws_db_instance: no price here: 0 -> 1, ?']],
    ['aws_iam_role', {}, []],
    ['aws_cloudwatch_log_group', {}, []],
  ])('of a %s %j is %j', (type, after, expected) => {
    expect(made(type, after)).toEqual(expected);
  });

  const group = (launchTemplate: unknown, address = 'aws_eks_node_group.nodes-a_group_0123ABCD') => ({
    type: 'aws_eks_node_group',
    address,
    action: 'create' as const,
    after: {
      scaling_config: [{ desired_size: 2 }],
      instance_types: ['m5.large'],
      launch_template: [launchTemplate],
    },
  });
  const template = (id: unknown, name: string, size: unknown) => ({
    type: 'aws_launch_template',
    address: `aws_launch_template.${name}_template_0123ABCE`,
    action: 'create' as const,
    after: { id, name, block_device_mappings: [{ ebs: [{ volume_size: size, volume_type: 'gp3' }] }] },
  });

  it.each([
    ['by id', group({ id: 'lt-2' }), 'EBS gp3 storage: 0 -> 40, 3.20'],
    ['by name', group({ name: 'nodes-a' }), 'EBS gp3 storage: 0 -> 20, 1.60'],
    [
      'by its place where nothing is known',
      group({ id: '(known after apply)' }),
      'EBS gp3 storage: 0 -> 20, 1.60',
    ],
    ['not at all', group({ id: 'lt-9' }, 'aws_eks_node_group.other'), 'EBS gp3 storage: 0 -> 40, 3.20'],
  ])('finds volumes of nodes in their launch template: %s', (_, nodes, expected) => {
    expect(items(template('lt-1', 'nodes-a', '10'), template('lt-2', 'nodes-b', 20), nodes)).toContain(
      expected,
    );
  });

  it('is of what changes only, and of both sides of it', () => {
    const nodes = (desired: number) => ({
      instance_types: ['m5.large'],
      scaling_config: [{ desired_size: desired }],
    });
    const before = { type: 'aws_eks_node_group', before: nodes(3), after: nodes(2) };
    const kept = { type: 'aws_nat_gateway', action: 'no-op' as const, before: {}, after: {} };

    expect(items(before, kept)).toEqual([
      'EC2 Linux on-demand m5.large: 3 -> 2, -70.08',
      'EBS gp3 storage: 60 -> 40, -1.60',
    ]);
    expect(items(kept)).toEqual([]);
    expect(items({ type: 'aws_nat_gateway', action: 'forget', before: {} })).toEqual([]);
  });

  it('is unknown where the Region is, never 0', () => {
    const { difference, unknown } = costOf(
      [changes('network', [change({ type: 'aws_nat_gateway', action: 'create', after: {} })])],
      [],
      { today: TODAY },
    );

    expect({ difference, unknown }).toEqual({ difference: 0, unknown: 1 });
  });

  it('takes the Region of the environment where no plan says one', () => {
    const stacks = [changes('network', [change({ type: 'aws_nat_gateway', action: 'create', after: {} })])];

    expect(costOf(stacks, [], { today: TODAY, region: 'eu-west-1' })).toMatchObject({
      region: 'eu-west-1',
      items: [{ price: 0.048 * 730 }],
    });
  });

  it('is told with what is unknown', () => {
    const stacks = [changes('network', [change({ type: 'aws_nat_gateway', action: 'create', after: {} })])];
    const text = markdown(report(stacks, { expected: [] }));

    expect(text).toContain('| network | `NAT gateway` | 0 | 1 | unknown | unknown |');
    expect(text).toContain('List prices in an unknown Region');
    expect(text).toContain('Cost: unknown, since 1 item has no known price or quantity.');
  });

  it.each([
    [1.005, '+$1.00'],
    [-2, '-$2.00'],
    [0, '$0.00'],
  ])('writes %d as %s', (amount, text) => {
    expect(dollars(amount)).toBe(text);
  });
});

/** Rows of CSV. */
function cells(text: string): string[][] {
  return text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    );
}
