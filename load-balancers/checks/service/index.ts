import { FIELDS, PREFIX } from '../../language';
import { type Service } from '../../model';
import { actions } from './actions';
import { loadBalancerAddresses } from './addresses';
import { attributes } from './attributes';
import { type CheckContext } from '../context';
import { type ObjectFinding } from '../finding';
import { healthCheck } from './health-check';
import { annotationNames } from './names';
import { ports } from './ports';
import { type Check } from './read';
import { refusals } from './refusals';
import { security } from './security';
import { tls } from './tls';
import { values } from './values';

/** Names of settings that are no words of a sentence, and the annotations that they stand for. */
const ANNOTATION_OF = new Map(
  Object.entries(FIELDS).flatMap(([annotation, field]) =>
    field !== undefined && /^[a-z]+[A-Z]\w*$|\.|^scheme$/.test(field) && !field.includes('[]')
      ? [[field, annotation]]
      : [],
  ),
);

/** With the annotation in the place of each setting. */
function inAnnotations(text: string): string {
  const named = text.replaceAll(/[a-z]+(?:[A-Z]\w*)(?:\.\w+)*|\b(?:tls|healthCheck)\.\w+/g, (word) => {
    return ANNOTATION_OF.get(word) ?? word;
  });
  return named.replaceAll(/\bscheme(?=: ')/g, `${PREFIX}aws-load-balancer-scheme`);
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
}
