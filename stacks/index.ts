import { type App } from 'cdktf';
import { type Environment } from '../config';
import { AddonsStack } from './addons-stack';
import { ClusterStack } from './cluster-stack';
import { LocalWorkloadsStack } from './local-workloads-stack';
import { NetworkStack } from './network-stack';
import { WorkloadsStack } from './workloads-stack';

/** Makes the stacks of an environment, each after the one whose outputs it reads: four on AWS, one elsewhere. */
export function addStacks(app: App, environment: Environment): void {
  if (environment.kind === 'local') {
    new LocalWorkloadsStack(app, { environment });
    return;
  }
  const network = new NetworkStack(app, { environment });
  const cluster = new ClusterStack(app, { environment, network });
  const addons = new AddonsStack(app, { environment, network, cluster });
  new WorkloadsStack(app, { environment, network, cluster, addons });
}
