import { type AwsEnvironment, type PlannedNodeGroup } from '../environment';
import { bytesOf, cpuOf } from '../quantities';
import { instanceType } from '../tables';
import { ownCluster, type Finding, type EnvironmentRule } from './rule';

type Service = AwsEnvironment['workloads']['services'][number];

/** What one node, or all of a group, has for pods: CPUs, bytes, pods. */
interface Room {
  readonly cpu: number;
  readonly memory: number;
  readonly pods: number;
}

/** The nodes hold the pods of the services: each by itself, and all of them at once. */
export const schedulingRule: EnvironmentRule = function* (environment) {
  const cluster = ownCluster(environment);
  const { nodeGroups = [], autoMode } = cluster?.compute ?? {};
  if (environment.plan.onFargate) {
    yield* onFargate(environment.workloads.services);
    return;
  }
  if (nodeGroups.length === 0 || autoMode) return;
  const { services } = environment.workloads;
  const findings = services.flatMap((service, index) => [
    ...ofService(service, nodeGroups, `workloads.services.${index}`),
  ]);
  yield* findings.length > 0 ? findings : together(services, nodeGroups);
};

/** @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html */
const LARGEST_ON_FARGATE = { cpu: 16, memory: 120 * 2 ** 30 };

function* onFargate(services: readonly Service[]): Iterable<Finding> {
  for (const [index, service] of services.entries()) {
    yield* tooLarge(service, LARGEST_ON_FARGATE, `workloads.services.${index}`, 'a pod on Fargate');
  }
}

function* ofService(service: Service, groups: readonly PlannedNodeGroup[], path: string): Iterable<Finding> {
  const taking = groups.filter((group) => takes(group, service));
  if (taking.length === 0) {
    // That all groups have taints is said of the groups.
    if (Object.keys(service.nodeSelector).length + service.tolerations.length === 0) return;
    const labels = Object.keys(service.nodeSelector).length > 0;
    yield {
      path: `${path}.${labels ? 'nodeSelector' : 'tolerations'}`,
      value: labels ? service.nodeSelector : service.tolerations,
      reason: `no node group takes its pods: ${groups.map(({ name }) => name).join(', ')} have other labels, or taints that it does not tolerate`,
      remedy: labels
        ? 'write labels that a node group has (cluster.compute.nodeGroups.….labels), and tolerations for its taints'
        : 'write tolerations for the taints of a node group',
      // Labels that somebody else gives to nodes aren't known here.
      ...(labels && { warning: true as const }),
    };
    return;
  }
  const rooms = taking.flatMap((group) => group.instanceTypes.flatMap((type) => roomOf(type) ?? []));
  if (rooms.length === 0) return;
  const largest = {
    cpu: Math.max(...rooms.map(({ cpu }) => cpu)),
    memory: Math.max(...rooms.map(({ memory }) => memory)),
  };
  yield* tooLarge(
    service,
    largest,
    path,
    `the largest node (${taking.map(({ instanceTypes }) => instanceTypes.join(', ')).join(', ')})`,
  );
}

function* tooLarge(
  { resources }: Service,
  largest: Omit<Room, 'pods'>,
  path: string,
  whose: string,
): Iterable<Finding> {
  const finding = (field: 'cpu' | 'memory', most: string): Finding => ({
    path: `${path}.resources.${field}`,
    value: resources[field],
    reason: `more than ${whose} has for a pod, about ${most}: it would never start`,
    remedy: 'write less, or larger instance types',
  });
  if (cpuOf(resources.cpu) > largest.cpu) yield finding('cpu', `${Math.floor(largest.cpu * 1000)}m`);
  if (bytesOf(resources.memory) > largest.memory)
    yield finding('memory', `${Math.floor(largest.memory / 2 ** 20)}Mi`);
}

