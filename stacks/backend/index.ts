import { type BackendSettings } from '../../config';
import { type StateBackend } from './backend';
import { hcpBackend } from './hcp';
import { localBackend } from './local';
import { s3Backend } from './s3';

export type { StateBackend, StateKey } from './backend';
export { workspaceName } from './hcp';

/** The backend of an environment. Another type of settings doesn't compile until it has its own here. */
export function backendOf(settings: BackendSettings): StateBackend {
  switch (settings.type) {
    case 'local':
      return localBackend(settings);
    case 's3':
      return s3Backend(settings);
    case 'hcp':
      return hcpBackend(settings);
  }
}
