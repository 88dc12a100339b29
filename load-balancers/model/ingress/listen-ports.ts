import { INGRESS_ANNOTATIONS } from '../annotations';
import { isCidr } from '../cidr';
import { type Member } from '../context';
import { type Facts } from '../facts';
import { keyOf, type Ingress } from '../objects';
import { type Sourced } from '../origin';
import { reasonOf, Refused, wrapRefusal } from '../refusal';
import { type ControllerSettings } from '../settings';
import { isUnknown } from '../unknown';
import { chosenCertificates, discoveredCertificates, type Certificates } from './certificates';
import { byKey, fromJson, int32, slice } from '../go/json-form';
import { mutualAuthentication, type PortAuthentication } from './mutual-authentication';
import { paramsSource } from './statements';

export type ListenProtocol = 'HTTP' | 'HTTPS';
type ListenPorts = Sourced<ReadonlyMap<number, ListenProtocol>>;

/** What one Ingress says of the listeners that it wants. */
export interface ListenConfig {
  readonly member: Member;
  /** `namespace/name` of the Ingress. */
  readonly key: string;
  readonly ports: ListenPorts;
  readonly inboundCidrs: Sourced<readonly string[]>;
  readonly prefixLists: Sourced<readonly string[]>;
  /** The rest is of HTTPS ports only. */
  readonly certificates: Certificates;
  readonly sslPolicy?: Sourced<string>;
  readonly mutualAuthentication: ReadonlyMap<number, PortAuthentication>;
}

/** @throws {Refused} for ports, networks, certificates or authentication that no listener can have */
export function listenConfig(member: Member, settings: ControllerSettings, facts: Facts = {}): ListenConfig {
  const chosen = chosenCertificates(member, settings);
  const { ingress } = member;
  const key = keyOf(ingress);
  return wrapRefusal(`ingress: ${key}`, () => {
    const inboundCidrs = inboundCidrsOf(member);
    const authentication = mutualAuthentication(ingress);
    const ports = portsOf(ingress, chosen);
    const discovers = chosen.value.length === 0 && [...ports.value.values()].includes('HTTPS');
    return {
      member,
      key,
      ports,
      inboundCidrs,
      prefixLists: prefixListsOf(member),
      certificates: discovers ? discoveredCertificates(ingress, facts, settings) : chosen,
      sslPolicy: sslPolicyOf(member),
      mutualAuthentication: authentication,
    };
  });
}

const LISTEN_PORTS = slice('map[string]int32', byKey('int32', int32));

function portsOf(ingress: Ingress, chosen: Certificates): ListenPorts {
  const raw = INGRESS_ANNOTATIONS.string(ingress, 'listen-ports');
  if (raw === undefined) {
    return chosen.value.length === 0
      ? { value: new Map([[80, 'HTTP']]), sources: [] }
      : { value: new Map([[443, 'HTTPS']]), sources: chosen.sources };
  }
  const source = INGRESS_ANNOTATIONS.source(ingress, 'listen-ports');
  return { value: parseListenPorts(raw, (message) => new Refused(message, source)), sources: [source] };
}

/** Ports that aren't known yet are none. */
function parseListenPorts(
  raw: string,
  refuse: (message: string) => Refused,
): ReadonlyMap<number, ListenProtocol> {
  let entries: readonly Readonly<Record<string, number>>[];
  try {
    entries = fromJson(raw, LISTEN_PORTS);
  } catch (error) {
    if (isUnknown(raw)) return new Map();
    throw refuse(`failed to parse listen-ports configuration: \`${raw}\`: ${reasonOf(error)}`);
  }
  if (entries.length === 0) throw refuse(`empty listen-ports configuration: \`${raw}\``);
  return new Map(
    entries.flatMap(Object.entries).flatMap(([protocol, port]) => {
      if (isUnknown(protocol)) return [];
      if (port < 1 || port > 65535) throw refuse(`listen port must be within [1, 65535]: ${port}`);
      if (protocol === 'HTTP' || protocol === 'HTTPS') return [[port, protocol]] as const;
      throw refuse(`listen protocol must be within [HTTP, HTTPS]: ${protocol}`);
    }),
  );
}

function inboundCidrsOf({ ingress, params }: Member): Sourced<readonly string[]> {
  const ofClass = params?.spec.inboundCIDRs ?? [];
  if (params !== undefined && ofClass.length > 0) {
    const source = paramsSource(params, 'inboundCIDRs');
    const wrong = ofClass.find((cidr) => !isCidr(cidr));
    if (wrong === undefined) return { value: ofClass, sources: [source] };
    throw new Refused(
      `invalid CIDR in IngressClassParams InboundCIDR ${wrong}: invalid CIDR address: ${wrong}`,
      source,
    );
  }
  const own = INGRESS_ANNOTATIONS.list(ingress, 'inbound-cidrs') ?? [];
  const source = INGRESS_ANNOTATIONS.source(ingress, 'inbound-cidrs');
  const wrong = own.find((cidr) => !isCidr(cidr));
  if (wrong === undefined) return { value: own, sources: own.length === 0 ? [] : [source] };
  throw new Refused(
    `invalid inbound-cidrs settings on Ingress: ${keyOf(ingress)}: invalid CIDR address: ${wrong}`,
    source,
  );
}

function prefixListsOf({ ingress, params }: Member): Sourced<readonly string[]> {
  for (const field of ['prefixListsIDs', 'PrefixListsIDs']) {
    const ofClass = params?.spec[field];
    if (params !== undefined && Array.isArray(ofClass) && ofClass.length > 0) {
      return { value: ofClass.map(String), sources: [paramsSource(params, field)] };
    }
  }
  const own = INGRESS_ANNOTATIONS.list(ingress, 'security-group-prefix-lists') ?? [];
  const source = INGRESS_ANNOTATIONS.source(ingress, 'security-group-prefix-lists');
  return { value: own, sources: own.length === 0 ? [] : [source] };
}

function sslPolicyOf({ ingress, params }: Member): Sourced<string> | undefined {
  const ofClass = params?.spec.sslPolicy;
  if (params !== undefined && ofClass !== undefined && ofClass !== '') {
    return { value: ofClass, sources: [paramsSource(params, 'sslPolicy')] };
  }
  const own = INGRESS_ANNOTATIONS.string(ingress, 'ssl-policy');
  return own === undefined
    ? undefined
    : { value: own, sources: [INGRESS_ANNOTATIONS.source(ingress, 'ssl-policy')] };
}
