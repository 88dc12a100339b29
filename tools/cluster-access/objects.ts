import { type AwsEnvironment, type Environment } from '../../config';
import { hcpRbac, type RbacObject, runUser, type StackUsers } from '../../modules/hcp-access';
import { workspaceName } from '../../stacks/backend';

/** Where the controller's release is, and those of IngressClassParams. */
const ADDONS_NAMESPACE = 'kube-system';

/**
 * What an administrator gives to the runs of HCP Terraform in the cluster, before the first of addons.
 *
 * @throws if no runs of HCP Terraform have an identity in the environment's cluster
 */
export function accessObjects(environment: Environment): RbacObject[] {
  if (
    environment.kind === 'local' ||
    environment.backend.type !== 'hcp' ||
    environment.clusterCredentials.type !== 'hcp-dynamic'
  ) {
    throw new Error(
      `runs of environment ${environment.name} have no identity of HCP Terraform in its cluster: write clusterCredentials: { type: 'hcp-dynamic' }, or let them in by cluster.administrators and cluster.accessEntries`,
    );
  }
  const { organization, project: hcpProject } = environment.backend;
  const { usernamePrefix } = environment.clusterCredentials;
  const { project, name } = environment;
  const users = (stack: string, releaseNamespaces: readonly string[]): StackUsers => {
    const workspace = workspaceName({ project, environment: name, stack });
    const user = (phase: 'plan' | 'apply') =>
      runUser({ usernamePrefix, organization, project: hcpProject, workspace, phase });
    return { plan: user('plan'), apply: user('apply'), releaseNamespaces };
  };
  return hcpRbac({
    name: `${project}-${name}`,
    addons: users('addons', [ADDONS_NAMESPACE]),
    workloads: users('workloads', hasReleases(environment) ? [environment.workloads.namespace] : []),
  });
}

/** Target group bindings are custom resources, which a release makes. */
function hasReleases({ workloads }: AwsEnvironment): boolean {
  return workloads.services.some(({ targetGroupBindings }) => targetGroupBindings.length > 0);
}
