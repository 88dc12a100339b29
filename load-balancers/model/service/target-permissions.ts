import { SERVICE_ANNOTATIONS } from '../annotations';
import { type IpPermission, type TargetGroup } from '../model';
import { type Service } from '../objects';
import { type Sourced } from '../origin';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from '../unknown';
import { sourcesOf } from './annotation';
import { type ServiceContext } from './context';
import { type HealthCheckPort, type TargetPort } from './health-check';
import { ipRangesOf, sourceRangesOf } from './security-groups';
import { subnetNetworks } from './subnets';

const MANAGE_RULES = 'aws-load-balancer-manage-backend-security-group-rules';

/** What is to be admitted to a target group's targets. */
export interface Traffic {
  readonly backend: Service;
  readonly protocol: string;
  readonly port: TargetPort;
  readonly healthCheckPort: HealthCheckPort;
  readonly ipAddressType: TargetGroup['IpAddressType'];
  readonly preservesClientIp: OrUnknown<boolean>;
}

const NONE: Sourced<readonly IpPermission[]> = { value: [], sources: [] };
const DATAGRAMS = ['UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC'];
const BOTH = ['TCP_UDP', 'TCP_QUIC'];

/** From the load balancer's security group; without one, from networks. */
export function targetPermissionsOf(
  context: ServiceContext,
  traffic: Traffic,
): Sourced<readonly IpPermission[]> {
  const { ids, backend } = context.securityGroups;
  if (ids.length === 0) return fromNetworks(context, traffic);
  if (backend === undefined) return NONE;
  const from = { UserIdGroupPairs: [{ GroupId: backend }] };
  const ports = context.settings.disableRestrictedSecurityGroupRules
    ? allPorts(traffic.protocol)
    : portsFor(traffic);
  return { value: ports.map((port) => ({ ...port, ...from })), sources: [] };
}

type Ports = Pick<IpPermission, 'IpProtocol' | 'FromPort' | 'ToPort'>;

function allPorts(protocol: string): readonly Ports[] {
  const all = { FromPort: 0, ToPort: 65535 };
  const tcp = { IpProtocol: 'tcp', ...all };
  return DATAGRAMS.includes(protocol) ? [tcp, { IpProtocol: 'udp', ...all }] : [tcp];
}

function portsFor({ protocol, port, healthCheckPort }: Traffic): readonly Ports[] {
  const ofTraffic = healthCheckPort === 'traffic-port' || isSame(healthCheckPort, port);
  const health = ofTraffic ? [] : [portOf('tcp', healthCheckPort)];
  if (protocol === 'TCP' || protocol === 'TLS') return [portOf('tcp', port), ...health];
  if (!DATAGRAMS.includes(protocol)) return health;
  const stream = BOTH.includes(protocol) || ofTraffic ? [portOf('tcp', port)] : [];
  return [portOf('udp', port), ...stream, ...health];
}

/** A port by its name differs from pod to pod. */
function portOf(IpProtocol: string, { value }: TargetPort): Ports {
  const port = typeof value === 'number' ? value : KNOWN_AFTER_APPLY;
  return { IpProtocol, FromPort: port, ToPort: port };
}

/** As the controller compares them: of a name nothing is known, so that it is 0. */
function isSame(a: TargetPort, b: TargetPort): boolean {
  if (isUnknown(a.value) || isUnknown(b.value)) {
    return a.of !== undefined && a.of.source.Field === b.of?.source.Field;
  }
  const number = ({ value }: TargetPort) => (typeof value === 'number' ? value : Number(value) || 0);
  return number(a) === number(b);
}

function fromNetworks(context: ServiceContext, traffic: Traffic): Sourced<readonly IpPermission[]> {
  const sources = sourcesOf(context.service, MANAGE_RULES);
  if (SERVICE_ANNOTATIONS.boolean(context.service, MANAGE_RULES) === false) return { value: [], sources };
  const clients = clientsOf(context, traffic);
  const { protocol, port, healthCheckPort } = traffic;
  const protocols = BOTH.includes(protocol) ? ['tcp', 'udp'] : [DATAGRAMS.includes(protocol) ? 'udp' : 'tcp'];
  const ports = protocols.map((ipProtocol) => portOf(ipProtocol, port));
  const value = clients.cidrs.flatMap((cidr) =>
    ports.map((range) => ({ ...range, ...fromNetwork(cidr, traffic) })),
  );
  const health = portOf('tcp', healthCheckPort === 'traffic-port' ? port : healthCheckPort);
  const checkers = admitsHealthCheck(traffic, clients)
    ? subnetNetworks(context.subnets, traffic.ipAddressType)
    : [];
  return {
    value: [...value, ...checkers.map((cidr) => ({ ...health, ...fromNetwork(cidr, traffic) }))],
    sources: [...sources, ...clients.sources],
  };
}

interface Clients extends Pick<Sourced<unknown>, 'sources'> {
  /** Those of the VPC are unknown. */
  readonly cidrs: readonly OrUnknown<string>[];
  readonly isDefault: boolean;
}

function clientsOf({ service, scheme, subnets }: ServiceContext, traffic: Traffic): Clients {
  const { protocol, preservesClientIp, ipAddressType } = traffic;
  if (!DATAGRAMS.includes(protocol) && preservesClientIp !== true) {
    const isKnown = preservesClientIp === false;
    const cidrs = isKnown ? subnetNetworks(subnets, ipAddressType) : [KNOWN_AFTER_APPLY];
    return { cidrs, isDefault: false, sources: [] };
  }
  const given = sourceRangesOf(traffic.backend, service);
  if (given.value.length > 0) return { cidrs: given.value, isDefault: false, sources: given.sources };
  if (scheme !== 'internet-facing') return { cidrs: [KNOWN_AFTER_APPLY], isDefault: true, sources: [] };
  return { cidrs: [ipAddressType === 'ipv6' ? '::/0' : '0.0.0.0/0'], isDefault: true, sources: [] };
}

/** Whether the subnets of the load balancer need a permission of their own for its health checks. */
function admitsHealthCheck(traffic: Traffic, { cidrs, isDefault }: Clients): boolean {
  const { protocol, port, healthCheckPort, preservesClientIp } = traffic;
  const ofTraffic = healthCheckPort === 'traffic-port' || isSame(healthCheckPort, port);
  if (protocol === 'UDP' || !ofTraffic) return true;
  const everyone = cidrs.includes('0.0.0.0/0') || cidrs.includes('::/0');
  return preservesClientIp === true && !isDefault && !everyone;
}

function fromNetwork(cidr: OrUnknown<string>, { ipAddressType }: Traffic) {
  return cidr === KNOWN_AFTER_APPLY && ipAddressType === 'ipv6'
    ? { Ipv6Ranges: [{ CidrIpv6: cidr }] }
    : ipRangesOf(cidr);
}
