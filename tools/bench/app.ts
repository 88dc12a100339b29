import { App } from 'cdktf';
import { parseEnvironment } from '../../config';
import { addStacks } from '../../stacks';
import { withoutStackTraces } from '../kit/stack-traces';

/** The four stacks of an environment with as many services as the first argument says, into the second. */
const [, , count = '2', outdir = 'cdktf.out'] = process.argv;
/** A load balancer takes no more. */
const MOST_ROUTES = 100;
const services = Array.from({ length: Number(count) }, (_, index) => ({
  name: `service-${index}`,
  image: 'registry.k8s.io/e2e-test-images/agnhost:2.53',
  paths: index < MOST_ROUTES ? [{ path: `/api/${index}` }] : [],
}));
const { environment } = parseEnvironment(
  { name: 'bench', account: '111122223333', region: 'eu-west-1', workloads: { services } },
  new Date().toISOString().slice(0, 10),
);
withoutStackTraces(() => {
  const app = new App({ outdir });
  addStacks(app, environment);
  app.synth();
});
