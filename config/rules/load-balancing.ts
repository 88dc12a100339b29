import { CONTROLLER_RELEASES, type ControllerRelease } from '../../load-balancers/releases';
import { type AwsEnvironment } from '../environment';
import { oneOf } from '../nearest';
import { type LoadBalancerControllerSettings } from '../schema/load-balancing';
import { chartValueNames } from '../tables';
import { ownCluster, type Finding, type EnvironmentRule } from './rule';

type Features = LoadBalancerControllerSettings['features'];

/** Feature gate that a feature needs, and so the first release that has it. */
const GATES: Readonly<Record<Exclude<keyof Features, 'wafv2AclName'>, string>> = {
  certificateManagement: 'EnableCertificateManagement',
  globalAccelerator: 'GlobalAcceleratorController',
};

/** One thing makes load balancers, and it can do what is asked of it. */
export const loadBalancingRule: EnvironmentRule = function* (environment) {
  yield* provider(environment);
  yield* targets(environment);
  if (environment.loadBalancing.type === 'controller')
    yield* controller(environment, environment.loadBalancing);
};

function* provider(environment: AwsEnvironment): Iterable<Finding> {
  const cluster = ownCluster(environment);
  if (!cluster) return;
  const { autoMode } = cluster.compute;
  const { type } = environment.loadBalancing;
  if (type === 'controller' && autoMode) {
    yield {
      path: 'loadBalancing.type',
      value: type,
      reason:
        'cluster.compute.autoMode brings load balancing of its own, and both would act on the same objects',
      remedy: "write 'auto-mode', or autoMode: false",
    };
    return;
  }
  if (type === 'auto-mode' && !autoMode) {
    yield {
      path: 'loadBalancing.type',
      value: type,
      reason: 'cluster.compute.autoMode is off, so nothing would make load balancers',
      remedy: "write 'controller', or cluster.compute.autoMode: {}",
    };
    return;
  }
}

/** Pods on Fargate have no node whose port a load balancer could reach. */
function* targets(environment: AwsEnvironment): Iterable<Finding> {
  const { targetType: value } = environment.loadBalancing.ingressClass.params;
  const fargate = (ownCluster(environment)?.compute.fargateProfiles ?? []).length > 0;
  if (value !== 'instance' || !fargate) return;
  yield {
    path: 'loadBalancing.ingressClass.params.targetType',
    value,
    reason: 'pods on Fargate have no instance that could be a target',
    remedy: "write 'ip'",
  };
}

function controller(environment: AwsEnvironment, settings: LoadBalancerControllerSettings): Finding[] {
  if (typeof settings.release !== 'string') {
    const { version } = settings.release;
    return [
      {
        path: 'loadBalancing.release',
        value: version,
        reason: 'it is not verified here: neither its gates nor what it makes of an Ingress was looked at',
        remedy: 'write a release that the table has, once it has it',
        warning: true,
      },
      ...contradictions(settings),
      ...partition(environment, settings.features),
      ...chartValues(settings),
    ];
  }
  const release = CONTROLLER_RELEASES.find((each) => each.release === settings.release);
  if (!release) {
    return [
      {
        path: 'loadBalancing.release',
        value: settings.release,
        reason: 'the table of releases does not have it, so neither its policy nor its CRDs are known',
        remedy: `${releaseFor(settings.release)}; or release: { version, chart, policy, crds } with files of its own`,
      },
    ];
  }
  return [
    ...kubernetes(environment, release),
    ...gates(settings, release),
    ...features(settings.features, release),
    ...contradictions(settings),
    ...partition(environment, settings.features),
    ...chartValues(settings),
  ];
}

/** The release that is meant by a minor version, a `v` or the version of the chart; else the newest ones. */
function releaseFor(value: string): string {
  const version = value.replace(/^v/, '');
  const likely =
    CONTROLLER_RELEASES.find(({ release, chart }) => release === version || chart === version) ??
    CONTROLLER_RELEASES.findLast(({ release }) =>
      release.startsWith(`${version.split('.').slice(0, 2).join('.')}.`),
    );
  return likely
    ? `write '${likely.release}'`
    : `write one of …, ${CONTROLLER_RELEASES.slice(-5)
        .map(({ release }) => release)
        .join(', ')}`;
}

