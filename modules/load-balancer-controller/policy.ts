import { type Conditions, type PolicyStatement } from '../iam';

/** What an environment may switch on beyond the official policy. */
export interface ControllerFeatures {
  /** Web ACLs by name. @default false */
  readonly wafv2AclName?: boolean;
  /** ACM certificates made for Ingresses. @default false */
  readonly certificateManagement?: boolean;
  /** Global Accelerators as Kubernetes objects. @default false */
  readonly globalAccelerator?: boolean;
}

export interface ControllerStatementsProps {
  /** Partition of the ARNs: aws, aws-cn, … */
  readonly partition: string;
  /** Only security groups of this VPC may be changed or deleted. @default - those of any VPC, as officially */
  readonly restrictToVpcArn?: string;
}

const CLUSTER_TAG = 'elbv2.k8s.aws/cluster';
const tagged = (...where: ('Request' | 'Resource')[]) =>
  Object.fromEntries(where.map((kind) => [`aws:${kind}Tag/${CLUSTER_TAG}`, 'false']));
/** The resource is the controller's, and its mark stays as it is. */
const RETAGGED: Conditions = {
  Null: { [`aws:RequestTag/${CLUSTER_TAG}`]: 'true', [`aws:ResourceTag/${CLUSTER_TAG}`]: 'false' },
};

/** The isolated partitions lack these. */
const NOT_ISOLATED_READS = [
  'elasticloadbalancing:DescribeTrustStores',
  'elasticloadbalancing:DescribeListenerAttributes',
  'elasticloadbalancing:DescribeCapacityReservation',
];
const NOT_ISOLATED_WRITES = [
  'elasticloadbalancing:ModifyListenerAttributes',
  'elasticloadbalancing:ModifyCapacityReservation',
];

/**
 * The policy `AWSLoadBalancerControllerIAMPolicy` of releases 2.13 to 3.5, for every partition.
 *
 * Narrowed to a VPC, both statements about rules of security groups carry the condition that the controller's
 * installation guide recommends; otherwise it is the official document, statement by statement.
 *
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/tree/v3.5.0/docs/install
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/#configure-iam
 */
export function controllerStatements(props: ControllerStatementsProps): PolicyStatement[] {
  return [...sharedReads(props.partition), ...securityGroups(props), ...loadBalancers(props.partition)];
}

