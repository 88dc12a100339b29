import { KNOWN_AFTER_APPLY, type KubernetesObject, type ServicePort } from '../../load-balancers/model';
import { InputError } from '../kit/input-error';
import { anything, FieldError, name, struct, type Form, type Path } from './forms';
import { KINDS } from './kubernetes-schema';
import { isMap, isScalar } from './values';

/** Kinds that load balancers are made of, by group and version. */
const VERSIONS = {
  Ingress: { group: 'networking.k8s.io', version: 'v1' },
  Service: { group: '', version: 'v1' },
  IngressClass: { group: 'networking.k8s.io', version: 'v1' },
  IngressClassParams: { group: 'elbv2.k8s.aws', version: 'v1beta1' },
  Namespace: { group: '', version: 'v1' },
} as const;
type Kind = keyof typeof VERSIONS;

/** Ingress was in this group until Kubernetes 1.22 removed it. */
const OLD_INGRESS_GROUP = 'extensions';
const CLUSTER_WIDE: readonly string[] = ['IngressClass', 'IngressClassParams', 'Namespace'];

const header = struct<{
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name?: unknown };
}>({ apiVersion: name, kind: name, metadata: struct<{ readonly name?: unknown }>({ name: anything }) }, [
  'apiVersion',
  'kind',
]);

/** An object of a kind that matters, or the kind of one that doesn't. */
export type Read =
  | { readonly object: KubernetesObject; readonly unknownFields: readonly string[] }
  | { readonly ignored: string };

/**
 * Reads one Kubernetes object with what the API server fills in.
 *
 * @param where it is, for messages
 * @throws {InputError} for what the API server would not take
 */
export function readObject(raw: unknown, where: string): Read {
  const value = withoutNulls(raw);
  const { apiVersion, kind, metadata: named } = parse(header, value, `${where} is no Kubernetes object`);
  if (!isKind(kind)) return { ignored: kind };
  const place = `${where} (${[kind, named?.name].filter(Boolean).join(' ')})`;
  if (!hasVersion(kind, apiVersion, place)) return { ignored: `${kind} of ${apiVersion}` };
  const parsed = parse(KINDS[kind], value, place);
  return {
    object: withDefaults(parsed),
    unknownFields: dropped(value, parsed).filter((field) => field.startsWith('spec.')),
  };
}

function isKind(kind: string): kind is Kind {
  return Object.hasOwn(VERSIONS, kind);
}

/** Whether it is the kind that we know, and not one of the same name in somebody else's group. */
function hasVersion(kind: Kind, apiVersion: string, place: string): boolean {
  const { group, version } = VERSIONS[kind];
  const right = group === '' ? version : `${group}/${version}`;
  if (apiVersion === right) return true;
  const given = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  if (given !== group && given !== '' && given !== OLD_INGRESS_GROUP) return false;
  const old = kind === 'Ingress' && apiVersion.endsWith('v1beta1');
  throw new InputError(
    `${place}: apiVersion ${show(apiVersion)} has no ${kind}${old ? ' since Kubernetes 1.22' : ''}: write apiVersion: ${right}${old ? ', with backends as service.name and service.port' : ''}`,
  );
}

function parse<T>(form: Form<T>, value: unknown, place: string): T {
  try {
    return form(value, []);
  } catch (error) {
    if (error instanceof FieldError) throw new InputError(`${place}: ${describe(error)}`);
    throw error;
  }
}

function describe({ path, value, expected }: FieldError): string {
  const field = path.length === 0 ? 'it' : pathOf(path);
  if (value === undefined) return `${field} is missing: write it`;
  const given = `${field} is ${show(value)}`;
  if (!/annotations|labels/.test(String(path[1])) || !isScalar(value)) {
    return `${given}, where ${expected} belongs`;
  }
  const why = typeof value === 'boolean' ? ' (so YAML reads yes, no, on and off too)' : '';
  return `${given}${why}, and the API server takes strings only: write '${value}' in quotes`;
}

/** A path as kubectl writes it. */
export function pathOf(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (!/^[A-Za-z]\w*$/.test(step)) return `${text}[${JSON.stringify(step)}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

const SHOWN = 60;

function show(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/** Null stands for an absent field, and for an empty text in labels and annotations. */
function withoutNulls(value: unknown, inMap = false): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutNulls(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]): [string, unknown][] => {
      if (each === undefined) return [];
      if (each === null) return inMap ? [[key, '']] : [];
      return [[key, withoutNulls(each, key === 'annotations' || key === 'labels')]];
    }),
  );
}

/** Paths of what is in `raw` and not in `parsed`. */
function dropped(raw: unknown, parsed: unknown, path: Path = []): string[] {
  if (Array.isArray(raw) && Array.isArray(parsed)) {
    return raw.flatMap((each, index) => dropped(each, parsed[index], [...path, index]));
  }
  if (!isMap(raw) || !isMap(parsed)) return [];
  return Object.entries(raw).flatMap(([key, each]) =>
    Object.hasOwn(parsed, key) ? dropped(each, parsed[key], [...path, key]) : [pathOf([...path, key])],
  );
}

function withDefaults(object: KubernetesObject): KubernetesObject {
  if (CLUSTER_WIDE.includes(object.kind)) {
    return { ...object, metadata: { ...object.metadata, namespace: undefined } };
  }
  const { namespace = '', ...metadata } = object.metadata;
  const named = { ...object, metadata: { namespace: namespace || 'default', ...metadata } };
  return named.kind === 'Service' ? { ...named, spec: serviceDefaults(named.spec) } : named;
}

type ServiceSpec = Extract<KubernetesObject, { kind: 'Service' }>['spec'];

/** @see https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg/apis/core/v1/defaults.go */
function serviceDefaults(spec: ServiceSpec): ServiceSpec {
  const { type = 'ClusterIP', ports = [] } = spec;
  const allocates = type === 'LoadBalancer' ? { allocateLoadBalancerNodePorts: true } : {};
  const full = { ...allocates, ...spec, type };
  const hasNodePorts =
    type === 'NodePort' || (type === 'LoadBalancer' && full.allocateLoadBalancerNodePorts !== false);
  return { ...full, ports: ports.map((port) => portDefaults(port, hasNodePorts)) };
}

function portDefaults(port: ServicePort, hasNodePorts: boolean): ServicePort {
  return {
    ...port,
    protocol: port.protocol ?? 'TCP',
    targetPort: port.targetPort ?? port.port,
    ...(hasNodePorts && { nodePort: port.nodePort ?? KNOWN_AFTER_APPLY }),
  };
}
