import { ACMClient, DescribeCertificateCommand, type CertificateDetail } from '@aws-sdk/client-acm';
import {
  DescribeAvailabilityZonesCommand,
  DescribeInstancesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
  paginateDescribeInstanceTypeOfferings,
  type AvailabilityZone,
  type Instance,
  type SecurityGroup,
  type Subnet,
  type Vpc,
} from '@aws-sdk/client-ec2';
import {
  DescribeClusterCommand,
  DescribeClusterVersionsCommand,
  DescribeNodegroupCommand,
  DescribePodIdentityAssociationCommand,
  EKSClient,
  ListPodIdentityAssociationsCommand,
  type Cluster,
  type ClusterVersionInformation,
  type Nodegroup,
  type PodIdentityAssociation,
} from '@aws-sdk/client-eks';
import {
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  SimulatePrincipalPolicyCommand,
  type GetOpenIDConnectProviderCommandOutput,
  type Role,
} from '@aws-sdk/client-iam';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type AwsEnvironment } from '../../config';
import { awsClientSettings } from '../kit/aws';
import { readMade, type MadeLoadBalancers } from '../kit/load-balancers/made';
import { environmentStacks } from '../preview/environment-stacks';
import { preview, type Preview } from '../preview/preview';
import { readStacks } from '../preview/stacks';
import { ResolvedStack } from '../preview/terraform-stack';
import { NotJudged } from './check';
import { ClusterApi, type ClusterObject } from '../kit/cluster-api';

/** What the stacks of an environment amount to, as synthesized. */
export interface Wanted {
  readonly stacks: readonly ResolvedStack[];
  readonly preview: Preview;
}

const NOT_FOUND =
  /NotFound|NoSuchEntity|ResourceNotFoundException|NoSuchResourceException|LoadBalancerNotFound/;

/** What checks see of AWS and of the cluster, each read once. */
export class Look {
  private readonly read = new Map<string, Promise<unknown>>();
  private readonly ec2: EC2Client;
  private readonly eks: EKSClient;
  private readonly iam: IAMClient;
  private readonly sts: STSClient;
  private readonly elb: ElasticLoadBalancingV2Client;
  private readonly acm: ACMClient;
  private readonly quotas: ServiceQuotasClient;

  constructor(
    readonly environment: AwsEnvironment,
    /** Day of the run, `YYYY-MM-DD`. */
    readonly today: string,
    /** What is asked instead of the ports of names, as curl's `--connect-to` takes it: `name:port:host:port`. */
    private readonly instead: readonly string[] = [],
  ) {
    const settings = awsClientSettings(environment.region);
    this.ec2 = new EC2Client(settings);
    this.eks = new EKSClient(settings);
    this.iam = new IAMClient(settings);
    this.sts = new STSClient(settings);
    this.elb = new ElasticLoadBalancingV2Client(settings);
    this.acm = new ACMClient(settings);
    this.quotas = new ServiceQuotasClient(settings);
  }

  /** Where a port of a name is asked; nothing where it is asked itself. */
  connectTo(name: string, port?: number): { readonly host: string; readonly port: number } | undefined {
    for (const [of, at, host = '', to] of this.instead.map((each) => each.split(':')))
      if (of === name && (port === undefined || Number(at) === port)) return { host, port: Number(to) };
    return undefined;
  }

  wanted(): Promise<Wanted> {
    return this.once('wanted', async () => {
      const files = await environmentStacks(this.environment.name);
      return { stacks: ResolvedStack.all(files), preview: preview(readStacks(files)) };
    });
  }

  /** @returns account and ARN of whoever asks */
  caller(): Promise<{ readonly account: string; readonly arn: string }> {
    return this.once('caller', async () => {
      const { Account: account = '', Arn: arn = '' } = await this.sts.send(new GetCallerIdentityCommand({}));
      return { account, arn };
    });
  }

  /** @returns nothing where there is no such cluster */
  findCluster(): Promise<Cluster | undefined> {
    const { name } = this.environment.cluster;
    return this.once('cluster', async () => {
      const found = await orNothing(this.eks.send(new DescribeClusterCommand({ name })));
      return found?.cluster;
    });
  }

  /** @throws {NotJudged} where there is no such cluster */
  async cluster(): Promise<Cluster> {
    const found = await this.findCluster();
    if (!found) throw new NotJudged(`there is no cluster ${this.environment.cluster.name}`);
    return found;
  }

  kubernetes(): Promise<ClusterApi> {
    return this.once('kubernetes', async () =>
      ClusterApi.of(this.environment, await this.cluster(), this.sts),
    );
  }

  /** Objects of the cluster under a path such as `/api/v1/nodes`. */
  async list<T extends ClusterObject>(path: string): Promise<readonly T[]> {
    return (await this.kubernetes()).list<T>(path);
  }

  nodeGroup(name: string): Promise<Nodegroup | undefined> {
    const clusterName = this.environment.cluster.name;
    return this.once(`nodegroup ${name}`, async () => {
      const found = await orNothing(
        this.eks.send(new DescribeNodegroupCommand({ clusterName, nodegroupName: name })),
      );
      return found?.nodegroup;
    });
  }

  versions(): Promise<readonly ClusterVersionInformation[]> {
    return this.once('versions', async () => {
      const { clusterVersions = [] } = await this.eks.send(new DescribeClusterVersionsCommand({}));
      return clusterVersions;
    });
  }

