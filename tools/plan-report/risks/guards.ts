import { type ResourceChange, type StackChanges } from '../changes/changes';
import { pathText } from '../changes/path';
import { isEmpty, isHidden, asTexts, UNKNOWN } from '../changes/values';
import { isWithin } from '../changes/networks';
import { valueText } from '../diff/resource';
import { changedLeaves, settingsAt, settingText } from './changed-settings';
import { lossOf } from './losses';
import { type Risk, type RiskCode, type RiskKind } from './risk';

/** Settings that an update takes away or weakens, and with which more is lost than a value. */
export function guardRisks({ stack, resources }: StackChanges): Risk[] {
  return resources.flatMap((change): Risk[] => {
    if (change.action !== 'update' && change.action !== 'replace') return [];
    const noun = lossOf(change)?.noun ?? 'resource';
    const found = new Map<Guard, string[]>();
    for (const [guard, text] of weakened(change)) found.set(guard, [...(found.get(guard) ?? []), text]);
    return [...found].map(([{ code = 'unprotected', kind = 'guards', words }, values]) => ({
      code,
      kind,
      stack,
      address: change.address,
      noun,
      words,
      values: [...new Set(values)],
    }));
  });
}

interface Guard {
  /** Of paths without indices: `vpc_config.endpoint_private_access`. */
  readonly path: RegExp;
  /** @default - all */
  readonly types?: RegExp;
  readonly isWeaker: (before: unknown, after: unknown) => boolean;
  readonly words: string;
  /** @default 'unprotected' */
  readonly code?: RiskCode;
  /** @default 'guards' */
  readonly kind?: RiskKind;
}

const isOn = (value: unknown) =>
  value === true || (typeof value === 'string' && /^(?:true|enabled|on|required)$/i.test(value));
const isOff = (value: unknown) =>
  isEmpty(value) ||
  value === false ||
  /^(?:false|disabled|off|optional|suspended)$/i.test(settingText(value));
const goesOff = (before: unknown, after: unknown) => isOn(before) && isOff(after);
const goesOn = (before: unknown, after: unknown) => isOff(before) && isOn(after);
const goes = (before: unknown, after: unknown) => !isEmpty(before) && isEmpty(after);
const losesSome = (before: unknown) => !isEmpty(before);
const changes = (before: unknown, after: unknown) => !isEmpty(before) && after !== UNKNOWN;
const lowers = (before: unknown, after: unknown) => {
  const [old, fresh] = [numberOf(before), numberOf(after)];
  return old !== undefined && fresh !== undefined && fresh < old;
};
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

