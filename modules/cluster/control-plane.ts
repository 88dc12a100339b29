import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { EksCluster } from '@cdktf/provider-aws/lib/eks-cluster';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Construct } from 'constructs';
import { EncryptionKey, logGroupUse } from '../encryption';
import { policyDocument, ServiceRole, serviceTrust } from '../iam';
import { AUTO_MODE_CLUSTER_POLICIES, autoModeConfig, AutoModeNodeRole, type AutoMode } from './auto-mode';
import { type ClusterAttributes } from './cluster-attributes';

export interface ControlPlaneProps {
  readonly clusterName: string;
  /** Minor version such as `1.35`. */
  readonly kubernetesVersion: string;
  /** Where EKS puts its network interfaces, in two zones or more; only at creation. */
  readonly subnetIds: string[];
  /** @default false */
  readonly endpointPublicAccess?: boolean;
  /** Networks that may reach the public endpoint. */
  readonly publicAccessCidrs?: readonly string[];
  /** @default true */
  readonly endpointPrivateAccess?: boolean;
  /** Control-plane logs that go to CloudWatch. */
  readonly logTypes: readonly string[];
  /** Days that CloudWatch keeps them. */
  readonly logRetentionInDays: number;
  /** Key that encrypts Kubernetes Secrets. @default - one is made, which encrypts the control-plane logs too */
  readonly kmsKeyArn?: string;
  /** What AWS does at the end of standard support. */
  readonly supportType: 'STANDARD' | 'EXTENDED';
  /** Lets ARC shift traffic away from an impaired zone. @default - as EKS has it: off, unless it was on */
  readonly zonalShift?: boolean;
  /** AWS refuses to delete the cluster. @default - as EKS has it: off, unless it was on */
  readonly deletionProtection?: boolean;
  /** Terraform refuses to plan the removal of the cluster and of the key made here. @default false */
  readonly preventDestroy?: boolean;
  /** Addresses of Services. @default - chosen by EKS */
  readonly serviceIpv4Cidr?: string;
  /** EKS runs nodes, storage and load balancing. @default - as EKS has it: it does not, unless it did */
  readonly autoMode?: AutoMode | false;
  readonly account: string;
  readonly region: string;
  /** aws, aws-cn, … */
  readonly partition: string;
  /** DNS suffix of the partition's service principals: amazonaws.com, … */
  readonly dnsSuffix: string;
}

/**
 * The control plane of an EKS cluster: who may use it is said by access entries alone, what runs on it by add-ons alone.
 *
 * EKS remembers `deletionProtection`, `zonalShift` and `autoMode`: leaving one out again changes nothing, `false` turns
 * it off.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html
 */
export class ControlPlane extends Construct implements ClusterAttributes {
  readonly clusterName: string;
  readonly arn: string;
  readonly endpoint: string;
  readonly certificateAuthority: string;
  readonly version: string;
  readonly oidcIssuer: string;
  readonly clusterSecurityGroupId: string;

