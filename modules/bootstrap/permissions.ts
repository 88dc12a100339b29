import { type Statement } from '../iam';

/** Whose resources a role of a pipeline is for. */
export interface PipelineScope {
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

const iam = ({ partition, account }: PipelineScope, resource: string) =>
  `arn:${partition}:iam::${account}:${resource}`;

/** What of a kind is named after the environment or its cluster. */
const named = (scope: PipelineScope, kind: 'role' | 'policy' | 'instance-profile') =>
  scope.namePrefixes.map((prefix) => iam(scope, `${kind}/${prefix.slice(0, KEPT)}*`));

/** What a plan of the environment's stacks reads of AWS; reading data, such as objects and secrets, is not in it. */
export function readStatements(scope: PipelineScope): Statement[] {
  const { partition, region, account } = scope;
  const regional = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`;
  return [
    {
      // These are of no resource in particular.
      sid: 'Describe',
      actions: ['ec2:Describe*', 'elasticloadbalancing:Describe*', 'kms:ListAliases'],
      resources: ['*'],
    },
    { sid: 'ReadClusters', actions: ['eks:Describe*', 'eks:List*'], resources: [regional('eks', '*')] },
    {
      sid: 'ReadRepositories',
      actions: ['ecr:DescribeRepositories', 'ecr:GetLifecyclePolicy', 'ecr:ListTagsForResource'],
      resources: [regional('ecr', 'repository/*')],
    },
    {
      sid: 'ReadKeys',
      actions: ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListResourceTags'],
      resources: [regional('kms', 'key/*')],
    },
    {
      sid: 'ReadLogGroups',
      actions: ['logs:DescribeLogGroups', 'logs:ListTagsForResource'],
      resources: [regional('logs', 'log-group:*')],
    },
    {
      // Ids of machine images, which AWS publishes.
      sid: 'ReadPublicParameters',
      actions: ['ssm:GetParameter'],
      resources: [`arn:${partition}:ssm:${region}::parameter/aws/service/*`],
    },
    ...readIamStatements(scope),
  ];
}

function readIamStatements(scope: PipelineScope): Statement[] {
  return [
    {
      sid: 'ReadRoles',
      actions: [
        'iam:GetRole',
        'iam:GetRolePolicy',
        'iam:ListAttachedRolePolicies',
        'iam:ListInstanceProfilesForRole',
        'iam:ListRolePolicies',
      ],
      // EKS looks for its own with the caller's permissions.
      resources: [...named(scope, 'role'), iam(scope, 'role/aws-service-role/*')],
    },
    {
      sid: 'ReadPolicies',
      actions: ['iam:GetPolicy', 'iam:GetPolicyVersion', 'iam:ListPolicyVersions'],
      resources: named(scope, 'policy'),
    },
    {
      sid: 'ReadInstanceProfiles',
      actions: ['iam:GetInstanceProfile'],
      resources: named(scope, 'instance-profile'),
    },
    {
      sid: 'ReadOidcProviders',
      actions: ['iam:GetOpenIDConnectProvider', 'iam:ListOpenIDConnectProviders'],
      resources: [iam(scope, 'oidc-provider/*')],
    },
  ];
}

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
export function ownIamStatements(scope: PipelineScope): Statement[] {
  const { region, dnsSuffix } = scope;
  return [
    ...readIamStatements(scope),
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
      resources: named(scope, 'role'),
    },
    {
      sid: 'PassOwnRoles',
      actions: ['iam:PassRole'],
      resources: named(scope, 'role'),
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
      resources: named(scope, 'policy'),
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
      resources: named(scope, 'instance-profile'),
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
      resources: [iam(scope, `oidc-provider/oidc.eks.${region}.${dnsSuffix}/id/*`)],
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
