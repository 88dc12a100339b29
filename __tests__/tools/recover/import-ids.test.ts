import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { IMPORT_RULES, type ImportAccount, type Planned } from '../../../tools/recover/import-ids';

/** Settings of something else: made once more they are what they were. */
const SETTINGS = [
  'aws_acm_certificate_validation',
  'aws_default_security_group',
  'aws_ec2_tag',
  'aws_ecr_lifecycle_policy',
  'aws_lb_listener_certificate',
  'aws_s3_bucket_lifecycle_configuration',
  'aws_s3_bucket_ownership_controls',
  'aws_s3_bucket_policy',
  'aws_s3_bucket_public_access_block',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_s3_bucket_versioning',
];

/** Types of resources that constructs and stacks make, but for HCP Terraform's own, which no environment's tags are on. */
function typesOfResources(): string[] {
  const root = join(__dirname, '../../..');
  const texts = ['modules', 'stacks'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(root, folder, name), 'utf8')),
  );
  const found = texts.flatMap((text) =>
    [...text.matchAll(/'@cdktf\/provider-(aws|kubernetes|helm)\/lib\/([a-z0-9-]+)'/g)].flatMap(
      ([, provider = '', file = '']) =>
        file === 'provider' || file.startsWith('data-') ? [] : `${provider}_${file.replaceAll('-', '_')}`,
    ),
  );
  return [...new Set(found)].sort();
}

const account = (more: Partial<ImportAccount> = {}): ImportAccount => ({
  partition: 'aws',
  account: '111122223333',
  tagged: [],
  nodeGroups: () => Promise.resolve([]),
  podIdentities: () => Promise.resolve([]),
  securityGroupRules: () => Promise.resolve([]),
  ...more,
});
const idsOf = (type: string, planned: Planned, of = account()) => IMPORT_RULES[type]?.ids(planned, of);

describe('ids by which what is there is imported', () => {
  it('are known for each type of resource that is no setting of another', () => {
    expect(typesOfResources().length).toBeGreaterThan(50);
    expect(typesOfResources().filter((type) => !(type in IMPORT_RULES) && !SETTINGS.includes(type))).toEqual(
      [],
    );
  });

  it.each([
    ['aws_eks_addon', { cluster_name: 'a', addon_name: 'coredns' }, 'a:coredns'],
    ['aws_route', { route_table_id: 'rtb-1', destination_ipv6_cidr_block: '::/0' }, 'rtb-1_::/0'],
    ['aws_iam_policy', { name: 'p', path: '/x/' }, 'arn:aws:iam::111122223333:policy/x/p'],
    [
      'aws_iam_openid_connect_provider',
      { url: 'https://oidc.example/id/A' },
      'arn:aws:iam::111122223333:oidc-provider/oidc.example/id/A',
    ],
    ['kubernetes_ingress_v1', { metadata: [{ name: 'web', namespace: 'shop' }] }, 'shop/web'],
    ['kubernetes_namespace_v1', { metadata: [{ name: 'shop', namespace: null }] }, 'shop'],
  ])('follow from what is planned: %s', async (type, planned, id) => {
    expect(await idsOf(type, planned)).toEqual([id]);
  });

  it('are of what carries all the tags that are planned, and of its kind', async () => {
    const tags = { Name: 'dev', Environment: 'dev' };
    const tagged = [
      { kind: 'ec2:vpc', id: 'vpc-1', tags: { ...tags, more: 'x' } },
      { kind: 'ec2:vpc', id: 'vpc-2', tags: { Name: 'dev' } },
      { kind: 'ec2:subnet', id: 'subnet-1', tags },
    ];
    expect(await idsOf('aws_vpc', { tags_all: tags }, account({ tagged }))).toEqual(['vpc-1']);
  });

  it('tell a node group by its prefix and what Terraform appends to it', async () => {
    const groups = ['workers-20261128101112131400000001', 'workers-mine', 'workers-2026'];
    const of = account({ nodeGroups: () => Promise.resolve(groups) });
    const planned = { cluster_name: 'c', node_group_name_prefix: 'workers-' };
    expect(await idsOf('aws_eks_node_group', planned, of)).toEqual([`c:${groups[0] ?? ''}`]);
  });

  it('tell rules of a security group by all that they say', async () => {
    const rule = { ip_protocol: 'tcp', from_port: 443, to_port: 443, cidr_ipv4: '10.0.0.0/16' };
    const of = account({
      securityGroupRules: () =>
        Promise.resolve([
          { id: 'sgr-1', is_egress: false, ...rule },
          { id: 'sgr-2', is_egress: true, ...rule },
          { id: 'sgr-3', is_egress: false, ...rule, to_port: 444 },
        ]),
    });
    const planned = { security_group_id: 'sg-1', ...rule, cidr_ipv6: null };
    expect(await idsOf('aws_vpc_security_group_ingress_rule', planned, of)).toEqual(['sgr-1']);
    expect(await idsOf('aws_vpc_security_group_egress_rule', planned, of)).toEqual(['sgr-2']);
  });
});
