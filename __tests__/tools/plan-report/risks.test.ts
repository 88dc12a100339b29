import { describe, expect, it } from '@jest/globals';
import { type ResourceChange } from '../../../tools/plan-report/changes/changes';
import { isWorld } from '../../../tools/plan-report/changes/networks';
import { change, changes, report } from './support';

const risksOf = (...resources: Partial<ResourceChange>[]) =>
  report([changes('cluster', resources.map(change))]).risks;
const told = (...resources: Partial<ResourceChange>[]) =>
  risksOf(...resources).map(({ code, noun, values }) => [code, noun, ...values].join(' | '));

describe('long-lived resources', () => {
  it.each([
    ['aws_eks_cluster', 'EKS cluster'],
    ['aws_eks_node_group', 'node group'],
    ['aws_vpc', 'VPC'],
    ['aws_subnet', 'subnet'],
    ['aws_kms_key', 'KMS key'],
    ['aws_iam_openid_connect_provider', 'OIDC provider'],
    ['aws_iam_role', 'IAM role'],
    ['aws_s3_bucket', 'S3 bucket'],
    ['aws_ecr_repository', 'ECR repository'],
    ['aws_cloudwatch_log_group', 'log group'],
    ['kubernetes_ingress_v1', 'Ingress'],
  ])('of type %s are told when they go or are replaced', (type, noun) => {
    expect(told({ type, action: 'delete', before: {} })).toEqual([`delete:protected | ${noun}`]);
    expect(
      told({ type, action: 'replace', before: { a: 1 }, after: { a: 2 }, replacePaths: [['a']] }),
    ).toEqual([`replace:protected | ${noun} | a: 1 -> 2`]);
    expect(told({ type, action: 'update', before: { a: 1 }, after: { a: 2 } })).toEqual([]);
    expect(told({ type, action: 'forget', before: { a: 1 } })).toEqual([`any-destroy | ${noun}`]);
    expect(told({ type, action: 'unknown', before: { a: 1 } })).toEqual([`any-destroy | ${noun}`]);
  });

  it('are Services, with their load balancer or their name', () => {
    const service = (type: string) => ({
      type: 'kubernetes_service_v1',
      action: 'delete' as const,
      before: { spec: [{ type }] },
    });

    expect(risksOf(service('LoadBalancer'))[0]?.words).toBe('is destroyed, with its load balancer');
    expect(risksOf(service('ClusterIP'))[0]?.words).toContain('the name by which pods reach each other');
  });

  it.each(['null_resource', 'terraform_data', 'random_id', 'random_pet', 'time_sleep', 'local_file'])(
    'are not those of type %s, which hold nothing',
    (type) => {
      expect(told({ type, action: 'delete' }, { type, action: 'replace' })).toEqual([]);
    },
  );

  it('are all others: what is not known to be harmless is told', () => {
    expect(
      told(
        ...[
          'aws_route',
          'constructor',
          'aws_opensearch_domain',
          'random_password',
          'google_sql_database_instance',
        ].map((type) => ({ type, action: 'delete' as const })),
      ),
    ).toEqual([
      'delete:protected | database',
      'delete:protected | secret made at random',
      'delete:protected | route',
      'delete:protected | resource',
      'delete:protected | resource',
    ]);
  });

  it('are small where code makes them again, and guards where they keep something', () => {
    expect(told({ type: 'aws_vpc_security_group_ingress_rule', action: 'delete' })).toEqual([
      'any-destroy | network rule',
    ]);
    expect(told({ type: 'kubernetes_pod_disruption_budget_v1', action: 'delete' })).toEqual([
      'unprotected | PodDisruptionBudget',
    ]);
    expect(told({ type: 'aws_vpc', action: 'delete', address: 'aws_vpc.a (deposed 1)' })).toEqual([
      'any-destroy | VPC',
    ]);
  });

  it('are the last way of an administrator into the cluster', () => {
    const type = 'aws_eks_access_policy_association';
    const admin = (principal: string) => ({
      policy_arn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
      principal_arn: principal,
      access_scope: [{ type: 'cluster' }],
    });
    const goes = { type, action: 'delete' as const, before: admin('a') };
    const stays = { type, action: 'no-op' as const, before: admin('b'), after: admin('b') };
    const last = ({ words }: { readonly words: string }) =>
      words.includes('nobody of this stack administers');

    expect(risksOf(goes).some(last)).toBe(true);
    expect(risksOf(goes, stays).some(last)).toBe(false);
    expect(
      risksOf(goes, {
        type: 'aws_eks_access_entry',
        action: 'delete',
        before: { principal_arn: 'a' },
      }).filter(last),
    ).toHaveLength(2);
  });

  it('are outputs that others may read', () => {
    const outputs = [{ name: 'vpc_id', action: 'delete' as const, before: 'vpc-1' }];

    expect(report([changes('network', [], { outputs })]).risks).toMatchObject([
      { code: 'any-destroy', kind: 'names', address: 'output.vpc_id' },
    ]);
  });

  it.each([
    [{ replacePaths: [['a']] }, 'a'],
    [{ tainted: true }, 'it is tainted'],
    [{ reason: 'replace_by_request' }, 'replace by request'],
    [{}, 'no attribute that the plan names'],
  ])('say why they are replaced: %j', (props, why) => {
    expect(told({ type: 'aws_vpc', action: 'replace', before: {}, after: {}, ...props })[0]).toBe(
      `replace:protected | VPC | ${why}`,
    );
  });

  it('say why they go, and what comes first', () => {
    expect(
      told({ type: 'aws_vpc', action: 'delete', reason: 'delete_because_no_resource_config' })[0],
    ).toContain('delete because no resource config');
    expect(risksOf({ type: 'aws_vpc', action: 'replace', createBeforeDestroy: true })[0]?.words).toBe(
      'is made anew, then the old one is destroyed, with all that is in it: forced by',
    );
  });
});

