import { type ResourceChange } from '../changes/changes';
import { blockOf } from '../changes/values';
import { type RiskKind } from './risk';

/** What goes with a resource that goes. */
export interface Loss {
  readonly kind: RiskKind;
  /** In this program's words. */
  readonly noun: string;
  readonly loss: string;
  /** Whether it is made again from the code, and nothing else is lost meanwhile but what is named. */
  readonly small: boolean;
  /** Place in the table: with the earlier more is lost. */
  readonly order: number;
}

/**
 * Types with which nothing is lost. Secrets that are made at random (`random_password`, `tls_private_key`) aren't among them, nor is
 * any type that isn't named here.
 */
const HARMLESS =
  /^(?:null_resource|terraform_data|random_(?:id|integer|pet|shuffle|string|uuid\d?)|time_\w+|local_(?:sensitive_)?file|archive_file|cloudinit_config|external)$/;

type Row = readonly [kind: RiskKind, types: string, noun: string, loss: string, small?: 'small'];

/**
 * By type, without the version of Kubernetes' types, and in the order of what is lost. `*` is any letters; the first row that fits is
 * the type's.
 */
const ROWS: readonly Row[] = [
  ['foundation', 'aws_eks_cluster', 'EKS cluster', 'all that runs in it'],
  ['foundation', 'aws_vpc', 'VPC', 'all that is in it'],
  ['data', 'aws_kms_key aws_kms_replica_key aws_kms_external_key', 'KMS key', 'all that it encrypts'],
  [
    'data',
    'aws_db_* aws_rds_* aws_docdb* aws_neptune* aws_redshift* aws_elasticache* aws_memorydb* aws_opensearch* aws_elasticsearch*',
    'database',
    'its data',
  ],
  ['data', 'aws_dynamodb_table*', 'DynamoDB table', 'what is in it'],
  [
    'guards',
    'aws_s3_bucket_public_access_block aws_s3_account_public_access_block',
    'public access block',
    'what keeps buckets from being opened',
  ],
  ['guards', 'aws_s3_bucket_*', 'setting of an S3 bucket', 'what it protects'],
  ['data', 'aws_s3*', 'S3 bucket', 'what is in it'],
  ['data', 'aws_efs_* aws_fsx_*', 'file system', 'its data, or the way to it'],
  ['data', 'aws_ebs_* aws_volume_attachment', 'EBS volume', 'its data, or the way to it'],
  ['data', 'aws_secretsmanager_* aws_ssm_parameter', 'secret', 'its value'],
  ['data', 'kubernetes_secret', 'Secret', 'its values, for the pods that read it'],
  ['data', 'random_password random_bytes tls_*', 'secret made at random', 'its value, wherever it is used'],
  ['data', 'aws_route53_zone', 'hosted zone', 'its records, and its name servers'],
  ['data', 'aws_ecr_repository aws_ecrpublic_repository', 'ECR repository', 'its images'],
  ['data', 'aws_backup_*', 'backup', 'what could be restored'],
  ['data', 'kubernetes_custom_resource_definition', 'CRD', 'all objects of its kind'],
  ['data', 'kubernetes_namespace', 'Namespace', 'all that is in it'],
  ['data', 'kubernetes_persistent_volume_claim', 'PersistentVolumeClaim', 'its data'],
  ['data', 'kubernetes_persistent_volume', 'PersistentVolume', 'its data'],
  ['data', 'kubernetes_stateful_set', 'StatefulSet', 'its pods, and the names of their volumes'],
  ['data', 'aws_cloudwatch_log_group', 'log group', 'its logs'],
  ['add-ons', 'helm_release', 'Helm release', 'what it installs'],
  ['access', 'aws_eks_access_entry', 'access entry', 'the way of its principal into the cluster'],
  [
    'access',
    'aws_eks_access_policy_association',
    'access policy of the cluster',
    'what its principal may do in the cluster',
  ],
  [
    'access',
    'aws_iam_openid_connect_provider aws_iam_saml_provider',
    'OIDC provider',
    'the roles of all that signs in through it',
  ],
  [
    'access',
    'aws_iam_user* aws_iam_group* aws_iam_access_key',
    'IAM user or group',
    'the access of whoever uses it',
  ],
  [
    'access',
    'kubernetes_role kubernetes_cluster_role kubernetes_role_binding kubernetes_cluster_role_binding',
    'RBAC rule',
    'the permissions of whoever it names',
  ],
  [
    'routes',
    'aws_internet_gateway aws_egress_only_internet_gateway',
    'internet gateway',
    'the way of its VPC to and from the internet',
  ],
  ['routes', 'aws_nat_gateway', 'NAT gateway', 'the way of its subnets to the internet'],
  ['routes', 'aws_eip*', 'Elastic IP', 'an address that others may let in'],
  ['routes', 'aws_route aws_route_table*', 'route', 'the way of its subnets to where it leads'],
  [
    'routes',
    'aws_vpc_endpoint* aws_vpc_peering* aws_ec2_transit_gateway* aws_vpn* aws_dx_* aws_vpc_dhcp*',
    'network connection',
    'the way to what is behind it',
  ],
  ['routes', 'aws_subnet', 'subnet', 'all that is in it'],
  ['routes', 'aws_vpc_ipv4_cidr* aws_vpc_ipv6_cidr*', 'network of a VPC', 'all that has an address of it'],
  ['routes', 'kubernetes_ingress', 'Ingress', 'its load balancer'],
  ['routes', 'kubernetes_service', 'Service', 'its load balancer'],
  ['routes', 'aws_lb aws_alb aws_elb', 'load balancer', 'its DNS name'],
  ['routes', 'aws_lb_* aws_alb_*', 'part of a load balancer', 'the requests that it serves'],
  ['routes', 'aws_route53_*', 'DNS record', 'the name that others call'],
  ['routes', 'aws_acm_certificate', 'certificate', 'TLS of what uses it'],
  [
    'routes',
    'aws_security_group aws_default_security_group',
    'security group',
    'the rules elsewhere that name it',
  ],
  [
    'routes',
    'aws_vpc_security_group_* aws_security_group_rule aws_network_acl*',
    'network rule',
    'the traffic that it is about',
    'small',
  ],
  ['guards', 'kubernetes_pod_disruption_budget', 'PodDisruptionBudget', 'what keeps pods up while nodes go'],
  ['guards', 'kubernetes_network_policy', 'NetworkPolicy', 'what keeps traffic out'],
  [
    'guards',
    'kubernetes_validating_* kubernetes_mutating_* kubernetes_resource_quota kubernetes_limit_range kubernetes_pod_security*',
    'admission rule',
    'what it keeps out',
  ],
  [
    'guards',
    'aws_flow_log aws_cloudtrail* aws_guardduty* aws_config_* aws_securityhub* aws_inspector* aws_macie*',
    'log or watch',
    'what would show an attack',
  ],
  [
    'guards',
    'aws_wafv2* aws_waf* aws_shield* aws_networkfirewall* aws_fms*',
    'web ACL or firewall',
    'what keeps requests out',
  ],
  [
    'guards',
    'aws_cloudwatch_metric_alarm aws_cloudwatch_composite_alarm',
    'alarm',
    'what would call somebody',
  ],
  ['guards', 'aws_dlm_* aws_ecr_* aws_organizations_policy*', 'policy', 'what it keeps'],
  ['capacity', 'aws_eks_node_group', 'node group', 'its nodes, and the pods on them'],
  ['capacity', 'aws_eks_fargate_profile', 'Fargate profile', 'the pods that it runs'],
  ['capacity', 'aws_autoscaling_* aws_instance aws_spot_*', 'instances', 'what runs on them'],
  [
    'capacity',
    'kubernetes_deployment kubernetes_daemonset kubernetes_daemon_set kubernetes_pod kubernetes_replica* kubernetes_horizontal_pod_autoscaler',
    'workload',
    'its pods',
  ],
  ['identity', 'aws_iam_role aws_iam_instance_profile', 'IAM role', 'the permissions of whoever has it'],
  ['identity', 'aws_eks_pod_identity_association', 'role of pods', 'the AWS permissions of its pods'],
  ['identity', 'kubernetes_service_account', 'ServiceAccount', 'the identity of its pods'],
  [
    'identity',
    'aws_iam_* aws_lambda_permission aws_kms_grant aws_kms_alias',
    'permission',
    'what it allows',
    'small',
  ],
  ['names', 'kubernetes_ingress_class', 'IngressClass', 'what serves the Ingresses of its name'],
  ['names', 'aws_ec2_tag', 'tag', 'what others find by it', 'small'],
  ['names', 'kubernetes_config_map*', 'ConfigMap', 'the settings of pods that read it', 'small'],
  ['add-ons', 'aws_eks_addon', 'add-on of the cluster', 'what it does for all pods'],
  ['capacity', 'aws_launch_template', 'launch template', 'what new nodes are made of', 'small'],
  ['capacity', 'kubernetes_job kubernetes_cron_job', 'Job', 'its runs', 'small'],
  ['other', '*', 'resource', 'what it is for'],
];

const LOSSES: readonly (Loss & { readonly types: RegExp })[] = ROWS.map(
  ([kind, types, noun, loss, small], order) => ({
    kind,
    noun,
    loss,
    small: small !== undefined,
    order,
    types: new RegExp(`^(?:${types.replaceAll('*', '.*').replaceAll(' ', '|')})$`),
  }),
);
const known = new Map<string, Loss | undefined>();

/** What goes with a resource; nothing only where that is known. */
export function lossOf({ type, before }: Pick<ResourceChange, 'type' | 'before'>): Loss | undefined {
  const loss = ofType(type.replace(/_v\d\w*$/, ''));
  if (loss?.noun === 'Service' && blockOf(before?.spec).type !== 'LoadBalancer')
    return { ...loss, kind: 'names', loss: 'the name by which pods reach each other' };
  return loss;
}

function ofType(type: string): Loss | undefined {
  if (HARMLESS.test(type)) return undefined;
  if (!known.has(type))
    known.set(
      type,
      LOSSES.find(({ types }) => types.test(type)),
    );
  return known.get(type);
}
