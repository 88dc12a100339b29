import { type Statement } from '../iam';

/**
 * What a plan of the environment's stacks reads of AWS; reading data, such as objects and secrets, is not in it.
 *
 * @param partition of the ARNs: aws, aws-cn, …
 */
export function readStatements(partition: string): Statement[] {
  return [
    {
      sid: 'ReadEnvironment',
      actions: [
        'ec2:Describe*',
        'ecr:DescribeRepositories',
        'ecr:GetLifecyclePolicy',
        'ecr:ListTagsForResource',
        'eks:Describe*',
        'eks:List*',
        'elasticloadbalancing:Describe*',
        'iam:GetInstanceProfile',
        'iam:GetOpenIDConnectProvider',
        'iam:GetPolicy',
        'iam:GetPolicyVersion',
        'iam:GetRole',
        'iam:GetRolePolicy',
        'iam:ListAttachedRolePolicies',
        'iam:ListInstanceProfilesForRole',
        'iam:ListOpenIDConnectProviders',
        'iam:ListPolicyVersions',
        'iam:ListRolePolicies',
        'kms:DescribeKey',
        'kms:GetKeyPolicy',
        'kms:GetKeyRotationStatus',
        'kms:ListAliases',
        'kms:ListResourceTags',
        'logs:DescribeLogGroups',
        'logs:ListTagsForResource',
      ],
      resources: ['*'],
    },
    {
      // Ids of machine images, which AWS publishes.
      sid: 'ReadPublicParameters',
      actions: ['ssm:GetParameter'],
      resources: [`arn:${partition}:ssm:*::parameter/aws/service/*`],
    },
  ];
}

export interface OwnIamProps {
  readonly account: string;
  readonly partition: string;
  /** Region of the environment. */
  readonly region: string;
  /** DNS suffix of the partition: amazonaws.com, … */
  readonly dnsSuffix: string;
  /** Beginnings of the names of roles, policies and instance profiles. */
  readonly namePrefixes: readonly string[];
}

/** Longest beginning that a name keeps when it is cut to what IAM takes. */
const KEPT = 55;

/** Services that the stacks hand roles to. */
const PASSED_TO = [
  'ec2',
  'eks',
  'eks-fargate',
  'eks-fargate-pods',
  'eks-nodegroup',
  'pods.eks',
  'vpc-flow-logs',
];

/** IAM for what is named after the environment, which PowerUserAccess leaves out. */
export function ownIamStatements({
  account,
  partition,
  region,
  dnsSuffix,
  namePrefixes,
}: OwnIamProps): Statement[] {
  const iam = (resource: string) => `arn:${partition}:iam::${account}:${resource}`;
  const named = (kind: string) => namePrefixes.map((prefix) => iam(`${kind}/${prefix.slice(0, KEPT)}*`));
  return [
    {
      sid: 'ReadIam',
      actions: ['iam:Get*', 'iam:List*'],
      resources: ['*'],
    },
    {
      sid: 'OwnRoles',
      actions: [
        'iam:AttachRolePolicy',
        'iam:CreateRole',
        'iam:DeleteRole',
        'iam:DeleteRolePolicy',
        'iam:DetachRolePolicy',
        'iam:PutRolePolicy',
        'iam:TagRole',
        'iam:UntagRole',
        'iam:UpdateAssumeRolePolicy',
        'iam:UpdateRole',
        'iam:UpdateRoleDescription',
      ],
      resources: named('role'),
    },
    {
      sid: 'PassOwnRoles',
      actions: ['iam:PassRole'],
      resources: named('role'),
      conditions: {
        // In some partitions a service goes by the suffix of AWS itself, in others by theirs.
        StringEquals: {
          'iam:PassedToService': [...new Set(['amazonaws.com', dnsSuffix])].flatMap((suffix) =>
            PASSED_TO.map((service) => `${service}.${suffix}`),
          ),
        },
      },
    },
    {
      sid: 'OwnPolicies',
      actions: [
        'iam:CreatePolicy',
        'iam:CreatePolicyVersion',
        'iam:DeletePolicy',
        'iam:DeletePolicyVersion',
        'iam:TagPolicy',
        'iam:UntagPolicy',
      ],
      resources: named('policy'),
    },
    {
      sid: 'OwnInstanceProfiles',
      actions: [
        'iam:AddRoleToInstanceProfile',
        'iam:CreateInstanceProfile',
        'iam:DeleteInstanceProfile',
        'iam:RemoveRoleFromInstanceProfile',
        'iam:TagInstanceProfile',
        'iam:UntagInstanceProfile',
      ],
      resources: named('instance-profile'),
    },
    {
      sid: 'OidcProvidersOfClusters',
      actions: [
        'iam:AddClientIDToOpenIDConnectProvider',
        'iam:CreateOpenIDConnectProvider',
        'iam:DeleteOpenIDConnectProvider',
        'iam:RemoveClientIDFromOpenIDConnectProvider',
        'iam:TagOpenIDConnectProvider',
        'iam:UntagOpenIDConnectProvider',
        'iam:UpdateOpenIDConnectProviderThumbprint',
      ],
      resources: [iam(`oidc-provider/oidc.eks.${region}.${dnsSuffix}/id/*`)],
    },
  ];
}

/** What nobody who has these roles may do to them, or to the provider by which they are had. */
export function keepRoles(roleArns: readonly string[], oidcProviderArns: readonly string[]): Statement {
  return {
    sid: 'KeepPipelineRoles',
    effect: 'Deny',
    actions: [
      'iam:AddClientIDToOpenIDConnectProvider',
      'iam:AttachRolePolicy',
      'iam:DeleteOpenIDConnectProvider',
      'iam:DeleteRole',
      'iam:DeleteRolePermissionsBoundary',
      'iam:DeleteRolePolicy',
      'iam:DetachRolePolicy',
      'iam:PutRolePermissionsBoundary',
      'iam:PutRolePolicy',
      'iam:UpdateAssumeRolePolicy',
      'iam:UpdateRole',
    ],
    resources: [...roleArns, ...oidcProviderArns],
  };
}
