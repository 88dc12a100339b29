import { DescribeSecurityGroupRulesCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  EKSClient,
  ListNodegroupsCommand,
  ListPodIdentityAssociationsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-eks';
import { awsClientSettings } from '../kit/aws';
import { type TaggedResource } from '../kit/inventory/tagged-resource';
import { type ImportAccount } from './import-ids';

export interface ImportAccountProps {
  readonly region: string;
  readonly partition: string;
  readonly account: string;
  readonly tagged: readonly TaggedResource[];
  readonly env: NodeJS.ProcessEnv;
}

/** Looks up what neither tags nor names tell. */
export async function importAccount(props: ImportAccountProps): Promise<ImportAccount> {
  const settings = awsClientSettings(props.region, props.env);
  const ec2 = new EC2Client(settings);
  const eks = new EKSClient(settings);
  return {
    partition: props.partition,
    account: props.account,
    tagged: await fullestFirst(props.tagged, ec2),
    nodeGroups: (clusterName) =>
      orNone(async () => (await eks.send(new ListNodegroupsCommand({ clusterName }))).nodegroups ?? []),
    podIdentities: (clusterName, namespace, serviceAccount) =>
      orNone(async () => {
        const command = new ListPodIdentityAssociationsCommand({ clusterName, namespace, serviceAccount });
        return ((await eks.send(command)).associations ?? []).map(({ associationId = '' }) => associationId);
      }),
    securityGroupRules: async (group) => {
      const command = new DescribeSecurityGroupRulesCommand({
        Filters: [{ Name: 'group-id', Values: [group] }],
      });
      const { SecurityGroupRules = [] } = await ec2.send(command);
      return SecurityGroupRules.map((rule) => ({
        id: rule.SecurityGroupRuleId ?? '',
        is_egress: rule.IsEgress ?? false,
        ip_protocol: rule.IpProtocol,
        // All ports are -1 there, and nothing here.
        from_port: rule.IpProtocol === '-1' ? undefined : rule.FromPort,
        to_port: rule.IpProtocol === '-1' ? undefined : rule.ToPort,
        cidr_ipv4: rule.CidrIpv4,
        cidr_ipv6: rule.CidrIpv6,
        prefix_list_id: rule.PrefixListId,
        referenced_security_group_id: rule.ReferencedGroupInfo?.GroupId,
      }));
    },
  };
}

/** Of several networks of one name the one with the most in it is tried first. */
async function fullestFirst(
  tagged: readonly TaggedResource[],
  ec2: EC2Client,
): Promise<readonly TaggedResource[]> {
  const networks = tagged.filter(({ kind }) => kind === 'ec2:vpc').map(({ id }) => id);
  if (networks.length < 2) return tagged;
  const { Subnets = [] } = await ec2.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: 'vpc-id', Values: networks }] }),
  );
  const size = ({ id }: TaggedResource) => Subnets.filter(({ VpcId }) => VpcId === id).length;
  return [...tagged].sort((a, b) => size(b) - size(a));
}

async function orNone(list: () => Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await list();
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return [];
    throw error;
  }
}
