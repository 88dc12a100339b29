import { z } from 'zod';
import { AMI_FAMILIES } from '../../modules/cluster/ami-types';
import {
  distinct,
  kubernetesLabels,
  label,
  labelKey,
  labelValue,
  namespacePattern,
  resourceId,
} from './primitives';

const taint = z.strictObject({
  key: labelKey.max(63),
  value: labelValue.optional(),
  effect: z.enum(['NO_SCHEDULE', 'NO_EXECUTE', 'PREFER_NO_SCHEDULE']),
});

/** An EKS managed node group with a launch template of its own. */
export const nodeGroup = z.strictObject({
  name: label(),
  /** All of one architecture, the one of `amiFamily` and `architecture`. @default - one of medium size: t3.medium, t4g.medium, g5.xlarge, g5g.xlarge or inf2.xlarge */
  instanceTypes: distinct(
    z.array(z.string().min(1)).min(1).max(20, 'write at most 20 instance types'),
  ).optional(),
  /** @default 'ON_DEMAND' */
  capacityType: z.enum(['ON_DEMAND', 'SPOT']).default('ON_DEMAND'),
  /** Operating system of the nodes, with the drivers of accelerators or FIPS 140 modules. @default 'AL2023' */
  amiFamily: z
    .enum(AMI_FAMILIES, `write one of ${AMI_FAMILIES.map((each) => `'${each}'`).join(', ')}`)
    .default('AL2023'),
  /** @default 'x86_64' */
  architecture: z.enum(['x86_64', 'arm64']).default('x86_64'),
  /** @default 1 */
  minSize: z.int().min(0).max(450).default(1),
  /** Only at creation: afterwards an autoscaler may own it. @default 2 */
  desiredSize: z.int().min(0).max(450).default(2),
  /** @default 3 */
  maxSize: z.int().min(1).max(450).default(3),
  /** Size of the encrypted gp3 volume in GiB. @default 50 */
  diskSizeGib: z.int().min(20).max(16384).default(50),
  /** Those of `network.zones` that the nodes are in, by the same names. @default - all */
  zones: distinct(z.array(z.string().min(1)).min(1)).optional(),
  /** Those of `network.privateSubnetIds` that the nodes are in, in a VPC that is there already. @default - all */
  subnetIds: distinct(z.array(resourceId('subnet')).min(1)).optional(),
  labels: kubernetesLabels.default({}),
  taints: z.array(taint).max(50).default([]),
});

const fargateProfile = z.strictObject({
  name: label().regex(/^(?!eks-)/, 'write a name that does not begin with eks-, which EKS keeps for itself'),
  /** Pods of which namespaces, and with which labels, run on Fargate. */
  selectors: z
    .array(
      z.strictObject({
        /** Name or pattern such as `team-*`. */
        namespace: namespacePattern,
        labels: kubernetesLabels.default({}),
      }),
    )
    .min(1, 'write at least one selector')
    .max(5, 'write at most five selectors: AWS takes no more in one profile'),
});

const autoMode = z.strictObject({
  /** @default ['general-purpose', 'system'] */
  nodePools: distinct(z.array(z.enum(['general-purpose', 'system']))).default(['general-purpose', 'system']),
});

/** What runs the pods; at least one of the three. */
export const compute = z.strictObject({
  /** @default [{ name: 'default' }], none with Auto Mode or Fargate profiles */
  nodeGroups: z.array(nodeGroup).max(30).optional(),
  /** @default [] */
  fargateProfiles: z.array(fargateProfile).max(10).default([]),
  /**
   * EKS Auto Mode: AWS runs nodes, storage and load balancing. To turn it off again write `false`.
   * @default - as EKS has it: off
   */
  autoMode: z.union([z.literal(false), autoMode]).optional(),
});

export type NodeGroupSettings = z.output<typeof nodeGroup>;
export type FargateProfileSettings = z.output<typeof fargateProfile>;
export type ComputeSettings = z.output<typeof compute>;
