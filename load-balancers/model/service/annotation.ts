import { SERVICE_ANNOTATIONS } from '../annotations';
import { keyOf, type Service } from '../objects';
import { type Sourced } from '../origin';
import { type Source } from '../refusal';

/** A value read from an annotation of a Service, or its default. */
export function sourced<T>(
  service: Service,
  suffix: string,
  value: T | undefined,
  fallback: NoInfer<T>,
): Sourced<T> {
  return value === undefined
    ? { value: fallback, sources: [] }
    : { value, sources: [SERVICE_ANNOTATIONS.source(service, suffix)] };
}

/** Those of the annotations that a Service has. */
export function sourcesOf(service: Service, ...suffixes: readonly string[]): readonly Source[] {
  return suffixes
    .filter((suffix) => SERVICE_ANNOTATIONS.nameOf(service, suffix) !== undefined)
    .map((suffix) => SERVICE_ANNOTATIONS.source(service, suffix));
}

/** A field of a Service. */
export function fieldSource(service: Service, field: string): Source {
  return { Kind: 'Service', Name: keyOf(service), Field: field };
}
