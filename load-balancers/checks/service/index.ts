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

<<<<<<< HEAD
/** What takes more of a Service than one value, and the controller doesn't refuse. */
export function checkService(service: Service, context: CheckContext): ObjectFinding[] {
  return CHECKS.flatMap((check) => check(service, context));
=======
/** With the annotation in the place of each setting. */
function inAnnotations(text: string): string {
  const named = text.replaceAll(/[a-z]+(?:[A-Z]\w*)(?:\.\w+)*|\b(?:tls|healthCheck)\.\w+/g, (word) => {
    return ANNOTATION_OF.get(word) ?? word;
  });
  return named
    .replaceAll(/\bscheme(?=: ')/g, `${PREFIX}aws-load-balancer-scheme`)
    .replace(
      "write it once, with protocol: 'TCP_UDP'",
      `write ${PREFIX}aws-load-balancer-enable-tcp-udp-listener: 'true'`,
    );
}

const CHECKS: readonly Check[] = [
  annotationNames,
  values,
  ports,
  tls,
  actions,
  loadBalancerAddresses,
  security,
  healthCheck,
  attributes,
];

/**
 * All that is wrong with a Service of type LoadBalancer for the AWS Load Balancer Controller: what AWS, the controller
 * or Kubernetes would refuse, or silently leave out. Values known after apply only are not judged.
 */
export function checkNlbService(service: Service, context: CheckContext = {}): ObjectFinding[] {
  return findingsOf(service, context).map((finding) => ({
    ...finding,
    reason: inAnnotations(finding.reason),
    remedy: inAnnotations(finding.remedy),
  }));
}

/** The same in the words of the typed settings of a Service. */
export function findingsOf(service: Service, context: CheckContext): ObjectFinding[] {
  const findings = CHECKS.flatMap((check) => check(service, context));
  return findings.length > 0 ? findings : refusals(service);
>>>>>>> 7734308 (Preview: facts of an environment's own network; what is not judged is a list)
}
