import { type AwsEnvironment, type PlannedNodeGroup } from '../environment';
import { AMI_TYPES, type AmiFamily } from '../../modules/cluster/ami-types';
import { oneOf } from '../nearest';
import { instanceType, instanceTypes } from '../tables';
import { repeated, type Finding } from './rule';

/** A node group scales within its limits, and its instance types fit its AMI, its zones and the pods on it. */
export function judgeNodeGroup(
  environment: AwsEnvironment,
  group: PlannedNodeGroup,
  path: string,
): Finding[] {
  return [
    ...sizes(group, path),
    ...family(group, path),
    ...types(group, path),
    ...places(environment, group, path),
    ...labels(group, path),
    ...taints(group, path),
  ];
}

function* sizes({ minSize, desiredSize, maxSize }: PlannedNodeGroup, path: string): Iterable<Finding> {
  if (minSize > maxSize) {
    yield {
      path: `${path}.minSize`,
      value: minSize,
      reason: `more than maxSize ${maxSize}`,
      remedy: `write at most ${maxSize}, or a larger maxSize`,
    };
    return;
  }
  if (desiredSize >= minSize && desiredSize <= maxSize) return;
  yield {
    path: `${path}.desiredSize`,
    value: desiredSize,
    reason: `outside of minSize ${minSize} to maxSize ${maxSize}`,
    remedy: `write a number from ${minSize} to ${maxSize}`,
  };
}

function* types(
  { instanceTypes: names, architecture, amiFamily }: PlannedNodeGroup,
  path: string,
): Iterable<Finding> {
  for (const [index, name] of names.entries()) {
    const where = `${path}.instanceTypes.${index}`;
    const type = instanceType(name);
    if (!type) {
      yield unknownInstanceType(where, name);
      continue;
    }
    if (name.startsWith('a1.') && amiFamily.startsWith('AL2023')) {
      yield {
        path: where,
        value: name,
        reason: 'Amazon Linux 2023 does not start on the first Graviton processors',
        remedy: "write a later type such as 't4g.medium'",
      };
      continue;
    }
    if (type.architecture === architecture) {
      yield* limits(where, name, amiFamily, type.maxPods);
      continue;
    }
    yield {
      path: where,
      value: name,
      reason: `its architecture is ${type.architecture}, but the group's ${amiFamily} image is for ${architecture}`,
      remedy: `write a type for ${architecture} such as ${architecture === 'arm64' ? 't4g.medium' : 't3.medium'}, or architecture: '${type.architecture}'`,
    };
  }
}

/** AWS makes an AMI of each family, though not for every architecture. */
function* family({ amiFamily, architecture }: PlannedNodeGroup, path: string): Iterable<Finding> {
  if (architecture in AMI_TYPES[amiFamily]) return;
  yield {
    path: `${path}.architecture`,
    value: architecture,
    reason: `EKS has no ${amiFamily} image for it`,
    remedy: `write '${Object.keys(AMI_TYPES[amiFamily]).join("' or '")}'`,
  };
}

/** Nodes are in zones and subnets of the network. */
function* places(
  { network }: AwsEnvironment,
  { zones = [], subnetIds = [] }: PlannedNodeGroup,
  path: string,
): Iterable<Finding> {
  const finding = (field: string, value: unknown, reason: string, remedy: string): Finding => ({
    path: `${path}.${field}`,
    value,
    reason,
    remedy,
  });
  if (network.kind === 'existing') {
    if (zones.length > 0)
      yield finding(
        'zones',
        zones,
        'the zones of subnets that are there already are not known here',
        `write subnetIds, such as ['${network.privateSubnetIds[0] ?? ''}']`,
      );
    for (const [index, id] of subnetIds.entries()) {
      if (!network.privateSubnetIds.includes(id))
        yield finding(
          `subnetIds.${index}`,
          id,
          'network.privateSubnetIds has no such subnet',
          oneOf(id, network.privateSubnetIds),
        );
    }
    return;
  }
  const { zones: known } = network;
  if (subnetIds.length > 0)
    yield finding('subnetIds', subnetIds, 'the subnets are made here, one a zone', 'write zones instead');
  if (zones.length > 0 && typeof known === 'number')
    yield finding(
      'zones',
      zones,
      `network.zones is a count, ${known}, so AWS says which they are`,
      "write the names in network.zones, such as ['eu-west-1a', 'eu-west-1b'], and some of them here",
    );
  if (typeof known !== 'number') {
    for (const [index, zone] of zones.entries()) {
      if (!known.includes(zone))
        yield finding(`zones.${index}`, zone, 'network.zones has no such zone', oneOf(zone, known));
    }
  }
}

