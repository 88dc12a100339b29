import { type SecurityGroup } from '@aws-sdk/client-ec2';
import {
  DescribeListenersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  paginateDescribeLoadBalancers,
  type Action,
  type ElasticLoadBalancingV2Client,
  type Listener,
  type LoadBalancer,
  type Rule,
  type RuleCondition,
  type TargetGroup,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CLUSTER_TAGS } from '../inventory/tagged-resource';

/** What of a load balancer {@link readMade} leaves out: each would be a call more for every one, or a right more. */
export const UNREAD = [
  'Attributes',
  'Certificates',
  'WebAclArn',
  'WebAclId',
  'ShieldProtection',
  'MinimumLoadBalancerCapacity',
] as const;

/** A target group that is there, in the form of the preview. */
export interface ReadTargetGroup extends TargetGroup {
  readonly Id: string;
  readonly Targets: readonly TargetHealthDescription[];
}

/** A load balancer that is there, in the form of the preview. */
export interface ReadLoadBalancer extends Omit<LoadBalancer, 'SecurityGroups'> {
  /** Name that the controller has for it. */
  readonly Id: string;
  readonly SecurityGroups: readonly string[];
  readonly Listeners: readonly Listener[];
  readonly TargetGroups: readonly ReadTargetGroup[];
}

export interface MadeLoadBalancers {
  /** Of the cluster's controller. */
  readonly own: readonly ReadLoadBalancer[];
  /** How many the account has in the Region. */
  readonly all: number;
}

/** ELBv2 takes no more at once. */
const TAGGED_AT_ONCE = 20;
/** Tags by which the controller knows its own resources. */
const OWN = /^((ingress|service|gateway)\.k8s\.aws|elbv2\.k8s\.aws)\//;

type Tags = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** Reads the load balancers of a cluster's controller, as the preview shows them. */
export async function readMade(
  client: ElasticLoadBalancingV2Client,
  cluster: string,
  securityGroups: readonly SecurityGroup[],
): Promise<MadeLoadBalancers> {
  const balancers: LoadBalancer[] = [];
  for await (const { LoadBalancers = [] } of paginateDescribeLoadBalancers({ client }, {}))
    balancers.push(...LoadBalancers);
  const tags = await readTags(
    client,
    balancers.flatMap(({ LoadBalancerArn: arn = [] }) => arn),
  );
  const own = balancers.filter(({ LoadBalancerArn: arn = '' }) =>
    CLUSTER_TAGS.some((key) => tags.get(arn)?.[key] === cluster),
  );
  return {
    all: balancers.length,
    own: await Promise.all(own.map((balancer) => readOne(client, balancer, tags, securityGroups))),
  };
}

async function readOne(
  client: ElasticLoadBalancingV2Client,
  balancer: LoadBalancer,
  tags: Tags,
  securityGroups: readonly SecurityGroup[],
): Promise<ReadLoadBalancer> {
  const { LoadBalancerArn = '', AvailabilityZones = [], SecurityGroups = [] } = balancer;
  const [{ Listeners = [] }, { TargetGroups = [] }] = await Promise.all([
    client.send(new DescribeListenersCommand({ LoadBalancerArn })),
    client.send(new DescribeTargetGroupsCommand({ LoadBalancerArn })),
  ]);
  const rules = await Promise.all(
    Listeners.map(async ({ ListenerArn }) => {
      const { Rules = [] } = await client.send(new DescribeRulesCommand({ ListenerArn }));
      return Rules.filter(({ IsDefault }) => !IsDefault);
    }),
  );
  const more = await readTags(client, [
    ...TargetGroups.flatMap(({ TargetGroupArn: arn = [] }) => arn),
    ...Listeners.flatMap(({ ListenerArn: arn = [] }) => arn),
    ...rules.flat().flatMap(({ RuleArn: arn = [] }) => arn),
  ]);
  const groups = await Promise.all(
    TargetGroups.map(async (group): Promise<ReadTargetGroup> => {
      const { TargetGroupArn } = group;
      const { TargetHealthDescriptions: Targets = [] } = await client.send(
        new DescribeTargetHealthCommand({ TargetGroupArn }),
      );
      return {
        ...group,
        Id: mark(more, TargetGroupArn, 'resource'),
        Tags: others(more, TargetGroupArn),
        Targets,
      } as ReadTargetGroup;
    }),
  );
  const managed = securityGroups.find(
    ({ GroupId = '', Tags = [] }) =>
      SecurityGroups.includes(GroupId) && Tags.some(({ Value }) => Value === 'ManagedLBSecurityGroup'),
  );
  const listeners = Listeners.map((listener, index) => ({
    ...listener,
    Tags: others(more, listener.ListenerArn),
    DefaultActions: (listener.DefaultActions ?? []).map((action) => actionOf(action, groups)),
    Rules: (rules[index] ?? []).map((rule) => ruleOf(rule, more, groups)),
  })).sort((one, other) => (one.Port ?? 0) - (other.Port ?? 0));
  return {
    ...balancer,
    Id: mark(tags, LoadBalancerArn, 'stack'),
    Type: balancer.Type,
    SecurityGroups,
    SubnetMappings: AvailabilityZones.map(({ SubnetId }) => ({ SubnetId })),
    ...(managed && { ManagedSecurityGroup: { ...managed, Tags: untagged(managed.Tags ?? []) } }),
    Tags: others(tags, LoadBalancerArn),
    Listeners: listeners,
    TargetGroups: groups,
  } as ReadLoadBalancer;
}

