import { matchesNamespace } from '../plan/fargate';
import { ownCluster, type EnvironmentRule } from './rule';

/** EKS Pod Identity needs an agent on the node, which Fargate has no place for. */
export const podIdentityRule: EnvironmentRule = function* (environment) {
  const cluster = ownCluster(environment);
  if (environment.podIdentity !== 'pod-identity' || !cluster) return;
  const { fargateProfiles, nodeGroups, autoMode } = cluster.compute;
  const onlyFargate = fargateProfiles.length > 0 && nodeGroups.length === 0 && !autoMode;
  // Where pods of the project that have a role run: the controller and the services.
  const namespaces = [
    ...environment.podRoles.map(({ namespace }) => namespace),
    ...(environment.loadBalancing.type === 'controller' ? ['kube-system'] : []),
    ...(environment.workloads.services.some((service) => service.permissions.length > 0)
      ? [environment.workloads.namespace]
      : []),
  ];
  const onFargate = namespaces.filter((namespace) =>
    fargateProfiles.some(({ selectors }) =>
      selectors.some((each) => matchesNamespace(each.namespace, namespace)),
    ),
  );
  if (!onlyFargate && onFargate.length === 0) return;
  const where = onlyFargate ? 'all pods run' : `pods of ${onFargate.join(' and ')} run`;
  yield {
    path: 'podIdentity',
    value: environment.podIdentity,
    reason: `${where} on Fargate, where the agent of EKS Pod Identity can't`,
    remedy: "write 'irsa', or let these pods run on nodes",
  };
};
