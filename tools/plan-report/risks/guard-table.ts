import { asTexts, UNKNOWN, isEmpty, isHidden } from '../changes/values';
import { isCovered } from '../changes/networks';
import { settingText } from './changed-settings';
import { lossOf } from './losses';
import { type RiskCode, type RiskKind } from './risk';

/** A setting that keeps something, and how it becomes weaker. */
export interface Guard {
  /** Of paths without indices: `vpc_config.endpoint_private_access`. */
  readonly path: RegExp;
  /** @default - all */
  readonly types?: Pick<RegExp, 'test'>;
  readonly isWeaker: (before: unknown, after: unknown) => boolean;
  /** Whether it counts of what is new, too. @default false */
  readonly ofNew?: true;
  readonly words: string;
  /** @default 'unprotected' */
  readonly code?: RiskCode;
  /** @default 'guards' */
  readonly kind?: RiskKind;
}

const ON =
  /^(?:true|1|yes|enabled|on|required|active|signing|enforced?|verify|strict(?:est)?|all|runtimedefault)$/i;
const OFF =
  /^(?:false|0|no|disabled|off|optional|suspended|inactive|not_signing|none|passthrough|monitor|unconfined)?$/i;
const isOn = (value: unknown) => ON.test(settingText(value));
const isOff = (value: unknown) => isEmpty(value) || OFF.test(settingText(value));
const goesOff = (before: unknown, after: unknown) =>
  isOff(after) && (isOn(before) || (!isOff(before) && !isEmpty(after)));
const goesOn = (before: unknown, after: unknown) => isOff(before) && isOn(after);
const goes = (before: unknown, after: unknown) => !isEmpty(before) && isEmpty(after);
const losesSome = (before: unknown) => !isEmpty(before);
const changes = (before: unknown, after: unknown) => !isEmpty(before) && after !== UNKNOWN;
const lowers = (before: unknown, after: unknown) => {
  const [old, fresh] = [numberOf(before), numberOf(after)];
  return old !== undefined && fresh !== undefined && fresh < old;
};
const raises = (before: unknown, after: unknown) => lowers(after, before);
/** Networks, single or in a list, of which one is in none that was there. */
const widens = (before: unknown, after: unknown) =>
  before !== undefined &&
  asTexts(after).some((network) => network !== UNKNOWN && !isCovered(network, asTexts(before)));
const becomesNone = (before: unknown, after: unknown) => (numberOf(before) ?? 0) > 0 && numberOf(after) === 0;
/** Values from the strongest to the weakest. */
const weakens =
  (...order: readonly string[]) =>
  (before: unknown, after: unknown) => {
    const [old, fresh] = [before, after].map((value) => order.indexOf(settingText(value).toLowerCase())) as [
      number,
      number,
    ];
    return old >= 0 && (fresh > old || (fresh < 0 && isEmpty(after) && old < order.length - 1));
  };

/** The oldest version of TLS that a policy of a load balancer takes; 9 if it isn't known. */
function oldestTls(policy: unknown): number {
  const name = settingText(policy);
  if (!name.startsWith('ELBSecurityPolicy-')) return 9;
  return Number(/-1-([0-3])(?:-|$)/.exec(name)?.[1] ?? 0);
}

/** How exactly a reference says which image it is: by digest, by a tag, by one that moves. */
function exactness(reference: unknown): number {
  const text = settingText(reference);
  if (text.includes('@sha256:')) return 2;
  return /:(?!latest$)[^/:]+$/.test(text) ? 1 : 0;
}

/** Where an image or a chart is from. */
function hostOf(reference: unknown): string {
  const [, host = ''] = /^(?:\w+:\/\/)?([^/]*[.:][^/]*)\//.exec(`${settingText(reference)}/`) ?? [];
  return host === '' || !settingText(reference).includes('/') ? 'docker.io' : host;
}