/** All pods, on nodes that no autoscaler adds to, and on all that there may be. */
function* together(services: readonly Service[], groups: readonly PlannedNodeGroup[]): Iterable<Finding> {
  const pods = services.map((service, index) => ({
    path: `workloads.services.${index}.replicas`,
    count: service.autoscaling?.minReplicas ?? service.replicas,
    cpu: cpuOf(service.resources.cpu),
    memory: bytesOf(service.resources.memory),
  }));
  const needed = {
    cpu: sum(pods.map(({ count, cpu }) => count * cpu)),
    memory: sum(pods.map(({ count, memory }) => count * memory)),
    pods: sum(pods.map(({ count }) => count)),
  };
  const [most, now] = [roomOfAll(groups, 'maxSize'), roomOfAll(groups, 'desiredSize')];
  if (!most || !now) return;
  const short = (room: Room) =>
    (['cpu', 'memory', 'pods'] as const).find((resource) => needed[resource] > room[resource]);
  const lack = short(most) ?? short(now);
  if (lack === undefined) return;
  const never = short(most) !== undefined;
  const largest = pods.toSorted(
    (a, b) => b.count * b[lack === 'pods' ? 'count' : lack] - a.count * a[lack === 'pods' ? 'count' : lack],
  )[0];
  const words = (room: Room) =>
    lack === 'cpu'
      ? `${room.cpu.toFixed(1)} CPUs`
      : lack === 'memory'
        ? `${(room.memory / 2 ** 30).toFixed(1)} GiB of memory`
        : `${room.pods} pods`;
  yield {
    path: largest?.path ?? 'workloads.services',
    value: largest?.count,
    reason: `the pods of all services need ${words(needed)}, and the nodes have about ${words(never ? most : now)} ${never ? 'at their most' : 'until something adds some (no autoscaler is made here)'}: some would never start, and the apply fails waiting for them`,
    remedy: never
      ? 'write fewer replicas, smaller resources, or more or larger nodes'
      : 'write a larger desiredSize of a node group, fewer replicas or smaller resources',
    warning: true,
  };
}

const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0);

/** Undefined if an instance type is unknown. Of several types the smallest counts: AWS chooses. */
function roomOfAll(groups: readonly PlannedNodeGroup[], size: 'maxSize' | 'desiredSize'): Room | undefined {
  const rooms = groups.map((group) => {
    const types = group.instanceTypes.flatMap((type) => roomOf(type) ?? []);
    if (types.length < group.instanceTypes.length) return undefined;
    const least = (resource: keyof Room) => group[size] * Math.min(...types.map((type) => type[resource]));
    return { cpu: least('cpu'), memory: least('memory'), pods: least('pods') };
  });
  if (rooms.includes(undefined)) return undefined;
  const all = (resource: keyof Room) => sum(rooms.map((room) => room?.[resource] ?? 0));
  return { cpu: all('cpu'), memory: all('memory'), pods: all('pods') };
}

/** Pods of EKS on every node: aws-node, kube-proxy, the Pod Identity agent. */
const OF_EVERY_NODE = { cpu: 0.15, pods: 3 };

/**
 * What a node leaves to pods: the kubelet keeps a share of its CPUs, and memory by the number of its pods.
 * @see https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/config.go
 */
function roomOf(name: string): Room | undefined {
  const type = instanceType(name);
  if (!type) return undefined;
  const { vcpus, memoryGib, maxPods } = type;
  const shares = [0.06, 0.01, 0.005, 0.005];
  const kept = sum(Array.from({ length: vcpus }, (_, index) => shares[index] ?? 0.0025));
  return {
    cpu: vcpus - kept - OF_EVERY_NODE.cpu,
    memory: memoryGib * 2 ** 30 - (255 + 11 * maxPods + 100) * 2 ** 20,
    pods: maxPods - OF_EVERY_NODE.pods,
  };
}

/** Whether a group's nodes have the labels that pods ask for, and no taint that keeps them away. */
function takes(group: PlannedNodeGroup, { nodeSelector, tolerations }: Service): boolean {
  const labels: Readonly<Record<string, string>> = {
    'kubernetes.io/os': 'linux',
    'kubernetes.io/arch': group.architecture === 'arm64' ? 'arm64' : 'amd64',
    'eks.amazonaws.com/capacityType': group.capacityType,
    ...group.labels,
  };
  // Labels of a node's own, such as its name or zone.
  const unknown =
    /^(kubernetes\.io\/hostname|node\.kubernetes\.io\/|topology\.|eks\.amazonaws\.com\/nodegroup|karpenter\.)/;
  const selected = Object.entries(nodeSelector).every(
    ([key, value]) => labels[key] === value || unknown.test(key),
  );
  return (
    selected &&
    group.taints.every(
      ({ key, value = '', effect }) =>
        effect === 'PREFER_NO_SCHEDULE' ||
        tolerations.some(
          (each) =>
            (each.key === undefined || each.key === key) &&
            (each.operator === 'Exists' || (each.value ?? '') === value) &&
            (each.effect === undefined || each.effect === EFFECTS[effect]),
        ),
    )
  );
}

/** Effects of taints in Kubernetes' words. */
const EFFECTS = {
  NO_SCHEDULE: 'NoSchedule',
  NO_EXECUTE: 'NoExecute',
  PREFER_NO_SCHEDULE: 'PreferNoSchedule',
} as const;
