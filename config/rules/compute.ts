import { type AwsEnvironment, type NewCluster, type PlannedNodeGroup } from '../environment';
import { instanceType } from '../tables';
import { matchesNamespace } from '../plan/fargate';
import { judgeNodeGroup, unknownInstanceType } from './node-groups';
import { ownCluster, type Finding, type EnvironmentRule } from './rule';

/** Something runs the pods, and each node group is one that EKS can make. */
export const computeRule: EnvironmentRule = function* (environment) {
  const cluster = ownCluster(environment);
  if (!cluster) return;
  const { nodeGroups, fargateProfiles, autoMode } = cluster.compute;
  if (
    nodeGroups.length > 0 &&
    nodeGroups.every(({ desiredSize }) => desiredSize === 0) &&
    fargateProfiles.length === 0 &&
    !autoMode
  )
    yield asleep(nodeGroups);
  if (nodeGroups.length === 0 && fargateProfiles.length === 0 && !autoMode) yield nothing();
  for (const [index, group] of nodeGroups.entries()) {
    yield* judgeNodeGroup(environment, group, `cluster.compute.nodeGroups.${index}`);
  }
  yield* untainted(cluster.compute);
  yield* fargateNamespaces(environment, cluster.compute);
  yield* kubeProxy(cluster);
  if (cluster.adminHost) yield* adminHost(cluster.adminHost.instanceType);
};

function nothing(): Finding {
  return {
    path: 'cluster.compute',
    value: { nodeGroups: [], fargateProfiles: [], autoMode: false },
    reason: 'nothing could run a pod',
    remedy: 'write a node group, a Fargate profile or autoMode: {}; leave nodeGroups out for the default one',
  };
}

/** An autoscaler is a pod too. */
function asleep(groups: readonly PlannedNodeGroup[]): Finding {
  return {
    path: groups.length === 1 ? 'cluster.compute.nodeGroups.0.desiredSize' : 'cluster.compute.nodeGroups',
    value: groups.length === 1 ? 0 : groups.map(({ name, desiredSize }) => `${name}: ${desiredSize}`),
    reason:
      'no node is there to begin with, so CoreDNS and the load balancer controller never start, and the cluster stack fails waiting for them',
    remedy: 'write a desiredSize of 2 or more for one group',
  };
}

function* adminHost(name: string): Iterable<Finding> {
  const path = 'cluster.adminHost.instanceType';
  const type = instanceType(name);
  if (!type) {
    yield unknownInstanceType(path, name);
    return;
  }
  if (type.architecture === 'arm64') return;
  yield {
    path,
    value: name,
    reason: `its architecture is ${type.architecture}, but the admin host's image is for arm64`,
    remedy: "write an arm64 type such as 't4g.micro'",
  };
}

/** Neither CoreDNS nor the controller nor the services tolerate taints. */
function* untainted({ nodeGroups, fargateProfiles, autoMode }: NewCluster['compute']): Iterable<Finding> {
  if (fargateProfiles.length > 0) return;
  if (autoMode && nodeGroups.length === 0 && !autoMode.nodePools.includes('general-purpose')) {
    yield {
      path: 'cluster.compute.autoMode.nodePools',
      value: autoMode.nodePools,
      reason: 'only general-purpose runs pods that tolerate no taint, such as the services',
      remedy: "write 'general-purpose' too, unless you make a NodePool of your own",
      warning: true,
    };
    return;
  }
  const keepsAway = ({ taints: values }: PlannedNodeGroup) =>
    values.some(({ effect }) => effect !== 'PREFER_NO_SCHEDULE');
  if (autoMode || nodeGroups.length === 0 || !nodeGroups.every(keepsAway)) return;
  yield {
    path: 'cluster.compute.nodeGroups',
    value: nodeGroups.map(({ name }) => name),
    reason: 'all have taints, so no node takes CoreDNS, the load balancer controller or the services',
    remedy: "write a group without taints, or with the effect 'PREFER_NO_SCHEDULE'",
  };
}

/** Without nodes, a pod whose namespace no profile selects never starts. */
function* fargateNamespaces(
  { sample, workloads }: AwsEnvironment,
  { nodeGroups, fargateProfiles, autoMode }: NewCluster['compute'],
): Iterable<Finding> {
  if (fargateProfiles.length === 0 || nodeGroups.length > 0 || autoMode) return;
  const selectors = fargateProfiles.flatMap((profile) => profile.selectors);
  const missing = [
    'kube-system',
    ...(workloads.services.length > 0 ? [workloads.namespace] : []),
    ...(sample ? ['game-2048'] : []),
  ].filter((namespace) => !selectors.some((each) => matchesNamespace(each.namespace, namespace)));
  if (missing.length === 0) return;
  yield {
    path: 'cluster.compute.fargateProfiles',
    value: selectors.map(({ namespace }) => namespace),
    reason: `there are no nodes, and no selector has ${missing.join(' and ')}, whose pods would wait for ever`,
    remedy: `write ${missing.map((each) => `{ namespace: '${each}' }`).join(', ')} too, or a node group`,
  };
}

/** It may be older than the control plane, never newer. */
function* kubeProxy({ kubernetesVersion, addons }: NewCluster): Iterable<Finding> {
  const version = addons['kube-proxy']?.version;
  const minor = (value: string) => Number(value.split('.')[1]);
  if (version === undefined || minor(version) <= minor(kubernetesVersion)) return;
  yield {
    path: 'cluster.addons.kubeProxy.version',
    value: version,
    reason: `newer than cluster.kubernetesVersion ${kubernetesVersion}, which EKS refuses`,
    remedy: `write a version that begins with v${kubernetesVersion}., or leave it out`,
  };
}
