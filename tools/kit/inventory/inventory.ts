import {
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeTagsCommand,
  DescribeVolumesCommand,
  DescribeVpcsCommand,
  EC2Client,
  type Filter,
} from '@aws-sdk/client-ec2';
import {
  DescribeLoadBalancersCommand,
  DescribeTagsCommand as DescribeElbTagsCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient, ListRoleTagsCommand, paginateListRoles } from '@aws-sdk/client-iam';
import { DescribeKeyCommand, KeyState, KMSClient } from '@aws-sdk/client-kms';
import {
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { awsClientSettings } from '../aws';
import { ec2Kind, ofArn, type TaggedResource } from './tagged-resource';

type Tags = Readonly<Record<string, string>>;

/** DescribeTags takes as many values of one filter. */
const FILTER_VALUES = 200;
/** DescribeTags of load balancing takes as many ARNs. */
const ELB_ARNS = 20;

type Ids = readonly (string | undefined)[];

/** Asked by filters, which leave out what is gone; asked by id, EC2 would refuse. */
const STILL_THERE: Readonly<Record<string, (ec2: EC2Client, ids: string[]) => Promise<Ids>>> = {
  'ec2:natgateway': async (ec2, Values) => {
    const command = new DescribeNatGatewaysCommand({ Filter: [{ Name: 'nat-gateway-id', Values }] });
    const { NatGateways = [] } = await ec2.send(command);
    return NatGateways.filter(({ State }) => State !== 'deleted').map(({ NatGatewayId }) => NatGatewayId);
  },
  'ec2:instance': async (ec2, Values) => {
    const command = new DescribeInstancesCommand({ Filters: [{ Name: 'instance-id', Values }] });
    const { Reservations = [] } = await ec2.send(command);
    return Reservations.flatMap(({ Instances = [] }) => Instances)
      .filter(({ State }) => State?.Name !== 'terminated')
      .map(({ InstanceId }) => InstanceId);
  },
  'ec2:security-group': async (ec2, Values) => {
    const command = new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'group-id', Values }] });
    const { SecurityGroups = [] } = await ec2.send(command);
    // The default group of a VPC goes with it, and never by itself.
    return SecurityGroups.filter(({ GroupName }) => GroupName !== 'default').map(({ GroupId }) => GroupId);
  },
  'ec2:volume': async (ec2, Values) => {
    const command = new DescribeVolumesCommand({ Filters: [{ Name: 'volume-id', Values }] });
    return ((await ec2.send(command)).Volumes ?? []).map(({ VolumeId }) => VolumeId);
  },
  'ec2:network-interface': async (ec2, Values) => {
    const command = new DescribeNetworkInterfacesCommand({
      Filters: [{ Name: 'network-interface-id', Values }],
    });
    return ((await ec2.send(command)).NetworkInterfaces ?? []).map(
      ({ NetworkInterfaceId }) => NetworkInterfaceId,
    );
  },
  'ec2:elastic-ip': async (ec2, Values) => {
    const command = new DescribeAddressesCommand({ Filters: [{ Name: 'allocation-id', Values }] });
    return ((await ec2.send(command)).Addresses ?? []).map(({ AllocationId }) => AllocationId);
  },
  'ec2:internet-gateway': async (ec2, Values) => {
    const command = new DescribeInternetGatewaysCommand({
      Filters: [{ Name: 'internet-gateway-id', Values }],
    });
    return ((await ec2.send(command)).InternetGateways ?? []).map(
      ({ InternetGatewayId }) => InternetGatewayId,
    );
  },
  'ec2:route-table': async (ec2, Values) => {
    const command = new DescribeRouteTablesCommand({ Filters: [{ Name: 'route-table-id', Values }] });
    return ((await ec2.send(command)).RouteTables ?? []).map(({ RouteTableId }) => RouteTableId);
  },
  'ec2:subnet': async (ec2, Values) => {
    const command = new DescribeSubnetsCommand({ Filters: [{ Name: 'subnet-id', Values }] });
    return ((await ec2.send(command)).Subnets ?? []).map(({ SubnetId }) => SubnetId);
  },
  'ec2:vpc': async (ec2, Values) => {
    const command = new DescribeVpcsCommand({ Filters: [{ Name: 'vpc-id', Values }] });
    return ((await ec2.send(command)).Vpcs ?? []).map(({ VpcId }) => VpcId);
  },
};

/**
 * What an account holds in a Region, asked by tag. EC2 and load balancing are asked themselves: the tagging API goes on listing
 * what is deleted for a while. It answers for the other services, but for IAM's roles, which are asked by name.
 */
export class Inventory {
  private readonly ec2: EC2Client;
  private readonly elb: ElasticLoadBalancingV2Client;
  private readonly iam: IAMClient;
  private readonly kms: KMSClient;
  private readonly tagging: ResourceGroupsTaggingAPIClient;

  constructor(region: string, env: NodeJS.ProcessEnv = process.env) {
    const settings = awsClientSettings(region, env);
    this.ec2 = new EC2Client(settings);
    this.elb = new ElasticLoadBalancingV2Client(settings);
    this.iam = new IAMClient(settings);
    this.kms = new KMSClient(settings);
    this.tagging = new ResourceGroupsTaggingAPIClient(settings);
  }

  /** What carries all of the tags. */
  async tagged(tags: Tags): Promise<TaggedResource[]> {
    const found = await Promise.all([this.ec2Tagged(tags), this.elbTagged(tags), this.othersTagged(tags)]);
    return found.flat();
  }

  /** What EC2 holds with a tag key, whatever its value: `kubernetes.io/cluster/dev`. */
  async ec2WithKey(key: string): Promise<TaggedResource[]> {
    return this.ec2Found([{ Name: 'key', Values: [key] }]);
  }

