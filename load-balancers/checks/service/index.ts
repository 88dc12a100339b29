import { type Service } from '../../model';
import { loadBalancerAddresses } from './addresses';
import { type CheckContext } from '../context';
import { type ObjectFinding } from '../finding';
import { annotationNames } from './names';
import { ports } from './ports';
import { type Check } from './read';
import { security } from './security';
import { tls } from './tls';
import { values } from './values';

/** What is wrong with a Service of type LoadBalancer by itself. */
const CHECKS: readonly Check[] = [annotationNames, values, ports, tls, loadBalancerAddresses, security];

/** What takes more of a Service than one value, and the controller doesn't refuse. */
export function checkService(service: Service, context: CheckContext): ObjectFinding[] {
  return CHECKS.flatMap((check) => check(service, context));
}
