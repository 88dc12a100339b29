import { describe, expect, it } from '@jest/globals';
import { markdown } from '../../../tools/plan-report/document/markdown-report';
import { type Report } from '../../../tools/plan-report/report';
import { isMinor } from '../../../tools/plan-report/risks/risk';
import { readPlansToJudge } from '../../../tools/plan-report/terraform/read-plans';
import { reportOf } from '../../../tools/plan-report/report';
import { AWS_STACKS, planned, planText, TODAY } from './support';

type Json = Readonly<Record<string, unknown>>;

const judge = (resources: readonly Json[], more: Json = {}): Report =>
  reportOf({
    environment: 'dev',
    plans: readPlansToJudge([{ stack: 'cluster', name: 'plan.json', text: planText(resources, more) }]),
    expected: AWS_STACKS,
    today: TODAY,
  });
const update = (type: string, before: Json, after: Json, more: Json = {}) =>
  planned(type, { actions: ['update'], before, after, ...more });
const create = (type: string, after: Json, more: Json = {}) =>
  planned(type, { actions: ['create'], before: null, after, ...more });
const destroy = (type: string, before: Json = {}) =>
  planned(type, { actions: ['delete'], before, after: null });
const replace = (type: string, before: Json = {}, after: Json = {}) =>
  planned(type, { actions: ['delete', 'create'], before, after });
