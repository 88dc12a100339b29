import { blockOf, isHidden, isMap, asList, asTexts, UNKNOWN, type Values } from '../changes/values';
import { type Grant } from './iam-change';

type Unsigned = Omit<Grant, 'sign'>;

/** Policies of AWS that give all, or all of a service. */
const WIDE =
  /(?:AdministratorAccess|PowerUserAccess|FullAccess|ClusterAdminPolicy|EKSAdminPolicy|job-function\/(?:System|Database|Network)Administrator)/;
/** Policies of AWS that let whatever is stored be read. */
const READS_DATA =
  /(?:\/|^)(?:ReadOnlyAccess|SecretsManagerReadWrite|AmazonS3ReadOnlyAccess|AmazonSSMReadOnlyAccess|AmazonEKS(?:AdminView|Edit)Policy)$/;
const EVERYBODY = ['system:anonymous', 'system:unauthenticated', 'system:authenticated'];

/** Permissions that a resource gives without a document of its own. */
export function grantsOf(type: string, values: Values | undefined): Unsigned[] {
  if (values === undefined) return [];
  const named = (words: string, ...names: readonly unknown[]): Unsigned => ({
    ...grant(words, names),
    principal: names.map(String).join(' '),
  });
  const known = (value: unknown) => asTexts(value).filter((text) => !isHidden(text));
  switch (type) {
    case 'aws_iam_role_policy_attachment':
    case 'aws_iam_user_policy_attachment':
    case 'aws_iam_group_policy_attachment':
      return [grant('managed policy', [values.policy_arn, values.role ?? values.user ?? values.group])];
    case 'aws_iam_role':
      return known(values.managed_policy_arns).map((arn) => grant('managed policy', [arn]));
    case 'aws_eks_access_entry':
      return [
        {
          ...grant('access entry of the cluster', [values.principal_arn, ...known(values.kubernetes_groups)]),
          wildcard: asList(values.kubernetes_groups).includes('system:masters'),
          principal: String(values.principal_arn),
        },
      ];
    case 'aws_eks_access_policy_association': {
      const { type: scope, namespaces } = blockOf(values.access_scope);
      const where = scope === 'namespace' ? ['in', ...asList(namespaces)] : ['in the whole cluster'];
      return [grant('access policy of the cluster', [values.policy_arn, values.principal_arn, ...where])];
    }
    case 'aws_eks_pod_identity_association':
      return [
        {
          ...grant('role of pods', [
            values.role_arn,
            values.target_role_arn,
            values.namespace,
            values.service_account,
          ]),
          // A role that is made beside it is theirs.
          ...(values.role_arn !== UNKNOWN && {
            principal: `pods of ${String(values.namespace)}/${String(values.service_account)}`,
          }),
        },
      ];
    case 'aws_iam_access_key':
      return values.status === 'Inactive' ? [] : [named('access key', values.user)];
    case 'aws_iam_user':
    case 'aws_iam_user_login_profile':
      return [named('IAM user', values.name ?? values.user)];
    case 'aws_iam_openid_connect_provider':
      return asList(values.client_id_list).map((client) => named('identity provider', values.url, client));
    case 'aws_eks_identity_provider_config': {
      const { issuer_url: issuer, client_id: client } = blockOf(values.oidc);
      return [named('identity provider of the cluster', issuer, client)];
    }
    case 'aws_kms_grant':
      return [named('grant of a key', values.grantee_principal)];
    case 'aws_s3_bucket_replication_configuration':
      return asList(values.rule).map((each) =>
        named('copy of what is stored', blockOf(blockOf(blockOf(each).destination)).bucket),
      );
    case 'aws_iam_saml_provider':
      return [named('identity provider', values.name)];
    case 'aws_iam_group_membership':
    case 'aws_iam_user_group_membership':
      return [...asTexts(values.users), ...asTexts(values.groups)].map((name) =>
        named('membership of a group', values.group ?? values.user, name),
      );
    case 'aws_lambda_permission':
      return [{ ...named('permission to call', values.principal), isPublic: values.principal === '*' }];
    case 'aws_ami_launch_permission':
    case 'aws_snapshot_create_volume_permission':
    case 'aws_ram_principal_association':
    case 'aws_vpc_peering_connection': {
      const { group, account_id: account, principal, peer_owner_id: peer } = values;
      const whose = group ?? account ?? principal ?? peer;
      return [{ ...named('share', whose), isPublic: whose === 'all' }];
    }
    case 'kubernetes_role_binding':
    case 'kubernetes_role_binding_v1':
    case 'kubernetes_cluster_role_binding':
    case 'kubernetes_cluster_role_binding_v1':
      return bindings(values);
    case 'kubernetes_role':
    case 'kubernetes_role_v1':
    case 'kubernetes_cluster_role':
    case 'kubernetes_cluster_role_v1':
      return asList(values.rule).filter(isMap).flatMap(rbacRule);
    case 'kubernetes_config_map':
    case 'kubernetes_config_map_v1':
    case 'kubernetes_config_map_v1_data':
      return awsAuth(values);
    default:
      return [];
  }
}