function sharedReads(partition: string): PolicyStatement[] {
  return [
    {
      actions: ['iam:CreateServiceLinkedRole'],
      resources: ['*'],
      conditions: { StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' } },
    },
    {
      actions: [
        'ec2:DescribeAccountAttributes',
        'ec2:DescribeAddresses',
        'ec2:DescribeAvailabilityZones',
        'ec2:DescribeInternetGateways',
        'ec2:DescribeVpcs',
        'ec2:DescribeVpcPeeringConnections',
        'ec2:DescribeSubnets',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeInstances',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeTags',
        'ec2:GetCoipPoolUsage',
        'ec2:DescribeCoipPools',
        'ec2:GetSecurityGroupsForVpc',
        'ec2:DescribeIpamPools',
        'ec2:DescribeRouteTables',
        'elasticloadbalancing:DescribeLoadBalancers',
        'elasticloadbalancing:DescribeLoadBalancerAttributes',
        'elasticloadbalancing:DescribeListeners',
        'elasticloadbalancing:DescribeListenerCertificates',
        'elasticloadbalancing:DescribeSSLPolicies',
        'elasticloadbalancing:DescribeRules',
        'elasticloadbalancing:DescribeTargetGroups',
        'elasticloadbalancing:DescribeTargetGroupAttributes',
        'elasticloadbalancing:DescribeTargetHealth',
        'elasticloadbalancing:DescribeTags',
        ...unlessIsolated(partition, NOT_ISOLATED_READS),
      ],
      resources: ['*'],
    },
    {
      actions: [
        'cognito-idp:DescribeUserPoolClient',
        'acm:ListCertificates',
        'acm:DescribeCertificate',
        'iam:ListServerCertificates',
        'iam:GetServerCertificate',
        'waf-regional:GetWebACL',
        'waf-regional:GetWebACLForResource',
        'waf-regional:AssociateWebACL',
        'waf-regional:DisassociateWebACL',
        'wafv2:GetWebACL',
        'wafv2:GetWebACLForResource',
        'wafv2:AssociateWebACL',
        'wafv2:DisassociateWebACL',
        'shield:GetSubscriptionState',
        'shield:DescribeProtection',
        'shield:CreateProtection',
        'shield:DeleteProtection',
      ],
      resources: ['*'],
    },
  ];
}

function securityGroups({ partition, restrictToVpcArn }: ControllerStatementsProps): PolicyStatement[] {
  const arn = `arn:${partition}:ec2:*:*:security-group/*`;
  // Every security group is in a VPC; only resources that AWS checks beside it, such as its rules, lack the key.
  const inVpc: Conditions = restrictToVpcArn ? { ArnEqualsIfExists: { 'ec2:Vpc': restrictToVpcArn } } : {};
  return [
    {
      actions: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'],
      resources: ['*'],
      ...(restrictToVpcArn && { conditions: inVpc }),
    },
    { actions: ['ec2:CreateSecurityGroup'], resources: ['*'] },
    {
      actions: ['ec2:CreateTags'],
      resources: [arn],
      conditions: {
        StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup' },
        Null: tagged('Request'),
      },
    },
    { actions: ['ec2:CreateTags', 'ec2:DeleteTags'], resources: [arn], conditions: RETAGGED },
    {
      actions: [
        'ec2:AuthorizeSecurityGroupIngress',
        'ec2:RevokeSecurityGroupIngress',
        'ec2:DeleteSecurityGroup',
      ],
      resources: ['*'],
      conditions: { Null: tagged('Resource'), ...inVpc },
    },
  ];
}

function loadBalancers(partition: string): PolicyStatement[] {
  const arn = (path: string) => `arn:${partition}:elasticloadbalancing:*:*:${path}`;
  const balancersAndTargets = ['targetgroup/*/*', 'loadbalancer/net/*/*', 'loadbalancer/app/*/*'].map(arn);
  const listenersAndRules = [
    'listener/net/*/*/*',
    'listener/app/*/*/*',
    'listener-rule/net/*/*/*',
    'listener-rule/app/*/*/*',
  ].map(arn);
  return [
    {
      actions: ['elasticloadbalancing:CreateLoadBalancer', 'elasticloadbalancing:CreateTargetGroup'],
      resources: ['*'],
      conditions: { Null: tagged('Request') },
    },
    {
      actions: [
        'elasticloadbalancing:CreateListener',
        'elasticloadbalancing:DeleteListener',
        'elasticloadbalancing:CreateRule',
        'elasticloadbalancing:DeleteRule',
      ],
      resources: ['*'],
    },
    {
      actions: ['elasticloadbalancing:AddTags', 'elasticloadbalancing:RemoveTags'],
      resources: balancersAndTargets,
      conditions: RETAGGED,
    },
    {
      actions: ['elasticloadbalancing:AddTags', 'elasticloadbalancing:RemoveTags'],
      resources: listenersAndRules,
    },
    {
      actions: [
        'elasticloadbalancing:ModifyLoadBalancerAttributes',
        'elasticloadbalancing:SetIpAddressType',
        'elasticloadbalancing:SetSecurityGroups',
        'elasticloadbalancing:SetSubnets',
        'elasticloadbalancing:DeleteLoadBalancer',
        'elasticloadbalancing:ModifyTargetGroup',
        'elasticloadbalancing:ModifyTargetGroupAttributes',
        'elasticloadbalancing:DeleteTargetGroup',
        ...unlessIsolated(partition, NOT_ISOLATED_WRITES),
        'elasticloadbalancing:ModifyIpPools',
      ],
      resources: ['*'],
      conditions: { Null: tagged('Resource') },
    },
    {
      actions: ['elasticloadbalancing:AddTags'],
      resources: balancersAndTargets,
      conditions: {
        StringEquals: { 'elasticloadbalancing:CreateAction': ['CreateTargetGroup', 'CreateLoadBalancer'] },
        Null: tagged('Request'),
      },
    },
    {
      actions: ['elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:DeregisterTargets'],
      resources: [arn('targetgroup/*/*')],
    },
    {
      actions: [
        'elasticloadbalancing:SetWebAcl',
        'elasticloadbalancing:ModifyListener',
        'elasticloadbalancing:AddListenerCertificates',
        'elasticloadbalancing:RemoveListenerCertificates',
        'elasticloadbalancing:ModifyRule',
        'elasticloadbalancing:SetRulePriorities',
      ],
      resources: ['*'],
    },
  ];
}

function unlessIsolated(partition: string, actions: readonly string[]): readonly string[] {
  return partition.startsWith('aws-iso') ? [] : actions;
}
