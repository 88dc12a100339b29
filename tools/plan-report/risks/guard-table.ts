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

const ROUTES = { code: 'any-destroy', kind: 'routes' } as const;
const CAPACITY = { code: 'any-destroy', kind: 'capacity' } as const;
const IDENTITY = { code: 'any-destroy', kind: 'identity' } as const;

type Row = readonly [words: string, path: RegExp, isWeaker: Guard['isWeaker'], more?: Partial<Guard>];

const ROWS: readonly Row[] = [
  [
    'loses a guard:',
    /^(?!.*(?:alb\.ingress|service\.beta)\.kubernetes\.io).*(?:protect|encrypt|rotation|audit|logg?ing|log_file|_logs|scan|backup|recovery|versioning|multi_az|multi_region|global_service|auth|mfa|tls|ssl|signing|seccomp|desync|termination|webhook|network_?policy|budget|pdb|firewall|waf|object_lock|read_?only|non_?root|invalid_header|snapshot|insights|private_access|dns_(?:hostnames|support)|private_dns|zonal_shift|repair|compute_config|storage_config|actions_enabled|is_enabled|disable_api)[^.]*(?:\.[^.]+)*$/i,
    goesOff,
  ],
  [
    'loses a guard:',
    /(?:^|\.)(?:enabled?|is_enabled|enable_\w+|\w+_enabled|status)$/,
    goesOff,
    { types: OF_GUARDS },
  ],
  ['loses a guard:', /(?:^|\.)(?:http_tokens|mfa_delete|status)$/, goesOff],
  ['answers on the internet, to whom public_access_cidrs admits:', /(?:^|\.)endpoint_public_access$/, goesOn],
  [
    'loses a guard:',
    /(?:^|\.)(?:force_destroy|force_delete|force_detach_policies|skip_final_snapshot|bypass_policy_lockout_safety_check|map_public_ip_on_launch|associate_public_ip_address|force_update_version|skip_crds|disable_webhooks|recreate_pods|automount_service_account_token)$/i,
    goesOn,
  ],
  [
    'lets its pods out of their container:',
    /(?:^|\.)(?:privileged|host_?network|host_?pid|host_?ipc|allow_?privilege_?escalation)$/i,
    goesOn,
    { ofNew: true },
  ],
  [
    'is no longer checked, or waited for:',
    /(?:^|\.)(?:atomic|wait|verify)$/,
    goesOff,
    { types: /^helm_release$/ },
  ],
  ['is asked otherwise whether it is well, or no longer:', /(?:readiness|liveness)_?probe\b/i, goes],
  ['lets its pods out of their container:', /(?:^|\.)capabilities\.drop$/i, losesSome],
  [
    'lets its pods out of their container:',
    /(?:^|\.)(?:host_?path\.path|capabilities\.add)$/i,
    (_, gained) => !isEmpty(gained) && settingText(gained) !== '["NET_BIND_SERVICE"]',
    { ofNew: true },
  ],
  [
    'runs as root:',
    /(?:^|\.)run_?as_?user$/i,
    (before, after) => settingText(before) !== '0' && settingText(after) === '0',
    { ofNew: true },
  ],
  // A log group keeps all for ever with 0.
  [
    'keeps its logs for a shorter time:',
    /(?:^|\.)retention_in_days$/,
    (before, after) =>
      lowers(numberOf(before) === 0 ? Infinity : before, numberOf(after) === 0 ? Infinity : after),
  ],
  [
    'keeps less, or for a shorter time:',
    /(?:retention(?:_period|_days)?|retention\.(?:days|years)|deletion_window_in_days|recovery_window_in_days|delete_after|expiration\.days|noncurrent_days|minavailable|min_available|countNumber|password_length|password_reuse_prevention)$/i,
    lowers,
  ],
  [
    'begins to delete what is in it:',
    /(?:^|\.)expiration\.(?:days|date)$/,
    (before) => isEmpty(before),
    { ofNew: true },
  ],
  ['begins to delete what is in it:', /(?:^|\.)ttl\.enabled$/, goesOn],
  ['makes new ones less often:', /(?:^|\.)(?:automatically_after_days|rotation_period_in_days)$/, raises],
  [
    'makes whoever creates it its administrator:',
    /(?:^|\.)bootstrap_cluster_creator_admin_permissions$/,
    goesOn,
    { ofNew: true, code: 'iam-principal', kind: 'access' },
  ],
  [
    'lets tags be moved to other images:',
    /(?:^|\.)image_tag_mutability$/,
    weakens('immutable', 'immutable_with_exclusion', 'mutable_with_exclusion', 'mutable'),
  ],
  ['lets pods reach the credentials of their node:', /(?:^|\.)http_put_response_hop_limit$/, raises],
  [
    'admits pods that it kept out:',
    /pod-security\.kubernetes\.io\/enforce(?:"\])?$/,
    weakens('restricted', 'baseline', 'privileged'),
  ],
  ['lets through what it can not check:', /failure_?policy$/i, weakens('fail', 'ignore')],
  [
    'deletes data with its volume:',
    /(?:reclaim_?policy|deletion_?policy|when_?(?:deleted|scaled))$/i,
    weakens('retain', 'snapshot', 'delete'),
  ],
  ['no longer encrypts:', /(?:^|\.)protocol$/, weakens('https', 'http'), { types: /^aws_(?:alb|lb)/ }],
  [
    'takes older versions of TLS:',
    /ssl.?policy(?:"\])?$/i,
    (before, after) => oldestTls(after) < oldestTls(before),
  ],
  [
    'may keep out less:',
    /^(?!tags|description|name\b|(?:block|ignore|restrict)_public|policy\b|metadata|arn\b|id\b|threshold|period|evaluation_periods)/,
    (before, after) =>
      before !== undefined &&
      !isHidden(after) &&
      !goesOn(before, after) &&
      (numberOf(before) === undefined || isEmpty(after)),
    { types: OF_GUARDS },
  ],
  ['may keep out less:', /^spec\.hard\b/, raises, { types: /^kubernetes_resource_quota/ }],
  [
    'answers to more networks:',
    /(?:^|\.)(?:cidr|cidr_ipv[46]|cidr_blocks|ipv6_cidr_blocks|public_access_cidrs|load_balancer_source_ranges)$/,
    widens,
  ],
  [
    'answers to more networks:',
    /^entry\.cidr$/,
    (before, after) => isEmpty(before) && !isEmpty(after),
    { types: ADMITS },
  ],
  [
    'answers on more ports:',
    /(?:^|\.)(?:ip_)?protocol$/,
    (before, after) => !isEmpty(before) && before !== '-1' && after === '-1',
    { types: ADMITS },
  ],
  ['answers on more ports:', /(?:^|\.)from_port$/, lowers, { types: ADMITS }],
  ['answers on more ports:', /(?:^|\.)to_port$/, raises, { types: ADMITS }],
  [
    'answers to others:',
    /(?:^|\.)(?:referenced_security_group_id|source_security_group_id|prefix_list_ids?)$/,
    changes,
    { types: ADMITS },
  ],
  [
    'admits what it did not:',
    /^(?:ingress\.action|rule_action)$/,
    (before, after) => after === 'allow' && before !== 'allow',
    { types: /^aws_(?:default_)?network_acl/ },
  ],
  [
    'answers outside of the cluster:',
    /(?:^|\.)(?:spec|service)\.type$/i,
    weakens('clusterip', 'nodeport', 'loadbalancer'),
  ],
  [
    'makes a load balancer that faces the internet:',
    /scheme(?:"\])?$/,
    (before, after) => before !== after && after === 'internet-facing',
    { types: /^helm_release$/, ofNew: true, code: 'open-to-world', kind: 'exposure' },
  ],
  [
    'no longer asks who calls:',
    /(?:^|\.)action\.type$/,
    (before, after) => /^authenticate/.test(settingText(before)) && before !== after,
  ],
  [
    'may keep out less:',
    /^spec\.(?:ingress|egress)\b/,
    (before) => isEmpty(before),
    { types: /^kubernetes_network_policy/ },
  ],
  [
    'no longer lets in whom aws-auth names:',
    /(?:^|\.)authentication_mode$/,
    weakens('config_map', 'api_and_config_map', 'api'),
    { code: 'any-destroy', kind: 'access' },
  ],
  [
    'is encrypted with a key that anybody of AWS may use:',
    /(?:^|\.)sse_algorithm$/,
    weakens('aws:kms:dsse', 'aws:kms', 'aes256'),
  ],
  [
    'loses a guard:',
    /(?:^|\.)(?:encryption_config\..*|kms_key_id|kms_key_arn|kms_master_key_id|permissions_boundary|log_config.*|access_logs\..*|web_acl_arn|logging_config\..*)$/,
    goes,
  ],
  [
    'loses a guard:',
    /(?:^|\.)(?:enabled_cluster_log_types|enabled_cloudwatch_logs_exports|vpc_security_group_ids)$/,
    losesSome,
  ],
  ['may take all the memory of its node:', /(?:^|\.)resources\.limits\.memory$/i, goes],
  ['is no longer in:', /(?:^|\.)(?:subnets|subnet_ids|route_table_ids)$/, losesSome, { ...ROUTES }],
  [
    'may not be where pods want to be any more:',
    /^labels\b/,
    changes,
    { types: /^aws_eks_node_group$/, ...CAPACITY },
  ],
  [
    'keeps pods off that do not tolerate it:',
    /^taint\.effect$/,
    (_, after) => !isEmpty(after) && after !== 'PREFER_NO_SCHEDULE',
    { types: /^aws_eks_node_group$/, ...CAPACITY },
  ],
  [
    'no longer says which image exactly it runs:',
    /(?:^|\.)image$/,
    (before, after) =>
      !isEmpty(before) && !isEmpty(after) && !isHidden(after) && exactness(after) < exactness(before),
  ],
  [
    'comes from another place:',
    /(?:^|\.)(?:image|image_uri|repository)$/,
    (before, after) =>
      changes(before, after) &&
      !isHidden(after) &&
      hostOf(before) !== hostOf(after) &&
      !/\.dkr\.ecr\./.test(hostOf(after)),
  ],
  [
    'keeps fewer up while others go:',
    /(?:^|\.)max_?unavailable(?:_percentage)?$/i,
    (before, after) => raises(before, after) || (before !== after && numberOf(after) === 100),
  ],
  [
    'takes all pods down before new ones are there:',
    /(?:^|\.)strategy\.type$/,
    weakens('rollingupdate', 'recreate'),
  ],
  ['is bounded by another policy:', /(?:^|\.)permissions_boundary$/, changes],
  [
    'has nothing left to run on, or to run:',
    /(?:^|\.|_)(?:replicas|replica_?count|min_?replicas|desired_size|min_size|max_size|desired_capacity|desired_count|node_count)$/i,
    becomesNone,
    { ...CAPACITY },
  ],
  [
    'loses a tag by which controllers find it:',
    CONTRACT_TAGS,
    (before, after) => changes(before, after) && !isHidden(after),
    { code: 'unprotected', kind: 'names' },
  ],
  [
    'gives its pods another role, or none:',
    /eks\.amazonaws\.com\/role-arn(?:"\])?$/,
    changes,
    { ...IDENTITY },
  ],
  [
    'gives other pods the role, or these another one:',
    /^(?:role_arn|target_role_arn|service_account|namespace)$/,
    changes,
    { types: /^aws_eks_pod_identity_association$/, ...IDENTITY },
  ],
  [
    'runs with another identity:',
    /(?:^|\.)(?:service_account_name|service_account_role_arn|role|role_arn|(?:execution|task|iam)_role_arn|iam_instance_profile)$/,
    changes,
    { types: /^(?!aws_iam_|aws_eks_pod_identity)/, ...IDENTITY },
  ],
  [
    'leads elsewhere:',
    /(?:^|\.)(?:route\.)?(?:gateway_id|nat_gateway_id|transit_gateway_id|vpc_peering_connection_id|network_interface_id|egress_only_gateway_id|vpc_endpoint_id|route_table_id)$/,
    (before, after) => changes(before, after),
    { types: /^aws_route/, ...ROUTES },
  ],
  [
    'leads elsewhere:',
    /^(?:records|alias\.name|alias\.zone_id|type|\w+_routing_policy\..*|spec\.selector\b.*|spec\.controller)$/,
    changes,
    { types: /^(?:aws_route53_record|kubernetes_service|kubernetes_ingress_class)(?:_v1)?$/, ...ROUTES },
  ],
  [
    'leads elsewhere:',
    /action\b.*target_group_arn$/,
    (before, after) => changes(before, after) && !isEmpty(after),
    { types: /^aws_lb_listener/, ...ROUTES },
  ],
  [
    'loses its policy, and gets the one of AWS:',
    /^policy\.Version$/,
    goes,
    { types: /^aws_(?:vpc_endpoint|kms_key)$/ },
  ],
  [
    'gives its pods all of the cluster:',
    /^values\b/,
    (before, after) => before !== after && /^(?:cluster-admin|system:masters)$/.test(settingText(after)),
    { types: /^helm_release$/, ofNew: true, code: 'iam-wildcard' },
  ],
  ['lets sessions last longer:', /^max_session_duration$/, raises],
];

export const GUARDS = ROWS.map(([words, path, isWeaker, more]): Guard => ({
  words,
  path,
  isWeaker,
  ...more,
}));

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d+%?$/.test(value) ? parseInt(value, 10) : undefined;
}
