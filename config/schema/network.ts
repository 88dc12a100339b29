import { z } from 'zod';
import { distinct, ipv4Cidr, kmsKeyArn, resourceId, retentionDays } from './primitives';

/** AWS services whose interface endpoints let private nodes work without NAT. */
const interfaceEndpoint = z.enum(
  [
    'ec2',
    'ecr.api',
    'ecr.dkr',
    'eks',
    'eks-auth',
    'elasticloadbalancing',
    'autoscaling',
    'logs',
    'sts',
    'ssm',
    'ssmmessages',
    'ec2messages',
    'kms',
    'wafv2',
    'monitoring',
    'xray',
  ],
  'write a service that has an interface endpoint, such as ecr.api, ecr.dkr, sts, ec2, eks or logs',
);

const flowLogs = z.strictObject({
  /** @default 30 */
  retentionDays: retentionDays.default(30),
  /** Encrypts the log group; `'create'` makes a key. @default - CloudWatch Logs' own encryption */
  kmsKeyArn: z.union([z.literal('create'), kmsKeyArn]).optional(),
  /** Which traffic is recorded. @default 'ALL' */
  trafficType: z.enum(['ALL', 'ACCEPT', 'REJECT']).default('ALL'),
});

/** A VPC that the network stack makes and owns. */
const newNetwork = z.strictObject({
  kind: z.literal('new'),
  /** @default '10.0.0.0/16' */
  cidr: ipv4Cidr.default('10.0.0.0/16'),
  /**
   * How many zones (the Region's first ones that EKS accepts), or their names (`eu-west-1a`) or zone ids
   * (`euw1-az1`). A zone added at the end leaves the subnets of the others as they are.
   * @default 2
   */
  zones: z
    .union(
      [z.int().min(1).max(6), z.array(z.string().min(1)).min(1).max(6)],
      'write a count of zones or a list of zone names',
    )
    .default(2),
  /** NAT gateways of the private subnets. @default 'single' */
  nat: z.enum(['none', 'single', 'per-zone']).default('single'),
  /** Dual-stack gives the VPC and its subnets IPv6 too; the cluster stays IPv4. @default 'ipv4' */
  ipFamily: z
    .enum(
      ['ipv4', 'dual-stack'],
      "write 'ipv4' or 'dual-stack': clusters whose pods have IPv6 addresses are not supported",
    )
    .default('ipv4'),
  /** Public subnets and an internet gateway; internet-facing load balancers and NAT need them. @default true */
  publicSubnets: z.boolean().default(true),
  /** Free of charge. @default ['s3'] */
  gatewayEndpoints: distinct(z.array(z.enum(['s3', 'dynamodb']))).default(['s3']),
  /** Charged by hour and zone. @default [] */
  interfaceEndpoints: distinct(z.array(interfaceEndpoint)).default([]),
  /** `false` for none. @default {} */
  flowLogs: z.union([z.literal(false), flowLogs]).prefault({}),
});

/** A VPC that is already there. Discovery tags its subnets lack are added, others are left alone. */
const existingNetwork = z.strictObject({
  kind: z.literal('existing'),
  vpcId: resourceId('vpc'),
  /** Subnets of nodes, pods and internal load balancers, in two zones or more. */
  privateSubnetIds: z.array(resourceId('subnet')).min(2, 'write at least two subnets, in different zones'),
  /** Subnets of internet-facing load balancers. @default [] */
  publicSubnetIds: z.array(resourceId('subnet')).default([]),
  /** Adds the discovery tags that subnets lack; `false` where whoever owns the subnets writes them. @default true */
  tagSubnets: z.boolean().default(true),
  /** The VPC's IPv4 networks and the subnets', where known: they let overlaps be found before apply. @default - unchecked */
  cidr: ipv4Cidr.optional(),
  /** IPv4 network by subnet id. @default {} */
  subnetCidrs: z.record(resourceId('subnet'), ipv4Cidr).default({}),
});

export const network = z.discriminatedUnion(
  'kind',
  [newNetwork, existingNetwork],
  "write kind: 'new' or 'existing'",
);

export type NetworkSettings = z.output<typeof network>;
export type NewNetworkSettings = z.output<typeof newNetwork>;
export type ExistingNetworkSettings = z.output<typeof existingNetwork>;