const policy = (...Statement: Json[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: unknown, Resource: unknown, more: Json = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const GITHUB = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';
const EKS = 'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A1';
const trust = (Federated: string, Condition?: Json) =>
  policy({
    Effect: 'Allow',
    Action: 'sts:AssumeRoleWithWebIdentity',
    Principal: { Federated },
    ...(Condition && { Condition }),
  });
const SUB = 'token.actions.githubusercontent.com:sub';
const POD = 'oidc.eks.eu-west-1.amazonaws.com/id/A1:sub';
const meta = (more: Json) => [{ name: 'web', namespace: 'shop', ...more }];
const values = (text: string) => ({ name: 'web', chart: 'web', version: '1.0.0', values: [text] });

/** What a reviewer sees without scrolling. */
const firstScreen = (report: Report) => markdown(report).split('\n').slice(0, 40).join('\n');

describe('a dangerous plan', () => {
  it.each<[string, readonly Json[], string]>([
    ['the last administrator', [destroy('aws_eks_access_entry', { principal_arn: 'a' })], 'access entry'],
    ['the default route', [destroy('aws_route', { destination_cidr_block: '0.0.0.0/0' })], 'route'],
    ['the way to the internet', [destroy('aws_internet_gateway')], 'internet gateway'],
    [
      'a default route that leads elsewhere',
      [update('aws_route', { nat_gateway_id: 'nat-1' }, { nat_gateway_id: '', gateway_id: 'igw-1' })],
      'leads elsewhere',
    ],
    [
      'everybody among the grants of a bucket',
      [
        create('aws_s3_bucket_acl', {
          access_control_policy: [
            { grant: [{ grantee: [{ uri: 'http://acs.amazonaws.com/groups/global/AllUsers' }] }] },
          ],
        }),
      ],
      'S3 bucket `aws_s3_bucket_acl.y` is public',
    ],
    [
      'a function that asks nobody who calls',
      [create('aws_lambda_function_url', { authorization_type: 'NONE' })],
      'is called by anybody',
    ],
    [
      'an image of machines for all',
      [create('aws_ami_launch_permission', { image_id: 'ami-1', group: 'all' })],
      'lets anybody in, by share',
    ],
    [
      'a snapshot for another account',
      [create('aws_snapshot_create_volume_permission', { account_id: '999988887777' })],
      '999988887777',
    ],
    [
      'a broker with a public address',
      [create('aws_mq_broker', { publicly_accessible: true })],
      'public address',
    ],
    [
      'subnets that become public',
      [
        create('aws_route', {
          route_table_id: 'rtb-1',
          destination_cidr_block: '0.0.0.0/0',
          gateway_id: 'igw-1',
        }),
      ],
      'leads from the internet into the subnets of: `rtb-1`',
    ],
    [
      'pods that get out of their container',
      [create('kubernetes_daemon_set_v1', { spec: [{ template: [{ spec: [{ host_network: true }] }] }] })],
      'out of their container: `spec[0].template[0].spec[0].host_network',
    ],
    [
      'the disk of a node in a pod',
      [
        update(
          'kubernetes_deployment_v1',
          { spec: [{ volume: [] }] },
          { spec: [{ volume: [{ name: 'h', host_path: [{ path: '/' }] }] }] },
        ),
      ],
      'host_path',
    ],
    [
      'a firewall that counts where it blocked',
      [
        update(
          'aws_wafv2_web_acl',
          { rule: [{ name: 'a', action: [{ block: [{ custom_response: [] }], count: [] }] }] },
          { rule: [{ name: 'a', action: [{ block: [], count: [{}] }] }] },
        ),
      ],
      'may keep out less',
    ],
    [
      'a NetworkPolicy that lets all in',
      [
        update(
          'kubernetes_network_policy_v1',
          { spec: [{ policy_types: ['Ingress'] }] },
          { spec: [{ policy_types: ['Ingress'], ingress: [{}] }] },
        ),
      ],
      'may keep out less',
    ],
    [
      'older TLS',
      [
        update(
          'aws_lb_listener',
          { ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' },
          { ssl_policy: 'ELBSecurityPolicy-2016-08' },
        ),
      ],
      'older versions of TLS',
    ],
    [
      'who is let in by aws-auth',
      [
        update(
          'aws_eks_cluster',
          { access_config: [{ authentication_mode: 'API_AND_CONFIG_MAP' }] },
          { access_config: [{ authentication_mode: 'API' }] },
        ),
      ],
      'whom aws-auth names',
    ],
    [
      'webhooks that a chart turns off',
      [
        update(
          'helm_release',
          values('webhook: {enabled: true}\nvalidatingWebhookFailurePolicy: Fail'),
          values('webhook: {enabled: false}\nvalidatingWebhookFailurePolicy: Ignore'),
        ),
      ],
      'lets through what it can not check',
    ],
    [
      'a watch that is off',
      [update('aws_guardduty_detector', { enable: true }, { enable: false })],
      'loses a guard',
    ],
    [
      'an add-on without its guard',
      [
        update(
          'aws_eks_addon',
          { configuration_values: '{"enableNetworkPolicy":"true"}' },
          { configuration_values: '{}' },
        ),
      ],
      'enableNetworkPolicy',
    ],
    [
      'a name that leads elsewhere',
      [update('aws_route53_record', { records: ['192.0.2.1'] }, { records: ['198.51.100.1'] })],
      'leads elsewhere',
    ],
    [
      'an image of somebody else',
      [
        update(
          'kubernetes_pod_v1',
          { spec: [{ image: 'a.dkr.ecr.b.amazonaws.com/web:1' }] },
          { spec: [{ image: 'web:1' }] },
        ),
      ],
      'comes from another place',
    ],
    [
      'a bucket that begins to forget',
      [create('aws_s3_bucket_lifecycle_configuration', { rule: [{ expiration: [{ days: 1 }] }] })],
      'begins to delete',
    ],
    [
      'RBAC that reads Secrets',
      [create('kubernetes_cluster_role_v1', { rule: [{ resources: ['secrets'], verbs: ['list'] }] })],
      'may read all that is stored',
    ],
    [
      'RBAC that gives itself more',
      [
        create('kubernetes_cluster_role_v1', {
          rule: [{ resources: ['clusterroles'], verbs: ['escalate'] }],
        }),
      ],
      'gains all, by rule of RBAC',
    ],
    [
      'a release that goes back',
      [update('aws_eks_addon', { addon_version: 'v1.20.4' }, { addon_version: 'v1.18.0' })],
      'goes back to an earlier version',
    ],
    ['a database', [destroy('aws_db_instance')], 'database'],
    ['a type that nobody knows', [destroy('acme_ledger')], 'acme_ledger.y'],
    ['a disk', [destroy('aws_ebs_volume')], 'EBS volume'],
    ['a secret', [destroy('aws_secretsmanager_secret')], 'secret'],
    ['a password that is made anew', [replace('random_password')], 'secret made at random'],
    [
      'a cluster that is forgotten',
      [planned('aws_eks_cluster', { actions: ['forget'], before: {} })],
      'no longer looked after',
    ],
    [
      'an action of later',
      [planned('aws_vpc', { actions: ['rotate'], before: {}, after: {} })],
      'this version does not know',
    ],
    [
      'a key that is switched off',
      [update('aws_kms_key', { is_enabled: true }, { is_enabled: false })],
      'is_enabled',
    ],
    [
      'versions of state that are no longer kept',
      [
        update(
          'aws_s3_bucket_versioning',
          { versioning_configuration: [{ status: 'Enabled' }] },
          { versioning_configuration: [{ status: 'Suspended' }] },
        ),
      ],
      'loses a guard',
    ],
    [
      'credentials of nodes for all pods',
      [
        update(
          'aws_launch_template',
          { metadata_options: [{ http_tokens: 'required', http_put_response_hop_limit: 1 }] },
          { metadata_options: [{ http_tokens: 'optional', http_put_response_hop_limit: 2 }] },
        ),
      ],
      'http_tokens',
    ],
    [
      'pods that may be anything',
      [
        update(
          'kubernetes_namespace_v1',
          { metadata: [{ name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } }] },
          { metadata: [{ name: 'shop', labels: {} }] },
        ),
      ],
      'admits pods that it kept out',
    ],
    [
      'nodes to none',
      [
        update(
          'aws_eks_node_group',
          { scaling_config: [{ desired_size: 3 }] },
          { scaling_config: [{ desired_size: 0 }] },
        ),
      ],
      'nothing left to run',
    ],
    [
      'replicas to none, by a chart',
      [update('helm_release', values('replicaCount: 2'), values('replicaCount: 0'))],
      'replicaCount',
    ],
    [
      'a budget that a chart takes away',
      [
        update(
          'helm_release',
          values('podDisruptionBudget: {enabled: true}'),
          values('podDisruptionBudget: {enabled: false}'),
        ),
      ],
      'loses a guard',
    ],
    [
      'pods without their role',
      [
        update(
          'kubernetes_service_account_v1',
          { metadata: meta({ annotations: { 'eks.amazonaws.com/role-arn': 'arn:a' } }) },
          { metadata: meta({ annotations: {} }) },
        ),
      ],
      'another role, or none',
    ],
    ['network policy', [destroy('kubernetes_network_policy_v1')], 'NetworkPolicy'],
    ['add-on', [destroy('aws_eks_addon', { addon_name: 'vpc-cni' })], 'add-on of the cluster'],
    [
      'a condition of trust that is lost',
      [
        update(
          'aws_iam_role',
          { assume_role_policy: trust(GITHUB, { StringEquals: { [SUB]: 'repo:x/y:environment:dev' } }) },
          { assume_role_policy: trust(GITHUB) },
        ),
      ],
      'lets anybody in',
    ],
    [
      'pods of all namespaces',
      [
        update(
          'aws_iam_role',
          { assume_role_policy: trust(EKS, { StringEquals: { [POD]: 'system:serviceaccount:shop:web' } }) },
          { assume_role_policy: trust(EKS, { StringLike: { [POD]: 'system:serviceaccount:*:*' } }) },
        ),
      ],
      'admits who was not admitted before',
    ],
    [
      'runs of pull requests',
      [
        update(
          'aws_iam_role',
          { assume_role_policy: trust(GITHUB, { StringEquals: { [SUB]: 'repo:x/y:environment:dev' } }) },
          {
            assume_role_policy: trust(GITHUB, {
              StringEquals: { [SUB]: ['repo:x/y:environment:dev', 'repo:x/y:pull_request'] },
            }),
          },
        ),
      ],
      'pull_request',
    ],
    [
      'a Deny that is lost',
      [
        update(
          'aws_iam_role_policy',
          {
            policy: policy(allow('s3:*', 'arn:aws:s3:::a/*'), {
              Effect: 'Deny',
              Action: 's3:DeleteObject',
              Resource: '*',
            }),
          },
          { policy: policy(allow('s3:*', 'arn:aws:s3:::a/*')) },
        ),
      ],
      'is no longer denied',
    ],
    [
      'a role to pass, after forty harmless actions',
      [
        create('aws_iam_role_policy', {
          policy: policy(
            allow([...Array.from({ length: 40 }, (_, index) => `ec2:Describe${index}`), 'iam:PassRole'], '*'),
          ),
        }),
      ],
      'iam:PassRole',
    ],
    [
      'all secrets to read',
      [create('aws_iam_policy', { policy: policy(allow('secretsmanager:GetSecretValue', '*')) })],
      'may read whatever is stored',
    ],
    [
      'a policy that becomes unknown',
      [
        update(
          'aws_iam_policy',
          { policy: policy(allow('s3:GetObject', 'arn:aws:s3:::a/*')) },
          {},
          { after_unknown: { policy: true } },
        ),
      ],
      'known after apply only',
    ],
    ['an access key', [create('aws_iam_access_key', { user: 'root' })], 'lets in who was not there before'],
    [
      'a bucket for half of the world, twice',
      [
        create('aws_s3_bucket_policy', {
          policy: policy({
            ...allow('s3:GetObject', 'arn:aws:s3:::a/*'),
            Principal: '*',
            Condition: { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } },
          }),
        }),
      ],
      'lets anybody in',
    ],
    [
      'cluster-admin',
      [
        create('kubernetes_cluster_role_binding_v1', {
          role_ref: [{ name: 'cluster-admin' }],
          subject: [{ kind: 'ServiceAccount', name: 'ci', namespace: 'ci' }],
        }),
      ],
      'cluster-admin',
    ],
    [
      'an API server opened in parts',
      [
        update(
          'aws_eks_cluster',
          { vpc_config: [{ endpoint_public_access: true, public_access_cidrs: ['203.0.113.0/24'] }] },
          {
            vpc_config: [
              {
                endpoint_public_access: true,
                public_access_cidrs: Array.from({ length: 256 }, (_, octet) => `${octet}.0.0.0/8`),
              },
            ],
          },
        ),
      ],
      'reachable by the whole internet',
    ],
    [
      'two minor versions',
      [update('aws_eks_cluster', { version: '1.33' }, { version: '1.35' })],
      'EKS refuses',
    ],
  ])('is told on the first screen: %s', (_, resources, words) => {
    expect(firstScreen(judge(resources))).toContain(words);
    expect(judge(resources).risks.some((risk) => !isMinor(risk))).toBe(true);
  });
});

it('tells commands that an apply runs, in modules too', () => {
  const resources = (address: string) => [{ address, provisioners: [{ type: 'local-exec' }] }];
  const report = judge(
    [
      create('terraform_data', {}, {}),
      { ...create('null_resource', {}), address: 'module.a.null_resource.y[0]' },
      { ...planned('external', { actions: ['read'] }), mode: 'data', address: 'data.external.y' },
      update('null_resource', {}, {}),
    ],
    {
      configuration: {
        root_module: {
          resources: resources('terraform_data.y'),
          module_calls: { a: { module: { resources: resources('null_resource.y') } } },
        },
      },
    },
  );

  expect(report.risks.map(({ code, address, values: runs }) => [code, address, runs])).toEqual([
    ['runs-command', 'terraform_data.y', ['local-exec']],
    ['runs-command', 'module.a.null_resource.y[0]', ['local-exec']],
    ['runs-command', 'data.external.y', ['program']],
  ]);
  expect(firstScreen(report)).toContain('has Terraform run what is not in the plan');
});

describe('a harmless plan', () => {
  it.each<[string, readonly Json[]]>([
    [
      'a role that is made with its pods',
      [
        create(
          'aws_eks_pod_identity_association',
          { namespace: 'shop', service_account: 'web' },
          {
            after_unknown: { role_arn: true },
          },
        ),
      ],
    ],
    [
      'an image of our own registry',
      [
        update(
          'kubernetes_pod_v1',
          { spec: [{ image: 'web:1' }] },
          { spec: [{ image: '1.dkr.ecr.b.amazonaws.com/web:1' }] },
        ),
      ],
    ],
    [
      'a later policy of TLS',
      [
        update(
          'aws_lb_listener',
          { ssl_policy: 'ELBSecurityPolicy-2016-08' },
          { ssl_policy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' },
        ),
      ],
    ],
    ['tags', [update('aws_eks_cluster', { tags: { A: '1' } }, { tags: { A: '2' } })]],
    ['a description', [update('aws_security_group', { description: 'a' }, { description: 'b' })]],
    [
      'more nodes',
      [
        update(
          'aws_eks_node_group',
          { scaling_config: [{ desired_size: 2, max_size: 4 }] },
          { scaling_config: [{ desired_size: 3, max_size: 6 }] },
        ),
      ],
    ],
    [
      'fewer nodes',
      [
        update(
          'aws_eks_node_group',
          { scaling_config: [{ desired_size: 3 }] },
          { scaling_config: [{ desired_size: 2 }] },
        ),
      ],
    ],
    [
      'longer retention',
      [update('aws_cloudwatch_log_group', { retention_in_days: 30 }, { retention_in_days: 90 })],
    ],
    [
      'retention without an end',
      [update('aws_cloudwatch_log_group', { retention_in_days: 30 }, { retention_in_days: 0 })],
    ],
    [
      'another image',
      [
        update(
          'kubernetes_deployment_v1',
          { spec: [{ template: [{ spec: [{ container: [{ image: 'r/web@sha256:aa' }] }] }] }] },
          { spec: [{ template: [{ spec: [{ container: [{ image: 'r/web@sha256:bb' }] }] }] }] },
        ),
      ],
    ],
    [
      'a new Deployment',
      [create('kubernetes_deployment_v1', { metadata: meta({}), spec: [{ replicas: '2' }] })],
    ],
    [
      'a rule from inside',
      [
        create('aws_vpc_security_group_ingress_rule', {
          cidr_ipv4: '10.0.0.0/16',
          ip_protocol: 'tcp',
          from_port: 443,
          to_port: 443,
        }),
      ],
    ],
    [
      'a way out',
      [create('aws_vpc_security_group_egress_rule', { cidr_ipv4: '0.0.0.0/0', ip_protocol: '-1' })],
    ],
    [
      'a marker that is made anew',
      [replace('null_resource', { triggers: { a: '1' } }, { triggers: { a: '2' } })],
    ],
    [
      'a role for one ServiceAccount',
      [
        create('aws_iam_role', {
          assume_role_policy: trust(EKS, { StringEquals: { [POD]: 'system:serviceaccount:shop:web' } }),
        }),
        create('aws_iam_role_policy', {
          policy: policy(allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::shop/*')),
        }),
      ],
    ],
    [
      'a role for a service',
      [
        create('aws_iam_role', {
          assume_role_policy: policy({
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'ec2.amazonaws.com' },
          }),
        }),
      ],
    ],
    [
      'a narrower policy',
      [
        update(
          'aws_iam_role_policy',
          { policy: policy(allow('s3:*', '*')) },
          { policy: policy(allow('s3:GetObject', 'arn:aws:s3:::a/*')) },
        ),
      ],
    ],
    [
      'a policy in another order',
      [
        update(
          'aws_iam_role_policy',
          { policy: policy(allow(['kms:Decrypt', 'kms:*'], '*'), allow('iam:PassRole', '*')) },
          { policy: policy(allow('iam:PassRole', ['*']), allow(['kms:*', 'kms:Decrypt'], '*')) },
        ),
      ],
    ],
    [
      'a trust that is narrowed',
      [
        update(
          'aws_iam_role',
          { assume_role_policy: trust(GITHUB, { StringLike: { [SUB]: 'repo:x/y:*' } }) },
          { assume_role_policy: trust(GITHUB, { StringEquals: { [SUB]: 'repo:x/y:environment:dev' } }) },
        ),
      ],
    ],
    ['a guard more', [update('aws_kms_key', { enable_key_rotation: false }, { enable_key_rotation: true })]],
    [
      'an API server that is closed',
      [
        update(
          'aws_eks_cluster',
          { vpc_config: [{ endpoint_public_access: true, public_access_cidrs: ['0.0.0.0/0'] }] },
          { vpc_config: [{ endpoint_public_access: false, public_access_cidrs: [] }] },
        ),
      ],
    ],
    [
      'fewer networks',
      [
        update(
          'aws_eks_cluster',
          {
            vpc_config: [
              { endpoint_public_access: true, public_access_cidrs: ['203.0.113.0/24', '198.51.100.0/24'] },
            ],
          },
          { vpc_config: [{ endpoint_public_access: true, public_access_cidrs: ['203.0.113.0/28'] }] },
        ),
      ],
    ],
    [
      'a password of a database',
      [
        update(
          'aws_db_instance',
          { password: 'old-password' },
          { password: 'new-password' },
          { before_sensitive: { password: true }, after_sensitive: { password: true } },
        ),
      ],
    ],
    ['settings of a chart', [update('helm_release', values('logLevel: info'), values('logLevel: debug'))]],
    [
      'a move',
      [
        planned(
          'aws_vpc',
          { actions: ['no-op'], before: { a: 1 }, after: { a: 1 } },
          { previous_address: 'aws_vpc.old' },
        ),
      ],
    ],
    ['a read', [planned('aws_ami', { actions: ['read'], before: null, after: {} }, { mode: 'data' })]],
    [
      'a new subnet',
      [
        create('aws_subnet', {
          cidr_block: '10.0.1.0/24',
          map_public_ip_on_launch: true,
          tags: { 'kubernetes.io/role/elb': '1' },
        }),
      ],
    ],
    [
      'a ConfigMap',
      [
        update(
          'kubernetes_config_map_v1',
          { metadata: meta({}), data: { a: '1' } },
          { metadata: meta({}), data: { a: '2' } },
        ),
      ],
    ],
  ])('raises no alarm: %s', (_, resources) => {
    expect(judge(resources).risks).toEqual([]);
  });
});

describe('values that are hidden', () => {
  const world = { cidr_ipv4: '0.0.0.0/0', ip_protocol: 'tcp', from_port: 22, to_port: 22 };

  it.each<[string, readonly Json[], string]>([
    [
      'a tag',
      [
        create('aws_vpc_security_group_ingress_rule', world),
        create('aws_vpc', { tags: { token: '0.0.0.0/0' } }),
      ],
      'open-to-world',
    ],
    [
      'a mark on the attribute',
      [create('aws_vpc_security_group_ingress_rule', world, { after_sensitive: { cidr_ipv4: true } })],
      'open-to-world',
    ],
    [
      'a secret elsewhere',
      [
        create('aws_iam_role_policy_attachment', {
          role: 'r',
          policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
        }),
        create('aws_vpc', { tags: { password: 'AdministratorAccess' } }),
      ],
      'iam-wildcard',
    ],
    [
      'a secret that is a part of a policy',
      [
        create('aws_iam_policy', { policy: policy(allow('*', '*')) }),
        create('aws_vpc', { tags: { secret: '"Effect":"Allow"' } }),
      ],
      'iam-wildcard',
    ],
    [
      'a mark on the policy',
      [create('aws_iam_policy', { policy: policy(allow('*', '*')) }, { after_sensitive: { policy: true } })],
      'iam-wildcard',
    ],
  ])('hide no risk: %s', (_, resources, code) => {
    const report = judge(resources);

    expect(report.risks.map((risk) => risk.code)).toContain(code);
  });

  it('are told where they matter, and in no text', () => {
    const report = judge([
      create(
        'aws_vpc_security_group_ingress_rule',
        { ...world, cidr_ipv4: '198.51.100.0/24' },
        { after_sensitive: { cidr_ipv4: true } },
      ),
      create(
        'aws_iam_policy',
        { policy: policy(allow('s3:*', 'arn:aws:s3:::hush-hush/*')) },
        { after_sensitive: { policy: true } },
      ),
    ]);

    expect(report.risks).toMatchObject([
      { code: 'iam-wildcard', values: ['hidden: policy'] },
      { code: 'hidden', values: ['cidr_ipv4'] },
      { code: 'hidden', values: ['policy'] },
    ]);
    for (const text of [markdown(report), JSON.stringify(report)])
      expect(text).not.toMatch(/198\.51\.100|hush-hush|s3:\*/);
  });
});