  constructor(scope: Construct, id: string, props: ControlPlaneProps) {
    super(scope, id);
    const { clusterName, autoMode } = props;
    const kmsKeyArn = props.kmsKeyArn ?? this.makeKey(props).arn;
    // A key that is given may not let CloudWatch Logs use it.
    const logGroup = this.makeLogGroup(props, props.kmsKeyArn === undefined ? kmsKeyArn : undefined);
    const role = this.makeRole(props);
    const keyUse = new IamRolePolicy(this, 'key-use', {
      name: 'secrets-key',
      role: role.name,
      policy: policyDocument([
        {
          actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:ListGrants'],
          resources: [kmsKeyArn],
        },
      ]),
    });
    const nodeRole =
      autoMode && autoMode.nodePools.length > 0
        ? new AutoModeNodeRole(this, 'auto-mode-node', props)
        : undefined;
    const auto = autoMode === undefined ? undefined : autoModeConfig(autoMode, nodeRole?.arn);
    const network = {
      ...(props.serviceIpv4Cidr && { serviceIpv4Cidr: props.serviceIpv4Cidr }),
      ...auto?.kubernetesNetworkConfig,
    };

    const cluster = new EksCluster(this, 'cluster', {
      name: clusterName,
      version: props.kubernetesVersion,
      roleArn: role.arn,
      accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
      bootstrapSelfManagedAddons: false,
      enabledClusterLogTypes: [...props.logTypes],
      encryptionConfig: { provider: { keyArn: kmsKeyArn }, resources: ['secrets'] },
      vpcConfig: {
        subnetIds: props.subnetIds,
        endpointPrivateAccess: props.endpointPrivateAccess ?? true,
        endpointPublicAccess: props.endpointPublicAccess ?? false,
        // EKS answers 0.0.0.0/0 for a private endpoint, which Terraform would want to change for ever.
        publicAccessCidrs: props.endpointPublicAccess ? [...(props.publicAccessCidrs ?? [])] : undefined,
      },
      upgradePolicy: { supportType: props.supportType },
      zonalShiftConfig: props.zonalShift === undefined ? undefined : { enabled: props.zonalShift },
      // Older releases of the provider don't know it: named only where somebody decided.
      deletionProtection: props.deletionProtection,
      kubernetesNetworkConfig: Object.keys(network).length > 0 ? network : undefined,
      computeConfig: auto?.computeConfig,
      storageConfig: auto?.storageConfig,
      lifecycle: {
        // EKS refuses subnets in zones that it didn't begin with, so that adding a zone to the VPC would fail here.
        // Nodes and load balancers use the new zone all the same. The other two matter when a cluster is made, and nobody
        // can read them later: of one that is imported the provider takes their defaults, and would make it anew.
        ignoreChanges: [
          'vpc_config[0].subnet_ids',
          'bootstrap_self_managed_addons',
          'access_config[0].bootstrap_cluster_creator_admin_permissions',
        ],
        preventDestroy: props.preventDestroy ? true : undefined,
      },
      dependsOn: [logGroup, keyUse, ...role.dependencies, ...(nodeRole?.dependencies ?? [])],
    });
    this.clusterName = cluster.name;
    this.arn = cluster.arn;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.get(0).data;
    this.version = cluster.version;
    this.oidcIssuer = cluster.identity.get(0).oidc.get(0).issuer;
    this.clusterSecurityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
  }

  /** Made before the cluster, or EKS makes it with logs that are kept for ever. */
  private makeLogGroup(props: ControlPlaneProps, kmsKeyId?: string): CloudwatchLogGroup {
    return new CloudwatchLogGroup(this, 'logs', {
      name: logGroupName(props),
      retentionInDays: props.logRetentionInDays,
      kmsKeyId,
    });
  }

  private makeKey(props: ControlPlaneProps): EncryptionKey {
    return new EncryptionKey(this, 'key', {
      ...props,
      description: `Kubernetes Secrets and control-plane logs of ${props.clusterName}`,
      alias: `eks/${props.clusterName}`,
      statements: [logGroupUse({ ...props, logGroupName: logGroupName(props) })],
    });
  }

  private makeRole({ clusterName, partition, region, account, autoMode }: ControlPlaneProps): ServiceRole {
    return new ServiceRole(this, 'role', {
      roleName: `${clusterName}-cluster`,
      description: `Control plane of ${clusterName}`,
      assumeRolePolicy: serviceTrust(
        'eks.amazonaws.com',
        autoMode ? ['sts:AssumeRole', 'sts:TagSession'] : ['sts:AssumeRole'],
        {
          // Without these EKS could be made to act here on another account's behalf.
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:eks:${region}:${account}:cluster/${clusterName}` },
        },
      ),
      partition,
      managedPolicies: ['AmazonEKSClusterPolicy', ...(autoMode ? AUTO_MODE_CLUSTER_POLICIES : [])],
    });
  }
}

/** The name that EKS writes to. */
function logGroupName({ clusterName }: ControlPlaneProps): string {
  return `/aws/eks/${clusterName}/cluster`;
}