  association(namespace: string, serviceAccount: string): Promise<PodIdentityAssociation | undefined> {
    const clusterName = this.environment.cluster.name;
    return this.once(`association ${namespace}/${serviceAccount}`, async () => {
      const { associations = [] } = await this.eks.send(
        new ListPodIdentityAssociationsCommand({ clusterName, namespace, serviceAccount }),
      );
      const [{ associationId } = {}] = associations;
      if (associationId === undefined) return undefined;
      const { association } = await this.eks.send(
        new DescribePodIdentityAssociationCommand({ clusterName, associationId }),
      );
      return association;
    });
  }

  oidcProvider(arn: string): Promise<GetOpenIDConnectProviderCommandOutput | undefined> {
    return this.once(`oidc ${arn}`, () =>
      orNothing(this.iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }))),
    );
  }

  role(name: string): Promise<Role | undefined> {
    return this.once(`role ${name}`, async () => {
      const found = await orNothing(this.iam.send(new GetRoleCommand({ RoleName: name })));
      return found?.Role;
    });
  }

  /** Documents of the managed policies of a role, by their names. */
  policies(roleName: string): Promise<ReadonlyMap<string, unknown>> {
    return this.once(`policies ${roleName}`, async () => {
      const { AttachedPolicies = [] } = await this.iam.send(
        new ListAttachedRolePoliciesCommand({ RoleName: roleName }),
      );
      const documents = AttachedPolicies.map(async ({ PolicyName = '', PolicyArn }) => {
        const { Policy } = await this.iam.send(new GetPolicyCommand({ PolicyArn }));
        const { PolicyVersion } = await this.iam.send(
          new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }),
        );
        return [PolicyName, documentOf(PolicyVersion?.Document)] as const;
      });
      return new Map<string, unknown>(await Promise.all(documents));
    });
  }

  /** Those of the actions that a principal may not do. */
  async denied(principalArn: string, actions: readonly string[]): Promise<readonly string[]> {
    const { EvaluationResults = [] } = await this.iam.send(
      new SimulatePrincipalPolicyCommand({ PolicySourceArn: principalArn, ActionNames: [...actions] }),
    );
    return EvaluationResults.flatMap(({ EvalActionName = '', EvalDecision }) =>
      EvalDecision === 'allowed' ? [] : [EvalActionName],
    );
  }

  zones(): Promise<readonly AvailabilityZone[]> {
    return this.once('zones', async () => {
      const { AvailabilityZones = [] } = await this.ec2.send(new DescribeAvailabilityZonesCommand({}));
      return AvailabilityZones;
    });
  }

  /** Zones by instance type that is offered there. */
  offerings(types: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    return this.once(`offerings ${types.join()}`, async () => {
      const offered = new Map<string, string[]>(types.map((type) => [type, []]));
      const question = {
        LocationType: 'availability-zone' as const,
        Filters: [{ Name: 'instance-type', Values: [...types] }],
      };
      for await (const page of paginateDescribeInstanceTypeOfferings({ client: this.ec2 }, question))
        for (const { InstanceType = '', Location = '' } of page.InstanceTypeOfferings ?? [])
          offered.get(InstanceType)?.push(Location);
      return offered;
    });
  }

  vpcs(): Promise<readonly Vpc[]> {
    return this.once('vpcs', async () => (await this.ec2.send(new DescribeVpcsCommand({}))).Vpcs ?? []);
  }

  /** Subnets of the cluster's VPC. */
  subnets(): Promise<readonly Subnet[]> {
    return this.once('subnets', async () => {
      const Filters = await this.inVpc();
      return (await this.ec2.send(new DescribeSubnetsCommand({ Filters }))).Subnets ?? [];
    });
  }

  securityGroups(): Promise<readonly SecurityGroup[]> {
    return this.once('securityGroups', async () => {
      const Filters = await this.inVpc();
      return (await this.ec2.send(new DescribeSecurityGroupsCommand({ Filters }))).SecurityGroups ?? [];
    });
  }

  instances(ids: readonly string[]): Promise<readonly Instance[]> {
    return this.once('instances', async () => {
      const found = await this.ec2.send(new DescribeInstancesCommand({ InstanceIds: [...ids] }));
      return (found.Reservations ?? []).flatMap(({ Instances = [] }) => Instances);
    });
  }

  /** Load balancers of the cluster's controller. */
  loadBalancers(): Promise<MadeLoadBalancers> {
    const { name } = this.environment.cluster;
    return this.once('loadBalancers', async () => readMade(this.elb, name, await this.securityGroups()));
  }

  certificate(arn: string): Promise<CertificateDetail | undefined> {
    return this.once(`certificate ${arn}`, async () => {
      const found = await orNothing(this.acm.send(new DescribeCertificateCommand({ CertificateArn: arn })));
      return found?.Certificate;
    });
  }

  /** @returns nothing where AWS has no value of the account's own */
  async quota(ServiceCode: string, QuotaCode: string): Promise<number | undefined> {
    const found = await orNothing(this.quotas.send(new GetServiceQuotaCommand({ ServiceCode, QuotaCode })));
    return found?.Quota?.Value;
  }

  private async inVpc() {
    const { resourcesVpcConfig } = await this.cluster();
    return [{ Name: 'vpc-id', Values: [resourcesVpcConfig?.vpcId ?? ''] }];
  }

  private once<T>(what: string, read: () => Promise<T>): Promise<T> {
    const known = this.read.get(what) as Promise<T> | undefined;
    if (known) return known;
    const reading = read();
    this.read.set(what, reading);
    return reading;
  }
}

async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && NOT_FOUND.test(error.name)) return undefined;
    throw error;
  }
}

/** A policy document, which IAM answers encoded as a part of a URL. */
export function documentOf(encoded: string | undefined): unknown {
  return JSON.parse(decodeURIComponent(encoded ?? 'null'));
}