async function readTags(client: ElasticLoadBalancingV2Client, arns: readonly string[]): Promise<Tags> {
  const parts = Array.from({ length: Math.ceil(arns.length / TAGGED_AT_ONCE) }, (_, index) =>
    arns.slice(index * TAGGED_AT_ONCE, (index + 1) * TAGGED_AT_ONCE),
  );
  const answers = await Promise.all(
    parts.map((ResourceArns) => client.send(new DescribeTagsCommand({ ResourceArns }))),
  );
  return new Map(
    answers.flatMap(({ TagDescriptions = [] }) =>
      TagDescriptions.map(({ ResourceArn = '', Tags = [] }) => [
        ResourceArn,
        Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
      ]),
    ),
  );
}

function mark(tags: Tags, arn: string | undefined, name: string): string {
  const found = Object.entries(tags.get(arn ?? '') ?? {}).find(
    ([key]) => OWN.test(key) && key.endsWith(`/${name}`),
  );
  return found?.[1] ?? '';
}

function others(tags: Tags, arn: string | undefined) {
  return untagged(Object.entries(tags.get(arn ?? '') ?? {}).map(([Key, Value]) => ({ Key, Value })));
}

function untagged(pairs: readonly { readonly Key?: string; readonly Value?: string }[]) {
  return pairs
    .filter(({ Key = '' }) => !OWN.test(Key))
    .sort((one, other) => (one.Key ?? '').localeCompare(other.Key ?? ''));
}

function ruleOf(rule: Rule, tags: Tags, groups: readonly ReadTargetGroup[]) {
  return {
    ...rule,
    Priority: Number(rule.Priority),
    Conditions: (rule.Conditions ?? []).map(conditionOf),
    Actions: (rule.Actions ?? []).map((action) => actionOf(action, groups)),
    Transforms: rule.Transforms ?? [],
    Tags: others(tags, rule.RuleArn),
  };
}

/** ELBv2 answers hosts and paths twice: as `Values` too, by which they were said first. */
function conditionOf({ Field = '', Values = [], ...configs }: RuleCondition) {
  if (Field === 'host-header') return { Field, HostHeaderConfig: { Values }, ...configs };
  if (Field === 'path-pattern') return { Field, PathPatternConfig: { Values }, ...configs };
  return { Field, ...configs };
}

function actionOf(action: Action, groups: readonly ReadTargetGroup[]): Action {
  const { ForwardConfig } = action;
  if (!ForwardConfig) return action;
  const named = (ForwardConfig.TargetGroups ?? []).map((tuple) => ({
    ...tuple,
    TargetGroup: groups.find(({ TargetGroupArn }) => TargetGroupArn === tuple.TargetGroupArn)?.Id ?? '',
  }));
  return { ...action, ForwardConfig: { ...ForwardConfig, TargetGroups: named } };
}
