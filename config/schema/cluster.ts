import { z } from 'zod';
import { addons } from './addons';
import { compute } from './compute';
import { distinct, ipv4Cidr, kmsKeyArn, namespacePattern, principalArn, retentionDays } from './primitives';

const accessPolicy = z.strictObject({
  /** Name of an EKS access policy such as `AmazonEKSViewPolicy`. */
  policy: z.string(),
  /** Where it holds, by names or patterns such as `team-*`; none means the whole cluster. @default [] */
  namespaces: distinct(z.array(namespacePattern)).default([]),
});

const accessEntry = z.strictObject({
  principalArn,
  /** Kubernetes groups that RBAC binds. @default [] */
  kubernetesGroups: z
    .array(
      z
        .string()
        .min(1)
        .regex(/^(?!system:)/, 'write a group that does not begin with system:'),
    )
    .default([]),
  /** @default [] */
  policies: z.array(accessPolicy).default([]),
});

const endpoint = z.strictObject({
  /** @default false */
  publicAccess: z.boolean().default(false),
  /** Networks that may reach the public endpoint. @default [] */
  publicAccessCidrs: distinct(z.array(ipv4Cidr).max(40, 'write at most 40 networks')).default([]),
  /** @default true */
  privateAccess: z.boolean().default(true),
});

const logging = z.strictObject({
  /** @default all five */
  types: distinct(
    z.array(z.enum(['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'])),
  ).default(['api', 'audit', 'authenticator', 'controllerManager', 'scheduler']),
  /** @default 90 */
  retentionDays: retentionDays.default(90),
});

const adminHost = z.strictObject({
  /** An arm64 type. @default 't4g.micro' */
  instanceType: z.string().default('t4g.micro'),
});

const clusterName = z
  .string()
  .max(100)
  .regex(
    /^[0-9A-Za-z][A-Za-z0-9_-]*$/,
    'write letters, digits, hyphens and underscores, beginning with a letter or a digit',
  );

const kubernetesVersion = z
  .string("write a minor version in quotes, such as '1.36'")
  .regex(/^1\.\d+$/, 'write a minor version such as 1.36');

/** A cluster that the cluster stack makes and owns. */
const newCluster = z.strictObject({
  kind: z.literal('new'),
  /** @default `<project>-<environment>` */
  name: clusterName.optional(),
  /** @default '1.36' */
  kubernetesVersion: kubernetesVersion.default('1.36'),
  /** @default - private only */
  endpoint: endpoint.prefault({}),
  /** Principals with AmazonEKSClusterAdminPolicy. Nobody else has access, not even the cluster's creator. @default [] */
  administrators: z.array(principalArn).default([]),
  /** @default [] */
  accessEntries: z.array(accessEntry).default([]),
  logging: logging.prefault({}),
  /** Key that encrypts Kubernetes Secrets. @default - one is made, which encrypts the control-plane logs too */
  kmsKeyArn: kmsKeyArn.optional(),
  /** What AWS does at the end of standard support. @default 'STANDARD' */
  upgradePolicy: z.enum(['STANDARD', 'EXTENDED']).default('STANDARD'),
  /**
   * AWS refuses to delete the cluster while this is on. To turn it off again write `false`: EKS remembers it when the
   * field is merely left out. @default - on in production, else as EKS has it
   */
  deletionProtection: z.boolean().optional(),
  /** Lets ARC shift traffic away from an impaired zone. To turn it off again write `false`. @default - as EKS has it: off */
  zonalShift: z.boolean().optional(),
  /** Addresses of Services. @default - chosen by AWS outside the VPC's */
  serviceIpv4Cidr: ipv4Cidr.optional(),
  compute: compute.prefault({}),
  addons: addons.prefault({}),
  /** An instance in a private subnet, reached through Session Manager. @default false */
  adminHost: z.union([z.literal(false), adminHost]).default(false),
});

/** A cluster that is already there: it is read, never changed. */
const existingCluster = z.strictObject({
  kind: z.literal('existing'),
  name: clusterName,
  /** Whether the account already has an IAM OIDC provider for the cluster's issuer (`eksctl --with-oidc`). @default 'create' */
  oidcProvider: z.enum(['create', 'existing']).default('create'),
  /** The cluster's version, where known: it lets the controller's lowest version be checked. @default - unchecked */
  kubernetesVersion: kubernetesVersion.optional(),
});

export const cluster = z.discriminatedUnion(
  'kind',
  [newCluster, existingCluster],
  "write kind: 'new' or 'existing'",
);

export type ClusterSettings = z.output<typeof cluster>;
export type NewClusterSettings = z.output<typeof newCluster>;
export type ExistingClusterSettings = z.output<typeof existingCluster>;
