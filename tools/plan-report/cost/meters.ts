import { kubernetesVersions } from '../../../config/tables';
import { blockOf, isHidden, isMap, asList, stringOf, asTexts, type Values } from '../changes/values';

/** So many of something that AWS bills by the month or by the hour. */
export interface Meter {
  /** Its name in the price table, or one that isn't there. */
  readonly item: string;
  /** @default - known after apply, or not to be seen in a plan */
  readonly quantity?: number;
}

export interface MeterContext {
  /** `YYYY-MM-DD`: decides which Kubernetes versions cost more. */
  readonly today: string;
  /** Launch templates beside it. */
  readonly launchTemplates: readonly { readonly address: string; readonly values: Values }[];
}

type Read = (values: Values, context: MeterContext, address: string) => readonly Meter[];

const METERS: Readonly<Record<string, Read>> = {
  aws_nat_gateway: () => [{ item: 'NAT gateway', quantity: 1 }],
  aws_eip: () => [{ item: 'Public IPv4 address (in use or idle)', quantity: 1 }],
  aws_kms_key: () => [{ item: 'KMS customer managed key', quantity: 1 }],
  aws_vpc_endpoint: ({ vpc_endpoint_type: type, subnet_ids: subnets }) =>
    type === 'Interface' ? [{ item: 'Interface VPC endpoint', quantity: countOf(subnets) }] : [],
  aws_eks_cluster: clusterMeters,
  aws_eks_node_group: nodeMeters,
  aws_instance: ({ instance_type: type }) => [{ item: `EC2 Linux on-demand ${String(type)}`, quantity: 1 }],
  aws_ebs_volume: ({ type, size }) => [{ item: `EBS ${String(type)} storage`, quantity: numberOf(size) }],
  aws_lb: ({ load_balancer_type: type }) => [
    { item: type === 'network' ? 'Network Load Balancer' : 'Application Load Balancer', quantity: 1 },
  ],
  aws_eks_fargate_profile: () => [{ item: 'Fargate pods: as many as run' }],
};

/** Types that cost nothing by being there, or that are billed by use alone: requests, traffic, what is stored or logged. */
const FREE =
  /^(?:kubernetes_(?!persistent_volume|stateful_set)\w+|(?:null|random|time|tls|local|archive|tfe|external)_\w+|terraform_data|cloudinit_config|aws_(?:iam|default|security_group|vpc_security_group|network_acl|eks_access|ecr|s3_bucket|lb_listener|lb_target_group|route_table|acm_certificate|cloudwatch_log|cloudwatch_event|sqs|sns|lambda|wafv2_web_acl_(?:association|logging))\w*|aws_(?:vpc|subnet|route|internet_gateway|egress_only_internet_gateway|eks_addon|eks_pod_identity_association|eks_identity_provider_config|launch_template|key_pair|placement_group|ec2_tag|kms_alias|kms_grant|kms_key_policy|flow_log|s3_bucket|eip_association|autoscaling_group_tag|ssm_document|vpc_dhcp_options\w*|vpc_endpoint_\w+|volume_attachment))$/;

/** What a resource costs while it is there; unknown for a type of which nothing is known here. */
export function metersOf(
  type: string,
  values: Values,
  context: MeterContext,
  address: string,
): readonly Meter[] {
  if (Object.hasOwn(METERS, type)) return METERS[type]?.(values, context, address) ?? [];
  return FREE.test(type) ? [] : [{ item: unmetered(type), quantity: 1 }];
}

/** Whether a change of its settings may cost anything, and nobody here knows what. */
export function isUnmetered(type: string): boolean {
  return type.startsWith('aws_') && !Object.hasOwn(METERS, type) && !FREE.test(type);
}

/** What stands for the price of a type that has none here. */
export function unmetered(type: string): string {
  return `${type}: no price here`;
}

function clusterMeters(
  { version, upgrade_policy: policy, ...cluster }: Values,
  { today }: MeterContext,
): Meter[] {
  const dates = kubernetesVersions()[String(version)];
  const isExtended = dates !== undefined && dates.standardEnd < today;
  const tier = stringOf(blockOf(cluster.control_plane_scaling_config).tier);
  return [
    { item: 'EKS cluster, standard support', quantity: 1 },
    ...(isExtended && blockOf(policy).support_type !== 'STANDARD'
      ? [{ item: 'EKS cluster, extended support surcharge (on top of standard)', quantity: 1 }]
      : []),
    ...(tier !== undefined && tier !== 'standard'
      ? [
          {
            item: `EKS provisioned control plane ${tier.replace('tier-', '').toUpperCase()} (on top of standard)`,
            quantity: 1,
          },
        ]
      : []),
    ...(blockOf(cluster.compute_config).enabled === true
      ? [{ item: 'EKS Auto Mode nodes: as many as run' }]
      : []),
  ];
}

/** EKS's own template has a volume of so many GiB. */
const DEFAULT_VOLUME = 20;

function nodeMeters(values: Values, context: MeterContext, address: string): Meter[] {
  const desired = numberOf(blockOf(values.scaling_config).desired_size);
  const template = templateOf(values, context, address);
  const types = asTexts(values.instance_types);
  const type = types[0] ?? stringOf(template?.instance_type) ?? 't3.medium';
  const isSpot = values.capacity_type === 'SPOT';
  const volumes = template
    ? asList(template.block_device_mappings)
        .filter(isMap)
        .map(({ ebs }) => blockOf(ebs))
    : [{ volume_type: 'gp3', volume_size: numberOf(values.disk_size) ?? DEFAULT_VOLUME }];
  return [
    {
      item: isSpot ? `EC2 Linux Spot ${type}` : `EC2 Linux on-demand ${type}`,
      quantity: desired,
    },
    ...volumes.map(({ volume_type: kind, volume_size: size }) => ({
      item: `EBS ${stringOf(kind) ?? 'gp2'} storage`,
      quantity: times(desired, numberOf(size)),
    })),
  ];
}

/** By id or name; where neither is known yet, the one whose name begins like that of the node group. */
function templateOf(
  { launch_template: used }: Values,
  { launchTemplates }: MeterContext,
  address: string,
): Values | undefined {
  const { id, name } = blockOf(used);
  if (id === undefined && name === undefined) return undefined;
  const known = launchTemplates.find(
    ({ values }) =>
      (!isHidden(id) && values.id === id) ||
      (typeof name === 'string' && !isHidden(name) && values.name === name),
  );
  const own = nameIn(address);
  return (known ?? launchTemplates.find((template) => nameIn(template.address) === own))?.values;
}

/** `nodes-default_template_0729AB0B` and `nodes-default_group_D9E899F0` are of `nodes-default`. */
function nameIn(address: string): string {
  return (address.split('.').at(-1) ?? '').replace(/_[A-Za-z]+(?:_[0-9A-F]{8})?$/, '');
}

function countOf(value: unknown): number | undefined {
  return Array.isArray(value) && value.length > 0 ? value.length : undefined;
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' ? number : undefined;
}

function times(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a * b;
}
