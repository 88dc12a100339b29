import { type Refusal } from '../model';
import { keyOf, type KubernetesObject } from '../objects';
import { attempt, Refused, type Source } from '../refusal';
import { decodingProblem } from './decoding';
import { aggregate } from './field-problem';
import { ingressProblems } from './ingress';
import { ingressClassProblems } from './ingress-class';
import { ingressClassParamsProblems } from './ingress-class-params';
import { metadataProblems } from './metadata';

const GROUPS: Readonly<Record<string, string>> = {
  Ingress: 'Ingress.networking.k8s.io',
  IngressClass: 'IngressClass.networking.k8s.io',
  IngressClassParams: 'IngressClassParams.elbv2.k8s.aws',
};

/** The objects that the API server takes, each once: the last of those with one name. */
export function admit(
  objects: readonly KubernetesObject[],
  refusals: Refusal[],
): readonly KubernetesObject[] {
  const named = new Map(
    objects.map(inNamespace).map((object) => [`${object.kind} ${keyOf(object)}`, object]),
  );
  return [...named].flatMap(([name, object]) => {
    const admitted = attempt(refusals, { blocks: name, objects: [name] }, () => {
      check(object);
      return object;
    });
    return admitted ?? [];
  });
}

/** As kubectl does for what belongs to a namespace and names none. */
function inNamespace(object: KubernetesObject): KubernetesObject {
  if (object.kind !== 'Ingress' && object.kind !== 'Service') return object;
  if (object.metadata.namespace !== undefined) return object;
  return { ...object, metadata: { ...object.metadata, namespace: 'default' } };
}

function check(object: KubernetesObject): void {
  const group = GROUPS[object.kind];
  const source = group === undefined ? undefined : ({ Kind: object.kind, Name: keyOf(object) } as Source);
  const undecoded = decodingProblem(object);
  if (undecoded !== undefined) throw new Refused(undecoded, source);
  const problems = [...metadataProblems(object), ...problemsOf(object)];
  if (group === undefined || problems.length === 0) return;
  throw new Refused(`${group} "${object.metadata.name}" is invalid: ${aggregate(problems)}`, source);
}

function problemsOf(object: KubernetesObject): readonly string[] {
  switch (object.kind) {
    case 'Ingress':
      return ingressProblems(object);
    case 'IngressClass':
      return ingressClassProblems(object);
    case 'IngressClassParams':
      return ingressClassParamsProblems(object);
    default:
      return [];
  }
}
