import { cidrContains, cidrsOverlap } from '../../modules/network/cidr';
import { type AwsEnvironment } from '../environment';
import { type Network, readNetwork as parse } from '../ipv4';
import { type Finding, ownCluster, type EnvironmentRule } from './rule';

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map(parse);
/** Carrier-grade NAT, which AWS also lets VPCs use. */
const SHARED = parse('100.64.0.0/10');

/** A network that the environment names, and where. */
interface Named {
  readonly path: string;
  readonly network: Network;
}

/** Networks begin where they say, have a size that AWS takes, and don't overlap. */
export const addressesRule: EnvironmentRule = function* (environment) {
  const vpc = vpcOf(environment);
  const subnets = subnetsOf(environment);
  const services = servicesOf(environment);
  const all = [...vpc, ...subnets, ...services, ...publicAccessOf(environment), ...inboundOf(environment)];
  for (const each of all) yield* hostBits(each);
  for (const each of vpc) yield* vpcSize(each, environment.network.kind);
  for (const each of services) yield* servicesRange(each);
  for (const each of subnets) yield* subnetSize(each);
  yield* unknownSubnets(environment);
  for (const subnet of subnets) {
    yield* inside(subnet, vpc);
  }
  for (const each of services) {
    yield* apart(each, [...vpc, ...subnets]);
  }
  for (const [index, subnet] of subnets.entries()) {
    yield* apart(subnet, subnets.slice(0, index));
  }
};

function vpcOf({ network }: AwsEnvironment): Named[] {
  return network.cidr === undefined ? [] : [{ path: 'network.cidr', network: parse(network.cidr) }];
}

function subnetsOf({ network }: AwsEnvironment): Named[] {
  if (network.kind !== 'existing') return [];
  return Object.entries(network.subnetCidrs).map(([id, cidr]) => ({
    path: `network.subnetCidrs.${id}`,
    network: parse(cidr),
  }));
}

function servicesOf(environment: AwsEnvironment): Named[] {
  const cidr = ownCluster(environment)?.serviceIpv4Cidr;
  return cidr === undefined ? [] : [{ path: 'cluster.serviceIpv4Cidr', network: parse(cidr) }];
}

function publicAccessOf(environment: AwsEnvironment): Named[] {
  return (ownCluster(environment)?.endpoint.publicAccessCidrs ?? []).map((cidr, index) => ({
    path: `cluster.endpoint.publicAccessCidrs.${index}`,
    network: parse(cidr),
  }));
}

/** IPv4 networks that the ingress class lets in. */
function inboundOf({ loadBalancing }: AwsEnvironment): Named[] {
  return (loadBalancing.ingressClass.params.inboundCIDRs ?? []).flatMap((cidr, index) =>
    cidr.includes(':')
      ? []
      : [{ path: `loadBalancing.ingressClass.params.inboundCIDRs.${index}`, network: parse(cidr) }],
  );
}

function* subnetSize({ path, network }: Named): Iterable<Finding> {
  if (network.prefix >= 16 && network.prefix <= 28) return;
  yield {
    path,
    value: network.cidr,
    reason: 'a subnet has a prefix from /16 to /28',
    remedy: "write the subnet's own network",
  };
}

function* unknownSubnets({ network }: AwsEnvironment): Iterable<Finding> {
  if (network.kind !== 'existing') return;
  const ids = [...network.privateSubnetIds, ...network.publicSubnetIds];
  for (const [id, cidr] of Object.entries(network.subnetCidrs).filter(([id]) => !ids.includes(id))) {
    yield {
      path: `network.subnetCidrs.${id}`,
      value: cidr,
      reason: 'neither privateSubnetIds nor publicSubnetIds has this subnet',
      remedy: 'write the id of a subnet of theirs, or remove it',
    };
  }
}

function* hostBits({ path, network }: Named): Iterable<Finding> {
  if (network.aligned === network.cidr) return;
  yield {
    path,
    value: network.cidr,
    reason: `the address is inside the /${network.prefix}, not its first`,
    remedy: `write ${network.aligned}`,
  };
}

function* vpcSize({ path, network }: Named, kind: 'new' | 'existing'): Iterable<Finding> {
  if (network.prefix < 16 || network.prefix > 28) {
    yield {
      path,
      value: network.cidr,
      reason: 'a VPC has a prefix from /16 to /28',
      remedy: 'write a network such as 10.0.0.0/16',
    };
    return;
  }
  if (kind === 'existing' || [...PRIVATE, SHARED].some((each) => cidrContains(each, network))) return;
  yield {
    path,
    value: network.cidr,
    reason: 'public addresses: hosts on the Internet that own them become unreachable',
    remedy: 'write a network in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10',
  };
}

function servicesRange({ path, network }: Named): Finding[] {
  const findings: Finding[] = [];
  if (network.prefix < 12 || network.prefix > 24) {
    findings.push({
      path,
      value: network.cidr,
      reason: 'EKS takes a prefix from /12 to /24 for Services',
      remedy: 'write a network such as 172.20.0.0/16',
    });
  }
  if (!PRIVATE.some((each) => cidrContains(each, network))) {
    findings.push({
      path,
      value: network.cidr,
      reason: 'EKS takes private addresses (RFC 1918) for Services',
      remedy: 'write a network in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16',
    });
  }
  return findings;
}

function inside({ path, network }: Named, vpc: readonly Named[]): Finding[] {
  return vpc
    .filter((outer) => !cidrContains(outer.network, network))
    .map((outer) => ({
      path,
      value: network.cidr,
      reason: `not inside ${outer.path} ${outer.network.cidr}`,
      remedy: `write the subnet's own network, or leave ${outer.path} out if the VPC has several`,
    }));
}

function apart({ path, network }: Named, others: readonly Named[]): Finding[] {
  return others
    .filter((other) => cidrsOverlap(other.network, network))
    .map((other) => ({
      path,
      value: network.cidr,
      reason: `overlaps ${other.path} ${other.network.cidr}`,
      remedy: 'write a network that does not overlap it',
    }));
}
