import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { stripVTControlCharacters } from 'node:util';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeFlowLogsCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  DescribeAddonCommand,
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  EKSClient,
  ListAccessEntriesCommand,
  ListAddonsCommand,
  ListAssociatedAccessPoliciesCommand,
  ListClustersCommand,
  ListNodegroupsCommand,
} from '@aws-sdk/client-eks';
import {
  GetRoleCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolesCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run } from '../../tools/kit/process';
import { PROJECT, stateFolder } from '../../tools/kit/project';
import { type StackReport } from '../../tools/sandbox/report';
import { Sandbox } from '../../tools/sandbox/sandbox';

const CLUSTER = 'eks-ingress-sandbox';
const FLAGS = ['--auto-approve'];
const sandbox = new Sandbox(() => undefined);

function settings() {
  const { AWS_ENDPOINT_URL: endpoint = '', AWS_CA_BUNDLE: certificate = '' } = sandbox.environment();
  return {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: { httpsAgent: new Agent({ ca: readFileSync(certificate) }) },
  };
}

/** Runs `npm run <command> -- <args>` as a person would who has the sandbox's environment. */
async function npmRun(command: string, ...args: string[]): Promise<{ code: number | null; text: string }> {
  const { env } = await sandbox.prepare();
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', command, '--', ...args], {
      cwd: PROJECT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => (text += part.toString()));
    child.on('close', (code) => {
      resolve({ code, text: stripVTControlCharacters(text) });
    });
  });
}

