import { z } from 'zod';
import { permission } from './permissions';
import { WELL_KNOWN } from './pod-roles';
import { distinct, label, policyArn, textLike } from './primitives';

interface KnownAddon {
  /** AWS's name of the add-on. */
  readonly name: string;
  /** Who of its pods has AWS permissions, as `namespace/ServiceAccount`. */
  readonly serviceAccount?: string;
  /** AWS managed policies of its role, by a stable id; none means that the role needs policies of one's own. */
  readonly policies?: Readonly<Record<string, string>>;
  /** IAM statements of its role, where no managed policy is as narrow. */
  readonly statements?: readonly {
    readonly actions: readonly string[];
    readonly resources: readonly string[];
  }[];
  /** Keys of its configuration, as far as known. @see aws eks describe-addon-configuration */
  readonly configuration?: readonly string[];
}

const PODS = ['affinity', 'nodeSelector', 'podAnnotations', 'podLabels', 'resources', 'tolerations'] as const;

/**
 * Add-ons of EKS by the field of an environment.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html
 */
export const ADDONS = {
  vpcCni: {
    name: 'vpc-cni',
    serviceAccount: 'kube-system/aws-node',
    policies: { cni: 'AmazonEKS_CNI_Policy' },
    configuration: [
      ...PODS,
      'enableNetworkPolicy',
      'enableWindowsIpam',
      'enableWindowsPrefixDelegation',
      'env',
      'eniConfig',
      'init',
      'livenessProbeTimeoutSeconds',
      'nodeAgent',
      'readinessProbeTimeoutSeconds',
      'updateStrategy',
    ],
  },
  kubeProxy: { name: 'kube-proxy', configuration: [...PODS, 'ipvs', 'mode'] },
  coredns: {
    name: 'coredns',
    configuration: [
      ...PODS,
      'autoScaling',
      'computeType',
      'corefile',
      'podDisruptionBudget',
      'replicaCount',
      'topologySpreadConstraints',
    ],
  },
  podIdentityAgent: { name: 'eks-pod-identity-agent' },
  ebsCsiDriver: {
    name: 'aws-ebs-csi-driver',
    serviceAccount: 'kube-system/ebs-csi-controller-sa',
    policies: { ebs: 'service-role/AmazonEBSCSIDriverPolicy' },
  },
  efsCsiDriver: {
    name: 'aws-efs-csi-driver',
    serviceAccount: 'kube-system/efs-csi-controller-sa',
    policies: { efs: 'service-role/AmazonEFSCSIDriverPolicy' },
  },
  fsxCsiDriver: {
    name: 'aws-fsx-csi-driver',
    serviceAccount: 'kube-system/fsx-csi-controller-sa',
    policies: { fsx: 'AmazonFSxFullAccess' },
  },
  mountpointS3CsiDriver: {
    name: 'aws-mountpoint-s3-csi-driver',
    serviceAccount: 'kube-system/s3-csi-driver-sa',
  },
  snapshotController: { name: 'snapshot-controller' },
  metricsServer: { name: 'metrics-server' },
  nodeMonitoringAgent: { name: 'eks-node-monitoring-agent' },
  amazonCloudwatchObservability: {
    name: 'amazon-cloudwatch-observability',
    serviceAccount: 'amazon-cloudwatch/cloudwatch-agent',
    policies: { agent: 'CloudWatchAgentServerPolicy', xray: 'AWSXrayWriteOnlyAccess' },
  },
  externalDns: {
    name: 'external-dns',
    serviceAccount: 'external-dns/external-dns',
    statements: WELL_KNOWN['external-dns'],
  },
  certManager: { name: 'cert-manager' },
  kubeStateMetrics: { name: 'kube-state-metrics' },
  prometheusNodeExporter: { name: 'prometheus-node-exporter' },
} as const satisfies Readonly<Record<string, KnownAddon>>;

/** Add-ons that a cluster has unless it is said otherwise, each with what nodes need of it. */
const OF_EVERY_CLUSTER = ['vpcCni', 'kubeProxy', 'coredns', 'podIdentityAgent'] as const;
type OfEveryCluster = (typeof OF_EVERY_CLUSTER)[number];
type Optional = Exclude<keyof typeof ADDONS, OfEveryCluster>;

/** What is known of the add-on of a field. */
export const knownAddon = (field: keyof typeof ADDONS): KnownAddon => ADDONS[field];

/** A role that an add-on's pods have; what isn't said is as AWS documents it for the add-on. */
const role = z.strictObject({
  /** Of the add-on's pods. @default - AWS's, where it is known */
  serviceAccount: label(253).optional(),
  /** Of the ServiceAccount. @default - AWS's, where it is known */
  namespace: label().optional(),
  /** @default - AWS's, where it is known */
  policyArns: distinct(z.array(policyArn).max(10, 'write at most 10 ARNs')).optional(),
  /** IAM statements besides. @default [] */
  permissions: z.array(permission).default([]),
});

/** `version` pins an add-on; without it the default of the Kubernetes version is used. */
const addon = z.strictObject({
  version: textLike(
    /^v\d+\.\d+\.\d+-eksbuild\.\d+$/,
    'write a version such as v1.22.4-eksbuild.3',
  ).optional(),
  /** What the add-on's own schema takes (`aws eks describe-addon-configuration`). @default - the add-on's defaults */
  configuration: z.record(z.string(), z.json()).optional(),
  /** A role of its own, bound as `podIdentity` says; `false` for none. @default - one where the add-on is known to need it */
  role: z.union([z.literal(false), role], 'write false, or {} for what AWS documents').optional(),
});
const optionalAddon = z.union([z.literal(false), addon], 'write false, or {} for its defaults');

const vpcCni = addon.extend({
  /** Nodes get whole /28 networks, and so run more pods. @default false */
  prefixDelegation: z.boolean().default(false),
  /** Kubernetes' NetworkPolicies are enforced. @default - as `hardening` */
  networkPolicy: z.boolean().optional(),
});

const optional = Object.fromEntries(
  Object.keys(ADDONS)
    .filter((field) => !(OF_EVERY_CLUSTER as readonly string[]).includes(field))
    .map((field) => [field, optionalAddon.default(false)]),
) as { [Field in Optional]: z.ZodDefault<typeof optionalAddon> };

/** Those of every cluster are {} by default, all others false. */
export const addons = z.strictObject({
  vpcCni: vpcCni.prefault({}),
  kubeProxy: addon.prefault({}),
  coredns: addon.prefault({}),
  podIdentityAgent: addon.prefault({}),
  ...optional,
  /** Any other add-on, by AWS's name (`aws eks describe-addon-versions`). @default {} */
  others: z
    .record(
      textLike(/^[a-z0-9][a-z0-9_-]{0,99}$/, "write AWS's name of the add-on, such as 'aws-guardduty-agent'"),
      addon,
    )
    .default({}),
});

export type AddonSettings = z.output<typeof addon>;
export type AddonsSettings = z.output<typeof addons>;
