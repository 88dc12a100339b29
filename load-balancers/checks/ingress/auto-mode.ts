import { INGRESS_PREFIX } from '../../language';
import { type Ingress } from '../../model';
import { atAnnotation, type ObjectFinding } from '../finding';

/** `spec.controller` of a class that EKS Auto Mode serves. */
export const AUTO_MODE_CONTROLLER = 'eks.amazonaws.com/alb';

/**
 * Annotations that EKS Auto Mode does not read, and what it has instead; it reads all others as the controller does.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html
 */
const NOT_READ: Readonly<Record<string, string>> = {
  'kubernetes.io/ingress.class': 'write spec.ingressClassName',
  [`${INGRESS_PREFIX}group.name`]: 'write it in the IngressClassParams of its class: spec.group.name',
  [`${INGRESS_PREFIX}waf-acl-id`]: 'write wafv2-acl-arn, with a web ACL of WAFv2',
  [`${INGRESS_PREFIX}web-acl-id`]: 'write wafv2-acl-arn, with a web ACL of WAFv2',
  [`${INGRESS_PREFIX}dry-run-plan`]: 'leave it out',
  [`${INGRESS_PREFIX}create-acm-cert`]: 'leave it out, and name a certificate that is there: certificate-arn',
  [`${INGRESS_PREFIX}acm-pca-arn`]: 'leave it out, and name a certificate that is there: certificate-arn',
};

/** What an Ingress of a class of EKS Auto Mode says that is not read, or needs more than elsewhere. */
export function* checkAutoMode(ingress: Ingress): Iterable<ObjectFinding> {
  const { annotations = {} } = ingress.metadata;
  const authType = `${INGRESS_PREFIX}auth-type`;
  for (const annotation of Object.keys(annotations)) {
    const remedy = Object.hasOwn(NOT_READ, annotation) ? NOT_READ[annotation] : undefined;
    if (remedy === undefined) continue;
    yield atAnnotation(ingress, annotation, {
      reason: 'EKS Auto Mode does not read it',
      remedy,
      warning: true,
    });
  }
  if (annotations[authType] === 'oidc')
    yield atAnnotation(ingress, authType, {
      reason: 'EKS Auto Mode may not read the Secret of the client without your leave',
      remedy: 'give it a Role that reads that Secret',
      warning: true,
    });
}
