import { isIPv4, isIPv6 } from 'node:net';
import { SERVICE_ANNOTATIONS } from '../annotations';
import { type LoadBalancer, type SubnetMapping, type TargetGroup } from '../model';
import { type Service } from '../objects';
import { isCidr, isWithin } from '../cidr';
import { type Facts, type SubnetFact } from '../facts';
import { type Sourced } from '../origin';
import { Refused } from '../refusal';
import { type ControllerSettings } from '../settings';
import { resolveSubnets } from '../subnet-discovery';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from '../unknown';
import { sourcesOf } from './annotation';

const SUBNETS = 'aws-load-balancer-subnets';
const ALLOCATIONS = 'aws-load-balancer-eip-allocations';
const IPV4 = 'aws-load-balancer-private-ipv4-addresses';
const IPV6 = 'aws-load-balancer-ipv6-addresses';
const PREFIXES = 'aws-load-balancer-source-nat-ipv6-prefixes';

/** What the addresses of a load balancer depend on. */
interface Network {
  readonly scheme: LoadBalancer['Scheme'];
  readonly ipAddressType: LoadBalancer['IpAddressType'];
  /** `on` or `off`. */
  readonly prefixForSourceNat: string;
}

/** Where a load balancer is. */
export interface Subnets {
  /** Ids and names as written, or ids as discovered; undefined if nobody knows yet which are discovered. */
  readonly ids?: readonly string[];
  readonly facts: ReadonlyMap<string, SubnetFact>;
}

/** @throws {Refused} in the words of the controller */
export function subnetsOf(
  service: Service,
  facts: Facts,
  settings: ControllerSettings,
  { scheme: Scheme, ipAddressType: IpAddressType }: Pick<Network, 'scheme' | 'ipAddressType'>,
): Subnets {
  const given = SERVICE_ANNOTATIONS.list(service, SUBNETS);
  if (given?.length === 0) {
    throw new Refused('unable to resolve at least one subnet', SERVICE_ANNOTATIONS.source(service, SUBNETS));
  }
  const source = sourcesOf(service, SUBNETS, 'aws-load-balancer-scheme')[0];
  const known = given?.some(isUnknown)
    ? KNOWN_AFTER_APPLY
    : resolveSubnets(facts, settings, { Type: 'network', Scheme, IpAddressType, given, source });
  const ids = known === KNOWN_AFTER_APPLY ? given : known;
  return { ids, facts: new Map(facts.subnets?.map((subnet) => [subnet.id, subnet])) };
}

/** The networks of one of the subnets, of IPv4 or IPv6; undefined if nobody knows yet. */
function networksOf({ ids, facts }: Subnets, index: number, family: TargetGroup['IpAddressType']) {
  const { ipv4Network, ipv6Networks } = facts.get(ids?.[index] ?? '') ?? {};
  const networks = family === 'ipv6' ? ipv6Networks : ipv4Network === undefined ? undefined : [ipv4Network];
  return networks?.every((network) => !isUnknown(network) && isCidr(network)) ? networks : undefined;
}

/** The networks of all subnets, from which a load balancer reaches its targets. */
export function subnetNetworks(
  subnets: Subnets,
  family: TargetGroup['IpAddressType'],
): readonly OrUnknown<string>[] {
  const networks = subnets.ids?.map((_, index) => networksOf(subnets, index, family)) ?? [undefined];
  return networks.includes(undefined) ? [KNOWN_AFTER_APPLY] : networks.flatMap((each) => each ?? []);
}

/**
 * A mapping for each subnet. Counts are checked where subnets are known; which subnet an address is of, where their
 * networks are.
 * @throws {Refused}
 */
export function subnetMappingsOf(
  service: Service,
  known: Subnets,
  network: Network,
): Sourced<readonly SubnetMapping[]> {
  const { ids: subnets } = known;
  const isKnown = subnets?.some(isUnknown) === false;
  const count = isKnown ? subnets.length : KNOWN_AFTER_APPLY;
  const allocations = allocationsOf(service, network, count);
  const ipv4 = ipv4AddressesOf(service, network, count);
  const ipv6 = ipv6AddressesOf(service, network, count);
  const prefixes = prefixesOf(service, network, count);
  const listed = [allocations, ipv4, ipv6, prefixes].map((list) => list?.length ?? 0);
  const length = subnets?.length ?? Math.max(1, ...listed);
  prefixes?.forEach((prefix, index) => {
    checkPrefix(service, prefix, networksOf(known, index, 'ipv6'));
  });
  const addressOf = (annotation: string, what: string, addresses: readonly string[], index: number) => {
    const own = networksOf(known, index, annotation === IPV4 ? 'ipv4' : 'ipv6');
    if (own === undefined || addresses.some(isUnknown)) {
      // In a discovered subnet each address is; in a given one, one of several can't be told apart from the others.
      const told = subnets === undefined || addresses.length === 1;
      return (told ? addresses[index] : undefined) ?? KNOWN_AFTER_APPLY;
    }
    const [within, ...others] = addresses.filter((address) => isWithin(address, own));
    if (within !== undefined && others.length === 0) return within;
    return refusing(
      service,
      annotation,
    )(`expect one ${what} address configured for subnet: ${subnets?.[index] ?? ''}`);
  };
  const value = Array.from({ length }, (_, index) => ({
    SubnetId: subnets?.[index] ?? KNOWN_AFTER_APPLY,
    ...(allocations && { AllocationId: allocations[index] ?? KNOWN_AFTER_APPLY }),
    ...(ipv4 && { PrivateIPv4Address: addressOf(IPV4, 'private IPv4', ipv4, index) }),
    ...(ipv6 && { IPv6Address: addressOf(IPV6, 'IPv6', ipv6, index) }),
    ...(prefixes && { SourceNatIpv6Prefix: prefixes[index] ?? KNOWN_AFTER_APPLY }),
  }));
  return { value, sources: sourcesOf(service, SUBNETS, ALLOCATIONS, IPV4, IPV6, PREFIXES) };
}