/** Tags by which controllers find what is theirs. */
const CONTRACT_TAGS =
  /^(?:tags|tag)(?:\.|\[")(?:kubernetes\.io\/(?:role|cluster)\/|elbv2\.k8s\.aws\/|ingress\.k8s\.aws\/|service\.k8s\.aws\/|karpenter\.sh\/|eks:|k8s\.io\/cluster-autoscaler\/)/;

const GUARDS: readonly Guard[] = [
  {
    path: /(?:^|[._])(?:deletion_protection(?:_enabled)?|enable_deletion_protection|deletionprotection|disable_api_termination|disable_api_stop|enable_key_rotation|is_enabled|storage_encrypted|encrypted|scan_on_push|point_in_time_recovery\.enabled|multi_az|iam_database_authentication_enabled|enable_log_file_validation|is_multi_region_trail|include_global_service_events|enable_logging|enable_dns_(?:hostnames|support)|endpoint_private_access|read_?only_?root_?filesystem|run_?as_?non_?root|drop_invalid_header_fields|performance_insights_enabled|copy_tags_to_snapshot|at_rest_encryption_enabled|transit_encryption_enabled|keeptlssecret)$/i,
    isWeaker: goesOff,
    words: 'loses a guard:',
  },
  {
    path: /(?:versioning|logg?ing|encrypt|rotation|protection|recovery|backup|audit|scan|auth|tls|networkpolicy|network_policy|budget|pdb|firewall|waf|lock)[^.]*(?:\.[^.]+)*\.(?:enabled?|status|create)$/i,
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
    path: /(?:^|\.)(?:force_destroy|force_delete|force_detach_policies|skip_final_snapshot|privileged|host_?network|host_?pid|host_?ipc|allow_?privilege_?escalation|bypass_policy_lockout_safety_check|map_public_ip_on_launch|associate_public_ip_address)$/i,
    isWeaker: goesOn,
    words: 'loses a guard:',
  },
  {
    path: /(?:^|\.)retention_in_days$/,
    // A log group keeps all for ever with 0.
    isWeaker: (before, after) =>
      lowers(numberOf(before) === 0 ? Infinity : before, numberOf(after) === 0 ? Infinity : after),
    words: 'keeps its logs for a shorter time:',
  },
  {
    path: /(?:retention(?:_period|_days)?|deletion_window_in_days|recovery_window_in_days|expiration\.days|noncurrent_days|minavailable|min_available)$/i,
    isWeaker: lowers,
    words: 'keeps less, or for a shorter time:',
  },
  {
    path: /(?:^|\.)expiration\.days$/,
    isWeaker: (before) => isEmpty(before),
    words: 'begins to delete what is in it:',
  },
  {
    path: /(?:^|\.)image_tag_mutability$/,
    isWeaker: weakens('immutable', 'mutable'),
    words: 'lets tags be moved to other images:',
  },
  {
    path: /(?:^|\.)http_put_response_hop_limit$/,
    isWeaker: (before, after) => lowers(after, before),
    words: 'lets pods reach the credentials of their node:',
  },
  {
    path: /pod-security\.kubernetes\.io\/enforce(?:"\])?$/,
    isWeaker: weakens('restricted', 'baseline', 'privileged'),
    words: 'admits pods that it kept out:',
  },
  {
    path: /(?:^|\.)(?:failure_?policy)$/i,
    isWeaker: weakens('fail', 'ignore'),
    words: 'lets through what it can not check:',
  },
  {
    path: /(?:reclaim_?policy|deletion_?policy)$/i,
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
    path: /(?:^|\.)public_access_cidrs$/,
    isWeaker: (lost, gained) => asTexts(gained).some((network) => !isWithin(network, asTexts(lost))),
    words: 'answers to more networks:',
  },
  {
    path: /(?:^|\.)image$/,
    isWeaker: (before, after) =>
      /@sha256:/.test(settingText(before)) && !/@sha256:/.test(settingText(after)) && !isHidden(after),
    words: 'no longer says which image exactly it runs:',
  },
  {
    path: /(?:^|\.)max_unavailable$/,
    types: /^kubernetes_pod_disruption_budget/,
    isWeaker: (before, after) => lowers(after, before),
    words: 'keeps fewer pods up:',
  },
  {
    path: /(?:^|\.)permissions_boundary$/,
    isWeaker: changes,
    words: 'is bounded by another policy:',
  },
  {
    path: /(?:^|\.|_)(?:replicas|replica_?count|min_?replicas|desired_size|desired_capacity|desired_count|node_count)$/i,
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
    path: /^(?:role_arn|service_account|namespace)$/,
    types: /^aws_eks_pod_identity_association$/,
    isWeaker: changes,
    words: 'gives other pods the role, or these another one:',
    code: 'any-destroy',
    kind: 'identity',
  },
  {
    path: /(?:^|\.)service_account_name$/,
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
];

function* weakened(change: ResourceChange): Generator<[Guard, string]> {
  const [before, after] = [settingsAt(change, 'before'), settingsAt(change, 'after')];
  for (const [text, { path, old, fresh }] of changedLeaves(before, after)) {
    for (const guard of GUARDS) {
      if (!guard.path.test(text) || guard.types?.test(change.type) === false) continue;
      if (guard.isWeaker(old, fresh))
        yield [guard, `${pathText(path)}: ${valueText(old)} -> ${valueText(fresh)}`];
    }
  }
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d+%?$/.test(value) ? parseInt(value, 10) : undefined;
}
