import { parseInteger, SERVICE_ANNOTATIONS } from '../annotations';
import { type LoadBalancer } from '../model';
import { type Service } from '../objects';
import { compareText, type Sourced } from '../origin';
import { Refused, refusedAt, wrapRefusal } from '../refusal';
import { gateOpen, type ControllerSettings } from '../settings';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from '../unknown';
import { sourced, sourcesOf } from './annotation';

const SCHEME = 'aws-load-balancer-scheme';
const INTERNAL = 'aws-load-balancer-internal';
const IP_ADDRESS_TYPE = 'aws-load-balancer-ip-address-type';
const NAME = 'aws-load-balancer-name';
const CAPACITY = 'aws-load-balancer-minimum-load-balancer-capacity';
const PREFIX_FOR_SOURCE_NAT = 'aws-load-balancer-enable-prefix-for-ipv6-source-nat';
const PRIVATE_LINK = 'aws-load-balancer-inbound-sg-rules-on-private-link-traffic';

/** @throws {Refused} for another word than `internal` and `internet-facing` */
export function serviceSchemeOf(
  service: Service,
  settings: ControllerSettings,
): Sourced<LoadBalancer['Scheme']> {
  const scheme = SERVICE_ANNOTATIONS.string(service, SCHEME);
  if (scheme === undefined) return legacySchemeOf(service, settings);
  if (scheme !== 'internal' && scheme !== 'internet-facing' && !isUnknown(scheme)) {
    throw new Refused(`unknown scheme: ${scheme}`, SERVICE_ANNOTATIONS.source(service, SCHEME));
  }
  const value = scheme === 'internal' || scheme === 'internet-facing' ? scheme : KNOWN_AFTER_APPLY;
  return { value, sources: sourcesOf(service, SCHEME) };
}

function legacySchemeOf(service: Service, settings: ControllerSettings): Sourced<LoadBalancer['Scheme']> {
  const internal = SERVICE_ANNOTATIONS.boolean(service, INTERNAL);
  if (internal === KNOWN_AFTER_APPLY) return sourced(service, INTERNAL, internal, internal);
  const scheme = internal === undefined ? undefined : internal ? 'internal' : 'internet-facing';
  return sourced(service, INTERNAL, scheme, settings.defaultLoadBalancerScheme);
}

/** @throws {Refused} for another word than `ipv4` and `dualstack` */
export function ipAddressTypeOf(service: Service): Sourced<LoadBalancer['IpAddressType']> {
  const type = SERVICE_ANNOTATIONS.string(service, IP_ADDRESS_TYPE);
  if (type === undefined || type === 'ipv4' || type === 'dualstack') {
    return sourced(service, IP_ADDRESS_TYPE, type, 'ipv4');
  }
  if (isUnknown(type)) return sourced(service, IP_ADDRESS_TYPE, KNOWN_AFTER_APPLY, KNOWN_AFTER_APPLY);
  throw new Refused(`unknown IPAddressType: ${type}`, SERVICE_ANNOTATIONS.source(service, IP_ADDRESS_TYPE));
}

/** @throws {Refused} for a name of more than 32 characters */
export function nameOf(service: Service): Sourced<OrUnknown<string>> {
  const name = SERVICE_ANNOTATIONS.string(service, NAME);
  if (name !== undefined && !isUnknown(name) && Buffer.byteLength(name) > 32) {
    throw new Refused(
      'load balancer name cannot be longer than 32 characters',
      SERVICE_ANNOTATIONS.source(service, NAME),
    );
  }
  return sourced(service, NAME, name, KNOWN_AFTER_APPLY);
}

/** @throws {Refused} for another key than `CapacityUnits`, or no whole number */
export function capacityOf(
  service: Service,
  settings: ControllerSettings,
): Sourced<LoadBalancer['MinimumLoadBalancerCapacity']> {
  if (!gateOpen(settings, 'LBCapacityReservation')) return { value: undefined, sources: [] };
  const map = SERVICE_ANNOTATIONS.map(service, CAPACITY);
  if (map === KNOWN_AFTER_APPLY) {
    return { value: { CapacityUnits: KNOWN_AFTER_APPLY }, sources: sourcesOf(service, CAPACITY) };
  }
  const source = SERVICE_ANNOTATIONS.source(service, CAPACITY);
  const units = [...(map ?? [])]
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, value]) => {
      if (key !== 'CapacityUnits') {
        throw new Refused(`invalid key to set the capacity: ${key}, Expected key: CapacityUnits`, source);
      }
      if (isUnknown(value)) return KNOWN_AFTER_APPLY;
      return refusedAt(source, () =>
        wrapRefusal(`invalid value to set the capacity: ${value}`, () => parseInteger(value, 32)),
      );
    })
    .at(-1);
  return units === undefined
    ? { value: undefined, sources: [] }
    : { value: { CapacityUnits: units }, sources: sourcesOf(service, CAPACITY) };
}

/** `on` or `off`. @throws {Refused} for another word, and for `on` without IPv6 */
export function prefixForSourceNatOf(
  service: Service,
  ipAddressType: LoadBalancer['IpAddressType'],
): Sourced<string> {
  const value = SERVICE_ANNOTATIONS.string(service, PREFIX_FOR_SOURCE_NAT);
  const source = SERVICE_ANNOTATIONS.source(service, PREFIX_FOR_SOURCE_NAT);
  if (value !== undefined && value !== 'on' && value !== 'off' && !isUnknown(value)) {
    throw new Refused(
      `Invalid enable-prefix-for-ipv6-source-nat value: ${value}. Valid values are ['on', 'off'].`,
      source,
    );
  }
  if (value === 'on' && ipAddressType === 'ipv4') {
    throw new Refused(
      'enable-prefix-for-ipv6-source-nat annotation is only applicable to Network Load Balancers using ' +
        'Dualstack IP address type.',
      source,
    );
  }
  return sourced(service, PREFIX_FOR_SOURCE_NAT, value, 'off');
}

/** `on` or `off`. @throws {Refused} for another word */
export function privateLinkRulesOf(service: Service): Sourced<string | undefined> {
  const value = SERVICE_ANNOTATIONS.string(service, PRIVATE_LINK);
  if (value !== undefined && value !== 'on' && value !== 'off' && !isUnknown(value)) {
    throw new Refused(
      `Invalid value for securityGroupsInboundRulesOnPrivateLink status: ${value}, value must be one of [on, off]`,
      SERVICE_ANNOTATIONS.source(service, PRIVATE_LINK),
    );
  }
  return sourced<string | undefined>(service, PRIVATE_LINK, value, undefined);
}
