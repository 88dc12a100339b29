import { INGRESS_ANNOTATIONS } from '../annotations';
import { type Member } from '../context';
import { type KeyValue } from '../model';
import { keyOf } from '../objects';
import { compareText, keyValues, pairsOf, type Sourced } from '../origin';
import { Refused, type Source } from '../refusal';
import { isUnknown } from '../unknown';
import { type ListenProtocol } from './listen-ports';
import { paramsSource } from './statements';

export type Attributes = Sourced<readonly KeyValue[]>;

interface ClassAttribute {
  readonly key: string;
  readonly value: string;
}

/** @throws {Refused} for a key to which two Ingresses give different values, unless the class decides it */
export function mergeLoadBalancerAttributes(members: readonly Member[]): Attributes {
  return mergeAttributes(
    members,
    'load-balancer-attributes',
    { field: 'loadBalancerAttributes', attributes: members[0]?.params?.spec.loadBalancerAttributes ?? [] },
    (key, values) => `conflicting load balancer attributes ${key}: ${values}`,
  );
}

/**
 * @param members those that want this listener
 * @throws {Refused} for a key to which two Ingresses give different values, unless the class decides it
 */
export function mergeListenerAttributes(
  members: readonly Member[],
  protocol: ListenProtocol,
  port: number,
): Attributes {
  const listeners = members[0]?.params?.spec.listeners ?? [];
  const at = listeners.findIndex((listener) => listener.protocol === protocol && listener.port === port);
  return mergeAttributes(
    members,
    `listener-attributes.${protocol}-${port}`,
    {
      field: `listeners[${at}].listenerAttributes`,
      attributes: listeners[at]?.listenerAttributes ?? [],
    },
    (key, values, member) =>
      `conflicting listener attributes ${key}: ${values} for ingress ${keyOf(member.ingress)}`,
  );
}

/** The class of the first Ingress decides what it sets; for the rest all must agree. */
function mergeAttributes(
  members: readonly Member[],
  suffix: string,
  ofClass: { readonly field: string; readonly attributes: readonly ClassAttribute[] },
  conflict: (key: string, values: string, member: Member) => string,
): Attributes {
  const decided = new Map(ofClass.attributes.map(({ key, value }) => [key, value]));
  const merged = new Map<string, string>();
  const saidBy = new Map<string, Source>();
  const sources: Source[] = [];
  const params = members[0]?.params;
  if (params !== undefined && decided.size > 0) sources.push(paramsSource(params, ofClass.field));
  for (const member of members) {
    const own = [...pairsOf(INGRESS_ANNOTATIONS.map(member.ingress, suffix))];
    const source = INGRESS_ANNOTATIONS.source(member.ingress, suffix);
    if (own.length > 0) sources.push(source);
    for (const [key, value] of own.sort(([a], [b]) => compareText(a, b))) {
      const other = merged.get(key) ?? value;
      if (other !== value && !decided.has(key) && !isUnknown(other) && !isUnknown(value)) {
        throw new Refused(conflict(key, `${other} | ${value}`, member), source, saidBy.get(key));
      }
      merged.set(key, value);
      saidBy.set(key, source);
    }
  }
  return { value: keyValues(new Map([...merged, ...decided])), sources };
}
