import { type AwsEnvironment, type Environment, type LocalEnvironment } from '../environment';
import { type Finding, ownCluster, type EnvironmentRule } from './rule';

/** Where Terraform runs there are the credentials for the cluster, and a way to it. */
export const credentialsRule: EnvironmentRule = function* (environment) {
  const { type } = environment.clusterCredentials;
  yield* workers(environment);
  yield* workspaceMode(environment);
  if (type === 'hcp-dynamic') yield* dynamic(environment);
  if (type === 'token') yield shortLived;
};

const shortLived: Finding = {
  path: 'clusterCredentials.type',
  value: 'token',
  reason:
    "EKS's tokens are good for 15 minutes, and what a plan or an apply does later than that fails; Terraform 1.10 or later is needed, which keeps them out of plan and state",
  remedy: "write 'aws-cli' where runs have the AWS CLI, or 'hcp-dynamic' where they are HCP Terraform's",
  warning: true,
};

/** What HCP Terraform's own workers haven't got. */
function* workers(environment: AwsEnvironment): Iterable<Finding> {
  const { backend, clusterCredentials } = environment;
  if (backend.type !== 'hcp' || backend.execution !== 'remote') return;
  const findings: Finding[] = [];
  if (clusterCredentials.type === 'aws-cli') {
    findings.push({
      path: 'clusterCredentials.type',
      value: 'aws-cli',
      reason:
        "runs take place on workers of HCP Terraform (backend.execution 'remote'), which have no AWS CLI",
      remedy: "write { type: 'hcp-dynamic' }, or execution: 'local' in backend",
    });
  }
  const endpoint = ownCluster(environment)?.endpoint;
  if (endpoint?.publicAccess === false) {
    findings.push({
      path: 'cluster.endpoint.publicAccess',
      value: false,
      reason:
        "runs take place on workers of HCP Terraform (backend.execution 'remote'), which are outside the VPC and can't reach a private API server",
      remedy: "write true, or execution: 'agent' in backend with agents that run inside the VPC",
    });
  }
  yield* findings;
}

/** Only a run of HCP Terraform is given an identity. */
function* dynamic({ backend }: AwsEnvironment): Iterable<Finding> {
  if (backend.type === 'hcp' && backend.execution !== 'local') return;
  yield {
    path: 'clusterCredentials.type',
    value: 'hcp-dynamic',
    reason:
      backend.type === 'hcp'
        ? "runs take place here (backend.execution 'local'), and HCP Terraform gives an identity only to those that it runs"
        : `HCP Terraform gives it to its runs, and backend ${backend.type} has none`,
    remedy: "write 'aws-cli', or backend: { type: 'hcp', execution: 'remote', … }",
  };
}

/** A workspace that Terraform makes by itself is remote, whatever the environment says. */
export function* workspaceMode(environment: Environment): Iterable<Finding> {
  const { backend } = environment;
  const bootstrap = environment.kind === 'aws' ? environment.bootstrap : undefined;
  if (backend.type !== 'hcp' || backend.execution !== 'local' || bootstrap !== undefined) return;
  yield {
    path: 'backend.execution',
    value: 'local',
    reason:
      'the mode is a setting of each workspace, and one that Terraform makes at the first init is remote: its runs would go to the server',
    remedy: `make the workspaces with Execution Mode: Local before the first deploy${environment.kind === 'aws' ? ', or write bootstrap: {}, which makes them' : ''}`,
    warning: true,
  };
}

/** The context of a kubeconfig is where the kubeconfig is. */
export function* contextIsHere({ backend }: LocalEnvironment): Iterable<Finding> {
  if (backend.type !== 'hcp' || backend.execution === 'local') return;
  yield {
    path: 'backend.execution',
    value: backend.execution,
    reason: 'the kubeconfig of cluster.context is on this machine, and runs take place elsewhere',
    remedy: "write 'local': the state is in HCP Terraform all the same",
  };
}
