import {
  AllocateAddressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVolumeCommand,
  CreateVpcCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AwsEnvironment } from '../../config';
import { awsClientSettings } from '../../tools/kit/aws';
import { Removal } from '../../tools/kit/inventory/removal';
import { Sandbox } from '../../tools/sandbox/sandbox';
import { survey, type Survey } from '../../tools/teardown/survey';
import { teardown } from '../../tools/teardown/teardown';
import { environment, EXISTING_NETWORK } from '../support/environments';

const REGION = 'us-east-1';
const sandbox = new Sandbox(() => undefined);
const before = { ...process.env };
let ec2: EC2Client;
let elb: ElasticLoadBalancingV2Client;
let vpc = '';
let subnets: string[] = [];
let otherGroup = '';

const tagList = (tags: Record<string, string>) =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

async function loadBalancer(Name: string, tags: Record<string, string>): Promise<string> {
  const { LoadBalancers: [made] = [] } = await elb.send(
    new CreateLoadBalancerCommand({ Name, Type: 'network', Subnets: subnets, Tags: tagList(tags) }),
  );
  await elb.send(
    new CreateTargetGroupCommand({ Name, Protocol: 'TCP', Port: 80, VpcId: vpc, Tags: tagList(tags) }),
  );
  return made?.LoadBalancerArn ?? '';
}

async function group(GroupName: string, tags: Record<string, string>): Promise<string> {
  const { GroupId = '' } = await ec2.send(
    new CreateSecurityGroupCommand({
      GroupName,
      Description: GroupName,
      VpcId: vpc,
      TagSpecifications: [{ ResourceType: 'security-group', Tags: tagList(tags) }],
    }),
  );
  return GroupId;
}

async function volume(tags: Record<string, string>): Promise<string> {
  const { VolumeId = '' } = await ec2.send(
    new CreateVolumeCommand({
      AvailabilityZone: `${REGION}a`,
      Size: 1,
      TagSpecifications: [{ ResourceType: 'volume', Tags: tagList(tags) }],
    }),
  );
  return VolumeId;
}

const taken = (of: AwsEnvironment, shown: Survey[] = []) =>
  teardown({
    environment: of,
    stacks: [],
    bootstrap: [],
    env: process.env,
    removal: new Removal(REGION, process.env, () => undefined),
    removeFinalizers: false,
    destroy: () => Promise.reject(new Error('there is no stack')),
    show: (found) => shown.push(found),
    say: () => undefined,
  });

const ids = (resources: Survey['made']) => resources.map(({ id }) => id).sort();

