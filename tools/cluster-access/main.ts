import { loadEnvironments } from '../../config';
import { runCommand } from '../kit/command';
import { manifest } from './manifest';
import { accessObjects } from './objects';

const USAGE =
  'npm run --silent cluster-access -- ENVIRONMENT | kubectl apply -f -\n\n' +
  'Prints what runs of HCP Terraform may do in the cluster of the environment (RBAC), for an administrator to apply.';

/** `npm run cluster-access` */
async function main([environment, ...more]: readonly string[]): Promise<void> {
  if (environment === '--help' || environment === '-h') {
    console.log(USAGE);
    return;
  }
  if (environment === undefined || environment.startsWith('-') || more.length > 0) {
    throw new Error(`name one environment: ${USAGE}`);
  }
  const today = new Date().toISOString().slice(0, 10);
  const [parsed] = await loadEnvironments(environment, today);
  if (parsed) process.stdout.write(manifest(accessObjects(parsed.environment)));
}

runCommand(main);
