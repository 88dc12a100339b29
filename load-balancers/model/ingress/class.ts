import { INGRESS_ANNOTATIONS } from '../annotations';
import { type Cluster } from '../context';
import { selects } from '../label-selector';
import { keyOf, type Ingress, type IngressClass, type IngressClassParams } from '../objects';
import { quote } from '../go/quote';
import { Refused, wrapRefusal, type Source } from '../refusal';
import { type ControllerSettings } from '../settings';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from '../unknown';
import { readConditions } from './conditions';
import { paramsSource } from './statements';

const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';
const DEFAULT_CLASS_ANNOTATION = 'ingressclass.kubernetes.io/is-default-class';
/** `spec.controller` of a class that the AWS Load Balancer Controller serves. */
export const ALB_CONTROLLER = 'ingress.k8s.aws/alb';

/**
 * Whether an Ingress is this controller's, by annotation or by class; and what its admission webhook refuses.
 * @throws {Refused} for a class that there is not, and for conditions that no rule can have
 */
export function admitsIngress(cluster: Cluster, settings: ControllerSettings, ingress: Ingress): boolean {
  const annotated = ingress.metadata.annotations?.[CLASS_ANNOTATION];
  if (!isOurs(cluster, settings, ingress)) return false;
  if (settings.disableIngressClassAnnotation && annotated !== undefined) {
    throw new Refused(`new usage of \`${CLASS_ANNOTATION}\` annotation is forbidden`, {
      ...sourceOf(ingress),
      Annotation: CLASS_ANNOTATION,
    });
  }
  const groupName = INGRESS_ANNOTATIONS.nameOf(ingress, 'group.name');
  if (settings.disableIngressGroupNameAnnotation && groupName !== undefined) {
    throw new Refused(
      `new usage of \`${groupName}\` annotation is forbidden`,
      INGRESS_ANNOTATIONS.source(ingress, 'group.name'),
    );
  }
  classOf(cluster, ingress);
  checkConditions(ingress);
  return true;
}

/**
 * Parameters of the class of an Ingress; none if an annotation says which controller serves it.
 * @throws {Refused} for parameters that there are not, or that aren't for the namespace of the Ingress
 */
export function classParams(cluster: Cluster, ingress: Ingress): OrUnknown<IngressClassParams> | undefined {
  if (ingress.metadata.annotations?.[CLASS_ANNOTATION] !== undefined) return undefined;
  const ingressClass = classOf(cluster, ingress);
  if (ingressClass === KNOWN_AFTER_APPLY) return ingressClass;
  const reference = ingressClass?.spec.parameters;
  if (ingressClass === undefined || reference === undefined) return undefined;
  const source: Source = { Kind: 'IngressClass', Name: keyOf(ingressClass), Field: 'spec.parameters' };
  if ([reference.apiGroup, reference.kind, reference.name].some(isUnknown)) return KNOWN_AFTER_APPLY;
  if (reference.apiGroup !== 'elbv2.k8s.aws' || reference.kind !== 'IngressClassParams') {
    throw invalidClass(`IngressClass ${keyOf(ingressClass)} references unknown parameters`, source);
  }
  const params = cluster.ingressClassParams.get(reference.name);
  if (params === undefined && cluster.mayBeThere('IngressClassParams', reference.name)) {
    return KNOWN_AFTER_APPLY;
  }
  if (params === undefined) {
    throw invalidClass(`IngressClassParams.elbv2.k8s.aws ${quote(reference.name)} not found`, source);
  }
  checkNamespace(cluster, ingress, params);
  return params;
}

function isOurs(cluster: Cluster, settings: ControllerSettings, ingress: Ingress): boolean {
  const annotated = ingress.metadata.annotations?.[CLASS_ANNOTATION];
  if (annotated !== undefined) {
    return annotated === settings.ingressClass || (settings.ingressClass === '' && annotated === 'alb');
  }
  const ingressClass = classOf(cluster, ingress);
  if (ingressClass === KNOWN_AFTER_APPLY) return true;
  return ingressClass === undefined
    ? settings.ingressClass === ''
    : ingressClass.spec.controller === ALB_CONTROLLER;
}

/** Unknown where it, or what it is called, isn't known yet. */
function classOf(cluster: Cluster, ingress: Ingress): OrUnknown<IngressClass> | undefined {
  const name = ingress.spec.ingressClassName;
  const annotated = ingress.metadata.annotations?.[CLASS_ANNOTATION] !== undefined;
  if (name === undefined) return annotated ? undefined : defaultClass(cluster, ingress);
  const ingressClass = cluster.ingressClasses.get(name);
  if (ingressClass !== undefined) return ingressClass;
  if (cluster.mayBeThere('IngressClass', name)) return KNOWN_AFTER_APPLY;
  throw invalidClass(`IngressClass.networking.k8s.io ${quote(name)} not found`, {
    ...sourceOf(ingress),
    Field: 'spec.ingressClassName',
  });
}

function defaultClass({ ingressClasses }: Cluster, ingress: Ingress): IngressClass | undefined {
  const [first, second] = [...ingressClasses.values()].filter(
    ({ metadata }) => metadata.annotations?.[DEFAULT_CLASS_ANNOTATION] === 'true',
  );
  if (second !== undefined) throw new Refused('multiple default IngressClasses found', sourceOf(ingress));
  return first;
}

/** The cluster's namespaces are those given; another has the one label that Kubernetes gives to each. */
function checkNamespace(cluster: Cluster, ingress: Ingress, params: IngressClassParams): void {
  const { namespaceSelector } = params.spec;
  if (namespaceSelector === undefined) return;
  const name = ingress.metadata.namespace ?? '';
  const labels = {
    ...cluster.namespaces.get(name)?.metadata.labels,
    'kubernetes.io/metadata.name': name,
  };
  const source = paramsSource(params, 'namespaceSelector');
  const selected = wrapRefusal('invalid ingress class', () => selects(namespaceSelector, labels, source));
  if (selected || isUnknown(JSON.stringify([namespaceSelector, labels]))) return;
  throw invalidClass(`namespaceSelector of IngressClassParams ${keyOf(params)} mismatch`, source);
}

/** The webhook reads the conditions of every path's Service. */
function checkConditions(ingress: Ingress): void {
  const services = new Set<string>();
  for (const [rule, { http }] of (ingress.spec.rules ?? []).entries()) {
    for (const [path, { backend }] of (http?.paths ?? []).entries()) {
      if (backend.service === undefined) {
        // A backend that is no Service crashes it, and so is refused.
        throw new Refused('panic: runtime error: invalid memory address or nil pointer dereference', {
          ...sourceOf(ingress),
          Field: `spec.rules[${rule}].http.paths[${path}].backend`,
        });
      }
      const { name } = backend.service;
      if (!services.has(name)) readWithWebhooksWords(ingress, name);
      services.add(name);
    }
  }
}

function readWithWebhooksWords(ingress: Ingress, service: string): void {
  try {
    readConditions(ingress, service);
  } catch (error) {
    if (!(error instanceof Refused) || error.message.startsWith('failed to parse json')) throw error;
    throw new Refused(
      `ignoring Ingress ${keyOf(ingress)} since invalid alb.ingress.kubernetes.io/conditions.${service} annotation: ${error.message}`,
      error.source,
    );
  }
}

function invalidClass(message: string, source: Source): Refused {
  return new Refused(`invalid ingress class: ${message}`, source);
}

function sourceOf(ingress: Ingress): Source {
  return { Kind: 'Ingress', Name: keyOf(ingress) };
}