function contradictions({ features: settings, featureGates }: LoadBalancerControllerSettings): Finding[] {
  return Object.entries(GATES)
    .filter(([feature, gate]) => settings[feature as keyof typeof GATES] && featureGates[gate] === false)
    .map(([feature, gate]) => ({
      path: `loadBalancing.featureGates.${gate}`,
      value: false,
      reason: `loadBalancing.features.${feature} needs it`,
      remedy: 'remove it, or switch the feature off',
    }));
}

function* partition({ partition: value, region }: AwsEnvironment, settings: Features): Iterable<Finding> {
  if (!settings.globalAccelerator || value === 'aws') return;
  yield {
    path: 'loadBalancing.features.globalAccelerator',
    value: true,
    reason: `AWS has no Global Accelerator in partition ${value}, of which ${region} is`,
    remedy: 'write false',
  };
}

/** Release whose chart the table of values is of; another's may differ. */
const CHART_VALUES_OF = '3.5.0';

/** Values of the chart that make the controller what the rest of the addons stack relies on. */
const OWN_VALUES: Readonly<Record<string, string>> = {
  clusterName: 'remove it: it is that of the cluster',
  region: 'remove it: it is that of the environment',
  vpcId: 'remove it: it is that of the network',
  serviceAccount: 'remove it: the ServiceAccount is made with its role',
  ingressClass: 'write loadBalancing.ingressClass.name instead',
  createIngressClassResource: 'remove it: the class is a resource of its own',
  ingressClassParams: 'write loadBalancing.ingressClass.params instead',
  replicaCount: 'write loadBalancing.replicas instead',
};

function* chartValues({ extraValues, release }: LoadBalancerControllerSettings): Iterable<Finding> {
  for (const [key, value] of Object.entries(extraValues)) {
    const path = `loadBalancing.extraValues.${key}`;
    const remedy = OWN_VALUES[key];
    if (remedy !== undefined) {
      yield { path, value, reason: 'the stack sets this value itself', remedy };
      continue;
    }
    if (!chartValueNames().includes(key)) {
      yield {
        path,
        value,
        reason: 'the chart has no such value, and Helm says nothing of one that it ignores',
        remedy: oneOf(key, chartValueNames()),
        ...(release !== CHART_VALUES_OF && { warning: true }),
      };
      continue;
    }
    if (value !== 'true' && value !== 'false') continue;
    yield {
      path,
      value,
      reason: 'the chart takes no words for switches: a string counts as true, or is ignored',
      remedy: `write ${value}, without quotes`,
    };
  }
}

function* kubernetes({ cluster }: AwsEnvironment, release: ControllerRelease): Iterable<Finding> {
  const value = cluster.kubernetesVersion;
  if (value === undefined || minor(value) >= minor(release.lowestKubernetes)) return;
  yield {
    path: 'loadBalancing.release',
    value: release.release,
    reason: `it needs Kubernetes ${release.lowestKubernetes} or later, and cluster.kubernetesVersion is ${value}`,
    remedy: `upgrade the cluster to ${release.lowestKubernetes} at least`,
  };
}

function minor(version: string): number {
  return Number(version.split('.')[1]);
}

function gates({ featureGates }: LoadBalancerControllerSettings, release: ControllerRelease): Finding[] {
  return Object.entries(featureGates)
    .filter(([gate]) => !release.featureGates.includes(gate))
    .map(([gate, value]) => ({
      path: `loadBalancing.featureGates.${gate}`,
      value,
      reason: `release ${release.release} has no such gate, and an unknown one stops the controller`,
      remedy: oneOf(gate, release.featureGates, 30),
    }));
}

function* features(settings: Features, release: ControllerRelease): Iterable<Finding> {
  for (const [feature, gate] of Object.entries(GATES)) {
    if (!settings[feature as keyof typeof GATES] || release.featureGates.includes(gate)) continue;
    const having = CONTROLLER_RELEASES.filter((each) => each.featureGates.includes(gate));
    yield {
      path: `loadBalancing.features.${feature}`,
      value: true,
      reason: `release ${release.release} has no feature gate ${gate}`,
      remedy: `write loadBalancing.release: '${having
        .map((each) => each.release)
        .slice(0, 1)
        .join('')}' or later, or false`,
    };
  }
}
