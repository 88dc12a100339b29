import { describe, expect, it } from '@jest/globals';
import { markdown } from '../../../tools/plan-report/document/markdown-report';
import { isMinor } from '../../../tools/plan-report/risks/risk';
import { reportOf } from '../../../tools/plan-report/report';
import { readPlansToJudge } from '../../../tools/plan-report/terraform/read-plans';
import { AWS_STACKS, planned, planText, TODAY } from './support';

type Json = Readonly<Record<string, unknown>>;
/** A type with its values before and after; `undefined` where it isn't there. */
type Case = readonly [
  what: string,
  type: string,
  before: Json | undefined,
  after: Json | undefined,
  more?: Json,
];

const expressions = { allowed_account_ids: { constant_value: ['111122223333'] } };
const ACCOUNT = {
  configuration: { provider_config: { aws: { name: 'aws', expressions } }, root_module: {} },
};
const judge = ([, type, before, after, { actions, resource = {}, ...more } = {}]: Case) => {
  const action = before === undefined ? ['create'] : after === undefined ? ['delete'] : ['update'];
  const resources = [
    planned(
      type,
      {
        actions: (actions as string[] | undefined) ?? action,
        before: before ?? null,
        after: after ?? null,
        ...more,
      },
      resource as Json,
    ),
  ];
  return reportOf({
    environment: 'dev',
    plans: readPlansToJudge([{ stack: 'cluster', name: 'plan.json', text: planText(resources, ACCOUNT) }]),
    expected: AWS_STACKS,
    today: TODAY,
  });
};
const json = (value: unknown) => JSON.stringify(value);
const statement = (more: Json) => json({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] });
const pod = (spec: Json) => ({ spec: [{ template: [{ spec: [spec] }] }] });
const chart = (text: string, more: Json = {}) => ({
  name: 'web',
  chart: 'web',
  version: '1.0.0',
  values: [text],
  ...more,
});
const manifest = (kind: string, more: Json) => ({
  manifest: { apiVersion: 'v1', kind, metadata: { name: 'x' }, ...more },
});

