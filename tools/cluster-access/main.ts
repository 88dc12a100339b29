import { loadEnvironments } from '../../config';
import { command, runCommand } from '../kit/command';
import { manifest } from './manifest';
import { accessObjects } from './objects';

/** `npm run cluster-access` */
const clusterAccess = command(
  {
    name: 'cluster-access',
    summary:
      'What runs of HCP Terraform may do in the cluster (RBAC), for an administrator to apply:\n' +
      '  npm run --silent cluster-access -- ENVIRONMENT | kubectl apply -f -',
    target: 'environment',
    json: true,
  },
  async ({ environment, json }) => {
    const today = new Date().toISOString().slice(0, 10);
    const [parsed] = await loadEnvironments(environment, today);
    if (!parsed) return;
    const items = accessObjects(parsed.environment);
    const list = { apiVersion: 'v1', kind: 'List', items };
    process.stdout.write(json ? `${JSON.stringify(list, undefined, 2)}\n` : manifest(items));
  },
);

runCommand(clusterAccess);
