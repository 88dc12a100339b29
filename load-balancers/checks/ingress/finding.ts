import { type Annotated, keyOf, type IngressClassParams, type Source } from '../../model';
import { propOrName, propOfField } from './names-of-props';

/** What AWS, the controller or Kubernetes would refuse, or silently leave out. */
export interface Finding {
  /** `namespace/name` of the Ingress that it is about; of the object, where `kind` is another one. */
  readonly ingress: string;
  /** @default 'Ingress' */
  readonly kind?: Source['Kind'];
  /** Name of the annotation, whole. @default - it is in a field */
  readonly annotation?: string;
  /** Such as `spec.rules[0].http.paths[1].path`. @default - it is in an annotation */
  readonly field?: string;
  /** Where the value is in the typed props. */
  readonly prop: string;
  readonly value: string;
  readonly reason: string;
  readonly remedy: string;
  /** It is built all the same. @default false */
  readonly warning?: boolean;
  /** Controller and AWS take it, or may do, though it can't be meant. @default false */
  readonly accepted?: boolean;
}

export interface Words {
  /** @default - the annotation's value, as written */
  readonly value?: string;
  readonly reason: string;
  readonly remedy: string;
  readonly warning?: boolean;
  readonly accepted?: boolean;
}

/** @param annotation name of an annotation, whole */
export function atAnnotation(object: Annotated, annotation: string, words: Words): Finding {
  return {
    ...subject(object),
    annotation,
    prop: propOrName(annotation),
    value: object.metadata.annotations?.[annotation] ?? '',
    ...words,
  };
}

export function atField(
  object: Annotated,
  field: string,
  words: Words & { readonly value: string },
): Finding {
  return { ...subject(object), field, prop: propOfField(field), ...words };
}

/** @param field under `spec`, such as `scheme` */
export function atParams(
  params: IngressClassParams,
  field: string,
  words: Words & { readonly value: string },
): Finding {
  return { ...subject(params), field: `spec.${field}`, prop: field, ...words };
}

/** At what a part of the model comes from. */
export function atSource(
  { Kind, Name, Annotation, Field }: Source,
  words: Words & { readonly value: string },
): Finding {
  return {
    ingress: Name,
    ...(Kind === 'Ingress' ? {} : { kind: Kind }),
    ...(Annotation === undefined ? {} : { annotation: Annotation }),
    ...(Field === undefined ? {} : { field: Field }),
    prop: Annotation === undefined ? propOfField(Field ?? 'spec') : propOrName(Annotation),
    ...words,
  };
}

function subject(object: Annotated): Pick<Finding, 'ingress' | 'kind'> {
  return object.kind === 'Ingress'
    ? { ingress: keyOf(object) }
    : { ingress: keyOf(object), kind: object.kind };
}
