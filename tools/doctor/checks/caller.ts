import { type DoctorCheck, listed } from '../check';
import { type Look } from '../look';

export const account: DoctorCheck = {
  id: 'account',
  title: "The credentials are of the environment's account",
  needs: ['sts:GetCallerIdentity'],
  explain: 'Another profile is in use, or AWS_PROFILE names none.',
  run: async (look) => {
    const { account: found, arn } = await look.caller();
    if (found === look.environment.account) return [];
    return [
      {
        what: `The credentials are of account ${found}, and the environment is for ${look.environment.account}`,
        seen: `sts:GetCallerIdentity answers ${arn}`,
        remedy: 'AWS_PROFILE, or field account of the environment',
      },
    ];
  },
};

const LINKED = {
  AWSServiceRoleForAmazonEKS: 'eks.amazonaws.com',
  AWSServiceRoleForAmazonEKSNodegroup: 'eks-nodegroup.amazonaws.com',
  AWSServiceRoleForElasticLoadBalancing: 'elasticloadbalancing.amazonaws.com',
} as const;

export const serviceLinkedRoles: DoctorCheck = {
  id: 'service-linked-roles',
  title: 'Service-linked roles are there, or may be made',
  needs: ['iam:GetRole', 'iam:SimulatePrincipalPolicy', 'sts:GetCallerIdentity'],
  explain:
    'AWS makes them on first use, as the caller: without iam:CreateServiceLinkedRole the first apply of an account fails.',
  run: async (look) => {
    const spot =
      look.environment.cluster.kind === 'new' &&
      look.environment.cluster.compute.nodeGroups.some(({ capacityType }) => capacityType === 'SPOT');
    const wanted: Readonly<Record<string, string>> = {
      ...LINKED,
      ...(spot && { AWSServiceRoleForEC2Spot: 'spot.amazonaws.com' }),
    };
    const roles = await Promise.all(
      Object.entries(wanted).map(async ([name, service]) => ({ name, service, role: await look.role(name) })),
    );
    const missing = roles.filter(({ role }) => !role);
    if (missing.length === 0) return [];
    const denied = await look.denied(await principal(look), ['iam:CreateServiceLinkedRole']);
    if (denied.length === 0) return [];
    return missing.map(({ name, service }) => ({
      what: `Role ${name} is not there, and the caller may not make it`,
      seen: 'iam:GetRole; iam:SimulatePrincipalPolicy denies iam:CreateServiceLinkedRole',
      remedy: `aws iam create-service-linked-role --aws-service-name ${service}`,
    }));
  },
};

/** The ARN of a role, for a session of it. */
async function principal(look: Look): Promise<string> {
  const { arn } = await look.caller();
  const session = /:assumed-role\/([^/]+)\//.exec(arn)?.[1];
  return session === undefined ? arn : ((await look.role(session))?.Arn ?? arn);
}

/** The call by which each kind of resource is made, as far as it follows from no name. */
const MAKES: Readonly<Record<string, string>> = {
  aws_vpc: 'ec2:CreateVpc',
  aws_subnet: 'ec2:CreateSubnet',
  aws_nat_gateway: 'ec2:CreateNatGateway',
  aws_eip: 'ec2:AllocateAddress',
  aws_vpc_endpoint: 'ec2:CreateVpcEndpoint',
  aws_security_group: 'ec2:CreateSecurityGroup',
  aws_launch_template: 'ec2:CreateLaunchTemplate',
  aws_flow_log: 'ec2:CreateFlowLogs',
  aws_eks_cluster: 'eks:CreateCluster',
  aws_eks_node_group: 'eks:CreateNodegroup',
  aws_eks_addon: 'eks:CreateAddon',
  aws_eks_access_entry: 'eks:CreateAccessEntry',
  aws_eks_fargate_profile: 'eks:CreateFargateProfile',
  aws_eks_pod_identity_association: 'eks:CreatePodIdentityAssociation',
  aws_iam_role: 'iam:CreateRole',
  aws_iam_policy: 'iam:CreatePolicy',
  aws_iam_openid_connect_provider: 'iam:CreateOpenIDConnectProvider',
  aws_kms_key: 'kms:CreateKey',
  aws_cloudwatch_log_group: 'logs:CreateLogGroup',
  aws_ecr_repository: 'ecr:CreateRepository',
  aws_s3_bucket: 's3:CreateBucket',
  aws_lb: 'elasticloadbalancing:CreateLoadBalancer',
  aws_acm_certificate: 'acm:RequestCertificate',
  aws_route53_record: 'route53:ChangeResourceRecordSets',
};

export const callerPermissions: DoctorCheck = {
  id: 'caller-permissions',
  title: 'The caller may make what the stacks make',
  needs: ['iam:SimulatePrincipalPolicy', 'iam:GetRole', 'sts:GetCallerIdentity'],
  explain:
    'A policy, a boundary or a control policy of the organization denies it; Terraform would find out half way.',
  run: async (look) => {
    const { stacks } = await look.wanted();
    const actions = Object.entries(MAKES).flatMap(([type, action]) =>
      stacks.some((stack) => stack.resources(type).length > 0) ? [action] : [],
    );
    const denied = await look.denied(await principal(look), actions);
    return denied.map((action) => ({
      what: `The caller may not ${action}`,
      seen: `iam:SimulatePrincipalPolicy for ${listed([action])}`,
      remedy: 'the policies of the role that applies; bootstrap makes one that may',
    }));
  },
};
