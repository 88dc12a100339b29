import { EksNodeGroup, type EksNodeGroupTaint } from '@cdktf/provider-aws/lib/eks-node-group';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import { type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { boundedName, ServiceRole, serviceTrust } from '../iam';
import { type AmiFamily } from './ami-types';
import { blockDevices } from './block-devices';

export interface NodeGroupProps {
  readonly clusterName: string;
  /** Name of the group; AWS's begins with it. */
  readonly nodeGroupName: string;
  /** Name that role, launch template and instances begin with, such as `<cluster>-<group>`; no token. */
  readonly resourceName: string;
  /** Kubernetes version of the nodes: the control plane's, so that they follow it. */
  readonly version: string;
  /** Private subnets. */
  readonly subnetIds: string[];
  /** The cluster's security group and the nodes' own; exactly one may be tagged for the cluster. */
  readonly securityGroupIds: readonly string[];
  readonly instanceTypes: readonly string[];
  readonly capacityType: 'ON_DEMAND' | 'SPOT';
  readonly amiFamily: AmiFamily;
  /** Such as `AL2023_x86_64_STANDARD`. */
  readonly amiType: string;
  readonly minSize: number;
  /** Only at creation: afterwards an autoscaler may own it. */
  readonly desiredSize: number;
  readonly maxSize: number;
  readonly diskSizeGib: number;
  /** @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly taints?: readonly EksNodeGroupTaint[];
  /** Tags of instances, volumes and network interfaces: the provider's default tags don't reach them. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Whether `vpc-cni` uses the role of the nodes; `false` where its pods have one of their own. @default true */
  readonly cniPolicy?: boolean;
  readonly partition: string;
  readonly dnsSuffix: string;
  /** What nodes need to become ready: add-ons, security group rules. @default - none */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** Characters of a managed node group's name that its prefix may take: 63 less the 26 that Terraform adds. */
const GROUP_PREFIX_LENGTH = 37;
/** The same for a launch template's: 125 less 26. */
const TEMPLATE_PREFIX_LENGTH = 99;

/**
 * A managed node group with a role and a launch template of its own.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
 */
export class NodeGroup extends Construct {
  readonly dependable: ITerraformDependable;

  constructor(scope: Construct, id: string, props: NodeGroupProps) {
    super(scope, id);
    const { labels = {}, taints = [], dependsOn = [] } = props;
    const role = this.makeRole(props);
    const template = this.makeLaunchTemplate(props);
    this.dependable = new EksNodeGroup(this, 'group', {
      clusterName: props.clusterName,
      nodeGroupNamePrefix: `${boundedName(props.nodeGroupName, GROUP_PREFIX_LENGTH - 1)}-`,
      nodeRoleArn: role.arn,
      subnetIds: props.subnetIds,
      version: props.version,
      amiType: props.amiType,
      capacityType: props.capacityType,
      instanceTypes: [...props.instanceTypes],
      launchTemplate: { id: template.id, version: template.latestVersion.toString() },
      scalingConfig: { minSize: props.minSize, desiredSize: props.desiredSize, maxSize: props.maxSize },
      updateConfig: { maxUnavailablePercentage: 33 },
      nodeRepairConfig: { enabled: true },
      labels: Object.keys(labels).length > 0 ? { ...labels } : undefined,
      taint: taints.length > 0 ? [...taints] : undefined,
      lifecycle: { createBeforeDestroy: true, ignoreChanges: ['scaling_config[0].desired_size'] },
      dependsOn: [...role.dependencies, ...dependsOn],
    });
  }

  /**
   * The CNI's policy is here because `vpc-cni` runs before the first node, when IRSA can't bind a role to its pods yet.
   */
  private makeRole({ resourceName, partition, dnsSuffix, cniPolicy = true }: NodeGroupProps): ServiceRole {
    return new ServiceRole(this, 'role', {
      roleName: `${resourceName}-node`,
      description: `Nodes of ${resourceName}`,
      assumeRolePolicy: serviceTrust(`ec2.${dnsSuffix}`),
      partition,
      managedPolicies: [
        'AmazonEKSWorkerNodePolicy',
        'AmazonEC2ContainerRegistryPullOnly',
        ...(cniPolicy ? ['AmazonEKS_CNI_Policy'] : []),
      ],
    });
  }

  private makeLaunchTemplate(props: NodeGroupProps): LaunchTemplate {
    const { resourceName } = props;
    const tags = { ...props.tags, Name: resourceName };
    return new LaunchTemplate(this, 'template', {
      namePrefix: `${boundedName(resourceName, TEMPLATE_PREFIX_LENGTH - 1)}-`,
      description: `Nodes of ${resourceName}`,
      updateDefaultVersion: true,
      blockDeviceMappings: blockDevices(props.amiFamily, props.diskSizeGib),
      metadataOptions: {
        httpEndpoint: 'enabled',
        httpTokens: 'required',
        // Pods have their own roles: the instance's is out of their reach.
        httpPutResponseHopLimit: 1,
      },
      networkInterfaces: [
        {
          deviceIndex: 0,
          associatePublicIpAddress: 'false',
          deleteOnTermination: 'true',
          securityGroups: [...props.securityGroupIds],
        },
      ],
      monitoring: { enabled: true },
      tagSpecifications: ['instance', 'volume', 'network-interface'].map((resourceType) => ({
        resourceType,
        tags,
      })),
      lifecycle: { createBeforeDestroy: true },
    });
  }
}
