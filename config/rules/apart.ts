import { type Environment } from '../environment';
import { type Problem } from '../problem';
import { repeated } from './rule';

/** What environments must not share: a cluster of one account and Region, or a namespace of one context. */
export function apart(environments: readonly Environment[]): Problem[] {
  const aws = environments.filter((each) => each.kind === 'aws');
  const local = environments.filter((each) => each.kind === 'local');
  const cluster = repeated(aws, (each) => `${each.account}/${each.region}/${each.cluster.name}`);
  const namespace = repeated(
    local,
    (each) => `${each.cluster.kubeconfig} ${each.cluster.context} ${each.workloads.namespace}`,
  );
  return [
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
