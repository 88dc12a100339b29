import { INGRESS_PREFIX } from '../../language';
import { type Ingress } from '../../model';
import { type Problem } from '../../problem';
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

/**
 * Fields of IngressClassParams that EKS Auto Mode has not, and what is written instead: in props, and in manifests.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html
 */
export const NOT_OF_AUTO_MODE: Readonly<
  Record<string, { readonly prop: string; readonly manifest: string }>
> = {
  wafv2AclArn: {
    prop: 'remove it, and write webAcl: { arn } on Ingresses',
    manifest: `write ${INGRESS_PREFIX}wafv2-acl-arn on Ingresses`,
  },
  wafv2AclName: {
    prop: 'remove it, and write webAcl: { name } on Ingresses',
    manifest: `write ${INGRESS_PREFIX}wafv2-acl-name on Ingresses`,
  },
  sslRedirectPort: {
    prop: 'remove it, and write sslRedirect on Ingresses',
    manifest: `write ${INGRESS_PREFIX}ssl-redirect on Ingresses`,
  },
  listeners: {
    prop: 'remove it: Auto Mode sets no attributes of listeners',
    manifest: 'leave it out: Auto Mode sets no attributes of listeners',
  },
};

/** What is called otherwise in parameters of EKS Auto Mode than in the controller's. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  certificateArn: 'certificateARNs',
  'subnets.tags': 'subnets.matchTags',
};

/** Fields of parameters of EKS Auto Mode that it has not, and what to write instead. */
export function autoModeParamsProblems(spec: Readonly<Record<string, unknown>>): Problem[] {
  const at = (path: string) =>
    path.split('.').reduce<unknown>((value, key) => (value as Partial<typeof spec> | undefined)?.[key], spec);
  const remedies = [
    ...Object.entries(NOT_OF_AUTO_MODE).map(([path, { manifest }]) => ({ path, remedy: manifest })),
    ...Object.entries(OTHER_NAMES).map(([path, name]) => ({ path, remedy: `write ${name}` })),
  ];
  return remedies.flatMap(({ path, remedy }) => {
    const value = at(path);
    const reason = 'IngressClassParams of EKS Auto Mode have no such field';
    return value === undefined ? [] : [{ path: `spec.${path}`, value, reason, remedy }];
  });
}

/** What an Ingress of a class of EKS Auto Mode says that is not read, or needs more than elsewhere. */
export function* checkAutoMode(ingress: Ingress): Iterable<ObjectFinding> {
  const { annotations = {} } = ingress.metadata;
  const authType = `${INGRESS_PREFIX}auth-type`;
  for (const annotation of Object.keys(annotations)) {
    const remedy = remedyFor(annotation);
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

function remedyFor(annotation: string): string | undefined {
  if (Object.hasOwn(NOT_READ, annotation)) return NOT_READ[annotation];
  return annotation.startsWith(`${INGRESS_PREFIX}listener-attributes.`)
    ? 'leave it out: Auto Mode sets no attributes of listeners'
    : undefined;
}
