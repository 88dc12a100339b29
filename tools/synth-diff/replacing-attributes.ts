/**
 * Attributes of long-lived resources that can't be changed: their providers make a new resource. Only a plan knows all of them;
 * these are the ones that hurt.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs "Forces new resource"
 */
const REPLACING: Readonly<Record<string, readonly string[]>> = {
  aws_vpc: ['cidr_block', 'instance_tenancy'],
  aws_subnet: ['vpc_id', 'cidr_block', 'availability_zone', 'availability_zone_id'],
  aws_nat_gateway: ['allocation_id', 'connectivity_type', 'subnet_id'],
  aws_eks_cluster: [
    'name',
    'role_arn',
    'bootstrap_self_managed_addons',
    'access_config.bootstrap_cluster_creator_admin_permissions',
    'kubernetes_network_config.ip_family',
    'kubernetes_network_config.service_ipv4_cidr',
  ],
  aws_eks_node_group: [
    'cluster_name',
    'node_group_name',
    'node_role_arn',
    'subnet_ids',
    'ami_type',
    'capacity_type',
    'disk_size',
    'instance_types',
  ],
  aws_eks_fargate_profile: [
    'cluster_name',
    'fargate_profile_name',
    'pod_execution_role_arn',
    'subnet_ids',
    'selector',
  ],
  aws_kms_key: ['customer_master_key_spec', 'key_usage', 'multi_region'],
  aws_iam_openid_connect_provider: ['url'],
  aws_iam_role: ['name', 'name_prefix', 'path'],
  aws_s3_bucket: ['bucket'],
  aws_ecr_repository: ['name', 'encryption_configuration'],
  aws_cloudwatch_log_group: ['name'],
  aws_security_group: ['name', 'description', 'vpc_id'],
  aws_lb: ['name', 'internal', 'load_balancer_type'],
  aws_lb_target_group: ['name', 'port', 'protocol', 'target_type', 'vpc_id'],
  helm_release: ['name', 'namespace'],
};
const KUBERNETES = ['metadata.name', 'metadata.namespace'];

/** Whether a change of an attribute, `vpc_config.subnet_ids`, makes a new resource. */
export function isReplacing(type: string, attribute: string): boolean {
  const attributes = type.startsWith('kubernetes_') ? KUBERNETES : (REPLACING[type] ?? []);
  const plain = attribute.replace(/\[\d+\]/g, '');
  return attributes.some((each) => plain === each || plain.startsWith(`${each}.`));
}
