import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { Vpc as AwsVpc } from '@cdktf/provider-aws/lib/vpc';
import { type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { planSubnets } from './cidr-plan';
import { Endpoints } from './endpoints';
import { FlowLogs, type FlowLogsProps } from './flow-logs';
import { Routing, type NatMode } from './routing';
import { SubnetTier } from './subnet-tier';
import { Zones } from './zones';

export interface VpcProps {
  /** Name tag of the VPC, and beginning of all other names. */
  readonly name: string;
  /** Cluster that finds the subnets by their tags. */
  readonly clusterName: string;
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  /** DNS suffix of the partition's service principals: amazonaws.com, … */
  readonly dnsSuffix: string;
  /** IPv4 network, /16 to /22; to /25 without public subnets. */
  readonly cidr: string;
  /** How many zones, 1 to 6, or which: by name or by zone id. */
  readonly zones: number | readonly string[];
  /** Zone ids that a count of zones leaves out. @default - none */
  readonly excludeZoneIds?: readonly string[];
  /** NAT gateways of the private subnets. @default 'none' */
  readonly nat?: NatMode;
  /** @default 'ipv4' */
  readonly ipFamily?: 'ipv4' | 'dual-stack';
  /** Public subnets and an internet gateway. @default true */
  readonly publicSubnets?: boolean;
  /** Services reached through routes. @default - none */
  readonly gatewayEndpoints?: readonly string[];
  /** Services reached through interfaces in the private subnets. @default - none */
  readonly interfaceEndpoints?: readonly string[];
  /** Endpoints let only this account's own principals through. @default false */
  readonly restrictEndpoints?: boolean;
  /** Where flow logs go, and for how long. @default - none */
  readonly flowLogs?: Pick<FlowLogsProps, 'retentionDays' | 'kmsKeyArn' | 'trafficType'>;
  /** Terraform refuses to plan the VPC's removal. @default false */
  readonly preventDestroy?: boolean;
}

/**
 * A VPC for an EKS cluster and its load balancers.
 *
 * @example
 * new Vpc(this, 'vpc', { name: 'shop-dev', clusterName: 'shop-dev', cidr: '10.0.0.0/16', zones: 2, nat: 'single', … });
 */
export class Vpc extends Construct {
  readonly vpcId: string;
  readonly cidr: string;
  readonly privateSubnetIds: string[];
  readonly publicSubnetIds: string[];
  /** Routes, their tables and endpoints: what nodes in the private subnets must come after. */
  readonly dependencies: readonly TerraformResource[];

  /**
   * @throws RangeError if the subnets don't fit into `cidr`
   * @throws Error if `nat` is asked for without public subnets
   */
  constructor(scope: Construct, id: string, props: VpcProps) {
    super(scope, id);
    const { name, nat = 'none', publicSubnets = true } = props;
    if (nat !== 'none' && !publicSubnets) {
      throw new Error(
        `nat '${nat}' needs public subnets, where NAT gateways stand: write publicSubnets: true or nat: 'none'`,
      );
    }
    const dualStack = props.ipFamily === 'dual-stack';
    const vpc = this.vpc(props, dualStack);
    const zones = new Zones(this, 'zones', props);
    const plan = planSubnets({ cidr: props.cidr, zones: zones.all.length, publicSubnets });
    const tier = (which: 'public' | 'private') =>
      new SubnetTier(this, which, {
        tier: which,
        name,
        clusterName: props.clusterName,
        vpcId: vpc.id,
        cidrs: plan[which],
        zones: zones.all.slice(0, plan[which].length),
        zonesCounted: zones.counted,
        ipv6CidrBlock: dualStack ? vpc.ipv6CidrBlock : undefined,
      });
    const privateTier = tier('private');
    const publicTier = tier('public');
    const routing = new Routing(this, 'routing', {
      name,
      vpcId: vpc.id,
      privateSubnets: privateTier.subnets,
      publicSubnets: publicTier.subnets,
      nat,
      dualStack,
    });
    const endpoints = new Endpoints(this, 'endpoints', {
      name,
      region: props.region,
      vpcId: vpc.id,
      vpcCidr: props.cidr,
      routeTableIds: routing.routeTableIds,
      subnetIds: privateTier.ids,
      gatewayEndpoints: props.gatewayEndpoints ?? [],
      interfaceEndpoints: props.interfaceEndpoints ?? [],
      onlyPrincipalsOf: props.restrictEndpoints ? props : undefined,
    });
    if (props.flowLogs) {
      new FlowLogs(this, 'flow-logs', { ...props, ...props.flowLogs, vpcId: vpc.id });
    }
    this.vpcId = vpc.id;
    this.cidr = vpc.cidrBlock;
    this.privateSubnetIds = privateTier.ids;
    this.publicSubnetIds = publicTier.ids;
    this.dependencies = [...routing.dependencies, ...endpoints.dependencies];
  }

  private vpc(props: VpcProps, dualStack: boolean): AwsVpc {
    const vpc = new AwsVpc(this, 'vpc', {
      cidrBlock: props.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      ...(dualStack && { assignGeneratedIpv6CidrBlock: true }),
      tags: { Name: props.name },
      lifecycle: props.preventDestroy ? { preventDestroy: true } : undefined,
    });
    // Named here without a rule, Terraform takes away those that AWS put in.
    new DefaultSecurityGroup(this, 'default-security-group', {
      vpcId: vpc.id,
      tags: { Name: `${props.name}-default-unused` },
    });
    return vpc;
  }
}
