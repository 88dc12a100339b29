import { Aspects, Fn, type App, type ITerraformDependable } from 'cdktf';
import { type AwsEnvironment, type ExistingClusterSettings, type NewCluster } from '../config';
import { AdminHost } from '../modules/admin-host';
import {
  AccessEntries,
  AddonWithRole,
  addonsAfterNodes,
  addonsBeforeNodes,
  ClusterAddons,
  ControlPlane,
  ExistingCluster,
  FargateProfile,
  NodeGroup,
  NodeSecurityGroup,
  OneTaggedSecurityGroup,
  type ClusterAttributes,
} from '../modules/cluster';
import { boundedName } from '../modules/iam';
import { PodRole } from '../modules/identity';
import { HcpIdentityProvider } from '../modules/hcp-access';
import { AwsStack } from './aws-stack';
import { type ContractValues } from './contract';
import { clusterContract, type networkContract } from './contracts';
import { type NetworkStack } from './network-stack';

export interface ClusterStackProps {
  readonly environment: AwsEnvironment;
  readonly network: NetworkStack;
}

type Network = ContractValues<typeof networkContract>;

/** The EKS cluster and what runs its pods, made here or already there. */
export class ClusterStack extends AwsStack<typeof clusterContract> {
  constructor(app: App, { environment, network }: ClusterStackProps) {
    super(app, 'cluster', environment, clusterContract);
    const values = this.from(network);
    Aspects.of(this).add(new OneTaggedSecurityGroup());
    const { cluster } = environment;
    if (cluster.kind === 'existing') {
      this.readCluster(cluster);
    } else {
      this.makeCluster(cluster, values);
    }
  }

  private readCluster({ name }: ExistingClusterSettings): void {
    const cluster = new ExistingCluster(this, 'cluster', { clusterName: name });
    this.addHcpIdentityProvider(cluster.clusterName);
    this.publishCluster(cluster, cluster.clusterSecurityGroupId);
  }

  private makeCluster(settings: NewCluster, network: Network): void {
    const { partition } = this.environment;
    const controlPlane = this.makeControlPlane(settings, network);
    const { clusterName } = controlPlane;
    new AccessEntries(this, 'access', {
      clusterName,
      partition,
      administrators: settings.administrators,
      entries: settings.accessEntries,
    });

    const cniRole = this.addCniRole(settings, clusterName);
    const beforeNodes = new ClusterAddons(this, 'node-addons', {
      clusterName,
      addons: addonsBeforeNodes(settings.addons),
      dependsOn: cniRole?.dependencies,
    });
    const nodeSecurityGroup =
      settings.compute.nodeGroups.length > 0
        ? new NodeSecurityGroup(this, 'node-security-group', {
            clusterName: settings.name,
            vpcId: network.vpc_id,
            clusterSecurityGroupId: controlPlane.clusterSecurityGroupId,
          })
        : undefined;
    const ready = [...beforeNodes.dependencies, ...(nodeSecurityGroup?.dependencies ?? [])];
    const nodes = [
      ...this.makeNodeGroups(settings, network, controlPlane, nodeSecurityGroup, ready),
      ...this.makeFargateProfiles(settings, network, clusterName),
    ];
    const addons = new ClusterAddons(this, 'addons', {
      clusterName,
      addons: addonsAfterNodes(settings.addons),
      fargateOnly: settings.compute.nodeGroups.length === 0 && !settings.compute.autoMode,
      dependsOn: nodes,
    });
    this.addAddonsWithRoles(settings, clusterName, [...nodes, ...addons.dependencies]);
    this.addAdminHost(settings, network, controlPlane);
    this.addHcpIdentityProvider(clusterName);
    this.publishCluster(
      controlPlane,
      nodeSecurityGroup?.securityGroupId ?? controlPlane.clusterSecurityGroupId,
    );
  }

  private makeControlPlane(settings: NewCluster, network: Network): ControlPlane {
    const { account, region, partition, dnsSuffix, preventDestroy } = this.environment;
    return new ControlPlane(this, 'cluster', {
      clusterName: settings.name,
      kubernetesVersion: settings.kubernetesVersion,
      subnetIds: network.private_subnet_ids,
      endpointPublicAccess: settings.endpoint.publicAccess,
      publicAccessCidrs: settings.endpoint.publicAccessCidrs,
      endpointPrivateAccess: settings.endpoint.privateAccess,
      logTypes: settings.logging.types,
      logRetentionInDays: settings.logging.retentionDays,
      kmsKeyArn: settings.kmsKeyArn,
      supportType: settings.upgradePolicy,
      zonalShift: settings.zonalShift,
      deletionProtection: settings.deletionProtection,
      preventDestroy,
      serviceIpv4Cidr: settings.serviceIpv4Cidr,
      autoMode: settings.compute.autoMode,
      account,
      region,
      partition,
      dnsSuffix,
    });
  }

