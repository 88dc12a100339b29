import { type Refusal } from '../model';
import { keyOf, type KubernetesObject } from '../objects';
import { attempt, Refused, type Source } from '../refusal';
import { decodingProblem } from '../go/decoding';
import { aggregate } from './field-problem';
import { ingressProblems } from './ingress';
import { ingressClassProblems } from './ingress-class';
import { ingressClassParamsProblems } from './ingress-class-params';
import { metadataProblems } from './metadata';
import { serviceProblems } from './service';

const QUALIFIED_KINDS: Readonly<Record<KubernetesObject['kind'], string>> = {
  Namespace: 'Namespace',
  Service: 'Service',
  Ingress: 'Ingress.networking.k8s.io',
  IngressClass: 'IngressClass.networking.k8s.io',
  IngressClassParams: 'IngressClassParams.elbv2.k8s.aws',
};

/** The objects that the API server takes, each once: the last of those with one name. */
export function admit(
  objects: readonly KubernetesObject[],
  refusals: Refusal[],
): readonly KubernetesObject[] {
  const named = new Map(objects.map(completed).map((object) => [`${object.kind} ${keyOf(object)}`, object]));
  return [...named].flatMap(([name, object]) => {
    const admitted = attempt(refusals, { blocks: name, objects: [name] }, () => {
      const read = withoutEmpty(decoded(object));
      check(read);
      return read;
    });
    return admitted ?? [];
  });
}

/** As kubectl does for what belongs to a namespace and names none; what is null is left out. */
function completed(object: KubernetesObject): KubernetesObject {
  const { metadata, spec = {}, ...rest } = withoutNulls(object) as KubernetesObject & { spec?: unknown };
  const inNamespace = object.kind === 'Ingress' || object.kind === 'Service';
  const namespace = inNamespace ? { namespace: 'default' } : {};
  return { ...rest, metadata: { ...namespace, ...metadata }, spec } as KubernetesObject;
}

/** An empty text stands for the default. */
function withoutEmpty(object: KubernetesObject): KubernetesObject {
  if (object.kind !== 'Service') return object;
  const { type, externalTrafficPolicy, ports, ...spec } = object.spec;
  return {
    ...object,
    spec: {
      ...spec,
      ...filled({ type, externalTrafficPolicy }),
      ...(ports && { ports: ports.map((port) => ({ port: port.port, ...filled(port) })) }),
    },
  };
}

function filled<T extends object>(fields: T): Partial<T> {
  const entries = Object.entries(fields).filter(([, value]) => value !== '' && value !== undefined);
  return Object.fromEntries(entries) as Partial<T>;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]) =>
      entry === null || entry === undefined ? [] : [[key, withoutNulls(entry)]],
    ),
  );
}

function decoded(object: KubernetesObject): KubernetesObject {
  const problem = decodingProblem(object);
  if (problem !== undefined) throw new Refused(problem, sourceOf(object));
  return object;
}

function check(object: KubernetesObject): void {
  const problems = [...metadataProblems(object), ...problemsOf(object)];
  if (problems.length === 0) return;
  throw new Refused(
    `${QUALIFIED_KINDS[object.kind]} "${object.metadata.name}" is invalid: ${aggregate(problems)}`,
    sourceOf(object),
  );
}

function sourceOf(object: KubernetesObject): Source | undefined {
  return object.kind === 'Namespace' ? undefined : { Kind: object.kind, Name: keyOf(object) };
}

function problemsOf(object: KubernetesObject): readonly string[] {
  switch (object.kind) {
    case 'Ingress':
      return ingressProblems(object);
    case 'IngressClass':
      return ingressClassProblems(object);
    case 'IngressClassParams':
      return ingressClassParamsProblems(object);
    case 'Service':
      return serviceProblems(object);
    default:
      return [];
  }
}
