import { type AwsEnvironment, type NewCluster } from '../environment';
import { type Finding, ownCluster, type EnvironmentRule } from './rule';
import { permissionsOf } from './s3-permissions';

/** An ARN that the environment names, where, and how much of it must be the environment's own. */
interface Named {
  readonly path: string;
  readonly arn: string;
  /** Whether the resource must be in the Region. */
  readonly regional: boolean;
}

/** ARNs are of the environment's partition, and Regional resources of its Region. */
export const arnsRule: EnvironmentRule = function* (environment) {
  for (const each of named(environment)) {
    yield* judge(each, environment);
  }
};

function named(environment: AwsEnvironment): Named[] {
  const { backend, bootstrap, network } = environment;
  const cluster = ownCluster(environment);
  const apply = bootstrap?.apply;
  const { ingressClass } = environment.loadBalancing;
  return [
    ...(backend.type === 's3' && backend.kmsKeyArn ? [global('backend.kmsKeyArn', backend.kmsKeyArn)] : []),
    ...(backend.type === 's3' && backend.roleArn ? [global('backend.roleArn', backend.roleArn)] : []),
    ...(apply?.policyArns ?? []).map((arn, index) => global(`bootstrap.apply.policyArns.${index}`, arn)),
    ...(apply?.permissionsBoundaryArn
      ? [global('bootstrap.apply.permissionsBoundaryArn', apply.permissionsBoundaryArn)]
      : []),
    ...(cluster?.kmsKeyArn ? [regional('cluster.kmsKeyArn', cluster.kmsKeyArn)] : []),
    ...(network.kind === 'new' && network.flowLogs && network.flowLogs.kmsKeyArn?.startsWith('arn:')
      ? [regional('network.flowLogs.kmsKeyArn', network.flowLogs.kmsKeyArn)]
      : []),
    ...(cluster?.administrators ?? []).map((arn, index) => global(`cluster.administrators.${index}`, arn)),
    ...(cluster?.accessEntries ?? []).map((entry, index) =>
      global(`cluster.accessEntries.${index}.principalArn`, entry.principalArn),
    ),
    ...(ingressClass.params.certificateArn ?? []).map((arn, index) =>
      (arn.includes(':iam:') ? global : regional)(
        `loadBalancing.ingressClass.params.certificateArn.${index}`,
        arn,
      ),
    ),
    ...(ingressClass.params.wafv2AclArn
      ? [regional('loadBalancing.ingressClass.params.wafv2AclArn', ingressClass.params.wafv2AclArn)]
      : []),
    ...addonRoles(cluster).flatMap(({ path, arns }) =>
      arns.map((arn, at) => global(`${path}.role.policyArns.${at}`, arn)),
    ),
    ...environment.podRoles.flatMap(({ policyArns }, index) =>
      policyArns.map((arn, at) => global(`podRoles.${index}.policyArns.${at}`, arn)),
    ),
    ...permissionsOf(environment).flatMap(({ path, resources }) =>
      resources
        .map((arn, position) => global(`${path}.resources.${position}`, arn))
        .filter(({ arn }) => arn !== '*'),
    ),
  ];
}

function addonRoles(cluster: NewCluster | undefined): { path: string; arns: readonly string[] }[] {
  if (!cluster) return [];
  const { others, ...known } = cluster.addonSettings;
  const all = [
    ...Object.entries(known),
    ...Object.entries(others).map(([name, each]) => [`others.${name}`, each] as const),
  ];
  return all.flatMap(([field, addon]) =>
    addon && addon.role ? [{ path: `cluster.addons.${field}`, arns: addon.role.policyArns ?? [] }] : [],
  );
}

const regional = (path: string, arn: string): Named => ({ path, arn, regional: true });
const global = (path: string, arn: string): Named => ({ path, arn, regional: false });

function* judge({ path, arn, regional: isRegional }: Named, environment: AwsEnvironment): Iterable<Finding> {
  const { partition, region } = environment;
  const form = /^arn:([^:]*):[^:]*:([^:]*):[^:]*:./.exec(arn);
  if (!form) {
    yield {
      path,
      value: arn,
      reason: 'not an ARN',
      remedy: `write a whole ARN such as arn:${partition}:s3:::bucket/*`,
    };
    return;
  }
  if (form[1] !== partition && form[1] !== '*') {
    yield {
      path,
      value: arn,
      reason: `${region} is in partition ${partition}, and nothing of another can be used there`,
      remedy: `write an ARN that begins with arn:${partition}:`,
    };
    return;
  }
  if (!isRegional || form[2] === region) return;
  yield {
    path,
    value: arn,
    reason: `it is in another Region, and AWS takes only one of ${region} here`,
    remedy: `write one of ${region}`,
  };
}
