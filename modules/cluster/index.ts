export {
  AccessEntries,
  AccessEntry,
  administrator,
  type Access,
  type AccessEntriesProps,
  type AccessEntryProps,
  type AccessPolicy,
} from './access-entries';
export { AddonWithRole, type AddonWithRoleProps } from './addon-with-role';
export {
  addonsAfterNodes,
  addonsBeforeNodes,
  ClusterAddons,
  type InstalledAddons,
  type ClusterAddonsProps,
} from './cluster-addons';
export { type ClusterAttributes } from './cluster-attributes';
export { ControlPlane, type ControlPlaneProps } from './control-plane';
export { ExistingCluster, type ExistingClusterProps } from './existing-cluster';
export { FargateProfile, type FargateProfileProps } from './fargate-profile';
export { ManagedAddon, type ManagedAddonProps } from './managed-addon';
export { NodeGroup, type NodeGroupProps } from './node-group';
export { NodeSecurityGroup, type NodeSecurityGroupProps } from './node-security-group';
export { OneTaggedSecurityGroup } from './one-tagged-security-group';
