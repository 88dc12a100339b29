import annotations from './annotations.json';
import { nearest } from '../validation/nearest';

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
export const SERVICE_PREFIXES = ['service.beta.kubernetes.io/', 'service.kubernetes.io/'] as const;

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

/** The known name that is most like `name`, of those that are read at a place and are written by people. */
export function nearestAnnotation(name: string, on: AnnotationPlace): string | undefined {
  const candidates = ANNOTATIONS.filter(
    (each) => each.on.includes(on) && !each.output && each.deprecated === undefined,
  ).map((each) => each.name);
  const suffix = lastPart(name);
  const like = nearest(suffix, candidates.map(lastPart));
  return candidates.find((each) => lastPart(each) === like);
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
