import { blockOf, isHidden, listOf, textsOf, type Values } from '../changes/values';
import { type Grant } from './iam-change';

type Unsigned = Omit<Grant, 'sign'>;

/** Policies of AWS that give all, or all of a service. */
const WIDE = /(?:AdministratorAccess|PowerUserAccess|FullAccess|ClusterAdminPolicy)/;

/** Permissions that a resource gives without a document of its own. */
export function grantsOf(type: string, values: Values | undefined): Unsigned[] {
  if (values === undefined) return [];
  const known = (value: unknown) => textsOf(value).filter((text) => !isHidden(text));
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
          wildcard: listOf(values.kubernetes_groups).includes('system:masters'),
          principal: String(values.principal_arn),
        },
      ];
    case 'aws_eks_access_policy_association': {
      const { type: scope, namespaces } = blockOf(values.access_scope);
      const where = scope === 'namespace' ? ['in', ...listOf(namespaces)] : ['in the whole cluster'];
      return [grant('access policy of the cluster', [values.policy_arn, values.principal_arn, ...where])];
    }
    case 'aws_eks_pod_identity_association':
      return [
        {
          ...grant('role of pods', [values.role_arn, values.namespace, values.service_account]),
          principal: `pods of ${String(values.namespace)}/${String(values.service_account)}`,
        },
      ];
    default:
      return [];
  }
}

function grant(words: string, values: readonly unknown[]): Unsigned {
  const [policy] = values;
  return {
    words,
    values: values.filter((value) => value !== undefined && value !== null).map(String),
    wildcard: words.includes('policy') && WIDE.test(String(policy)),
  };
}
