import { type App } from 'cdktf';
import { type Environment } from '../config';
import { AddonsStack } from './addons-stack';
import type * as bootstrap from './bootstrap-stack';
import { ClusterStack } from './cluster-stack';
import { LocalWorkloadsStack } from './local-workloads-stack';
import { NetworkStack } from './network-stack';
import { WorkloadsStack } from './workloads-stack';

/**
 * Makes the stacks of an environment, each after the one whose outputs it reads: four on AWS, one elsewhere. Bootstrap, where
 * the environment has it, depends on none of them and none on it: it is applied by itself.
 */
export function addStacks(app: App, environment: Environment): void {
  if (environment.kind === 'local') {
    new LocalWorkloadsStack(app, { environment });
    return;
  }
  const network = new NetworkStack(app, { environment });
  const cluster = new ClusterStack(app, { environment, network });
  const addons = new AddonsStack(app, { environment, network, cluster });
  const workloads = new WorkloadsStack(app, { environment, network, cluster, addons });
  if (environment.bootstrap) {
    // Loaded here, since its resources and another provider would cost every synth a fifth of its time.
    // oxlint-disable-next-line typescript/no-require-imports
    const { BootstrapStack } = require('./bootstrap-stack') as typeof bootstrap;
    new BootstrapStack(app, { environment, stacks: [network, cluster, addons, workloads] });
  }
}