/** Accelerators that an AMI family has drivers for, by the end of its name. */
const DRIVERS: Readonly<Record<string, { readonly types: RegExp; readonly families: readonly AmiFamily[] }>> =
  {
    NVIDIA: { types: /^(p\d|g(?!4ad)\d|gr\d)/, families: ['AL2023_NVIDIA', 'BOTTLEROCKET_NVIDIA'] },
    NEURON: { types: /^(inf\d|trn\d)/, families: ['AL2023_NEURON'] },
  };
/** Accelerators of others. */
const ACCELERATED = /^(g4ad|dl\d|vt\d)/;
/** EKS's own on every node (aws-node, kube-proxy, eks-pod-identity-agent), and one of what it is for. */
const FEWEST_PODS = 5;

function* limits(path: string, value: string, family: AmiFamily, maxPods: number): Iterable<Finding> {
  const [needed] = Object.entries(DRIVERS).find(([, { types }]) => types.test(value)) ?? [];
  const has = family.split('_').at(-1) ?? '';
  if (needed !== undefined && needed !== has) {
    yield {
      path,
      value,
      reason: `the group's ${family} image has no driver for its accelerators, so pods can't use them`,
      remedy: `write amiFamily: '${DRIVERS[needed]?.families.find((each) => each.startsWith(family.split('_')[0] ?? '')) ?? DRIVERS[needed]?.families[0] ?? ''}', or a type without accelerators`,
      warning: true,
    };
    return;
  }
  if (DRIVERS[has] && needed === undefined) {
    yield {
      path,
      value,
      reason: `it has no accelerator for the driver that ${family} brings`,
      remedy: `write a type such as '${AMI_TYPES[family].x86_64.instanceType}', or amiFamily: '${family.startsWith('AL2023') ? 'AL2023' : 'BOTTLEROCKET'}'`,
      warning: true,
    };
    return;
  }
  if (ACCELERATED.test(value)) {
    yield {
      path,
      value,
      reason: "the group's image has no driver for its accelerators, so pods can't use them",
      remedy: 'write a type without accelerators, or install the driver yourself',
      warning: true,
    };
    return;
  }
  if (maxPods >= FEWEST_PODS) return;
  yield {
    path,
    value,
    reason: `it runs ${maxPods} pods, three of which are EKS's own`,
    remedy: "write a larger type such as 't3.medium'",
    warning: true,
  };
}

/** A kubelet doesn't start with labels that are the control plane's to give. */
const RESERVED_LABEL =
  /^((?!(?:node|kubelet)\.kubernetes\.io\/)(?:[^/]+\.)?(?:kubernetes|k8s)\.io|eks\.amazonaws\.com)\//;

function* labels({ labels: values }: PlannedNodeGroup, path: string): Iterable<Finding> {
  for (const [key, value] of Object.entries(values)) {
    const where = `${path}.labels.${key}`;
    if (RESERVED_LABEL.test(key)) {
      yield {
        path: where,
        value,
        reason: 'Kubernetes and EKS keep this prefix for themselves: the node would not join',
        remedy: 'write a prefix of your own, such as example.com/, or node.kubernetes.io/',
      };
      continue;
    }
    if (value !== '') continue;
    yield { path: where, value, reason: 'EKS takes no empty value', remedy: "write a value such as 'true'" };
  }
}

function taints({ taints: values }: PlannedNodeGroup, path: string): Finding[] {
  return repeated(values, ({ key, effect }) => `${key} ${effect}`).map(({ index, entry, first }) => ({
    path: `${path}.taints.${index}`,
    value: entry,
    reason: `${path}.taints.${first.index} has this key and effect already, and a node takes them once`,
    remedy: 'write another key or another effect',
  }));
}

export function unknownInstanceType(path: string, name: string): Finding {
  const family = `${name.replace(/\..*$/, '')}.`;
  const siblings = instanceTypes().filter((type) => type.startsWith(family));
  return {
    path,
    value: name,
    reason: 'no instance type of that name is known',
    remedy: oneOf(name, siblings.length > 0 ? siblings : instanceTypes()),
  };
}
