import { DataTerraformRemoteStateLocal, LocalBackend } from 'cdktf';
import { type BackendSettings } from '../../config';
import { type StateBackend, type StateKey } from './backend';

/** Terraform runs in `cdktf.out/<environment>/stacks/<stack>`; from there this is the project. */
const PROJECT_FROM_STACK = '../../../..';

/** State as files of the project. */
export function localBackend(settings: Extract<BackendSettings, { type: 'local' }>): StateBackend {
  const path = ({ project, environment, stack }: StateKey) =>
    `${PROJECT_FROM_STACK}/${settings.path}/${project}/${environment}/${stack}.tfstate`;
  return {
    attach: (stack, key) => {
      new LocalBackend(stack, { path: path(key) });
    },
    read: (scope, id, key) => new DataTerraformRemoteStateLocal(scope, id, { path: path(key) }),
  };
}
