import { type GroupContext } from '../context';
import { type IpPermission, type LoadBalancer, type SecurityGroup } from '../model';
import { originOf, type Sourced } from '../origin';
import { Refused } from '../refusal';
import { generatedName } from '../generated-name';
import { groupTags } from '../tags';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from '../unknown';
import { isV4, isV6, type MergedPort } from './merged-port';
import { agreed, agreedList, booleanStatements, listStatements, sameOrder } from './statements';

export interface IngressSecurityGroups {
  readonly ids: Sourced<readonly OrUnknown<string>[]>;
  /** The one that the controller makes for the load balancer. */
  readonly managed?: SecurityGroup;
  /** By which targets admit the load balancer. */
  readonly backend?: OrUnknown<string>;
}

/** @throws {Refused} where Ingresses name different groups, or rules are to be managed without a backend group */
export function buildSecurityGroups(
  context: GroupContext,
  ports: readonly MergedPort[],
  ipAddressType: LoadBalancer['IpAddressType'],
): IngressSecurityGroups {
  const { settings } = context;
  const { members } = context.group;
  const given = agreedList(listStatements(members, 'security-groups'), sameOrder, 'securityGroups');
  if (given === undefined || given.value.length === 0) {
    const managed = buildManagedGroup(context, ports, ipAddressType);
    const shared = settings.enableBackendSecurityGroup ? [backendGroup(context)] : [];
    return {
      ids: { value: [KNOWN_AFTER_APPLY, ...shared], sources: [] },
      managed,
      backend: shared[0] ?? KNOWN_AFTER_APPLY,
    };
  }
  const manages = managesBackendRules(context);
  if (manages.value !== true) return { ids: given };
  if (!settings.enableBackendSecurityGroup) {
    throw new Refused(
      'backendSG feature is required to manage worker node SG rules when frontendSG manually specified',
      manages.sources[0] ?? given.sources[0],
    );
  }
  const backend = backendGroup(context);
  return {
    ids: { value: [...given.value, backend], sources: [...given.sources, ...manages.sources] },
    backend,
  };
}

/** Whether the controller keeps the rules of targets though the load balancer's groups are given. */
function managesBackendRules({ group, settings }: GroupContext): Sourced<OrUnknown<boolean>> {
  const said = booleanStatements(group.members, 'manage-backend-security-group-rules');
  return (
    agreed(said, () => 'conflicting manage backend security group rules settings') ?? {
      value: settings.enableManageBackendSecurityGroupRules,
      sources: [],
    }
  );
}

function backendGroup({ settings }: GroupContext): OrUnknown<string> {
  return settings.backendSecurityGroup ?? KNOWN_AFTER_APPLY;
}

function buildManagedGroup(
  { group, settings }: GroupContext,
  ports: readonly MergedPort[],
  ipAddressType: LoadBalancer['IpAddressType'],
): SecurityGroup {
  const tags = groupTags(group.members, settings);
  const permissions = ports.flatMap((port) => permissionsOf(port, ipAddressType));
  const sources = ports.flatMap((port) => [...port.inboundCidrs.sources, ...port.prefixLists.sources]);
  const name = generatedName(settings.clusterName, group.id);
  return {
    ...(!isUnknown(name) && { GroupName: name }),
    Description: '[k8s] Managed SecurityGroup for LoadBalancer',
    IpPermissions: permissions,
    Tags: tags.value,
    Origin: originOf({ IpPermissions: { value: permissions, sources }, Tags: tags }),
  };
}

/** IPv6 networks count only where the load balancer has IPv6 addresses. */
function permissionsOf(
  { port, inboundCidrs, prefixLists }: MergedPort,
  ipAddressType: LoadBalancer['IpAddressType'],
): readonly IpPermission[] {
  const tcp = { IpProtocol: 'tcp', FromPort: port, ToPort: port };
  const v6 = ipAddressType.startsWith('dualstack') ? inboundCidrs.value.filter(isV6) : [];
  return [
    ...inboundCidrs.value.filter(isV4).map((CidrIp) => ({ ...tcp, IpRanges: [{ CidrIp }] })),
    ...v6.map((CidrIpv6) => ({ ...tcp, Ipv6Ranges: [{ CidrIpv6 }] })),
    ...prefixLists.value.map((PrefixListId) => ({ ...tcp, PrefixListIds: [{ PrefixListId }] })),
  ];
}
