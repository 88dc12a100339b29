import { nearest } from '../problem';
import { type Said } from './field';
import { albIngress, albService } from './fields/ingress';
import { nlbService } from './fields/service';
import { type AnyKind, type KindForm } from './kind';
import { KINDS } from './values';

/** Where an annotation is read: on an Ingress, on a Service, or on a pod. */
export type AnnotationPlace = 'ingress' | 'service' | 'pod';

/** How the controller reads an annotation. */
type AnnotationType = 'string' | 'integer' | 'boolean' | 'stringList' | 'stringMap' | 'json';

/** What is known about one annotation of the AWS Load Balancer Controller 3.5.0. */
export interface Annotation extends Pick<Said, 'default' | 'merge' | 'per'> {
  /** In full; a `*` at the end stands for a name of the user's. */
  readonly name: string;
  readonly on: readonly AnnotationPlace[];
  readonly type: AnnotationType;
  /** Prop that stands for it, such as `targetGroup.healthCheck.path`. @default - none: see `deprecated` and `output` */
  readonly prop?: string;
  /** Kind of its value, by which AWS judges it. @default - none, or one that takes more than the value to tell */
  readonly kind?: AnyKind;
  /** Field of IngressClassParams that wins over it. @default - none */
  readonly params?: string;
  /** What is written in its place today. */
  readonly deprecated?: string;
  /** The controller writes it; nobody else may. */
  readonly output?: boolean;
}

/** Prefix of annotations of Ingresses, and of the Services behind them. */
export const INGRESS_PREFIX = 'alb.ingress.kubernetes.io/';
/** Prefix of annotations of Services of type LoadBalancer. */
export const SERVICE_PREFIX = 'service.beta.kubernetes.io/';
/** The second is read like the first. */
const SERVICE_PREFIXES = [SERVICE_PREFIX, 'service.kubernetes.io/'] as const;

const TYPES: Readonly<Record<KindForm['type'], AnnotationType>> = {
  text: 'string',
  words: 'string',
  whole: 'integer',
  flag: 'boolean',
  list: 'stringList',
  map: 'stringMap',
  object: 'json',
  oneOf: 'string',
};

/** What each annotation of a field and of its parts says. */
function annotationsOf(
  field: AnyKind & Said,
  prefix: string,
  on: readonly AnnotationPlace[],
  prop = '',
): Annotation[] {
  const { form, annotation, key, as, param: params, merge, per, default: byDefault } = field;
  const kind = as === undefined ? field : as === 'elsewhere' ? undefined : as;
  // Of the attributes of a map, the field that holds them all is the annotation's.
  const isOwn = annotation !== undefined && (key === undefined || as !== undefined);
  const type = TYPES[kind?.form.type ?? jsonType(form)];
  const own = {
    ...(kind && { kind }),
    ...(params !== undefined && { params }),
    merge,
    per,
    default: byDefault,
  };
  return [
    ...(isOwn ? [{ name: `${prefix}${annotation}`, on, type, prop, ...own }] : []),
    ...partsOf(form).flatMap(([name, part]) => {
      const at = name === '' || name === '[]' ? `${prop}${name}` : prop === '' ? name : `${prop}.${name}`;
      return annotationsOf(part, prefix, on, at);
    }),
  ];
}

/** A list of objects is JSON, and so is one of several of them. */
function jsonType(form: KindForm): KindForm['type'] {
  if (form.type === 'list') return form.each.form.type === 'text' ? 'list' : 'object';
  if (form.type === 'oneOf') return form.by === undefined ? 'oneOf' : 'object';
  return form.type;
}

function partsOf(form: KindForm): readonly (readonly [name: string, part: AnyKind & Said])[] {
  switch (form.type) {
    case 'object':
      return Object.entries(form.fields);
    case 'oneOf':
      return form.kinds.map((kind) => ['', kind]);
    case 'list':
      return [['[]', form.each]];
    default:
      return [];
  }
}

const ofService = new Set(annotationsOf(albService, INGRESS_PREFIX, []).map(({ name }) => name));

type Other = Omit<Annotation, 'name' | 'type'> & { readonly type?: AnnotationType };

/** On an Ingress, those that no prop of its own says. */
const OTHERS_OF_INGRESS: Readonly<Record<string, Other>> = {
  [`${INGRESS_PREFIX}web-acl-id`]: {
    on: ['ingress'],
    prop: 'wafClassicAclId',
    deprecated: `${INGRESS_PREFIX}waf-acl-id`,
    kind: KINDS.wafClassicId,
    merge: 'exclusive',
  },
  [`${INGRESS_PREFIX}dry-run-plan`]: { on: ['ingress'], type: 'json', output: true },
  'kubernetes.io/ingress.class': { on: ['ingress'] },
};

const LATER = `${SERVICE_PREFIX}aws-load-balancer-attributes`;

/** On a Service, those that no prop of its own says: of former releases, and of all ports together. */
const OTHERS_OF_SERVICE: Readonly<Record<string, Omit<Other, 'on'>>> = {
  'aws-load-balancer-type': {},
  'aws-load-balancer-internal': {
    type: 'boolean',
    default: 'false',
    deprecated: `${SERVICE_PREFIX}aws-load-balancer-scheme`,
  },
  'aws-load-balancer-access-log-enabled': { type: 'boolean', default: 'false', deprecated: LATER },
  'aws-load-balancer-access-log-s3-bucket-name': { deprecated: LATER },
  'aws-load-balancer-access-log-s3-bucket-prefix': { deprecated: LATER },
  'aws-load-balancer-cross-zone-load-balancing-enabled': {
    type: 'boolean',
    default: 'false',
    deprecated: LATER,
  },
  'aws-load-balancer-ssl-ports': { type: 'stringList', prop: 'ports[].protocol' },
  'aws-load-balancer-proxy-protocol-per-target-group': { prop: 'ports[].proxyProtocol' },
  'aws-load-balancer-enable-tcp-udp-listener': {
    type: 'boolean',
    default: 'false',
    prop: 'ports[].protocol',
  },
  'aws-load-balancer-quic-enabled-ports': { type: 'stringList', prop: 'ports[].protocol' },
};

/** Of several props that say one annotation, the first stands for it. */
const BY_NAME: ReadonlyMap<string, Annotation> = new Map(
  [
    ...annotationsOf(albIngress, INGRESS_PREFIX, ['ingress']).map((each) =>
      ofService.has(each.name) ? { ...each, on: ['ingress', 'service'] as const } : each,
    ),
    ...Object.entries(OTHERS_OF_INGRESS).map(([name, other]) => ({
      name,
      type: 'string' as const,
      ...other,
    })),
    ...annotationsOf(nlbService, SERVICE_PREFIX, ['service']),
    ...Object.entries(OTHERS_OF_SERVICE).map(([suffix, other]) => ({
      name: `${SERVICE_PREFIX}${suffix}`,
      type: 'string' as const,
      on: ['service' as const],
      ...other,
    })),
    {
      name: `${SERVICE_PREFIX}aws-load-balancer-quic-enabled-containers`,
      on: ['pod' as const],
      type: 'stringList' as const,
    },
  ]
    .toReversed()
    .map((each) => [each.name, each]),
);

/** All of them, as the props that say them are told; then the others. */
export const ANNOTATIONS: readonly Annotation[] = [...BY_NAME.values()].toReversed();
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
