import {
  isUnknown,
  type Cluster,
  type IngressClassParams,
  type Ingress,
  type Member,
  type Service,
} from '../../model';
import {
  annotationOf,
  ingressClassParams,
  INGRESS_PREFIX,
  type Annotation,
  type IngressClassParamsSettings,
  type Judgement,
} from '../../language';
import { atAnnotation, atParams, type ObjectFinding, type FindingWords } from '../finding';
import { paramOf } from './params';
import { servicesBehind } from './backends';
import { read } from '../read';
import { type View } from '../view';

/** Annotations whose empty text says nothing. */
const EMPTY_IS_NONE = ['ssl-policy', 'wafv2-acl-arn', 'wafv2-acl-name', 'waf-acl-id', 'web-acl-id'];
const FRONTEND = `${INGRESS_PREFIX}frontend-nlb-`;

/** Each value by itself, by its kind: of annotations, and of the parameters that win over them. */
export function checkValues({ members, cluster }: View): ObjectFinding[] {
  const classes = new Set(members.flatMap(({ params }) => params ?? []));
  return [
    ...members.flatMap((member) =>
      checkAnnotations(member.ingress, member.params, ofServices(member, cluster)),
    ),
    ...[...cluster.services.values()].flatMap((service) => checkAnnotations(service)),
    ...[...classes].flatMap(checkParameters),
  ];
}

/** Annotations that all Services behind an Ingress have themselves, so that its own count for none. */
function ofServices(member: Member, cluster: Cluster): ReadonlySet<string> {
  const [first, ...others] = servicesBehind(member.ingress, cluster).map(
    ({ metadata }) => metadata.annotations ?? {},
  );
  return new Set(Object.keys(first ?? {}).filter((name) => others.every((each) => name in each)));
}

function checkAnnotations(
  object: Ingress | Service,
  params?: IngressClassParams,
  overridden: ReadonlySet<string> = new Set(),
): ObjectFinding[] {
  const frontend = read.boolean(object, 'enable-frontend-nlb') === true;
  return Object.entries(object.metadata.annotations ?? {}).flatMap(([name, text]) => {
    const entry = annotationOf(name);
    if (
      entry === undefined ||
      !name.startsWith(INGRESS_PREFIX) ||
      (isUnknown(text) && entry.type !== 'stringMap')
    )
      return [];
    if (name.startsWith(FRONTEND) && !frontend) return [];
    if (overridden.has(name) || (params !== undefined && wins(entry, params))) return [];
    return judged(entry, valueOf(object, name, entry)).map((each) =>
      atAnnotation(object, name, wordsOf(each)),
    );
  });
}

/** Of maps the keys are put together. */
function wins({ params: field, type }: Annotation, params: IngressClassParams): boolean {
  return field !== undefined && type !== 'stringMap' && paramOf(params, field) !== undefined;
}

function valueOf(object: Ingress | Service, name: string, { type }: Annotation): unknown {
  const suffix = name.slice(INGRESS_PREFIX.length);
  if (type === 'integer') return read.integer(object, suffix, suffix === 'auth-session-timeout' ? 64 : 32);
  if (type === 'boolean') return read.boolean(object, suffix);
  if (type === 'stringList') return read.list(object, suffix);
  if (type === 'stringMap') {
    const map = read.map(object, suffix);
    return map && Object.fromEntries(map);
  }
  const text = read.text(object, suffix);
  return text === '' && EMPTY_IS_NONE.includes(suffix) ? undefined : text;
}

/** Its fields by their own kinds; an older spelling is read as well. */
function checkParameters(params: IngressClassParams): ObjectFinding[] {
  const { PrefixListsIDs: prefixListsIDs, ...spec } = params.spec;
  const all = withoutEmpty({ prefixListsIDs, ...spec });
  return ingressClassParams.judge(all as IngressClassParamsSettings).map(({ path, value, ...words }) => {
    const end = path.findIndex((each) => typeof each === 'number');
    const field = path.slice(0, end < 0 ? undefined : end).join('.');
    const { key } = (path.slice(0, -1).reduce<unknown>(fieldOf, all) ?? {}) as { readonly key?: string };
    const text = key === undefined || key === value ? String(value) : `${key}=${String(value)}`;
    return atParams(params, field, { ...words, value: text });
  });
}

const fieldOf = (value: unknown, key: number | string) => (value as Readonly<Record<string, unknown>>)[key];

/** Null and an empty text say nothing. */
function withoutEmpty(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const fields = Object.entries(value).filter(
    ([, each]) => each !== undefined && each !== null && each !== '',
  );
  return Object.fromEntries(fields.map(([key, each]) => [key, withoutEmpty(each)]));
}

function judged({ kind }: Annotation, value: unknown): readonly Judgement[] {
  return kind === undefined || value === undefined ? [] : kind.judge(value as never);
}

function wordsOf({
  path: [at],
  value,
  reason,
  remedy,
  warning,
}: Judgement): FindingWords & { readonly value: string } {
  const text = String(value);
  return { value: typeof at === 'string' && at !== value ? `${at}=${text}` : text, reason, remedy, warning };
}
