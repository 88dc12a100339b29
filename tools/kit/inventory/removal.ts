import { CloudWatchLogsClient, DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteEgressOnlyInternetGatewayCommand,
  DeleteFlowLogsCommand,
  DeleteInternetGatewayCommand,
  DeleteLaunchTemplateCommand,
  DeleteNatGatewayCommand,
  DeleteNetworkInterfaceCommand,
  DeleteRouteTableCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteVolumeCommand,
  DeleteVpcCommand,
  DeleteVpcEndpointsCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DetachInternetGatewayCommand,
  DisassociateRouteTableCommand,
  EC2Client,
  ReleaseAddressCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { DeleteRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  DeleteClusterCommand,
  DeleteNodegroupCommand,
  EKSClient,
  ListNodegroupsCommand,
} from '@aws-sdk/client-eks';
import {
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  DeleteOpenIDConnectProviderCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListInstanceProfilesForRoleCommand,
  ListRolePoliciesCommand,
  RemoveRoleFromInstanceProfileCommand,
} from '@aws-sdk/client-iam';
import { awsClientSettings } from '../aws';
import { checkInterrupted, sleep } from '../process';
import { type TaggedResource } from './tagged-resource';

/** AWS lets go of network interfaces minutes after what they belonged to is gone. */
const PATIENCE_MS = 20 * 60 * 1000;
const PAUSE_MS = 3000;

/** What is not deleted here, and what a person does instead. */
export const LEFT_TO_PEOPLE: Readonly<Record<string, (id: string) => string>> = {
  'kms:key': (id) =>
    `aws kms schedule-key-deletion --key-id ${id}: what it encrypts can't be read after that`,
  's3:bucket': (id) => `aws s3 rb s3://${id}, once nobody needs what is in it`,
};

type Remove = (id: string) => Promise<unknown>;

/** Deletes what stands alone in AWS, what others stand on last; what is in use still is asked for again. */
export class Removal {
  private readonly steps: readonly (readonly [kind: string, remove: Remove])[];

  constructor(
    region: string,
    env: NodeJS.ProcessEnv,
    private readonly say: (text: string) => void,
  ) {
    const settings = awsClientSettings(region, env);
    const ec2 = new EC2Client(settings);
    const elb = new ElasticLoadBalancingV2Client(settings);
    const iam = new IAMClient(settings);
    const eks = new EKSClient(settings);
    const logs = new CloudWatchLogsClient(settings);
    const ecr = new ECRClient(settings);
    this.steps = [
      [
        'elasticloadbalancing:loadbalancer',
        (LoadBalancerArn) => elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn })),
      ],
      [
        'elasticloadbalancing:targetgroup',
        (TargetGroupArn) => elb.send(new DeleteTargetGroupCommand({ TargetGroupArn })),
      ],
      ['eks:nodegroup', (id) => deleteNodeGroup(eks, id)],
      ['eks:cluster', (name) => deleteCluster(eks, name)],
      ['ec2:instance', (id) => ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }))],
      ['ec2:vpc-flow-log', (id) => ec2.send(new DeleteFlowLogsCommand({ FlowLogIds: [id] }))],
      ['ec2:natgateway', (id) => deleteNatGateway(ec2, id)],
      ['ec2:vpc-endpoint', (id) => ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }))],
      ['ec2:elastic-ip', (AllocationId) => ec2.send(new ReleaseAddressCommand({ AllocationId }))],
      [
        'ec2:network-interface',
        (NetworkInterfaceId) => ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId })),
      ],
      ['ec2:volume', (VolumeId) => ec2.send(new DeleteVolumeCommand({ VolumeId }))],
      [
        'ec2:launch-template',
        (LaunchTemplateId) => ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateId })),
      ],
      ['ec2:security-group', (id) => deleteSecurityGroup(ec2, id)],
      ['ec2:subnet', (SubnetId) => ec2.send(new DeleteSubnetCommand({ SubnetId }))],
      ['ec2:route-table', (id) => deleteRouteTable(ec2, id)],
      ['ec2:internet-gateway', (id) => deleteInternetGateway(ec2, id)],
      [
        'ec2:egress-only-internet-gateway',
        (id) => ec2.send(new DeleteEgressOnlyInternetGatewayCommand({ EgressOnlyInternetGatewayId: id })),
      ],
      ['ec2:vpc', (VpcId) => ec2.send(new DeleteVpcCommand({ VpcId }))],
      ['logs:log-group', (logGroupName) => logs.send(new DeleteLogGroupCommand({ logGroupName }))],
      // Without force: a repository with images in it stays.
      ['ecr:repository', (repositoryName) => ecr.send(new DeleteRepositoryCommand({ repositoryName }))],
      ['iam:role', (name) => deleteRole(iam, name)],
      ['iam:policy', (PolicyArn) => iam.send(new DeletePolicyCommand({ PolicyArn }))],
      [
        'iam:oidc-provider',
        (arn) => iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn })),
      ],
    ];
  }

  /** In the order in which they can go; what is deleted with another is left out. */
  ordered(resources: readonly TaggedResource[]): TaggedResource[] {
    return this.steps.flatMap(([kind]) => resources.filter((each) => each.kind === kind));
  }

  /** What nobody here can delete: its kind is not known, or it is left to people. */
  others(resources: readonly TaggedResource[]): TaggedResource[] {
    return resources.filter(
      ({ kind }) => kind !== 'ec2:security-group-rule' && !this.steps.some(([each]) => each === kind),
    );
  }

  /** Deletes them. It can be stopped anywhere, and goes on when it is called again. Answers why some could not be deleted. */
  async remove(resources: readonly TaggedResource[]): Promise<string[]> {
    let left = this.ordered(resources);
    let deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const reasons: string[] = [];
      const still: TaggedResource[] = [];
      for (const resource of left) {
        checkInterrupted();
        const reason = await this.attempt(resource);
        if (reason === undefined) continue;
        still.push(resource);
        reasons.push(`${resource.kind} ${resource.id}: ${reason.words}`);
        // What AWS refuses for good doesn't come free by waiting.
        if (!reason.isWait) still.pop();
        if (!reason.isWait) this.refused.push(reasons.at(-1) ?? '');
      }
      if (still.length === 0) return this.refused.splice(0);
      if (still.length < left.length) deadline = Date.now() + PATIENCE_MS;
      if (Date.now() > deadline) return [...this.refused.splice(0), ...reasons];
      left = still;
      this.say(`waiting until AWS lets go of ${still.map(({ id }) => id).join(', ')}`);
      await sleep(PAUSE_MS);
    }
  }

  private readonly refused: string[] = [];

  private async attempt({
    kind,
    id,
  }: TaggedResource): Promise<{ readonly words: string; readonly isWait: boolean } | undefined> {
    const remove = this.steps.find(([each]) => each === kind)?.[1];
    try {
      await remove?.(id);
      this.say(`deleted ${kind} ${id}`);
      return undefined;
    } catch (error) {
      const { name, message } = error as Error;
      if (/NotFound|NoSuchEntity|DoesNotExist|\.NotFound$/.test(name)) return undefined;
      return { words: message, isWait: /Dependency|InUse|IncorrectState|Conflict|Gone soon/i.test(name) };
    }
  }
}