function allocationsOf(service: Service, { scheme }: Network, count: OrUnknown<number>) {
  const allocations = SERVICE_ANNOTATIONS.list(service, ALLOCATIONS);
  if (allocations === undefined) return undefined;
  const refuse = refusing(service, ALLOCATIONS);
  if (scheme === 'internal') refuse('EIP allocations can only be set for internet facing load balancers');
  if (differs(allocations, count)) {
    refuse(`count of EIP allocations (${allocations.length}) and subnets (${count}) must match`);
  }
  return allocations;
}

function ipv4AddressesOf(service: Service, { scheme }: Network, count: OrUnknown<number>) {
  const addresses = SERVICE_ANNOTATIONS.list(service, IPV4);
  if (addresses === undefined) return undefined;
  const refuse = refusing(service, IPV4);
  if (scheme === 'internet-facing') {
    refuse('private IPv4 addresses can only be set for internal load balancers');
  }
  if (differs(addresses, count)) {
    refuse(`count of private IPv4 addresses (${addresses.length}) and subnets (${count}) must match`);
  }
  const address = addresses.find((entry) => !isUnknown(entry) && !isIPv4(entry));
  if (address !== undefined) {
    refuse(`private IPv4 addresses must be valid ${isIPv6(address) ? 'IPv4' : 'IP'} address: ${address}`);
  }
  return addresses;
}

function ipv6AddressesOf(service: Service, { ipAddressType }: Network, count: OrUnknown<number>) {
  const addresses = SERVICE_ANNOTATIONS.list(service, IPV6);
  if (addresses === undefined) return undefined;
  const refuse = refusing(service, IPV6);
  if (ipAddressType === 'ipv4') refuse('IPv6 addresses can only be set for dualstack load balancers');
  if (differs(addresses, count)) {
    refuse(`count of IPv6 addresses (${addresses.length}) and subnets (${count}) must match`);
  }
  const address = addresses.find((entry) => !isUnknown(entry) && !isIPv6(entry));
  if (address !== undefined) {
    refuse(`IPv6 addresses must be valid ${isIPv4(address) ? 'IPv6' : 'IP'} address: ${address}`);
  }
  return addresses.map(canonical);
}

function prefixesOf(service: Service, network: Network, count: OrUnknown<number>) {
  const prefixes = SERVICE_ANNOTATIONS.list(service, PREFIXES);
  if (prefixes === undefined) return undefined;
  const refuse = refusing(service, PREFIXES);
  if (network.ipAddressType === 'ipv4') {
    refuse(
      'source-nat-ipv6-prefixes annotation can only be set for Network Load Balancers using Dualstack IP address type.',
    );
  }
  if (network.prefixForSourceNat === 'off') {
    refuse(
      'source-nat-ipv6-prefixes annotation is only applicable if enable-prefix-for-ipv6-source-nat annotation is set to on.',
    );
  }
  if (differs(prefixes, count)) {
    refuse(
      `Number of values in source-nat-ipv6-prefixes (${prefixes.length}) must match the number of subnets (${count}).`,
    );
  }
  return prefixes;
}

function checkPrefix(service: Service, prefix: string, networks: readonly string[] | undefined): void {
  if (isUnknown(prefix) || prefix === 'auto_assigned') return;
  const problem = problemOfPrefix(prefix, networks);
  if (problem !== undefined) {
    refusing(service, PREFIXES)(`Invalid value in source-nat-ipv6-prefixes: ${prefix}.${problem}`);
  }
}

function problemOfPrefix(prefix: string, networks: readonly string[] | undefined): string | undefined {
  const [address = '', length] = prefix.split('/');
  if (length === undefined) return '';
  if (length !== '80') return ` Prefix length must be 80, but ${length} is specified.`;
  if (!isIPv6(address)) return ' Value must be a valid IPv6 CIDR.';
  if (networks === undefined || isWithin(address, networks)) return undefined;
  return ` Value must be within subnet CIDR range: [${networks.map(canonicalNetwork).join(' ')}].`;
}

/** An entry that isn't known may stand for several; there is no load balancer without a subnet. */
function differs(list: readonly string[], count: OrUnknown<number>): boolean {
  if (list.some(isUnknown)) return false;
  return count === KNOWN_AFTER_APPLY ? list.length === 0 : list.length !== count;
}

/** As Go's netip writes it. */
function canonical(ipv6: string): string {
  const isPlain = isIPv6(ipv6) && !/[%.]/.test(ipv6);
  return isPlain ? new URL(`http://[${ipv6}]`).hostname.slice(1, -1) : ipv6;
}

function canonicalNetwork(network: string): string {
  const [address = '', length = ''] = network.split('/');
  return `${canonical(address)}/${length}`;
}

function refusing(service: Service, suffix: string): (message: string) => never {
  return (message) => {
    throw new Refused(message, SERVICE_ANNOTATIONS.source(service, suffix));
  };
}
