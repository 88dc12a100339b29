import { type AwsEnvironment } from '../config';
import { type IngressController } from '../modules/ingress-class';

/** Who makes the load balancers of an environment. */
export function ingressControllerOf({ loadBalancing }: AwsEnvironment): IngressController {
  return loadBalancing.type === 'auto-mode' ? 'auto-mode' : 'load-balancer-controller';
}
