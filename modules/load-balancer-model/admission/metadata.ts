import { type KubernetesObject } from '../objects';
import { invalid, required, tooLong } from './field-problem';
import { dnsSubdomain, labelKey } from './names';

const ANNOTATION_BYTES = 256 * 1024;

/** Why the API server would not take the name or the annotations of an Ingress or its class. */
export function metadataProblems({ metadata }: KubernetesObject): readonly string[] {
  const { name, annotations = {} } = metadata;
  const bytes = new TextEncoder().encode(Object.entries(annotations).flat().join('')).length;
  return [
    ...(name
      ? dnsSubdomain(name).map((why) => invalid('metadata.name', name, why))
      : [required('metadata.name', 'name or generateName is required')]),
    ...Object.keys(annotations).flatMap((key) =>
      labelKey(key.toLowerCase()).map((why) => invalid('metadata.annotations', key, why)),
    ),
    ...(bytes > ANNOTATION_BYTES ? [tooLong('metadata.annotations', ANNOTATION_BYTES)] : []),
  ];
}