/** Types that are guards as a whole, such as an audit trail. */
const OF_GUARDS = {
  test: (type: string) => lossOf({ type })?.kind === 'guards' || /encrypt|protect|audit|backup/.test(type),
};
/** What admits traffic to what is behind it. */
const ADMITS =
  /^aws_(?:vpc_security_group_ingress_rule|security_group|default_security_group|ec2_managed_prefix_list)/;

/** Tags by which controllers find what is theirs. */
const CONTRACT_TAGS =
  /^(?:tags|tag)(?:\.|\[")(?:kubernetes\.io\/(?:role|cluster)\/|elbv2\.k8s\.aws\/|ingress\.k8s\.aws\/|service\.k8s\.aws\/|karpenter\.sh\/|eks:|k8s\.io\/cluster-autoscaler\/)/;

export const GUARDS: readonly Guard[] = [
  {
    path: /^(?!.*(?:alb\.ingress|service\.beta)\.kubernetes\.io).*(?:protect|encrypt|rotation|audit|logg?ing|log_file|_logs|scan|backup|recovery|versioning|multi_az|multi_region|global_service|auth|mfa|tls|ssl|signing|seccomp|desync|termination|webhook|network_?policy|budget|pdb|firewall|waf|object_lock|read_?only|non_?root|invalid_header|snapshot|insights|private_access|dns_(?:hostnames|support)|private_dns|zonal_shift|repair|compute_config|storage_config|actions_enabled|is_enabled|disable_api)[^.]*(?:\.[^.]+)*$/i,
    isWeaker: goesOff,
    words: 'loses a guard:',
  },
  {
    path: /(?:^|\.)(?:enabled?|is_enabled|enable_\w+|\w+_enabled|status)$/,
    types: OF_GUARDS,
    isWeaker: goesOff,
    words: 'loses a guard:',
  },
  { path: /(?:^|\.)(?:http_tokens|mfa_delete|status)$/, isWeaker: goesOff, words: 'loses a guard:' },
  {
    path: /(?:^|\.)endpoint_public_access$/,
    isWeaker: goesOn,
    words: 'answers on the internet, to whom public_access_cidrs admits:',
  },
  {
    path: /(?:^|\.)(?:force_destroy|force_delete|force_detach_policies|skip_final_snapshot|bypass_policy_lockout_safety_check|map_public_ip_on_launch|associate_public_ip_address|force_update_version|skip_crds|disable_webhooks|recreate_pods|automount_service_account_token)$/i,
    isWeaker: goesOn,
    words: 'loses a guard:',
  },
  {
    path: /(?:^|\.)(?:privileged|host_?network|host_?pid|host_?ipc|allow_?privilege_?escalation)$/i,
    isWeaker: goesOn,
    ofNew: true,
    words: 'lets its pods out of their container:',
  },
  {
    path: /(?:^|\.)(?:atomic|wait|verify)$/,
    types: /^helm_release$/,
    isWeaker: goesOff,
    words: 'is no longer checked, or waited for:',
  },
  {
    path: /(?:readiness|liveness)_?probe\b/i,
    isWeaker: goes,
    words: 'is asked otherwise whether it is well, or no longer:',
  },
  {
    path: /(?:^|\.)capabilities\.drop$/i,
    isWeaker: losesSome,
    words: 'lets its pods out of their container:',
  },
  {
    path: /(?:^|\.)(?:host_?path\.path|capabilities\.add)$/i,
    isWeaker: (_, gained) => !isEmpty(gained) && settingText(gained) !== '["NET_BIND_SERVICE"]',
    ofNew: true,
    words: 'lets its pods out of their container:',
  },
  {
    path: /(?:^|\.)run_?as_?user$/i,
    isWeaker: (before, after) => settingText(before) !== '0' && settingText(after) === '0',
    ofNew: true,
    words: 'runs as root:',
  },
  {
    path: /(?:^|\.)retention_in_days$/,
    // A log group keeps all for ever with 0.
    isWeaker: (before, after) =>
      lowers(numberOf(before) === 0 ? Infinity : before, numberOf(after) === 0 ? Infinity : after),
    words: 'keeps its logs for a shorter time:',
  },
  {
    path: /(?:retention(?:_period|_days)?|retention\.(?:days|years)|deletion_window_in_days|recovery_window_in_days|delete_after|expiration\.days|noncurrent_days|minavailable|min_available|countNumber|password_length|password_reuse_prevention)$/i,
    isWeaker: lowers,
    words: 'keeps less, or for a shorter time:',
  },
  {
    path: /(?:^|\.)expiration\.(?:days|date)$/,
    isWeaker: (before) => isEmpty(before),
    ofNew: true,
    words: 'begins to delete what is in it:',
  },
  { path: /(?:^|\.)ttl\.enabled$/, isWeaker: goesOn, words: 'begins to delete what is in it:' },
  {
    path: /(?:^|\.)(?:automatically_after_days|rotation_period_in_days)$/,
    isWeaker: raises,
    words: 'makes new ones less often:',
  },
  {
    path: /(?:^|\.)bootstrap_cluster_creator_admin_permissions$/,
    isWeaker: goesOn,
    ofNew: true,
    words: 'makes whoever creates it its administrator:',
    code: 'iam-principal',
    kind: 'access',
  },
  {
    path: /(?:^|\.)image_tag_mutability$/,
    isWeaker: weakens('immutable', 'immutable_with_exclusion', 'mutable_with_exclusion', 'mutable'),
    words: 'lets tags be moved to other images:',
  },
  {
    path: /(?:^|\.)http_put_response_hop_limit$/,
    isWeaker: raises,
    words: 'lets pods reach the credentials of their node:',
  },
  {
    path: /pod-security\.kubernetes\.io\/enforce(?:"\])?$/,
    isWeaker: weakens('restricted', 'baseline', 'privileged'),
    words: 'admits pods that it kept out:',
  },
  {
    path: /failure_?policy$/i,
    isWeaker: weakens('fail', 'ignore'),
    words: 'lets through what it can not check:',
  },
  {
    path: /(?:reclaim_?policy|deletion_?policy|when_?(?:deleted|scaled))$/i,
    isWeaker: weakens('retain', 'snapshot', 'delete'),
    words: 'deletes data with its volume:',
  },
  {
    path: /(?:^|\.)protocol$/,
    types: /^aws_(?:alb|lb)/,
    isWeaker: weakens('https', 'http'),
    words: 'no longer encrypts:',
  },
  {
    path: /ssl.?policy(?:"\])?$/i,
    isWeaker: (before, after) => oldestTls(after) < oldestTls(before),
    words: 'takes older versions of TLS:',
  },
  {
    path: /^(?!tags|description|name\b|(?:block|ignore|restrict)_public|policy\b|metadata|arn\b|id\b|threshold|period|evaluation_periods)/,
    types: OF_GUARDS,
    isWeaker: (before, after) =>
      before !== undefined &&
      !isHidden(after) &&
      !goesOn(before, after) &&
      (numberOf(before) === undefined || isEmpty(after)),
    words: 'may keep out less:',
  },
  {
    path: /^spec\.hard\b/,
    types: /^kubernetes_resource_quota/,
    isWeaker: raises,
    words: 'may keep out less:',
  },
  {
    path: /(?:^|\.)(?:cidr|cidr_ipv[46]|cidr_blocks|ipv6_cidr_blocks|public_access_cidrs|load_balancer_source_ranges)$/,
    isWeaker: widens,
    words: 'answers to more networks:',
  },
  {
    path: /^entry\.cidr$/,
    types: ADMITS,
    isWeaker: (before, after) => isEmpty(before) && !isEmpty(after),
    words: 'answers to more networks:',
  },
  {
    path: /(?:^|\.)(?:ip_)?protocol$/,
    types: ADMITS,
    isWeaker: (before, after) => !isEmpty(before) && before !== '-1' && after === '-1',
    words: 'answers on more ports:',
  },
  { path: /(?:^|\.)from_port$/, types: ADMITS, isWeaker: lowers, words: 'answers on more ports:' },
  { path: /(?:^|\.)to_port$/, types: ADMITS, isWeaker: raises, words: 'answers on more ports:' },
  {
    path: /(?:^|\.)(?:referenced_security_group_id|source_security_group_id|prefix_list_ids?)$/,
    types: ADMITS,
    isWeaker: changes,
    words: 'answers to others:',
  },
  {
    path: /^(?:ingress\.action|rule_action)$/,
    types: /^aws_(?:default_)?network_acl/,
    isWeaker: (before, after) => after === 'allow' && before !== 'allow',
    words: 'admits what it did not:',
  },
  {
    path: /(?:^|\.)(?:spec|service)\.type$/i,
    isWeaker: weakens('clusterip', 'nodeport', 'loadbalancer'),
    words: 'answers outside of the cluster:',
  },
  {
    path: /scheme(?:"\])?$/,
    types: /^helm_release$/,
    isWeaker: (before, after) => before !== after && after === 'internet-facing',
    ofNew: true,
    words: 'makes a load balancer that faces the internet:',
    code: 'open-to-world',
    kind: 'exposure',
  },
  {
    path: /(?:^|\.)action\.type$/,
    isWeaker: (before, after) => /^authenticate/.test(settingText(before)) && before !== after,
    words: 'no longer asks who calls:',
  },
  {
    path: /^spec\.(?:ingress|egress)\b/,
    types: /^kubernetes_network_policy/,
    isWeaker: (before) => isEmpty(before),
    words: 'may keep out less:',
  },
  {
    path: /(?:^|\.)authentication_mode$/,
    isWeaker: weakens('config_map', 'api_and_config_map', 'api'),
    words: 'no longer lets in whom aws-auth names:',
    code: 'any-destroy',
    kind: 'access',
  },
  {
    path: /(?:^|\.)sse_algorithm$/,
    isWeaker: weakens('aws:kms:dsse', 'aws:kms', 'aes256'),
    words: 'is encrypted with a key that anybody of AWS may use:',
  },
  {
    path: /(?:^|\.)(?:encryption_config\..*|kms_key_id|kms_key_arn|kms_master_key_id|permissions_boundary|log_config.*|access_logs\..*|web_acl_arn|logging_config\..*)$/,
    isWeaker: goes,
    words: 'loses a guard:',
  },
  {
    path: /(?:^|\.)(?:enabled_cluster_log_types|enabled_cloudwatch_logs_exports|vpc_security_group_ids)$/,
    isWeaker: losesSome,
    words: 'loses a guard:',
  },
  {
    path: /(?:^|\.)resources\.limits\.memory$/i,
    isWeaker: goes,
    words: 'may take all the memory of its node:',
  },
  {
    path: /(?:^|\.)(?:subnets|subnet_ids|route_table_ids)$/,
    isWeaker: losesSome,
    words: 'is no longer in:',
    code: 'any-destroy',
    kind: 'routes',
  },
  {
    path: /^labels\b/,
    types: /^aws_eks_node_group$/,
    isWeaker: changes,
    words: 'may not be where pods want to be any more:',
    code: 'any-destroy',
    kind: 'capacity',
  },
  {
    path: /^taint\.effect$/,
    types: /^aws_eks_node_group$/,
    isWeaker: (_, after) => !isEmpty(after) && after !== 'PREFER_NO_SCHEDULE',
    words: 'keeps pods off that do not tolerate it:',
    code: 'any-destroy',
    kind: 'capacity',
  },
  {
    path: /(?:^|\.)image$/,
    isWeaker: (before, after) =>
      !isEmpty(before) && !isEmpty(after) && !isHidden(after) && exactness(after) < exactness(before),
    words: 'no longer says which image exactly it runs:',
  },
  {
    path: /(?:^|\.)(?:image|image_uri|repository)$/,
    isWeaker: (before, after) =>
      changes(before, after) &&
      !isHidden(after) &&
      hostOf(before) !== hostOf(after) &&
      !/\.dkr\.ecr\./.test(hostOf(after)),
    words: 'comes from another place:',
  },
  {
    path: /(?:^|\.)max_?unavailable(?:_percentage)?$/i,
    isWeaker: (before, after) => raises(before, after) || (before !== after && numberOf(after) === 100),
    words: 'keeps fewer up while others go:',
  },
  {
    path: /(?:^|\.)strategy\.type$/,
    isWeaker: weakens('rollingupdate', 'recreate'),
    words: 'takes all pods down before new ones are there:',
  },
  {
    path: /(?:^|\.)permissions_boundary$/,
    isWeaker: changes,
    words: 'is bounded by another policy:',
  },
  {
    path: /(?:^|\.|_)(?:replicas|replica_?count|min_?replicas|desired_size|min_size|max_size|desired_capacity|desired_count|node_count)$/i,
    isWeaker: becomesNone,
    words: 'has nothing left to run on, or to run:',
    code: 'any-destroy',
    kind: 'capacity',
  },
  {
    path: CONTRACT_TAGS,
    isWeaker: (before, after) => changes(before, after) && !isHidden(after),
    words: 'loses a tag by which controllers find it:',
    code: 'unprotected',
    kind: 'names',
  },
  {
    path: /eks\.amazonaws\.com\/role-arn(?:"\])?$/,
    isWeaker: changes,
    words: 'gives its pods another role, or none:',
    code: 'any-destroy',
    kind: 'identity',
  },
  {
    path: /^(?:role_arn|target_role_arn|service_account|namespace)$/,
    types: /^aws_eks_pod_identity_association$/,
    isWeaker: changes,
    words: 'gives other pods the role, or these another one:',
    code: 'any-destroy',
    kind: 'identity',
  },
  {
    path: /(?:^|\.)(?:service_account_name|service_account_role_arn|role|role_arn|(?:execution|task|iam)_role_arn|iam_instance_profile)$/,
    types: /^(?!aws_iam_|aws_eks_pod_identity)/,
    isWeaker: changes,
    words: 'runs with another identity:',
    code: 'any-destroy',
    kind: 'identity',
  },
  {
    path: /(?:^|\.)(?:route\.)?(?:gateway_id|nat_gateway_id|transit_gateway_id|vpc_peering_connection_id|network_interface_id|egress_only_gateway_id|vpc_endpoint_id|route_table_id)$/,
    types: /^aws_route/,
    isWeaker: (before, after) => changes(before, after),
    words: 'leads elsewhere:',
    code: 'any-destroy',
    kind: 'routes',
  },
  {
    path: /^(?:records|alias\.name|alias\.zone_id|type|\w+_routing_policy\..*|spec\.selector\b.*|spec\.controller)$/,
    types: /^(?:aws_route53_record|kubernetes_service|kubernetes_ingress_class)(?:_v1)?$/,
    isWeaker: changes,
    words: 'leads elsewhere:',
    code: 'any-destroy',
    kind: 'routes',
  },
  {
    path: /action\b.*target_group_arn$/,
    types: /^aws_lb_listener/,
    isWeaker: (before, after) => changes(before, after) && !isEmpty(after),
    words: 'leads elsewhere:',
    code: 'any-destroy',
    kind: 'routes',
  },
  {
    path: /^policy\.Version$/,
    types: /^aws_(?:vpc_endpoint|kms_key)$/,
    isWeaker: goes,
    words: 'loses its policy, and gets the one of AWS:',
  },
  {
    path: /^values\b/,
    types: /^helm_release$/,
    isWeaker: (before, after) =>
      before !== after && /^(?:cluster-admin|system:masters)$/.test(settingText(after)),
    ofNew: true,
    words: 'gives its pods all of the cluster:',
    code: 'iam-wildcard',
    kind: 'permissions',
  },
  { path: /^max_session_duration$/, isWeaker: raises, words: 'lets sessions last longer:' },
];

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d+%?$/.test(value) ? parseInt(value, 10) : undefined;
}
