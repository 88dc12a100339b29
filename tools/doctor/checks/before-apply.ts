import { delimiter, join } from 'node:path';
import { existsSync } from 'node:fs';
import { networkOf } from '../../../load-balancers/model';
import { cidrsOverlap, parseCidr } from '../../../modules/network/cidr';
import { checkTerraform } from '../../kit/terraform/terraform';
import { type DoctorCheck, type DoctorFinding, listed } from '../check';
import { account, callerPermissions, serviceLinkedRoles } from './caller';
import { quotas } from './quotas';

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
