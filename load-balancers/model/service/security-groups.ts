import { SERVICE_ANNOTATIONS } from '../annotations';
import { type IpPermission, type LoadBalancer, type SecurityGroup } from '../model';
import { type Service } from '../objects';
import { originOf, type Sourced } from '../origin';
import { Refused, type Source } from '../refusal';
import { gateOpen, type ControllerSettings } from '../settings';
import { KNOWN_AFTER_APPLY, type OrUnknown } from '../unknown';
import { fieldSource, sourcesOf } from './annotation';
import { portsOf } from './ports';
import { tagsOf } from './tags';

const DISABLED = 'aws-load-balancer-disable-nlb-sg';
const GIVEN = 'aws-load-balancer-security-groups';
const MANAGE_RULES = 'aws-load-balancer-manage-backend-security-group-rules';
const SOURCE_RANGES = 'load-balancer-source-ranges';
const PREFIX_LISTS = 'aws-load-balancer-security-group-prefix-lists';
const ICMP = 'aws-load-balancer-enable-icmp-for-path-mtu-discovery';

export interface ServiceSecurityGroups {
  /** Empty for a load balancer without any. */
  readonly ids: readonly OrUnknown<string>[];
  readonly managed?: SecurityGroup;
  /** By which targets admit the load balancer; absent if the controller leaves that to others. */
  readonly backend?: OrUnknown<string>;
  readonly sources: readonly Source[];
}

/** @throws {Refused} */
export function securityGroupsOf(
  service: Service,
  settings: ControllerSettings,
  ipAddressType: LoadBalancer['IpAddressType'],
): ServiceSecurityGroups {
  const disabled = SERVICE_ANNOTATIONS.boolean(service, DISABLED) ?? false;
  if (disabled === KNOWN_AFTER_APPLY) {
    return { ids: [KNOWN_AFTER_APPLY], sources: sourcesOf(service, DISABLED) };
  }
  if (disabled || !gateOpen(settings, 'NLBSecurityGroup')) {
    return { ids: [], sources: sourcesOf(service, DISABLED) };
  }
  const given = SERVICE_ANNOTATIONS.list(service, GIVEN) ?? [];
  return given.length === 0
    ? managedSecurityGroups(service, settings, ipAddressType)
    : givenSecurityGroups(service, settings, given);
}

function managedSecurityGroups(
  service: Service,
  settings: ControllerSettings,
  ipAddressType: LoadBalancer['IpAddressType'],
): ServiceSecurityGroups {
  const managed = managedSecurityGroup(service, settings, ipAddressType);
  if (!settings.enableBackendSecurityGroup) {
    return { ids: [KNOWN_AFTER_APPLY], managed, backend: KNOWN_AFTER_APPLY, sources: [] };
  }
  const backend = settings.backendSecurityGroup ?? KNOWN_AFTER_APPLY;
  return { ids: [KNOWN_AFTER_APPLY, backend], managed, backend, sources: [] };
}

/** Ids before names, as the controller finds them. */
function givenSecurityGroups(
  service: Service,
  settings: ControllerSettings,
  given: readonly string[],
): ServiceSecurityGroups {
  const isId = (group: string) => group.startsWith('sg-');
  const ids = [...given.filter(isId), ...given.filter((group) => !isId(group))];
  const sources = sourcesOf(service, GIVEN, MANAGE_RULES);
  const manages =
    SERVICE_ANNOTATIONS.boolean(service, MANAGE_RULES) ?? settings.enableManageBackendSecurityGroupRules;
  if (manages !== true) return { ids, sources };
  if (!settings.enableBackendSecurityGroup) {
    throw new Refused(
      'backendSG feature is required to manage worker node SG rules when frontendSG is manually specified',
      sources.at(-1),
    );
  }
  const backend = settings.backendSecurityGroup ?? KNOWN_AFTER_APPLY;
  return { ids: [...ids, backend], backend, sources };
}

