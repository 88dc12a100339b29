import { INGRESS_ANNOTATIONS, type Annotated, type Ingress, type Service, known } from '../model';

/**
 * Annotations as the controller reads them, without its refusals: undefined for what isn't there, isn't known before
 * apply, or can't be read (which is a finding of its own).
 */
export const read = {
  has: (object: Annotated, suffix: string): boolean =>
    INGRESS_ANNOTATIONS.nameOf(object, suffix) !== undefined,
  text: (object: Annotated, suffix: string) => known(() => INGRESS_ANNOTATIONS.string(object, suffix)),
  boolean: (object: Annotated, suffix: string) => known(() => INGRESS_ANNOTATIONS.boolean(object, suffix)),
  integer: (object: Annotated, suffix: string, bits: 32 | 64 = 32) =>
    known(() => INGRESS_ANNOTATIONS.integer(object, suffix, bits)),
  /** Entries may be unknown. */
  list: (object: Annotated, suffix: string) => known(() => INGRESS_ANNOTATIONS.list(object, suffix)),
  /** Values may be unknown. */
  map: (object: Annotated, suffix: string) => known(() => INGRESS_ANNOTATIONS.map(object, suffix)),
  json: (object: Annotated, suffix: string) => known<unknown>(() => INGRESS_ANNOTATIONS.json(object, suffix)),
};

/** Name of an annotation of Services with a load balancer of their own, whole, after `aws-load-balancer-`. */
export function namedService(suffix: string): string {
  return `service.beta.kubernetes.io/aws-load-balancer-${suffix}`;
}

/** Name of an annotation of Ingresses, whole. */
export function named(suffix: string): string {
  return `alb.ingress.kubernetes.io/${suffix}`;
}

/** An Ingress' annotations with those of a Service behind it, which win. */
export function withService(ingress: Ingress, service: Service | undefined): Annotated {
  const annotations = { ...ingress.metadata.annotations, ...service?.metadata.annotations };
  return { kind: 'Ingress', metadata: { ...ingress.metadata, annotations } };
}

/** Which of the two objects an annotation is on. */
export function ownerOf(ingress: Ingress, service: Service | undefined, suffix: string): Annotated {
  return service !== undefined && read.has(service, suffix) ? service : ingress;
}
