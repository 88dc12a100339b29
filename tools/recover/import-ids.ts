import { type TaggedResource } from '../kit/inventory/tagged-resource';

/** What a plan says of something that it would make; what isn't known before apply isn't there. */
export type Planned = Readonly<Record<string, unknown>>;

/** How the ids of what may be there already are found, for one type of resource. */
export interface ImportRule {
  /** Attributes that must be known: before its network is found, a subnet can't be told from another's. */
  readonly needs: readonly string[];
  /** Attributes in which what is there must be what is planned. What can't be changed in place always must. */
  readonly same: readonly string[];
  /** Whether it is a part of something of the environment's own, so that it is so too without its tags. */
  readonly isPart?: true;
  /** Answers ids in the form of the provider's import. */
  readonly ids: (planned: Planned, account: ImportAccount) => readonly string[] | Promise<readonly string[]>;
}

/** What is looked up in an account. */
export interface ImportAccount {
  readonly partition: string;
  readonly account: string;
  /** What carries the environment's tags. */
  readonly tagged: readonly TaggedResource[];
  readonly nodeGroups: (cluster: string) => Promise<readonly string[]>;
  /** Ids of associations, by namespace and ServiceAccount. */
  readonly podIdentities: (
    cluster: string,
    namespace: string,
    serviceAccount: string,
  ) => Promise<readonly string[]>;
  readonly securityGroupRules: (group: string) => Promise<readonly SecurityGroupRuleFacts[]>;
}

/** A rule in the words of Terraform's attributes. */
export type SecurityGroupRuleFacts = Planned & { readonly id: string };

/** By an id that follows from what is planned: `{cluster_name}:{addon_name}`. */
function named(template: string): ImportRule {
  const needs = [...template.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);
  return {
    needs,
    same: [],
    ids: (planned) => [template.replace(/\{(\w+)\}/g, (_, name: string) => String(planned[name]))],
  };
}

/** By its tags, of which the name is one; its parents decide which one it is. */
function tagged(kind: string, needs: readonly string[] = [], same: readonly string[] = []): ImportRule {
  return {
    needs,
    same,
    ids: ({ tags_all: wanted }, account) =>
      account.tagged
        .filter((each) => each.kind === kind && hasAll(each.tags, (wanted ?? {}) as Record<string, string>))
        .map(({ id }) => id),
  };
}

const hasAll = (own: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>) =>
  Object.entries(wanted).every(([key, value]) => own[key] === value);

const RULE_FIELDS = [
  'ip_protocol',
  'from_port',
  'to_port',
  'cidr_ipv4',
  'cidr_ipv6',
  'prefix_list_id',
  'referenced_security_group_id',
] as const;

/** Without tags it may be the one that AWS gives to each new group, and that the provider had not taken away yet. */
function securityGroupRule(isEgress: boolean): ImportRule {
  return {
    needs: ['security_group_id'],
    same: [],
    isPart: true,
    ids: async (planned, { securityGroupRules }) => {
      const rules = await securityGroupRules(String(planned.security_group_id));
      return rules
        .filter(
          (rule) =>
            rule.is_egress === isEgress &&
            RULE_FIELDS.every((field) => (rule[field] ?? null) === (planned[field] ?? null)),
        )
        .map(({ id }) => id);
    },
  };
}

const inObject = (planned: Planned): { readonly name?: string; readonly namespace?: string } =>
  (planned.metadata as readonly unknown[] | undefined)?.[0] ?? {};

/** An object in the cluster, by its namespace and name. */
const object: ImportRule = {
  needs: ['metadata'],
  same: [],
  ids: (planned) => {
    const { name, namespace } = inObject(planned);
    return name === undefined ? [] : [namespace == null ? name : `${namespace}/${name}`];
  },
};

/**
 * All types whose making a second time would fail, or make a second one. What isn't here is a setting of something else, which is
 * written once more without harm.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs: section Import of each resource
 */
