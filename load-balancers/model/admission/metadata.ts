import { type KubernetesObject } from '../objects';
import { invalid, requiredProblem, tooLong } from './field-problem';
import { dnsSubdomain, qualifiedName, dns1035Label } from './names';

const ANNOTATION_BYTES = 256 * 1024;

/** Why the API server would not take the name or the annotations of an object. */
export function metadataProblems({ kind, metadata }: KubernetesObject): readonly string[] {
  const { name, annotations = {} } = metadata;
  const nameProblems = kind === 'Service' ? dns1035Label : dnsSubdomain;
  const bytes = new TextEncoder().encode(Object.entries(annotations).flat().join('')).length;
  return [
    ...(name
      ? nameProblems(name).map((why) => invalid('metadata.name', name, why))
      : [requiredProblem('metadata.name', 'name or generateName is required')]),
    ...Object.keys(annotations).flatMap((key) =>
      qualifiedName(key.toLowerCase()).map((why) => invalid('metadata.annotations', key, why)),
    ),
    ...(bytes > ANNOTATION_BYTES ? [tooLong('metadata.annotations', ANNOTATION_BYTES)] : []),
  ];
}