/** What is on its way out, and holds others until it is gone. */
class InUseStill extends Error {
  override readonly name = 'InUse';
}

async function deleteNatGateway(ec2: EC2Client, id: string): Promise<void> {
  const { NatGateways: [gateway] = [] } = await ec2.send(
    new DescribeNatGatewaysCommand({ NatGatewayIds: [id] }),
  );
  if (gateway?.State === 'deleted' || gateway === undefined) return;
  if (gateway.State !== 'deleting') await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: id }));
}

/** Rules of other groups that name it are taken away first: they keep it. */
async function deleteSecurityGroup(ec2: EC2Client, GroupId: string): Promise<void> {
  for (const filter of ['group-id', 'referenced-group-info.group-id']) {
    const { SecurityGroupRules = [] } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: filter, Values: [GroupId] }] }),
    );
    for (const {
      GroupId: of = '',
      SecurityGroupRuleId: id = '',
      IsEgress,
      ReferencedGroupInfo,
    } of SecurityGroupRules) {
      // The filter by reference is not everybody's: rules that don't name the group stay.
      const names = of === GroupId || ReferencedGroupInfo?.GroupId === GroupId;
      if (!names) continue;
      const input = { GroupId: of, SecurityGroupRuleIds: [id] };
      await (IsEgress
        ? ec2.send(new RevokeSecurityGroupEgressCommand(input))
        : ec2.send(new RevokeSecurityGroupIngressCommand(input)));
    }
  }
  await ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
}

async function deleteRouteTable(ec2: EC2Client, RouteTableId: string): Promise<void> {
  const { RouteTables: [table] = [] } = await ec2.send(
    new DescribeRouteTablesCommand({ RouteTableIds: [RouteTableId] }),
  );
  for (const { RouteTableAssociationId: AssociationId, Main } of table?.Associations ?? [])
    if (Main !== true) await ec2.send(new DisassociateRouteTableCommand({ AssociationId }));
  await ec2.send(new DeleteRouteTableCommand({ RouteTableId }));
}

async function deleteInternetGateway(ec2: EC2Client, InternetGatewayId: string): Promise<void> {
  const { InternetGateways: [gateway] = [] } = await ec2.send(
    new DescribeInternetGatewaysCommand({ InternetGatewayIds: [InternetGatewayId] }),
  );
  for (const { VpcId } of gateway?.Attachments ?? [])
    await ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId }));
  await ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId }));
}

async function deleteNodeGroup(eks: EKSClient, id: string): Promise<void> {
  const [clusterName, nodegroupName] = id.split('/');
  await eks.send(new DeleteNodegroupCommand({ clusterName, nodegroupName }));
}

async function deleteCluster(eks: EKSClient, name: string): Promise<void> {
  const { nodegroups = [] } = await eks.send(new ListNodegroupsCommand({ clusterName: name }));
  for (const nodegroupName of nodegroups) {
    await eks
      .send(new DeleteNodegroupCommand({ clusterName: name, nodegroupName }))
      .catch((error: unknown) => {
        if ((error as Error).name !== 'ResourceInUseException') throw error;
      });
  }
  if (nodegroups.length > 0) throw new InUseStill(`its node groups ${nodegroups.join(', ')} go first`);
  await eks.send(new DeleteClusterCommand({ name }));
}

async function deleteRole(iam: IAMClient, RoleName: string): Promise<void> {
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  for (const { PolicyArn } of AttachedPolicies)
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  for (const PolicyName of PolicyNames) await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  const { InstanceProfiles = [] } = await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName }));
  for (const { InstanceProfileName } of InstanceProfiles)
    await iam.send(new RemoveRoleFromInstanceProfileCommand({ RoleName, InstanceProfileName }));
  await iam.send(new DeleteRoleCommand({ RoleName }));
}