  private makeNodeGroups(
    settings: NewCluster,
    network: Network,
    controlPlane: ControlPlane,
    nodeSecurityGroup: NodeSecurityGroup | undefined,
    dependsOn: readonly ITerraformDependable[],
  ): ITerraformDependable[] {
    const { partition, dnsSuffix } = this.environment;
    const { clusterName, version, clusterSecurityGroupId } = controlPlane;
    const securityGroupIds = nodeSecurityGroup
      ? [clusterSecurityGroupId, nodeSecurityGroup.securityGroupId]
      : [clusterSecurityGroupId];
    return settings.compute.nodeGroups.map(({ name, zones, subnetIds, ...group }) => {
      const nodeGroup = new NodeGroup(this, `nodes-${name}`, {
        ...group,
        clusterName,
        nodeGroupName: name,
        resourceName: `${settings.name}-${name}`,
        version,
        subnetIds: subnetIds ?? this.subnetsOf(zones, network),
        cniPolicy: settings.addons['vpc-cni']?.role === undefined,
        securityGroupIds,
        tags: this.tags,
        partition,
        dnsSuffix,
        dependsOn,
      });
      return nodeGroup.dependable;
    });
  }

  /** The network stack publishes one private subnet a zone, in the order of its zones. */
  private subnetsOf(zones: readonly string[] | undefined, { private_subnet_ids: all }: Network): string[] {
    const { network } = this.environment;
    if (!zones || network.kind === 'existing' || typeof network.zones === 'number') return all;
    const { zones: known } = network;
    return zones.map((zone) => Fn.element(all, known.indexOf(zone)) as string);
  }

  private makeFargateProfiles(
    settings: NewCluster,
    network: Network,
    clusterName: string,
  ): ITerraformDependable[] {
    const { account, region, partition } = this.environment;
    return settings.compute.fargateProfiles.map(({ name, selectors }) => {
      const profile = new FargateProfile(this, `fargate-${name}`, {
        clusterName,
        profileName: name,
        roleName: `${settings.name}-${name}-fargate`,
        subnetIds: network.private_subnet_ids,
        selectors,
        account,
        region,
        partition,
      });
      return profile.dependable;
    });
  }

  /** Pod Identity alone can bind it before there are nodes; else it is part of the nodes' role. */
  private addCniRole({ name, addons }: NewCluster, clusterName: string): PodRole | undefined {
    const role = addons['vpc-cni']?.role;
    return (
      role &&
      new PodRole(this, 'vpc-cni', {
        binding: { type: 'pod-identity', clusterName, account: this.environment.account },
        roleName: boundedName(`${name}-vpc-cni`),
        description: `VPC CNI of ${name}`,
        ...role,
      })
    );
  }

  /** With IRSA they are the addons stack's: the IAM OIDC provider that binds their roles is made there. */
  private addAddonsWithRoles(
    { name, addons }: NewCluster,
    clusterName: string,
    dependsOn: readonly ITerraformDependable[],
  ): void {
    if (this.environment.podIdentity !== 'pod-identity') return;
    for (const [addonName, { version, configuration, role }] of Object.entries(addons)) {
      if (!role || addonName === 'vpc-cni') continue;
      new AddonWithRole(this, addonName, {
        clusterName,
        addonName,
        version,
        configuration,
        binding: { type: 'pod-identity', clusterName, account: this.environment.account },
        roleName: `${name}-${addonName.replace(/^aws-/, '')}`,
        ...role,
        dependsOn,
      });
    }
  }

  private addAdminHost(settings: NewCluster, network: Network, controlPlane: ControlPlane): void {
    if (settings.adminHost === false) return;
    const { region, partition, dnsSuffix } = this.environment;
    new AdminHost(this, 'admin-host', {
      hostName: `${settings.name}-admin`,
      clusterName: controlPlane.clusterName,
      clusterArn: controlPlane.arn,
      clusterSecurityGroupId: controlPlane.clusterSecurityGroupId,
      kubernetesVersion: settings.kubernetesVersion,
      vpcId: network.vpc_id,
      subnetId: Fn.element(network.private_subnet_ids, 0) as string,
      instanceType: settings.adminHost.instanceType,
      region,
      partition,
      dnsSuffix,
    });
  }

  /** Of a cluster that was there too: nobody else would, and no other setting of it is touched. */
  private addHcpIdentityProvider(clusterName: string): void {
    const { backend, clusterCredentials } = this.environment;
    if (backend.type !== 'hcp' || clusterCredentials.type !== 'hcp-dynamic') return;
    const { audience, identityProvider, usernamePrefix } = clusterCredentials;
    if (identityProvider === 'existing') return;
    const { hostname, organization } = backend;
    new HcpIdentityProvider(this, 'hcp-terraform', {
      clusterName,
      hostname,
      organization,
      audience,
      usernamePrefix,
    });
  }

  private publishCluster(cluster: ClusterAttributes, nodeSecurityGroupId: string): void {
    this.publish({
      cluster_name: cluster.clusterName,
      cluster_endpoint: cluster.endpoint,
      cluster_certificate_authority: cluster.certificateAuthority,
      cluster_version: cluster.version,
      oidc_issuer: cluster.oidcIssuer,
      cluster_security_group_id: cluster.clusterSecurityGroupId,
      node_security_group_id: nodeSecurityGroupId,
      update_kubeconfig_command: `aws eks update-kubeconfig --name ${cluster.clusterName} --region ${this.environment.region}`,
    });
  }
}
