import { describe, expect, it } from '@jest/globals';
import { markdown } from '../../../tools/plan-report/document/markdown-report';
import { reportOn } from './support';

const counts = ({
  stack,
  status,
  add,
  change,
  replace,
  destroy,
  unchanged,
}: ReturnType<typeof reportOn>['summary'][number]) =>
  `${stack}: ${status} +${add} ~${change} -/+${replace} -${destroy} =${unchanged}`;
const told = (report: ReturnType<typeof reportOn>) =>
  report.risks.map(({ code, address }) => `${code} ${address}`);

describe('plans that Terraform made on the emulator', () => {
  it.each([
    ['create', 'network: changes +24 ~0 -/+0 -0 =0'],
    ['no-change', 'network: no changes +0 ~0 -/+0 -0 =24'],
    ['in-place', 'network: changes +0 ~1 -/+0 -0 =3'],
    ['replace', 'network: changes +0 ~1 -/+19 -0 =3'],
    ['drift', 'network: changes +0 ~1 -/+0 -0 =23'],
    ['destroy', 'network: changes +0 ~0 -/+0 -24 =0'],
  ])('counts those of network: %s', (name, line) => {
    expect(counts(reportOn({ network: name }).summary[0] as never)).toBe(line);
  });

  it.each([
    ['create', 'cluster: changes +29 ~0 -/+0 -0 =0'],
    ['in-place', 'cluster: changes +0 ~5 -/+1 -0 =3'],
    ['replace', 'cluster: changes +0 ~7 -/+10 -0 =3'],
    ['tainted', 'cluster: changes +0 ~3 -/+2 -0 =3'],
    ['destroy', 'cluster: changes +0 ~0 -/+0 -29 =0'],
  ])('counts those of cluster: %s', (name, line) => {
    expect(counts(reportOn({ cluster: name }).summary[1] as never)).toBe(line);
  });

  it('says that nothing can hurt where nothing changes, though the apply before left copies that look changed', () => {
    const report = reportOn({ network: 'no-change' });

    expect(report.stacks[0]?.drift).toHaveLength(7);
    expect(report.risks).toEqual([]);
    expect(markdown(report)).toContain(
      'In the plan of network nothing goes but what is known to be harmless',
    );
  });

  it('tells each long-lived resource that is replaced with what forces it, the VPC first', () => {
    const { risks } = reportOn({ network: 'replace' });

    expect(new Set(risks.map(({ code }) => code))).toEqual(new Set(['replace:protected', 'any-destroy']));
    expect(risks).toHaveLength(22);
    expect(risks[0]).toMatchObject({
      noun: 'VPC',
      values: ['cidr_block: "10.0.0.0/16" -> "10.90.0.0/16"'],
      words: 'is destroyed, with all that is in it, then made anew: forced by',
    });
  });

  it('tells what somebody changed by hand, and nothing else', () => {
    expect(reportOn({ network: 'drift' }).risks).toEqual([
      expect.objectContaining({
        code: 'drift',
        noun: 'subnet',
        values: [
          'map_public_ip_on_launch: false -> true',
          'tags.Owner: (not set) -> "somebody"',
          'tags_all.Owner: "demo" -> "somebody"',
        ],
      }),
    ]);
  });

  it('tells what an update of a cluster does', () => {
    expect(told(reportOn({ cluster: 'in-place' }))).toEqual([
      'open-to-world aws_eks_cluster.cluster_A4C38409',
      'iam-wildcard aws_iam_role_policy.cluster_key-use_81BF4470',
      'replace:protected aws_eks_node_group.nodes-default_group_D9E899F0',
      'version aws_eks_addon.addons_coredns_addon_59E386A9',
      'unprotected aws_eks_cluster.cluster_A4C38409',
      'version aws_eks_cluster.cluster_A4C38409',
      'version aws_eks_node_group.nodes-default_group_D9E899F0',
    ]);
  });

  it('tells a tainted add-on', () => {
    expect(told(reportOn({ cluster: 'tainted' }))).toContain(
      'tainted aws_eks_addon.addons_coredns_addon_59E386A9',
    );
  });

  it('shows the load balancer that workloads make, with a picture and its cost', () => {
    const report = reportOn({ workloads: 'create' });

    expect(report.loadBalancers.refused).toEqual([]);
    expect(report.loadBalancers.changes).toEqual([
      expect.objectContaining({
        id: 'shop/services',
        stack: 'workloads',
        after: expect.objectContaining({ Scheme: 'internet-facing' }),
      }),
    ]);
    const text = markdown(report);
    expect(text).toContain('```mermaid\nflowchart LR');
    expect(text).toContain('forward to shop/services-product-service:80');
    expect(text).toContain('| workloads | `Application Load Balancer` | 0 | 1 | $16.43 | +$16.43 |');
  });

  it('says which outputs the stacks after a replaced network wait for', () => {
    const { summary } = reportOn({ network: 'replace', cluster: 'no-change' });

    expect(summary.map(({ stack, status }) => `${stack} ${status}`)).toEqual([
      'network changes',
      'cluster blocked',
      'addons blocked',
      'workloads blocked',
    ]);
    expect(summary[1]?.waitsFor).toEqual([
      { stack: 'network', outputs: ['private_subnet_ids', 'public_subnet_ids', 'vpc_cidr', 'vpc_id'] },
    ]);
  });

  it('says what a destroyed cluster saves', () => {
    const { cost } = reportOn({ cluster: 'destroy' });

    expect(cost.region).toBe('us-east-1');
    expect(cost.items).toContainEqual(
      expect.objectContaining({
        item: 'EKS cluster, standard support',
        before: 1,
        after: 0,
        difference: -73,
      }),
    );
    expect(cost.items).toContainEqual(
      expect.objectContaining({ item: 'EC2 Linux on-demand t3.medium', before: 2, after: 0 }),
    );
    expect(cost.unknown).toBe(0);
  });

  it('marks what forces a replacement in the full plan', () => {
    expect(markdown(reportOn({ network: 'replace' }))).toContain(
      '!   cidr_block = "10.0.0.0/16" -> "10.90.0.0/16" # forces replacement',
    );
  });
});