const DANGEROUS: readonly Case[] = [
  [
    'a database without deletion protection',
    'aws_db_instance',
    { deletion_protection: true },
    { deletion_protection: false },
  ],
  [
    'a database on the internet',
    'aws_db_instance',
    { publicly_accessible: false },
    { publicly_accessible: true },
  ],
  [
    'backups of a database for no day',
    'aws_db_instance',
    { backup_retention_period: 7 },
    { backup_retention_period: 0 },
  ],
  ['a database without its standby', 'aws_rds_cluster_instance', {}, undefined],
  [
    'a database that goes without a snapshot',
    'aws_rds_cluster',
    { skip_final_snapshot: false },
    { skip_final_snapshot: true },
  ],
  [
    'a database of another engine version, lower',
    'aws_db_instance',
    { engine_version: '16.4' },
    { engine_version: '15.8' },
  ],
  [
    'parameters that no longer ask for TLS',
    'aws_db_parameter_group',
    { parameter: [{ name: 'rds.force_ssl', value: '1' }] },
    { parameter: [{ name: 'rds.force_ssl', value: '0' }] },
  ],
  ['a file system that is mounted nowhere', 'aws_efs_mount_target', { subnet_id: 'a' }, undefined],
  [
    'a policy of a file system that anybody mounts by',
    'aws_efs_file_system_policy',
    undefined,
    { policy: statement({ Principal: { AWS: '*' }, Action: 'elasticfilesystem:ClientMount' }) },
  ],
  [
    'a key that another account may use',
    'aws_kms_key',
    {
      policy: statement({
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 'kms:*',
        Resource: '*',
      }),
    },
    {
      policy: json({
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: ['arn:aws:iam::111122223333:root', 'arn:aws:iam::999988887777:root'] },
            Action: 'kms:*',
            Resource: '*',
          },
        ],
      }),
    },
  ],
  [
    'a key policy of nobody',
    'aws_kms_key_policy',
    {
      policy: statement({
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 'kms:*',
        Resource: '*',
      }),
    },
    {
      policy: statement({
        Principal: { AWS: 'arn:aws:iam::111122223333:role/old' },
        Action: 'kms:Decrypt',
        Resource: '*',
      }),
    },
  ],
  [
    'a key that goes in seven days',
    'aws_kms_key',
    { deletion_window_in_days: 30 },
    { deletion_window_in_days: 7 },
  ],
  [
    'a bucket whose owner is not enforced',
    'aws_s3_bucket_ownership_controls',
    { rule: [{ object_ownership: 'BucketOwnerEnforced' }] },
    { rule: [{ object_ownership: 'ObjectWriter' }] },
  ],
  [
    'a bucket policy that asked for TLS',
    'aws_s3_bucket_policy',
    {
      policy: json({
        Statement: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: '*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      }),
    },
    { policy: json({ Statement: [] }) },
  ],
  [
    'a bucket that is copied to another account',
    'aws_s3_bucket_replication_configuration',
    undefined,
    { rule: [{ destination: [{ bucket: 'arn:aws:s3:::elsewhere', account: '999988887777' }] }] },
  ],
  ['a zone', 'aws_route53_zone', { name: 'example.com' }, undefined],
  [
    'DNSSEC',
    'aws_route53_hosted_zone_dnssec',
    { signing_status: 'SIGNING' },
    { signing_status: 'NOT_SIGNING' },
  ],
  [
    'a record that is an alias of another',
    'aws_route53_record',
    { alias: [{ name: 'a.elb', zone_id: 'Z1' }] },
    { alias: [{ name: 'b.elb', zone_id: 'Z1' }] },
  ],
  ['a certificate', 'aws_acm_certificate', { domain_name: 'a.example.com' }, undefined],
  [
    'a certificate of another name',
    'aws_acm_certificate',
    { domain_name: 'a.example.com' },
    { domain_name: 'b.example.com' },
    { actions: ['create', 'delete'], replace_paths: [['domain_name']] },
  ],
  [
    'a repository that anybody pulls from',
    'aws_ecr_repository_policy',
    undefined,
    { policy: statement({ Principal: '*', Action: 'ecr:BatchGetImage' }) },
  ],
  [
    'tags that may move',
    'aws_ecr_repository',
    { image_tag_mutability: 'IMMUTABLE' },
    { image_tag_mutability: 'MUTABLE' },
  ],
  [
    'tags that may move, but some',
    'aws_ecr_repository',
    { image_tag_mutability: 'IMMUTABLE' },
    {
      image_tag_mutability: 'IMMUTABLE_WITH_EXCLUSION',
      image_tag_mutability_exclusion_filter: [{ filter: 'dev-*' }],
    },
  ],
  [
    'fewer images kept',
    'aws_ecr_lifecycle_policy',
    { policy: json({ rules: [{ selection: { countNumber: 100 } }] }) },
    { policy: json({ rules: [{ selection: { countNumber: 2 } }] }) },
  ],
  [
    'an API server that is public, to a network',
    'aws_eks_cluster',
    { vpc_config: [{ endpoint_public_access: false }] },
    { vpc_config: [{ endpoint_public_access: true, public_access_cidrs: ['203.0.113.0/24'] }] },
  ],
  [
    'no private endpoint',
    'aws_eks_cluster',
    { vpc_config: [{ endpoint_private_access: true }] },
    { vpc_config: [{ endpoint_private_access: false }] },
  ],
  [
    'half of the logs',
    'aws_eks_cluster',
    { enabled_cluster_log_types: ['api', 'audit', 'authenticator'] },
    { enabled_cluster_log_types: ['api'] },
  ],
  [
    'a cluster with extended support, which costs more',
    'aws_eks_cluster',
    { deletion_protection: true },
    { deletion_protection: false },
  ],
  [
    'a cluster whose creator is its administrator',
    'aws_eks_cluster',
    undefined,
    { access_config: [{ bootstrap_cluster_creator_admin_permissions: true, authentication_mode: 'API' }] },
  ],
  [
    'an administrator more',
    'aws_eks_access_policy_association',
    undefined,
    {
      principal_arn: 'arn:aws:iam::111122223333:role/dev',
      policy_arn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
      access_scope: [{ type: 'cluster' }],
    },
  ],
  [
    'an editor of all namespaces',
    'aws_eks_access_policy_association',
    { principal_arn: 'a', policy_arn: 'p/AmazonEKSViewPolicy', access_scope: [{ type: 'cluster' }] },
    { principal_arn: 'a', policy_arn: 'p/AmazonEKSEditPolicy', access_scope: [{ type: 'cluster' }] },
  ],
  [
    'a scope that becomes the cluster',
    'aws_eks_access_policy_association',
    {
      principal_arn: 'a',
      policy_arn: 'p/AmazonEKSAdminPolicy',
      access_scope: [{ type: 'namespace', namespaces: ['shop'] }],
    },
    { principal_arn: 'a', policy_arn: 'p/AmazonEKSAdminPolicy', access_scope: [{ type: 'cluster' }] },
    { actions: ['delete', 'create'] },
  ],
  [
    'groups of an access entry',
    'aws_eks_access_entry',
    { principal_arn: 'a', kubernetes_groups: ['viewers'] },
    { principal_arn: 'a', kubernetes_groups: ['viewers', 'cluster-admins'] },
  ],
  [
    'another issuer of users',
    'aws_eks_identity_provider_config',
    undefined,
    { oidc: [{ issuer_url: 'https://login.example.com', client_id: 'x' }] },
  ],
  [
    'a node group with no node at most',
    'aws_eks_node_group',
    { scaling_config: [{ min_size: 1 }] },
    { scaling_config: [{ min_size: 0, desired_size: 0 }] },
  ],
  [
    'nodes that are all drained at once',
    'aws_eks_node_group',
    { update_config: [{ max_unavailable: 1 }] },
    { update_config: [{ max_unavailable_percentage: 100 }] },
  ],
  [
    'nodes that are replaced by force',
    'aws_eks_node_group',
    { force_update_version: false },
    { force_update_version: true },
  ],
  [
    'nodes that may be taken away',
    'aws_eks_node_group',
    { capacity_type: 'ON_DEMAND' },
    { capacity_type: 'SPOT' },
    { actions: ['create', 'delete'], replace_paths: [['capacity_type']] },
  ],
  ['a shell on nodes', 'aws_eks_node_group', undefined, { remote_access: [{ ec2_ssh_key: 'k' }] }],
  ['an IAM user', 'aws_iam_user', undefined, { name: 'ci' }],
  ['a password of the console', 'aws_iam_user_login_profile', undefined, { user: 'ci' }],
  [
    'a member of the administrators',
    'aws_iam_user_group_membership',
    { user: 'ci', groups: ['readers'] },
    { user: 'ci', groups: ['readers', 'admins'] },
  ],
  [
    'an identity provider',
    'aws_iam_openid_connect_provider',
    undefined,
    { url: 'https://gitlab.com', client_id_list: ['sts'] },
  ],
  [
    'a boundary that goes',
    'aws_iam_role',
    { permissions_boundary: 'arn:aws:iam::1:policy/b' },
    { permissions_boundary: null },
  ],
  [
    'a policy version that is another',
    'aws_iam_policy',
    { policy: statement({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/*' }) },
    { policy: statement({ Action: ['s3:GetObject', 'iam:CreatePolicyVersion'], Resource: '*' }) },
  ],
  [
    'a role for a whole organization',
    'aws_iam_role',
    { assume_role_policy: statement({ Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }) },
    {
      assume_role_policy: statement({
        Principal: { AWS: '*' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
      }),
    },
  ],
  [
    'half the world, twice',
    'aws_security_group',
    { ingress: [] },
    {
      ingress: [{ protocol: 'tcp', from_port: 443, to_port: 443, cidr_blocks: ['0.0.0.0/1', '128.0.0.0/1'] }],
    },
  ],
  [
    'all of IPv6',
    'aws_security_group_rule',
    undefined,
    { type: 'ingress', protocol: 'tcp', from_port: 22, to_port: 22, ipv6_cidr_blocks: ['::/0'] },
  ],
  [
    'wider ports for a network',
    'aws_vpc_security_group_ingress_rule',
    { cidr_ipv4: '10.0.0.0/8', ip_protocol: 'tcp', from_port: 443, to_port: 443 },
    { cidr_ipv4: '10.0.0.0/8', ip_protocol: '-1' },
  ],
  [
    'a group that is let in',
    'aws_vpc_security_group_ingress_rule',
    { referenced_security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 5432, to_port: 5432 },
    { referenced_security_group_id: 'sg-2', ip_protocol: 'tcp', from_port: 5432, to_port: 5432 },
  ],
  [
    'a prefix list for all',
    'aws_ec2_managed_prefix_list',
    { entry: [{ cidr: '10.0.0.0/8' }] },
    { entry: [{ cidr: '10.0.0.0/8' }, { cidr: '0.0.0.0/0' }] },
  ],
  [
    'secrets that are no longer rotated',
    'aws_secretsmanager_secret_rotation',
    { rotation_rules: [{ automatically_after_days: 30 }] },
    undefined,
  ],
  [
    'secrets that are rotated once in a lifetime',
    'aws_secretsmanager_secret_rotation',
    { rotation_rules: [{ automatically_after_days: 30 }] },
    { rotation_rules: [{ automatically_after_days: 1000 }] },
  ],
  [
    'a secret for everybody',
    'aws_secretsmanager_secret_policy',
    undefined,
    { policy: statement({ Principal: '*', Action: 'secretsmanager:GetSecretValue', Resource: '*' }) },
  ],
  [
    'a secret that goes at once',
    'aws_secretsmanager_secret',
    { recovery_window_in_days: 30 },
    { recovery_window_in_days: 0 },
  ],
  ['a vault', 'aws_backup_vault', { name: 'v' }, undefined],
  ['a lock of a vault', 'aws_backup_vault_lock_configuration', { min_retention_days: 30 }, undefined],
  [
    'a plan of backups that keeps them a day',
    'aws_backup_plan',
    { rule: [{ lifecycle: [{ delete_after: 35 }] }] },
    { rule: [{ lifecycle: [{ delete_after: 1 }] }] },
  ],
  ['a trail that is switched off', 'aws_cloudtrail', { enable_logging: true }, { enable_logging: false }],
  [
    'a trail of one Region',
    'aws_cloudtrail',
    { is_multi_region_trail: true },
    { is_multi_region_trail: false },
  ],
  [
    'flow logs of what is rejected alone',
    'aws_flow_log',
    { traffic_type: 'ALL' },
    { traffic_type: 'REJECT' },
  ],
  ['flow logs', 'aws_flow_log', {}, undefined],
  [
    'a network ACL that denies',
    'aws_network_acl_rule',
    { rule_action: 'deny', egress: false, cidr_block: '0.0.0.0/0' },
    { rule_action: 'allow', egress: false, cidr_block: '0.0.0.0/0' },
  ],
  [
    'a network ACL with rules in it',
    'aws_network_acl',
    { ingress: [] },
    { ingress: [{ action: 'allow', cidr_block: '0.0.0.0/0', protocol: '-1', from_port: 0, to_port: 0 }] },
  ],
  [
    'a route in a table',
    'aws_route_table',
    { route: [{ cidr_block: '0.0.0.0/0', nat_gateway_id: 'nat-1' }] },
    { route: [] },
  ],
  [
    'subnets with the main table',
    'aws_route_table_association',
    { route_table_id: 'rtb-1', subnet_id: 's' },
    { route_table_id: 'rtb-2', subnet_id: 's' },
  ],
  ['a transit gateway', 'aws_ec2_transit_gateway_vpc_attachment', { transit_gateway_id: 't' }, undefined],
  [
    'an endpoint for all',
    'aws_vpc_endpoint',
    { policy: statement({ Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/*' }) },
    { policy: statement({ Principal: '*', Action: '*', Resource: '*' }) },
  ],
  [
    'a load balancer that may be deleted',
    'aws_lb',
    { enable_deletion_protection: true },
    { enable_deletion_protection: false },
  ],
  [
    'a load balancer without logs',
    'aws_lb',
    { access_logs: [{ bucket: 'b', enabled: true }] },
    { access_logs: [{ bucket: 'b', enabled: false }] },
  ],
  [
    'a load balancer that answers all headers',
    'aws_lb',
    { drop_invalid_header_fields: true },
    { drop_invalid_header_fields: false },
  ],
  [
    'desync mitigation',
    'aws_lb',
    { desync_mitigation_mode: 'strictest' },
    { desync_mitigation_mode: 'monitor' },
  ],
  [
    'a web ACL that is taken off',
    'aws_wafv2_web_acl_association',
    { resource_arn: 'a', web_acl_arn: 'b' },
    undefined,
  ],
  [
    'a web ACL that allows by default',
    'aws_wafv2_web_acl',
    { default_action: [{ block: [{}], allow: [] }] },
    { default_action: [{ block: [], allow: [{}] }] },
  ],
  [
    'an address set that blocks fewer',
    'aws_wafv2_ip_set',
    { addresses: ['192.0.2.0/24', '198.51.100.0/24'] },
    { addresses: ['192.0.2.0/24'] },
  ],
  [
    'HTTP that served a redirect',
    'aws_lb_listener',
    { default_action: [{ type: 'redirect', redirect: [{ protocol: 'HTTPS', status_code: 'HTTP_301' }] }] },
    { default_action: [{ type: 'forward', target_group_arn: 't' }] },
  ],
  [
    'a login that goes',
    'aws_lb_listener_rule',
    { action: [{ type: 'authenticate-oidc' }, { type: 'forward' }] },
    { action: [{ type: 'forward' }] },
  ],
  [
    'client certificates that are not asked for',
    'aws_lb_listener',
    { mutual_authentication: [{ mode: 'verify' }] },
    { mutual_authentication: [{ mode: 'off' }] },
  ],
  ['a disruption budget', 'kubernetes_pod_disruption_budget_v1', {}, undefined],
  [
    'a budget of none',
    'kubernetes_pod_disruption_budget_v1',
    { spec: [{ min_available: '2' }] },
    { spec: [{ min_available: '0' }] },
  ],
  [
    'replicas to none',
    'kubernetes_deployment_v1',
    { spec: [{ replicas: '3' }] },
    { spec: [{ replicas: '0' }] },
  ],
  [
    'an autoscaler that may do nothing',
    'kubernetes_horizontal_pod_autoscaler_v2',
    { spec: [{ min_replicas: 2, max_replicas: 10 }] },
    { spec: [{ min_replicas: 0, max_replicas: 10 }] },
  ],
  ['a namespace', 'kubernetes_namespace_v1', { metadata: [{ name: 'shop' }] }, undefined],
  ['a CRD', 'kubernetes_manifest', manifest('CustomResourceDefinition', {}), undefined],
  [
    'a binding in a manifest',
    'kubernetes_manifest',
    undefined,
    manifest('ClusterRoleBinding', {
      roleRef: { name: 'cluster-admin' },
      subjects: [{ kind: 'Group', name: 'system:authenticated' }],
    }),
  ],
  [
    'a privileged pod in a manifest',
    'kubernetes_manifest',
    undefined,
    manifest('DaemonSet', {
      spec: {
        template: { spec: { hostPID: true, containers: [{ securityContext: { privileged: true } }] } },
      },
    }),
  ],
  [
    'a webhook that fails open',
    'kubernetes_validating_webhook_configuration_v1',
    { webhook: [{ failure_policy: 'Fail' }] },
    { webhook: [{ failure_policy: 'Ignore' }] },
  ],
  [
    'a webhook that looks at less',
    'kubernetes_validating_webhook_configuration_v1',
    { webhook: [{ rule: [{ resources: ['pods', 'deployments'] }] }] },
    { webhook: [{ rule: [{ resources: ['pods'] }] }] },
  ],
  [
    'cluster-admin for a group',
    'kubernetes_cluster_role_binding_v1',
    { role_ref: [{ name: 'view' }], subject: [{ kind: 'Group', name: 'dev' }] },
    { role_ref: [{ name: 'cluster-admin' }], subject: [{ kind: 'Group', name: 'dev' }] },
  ],
  [
    'an edit role for a namespace',
    'kubernetes_role_binding_v1',
    undefined,
    { role_ref: [{ name: 'admin', kind: 'ClusterRole' }], subject: [{ kind: 'User', name: 'eve' }] },
  ],
  [
    'pods that may make pods of any ServiceAccount',
    'kubernetes_cluster_role_v1',
    undefined,
    { rule: [{ resources: ['pods/exec'], verbs: ['create'] }] },
  ],
  [
    'tokens of ServiceAccounts',
    'kubernetes_cluster_role_v1',
    undefined,
    { rule: [{ resources: ['serviceaccounts/token'], verbs: ['create'] }] },
  ],
  [
    'a hostPath',
    'kubernetes_deployment_v1',
    pod({ volume: [] }),
    pod({ volume: [{ host_path: [{ path: '/var/run' }] }] }),
  ],
  [
    'a privileged container',
    'kubernetes_deployment_v1',
    pod({ container: [{ security_context: [{ privileged: false }] }] }),
    pod({ container: [{ security_context: [{ privileged: true }] }] }),
  ],
  [
    'all capabilities',
    'kubernetes_deployment_v1',
    pod({ container: [{ security_context: [{ capabilities: [{ drop: ['ALL'] }] }] }] }),
    pod({ container: [{ security_context: [{ capabilities: [{ drop: [] }] }] }] }),
  ],
  [
    'a pod without seccomp',
    'kubernetes_deployment_v1',
    pod({ security_context: [{ seccomp_profile: [{ type: 'RuntimeDefault' }] }] }),
    pod({ security_context: [{ seccomp_profile: [{ type: 'Unconfined' }] }] }),
  ],
  [
    'an image that floats',
    'kubernetes_deployment_v1',
    pod({ container: [{ image: 'r.example.com/web:1.2.3' }] }),
    pod({ container: [{ image: 'r.example.com/web:latest' }] }),
  ],
  [
    'a probe that goes',
    'kubernetes_deployment_v1',
    pod({ container: [{ readiness_probe: [{ http_get: [{ path: '/' }] }] }] }),
    pod({ container: [{ readiness_probe: [] }] }),
  ],
  [
    'all pods at once',
    'kubernetes_deployment_v1',
    { spec: [{ strategy: [{ type: 'RollingUpdate' }] }] },
    { spec: [{ strategy: [{ type: 'Recreate' }] }] },
  ],
  [
    'a Service that selects others',
    'kubernetes_service_v1',
    { spec: [{ type: 'LoadBalancer', selector: { app: 'web' } }] },
    { spec: [{ type: 'LoadBalancer', selector: { app: 'old' } }] },
  ],
  [
    'a Service of nodes',
    'kubernetes_service_v1',
    { spec: [{ type: 'ClusterIP' }] },
    { spec: [{ type: 'NodePort' }] },
  ],
  [
    'a chart that goes back',
    'helm_release',
    chart('a: 1', { version: '2.1.0' }),
    chart('a: 1', { version: '2.0.0' }),
  ],
  [
    'a chart of another repository',
    'helm_release',
    chart('', { repository: 'https://charts.example.com' }),
    chart('', { repository: 'https://evil.example.org' }),
  ],
  [
    'a chart that is not waited for',
    'helm_release',
    chart('', { atomic: true, wait: true }),
    chart('', { atomic: false, wait: false }),
  ],
  [
    'a chart whose service is public',
    'helm_release',
    chart('service: {type: ClusterIP}'),
    chart(
      'service:\n  type: LoadBalancer\n  annotations: {service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing}',
    ),
  ],
  [
    'a chart that runs as root',
    'helm_release',
    chart('securityContext: {runAsNonRoot: true}'),
    chart('securityContext: {runAsNonRoot: false}'),
  ],
  [
    'a state bucket that is forgotten',
    'aws_s3_bucket',
    { bucket: 'state' },
    undefined,
    { actions: ['forget'] },
  ],
  [
    'a launch template without its encryption',
    'aws_launch_template',
    { block_device_mappings: [{ ebs: [{ encrypted: 'true' }] }] },
    { block_device_mappings: [{ ebs: [{ encrypted: 'false' }] }] },
  ],
  [
    'an alarm that calls nobody',
    'aws_cloudwatch_metric_alarm',
    { alarm_actions: ['arn:aws:sns:a'] },
    { alarm_actions: [] },
  ],
  [
    'a topic for everybody',
    'aws_sns_topic_policy',
    undefined,
    { policy: statement({ Principal: '*', Action: 'sns:Publish', Resource: '*' }) },
  ],
  [
    'a queue for everybody',
    'aws_sqs_queue',
    { policy: '' },
    { policy: statement({ Principal: '*', Action: 'sqs:*', Resource: '*' }) },
  ],
  [
    'a peering with another account',
    'aws_vpc_peering_connection',
    undefined,
    { peer_owner_id: '999988887777', vpc_id: 'v' },
  ],
  ['a DNS of the VPC that is off', 'aws_vpc', { enable_dns_support: true }, { enable_dns_support: false }],
  [
    'a subnet whose machines are public',
    'aws_subnet',
    { map_public_ip_on_launch: false },
    { map_public_ip_on_launch: true },
  ],
  [
    'a StorageClass that deletes',
    'kubernetes_storage_class_v1',
    { reclaim_policy: 'Retain' },
    { reclaim_policy: 'Delete' },
    { actions: ['delete', 'create'], replace_paths: [['reclaim_policy']] },
  ],
  [
    'an IngressClass of another controller',
    'kubernetes_ingress_class_v1',
    { spec: [{ controller: 'ingress.k8s.aws/alb' }] },
    { spec: [{ controller: 'k8s.io/ingress-nginx' }] },
  ],
  [
    'a domain of Cognito users',
    'aws_cognito_user_pool',
    { deletion_protection: 'ACTIVE' },
    { deletion_protection: 'INACTIVE' },
  ],
  [
    'logins without a second factor',
    'aws_cognito_user_pool',
    { mfa_configuration: 'ON' },
    { mfa_configuration: 'OFF' },
  ],
  [
    'a table that is not recovered',
    'aws_dynamodb_table',
    { point_in_time_recovery: [{ enabled: true }] },
    { point_in_time_recovery: [{ enabled: false }] },
  ],
  [
    'items that expire',
    'aws_dynamodb_table',
    { ttl: [] },
    { ttl: [{ attribute_name: 'at', enabled: true }] },
  ],
  [
    'a cache without encryption',
    'aws_elasticache_replication_group',
    { transit_encryption_enabled: true },
    { transit_encryption_enabled: false },
  ],
  [
    'object lock that ends',
    'aws_s3_bucket_object_lock_configuration',
    { rule: [{ default_retention: [{ days: 365 }] }] },
    { rule: [{ default_retention: [{ days: 1 }] }] },
  ],
  [
    'a quota that goes up without an end',
    'kubernetes_resource_quota_v1',
    { spec: [{ hard: { pods: '20' } }] },
    { spec: [{ hard: {} }] },
  ],
  [
    'a ServiceAccount token for all pods',
    'kubernetes_service_account_v1',
    { automount_service_account_token: false },
    { automount_service_account_token: true },
  ],
  ['encryption of disks by default', 'aws_ebs_encryption_by_default', { enabled: true }, { enabled: false }],
  [
    'secrets of a cluster without their key',
    'aws_eks_cluster',
    { encryption_config: [{ resources: ['secrets'], provider: [{ key_arn: 'k' }] }] },
    { encryption_config: [] },
  ],
  [
    'Auto Mode',
    'aws_eks_cluster',
    { compute_config: [{ enabled: true }] },
    { compute_config: [{ enabled: false }] },
  ],
  ['a label of nodes', 'aws_eks_node_group', { labels: { pool: 'a' } }, { labels: { pool: 'b' } }],
  ['a taint of nodes', 'aws_eks_node_group', { taint: [] }, { taint: [{ key: 'a', effect: 'NO_SCHEDULE' }] }],
  ['an autoscaling group of none', 'aws_autoscaling_group', { max_size: 4 }, { max_size: 0 }],
  ['a subnet of a load balancer', 'aws_lb', { subnets: ['a', 'b', 'c'] }, { subnets: ['a', 'b'] }],
  [
    'targets that are others',
    'aws_lb_listener',
    { default_action: [{ type: 'forward', target_group_arn: 'a' }] },
    { default_action: [{ type: 'forward', target_group_arn: 'b' }] },
  ],
  [
    'weights of a name',
    'aws_route53_record',
    { weighted_routing_policy: [{ weight: 100 }] },
    { weighted_routing_policy: [{ weight: 0 }] },
  ],
  [
    'source ranges',
    'kubernetes_service_v1',
    { spec: [{ type: 'LoadBalancer', load_balancer_source_ranges: ['10.0.0.0/8'] }] },
    { spec: [{ type: 'LoadBalancer', load_balancer_source_ranges: ['10.0.0.0/8', '0.0.0.0/0'] }] },
  ],
  [
    'a limit of memory',
    'kubernetes_deployment_v1',
    pod({ container: [{ resources: [{ limits: { memory: '1Gi' } }] }] }),
    pod({ container: [{ resources: [{ limits: {} }] }] }),
  ],
  ['names of an endpoint', 'aws_vpc_endpoint', { private_dns_enabled: true }, { private_dns_enabled: false }],
  [
    'an endpoint without its policy',
    'aws_vpc_endpoint',
    { policy: statement({ Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/*' }) },
    {},
    { after_unknown: { policy: true } },
  ],
  [
    'a Deny of a service control policy',
    'aws_organizations_policy',
    { content: json({ Statement: [{ Effect: 'Deny', Action: 'iam:*', Resource: '*' }] }) },
    { content: json({ Statement: [] }) },
  ],
  [
    'a chart without its CRDs',
    'helm_release',
    chart('', { skip_crds: false }),
    chart('', { skip_crds: true }),
  ],
  [
    'a chart that mounts the host',
    'helm_release',
    chart('extraVolumes: []'),
    chart('extraVolumes: [{name: a, hostPath: {path: /}}]'),
  ],
  [
    'a chart that binds cluster-admin',
    'helm_release',
    chart('rbac: {clusterRole: view}'),
    chart('rbac: {clusterRole: cluster-admin}'),
  ],
  [
    'all pods of a DaemonSet at once',
    'kubernetes_daemon_set_v1',
    { spec: [{ strategy: [{ rolling_update: [{ max_unavailable: '10%' }] }] }] },
    { spec: [{ strategy: [{ rolling_update: [{ max_unavailable: '100%' }] }] }] },
  ],
  [
    'a StatefulSet of fewer volumes',
    'kubernetes_stateful_set_v1',
    { spec: [{ persistent_volume_claim_retention_policy: [{ when_deleted: 'Retain' }] }] },
    { spec: [{ persistent_volume_claim_retention_policy: [{ when_deleted: 'Delete' }] }] },
  ],
  [
    'a role of nodes',
    'aws_eks_node_group',
    { node_role_arn: 'a' },
    { node_role_arn: 'b' },
    { actions: ['delete', 'create'], replace_paths: [['node_role_arn']] },
  ],
  [
    'a policy of a role that goes',
    'aws_iam_role_policy_attachment',
    { role: 'nodes', policy_arn: 'arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy' },
    undefined,
  ],
  ['a longer session', 'aws_iam_role', { max_session_duration: 3600 }, { max_session_duration: 43200 }],
  [
    'sessions for a ServiceAccount of all clusters',
    'aws_iam_role',
    {
      assume_role_policy: statement({
        Principal: { Service: 'pods.eks.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'shop' } },
      }),
    },
    {
      assume_role_policy: statement({
        Principal: { Service: 'pods.eks.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
    },
  ],
  [
    'a function with another role',
    'aws_lambda_function',
    { role: 'arn:aws:iam::111122223333:role/a' },
    { role: 'arn:aws:iam::111122223333:role/admin' },
  ],
  [
    'a job that runs with another ServiceAccount',
    'kubernetes_cron_job_v1',
    { spec: [{ job_template: [{ spec: [{ template: [{ spec: [{ service_account_name: 'a' }] }] }] }] }] },
    { spec: [{ job_template: [{ spec: [{ template: [{ spec: [{ service_account_name: 'admin' }] }] }] }] }] },
  ],
  ['an output of other stacks, by its resource', 'terraform_remote_state', {}, undefined],
  ['a budget alarm', 'aws_budgets_budget', {}, undefined],
  [
    'a KMS grant for another',
    'aws_kms_grant',
    undefined,
    { grantee_principal: 'arn:aws:iam::999988887777:role/x', operations: ['Decrypt'] },
  ],
  ['a resource share', 'aws_ram_principal_association', undefined, { principal: '999988887777' }],
  [
    'an S3 access point for all',
    'aws_s3control_access_point_policy',
    undefined,
    { policy: statement({ Principal: '*', Action: 's3:GetObject', Resource: '*' }) },
  ],
  [
    'an API without authorization',
    'aws_api_gateway_method',
    { authorization: 'AWS_IAM' },
    { authorization: 'NONE' },
  ],
];

const HARMLESS: readonly Case[] = [
  [
    'a tag',
    'aws_db_instance',
    { tags: { a: '1' }, tags_all: { a: '1' } },
    { tags: { a: '2' }, tags_all: { a: '2' } },
  ],
  ['a longer backup', 'aws_db_instance', { backup_retention_period: 7 }, { backup_retention_period: 14 }],
  [
    'deletion protection on',
    'aws_db_instance',
    { deletion_protection: false },
    { deletion_protection: true },
  ],
  [
    'a move alone',
    'aws_kms_key',
    { description: 'a' },
    { description: 'a' },
    { actions: ['no-op'], resource: { previous_address: 'aws_kms_key.old' } },
  ],
  [
    'an import alone',
    'aws_kms_key',
    { description: 'a' },
    { description: 'a' },
    { actions: ['no-op'], importing: { id: 'k-1' } },
  ],
  ['an import with a tag', 'aws_kms_key', { tags: {} }, { tags: { a: '1' } }, { importing: { id: 'k-1' } }],
  [
    'more nodes at most',
    'aws_eks_node_group',
    { scaling_config: [{ max_size: 4 }] },
    { scaling_config: [{ max_size: 8 }] },
  ],
  ['more replicas', 'kubernetes_deployment_v1', { spec: [{ replicas: '2' }] }, { spec: [{ replicas: '5' }] }],
  [
    'fewer replicas',
    'kubernetes_deployment_v1',
    { spec: [{ replicas: '5' }] },
    { spec: [{ replicas: '2' }] },
  ],
  [
    'a later image',
    'kubernetes_deployment_v1',
    pod({ container: [{ image: 'r.example.com/web:1.2.3' }] }),
    pod({ container: [{ image: 'r.example.com/web:1.2.4' }] }),
  ],
  [
    'more memory',
    'kubernetes_deployment_v1',
    pod({ container: [{ resources: [{ limits: { memory: '128Mi' } }] }] }),
    pod({ container: [{ resources: [{ limits: { memory: '256Mi' } }] }] }),
  ],
  [
    'an environment variable',
    'kubernetes_deployment_v1',
    pod({ container: [{ env: [{ name: 'LEVEL', value: 'info' }] }] }),
    pod({ container: [{ env: [{ name: 'LEVEL', value: 'debug' }] }] }),
  ],
  [
    'another probe',
    'kubernetes_deployment_v1',
    pod({ container: [{ readiness_probe: [{ period_seconds: 10 }] }] }),
    pod({ container: [{ readiness_probe: [{ period_seconds: 5 }] }] }),
  ],
  [
    'a read-only root',
    'kubernetes_deployment_v1',
    pod({ container: [{ security_context: [{ read_only_root_filesystem: false }] }] }),
    pod({ container: [{ security_context: [{ read_only_root_filesystem: true }] }] }),
  ],
  [
    'a new namespace',
    'kubernetes_namespace_v1',
    undefined,
    { metadata: [{ name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } }] },
  ],
  [
    'a label of a namespace',
    'kubernetes_namespace_v1',
    { metadata: [{ name: 'shop', labels: { team: 'a' } }] },
    { metadata: [{ name: 'shop', labels: { team: 'b' } }] },
  ],
  [
    'a new internal Service',
    'kubernetes_service_v1',
    undefined,
    { metadata: [{ name: 'web' }], spec: [{ type: 'ClusterIP', port: [{ port: 80 }] }] },
  ],
  ['a new budget', 'kubernetes_pod_disruption_budget_v1', undefined, { spec: [{ min_available: '1' }] }],
  [
    'a budget that keeps more',
    'kubernetes_pod_disruption_budget_v1',
    { spec: [{ min_available: '1' }] },
    { spec: [{ min_available: '2' }] },
  ],
  ['a new quota', 'kubernetes_resource_quota_v1', undefined, { spec: [{ hard: { pods: '20' } }] }],
  [
    'a new NetworkPolicy',
    'kubernetes_network_policy_v1',
    undefined,
    { spec: [{ policy_types: ['Ingress'] }] },
  ],
  ['a new log group', 'aws_cloudwatch_log_group', undefined, { name: '/a', retention_in_days: 30 }],
  [
    'a new repository',
    'aws_ecr_repository',
    undefined,
    {
      name: 'shop/web',
      image_tag_mutability: 'IMMUTABLE',
      image_scanning_configuration: [{ scan_on_push: true }],
    },
  ],
  [
    'a new private bucket',
    'aws_s3_bucket_public_access_block',
    undefined,
    {
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    },
  ],
  [
    'a bucket policy that asks for TLS',
    'aws_s3_bucket_policy',
    undefined,
    {
      policy: json({
        Statement: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: '*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      }),
    },
  ],
  [
    'a new key',
    'aws_kms_key',
    undefined,
    {
      enable_key_rotation: true,
      policy: statement({
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 'kms:*',
        Resource: '*',
      }),
    },
  ],
  [
    'a new record',
    'aws_route53_record',
    undefined,
    { name: 'a.example.com', type: 'A', records: ['192.0.2.1'] },
  ],
  ['a shorter TTL', 'aws_route53_record', { ttl: 300 }, { ttl: 60 }],
  ['a new certificate', 'aws_acm_certificate', undefined, { domain_name: 'a.example.com' }],
  ['a new alarm', 'aws_cloudwatch_metric_alarm', undefined, { alarm_actions: ['a'] }],
  ['a threshold', 'aws_cloudwatch_metric_alarm', { threshold: 80 }, { threshold: 90 }],
  ['a new endpoint', 'aws_vpc_endpoint', undefined, { service_name: 's3', vpc_endpoint_type: 'Gateway' }],
  [
    'a rule for a group',
    'aws_vpc_security_group_ingress_rule',
    undefined,
    { referenced_security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 443, to_port: 443 },
  ],
  [
    'a narrower network',
    'aws_vpc_security_group_ingress_rule',
    { cidr_ipv4: '10.0.0.0/8', ip_protocol: 'tcp', from_port: 443, to_port: 443 },
    { cidr_ipv4: '10.1.0.0/16', ip_protocol: 'tcp', from_port: 443, to_port: 443 },
  ],
  [
    'all logs of the control plane',
    'aws_eks_cluster',
    { enabled_cluster_log_types: ['api'] },
    { enabled_cluster_log_types: ['api', 'audit'] },
  ],
  [
    'an upgrade policy',
    'aws_eks_cluster',
    { upgrade_policy: [{ support_type: 'EXTENDED' }] },
    { upgrade_policy: [{ support_type: 'STANDARD' }] },
  ],
  [
    'a redirect to HTTPS',
    'aws_lb_listener',
    { default_action: [{ type: 'forward', target_group_arn: 't' }] },
    { default_action: [{ type: 'redirect', redirect: [{ protocol: 'HTTPS', status_code: 'HTTP_301' }] }] },
  ],
  [
    'a web ACL that is put on',
    'aws_wafv2_web_acl_association',
    undefined,
    { resource_arn: 'a', web_acl_arn: 'b' },
  ],
  [
    'a log level of a chart',
    'helm_release',
    chart('logLevel: info\nreplicaCount: 2'),
    chart('logLevel: debug\nreplicaCount: 3'),
  ],
  [
    'a description of a release',
    'helm_release',
    chart('', { description: 'a' }),
    chart('', { description: 'b' }),
  ],
  ['a timeout of a release', 'helm_release', chart('', { timeout: 300 }), chart('', { timeout: 600 })],
  [
    'a role for a service',
    'aws_iam_role',
    undefined,
    {
      assume_role_policy: statement({
        Principal: { Service: 'eks.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
    },
  ],
  [
    'a description of a role',
    'aws_iam_role',
    { description: 'a', max_session_duration: 3600 },
    { description: 'b', max_session_duration: 3600 },
  ],
  [
    'a read of one object',
    'aws_iam_role_policy',
    undefined,
    { policy: statement({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/b' }) },
  ],
  ['an instance profile', 'aws_iam_instance_profile', undefined, { role: 'nodes' }],
  ['a parameter', 'aws_ssm_parameter', undefined, { name: '/a', type: 'String', value: 'b' }],
  [
    'data that is read',
    'aws_iam_policy_document',
    undefined,
    { json: statement({ Action: '*', Resource: '*' }) },
    { actions: ['read'], resource: { mode: 'data' } },
  ],
  ['an add-on with its default', 'aws_eks_addon', undefined, { addon_name: 'metrics-server' }],
  [
    'what a launch template is called',
    'aws_launch_template',
    { description: 'a', latest_version: 1 },
    { description: 'b', latest_version: '(known after apply)' },
  ],
  ['a new VPC', 'aws_vpc', undefined, { cidr_block: '10.0.0.0/16', enable_dns_support: true }],
  [
    'a name of random letters',
    'random_id',
    { byte_length: 4 },
    { byte_length: 8 },
    { actions: ['delete', 'create'], replace_paths: [['byte_length']] },
  ],
  ['a new NAT gateway', 'aws_nat_gateway', undefined, { subnet_id: 's' }],
  [
    'an autoscaler with more room',
    'kubernetes_horizontal_pod_autoscaler_v2',
    { spec: [{ min_replicas: 2, max_replicas: 5 }] },
    { spec: [{ min_replicas: 3, max_replicas: 10 }] },
  ],
  [
    'a new Role that reads ConfigMaps',
    'kubernetes_role_v1',
    undefined,
    { rule: [{ resources: ['configmaps'], verbs: ['get', 'list'] }] },
  ],
  [
    'a label more of nodes',
    'aws_eks_node_group',
    { labels: { pool: 'a' } },
    { labels: { pool: 'a', zone: 'b' } },
  ],
  ['a subnet more', 'aws_lb', { subnets: ['a', 'b'] }, { subnets: ['a', 'b', 'c'] }],
  [
    'an add-on with later settings',
    'aws_eks_addon',
    { configuration_values: '{"replicaCount":2}' },
    { configuration_values: '{"replicaCount":3}' },
  ],
  ['an endpoint more', 'aws_vpc_endpoint', { subnet_ids: ['a'] }, { subnet_ids: ['a', 'b'] }],
  [
    'a limit of memory more',
    'kubernetes_deployment_v1',
    pod({ container: [{ resources: [{ limits: {} }] }] }),
    pod({ container: [{ resources: [{ limits: { memory: '1Gi' } }] }] }),
  ],
  [
    'a secret that changes',
    'kubernetes_secret_v1',
    { data: { a: 'old-value-1' } },
    { data: { a: 'new-value-2' } },
    { before_sensitive: { data: true }, after_sensitive: { data: true } },
  ],
  [
    'another format of logs',
    'kubernetes_config_map_v1',
    { metadata: [{ name: 'fluent-bit' }], data: { a: 'x' } },
    { metadata: [{ name: 'fluent-bit' }], data: { a: 'y' } },
  ],
  ['more retries', 'kubernetes_job_v1', { spec: [{ backoff_limit: 2 }] }, { spec: [{ backoff_limit: 4 }] }],
  [
    'an origin of CORS',
    'aws_lb_target_group',
    { deregistration_delay: '300' },
    { deregistration_delay: '60' },
  ],
  ['a shorter idle time', 'aws_lb', { idle_timeout: 120 }, { idle_timeout: 60 }],
  [
    'a schedule',
    'kubernetes_cron_job_v1',
    { spec: [{ schedule: '0 1 * * *' }] },
    { spec: [{ schedule: '0 2 * * *' }] },
  ],
  ['a larger volume', 'aws_ebs_volume', { size: 20 }, { size: 40 }],
  [
    'a class that is larger',
    'aws_db_instance',
    { instance_class: 'db.t4g.small', allocated_storage: 20 },
    { instance_class: 'db.t4g.medium', allocated_storage: 40 },
  ],
];

describe('changes that teams make', () => {
  it.each(DANGEROUS)('is told on the first screen: %s', (...row) => {
    const report = judge(row);
    const risks = report.risks.filter((risk) => !isMinor(risk));
    const screen = markdown(report).split('\n').slice(0, 30).join('\n');

    expect(risks).not.toEqual([]);
    expect(screen).toContain(risks[0]?.words);
  });

  it.each(HARMLESS)('raises no alarm: %s', (...row) => {
    expect(judge(row).risks).toEqual([]);
  });
});
