import { matchesNamespace } from '../plan/fargate';
import { ownCluster, repeated, type EnvironmentRule } from './rule';

/** Each ServiceAccount has one role, and each role allows something. */
export const podRolesRule: EnvironmentRule = function* ({ podRoles, workloads }) {
  for (const [index, role] of podRoles.entries()) {
    if (role.for !== undefined || role.permissions.length + role.policyArns.length > 0) continue;
    yield {
      path: `podRoles.${index}`,
      value: role.name,
      reason: 'the role would allow nothing',
      remedy: 'write for, permissions or policyArns',
    };
  }
  const roles = [
    ...workloads.services.flatMap(({ name, permissions }, index) =>
      permissions.length > 0
        ? [{ path: `workloads.services.${index}.permissions`, pods: `${workloads.namespace}/${name}` }]
        : [],
    ),
    ...podRoles.map(({ name, namespace, serviceAccount = name }, index) => ({
      path: `podRoles.${index}.serviceAccount`,
      pods: `${namespace}/${serviceAccount}`,
    })),
  ];
  for (const { entry, first } of repeated(roles, ({ pods }) => pods)) {
    yield {
      path: entry.path,
      value: entry.pods,
      reason: `${first.entry.path} gives this ServiceAccount a role already, and it can have one`,
      remedy: 'write all permissions in one of them',
    };
  }
};

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
