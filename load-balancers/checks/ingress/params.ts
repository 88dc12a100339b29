import { isUnknown, type IngressClassParams, type Annotated } from '../../model';
import { ANNOTATIONS, INGRESS_PREFIX, type Annotation } from '../../language';
import { servicesBehind } from './backends';
import { atAnnotation, type ObjectFinding } from '../finding';
import { read } from '../read';
import { type View } from '../view';

/** Annotations that say what the parameters of the class say too, which win. */
export function checkParams({ members, cluster }: View): ObjectFinding[] {
  return members.flatMap((member) => {
    const { params, ingress } = member;
    if (params === undefined) return [];
    const services = servicesBehind(ingress, cluster);
    const shared = ANNOTATIONS.filter(
      ({ name, params: field }) => field !== undefined && name.startsWith(INGRESS_PREFIX),
    );
    return [
      ...shared.flatMap((entry) => checkEntry(entry, params, ingress)),
      ...services.flatMap((service) =>
        shared.filter(isTargetType).flatMap((entry) => checkEntry(entry, params, service)),
      ),
    ];
  });
}

/** The only one that a parameter wins over on a Service as well. */
function isTargetType({ name }: Annotation): boolean {
  return name === `${INGRESS_PREFIX}target-type`;
}

function checkEntry(entry: Annotation, params: IngressClassParams, object: Annotated): ObjectFinding[] {
  const { name, params: field = '' } = entry;
  const suffix = name.slice(INGRESS_PREFIX.length);
  if (field === 'listeners') return checkListenerAttributes(params, object);
  const found = (value: string, ofParams: string, what: string) =>
    differs(object, name, params, { value, ofParams, what: `${field}${what}` });
  if (field === 'tags' || field === 'loadBalancerAttributes') {
    const written = read.map(object, suffix) ?? new Map<string, string>();
    return shared(written, fieldsOf(params, field)).flatMap(([key, value, ofParams]) =>
      found(value, ofParams, ` ${key}`),
    );
  }
  const ofParams = paramOf(params, field);
  const value = writtenValue(entry, suffix, object);
  return ofParams === undefined || value === undefined ? [] : found(value, paramWords(ofParams), '');
}

function checkListenerAttributes(params: IngressClassParams, object: Annotated): ObjectFinding[] {
  return (params.spec.listeners ?? []).flatMap(({ protocol = '', port = 0, listenerAttributes = [] }) => {
    const suffix = `listener-attributes.${protocol}-${port}`;
    const written = read.map(object, suffix) ?? new Map<string, string>();
    const ofParams = Object.fromEntries(listenerAttributes.map(({ key, value }) => [key, value]));
    return shared(written, ofParams).flatMap(([key, value, other]) =>
      differs(object, `${INGRESS_PREFIX}${suffix}`, params, {
        value,
        ofParams: other,
        what: `listeners ${protocol}-${port} ${key}`,
      }),
    );
  });
}

function differs(
  object: Annotated,
  annotation: string,
  { metadata }: IngressClassParams,
  { value, ofParams, what }: { readonly value: string; readonly ofParams: string; readonly what: string },
): ObjectFinding[] {
  if (isUnknown(value) || isUnknown(ofParams)) return [];
  const same = value === ofParams;
  return [
    atAnnotation(object, annotation, {
      reason: same
        ? `IngressClassParams ${metadata.name} says the same (${what})`
        : `IngressClassParams ${metadata.name} says '${ofParams}' (${what}), which wins`,
      remedy: 'leave it out here, or there',
      warning: same || undefined,
    }),
  ];
}

function shared(
  written: ReadonlyMap<string, string>,
  ofParams: Readonly<Record<string, string>>,
): readonly (readonly [key: string, value: string, ofParams: string])[] {
  return [...written].flatMap(([key, value]) => {
    const other = ofParams[key];
    return other === undefined ? [] : [[key, value, other] as const];
  });
}

/** Text that can be compared with what `paramWords` makes of the parameter. */
function writtenValue({ type }: Annotation, suffix: string, object: Annotated): string | undefined {
  if (type === 'stringList') {
    const list = read.list(object, suffix);
    return list && paramWords(suffix === 'subnets' ? { ids: list } : list);
  }
  if (type === 'stringMap') return read.map(object, suffix)?.get('CapacityUnits');
  return type === 'integer' ? read.integer(object, suffix)?.toString() : read.text(object, suffix);
}

function paramWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).toSorted().join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  const { ids, capacityUnits } = value as {
    readonly ids?: readonly string[];
    readonly capacityUnits?: number;
  };
  return ids === undefined ? String(capacityUnits ?? JSON.stringify(value)) : paramWords(ids);
}

/** A field of parameters, such as `group.name`; undefined if it says nothing. */
export function paramOf(params: IngressClassParams, field: string): unknown {
  // An older spelling is read as well.
  const path = field === 'prefixListsIDs' && !params.spec.prefixListsIDs ? 'PrefixListsIDs' : field;
  const value = path
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], params.spec);
  const empty = value === '' || value === null || (Array.isArray(value) && value.length === 0);
  return empty ? undefined : value;
}

/** A field of keys and values. */
function fieldsOf(params: IngressClassParams, field: string): Readonly<Record<string, string>> {
  const entries = (paramOf(params, field) ?? []) as readonly {
    readonly key: string;
    readonly value: string;
  }[];
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
}