function managedSecurityGroup(
  service: Service,
  settings: ControllerSettings,
  ipAddressType: LoadBalancer['IpAddressType'],
): SecurityGroup {
  const tags = tagsOf(service, settings);
  const permissions = permissionsOf(service, ipAddressType);
  return {
    Description: '[k8s] Managed SecurityGroup for LoadBalancer',
    IpPermissions: permissions.value,
    Tags: tags.value,
    Origin: originOf({ IpPermissions: permissions, Tags: tags }),
  };
}

function permissionsOf(
  service: Service,
  ipAddressType: LoadBalancer['IpAddressType'],
): Sourced<readonly IpPermission[]> {
  const prefixLists = SERVICE_ANNOTATIONS.list(service, PREFIX_LISTS);
  const ranges = cidrsOf(service, ipAddressType, prefixLists !== undefined);
  const admitsIcmp = SERVICE_ANNOTATIONS.string(service, ICMP) === 'on';
  const value = portsOf(service).flatMap(({ port, protocol }) => {
    const range = { IpProtocol: protocol.toLowerCase(), FromPort: port, ToPort: port };
    return [
      ...ranges.value.flatMap((cidr) => [
        { ...range, ...ipRangesOf(cidr) },
        ...(admitsIcmp ? [icmpFrom(cidr)] : []),
      ]),
      ...(prefixLists ?? []).map((PrefixListId) => ({ ...range, PrefixListIds: [{ PrefixListId }] })),
    ];
  });
  return { value, sources: [...ranges.sources, ...sourcesOf(service, PREFIX_LISTS, ICMP)] };
}

/** Packet too big, without which the path's MTU isn't found. */
function icmpFrom(cidr: string): IpPermission {
  return cidr.includes(':')
    ? { IpProtocol: 'icmpv6', FromPort: 2, ToPort: 0, ...ipRangesOf(cidr) }
    : { IpProtocol: 'icmp', FromPort: 3, ToPort: 4, ...ipRangesOf(cidr) };
}

/** A network as the source of a permission. */
export function ipRangesOf(cidr: string): Pick<IpPermission, 'IpRanges' | 'Ipv6Ranges'> {
  return cidr.includes(':') ? { Ipv6Ranges: [{ CidrIpv6: cidr }] } : { IpRanges: [{ CidrIp: cidr }] };
}

/** Networks that a Service says it may be reached from. */
export function sourceRangesOf(service: Service, annotated: Service = service): Sourced<readonly string[]> {
  const ranges = service.spec.loadBalancerSourceRanges ?? [];
  if (ranges.length > 0) {
    return { value: ranges, sources: [fieldSource(service, 'spec.loadBalancerSourceRanges')] };
  }
  return {
    value: SERVICE_ANNOTATIONS.list(annotated, SOURCE_RANGES) ?? [],
    sources: sourcesOf(annotated, SOURCE_RANGES),
  };
}

function cidrsOf(
  service: Service,
  ipAddressType: LoadBalancer['IpAddressType'],
  hasPrefixLists: boolean,
): Sourced<readonly string[]> {
  const ranges = sourceRangesOf(service);
  const ipv6 = ranges.value.find((cidr) => cidr.includes(':'));
  if (ipv6 !== undefined && ipAddressType === 'ipv4') {
    throw new Refused(`unsupported v6 cidr ${ipv6} when lb is not dualstack`, ranges.sources[0]);
  }
  if (ranges.value.length > 0 || hasPrefixLists) return ranges;
  return { value: everywhere(ipAddressType), sources: [] };
}

function everywhere(ipAddressType: LoadBalancer['IpAddressType']): readonly string[] {
  if (ipAddressType === KNOWN_AFTER_APPLY) return ['0.0.0.0/0', KNOWN_AFTER_APPLY];
  return ipAddressType === 'dualstack' ? ['0.0.0.0/0', '::/0'] : ['0.0.0.0/0'];
}
