import { CloudWatchLogsClient, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeSecurityGroupRulesCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  DescribeClusterCommand,
  EKSClient,
  ResourceNotFoundException,
  type Cluster,
} from '@aws-sdk/client-eks';
import {
  DescribeLoadBalancerAttributesCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { STSClient } from '@aws-sdk/client-sts';
import { type AwsEnvironment } from '../../config';
import { awsClientSettings } from '../kit/aws';
import { ClusterApi } from '../kit/cluster-api';
import { Inventory } from '../kit/inventory/inventory';
import { CLUSTER_TAGS, type TaggedResource } from '../kit/inventory/tagged-resource';
import { type Finalizers, readFinalizers } from './finalizers';

/** A rule of another security group that names one of ours, and keeps it. */
export interface PointingRule {
  readonly id: string;
  readonly group: string;
  readonly to: string;
}

/** What AWS holds of an environment, asked by tag. */
export interface Survey {
  /** @default - there is none of this name */
  readonly cluster?: Cluster;
  /** @default - there is no cluster, or its API could not be asked */
  readonly finalizers?: Finalizers;
  /** What stacks have made. */
  readonly terraform: readonly TaggedResource[];
  /** What the cluster's controllers have made, and can be swept when they are gone. */
  readonly made: readonly TaggedResource[];
  /** What carries the cluster's tags, but goes with others or is somebody else's. */
  readonly stays: readonly Stays[];
  readonly rules: readonly PointingRule[];
  /** What could not be looked at, and why. */
  readonly unread: readonly string[];
  /** What holds a teardown, in a sentence each. */
  readonly protected: readonly string[];
}

export interface Stays {
  readonly resource: TaggedResource;
  readonly reason: string;
}

/** Which object of the cluster a controller has made something for: `shop/services`, or the name of a group. */
export function madeFor({ tags }: TaggedResource): string | undefined {
  const { 'ingress.k8s.aws/stack': ingress, 'service.k8s.aws/stack': service } = tags;
  const { 'gateway.k8s.aws/stack': gateway, 'kubernetes.io/service-name': legacy } = tags;
  const {
    'kubernetes.io/created-for/pvc/namespace': namespace,
    'kubernetes.io/created-for/pvc/name': claim,
  } = tags;
  return (
    ingress ??
    service ??
    gateway ??
    legacy ??
    (claim === undefined ? undefined : `${namespace ?? ''}/${claim}`)
  );
}

/** Looks; nothing is changed. */
export async function survey(
  environment: AwsEnvironment,
  env: NodeJS.ProcessEnv,
  /** Texts of what the bootstrap stack wants and holds: state and its roles outlive an environment. */
  bootstrap: readonly string[],
): Promise<Survey> {
  const { name, project, region, cluster: settings } = environment;
  const clusterName = settings.name;
  const client = awsClientSettings(region, env);
  const inventory = new Inventory(region, env);
  const tags = environment.plan.ownTags;
  const [cluster, terraform, roles, made, withKey, groups] = await Promise.all([
    describeCluster(new EKSClient(client), clusterName),
    inventory.tagged(tags),
    inventory.roles([`${project}-${name}`, clusterName], tags),
    madeInCluster(inventory, clusterName),
    inventory.ec2WithKey(`kubernetes.io/cluster/${clusterName}`),
    logGroups(new CloudWatchLogsClient(client), [
      `/aws/eks/${clusterName}/`,
      `/aws/containerinsights/${clusterName}/`,
      `/aws/vpc/${project}-${name}/`,
    ]),
  ]);
  const byTag = new Set(terraform.map(({ id }) => id));
  const all = new Map<string, TaggedResource>();
  for (const each of [...made, ...withKey, ...groups]) all.set(each.id, each);
  const own: TaggedResource[] = [];
  const stays: Stays[] = [];
  for (const resource of all.values()) {
    if (carries(resource, tags) || byTag.has(resource.id)) continue;
    const reason = reasonToStay(resource, environment, cluster !== undefined);
    if (reason === undefined) own.push(resource);
    else stays.push({ resource, reason });
  }
  const outlives = ({ id, arn = id, tags: { Name } }: TaggedResource) =>
    bootstrap.some((text) =>
      [id, arn, Name].some((each) => each !== undefined && text.includes(`"${each}"`)),
    );
  const ours = [...terraform, ...roles].filter((each) => !outlives(each));
  return {
    ...(cluster && { cluster }),
    ...(await finalizersOf(environment, cluster, new STSClient(client))),
    terraform: ours,
    made: own,
    stays,
    rules: await pointingRules(new EC2Client(client), own),
    protected: [
      ...protection(environment, cluster),
      ...(await protectedLoadBalancers(new ElasticLoadBalancingV2Client(client), own)),
    ],
  };
}

async function finalizersOf(
  environment: AwsEnvironment,
  cluster: Cluster | undefined,
  sts: STSClient,
): Promise<Pick<Survey, 'finalizers' | 'unread'>> {
  if (cluster?.endpoint === undefined) return { unread: [] };
  try {
    const api = await ClusterApi.of(environment, cluster, sts);
    return { finalizers: await readFinalizers(api, environment), unread: [] };
  } catch (error) {
    return { unread: [`finalizers of the cluster's objects: ${(error as Error).message}`] };
  }
}

const carries = ({ tags: own }: TaggedResource, tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).every(([key, value]) => own[key] === value);

async function describeCluster(eks: EKSClient, name: string): Promise<Cluster | undefined> {
  try {
    return (await eks.send(new DescribeClusterCommand({ name }))).cluster;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** The tags of the controller, of Auto Mode, of the CSI driver and of the VPC CNI. */
async function madeInCluster(inventory: Inventory, cluster: string): Promise<TaggedResource[]> {
  const found = await Promise.all([
    ...CLUSTER_TAGS.map((key) => inventory.elbTagged({ [key]: cluster })),
    inventory.elbTagged({ [`kubernetes.io/cluster/${cluster}`]: 'owned' }),
    ...[...CLUSTER_TAGS, 'cluster.k8s.amazonaws.com/name', 'KubernetesCluster'].map((key) =>
      inventory.ec2Tagged({ [key]: cluster }),
    ),
  ]);
  return found.flat();
}

/** EKS and the agents of CloudWatch name them after the cluster, and tag none; a VPC's has the environment's name. */
async function logGroups(logs: CloudWatchLogsClient, prefixes: readonly string[]): Promise<TaggedResource[]> {
  const found: TaggedResource[] = [];
  for (const logGroupNamePrefix of prefixes)
    for await (const { logGroups: page = [] } of paginateDescribeLogGroups(
      { client: logs },
      { logGroupNamePrefix },
    ))
      for (const { logGroupName: id = '', arn } of page)
        found.push({ kind: 'logs:log-group', id, arn, tags: {} });
  return found;
}

/** Why something is not swept; nothing if it may be. */
function reasonToStay(
  resource: TaggedResource,
  { cluster, workloads }: AwsEnvironment,
  isThere: boolean,
): string | undefined {
  const { kind, tags } = resource;
  const clusterTag = tags[`kubernetes.io/cluster/${cluster.name}`];
  const object = madeFor(resource);
  const owner = CLUSTER_TAGS.map((key) => tags[key]).find((each) => each !== undefined);
  if (owner !== undefined && owner !== cluster.name) return `it belongs to cluster ${owner}`;
  if (clusterTag === 'shared') return 'it is shared with the cluster, not made by it';
  if (cluster.kind === 'existing') {
    const isOurs = object?.startsWith(`${workloads.namespace}/`) === true;
    return isOurs ? undefined : 'the cluster is not of this environment, and neither is this';
  }
  if (/^ec2:(?:instance|launch-template)$/.test(kind)) return 'it goes with its nodes';
  if (isThere && tags['aws:eks:cluster-name'] !== undefined) return 'it goes with the cluster';
  return undefined;
}

async function pointingRules(ec2: EC2Client, made: readonly TaggedResource[]): Promise<PointingRule[]> {
  const groups = made.filter(({ kind }) => kind === 'ec2:security-group').map(({ id }) => id);
  const found: PointingRule[] = [];
  for (const to of groups) {
    const { SecurityGroupRules = [] } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({
        Filters: [{ Name: 'referenced-group-info.group-id', Values: [to] }],
      }),
    );
    for (const {
      SecurityGroupRuleId: id = '',
      GroupId: group = '',
      ReferencedGroupInfo,
    } of SecurityGroupRules)
      if (ReferencedGroupInfo?.GroupId === to && group !== to) found.push({ id, group, to });
  }
  return found;
}

function protection(
  { name, preventDestroy, cluster: settings }: AwsEnvironment,
  cluster: Cluster | undefined,
): string[] {
  const file = `environments/${name}.ts`;
  return [
    ...(preventDestroy
      ? [
          `Terraform refuses to destroy what has prevent_destroy: write preventDestroy: false in ${file}, then npm run deploy -- ${name}`,
        ]
      : []),
    ...(settings.kind === 'new' && cluster?.deletionProtection === true
      ? [
          `EKS refuses to delete ${settings.name}: write cluster.deletionProtection: false in ${file}, then npm run deploy -- ${name}-cluster`,
        ]
      : []),
  ];
}

async function protectedLoadBalancers(
  elb: ElasticLoadBalancingV2Client,
  made: readonly TaggedResource[],
): Promise<string[]> {
  const found: string[] = [];
  for (const { id } of made.filter(({ kind }) => kind === 'elasticloadbalancing:loadbalancer')) {
    const { Attributes = [] } = await elb.send(
      new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: id }),
    );
    if (Attributes.some(({ Key, Value }) => Key === 'deletion_protection.enabled' && Value === 'true'))
      found.push(
        `${id} has deletion protection: aws elbv2 modify-load-balancer-attributes --load-balancer-arn ${id} --attributes Key=deletion_protection.enabled,Value=false`,
      );
  }
  return found;
}