/** Everything in order; each step stands on the one before it. */
describe('the sandbox', () => {
  let ec2: EC2Client;
  let eks: EKSClient;
  let iam: IAMClient;
  let logs: CloudWatchLogsClient;
  let ecr: ECRClient;

  beforeAll(async () => {
    await sandbox.down();
    // The stacks that need Kubernetes are those of the chain's test.
    await sandbox.up({ controlPlane: false });
    ec2 = new EC2Client(settings());
    eks = new EKSClient(settings());
    iam = new IAMClient(settings());
    logs = new CloudWatchLogsClient(settings());
    ecr = new ECRClient(settings());
  });

  afterAll(() => sandbox.down());

  it('is not started twice', async () => {
    await expect(sandbox.up()).rejects.toThrow('is up already');
  });

  it('reports a stack whose producer is not applied, with the reason', async () => {
    const [report] = await sandbox.deploy('sandbox-cluster');
    expect(report).toMatchObject({ state: 'not applied', reason: 'sandbox-network is not applied' });
    const { code, text } = await npmRun('deploy', 'sandbox-cluster', ...FLAGS);
    expect(text).toContain('npm run deploy -- sandbox-network');
    expect(code).toBe(1);
  });

  it('deploys the network by itself, with npm run deploy', async () => {
    const { code, text } = await npmRun('deploy', 'sandbox-network', ...FLAGS);
    expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining('vpc_id') });
    const { Vpcs = [] } = await ec2.send(
      new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['false'] }] }),
    );
    expect(Vpcs.map(({ CidrBlock }) => CidrBlock)).toEqual(['10.0.0.0/16']);
    expect(text).toContain(Vpcs[0]?.VpcId);
    expect((await eks.send(new ListClustersCommand())).clusters).toEqual([]);
  });

  it('deploys the network with the plain CLI too, after a synth of every environment', async () => {
    const { env } = await sandbox.prepare();
    const { code: synthesized } = await run('npm', ['run', 'synth'], { cwd: PROJECT, env });
    expect(synthesized).toBe(0);
    const { code, stdout, stderr } = await run(
      'npx',
      ['cdktf', 'deploy', 'sandbox-network', '--auto-approve', '--skip-provider-lock'],
      { cwd: PROJECT, env },
    );
    const text = stdout + stderr;
    expect({ code, text }).toMatchObject({ code: 0, text: expect.stringMatching(/No changes|0 to destroy/) });
    expect(text).not.toContain('ENOENT');
  });

  it('shows what the cluster would add, with npm run diff, and makes nothing', async () => {
    const { code, text } = await npmRun('diff', 'sandbox-cluster');
    expect({ code, text }).toMatchObject({
      code: 0,
      text: expect.stringMatching(/Plan: \d+ to add, 0 to change, 0 to destroy/),
    });
    expect((await eks.send(new ListClustersCommand())).clusters).toEqual([]);
  });

  describe('after the rest is deployed', () => {
    let reports: StackReport[];
    const outputs = (stack: string) =>
      reports.find((report) => report.stack === `sandbox-${stack}`)?.outputs ?? {};
    const subnetsOf = async (ids: unknown) =>
      (await ec2.send(new DescribeSubnetsCommand({ SubnetIds: ids as string[] }))).Subnets ?? [];

    const trusted = async (arn = '') => {
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: arn.split('/').at(-1) }));
      const { Statement } = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')) as {
        Statement: { Principal: unknown }[];
      };
      return Statement.map(({ Principal }) => Principal);
    };

    beforeAll(async () => {
      reports = await sandbox.deploy();
    });

    it('has applied network and cluster, and never calls done what it did not apply', () => {
      expect(reports.map(({ stack }) => stack)).toEqual(
        ['network', 'cluster', 'addons', 'workloads'].map((name) => `sandbox-${name}`),
      );
      expect(reports.slice(0, 2).map(({ state }) => state)).toEqual(['applied', 'applied']);
      for (const { state, reason, resources } of reports.slice(2)) {
        if (state === 'applied') expect(resources).toBeGreaterThan(0);
        else expect(reason).toMatch(/\w/);
      }
    });

    it.each([
      ['private', 'kubernetes.io/role/internal-elb'],
      ['public', 'kubernetes.io/role/elb'],
    ])('tags the %s subnets, one in each of two zones, for discovery', async (tier, tag) => {
      const subnets = await subnetsOf(outputs('network')[`${tier}_subnet_ids`]);
      expect(new Set(subnets.map(({ AvailabilityZone }) => AvailabilityZone)).size).toBe(2);
      for (const { Tags = [], MapPublicIpOnLaunch = false } of subnets) {
        expect(MapPublicIpOnLaunch).toBe(false);
        expect(Tags).toContainEqual({ Key: tag, Value: '1' });
        expect(Tags.map(({ Key }) => Key)).toContain(`kubernetes.io/cluster/${CLUSTER}`);
      }
    });

    it('routes every private subnet through a NAT gateway that is there', async () => {
      const { NatGateways = [] } = await ec2.send(new DescribeNatGatewaysCommand());
      const available = NatGateways.filter(({ State }) => State === 'available').map(
        ({ NatGatewayId }) => NatGatewayId,
      );
      for (const id of outputs('network').private_subnet_ids as string[]) {
        const filter = { Name: 'association.subnet-id', Values: [id] };
        const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ Filters: [filter] }));
        const route = RouteTables.flatMap(({ Routes = [] }) => Routes).find(
          ({ DestinationCidrBlock }) => DestinationCidrBlock === '0.0.0.0/0',
        );
        expect(available).toContain(route?.NatGatewayId);
      }
    });

    it('has the cluster in the private subnets, with its log group, add-ons and nodes', async () => {
      const { cluster } = await eks.send(new DescribeClusterCommand({ name: CLUSTER }));
      expect(cluster?.encryptionConfig?.[0]?.provider?.keyArn).toMatch(
        /^arn:aws:kms:us-east-1:111122223333:key\//,
      );
      expect(cluster?.resourcesVpcConfig?.subnetIds).toEqual(
        expect.arrayContaining(outputs('network').private_subnet_ids as string[]),
      );
      expect(cluster?.accessConfig?.authenticationMode).toBe('API');
      const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
      expect(logGroups.map(({ logGroupName }) => logGroupName)).toContain(`/aws/eks/${CLUSTER}/cluster`);
      const { addons = [] } = await eks.send(new ListAddonsCommand({ clusterName: CLUSTER }));
      expect(addons).toEqual(
        expect.arrayContaining(['coredns', 'eks-pod-identity-agent', 'kube-proxy', 'vpc-cni']),
      );
      const { nodegroups = [] } = await eks.send(new ListNodegroupsCommand({ clusterName: CLUSTER }));
      expect(nodegroups).toHaveLength(1);
      const { nodegroup } = await eks.send(
        new DescribeNodegroupCommand({ clusterName: CLUSTER, nodegroupName: nodegroups[0] }),
      );
      expect(nodegroup?.scalingConfig).toEqual({ minSize: 1, desiredSize: 2, maxSize: 3 });
      expect(nodegroup?.subnets?.toSorted()).toEqual(
        (outputs('network').private_subnet_ids as string[]).toSorted(),
      );
      const { addon } = await eks.send(
        new DescribeAddonCommand({ clusterName: CLUSTER, addonName: 'vpc-cni' }),
      );
      expect(addon?.addonVersion).toMatch(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/);
    });

    it('keeps traffic to AWS inside the VPC and logs its flows', async () => {
      const { VpcEndpoints = [] } = await ec2.send(new DescribeVpcEndpointsCommand());
      expect(
        VpcEndpoints.map(({ ServiceName = '' }) =>
          ServiceName.replace(/^com\.amazonaws\.us-east-1\./, ''),
        ).sort(),
      ).toEqual(['dynamodb', 'ecr.api', 'ecr.dkr', 's3', 'sts']);
      const { FlowLogs = [] } = await ec2.send(new DescribeFlowLogsCommand());
      expect(FlowLogs.map(({ ResourceId }) => ResourceId)).toEqual([outputs('network').vpc_id]);
    });

    it('has repositories of the services only where the stack that makes them is applied', async () => {
      const { repositories = [] } = await ecr.send(new DescribeRepositoriesCommand());
      const addons = reports.find(({ stack }) => stack === 'sandbox-addons');
      expect(repositories.map(({ repositoryName }) => repositoryName)).toHaveLength(
        addons?.state === 'applied' ? 1 : 0,
      );
    });

    it('refuses to destroy what others are built on', async () => {
      const { code, text } = await npmRun('destroy', 'sandbox-network', ...FLAGS);
      expect(text).toContain('npm run destroy -- sandbox-cluster');
      expect(code).toBe(1);
    });

    it('lets in the administrators of the environment and nobody as its creator', async () => {
      const admin = 'arn:aws:iam::111122223333:role/sandbox-admin';
      const { accessEntries = [] } = await eks.send(new ListAccessEntriesCommand({ clusterName: CLUSTER }));
      expect(accessEntries).toContain(admin);
      expect(accessEntries.filter((entry) => entry.endsWith(':root'))).toEqual([]);
      const { associatedAccessPolicies = [] } = await eks.send(
        new ListAssociatedAccessPoliciesCommand({ clusterName: CLUSTER, principalArn: admin }),
      );
      expect(associatedAccessPolicies.map(({ policyArn }) => policyArn)).toEqual([
        'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
      ]);
      const viewer = 'arn:aws:iam::111122223333:role/sandbox-viewer';
      const of = await eks.send(
        new ListAssociatedAccessPoliciesCommand({ clusterName: CLUSTER, principalArn: viewer }),
      );
      expect(
        of.associatedAccessPolicies?.map(({ policyArn, accessScope }) => [policyArn, accessScope]),
      ).toEqual([
        [
          'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
          { type: 'namespace', namespaces: ['shop'] },
        ],
      ]);
    });

    it('has roles that only the service they are for can assume', async () => {
      const { cluster } = await eks.send(new DescribeClusterCommand({ name: CLUSTER }));
      const { nodegroups = [] } = await eks.send(new ListNodegroupsCommand({ clusterName: CLUSTER }));
      const { nodegroup } = await eks.send(
        new DescribeNodegroupCommand({ clusterName: CLUSTER, nodegroupName: nodegroups[0] }),
      );
      expect(await trusted(cluster?.roleArn)).toEqual([{ Service: 'eks.amazonaws.com' }]);
      expect(await trusted(nodegroup?.nodeRole)).toEqual([{ Service: 'ec2.amazonaws.com' }]);
      const { AttachedPolicies = [] } = await iam.send(
        new ListAttachedRolePoliciesCommand({ RoleName: nodegroup?.nodeRole?.split('/').at(-1) }),
      );
      expect(AttachedPolicies.map(({ PolicyName }) => PolicyName)).toContain('AmazonEKSWorkerNodePolicy');
    });

    it('changes nothing when planned again', async () => {
      await expect(sandbox.verify()).resolves.toBeUndefined();
    });

    it('shows what is there', async () => {
      const [network] = await sandbox.status();
      expect(network).toMatchObject({ state: 'applied', outputs: outputs('network') });
    });

    it('leaves nothing in AWS when destroyed', async () => {
      await sandbox.destroy();
      const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand());
      expect(Vpcs.filter(({ IsDefault }) => !IsDefault)).toEqual([]);
      expect((await eks.send(new ListClustersCommand())).clusters).toEqual([]);
      const { Roles = [] } = await iam.send(new ListRolesCommand());
      expect(Roles.filter(({ RoleName = '' }) => RoleName.startsWith('eks-ingress'))).toEqual([]);
      const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
      expect(logGroups).toEqual([]);
      expect((await ecr.send(new DescribeRepositoriesCommand())).repositories).toEqual([]);
      const { NatGateways = [] } = await ec2.send(new DescribeNatGatewaysCommand());
      expect(NatGateways.filter(({ State }) => State !== 'deleted')).toEqual([]);
      expect((await ec2.send(new DescribeVpcEndpointsCommand())).VpcEndpoints ?? []).toEqual([]);
    });

    it('leaves nothing on the machine when taken down', async () => {
      const state = stateFolder(sandbox.stacks());
      await sandbox.down();
      expect(state && existsSync(state)).toBe(false);
      expect(existsSync(`${sandbox.folder}/emulator`)).toBe(false);
      expect(() => sandbox.environment()).toThrow('the sandbox is not up');
    });
  });
});