export const IMPORT_RULES: Readonly<Record<string, ImportRule>> = {
  aws_acm_certificate: tagged('acm:certificate', [], ['domain_name']),
  aws_cloudwatch_log_group: named('{name}'),
  aws_ecr_repository: named('{name}'),
  aws_egress_only_internet_gateway: tagged('ec2:egress-only-internet-gateway', ['vpc_id']),
  aws_eip: tagged('ec2:elastic-ip'),
  aws_eks_access_entry: named('{cluster_name}:{principal_arn}'),
  aws_eks_access_policy_association: named('{cluster_name}#{principal_arn}#{policy_arn}'),
  aws_eks_addon: named('{cluster_name}:{addon_name}'),
  aws_eks_cluster: named('{name}'),
  aws_eks_fargate_profile: named('{cluster_name}:{fargate_profile_name}'),
  aws_eks_identity_provider_config: {
    needs: ['cluster_name', 'oidc'],
    same: [],
    ids: ({ cluster_name: cluster, oidc }) => {
      const [first] = oidc as readonly { identity_provider_config_name?: string }[];
      return first?.identity_provider_config_name === undefined
        ? []
        : [`${String(cluster)}:${first.identity_provider_config_name}`];
    },
  },
  aws_eks_node_group: {
    needs: ['cluster_name'],
    same: [],
    ids: async ({ cluster_name: cluster, node_group_name: name, node_group_name_prefix: prefix }, account) =>
      (await account.nodeGroups(String(cluster)))
        .filter((group) => (typeof name === 'string' ? group === name : isMadeOf(group, prefix)))
        .map((group) => `${String(cluster)}:${group}`),
  },
  aws_eks_pod_identity_association: {
    needs: ['cluster_name', 'namespace', 'service_account'],
    same: [],
    ids: async ({ cluster_name: cluster, namespace, service_account: serviceAccount }, account) =>
      (await account.podIdentities(String(cluster), String(namespace), String(serviceAccount))).map(
        (id) => `${String(cluster)},${id}`,
      ),
  },
  aws_flow_log: tagged('ec2:vpc-flow-log', ['vpc_id']),
  aws_iam_instance_profile: named('{name}'),
  aws_iam_openid_connect_provider: {
    needs: ['url'],
    same: [],
    ids: ({ url }, { partition, account }) => [
      `arn:${partition}:iam::${account}:oidc-provider/${String(url).replace(/^https:\/\//, '')}`,
    ],
  },
  aws_iam_policy: {
    needs: ['name', 'path'],
    same: [],
    ids: ({ name, path }, { partition, account }) => [
      `arn:${partition}:iam::${account}:policy${String(path)}${String(name)}`,
    ],
  },
  aws_iam_role: named('{name}'),
  aws_iam_role_policy: named('{role}:{name}'),
  aws_iam_role_policy_attachment: named('{role}/{policy_arn}'),
  aws_instance: tagged('ec2:instance', ['subnet_id']),
  aws_internet_gateway: tagged('ec2:internet-gateway', ['vpc_id'], ['vpc_id']),
  aws_kms_alias: named('{name}'),
  aws_kms_key: tagged('kms:key', [], ['description']),
  aws_launch_template: tagged('ec2:launch-template', [], ['name_prefix']),
  aws_lb: tagged('elasticloadbalancing:loadbalancer'),
  aws_lb_target_group: tagged('elasticloadbalancing:targetgroup', ['vpc_id']),
  aws_lb_listener: tagged('elasticloadbalancing:listener', ['load_balancer_arn'], ['port']),
  aws_nat_gateway: tagged('ec2:natgateway', ['subnet_id']),
  aws_route: {
    needs: ['route_table_id'],
    same: [],
    ids: ({ route_table_id: table, destination_cidr_block: four, destination_ipv6_cidr_block: six }) => [
      `${String(table)}_${String(four ?? six)}`,
    ],
  },
  aws_route_table: tagged('ec2:route-table', ['vpc_id']),
  aws_route_table_association: named('{subnet_id}/{route_table_id}'),
  aws_route53_record: named('{zone_id}_{name}_{type}'),
  aws_s3_bucket: named('{bucket}'),
  aws_security_group: tagged('ec2:security-group', ['vpc_id']),
  aws_ssm_document: named('{name}'),
  aws_subnet: tagged('ec2:subnet', ['vpc_id']),
  aws_vpc: tagged('ec2:vpc'),
  aws_vpc_endpoint: tagged('ec2:vpc-endpoint', ['vpc_id', 'service_name']),
  aws_vpc_security_group_egress_rule: securityGroupRule(true),
  aws_vpc_security_group_ingress_rule: securityGroupRule(false),
  helm_release: named('{namespace}/{name}'),
  kubernetes_deployment_v1: object,
  kubernetes_horizontal_pod_autoscaler_v2: object,
  kubernetes_ingress_class_v1: object,
  kubernetes_ingress_v1: object,
  kubernetes_namespace_v1: object,
  kubernetes_network_policy_v1: object,
  kubernetes_pod_disruption_budget_v1: object,
  kubernetes_resource_quota_v1: object,
  kubernetes_service_account_v1: object,
  kubernetes_service_v1: object,
};

/** Whether a name is a prefix and what Terraform appends to one: a time and a counter. */
const isMadeOf = (name: string, prefix: unknown) =>
  typeof prefix === 'string' &&
  name.startsWith(prefix) &&
  /^\d{18}[0-9a-f]{8}$/.test(name.slice(prefix.length));
