import { type AwsEnvironment } from '../environment';
import { type Finding, ownCluster, repeated, type EnvironmentRule } from './rule';

/** Of a Helm release. @see https://helm.sh/docs/chart_best_practices/conventions/ */
const LONGEST_RELEASE = 53;
/** Before the name of the ingress class, in the release that holds its parameters. */
const RELEASE_PREFIX = 'ingress-class-params-';

/** Names are unique where they must be, and what is derived from them isn't too long. */
export const namesRule: EnvironmentRule = (environment) => [
  ...duplicates(environment),
  ...lengths(environment),
];

function* duplicates(environment: AwsEnvironment): Iterable<Finding> {
  const cluster = ownCluster(environment);
  const same = (path: string, values: readonly string[]) =>
    repeated(values, (value) => value).map(({ index, entry, first }) => ({
      path: path.replace('#', String(index)),
      value: entry,
      reason: `${path.replace('#', String(first.index))} has it already`,
      remedy: 'write each one once',
    }));
  yield* same(
    'cluster.compute.nodeGroups.#.name',
    (cluster?.compute.nodeGroups ?? []).map((group) => group.name),
  );
  yield* same(
    'cluster.compute.fargateProfiles.#.name',
    (cluster?.compute.fargateProfiles ?? []).map((profile) => profile.name),
  );
  yield* same(
    'podRoles.#.name',
    environment.podRoles.map(({ name }) => name),
  );
  for (const [index, entry] of (cluster?.accessEntries ?? []).entries()) {
    yield* same(
      `cluster.accessEntries.${index}.policies.#.policy`,
      entry.policies.map(({ policy }) => policy),
    );
  }
  yield* principals(environment);
  yield* subnets(environment);
}

/** EKS has one access entry a principal. */
function* principals(environment: AwsEnvironment): Iterable<Finding> {
  const cluster = ownCluster(environment);
  const all = [
    ...(cluster?.administrators ?? []).map((arn, index) => ({
      path: `cluster.administrators.${index}`,
      arn,
    })),
    ...(cluster?.accessEntries ?? []).map(({ principalArn: arn }, index) => ({
      path: `cluster.accessEntries.${index}.principalArn`,
      arn,
    })),
  ];
  // In an account IAM has one role and one user of a name, whatever their paths.
  for (const { entry, first } of repeated(all, ({ arn }) => arn.replace(/\/.*\//, '/'))) {
    yield {
      path: entry.path,
      value: entry.arn,
      reason: `EKS has one access entry a principal, and ${first.entry.path} is it`,
      remedy: 'write all of its policies and groups in one entry',
    };
  }
}

function* subnets({ network }: AwsEnvironment): Iterable<Finding> {
  if (network.kind === 'new') return;
  const all = [
    ...network.privateSubnetIds.map((id, index) => ({ path: `network.privateSubnetIds.${index}`, id })),
    ...network.publicSubnetIds.map((id, index) => ({ path: `network.publicSubnetIds.${index}`, id })),
  ];
  for (const { entry, first } of repeated(all, ({ id }) => id)) {
    yield {
      path: entry.path,
      value: entry.id,
      reason: `${first.entry.path} is the same subnet`,
      remedy: 'write each subnet once, in the tier it belongs to',
    };
  }
}

/** Names of roles, node groups and the like are shortened where they are made; this one stands in the cluster as it is. */
function* lengths({ loadBalancing }: AwsEnvironment): Iterable<Finding> {
  const { name } = loadBalancing.ingressClass;
  const release = `${RELEASE_PREFIX}${name}`;
  const excess = release.length - LONGEST_RELEASE;
  if (excess <= 0) return;
  yield {
    path: 'loadBalancing.ingressClass.name',
    value: name,
    reason: `the name of its Helm release, ${release}, has ${release.length} characters and Helm takes ${LONGEST_RELEASE}`,
    remedy: `write a name of at most ${LONGEST_RELEASE - RELEASE_PREFIX.length} characters`,
  };
}
