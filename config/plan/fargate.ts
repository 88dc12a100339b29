import { type Decided } from '.';

/** Whether pods of the workloads may run on Fargate. */
export function mayRunOnFargate({ cluster, workloads }: Decided): boolean {
  if (cluster.kind !== 'new') return false;
  const { nodeGroups, fargateProfiles, autoMode } = cluster.compute;
  const selected = fargateProfiles.some(({ selectors }) =>
    selectors.some(({ namespace }) => matchesNamespace(namespace, workloads.namespace)),
  );
  return selected || (fargateProfiles.length > 0 && nodeGroups.length === 0 && !autoMode);
}

/** Whether a Fargate selector's namespace, which may have wildcards, is or includes the one given. */
export function matchesNamespace(pattern: string, namespace: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`).test(namespace);
}