/**
 * Resources by which whoever may write them is somebody else, or gets out of a pod.
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks
 */
const ESCALATES = [
  ...['pods', 'pods/attach', 'pods/ephemeralcontainers', 'pods/exec', 'persistentvolumes'],
  ...['nodes/proxy', 'serviceaccounts/token', 'certificatesigningrequests/approval'],
  ...['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
];

/** What lets whoever has it be somebody else, or read what is secret. */
function rbacRule({ verbs, resources }: Values): Unsigned[] {
  const [may, on] = [verbs, resources].map((list) => asTexts(list)) as [string[], string[]];
  const has = (list: readonly string[], ...names: readonly string[]) =>
    list.some((each) => each === '*' || names.includes(each));
  const wildcard =
    has(may, 'escalate', 'bind', 'impersonate') ||
    (has(may, 'create', 'update', 'patch') && has(on, ...ESCALATES));
  const readsData = has(may, 'get', 'list', 'watch') && has(on, 'secrets');
  return wildcard || readsData
    ? [{ ...grant('rule of RBAC', [`${may.join(', ')} on ${on.join(', ')}`]), wildcard, readsData }]
    : [];
}

function bindings({ role_ref: role, subject }: Values): Unsigned[] {
  const name = String(blockOf(role).name);
  return asList(subject)
    .filter(isMap)
    .map((each) => ({
      ...grant('role of the cluster', [name, each.kind, each.namespace, each.name]),
      wildcard: name === 'cluster-admin' || each.name === 'system:masters',
      readsData: name === 'admin' || name === 'edit',
      isPublic:
        EVERYBODY.includes(String(each.name)) &&
        !/^system:(?:discovery|basic-user|public-info-viewer)/.test(name),
    }));
}

/** Principals that a cluster lets in by its older way, a line each. */
function awsAuth({ metadata, data }: Values): Unsigned[] {
  if (blockOf(metadata).name !== 'aws-auth') return [];
  return Object.values(blockOf(data))
    .flatMap((text) => (typeof text === 'string' ? text.split(/^\s*(?=- )/m) : []))
    .filter((entry) => /(?:role|user)arn/.test(entry))
    .map((entry) => ({
      ...grant('entry of aws-auth', [entry.replace(/\s+/g, ' ').trim()]),
      wildcard: entry.includes('system:masters'),
      principal: /(?:role|user)arn["']?: *(\S+)/.exec(entry)?.[1] ?? '',
    }));
}

function grant(words: string, values: readonly unknown[]): Unsigned {
  const [policy] = values;
  return {
    words,
    values: values.filter((value) => value !== undefined && value !== null).map(String),
    wildcard: words.includes('policy') && WIDE.test(String(policy)),
    ...(words.includes('policy') && READS_DATA.test(String(policy)) && { readsData: true }),
  };
}
