import { DataTerraformRemoteState, NamedRemoteWorkspace } from 'cdktf';
import { type BackendSettings } from '../../config';
import { type StateBackend, type StateKey } from './backend';

/**
 * State, and runs unless they are local, in HCP Terraform or Terraform Enterprise: a workspace a stack, by name,
 * since only a name can be referred to.
 *
 * The block is written as it is, because cdktf's CloudBackend asks a terraform binary for its version at every synth.
 *
 * @see https://developer.hashicorp.com/terraform/cli/cloud/settings
 */
export function hcpBackend(settings: Extract<BackendSettings, { type: 'hcp' }>): StateBackend {
  const { organization, hostname, project } = settings;
  return {
    attach: (stack, key) => {
      stack.addOverride('terraform.cloud', {
        organization,
        hostname,
        workspaces: { name: workspaceName(key), ...(project !== undefined && { project }) },
      });
    },
    read: (scope, id, key) =>
      new DataTerraformRemoteState(scope, id, {
        organization,
        hostname,
        workspaces: new NamedRemoteWorkspace(workspaceName(key)),
      }),
  };
}

/** `<project>-<environment>-<stack>` */
export function workspaceName({ project, environment, stack }: StateKey): string {
  return `${project}-${environment}-${stack}`;
}
