import { annotationOf } from '../../language';
import { type Source } from '../../problem';

/** The typed prop that stands for an annotation; its name, if none does. */
function propOrName(annotation: string): string {
  return annotationOf(annotation)?.prop ?? annotation;
}

/** The typed prop in which a person wrote what is there: of an Ingress, or of parameters of a class. */
export function propAt({ Kind, Annotation, Field = 'spec' }: Source): string {
  if (Annotation !== undefined) return propOrName(Annotation);
  return Kind === 'IngressClassParams' ? Field.replace(/^spec\./, '') : propOfField(Field);
}

/** Ends of paths in an Ingress' spec, the more exact first. */
const FIELDS: readonly (readonly [RegExp, string])[] = [
  [/\.backend\.service\.port(\..*)?$/, 'port'],
  [/\.backend\.service(\..*)?$/, 'service'],
  [/\.pathType$/, 'pathType'],
  [/\.path$/, 'path'],
  [/\.host$/, 'host'],
];

/** The typed prop that stands for a field of an Ingress: `routes[].path` for `spec.rules[0].http.paths[1].path`. */
function propOfField(field: string): string {
  if (field.startsWith('spec.tls')) return 'tlsHosts';
  const end = FIELDS.find(([form]) => form.test(field))?.[1];
  if (field.startsWith('spec.defaultBackend')) return ['defaultBackend', ...(end ? [end] : [])].join('.');
  if (!field.startsWith('spec.rules')) return field.replace(/^spec\./, '');
  return end === undefined ? 'routes' : `routes[].${end}`;
}
