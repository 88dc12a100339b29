import { delimiter, join } from 'node:path';
import { existsSync } from 'node:fs';
import { type AwsEnvironment } from '../../../config';
import { networkOf } from '../../../load-balancers/model';
import { cidrsOverlap, parseCidr } from '../../../modules/network/cidr';
import { checkTerraform } from '../../kit/terraform/terraform';
import { type DoctorCheck, type DoctorFinding, listed } from '../check';
import { type Look } from '../look';

const account: DoctorCheck = {
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

const zones: DoctorCheck = {
  id: 'zones',
  title: 'The Region is open, and has the zones that are asked for',
  needs: ['ec2:DescribeAvailabilityZones'],
  explain:
    'A Region that has to be opted into, a zone of another Region, or one in which EKS makes no control plane.',
  run: async (look) => {
    const { network, region, refusedZoneIds } = look.environment;
    if (network.kind === 'existing') return [];
    const available = (await look.zones()).filter(
      ({ State, ZoneId = '', ZoneType = 'availability-zone' }) =>
        State === 'available' && ZoneType === 'availability-zone' && !refusedZoneIds.includes(ZoneId),
    );
    const known = available.flatMap(({ ZoneName = '', ZoneId = '' }) => [ZoneName, ZoneId]);
    const missing =
      typeof network.zones === 'number'
        ? available.length < network.zones
          ? [`${network.zones} zones, and ${region} has ${available.length}`]
          : []
        : network.zones.filter((zone) => !known.includes(zone));
    return missing.map((zone) => ({
      what: `${region} lacks ${zone}`,
      seen: `ec2:DescribeAvailabilityZones answers ${listed(known)}`,
      remedy: 'network.zones',
    }));
  },
};

const instanceTypes: DoctorCheck = {
  id: 'instance-types',
  title: 'Instance types are offered in each zone',
  needs: ['ec2:DescribeInstanceTypeOfferings', 'ec2:DescribeAvailabilityZones'],
  explain:
    'Newer and older families are not in every zone; a node group whose types are in none of its zones gets no node.',
  run: async (look) => {
    const { cluster, network } = look.environment;
    if (cluster.kind === 'existing' || network.kind === 'existing') return [];
    const groups = cluster.compute.nodeGroups;
    const offered = await look.offerings(
      [...new Set(groups.flatMap(({ instanceTypes }) => instanceTypes))].sort(),
    );
    const all = (await look.zones()).map(({ ZoneName = '', ZoneId = '' }) => ({ ZoneName, ZoneId }));
    const names = (wanted: readonly string[]) =>
      all
        .filter(({ ZoneName, ZoneId }) => wanted.includes(ZoneName) || wanted.includes(ZoneId))
        .map(({ ZoneName }) => ZoneName);
    const used =
      typeof network.zones === 'number'
        ? all.slice(0, network.zones).map(({ ZoneName }) => ZoneName)
        : names(network.zones);
    return groups.flatMap(({ name, instanceTypes, zones: own }) =>
      (own ? names(own) : used).flatMap((zone): DoctorFinding[] => {
        if (instanceTypes.some((type) => offered.get(type)?.includes(zone))) return [];
        return [
          {
            what: `Node group ${name} gets no node in ${zone}: none of ${listed(instanceTypes)} is offered there`,
            seen: 'ec2:DescribeInstanceTypeOfferings',
            remedy: 'cluster.compute.nodeGroups[].instanceTypes or zones',
          },
        ];
      }),
    );
  },
};

const kubernetesVersion: DoctorCheck = {
  id: 'kubernetes-version',
  title: 'EKS offers the Kubernetes version, in standard support',
  needs: ['eks:DescribeClusterVersions'],
  explain: 'Versions leave standard support after fourteen months; extended support costs six times as much.',
  run: async (look) => {
    const { cluster } = look.environment;
    if (cluster.kind === 'existing') return [];
    const versions = await look.versions();
    const found = versions.find(({ clusterVersion }) => clusterVersion === cluster.kubernetesVersion);
    const status = found?.versionStatus ?? found?.status?.toUpperCase().replaceAll('-', '_');
    if (
      status === 'STANDARD_SUPPORT' ||
      (status === 'EXTENDED_SUPPORT' && cluster.upgradePolicy === 'EXTENDED')
    )
      return [];
    return [
      {
        what: `Kubernetes ${cluster.kubernetesVersion} is ${status ?? 'not offered'}`,
        seen: `eks:DescribeClusterVersions has ${listed(versions.map(({ clusterVersion = '' }) => clusterVersion))}`,
        remedy: "cluster.kubernetesVersion, or cluster.upgradePolicy: 'EXTENDED'",
      },
    ];
  },
};

const cidrCollisions: DoctorCheck = {
  id: 'cidr-collisions',
  title: 'No other VPC of the Region has addresses of this one',
  needs: ['ec2:DescribeVpcs'],
  explain: 'VPCs whose networks overlap can never be peered, and the network of a VPC stays what it is.',
  run: async (look) => {
    const { network, project, name } = look.environment;
    if (network.kind === 'existing') return [];
    const wanted = networkOf(network.cidr);
    return (await look.vpcs()).flatMap(
      ({ VpcId = '', CidrBlock = '', IsDefault, Tags = [] }): DoctorFinding[] => {
        const called = Tags.find(({ Key }) => Key === 'Name')?.Value;
        // The default VPC of every account has one network, and nobody peers it.
        if (IsDefault || called === `${project}-${name}`) return [];
        const other = networkOf(CidrBlock);
        if (!wanted || !other || !overlaps(network.cidr, CidrBlock)) return [];
        return [
          {
            what: `VPC ${called ?? VpcId} has ${CidrBlock}, which overlaps ${network.cidr}`,
            seen: `ec2:DescribeVpcs, ${VpcId}`,
            remedy: 'network.cidr: a network that nobody has',
          },
        ];
      },
    );
  },
};

/** Whether two IPv4 networks share an address. */
export function overlaps(one: string, other: string): boolean {
  return cidrsOverlap(parseCidr(one), parseCidr(other));
}

const LINKED = {
  AWSServiceRoleForAmazonEKS: 'eks.amazonaws.com',
  AWSServiceRoleForAmazonEKSNodegroup: 'eks-nodegroup.amazonaws.com',
  AWSServiceRoleForElasticLoadBalancing: 'elasticloadbalancing.amazonaws.com',
} as const;

const serviceLinkedRoles: DoctorCheck = {
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

const callerPermissions: DoctorCheck = {
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

const tools: DoctorCheck = {
  id: 'tools',
  title: 'Terraform, and the AWS CLI where it gives the providers their token, are on this machine',
  needs: [],
  explain:
    'Terraform is missing or too old; with clusterCredentials aws-cli the addons stack calls aws eks get-token.',
  run: async (look) => {
    const findings: DoctorFinding[] = [];
    try {
      await checkTerraform(process.env);
    } catch (error) {
      findings.push({
        what: error instanceof Error ? error.message : String(error),
        seen: 'terraform version',
        remedy: 'install Terraform, or set TERRAFORM_BINARY_NAME',
      });
    }
    const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
    if (
      look.environment.clusterCredentials.type === 'aws-cli' &&
      !folders.some((folder) => existsSync(join(folder, process.platform === 'win32' ? 'aws.exe' : 'aws')))
    )
      findings.push({
        what: 'The AWS CLI is not on this machine',
        seen: 'no folder of PATH has it',
        remedy: 'install it, or choose another of clusterCredentials',
      });
    return findings;
  },
};

/** What an environment uses of a quota, and what of it others use. */
interface QuotaUse {
  readonly what: string;
  readonly service: string;
  readonly code: string;
  readonly need: (environment: AwsEnvironment) => number;
  /** @default - not looked at */
  readonly used?: (look: Look) => Promise<number>;
}

const QUOTAS: readonly QuotaUse[] = [
  {
    what: 'VPCs per Region',
    service: 'vpc',
    code: 'L-F678F1CE',
    need: ({ network }) => (network.kind === 'new' ? 1 : 0),
    used: async (look) => {
      const { project, name } = look.environment;
      const own = `${project}-${name}`;
      const all = await look.vpcs();
      return all.filter(({ Tags = [] }) => !Tags.some(({ Key, Value }) => Key === 'Name' && Value === own))
        .length;
    },
  },
  {
    what: 'Elastic IP addresses',
    service: 'ec2',
    code: 'L-0263D0A3',
    need: ({ network }) => {
      if (network.kind === 'existing' || network.nat === 'none') return 0;
      if (network.nat === 'single') return 1;
      return typeof network.zones === 'number' ? network.zones : network.zones.length;
    },
  },
  {
    what: 'EKS clusters',
    service: 'eks',
    code: 'L-1194D53C',
    need: ({ cluster }) => (cluster.kind === 'new' ? 1 : 0),
  },
];

const quotas: DoctorCheck = {
  id: 'quotas',
  title: 'Quotas of the account leave room',
  needs: ['servicequotas:GetServiceQuota', 'ec2:DescribeVpcs'],
  explain: 'A new account has five VPCs and five addresses in a Region.',
  run: async (look) => {
    const findings: DoctorFinding[] = [];
    for (const { what, service, code, need, used } of QUOTAS) {
      const needed = need(look.environment);
      if (needed === 0) continue;
      const [limit, taken] = [await look.quota(service, code), (await used?.(look)) ?? 0];
      if (limit === undefined || taken + needed <= limit) continue;
      findings.push({
        what: `${what}: ${limit} are allowed, ${taken} are in use, ${needed} more are needed`,
        seen: `servicequotas:GetServiceQuota ${code}`,
        remedy: `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${taken + needed}`,
      });
    }
    return findings;
  },
};

/** What has to hold before the first apply; none stands on another. */
export const BEFORE_APPLY: readonly DoctorCheck[] = [
  tools,
  account,
  zones,
  instanceTypes,
  kubernetesVersion,
  cidrCollisions,
  quotas,
  serviceLinkedRoles,
  callerPermissions,
];