  async ec2Tagged(tags: Tags): Promise<TaggedResource[]> {
    const [[key, value] = ['', '']] = Object.entries(tags);
    const found = await this.ec2Found([
      { Name: 'key', Values: [key] },
      { Name: 'value', Values: [value] },
    ]);
    return found.filter(carries(tags));
  }

  private async ec2Found(filters: Filter[]): Promise<TaggedResource[]> {
    const ids = [...(await this.ec2Tags(filters)).keys()];
    const found: TaggedResource[] = [];
    for (let at = 0; at < ids.length; at += FILTER_VALUES) {
      const Values = ids.slice(at, at + FILTER_VALUES);
      for (const [id, own] of await this.ec2Tags([{ Name: 'resource-id', Values }]))
        found.push({ kind: ec2Kind(id), id, tags: own });
    }
    return this.withoutGone(found);
  }

  private async ec2Tags(Filters: Filter[]): Promise<Map<string, Record<string, string>>> {
    const tags = new Map<string, Record<string, string>>();
    let NextToken: string | undefined;
    do {
      const page = await this.ec2.send(new DescribeTagsCommand({ Filters, NextToken }));
      for (const { ResourceId = '', Key = '', Value = '' } of page.Tags ?? [])
        tags.set(ResourceId, { ...tags.get(ResourceId), [Key]: Value });
      NextToken = page.NextToken;
    } while (NextToken);
    return tags;
  }

  /** Tags outlive what carried them: those of a NAT gateway and of an instance by an hour. */
  private async withoutGone(found: TaggedResource[]): Promise<TaggedResource[]> {
    const there = new Set<string>();
    for (const [kind, describe] of Object.entries(STILL_THERE)) {
      const ids = found.filter((each) => each.kind === kind).map(({ id }) => id);
      if (ids.length > 0) for (const id of await describe(this.ec2, ids)) there.add(id ?? '');
    }
    return found.filter(({ id, kind }) => !Object.hasOwn(STILL_THERE, kind) || there.has(id));
  }

  /** Load balancers and target groups that carry the tags. */
  async elbTagged(tags: Tags): Promise<TaggedResource[]> {
    const arns = [...(await this.loadBalancerArns()), ...(await this.targetGroupArns())];
    const found: TaggedResource[] = [];
    for (let at = 0; at < arns.length; at += ELB_ARNS) {
      const { TagDescriptions = [] } = await this.elb.send(
        new DescribeElbTagsCommand({ ResourceArns: arns.slice(at, at + ELB_ARNS) }),
      );
      for (const { ResourceArn = '', Tags: own = [] } of TagDescriptions)
        found.push({ ...ofArn(ResourceArn), tags: tagsOf(own) });
    }
    return found.filter(carries(tags));
  }

  private async loadBalancerArns(): Promise<string[]> {
    const arns: string[] = [];
    let Marker: string | undefined;
    do {
      const page = await this.elb.send(new DescribeLoadBalancersCommand({ Marker }));
      arns.push(...(page.LoadBalancers ?? []).map(({ LoadBalancerArn = '' }) => LoadBalancerArn));
      Marker = page.NextMarker;
    } while (Marker);
    return arns;
  }

  private async targetGroupArns(): Promise<string[]> {
    const arns: string[] = [];
    let Marker: string | undefined;
    do {
      const page = await this.elb.send(new DescribeTargetGroupsCommand({ Marker }));
      arns.push(...(page.TargetGroups ?? []).map(({ TargetGroupArn = '' }) => TargetGroupArn));
      Marker = page.NextMarker;
    } while (Marker);
    return arns;
  }

  private async othersTagged(tags: Tags): Promise<TaggedResource[]> {
    const TagFilters = Object.entries(tags).map(([Key, value]) => ({ Key, Values: [value] }));
    const found: TaggedResource[] = [];
    for await (const page of paginateGetResources({ client: this.tagging }, { TagFilters })) {
      for (const { ResourceARN = '', Tags: own = [] } of page.ResourceTagMappingList ?? []) {
        const named = ofArn(ResourceARN);
        if (/^(?:ec2|elasticloadbalancing):/.test(named.kind)) continue;
        if (named.kind === 'kms:key' && (await this.isGoing(named.id))) continue;
        found.push({ ...named, tags: tagsOf(own) });
      }
    }
    return found;
  }

  /** A key keeps its tags for the weeks in which its deletion can be called off. */
  private async isGoing(KeyId: string): Promise<boolean> {
    const { KeyMetadata } = await this.kms.send(new DescribeKeyCommand({ KeyId }));
    return KeyMetadata?.KeyState === KeyState.PendingDeletion;
  }

  /** Roles whose names begin so and which carry the tags. */
  async roles(prefixes: readonly string[], tags: Tags): Promise<TaggedResource[]> {
    const found: TaggedResource[] = [];
    for await (const { Roles = [] } of paginateListRoles({ client: this.iam }, {})) {
      for (const { RoleName = '', Arn: arn } of Roles) {
        if (!prefixes.some((prefix) => RoleName.startsWith(prefix))) continue;
        const { Tags: own = [] } = await this.iam.send(new ListRoleTagsCommand({ RoleName }));
        found.push({ kind: 'iam:role', id: RoleName, arn, tags: tagsOf(own) });
      }
    }
    return found.filter(carries(tags));
  }
}

const carries =
  (tags: Tags) =>
  ({ tags: own }: TaggedResource): boolean =>
    Object.entries(tags).every(([key, value]) => own[key] === value);

function tagsOf(list: readonly { readonly Key?: string; readonly Value?: string }[]): Record<string, string> {
  return Object.fromEntries(list.map(({ Key = '', Value = '' }) => [Key, Value]));
}
