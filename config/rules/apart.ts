import { type AwsEnvironment, type Bootstrap, type Environment } from '../environment';
import { type Problem } from '../problem';
import { repeated, rolePrefixes } from './rule';

/**
 * What environments must not share: a cluster of one account and Region, a namespace of one context, and what bootstrap makes
 * once for all.
 */
export function apart(environments: readonly Environment[]): Problem[] {
  const aws = environments.filter((each) => each.kind === 'aws');
  const local = environments.filter((each) => each.kind === 'local');
  const cluster = repeated(aws, (each) => `${each.account}/${each.region}/${each.cluster.name}`);
  const namespace = repeated(
    local,
    (each) => `${each.cluster.kubeconfig} ${each.cluster.context} ${each.workloads.namespace}`,
  );
  return [
    ...bootstrapped(aws),
    ...ownNames(aws),
    ...namespace.map(({ entry, first }) => ({
      path: `${entry.name}: workloads.namespace`,
      value: entry.workloads.namespace,
      reason: `environment ${first.entry.name} has this namespace on the same cluster`,
      remedy: 'write a name of its own',
    })),
    ...cluster.map(({ entry, first }) => ({
      path: `${entry.name}: cluster.name`,
      value: entry.cluster.name,
      reason: `environment ${first.entry.name} has this cluster in the same account and Region`,
      remedy: 'write a name of its own, or leave it out',
    })),
  ];
}

/** The pipeline of an environment may change all roles whose names begin like its own: so no other's may begin so. */
function* ownNames(environments: readonly AwsEnvironment[]): Iterable<Problem> {
  for (const environment of environments.filter(({ bootstrap }) => bootstrap !== undefined)) {
    for (const prefix of rolePrefixes(environment)) {
      for (const other of environments) {
        const taken = rolePrefixes(other).find((each) => `${each}-`.startsWith(`${prefix}-`));
        if (other === environment || other.account !== environment.account || taken === undefined) continue;
        const isCluster = prefix !== `${environment.project}-${environment.name}`;
        yield {
          path: `${environment.name}: ${isCluster ? 'cluster.name' : 'name'}`,
          value: isCluster ? prefix : environment.name,
          reason: `its pipeline may change the roles ${prefix}-* of the account, and those of environment ${other.name} begin with ${taken}-`,
          remedy: isCluster
            ? `write a name with which ${taken} doesn't begin`
            : `call one of the two otherwise, such as ${environment.name}1, or give them accounts of their own`,
        };
      }
    }
  }
}

/** A bucket, a project of HCP Terraform, and the OIDC providers of an account are made by one environment. */
function bootstrapped(environments: readonly AwsEnvironment[]): Problem[] {
  const once = (
    path: string,
    remedy: string,
    made: (environment: AwsEnvironment, bootstrap: Bootstrap) => string | false | undefined,
  ) => {
    const makers = environments.flatMap((environment) => {
      const what = environment.bootstrap && made(environment, environment.bootstrap);
      return what ? [{ name: environment.name, what }] : [];
    });
    return repeated(makers, ({ what }) => what).map(({ entry, first }) => ({
      path: `${entry.name}: ${path}`,
      value: entry.what,
      reason: `bootstrap of environment ${first.entry.name} makes it already`,
      remedy,
    }));
  };
  return [
    ...once(
      'bootstrap.stateBucket',
      'write false',
      ({ backend }, { stateBucket }) => backend.type === 's3' && Boolean(stateBucket) && backend.bucket,
    ),
    ...once(
      'bootstrap.github.oidcProvider',
      "write 'existing'",
      ({ account }, { github }) => github?.oidcProvider === 'create' && account,
    ),
    ...once(
      'bootstrap.workspaces.project',
      "write 'existing'",
      ({ backend }, { workspaces }) =>
        backend.type === 'hcp' &&
        backend.project !== undefined &&
        workspaces?.project === 'create' &&
        `${backend.hostname}/${backend.organization}/${backend.project}`,
    ),
    ...once(
      'bootstrap.workspaces.oidcProvider',
      "write 'existing'",
      ({ backend, account }, { workspaces }) =>
        backend.type === 'hcp' &&
        workspaces?.oidcProvider === 'create' &&
        backend.execution !== 'local' &&
        `${account} ${backend.hostname}`,
    ),
  ];
}
