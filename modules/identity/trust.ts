import { type PolicyStatement } from '../iam';

/** What IRSA needs of a cluster. */
interface IrsaTrust {
  /** ARN of the IAM OIDC provider of the cluster. */
  readonly oidcProviderArn: string;
  /** Issuer of the cluster without `https://`. */
  readonly oidcIssuer: string;
}
/** What Pod Identity needs. */
interface AssociationTrust {
  readonly clusterName: string;
  /** Account of the cluster: EKS has the role on behalf of that one alone. @default - EKS takes roles of the cluster's account only */
  readonly account?: string;
}

/**
 * How pods get their role: the one switch of an environment, with what its side needs. Where the other side is given too, a role
 * trusts both: pods that run while the switch is turned keep what they have until new ones are there.
 */
export type PodIdentityBinding =
  | ({ readonly type: 'irsa' } & IrsaTrust & Partial<AssociationTrust>)
  | ({ readonly type: 'pod-identity' } & AssociationTrust & Partial<IrsaTrust>);

/**
 * On the template of pods: a new way to their role is a new template, so they are rolled. Running pods would keep the way that is
 * gone until their session ends.
 */
export function podIdentityAnnotation({ type }: PodIdentityBinding): Readonly<Record<string, string>> {
  return { 'eks-ingress/pod-identity': type };
}

/** The pods that may assume a role. */
export interface PodSubject {
  readonly namespace: string;
  readonly serviceAccount: string;
}

/**
 * The statements that let the pods of exactly one ServiceAccount assume a role: by the way that the binding names, and by the
 * other one where it is known.
 *
 * With IRSA, the condition pins issuer, subject and audience. With Pod Identity, the ServiceAccount is pinned by the
 * association, and here by the session tags that EKS sets; without an association nobody comes that way.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention
 */
export function podTrust(binding: PodIdentityBinding, subject: PodSubject): PolicyStatement[] {
  const { oidcProviderArn, oidcIssuer, clusterName, account } = binding;
  return [
    ...(oidcProviderArn !== undefined && oidcIssuer !== undefined
      ? [irsaTrust({ oidcProviderArn, oidcIssuer }, subject)]
      : []),
    ...(clusterName === undefined ? [] : [associationTrust({ clusterName, account }, subject)]),
  ];
}

function irsaTrust(
  { oidcProviderArn, oidcIssuer }: IrsaTrust,
  { namespace, serviceAccount }: PodSubject,
): PolicyStatement {
  return {
    actions: ['sts:AssumeRoleWithWebIdentity'],
    principals: { Federated: [oidcProviderArn] },
    conditions: {
      StringEquals: {
        [`${oidcIssuer}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}`,
        [`${oidcIssuer}:aud`]: 'sts.amazonaws.com',
      },
    },
  };
}

function associationTrust(
  { clusterName, account }: AssociationTrust,
  { namespace, serviceAccount }: PodSubject,
): PolicyStatement {
  return {
    actions: ['sts:AssumeRole', 'sts:TagSession'],
    principals: { Service: ['pods.eks.amazonaws.com'] },
    conditions: {
      StringEquals: {
        ...(account !== undefined && { 'aws:SourceAccount': account }),
        'aws:RequestTag/eks-cluster-name': clusterName,
        'aws:RequestTag/kubernetes-namespace': namespace,
        'aws:RequestTag/kubernetes-service-account': serviceAccount,
      },
    },
  };
}
