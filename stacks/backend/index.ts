import { type BackendSettings } from '../../config';
import { type Backend } from './backend';
import { hcpBackend } from './hcp';
import { localBackend } from './local';
import { s3Backend } from './s3';

export type { Backend, StateKey } from './backend';
export { workspaceName } from './hcp';

/** The backend of an environment. Another type of settings doesn't compile until it has its own here. */
export function backendOf(settings: BackendSettings): Backend {
  switch (settings.type) {
    case 'local':
      return localBackend(settings);
    case 's3':
      return s3Backend(settings);
    case 'hcp':
      return hcpBackend(settings);
  }
}
