import { type PolicyStatement } from '../iam';

/** Whose resources a role of a pipeline is for. */
export interface PipelineScope {
  readonly account: string;
  readonly partition: string;
  /** Region of the environment. */
  readonly region: string;
  /** DNS suffix of the partition: amazonaws.com, … */
  readonly dnsSuffix: string;
  /** Beginnings of the names of roles, policies and instance profiles, before the hyphen that follows. */
  readonly namePrefixes: readonly string[];
  /** ARN of the policy that must bound every role that is made. @default - none must */
  readonly permissionsBoundaryArn?: string;
}

/** Longest beginning that a name keeps when it is cut to what IAM takes. */
const KEPT = 55;

/** Patterns of the names that begin so; the hyphen keeps `shop` out of `shopping`. */
const patterns = (prefix: string) =>
  [...new Set([prefix, prefix.slice(0, KEPT)])].map((beginning) => `${beginning}-*`);

const iam = ({ partition, account }: PipelineScope, resource: string) =>
  `arn:${partition}:iam::${account}:${resource}`;

/** What of a kind is named after the environment or its cluster. */
const named = (scope: PipelineScope, kind: 'role' | 'policy' | 'instance-profile') =>
  scope.namePrefixes.flatMap(patterns).map((pattern) => iam(scope, `${kind}/${pattern}`));

/** What a plan of the environment's stacks reads of AWS; reading data, such as objects and secrets, is not in it. */
export function readStatements(scope: PipelineScope): PolicyStatement[] {
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

function readIamStatements(scope: PipelineScope): PolicyStatement[] {
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
export function ownIamStatements(scope: PipelineScope): PolicyStatement[] {
  const { region, dnsSuffix, permissionsBoundaryArn: boundary } = scope;
  return [
    ...readIamStatements(scope),
    {
      // What decides how far a role reaches: only of roles that the boundary bounds, where there is one.
      sid: 'GrowOwnRoles',
      actions: [
        'iam:AttachRolePolicy',
        'iam:CreateRole',
        'iam:DeleteRolePolicy',
        'iam:DetachRolePolicy',
        'iam:PutRolePolicy',
        ...(boundary === undefined ? [] : ['iam:PutRolePermissionsBoundary']),
      ],
      resources: named(scope, 'role'),
      ...(boundary !== undefined && {
        conditions: { StringEquals: { 'iam:PermissionsBoundary': boundary } },
      }),
    },
    {
      sid: 'OwnRoles',
      actions: [
        'iam:DeleteRole',
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

/** A shell on a host of the account, such as the admin host that is the cluster's administrator, is a person's. */
export const NO_SESSIONS: PolicyStatement = {
  sid: 'NoSessions',
  effect: 'Deny',
  actions: [
    'ec2-instance-connect:OpenTunnel',
    'ec2-instance-connect:SendSSHPublicKey',
    'ec2-instance-connect:SendSerialConsoleSSHPublicKey',
    'ssm:ResumeSession',
    'ssm:SendCommand',
    'ssm:StartAutomationExecution',
    'ssm:StartSession',
  ],
  resources: ['*'],
};

/** What holds the boundary, whatever else the role that applies may do: nobody makes a role without it, or takes it off. */
export function keepBoundary(
  permissionsBoundaryArn: string,
  { partition }: Pick<PipelineScope, 'partition'>,
): PolicyStatement[] {
  const every = [`arn:${partition}:iam::*:role/*`, `arn:${partition}:iam::*:user/*`];
  return [
    {
      sid: 'BoundedRolesOnly',
      effect: 'Deny',
      actions: [
        'iam:AttachRolePolicy',
        'iam:AttachUserPolicy',
        'iam:CreateRole',
        'iam:CreateUser',
        'iam:PutRolePermissionsBoundary',
        'iam:PutRolePolicy',
        'iam:PutUserPermissionsBoundary',
        'iam:PutUserPolicy',
      ],
      resources: every,
      conditions: { StringNotEquals: { 'iam:PermissionsBoundary': permissionsBoundaryArn } },
    },
    {
      sid: 'KeepBoundaries',
      effect: 'Deny',
      actions: ['iam:DeleteRolePermissionsBoundary', 'iam:DeleteUserPermissionsBoundary'],
      resources: every,
    },
    {
      sid: 'KeepBoundaryPolicy',
      effect: 'Deny',
      actions: [
        'iam:CreatePolicyVersion',
        'iam:DeletePolicy',
        'iam:DeletePolicyVersion',
        'iam:SetDefaultPolicyVersion',
      ],
      resources: [permissionsBoundaryArn],
    },
  ];
}

/** What nobody who has these roles may do to them, or to the provider by which they are had. */
export function keepRoles(roleArns: readonly string[], oidcProviderArns: readonly string[]): PolicyStatement {
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
