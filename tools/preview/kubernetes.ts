import {
  isUnknown,
  KNOWN_AFTER_APPLY,
  kubernetesSchemaOf,
  type KubernetesObject,
  type Schema,
  type ServicePort,
} from '../../load-balancers/model';
import { InputError } from '../kit/input-error';
import { FieldError, readFields } from './fields';
import { isMap, isScalar, type Path } from './values';

/** Kinds that load balancers are made of, by group and version. */
const VERSIONS: Readonly<
  Record<KubernetesObject['kind'], { readonly group: string; readonly version: string }>
> = {
  Ingress: { group: 'networking.k8s.io', version: 'v1' },
  Service: { group: '', version: 'v1' },
  IngressClass: { group: 'networking.k8s.io', version: 'v1' },
  IngressClassParams: { group: 'elbv2.k8s.aws', version: 'v1beta1' },
  TargetGroupBinding: { group: 'elbv2.k8s.aws', version: 'v1beta1' },
  Namespace: { group: '', version: 'v1' },
  Secret: { group: '', version: 'v1' },
};
type Kind = keyof typeof VERSIONS;
export const OWN_KINDS: readonly string[] = Object.keys(VERSIONS);

/** Ingress was in this group until Kubernetes 1.22 removed it. */
const OLD_INGRESS_GROUP = 'extensions';
const CLUSTER_WIDE: readonly string[] = ['IngressClass', 'IngressClassParams', 'Namespace'];

const HEADER: Schema = {
  type: 'object',
  properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'any' } },
  required: ['apiVersion', 'kind'],
};

/** An object of a kind that matters, or what another one is. */
export type Read =
  | { readonly object: KubernetesObject; readonly unknownFields: readonly string[] }
  | { readonly ignored: Header };

export interface Header {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * Reads one Kubernetes object with what the API server fills in.
 *
 * @param where it is, for messages
 * @throws {InputError} for what the API server would not take
 */
export function readObject(raw: unknown, where: string): Read {
  const value = withoutNulls(raw);
  const { apiVersion, kind, metadata } = parse(
    HEADER,
    value,
    `${where} is no Kubernetes object`,
  ) as Header & {
    readonly metadata?: unknown;
  };
  if (!isKind(kind)) return { ignored: { apiVersion, kind } };
  const name = isMap(metadata) ? metadata.name : undefined;
  const place = `${where} (${[kind, ...(isScalar(name) && name !== '' ? [name] : [])].join(' ')})`;
  if (!hasVersion(kind, apiVersion, place)) return { ignored: { apiVersion, kind } };
  const unknown: Path[] = [];
  const { spec = {}, ...read } = parse(kubernetesSchemaOf(kind), value, place, unknown) as {
    readonly spec?: unknown;
  };
  if (name === '') throw new InputError(`${place}: metadata.name is "", where a name belongs`);
  const object = { kind, ...read, ...('spec' in schemaFields(kind) && { spec }), ...keysOf(kind, value) };
  return {
    object: withDefaults(object as KubernetesObject),
    unknownFields: unknown.map(pathOf).filter((field) => field.startsWith('spec.')),
  };
}

function schemaFields(kind: Kind): Readonly<Record<string, Schema>> {
  return kubernetesSchemaOf(kind).properties ?? {};
}

/** The values of a Secret are never read. */
function keysOf(kind: Kind, value: unknown): { readonly keys?: readonly string[] } {
  if (kind !== 'Secret' || !isMap(value)) return {};
  return { keys: [value.data, value.stringData].flatMap((part) => (isMap(part) ? Object.keys(part) : [])) };
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

function parse(schema: Schema, value: unknown, place: string, unknown: Path[] = []): unknown {
  try {
    return readFields(value, schema, unknown);
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
  // A placeholder may stand for all of it.
  if (!isMap(spec)) return spec;
  const { type = 'ClusterIP', ports = [] } = spec;
  const allocates = type === 'LoadBalancer' ? { allocateLoadBalancerNodePorts: true } : {};
  const full = { ...allocates, ...spec, type };
  const hasNodePorts =
    type === 'NodePort' || (type === 'LoadBalancer' && full.allocateLoadBalancerNodePorts !== false);
  return {
    ...full,
    ports: isUnknown(ports) ? ports : ports.map((port) => portDefaults(port, hasNodePorts)),
  };
}

function portDefaults(port: ServicePort, hasNodePorts: boolean): ServicePort {
  if (!isMap(port)) return port;
  return {
    ...port,
    protocol: port.protocol ?? 'TCP',
    targetPort: port.targetPort ?? port.port,
    ...(hasNodePorts && { nodePort: port.nodePort ?? KNOWN_AFTER_APPLY }),
  };
}