describe('what is opened to the world', () => {
  const opened = (...resources: Partial<ResourceChange>[]) =>
    risksOf(...resources).filter(({ code }) => code === 'open-to-world');
  const world = { cidr_blocks: ['0.0.0.0/0'], protocol: 'tcp', from_port: 443, to_port: 443 };

  it.each<[string, Record<string, unknown>, string]>([
    [
      'aws_vpc_security_group_ingress_rule',
      { cidr_ipv4: '0.0.0.0/0', ip_protocol: 'tcp', from_port: 22, to_port: 22 },
      'tcp, port 22, from 0.0.0.0/0',
    ],
    [
      'aws_vpc_security_group_ingress_rule',
      { cidr_ipv6: '::/0', ip_protocol: '-1' },
      'all protocols, all ports, from ::/0',
    ],
    [
      'aws_security_group_rule',
      { type: 'ingress', ...world, to_port: 445 },
      'tcp, port 443-445, from 0.0.0.0/0',
    ],
    ['aws_security_group', { ingress: [world] }, 'tcp, port 443, from 0.0.0.0/0'],
    [
      'aws_default_security_group',
      { ingress: [{ ...world, from_port: null }] },
      'tcp, port 443, from 0.0.0.0/0',
    ],
    [
      'aws_network_acl_rule',
      { rule_action: 'allow', egress: false, cidr_block: '0.0.0.0/0', protocol: 'all' },
      'all protocols, all ports, from 0.0.0.0/0',
    ],
    [
      'aws_eks_cluster',
      { vpc_config: [{ endpoint_public_access: true, public_access_cidrs: ['10.0.0.0/8', '0.0.0.0/0'] }] },
      'public_access_cidrs: 0.0.0.0/0',
    ],
    [
      'aws_eks_cluster',
      { vpc_config: [{ endpoint_public_access: true, public_access_cidrs: '(known after apply)' }] },
      'endpoint_public_access = true',
    ],
    [
      'aws_eks_node_group',
      { remote_access: [{ ec2_ssh_key: 'key' }] },
      'remote_access without source_security_group_ids',
    ],
    ['aws_lb', { internal: false }, 'internal = false'],
    ['aws_db_instance', { publicly_accessible: true }, 'publicly_accessible = true'],
    ['aws_s3_bucket_acl', { acl: 'public-read' }, 'acl = public-read'],
    [
      'kubernetes_service_v1',
      {
        metadata: [
          { annotations: { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing' } },
        ],
      },
      'service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing',
    ],
    [
      'kubernetes_service_v1',
      { metadata: [{ annotations: { 'service.beta.kubernetes.io/aws-load-balancer-internal': 'false' } }] },
      'aws-load-balancer-internal: "false"',
    ],
    [
      'helm_release',
      {
        values: [
          'manifests: [{kind: IngressClassParams, metadata: {name: alb}, spec: {scheme: internet-facing}}]',
        ],
      },
      'values[0].manifests[0].spec.scheme: (not set) -> "internet-facing"',
    ],
    ['aws_s3_bucket_public_access_block', { block_public_acls: false }, 'block_public_acls'],
  ])('is told of a new %s %j', (type, after, value) => {
    const risks = opened({ type, action: 'create', after });

    expect(risks).toMatchObject([{ code: 'open-to-world', values: [value] }]);
    // What was open before is no news.
    if (!type.includes('access_block'))
      expect(opened({ type, before: after, after: { ...after, tags: { a: 'b' } } })).toEqual([]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['aws_vpc_security_group_ingress_rule', { cidr_ipv4: '10.0.0.0/8', ip_protocol: 'tcp' }],
    ['aws_vpc_security_group_egress_rule', { cidr_ipv4: '0.0.0.0/0', ip_protocol: '-1' }],
    ['aws_security_group_rule', { type: 'egress', ...world }],
    ['aws_network_acl_rule', { rule_action: 'deny', egress: false, cidr_block: '0.0.0.0/0' }],
    ['aws_network_acl_rule', { rule_action: 'allow', egress: true, cidr_block: '0.0.0.0/0' }],
    [
      'aws_eks_cluster',
      { vpc_config: [{ endpoint_public_access: false, public_access_cidrs: ['0.0.0.0/0'] }] },
    ],
    [
      'aws_eks_cluster',
      { vpc_config: [{ endpoint_public_access: true, public_access_cidrs: ['198.51.100.0/24'] }] },
    ],
    ['aws_eks_cluster', {}],
    ['aws_eks_node_group', { remote_access: [{ ec2_ssh_key: 'key', source_security_group_ids: ['sg-1'] }] }],
    ['aws_eks_node_group', { remote_access: [] }],
    ['aws_lb', { internal: true }],
    ['aws_db_instance', { publicly_accessible: false }],
    ['aws_lb', { internal: false, load_balancer_type: 'gateway' }],
    ['aws_s3_bucket', { acl: 'private' }],
    [
      'kubernetes_ingress_v1',
      { metadata: [{ annotations: { 'alb.ingress.kubernetes.io/scheme': 'internal' } }] },
    ],
    [
      'helm_release',
      {
        values: ['a: internet-facing', '{ internet-facing'],
      },
    ],
    ['aws_s3_bucket_public_access_block', { block_public_acls: true }],
  ])('is not %s %j', (type, after) => {
    expect(opened({ type, action: 'create', after })).toEqual([]);
  });

  it.each([
    ['0.0.0.0/0', true],
    ['0.0.0.0/1', true],
    ['::/0', true],
    ['fc00::/7', false],
    ['10.0.0.0/8', false],
    ['sg-1', false],
    [undefined, false],
  ])('knows the network %s: %s', (network, expected) => {
    expect(isWorld(network)).toBe(expected);
  });

  it('are public access blocks that go, or open', () => {
    const block = { block_public_acls: true, block_public_policy: true, ignore_public_acls: false };
    const type = 'aws_s3_bucket_public_access_block';

    expect(told({ type, action: 'delete', before: block })).toEqual([
      'open-to-world | public access block | block_public_acls',
      'open-to-world | public access block | block_public_policy',
      'unprotected | public access block',
    ]);
    expect(told({ type, before: block, after: { ...block, block_public_policy: false } })).toEqual([
      'open-to-world | public access block | block_public_policy',
    ]);
    expect(told({ type, before: block, after: block })).toEqual([]);
    expect(told({ type, action: 'no-op', before: block, after: block })).toEqual([]);
  });
});

describe('versions', () => {
  it.each([
    ['aws_eks_cluster', 'version', '1.33', '1.34', 'Kubernetes', 'gets a later version'],
    [
      'helm_release',
      'version',
      '3.4.0',
      '4.0.0',
      'chart',
      'gets a version that its makers call incompatible (another major one)',
    ],
    [
      'aws_eks_addon',
      'addon_version',
      'v1.9.0-eksbuild.1',
      'v1.10.0-eksbuild.1',
      'add-on',
      'gets a later version',
    ],
    [
      'aws_eks_node_group',
      'ami_type',
      'AL2_x86_64',
      'AL2023_x86_64_STANDARD',
      'nodes',
      'changes its version',
    ],
    ['aws_launch_template', 'image_id', 'ami-1', 'ami-2', 'image of nodes', 'changes its version'],
    ['helm_release', 'version', '3.4.0', '3.5.0', 'chart', 'gets a later version'],
  ])('of %s: %s %s to %s', (type, attribute, before, after, noun, words) => {
    expect(risksOf({ type, before: { [attribute]: before }, after: { [attribute]: after } })).toMatchObject([
      { code: 'version', noun, words, values: [`${attribute}: ${before} -> ${after}`] },
    ]);
  });

  it.each([
    ['1.33', '1.35', 'skips a minor version, which EKS refuses'],
    ['1.33', '1.32', 'goes back to an earlier version, which EKS refuses'],
  ])('of a cluster are refused: %s to %s', (before, after, words) => {
    expect(
      risksOf({ type: 'aws_eks_cluster', before: { version: before }, after: { version: after } }),
    ).toMatchObject([{ code: 'refused', words }]);
  });

  it.each([
    ['1.34', '1.35', 'newer than their control plane'],
    ['1.34', '1.30', 'too old for their control plane'],
    ['1.34', '1.33', undefined],
  ])('of a control plane %s take no nodes %s: %s', (version, nodes, words) => {
    const side = { version };
    const found = risksOf(
      { type: 'aws_eks_cluster', action: 'no-op', before: side, after: side },
      { type: 'aws_eks_node_group', action: 'create', after: { version: nodes } },
    );

    expect(found.map((risk) => [risk.code, risk.words])).toEqual(
      words === undefined ? [] : [['refused', expect.stringContaining(words)]],
    );
  });

  it.each([
    ['3.3.0', '3.4.0', 'gets a later version', 'versions'],
    ['1.13.0', '3.5.0', 'Helm does not upgrade CRDs: apply them before the chart', 'order'],
    ['3.5.0', '9.9.9', 'which is not verified here', 'order'],
  ])('of the controller, %s to %s, say what its CRDs need', (before, after, words, kind) => {
    const side = (version: string) => ({ name: 'aws-load-balancer-controller', version });

    expect(risksOf({ type: 'helm_release', before: side(before), after: side(after) })).toMatchObject([
      {
        kind,
        noun: 'load balancer controller',
        words: expect.stringContaining(words) as unknown as string,
        values: ['aws-load-balancer-controller', `version: ${before} -> ${after}`],
      },
    ]);
  });

  it('of a new controller that nobody looked at say so', () => {
    const created = (version: string) =>
      risksOf({
        type: 'helm_release',
        action: 'create',
        after: { name: 'aws-load-balancer-controller', version },
      });
    expect(created('9.9.9')).toMatchObject([
      {
        noun: 'load balancer controller',
        words: expect.stringContaining('not verified here'),
        values: ['version: 9.9.9'],
      },
    ]);
    expect(created('3.5.0')).toEqual([]);
  });

  it.each([
    [{ version: '1' }, { version: '1' }],
    [{}, { version: '1' }],
    [{ version: '1' }, { version: '(known after apply)' }],
  ])('that stay, or that nobody chose, are not told: %j to %j', (before, after) => {
    expect(told({ type: 'aws_eks_cluster', before, after })).toEqual([]);
  });
});

describe('what nobody foresaw', () => {
  it('is a tainted resource', () => {
    expect(told({ type: 'aws_eks_addon', action: 'replace', tainted: true })).toEqual([
      'replace:protected | add-on of the cluster | it is tainted',
      'tainted | add-on of the cluster',
    ]);
  });

  it('is drift, where it is one', () => {
    const drift = [
      change({ type: 'aws_vpc', before: { a: 1 }, after: { a: 2 } }),
      change({ type: 'aws_x', before: { a: 1 }, action: 'delete' }),
      change({ type: 'aws_y', before: { tags: null }, after: { tags: {} } }),
    ];

    expect(
      report([changes('network', [], { drift })]).risks.map(({ noun, words, values }) => [
        noun,
        words,
        ...values,
      ]),
    ).toEqual([
      ['VPC', 'was changed outside of Terraform:', 'a: 1 -> 2'],
      ['resource', 'is gone: it was removed outside of Terraform'],
    ]);
  });

  it('is no copy of what another resource sets, but what is beside it', () => {
    const rule = {
      from_port: 1,
      to_port: 2,
      protocol: 'tcp',
      self: false,
      cidr_blocks: ['10.0.0.0/8'],
      security_groups: [],
    };
    const route = { cidr_block: '0.0.0.0/0', ipv6_cidr_block: '', nat_gateway_id: 'nat-1' };
    const policy = { name: 'p', policy: '{"a": 1}' };
    const resources = [
      change({
        type: 'aws_vpc_security_group_ingress_rule',
        before: {
          security_group_id: 'sg-1',
          ip_protocol: 'tcp',
          from_port: 1,
          to_port: 2,
          cidr_ipv4: '10.0.0.0/8',
        },
      }),
      change({
        type: 'aws_vpc_security_group_egress_rule',
        before: { security_group_id: 'sg-1', ip_protocol: '-1', referenced_security_group_id: 'sg-1' },
      }),
      change({
        type: 'aws_route',
        action: 'no-op',
        before: { route_table_id: 'rtb-1', destination_cidr_block: '0.0.0.0/0' },
      }),
      change({
        type: 'aws_route',
        action: 'no-op',
        before: { route_table_id: 'rtb-2', destination_cidr_block: '10.0.0.0/8' },
      }),
      change({ type: 'aws_iam_role_policy_attachment', before: { role: 'other', policy_arn: 'arn:2' } }),
      change({
        type: 'aws_vpc_security_group_ingress_rule',
        before: {
          security_group_id: 'sg-2',
          ip_protocol: 'tcp',
          from_port: 0,
          to_port: 2,
          cidr_ipv4: '10.0.0.0/8',
        },
      }),
      change({ type: 'aws_iam_role_policy', before: { role: 'r', name: 'p', policy: '{ "a": 1 }' } }),
      change({ type: 'aws_iam_role_policy_attachment', before: { role: 'r', policy_arn: 'arn:1' } }),
    ];
    const drift = [
      change({
        type: 'aws_security_group',
        before: { id: 'sg-1' },
        after: {
          id: 'sg-1',
          ingress: [rule, { ...rule, from_port: 0 }],
          egress: [{ from_port: 0, to_port: 0, protocol: '-1', self: true }],
        },
      }),
      change({
        type: 'aws_route_table',
        before: { id: 'rtb-1', route: [] },
        after: { id: 'rtb-1', route: [route, { ...route, cidr_block: '10.0.0.0/8' }] },
      }),
      change({
        type: 'aws_iam_role',
        before: { name: 'r' },
        after: {
          name: 'r',
          inline_policy: [policy, { ...policy, policy: '{"a": 2}' }],
          managed_policy_arns: ['arn:1', 'arn:2'],
        },
      }),
      change({ type: 'aws_iam_role', before: { name: 'r' }, action: 'delete' }),
    ];

    expect(
      report([changes('network', resources, { drift })]).risks.map(({ values }) =>
        values.map((value) => value.replace(/: .*/, '')),
      ),
    ).toEqual([
      [
        'ingress[0].cidr_blocks',
        'ingress[0].from_port',
        'ingress[0].protocol',
        'ingress[0].self',
        'ingress[0].to_port',
      ],
      ['route[0].cidr_block', 'route[0].nat_gateway_id'],
      ['inline_policy[0].name', 'inline_policy[0].policy.a', 'managed_policy_arns'],
      [],
    ]);
  });
});

describe('what somebody opened by hand', () => {
  it('is told as open, and not what a rule of the stack opens', () => {
    const ingress = (port: number) => ({
      cidr_blocks: ['0.0.0.0/0'],
      protocol: 'tcp',
      from_port: port,
      to_port: port,
    });
    const rule = {
      security_group_id: 'sg-1',
      ip_protocol: 'tcp',
      cidr_ipv4: '0.0.0.0/0',
      from_port: 443,
      to_port: 443,
    };
    const resources = [
      change({ type: 'aws_vpc_security_group_ingress_rule', action: 'no-op', before: rule, after: rule }),
    ];
    const drift = [
      change({
        type: 'aws_security_group',
        before: { id: 'sg-1', ingress: [] },
        after: { id: 'sg-1', ingress: [ingress(443), ingress(22)] },
      }),
    ];
    const [first, ...others] = report([changes('network', resources, { drift })]).risks;

    expect(first).toMatchObject({
      code: 'open-to-world',
      words: 'admits the whole internet, which was changed outside of Terraform:',
      values: ['tcp, port 22, from 0.0.0.0/0'],
    });
    expect(others.map(({ code }) => code)).toEqual(['drift']);
  });
});

describe('the order', () => {
  it('is the worst first, and what most is lost with', () => {
    const risks = risksOf(
      { type: 'aws_eks_addon', before: { addon_version: 'v1' }, after: { addon_version: 'v2' } },
      { type: 'aws_cloudwatch_log_group', action: 'delete' },
      { type: 'aws_vpc', action: 'replace' },
      { type: 'aws_eks_cluster', action: 'delete' },
    );

    expect(risks.map(({ noun }) => noun)).toEqual(['EKS cluster', 'VPC', 'log group', 'add-on']);
  });
});
