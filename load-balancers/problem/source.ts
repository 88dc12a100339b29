/** Where something comes from: a field of a Kubernetes object, or one of its annotations. */
export interface Source {
  readonly Kind: 'Ingress' | 'Service' | 'IngressClass' | 'IngressClassParams' | 'TargetGroupBinding';
  /** `namespace/name`; the name alone for objects of the whole cluster. */
  readonly Name: string;
  /** A path such as `spec.rules[0].http.paths[1]`. @default - an annotation, or the object as a whole */
  readonly Field?: string;
  /** Name of an annotation, whole. */
  readonly Annotation?: string;
}
