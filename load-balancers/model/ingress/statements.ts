import { INGRESS_ANNOTATIONS } from '../annotations';
import { type Member } from '../context';
import { keyOf, type IngressClassParams } from '../objects';
import { compareText, type Sourced } from '../origin';
import { Refused, type Source } from '../refusal';
import { isUnknown, KNOWN_AFTER_APPLY } from '../unknown';

/** What an Ingress, or the parameters of its class, say about a thing on which its group must agree. */
export interface GroupStatement<T> {
  readonly value: T;
  readonly source: Source;
}

/** Fields of IngressClassParams that hold one text. */
type TextField =
  'loadBalancerName' | 'scheme' | 'ipAddressType' | 'sslRedirectPort' | 'wafv2AclArn' | 'wafv2AclName';

/** Of each member: the field of its class's parameters if that is set, else its annotation if it has that. */
export function statements(
  members: readonly Member[],
  suffix: string,
  field?: TextField,
): readonly GroupStatement<string>[] {
  return members.flatMap(({ ingress, params }) => {
    const ofClass = field === undefined ? undefined : params?.spec[field];
    if (params !== undefined && field !== undefined && ofClass !== undefined && ofClass !== '') {
      return [{ value: ofClass, source: paramsSource(params, field) }];
    }
    const value = INGRESS_ANNOTATIONS.string(ingress, suffix);
    return value === undefined ? [] : [{ value, source: INGRESS_ANNOTATIONS.source(ingress, suffix) }];
  });
}

/** The same of annotations that hold lists. */
export function listStatements(
  members: readonly Member[],
  suffix: string,
): readonly GroupStatement<readonly string[]>[] {
  return members.flatMap(({ ingress }) => {
    const value = INGRESS_ANNOTATIONS.list(ingress, suffix);
    return value === undefined ? [] : [{ value, source: INGRESS_ANNOTATIONS.source(ingress, suffix) }];
  });
}

/** The same of annotations that hold `true` or `false`. */
export function booleanStatements(
  members: readonly Member[],
  suffix: string,
): readonly GroupStatement<boolean | typeof KNOWN_AFTER_APPLY>[] {
  return members.flatMap(({ ingress }) => {
    const value = INGRESS_ANNOTATIONS.boolean(ingress, suffix);
    return value === undefined ? [] : [{ value, source: INGRESS_ANNOTATIONS.source(ingress, suffix) }];
  });
}

/**
 * The one value of all statements, undefined if there are none. One that isn't known yet agrees with any.
 * @param conflict the message about several values, in order
 * @throws {Refused} for several values
 */
export function agreed<T extends string | boolean>(
  all: readonly GroupStatement<T>[],
  conflict: (values: readonly T[]) => string,
): Sourced<T> | undefined {
  const [first] = all;
  if (first === undefined) return undefined;
  const known = all.filter(({ value }) => !isUnknown(value));
  const values = [...new Set(known.map(({ value }) => value))].sort((a, b) =>
    compareText(String(a), String(b)),
  );
  if (values.length > 1) {
    const other = known.find(({ value }) => value !== known[0]?.value);
    throw new Refused(conflict(values), other?.source, known[0]?.source);
  }
  return { value: values[0] ?? first.value, sources: all.map(({ source }) => source) };
}

/**
 * The first of lists that must be the same.
 * @throws {Refused} for another list
 */
export function agreedList(
  all: readonly GroupStatement<readonly string[]>[],
  same: (a: readonly string[], b: readonly string[]) => boolean,
  name: string,
  conflict = (lists: string) => `conflicting ${name}: ${lists}`,
): Sourced<readonly string[]> | undefined {
  const [first] = all;
  if (first === undefined) return undefined;
  const other = all.find(
    ({ value }) => ![...first.value, ...value].some(isUnknown) && !same(first.value, value),
  );
  if (other !== undefined) {
    throw new Refused(
      conflict(`${goList(first.value)} | ${goList(other.value)}`),
      other.source,
      first.source,
    );
  }
  return { value: first.value, sources: all.map(({ source }) => source) };
}

export function paramsSource(params: IngressClassParams, field: string): Source {
  return { Kind: 'IngressClassParams', Name: keyOf(params), Field: `spec.${field}` };
}

export function sameOrder(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((entry, index) => entry === b[index]);
}

export function anyOrder(a: readonly string[], b: readonly string[]): boolean {
  return sameOrder([...a].sort(compareText), [...b].sort(compareText));
}

/** As Go prints a list. */
export function goList(values: readonly string[]): string {
  return `[${values.join(' ')}]`;
}

/** As Go prints a set, where a message has one. */
export function goSet(values: readonly string[]): string {
  return `map[${values.map((value) => `${value}:{}`).join(' ')}]`;
}

/** As Go prints a map. */
export function goMap(map: ReadonlyMap<string, string>): string {
  const pairs = [...map].sort(([a], [b]) => compareText(a, b)).map(([key, value]) => `${key}:${value}`);
  return `map[${pairs.join(' ')}]`;
}
