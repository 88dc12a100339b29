import { possibleKeys, type Cluster } from '../context';
import { type Refusal } from '../model';
import { keyOf, type KubernetesObject } from '../objects';
import { attempt, Refused, type Source } from '../refusal';
import { isUnknown, KNOWN_AFTER_APPLY } from '../unknown';
import { unreadable } from '../go/decoding';
import { aggregate } from './field-problem';
import { ingressProblems } from './ingress';
import { ingressClassProblems } from './ingress-class';
import { ingressClassParamsProblems, unknownParams } from './ingress-class-params';
import { metadataProblems } from './metadata';
import { serviceProblems } from './service';
import { bindingProblems, unknownOfBinding } from './target-group-binding';

const QUALIFIED_KINDS: Readonly<Record<KubernetesObject['kind'], string>> = {
  Namespace: 'Namespace',
  Secret: 'Secret',
  Service: 'Service',
  Ingress: 'Ingress.networking.k8s.io',
  IngressClass: 'IngressClass.networking.k8s.io',
  IngressClassParams: 'IngressClassParams.elbv2.k8s.aws',
  TargetGroupBinding: 'TargetGroupBinding.elbv2.k8s.aws',
};

/** Objects that can be read, and those that can't be before apply. */
export interface ReadObjects {
  readonly readable: readonly KubernetesObject[];
  readonly unknown: readonly { readonly object: KubernetesObject; readonly field: string }[];
  /** Whether an object that isn't readable may be there all the same: it has no name yet, or can't be read yet. */
  readonly mayBeThere: Cluster['mayBeThere'];
}

/**
 * Objects in the form that the API server gives to them, each once: the last of those with one name. Names that aren't
 * known yet are all different.
 * @param refusals gets those that can't be read at all
 */
export function readObjects(given: readonly KubernetesObject[], refusals: Refusal[] = []): ReadObjects {
  const named = new Map(given.map(readOnce).map((read, index) => [identity(read.object, index), read]));
  const readable: KubernetesObject[] = [];
  const unknown: { object: KubernetesObject; field: string }[] = [];
  for (const { object, full, unknown: field, refused } of named.values()) {
    if (refused !== undefined) attemptObject(refusals, object, () => raise(refused));
    if (full !== undefined) readable.push(full);
    if (field !== undefined) unknown.push({ object, field });
  }
  const isNamed = possibleKeys([...readable, ...unknown.map(({ object }) => object)]);
  const unread = new Set(unknown.map(({ object }) => `${object.kind} ${keyOf(object)}`));
  return {
    ...{ readable, unknown },
    mayBeThere: (kind, key) => isNamed(kind, key) || unread.has(`${kind} ${key}`),
  };
}

/** An object in the form that the API server gives to it. */
interface ReadObject {
  readonly object: KubernetesObject;
  /** Without what is empty. @default - it can't be read */
  readonly full?: KubernetesObject;
  /** What of it nobody knows yet. */
  readonly unknown?: string;
  readonly refused?: Refused;
}

/** Model and checks read the same objects. */
const READ = new WeakMap<KubernetesObject, ReadObject>();

function readOnce(given: KubernetesObject): ReadObject {
  const known = READ.get(given);
  if (known !== undefined) return known;
  const object = completed(given);
  const read = { object, ...contentsOf(object) };
  READ.set(given, read);
  return read;
}

function contentsOf(object: KubernetesObject): Omit<ReadObject, 'object'> {
  const found = unreadable(object);
  if (found !== undefined) {
    return 'unknown' in found ? found : { refused: new Refused(found.refused, sourceOf(object)) };
  }
  const unknown = unknownOf(object);
  return unknown === undefined ? { full: withoutEmpty(object) } : { unknown };
}

function unknownOf(object: KubernetesObject): string | undefined {
  if (object.kind === 'TargetGroupBinding') return unknownOfBinding(object);
  return object.kind === 'IngressClassParams' ? unknownParams(object) : undefined;
}

function raise(refused: Refused): never {
  throw refused;
}

/** Those that the API server takes. */
export function admit(given: readonly KubernetesObject[], refusals: Refusal[]): readonly KubernetesObject[] {
  return given.filter((object) => attemptObject(refusals, object, () => (check(object), true)));
}

function attemptObject<T>(refusals: Refusal[], object: KubernetesObject, build: () => T): T | undefined {
  const name = `${object.kind} ${keyOf(object)}`;
  return attempt(refusals, { blocks: name, objects: [name], by: 'kubernetes' }, build);
}

function identity({ kind, metadata }: KubernetesObject, index: number): string {
  const { namespace, name } = metadata;
  const isKnown = !isUnknown(namespace) && !isUnknown(name);
  return `${kind} ${keyOf({ metadata })}${isKnown ? '' : ` ${index}`}`;
}

/** As kubectl does for what belongs to a namespace and names none; what is null is left out. */
function completed(object: KubernetesObject): KubernetesObject {
  const { metadata, spec = {}, ...rest } = withoutNulls(object) as KubernetesObject & { spec?: unknown };
  const inNamespace = ['Ingress', 'Service', 'Secret', 'TargetGroupBinding'].includes(object.kind);
  if (isUnknown(metadata)) {
    const namespace = inNamespace ? { namespace: KNOWN_AFTER_APPLY } : {};
    const unknown = { name: KNOWN_AFTER_APPLY, ...namespace, annotations: metadata };
    return { ...rest, metadata: unknown, spec } as unknown as KubernetesObject;
  }
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

function check(object: KubernetesObject): void {
  const problems = [...metadataProblems(object), ...problemsOf(object)];
  if (problems.length === 0) return;
  throw new Refused(
    `${QUALIFIED_KINDS[object.kind]} "${object.metadata.name}" is invalid: ${aggregate(problems)}`,
    sourceOf(object),
  );
}

function sourceOf(object: KubernetesObject): Source | undefined {
  const { kind } = object;
  return kind === 'Namespace' || kind === 'Secret' ? undefined : { Kind: kind, Name: keyOf(object) };
}

function problemsOf(object: KubernetesObject): readonly string[] {
  switch (object.kind) {
    case 'Ingress':
      return ingressProblems(object);
    case 'IngressClass':
      return ingressClassProblems(object);
    case 'IngressClassParams':
      return ingressClassParamsProblems(object);
    case 'TargetGroupBinding':
      return bindingProblems(object);
    case 'Service':
      return serviceProblems(object);
    default:
      return [];
  }
}
