import { type Service } from '../../model';
import { actions } from './actions';
import { addresses } from './addresses';
import { attributes } from './attributes';
import { type Check, type NlbFinding, type NlbSurroundings } from './finding';
import { healthCheck } from './health-check';
import { annotationNames } from './names';
import { ports } from './ports';
import { refusals } from './refusals';
import { security } from './security';
import { tls } from './tls';
import { words } from './words';

export type { NlbFinding, NlbSurroundings } from './finding';

const CHECKS: readonly Check[] = [
  annotationNames,
  words,
  ports,
  tls,
  actions,
  addresses,
  security,
  healthCheck,
  attributes,
];

/**
 * All that is wrong with a Service of type LoadBalancer for the AWS Load Balancer Controller: what AWS, the controller
 * or Kubernetes would refuse, or silently leave out. Values known after apply only are not judged.
 */
export function checkNlbService(service: Service, surroundings: NlbSurroundings = {}): NlbFinding[] {
  const findings = CHECKS.flatMap((check) => check(service, surroundings));
  return findings.length > 0 ? findings : refusals(service);
}
