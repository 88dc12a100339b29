import annotations from './annotations.json';
import { nearest } from '../problem';
import { ATTRIBUTE_KINDS } from './attribute-kinds';
import { type Kind } from './kind';
import { KINDS, type KindName } from './values';

/** Where an annotation is read: on an Ingress, on a Service, or on a pod. */
export type AnnotationPlace = 'ingress' | 'service' | 'pod';

/** What is known about one annotation of the AWS Load Balancer Controller 3.5.0. */
export interface Annotation {
  /** In full; a `*` at the end stands for a name of the user's. */
  readonly name: string;
  readonly on: readonly AnnotationPlace[];
  /** `string`, `integer`, `boolean`, `stringList`, `stringMap`, `json`, or words with `|` between them. */
  readonly type: string;
  /** The controller's. @default - none */
  readonly default?: string;
  /** What Ingresses of one group may say: all the same, or each a part. @default - each has its own */
  readonly merge?: 'exclusive' | 'merge';
  /** Of what `merge` speaks. @default 'load-balancer' */
  readonly per?: 'load-balancer' | 'listen-port' | 'key';
  /** Prop that stands for it, such as `targetGroup.healthCheck.path`. @default - none: see `deprecated` and `output` */
  readonly prop?: string;
  /** Kind of its value, by which AWS judges it. @default - none, or one that takes more than the value to tell */
  readonly kind?: KindName | keyof typeof ATTRIBUTE_KINDS;
  /** Field of IngressClassParams that wins over it. @default - none */
  readonly params?: string;
  /** What is written in its place today. */
  readonly deprecated?: string;
  /** The controller writes it; nobody else may. */
  readonly output?: boolean;
}

/** Prefix of annotations of Ingresses, and of the Services behind them. */
export const INGRESS_PREFIX = 'alb.ingress.kubernetes.io/';
/** Prefixes of annotations of Services of type LoadBalancer; the second is read like the first. */
const SERVICE_PREFIXES = ['service.beta.kubernetes.io/', 'service.kubernetes.io/'] as const;

/** All of them, in the order of the controller's documents. */
export const ANNOTATIONS: readonly Annotation[] = Object.entries(annotations).map(
  ([name, entry]) => ({ name, ...entry }) as Annotation,
);

const BY_NAME: ReadonlyMap<string, Annotation> = new Map(ANNOTATIONS.map((each) => [each.name, each]));
const PATTERNS = ANNOTATIONS.filter(({ name }) => name.endsWith('.*'));

/** The annotation of this full name; of a name such as `…/actions.home` the entry `…/actions.*`. */
export function annotationOf(name: string): Annotation | undefined {
  const canonical = canonicalName(name);
  return (
    BY_NAME.get(canonical) ??
    PATTERNS.find((each) => {
      const stem = each.name.slice(0, -1);
      return canonical.startsWith(stem) && canonical.length > stem.length;
    })
  );
}

/** The kind of an annotation's value, as the controller parses it. */
export function kindOf({ kind }: Annotation): Kind | undefined {
  return kind === undefined ? undefined : ({ ...KINDS, ...ATTRIBUTE_KINDS }[kind] as Kind);
}

/**
 * The known name that is most like `name`, of those that are read at a place and are written by people; for an
 * annotation of the other place, the one that says the same.
 */
export function nearestAnnotation(name: string, on: AnnotationPlace): string | undefined {
  const ofService = SERVICE_PREFIXES.some((prefix) => name.startsWith(prefix));
  if (on === 'ingress' && ofService)
    return onIngress(annotationOf(name) ? name : (nearestOf(name, 'service') ?? name));
  return nearestOf(name, on);
}

/** What an annotation of a Service of type LoadBalancer is called on an Ingress, where it isn't called the same. */
const ON_INGRESS: Readonly<Record<string, string>> = {
  name: 'load-balancer-name',
  internal: 'scheme',
  'nlb-target-type': 'target-type',
  attributes: 'load-balancer-attributes',
  'additional-resource-tags': 'tags',
  'ssl-cert': 'certificate-arn',
  'ssl-ports': 'listen-ports',
  'ssl-negotiation-policy': 'ssl-policy',
  'load-balancer-source-ranges': 'inbound-cidrs',
  'healthcheck-healthy-threshold': 'healthy-threshold-count',
  'healthcheck-unhealthy-threshold': 'unhealthy-threshold-count',
  'healthcheck-timeout': 'healthcheck-timeout-seconds',
  'healthcheck-interval': 'healthcheck-interval-seconds',
  'healthcheck-success-codes': 'success-codes',
  'eip-allocations': 'frontend-nlb-eip-allocations',
};

function onIngress(ofService: string): string | undefined {
  const suffix = lastPart(ofService).replace(/^aws-load-balancer-/, '');
  const name = `${INGRESS_PREFIX}${ON_INGRESS[suffix] ?? suffix}`;
  return annotationOf(name)?.on.includes('ingress') ? name : undefined;
}

/** What an annotation of an Ingress is called on a Service of type LoadBalancer. */
export function onLoadBalancerService(ofIngress: string): string | undefined {
  return ANNOTATIONS.find(
    ({ name, deprecated }) =>
      deprecated === undefined && !name.startsWith(INGRESS_PREFIX) && onIngress(name) === ofIngress,
  )?.name;
}

function nearestOf(name: string, on: AnnotationPlace): string | undefined {
  const candidates = ANNOTATIONS.filter(
    (each) => each.on.includes(on) && !each.output && each.deprecated === undefined,
  ).map((each) => each.name);
  const suffix = lastPart(name);
  const names = candidates.map(lastPart);
  const [stem = '', ...rest] = suffix.split('.');
  const stems = names.flatMap((each) => (each.endsWith('.*') ? [each.slice(0, -2)] : []));
  const own = rest.length > 0 ? nearest(stem, stems) : undefined;
  const like = (own && `${own}.*`) ?? nearest(suffix, names) ?? names.find((each) => each.startsWith(suffix));
  const found = candidates.find((each) => lastPart(each) === like);
  return own === undefined ? found : found?.replace('*', rest.join('.'));
}

/** Whether the controller looks at a name like this at all: whether it has one of its prefixes. */
export function isControllers(name: string): boolean {
  return [INGRESS_PREFIX, ...SERVICE_PREFIXES].some((prefix) => name.startsWith(prefix));
}

/** The prop of AlbIngress that stands for an annotation of an Ingress. */
export function propOf(name: string): string | undefined {
  return annotationOf(name)?.prop;
}

function canonicalName(name: string): string {
  const [first, second] = SERVICE_PREFIXES;
  return name.startsWith(second) ? `${first}${name.slice(second.length)}` : name;
}

function lastPart(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}
