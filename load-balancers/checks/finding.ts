import { type Annotated, keyOf, type IngressClassParams, type Service, type Source } from '../model';
import { SERVICE_PREFIX } from '../language';
import { type Finding } from '../problem';

/** A finding about an object of the cluster. */
export type ObjectFinding = Finding & { readonly source: Source };

/** What is said of it; where nobody is named, AWS would refuse it. */
export interface FindingWords extends Pick<Finding, 'reason' | 'remedy' | 'warning' | 'at'> {
  /** @default - the annotation's value, as written */
  readonly value?: unknown;
  /** Controller and AWS take it, or may do, though it can't be meant. @default false */
  readonly accepted?: boolean;
}

/** With the value, where no annotation has it. */
type ValueWords = FindingWords & { readonly value: unknown };

/** @param annotation name of an annotation, whole */
export function atAnnotation(object: Annotated, annotation: string, words: FindingWords): ObjectFinding {
  const value = object.metadata.annotations?.[annotation] ?? '';
  return atSource({ ...subject(object), Annotation: annotation }, { value, ...words });
}

export function atField(object: Annotated, field: string, words: ValueWords): ObjectFinding {
  return atSource({ ...subject(object), Field: field }, words);
}

/** @param field under `spec`, such as `scheme` */
export function atParams(params: IngressClassParams, field: string, words: ValueWords): ObjectFinding {
  return atField(params, `spec.${field}`, words);
}

/** @param suffix name of an annotation of a Service of type LoadBalancer, after its prefix */
export function atSuffix(
  service: Service,
  suffix: string,
  reason: string,
  remedy: string,
  entry: Partial<Pick<Finding, 'at' | 'value'>> = {},
): ObjectFinding {
  return atAnnotation(service, `${SERVICE_PREFIX}${suffix}`, { ...entry, reason, remedy, accepted: true });
}

/** At what a part of the model comes from. */
export function atSource(source: Source, { accepted, ...words }: ValueWords): ObjectFinding {
  return {
    path: source.Annotation ?? source.Field ?? 'metadata',
    ...words,
    ...(accepted || words.warning ? {} : { by: 'aws' }),
    source,
  };
}

/** Built all the same, whatever it says. */
export function accepted(findings: Iterable<ObjectFinding>): ObjectFinding[] {
  return [...findings].map((finding) => ({ ...finding, by: undefined }));
}

/** Each once: Services behind one Ingress share its annotations. */
export function distinctFindings(findings: readonly ObjectFinding[]): ObjectFinding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

function subject(object: Annotated): Pick<Source, 'Kind' | 'Name'> {
  return { Kind: object.kind, Name: keyOf(object) };
}