describe('what the controllers of a cluster have left', () => {
  const own = environment({ name: 'gone', region: REGION, network: EXISTING_NETWORK });
  const cluster = own.cluster.name;
  const made: string[] = [];
  const strangers: string[] = [];

  beforeAll(async () => {
    await sandbox.down();
    await sandbox.up({ controlPlane: false });
    const { env } = await sandbox.prepare();
    Object.assign(process.env, env);
    const settings = awsClientSettings(REGION, env);
    ec2 = new EC2Client(settings);
    elb = new ElasticLoadBalancingV2Client(settings);
    vpc = (await ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }))).Vpc?.VpcId ?? '';
    subnets = await Promise.all(
      ['a', 'b'].map(async (zone, index) => {
        const CidrBlock = `10.9.${index}.0/24`;
        const { Subnet } = await ec2.send(
          new CreateSubnetCommand({ VpcId: vpc, CidrBlock, AvailabilityZone: `${REGION}${zone}` }),
        );
        return Subnet?.SubnetId ?? '';
      }),
    );
    const ofCluster = (name: string, stack: Record<string, string>) => ({
      'elbv2.k8s.aws/cluster': name,
      ...stack,
    });
    made.push(
      await loadBalancer(
        'ingress',
        ofCluster(cluster, { 'ingress.k8s.aws/stack': `${own.workloads.namespace}/web` }),
      ),
    );
    made.push(
      await loadBalancer('foreign-service', ofCluster(cluster, { 'service.k8s.aws/stack': 'elsewhere/tcp' })),
    );
    made.push(
      await loadBalancer('gateway', ofCluster(cluster, { 'gateway.k8s.aws/stack': 'elsewhere/gate' })),
    );
    const backend = await group('backend', ofCluster(cluster, { 'elbv2.k8s.aws/resource': 'backend-sg' }));
    made.push(backend);
    made.push(await volume({ [`kubernetes.io/cluster/${cluster}`]: 'owned' }));
    const logs = new CloudWatchLogsClient(settings);
    made.push(`/aws/eks/${cluster}/cluster`);
    strangers.push(
      await loadBalancer('other-cluster', ofCluster(`${cluster}-2`, { 'ingress.k8s.aws/stack': 'shop/web' })),
    );
    strangers.push(await loadBalancer('untagged', {}));
    strangers.push(await volume({ [`kubernetes.io/cluster/${cluster}`]: 'shared' }));
    strangers.push(await volume({ [`kubernetes.io/cluster/${cluster}-2`]: 'owned' }));
    const { AllocationId = '' } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
    strangers.push(AllocationId);
    for (const name of [`/aws/eks/${cluster}/cluster`, `/aws/eks/${cluster}-2/cluster`])
      await logs.send(new CreateLogGroupCommand({ logGroupName: name }));
    otherGroup = await group('nodes', {});
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: otherGroup,
        IpPermissions: [
          { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, UserIdGroupPairs: [{ GroupId: backend }] },
        ],
      }),
    );
  });

  afterAll(async () => {
    process.env = before;
    await sandbox.down();
  });

  it('on an existing cluster is only what was made for the own namespace', async () => {
    const guest = environment({
      name: 'guest',
      region: REGION,
      network: EXISTING_NETWORK,
      cluster: { kind: 'existing', name: cluster },
    });
    const found = await survey(guest, process.env, []);
    expect(found.made.filter(({ kind }) => kind.endsWith(':loadbalancer')).map(({ id }) => id)).toEqual([
      made[0],
    ]);
    expect(found.stays.map(({ resource }) => resource.id)).toEqual(expect.arrayContaining(made.slice(1)));
  });

  it('is listed, with the rules that point at it, and nothing of others', async () => {
    const found = await survey(own, process.env, []);
    expect(ids(found.made)).toEqual(expect.arrayContaining([...made].sort()));
    for (const id of strangers) expect(ids(found.made)).not.toContain(id);
    expect(found.rules).toMatchObject([{ group: otherGroup, to: made[3] }]);
    expect(found.made).toHaveLength(made.length + 3);
  });

  it('goes, while strangers and their rules stay; a second time there is nothing to do', async () => {
    const shown: Survey[] = [];
    expect(await taken(own, shown)).toEqual([]);
    expect(ids(shown[0]?.made ?? [])).toEqual(expect.arrayContaining([...made].sort()));
    const after = await survey(own, process.env, []);
    expect(after.made).toEqual([]);
    expect(after.stays.map(({ resource }) => resource.id)).toEqual([strangers[2]]);
    const { SecurityGroupRules = [] } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [otherGroup] }] }),
    );
    expect(SecurityGroupRules.filter(({ IsEgress }) => IsEgress === false)).toEqual([]);
    expect(SecurityGroupRules.length).toBeGreaterThan(0);
    const others = await survey(
      environment({
        name: 'gone-2',
        region: REGION,
        network: EXISTING_NETWORK,
        cluster: { kind: 'new', name: `${cluster}-2` },
      }),
      process.env,
      [],
    );
    expect(ids(others.made)).toEqual(expect.arrayContaining([strangers[0], strangers[3]]));
    expect(await taken(own)).toEqual([]);
  });
});
