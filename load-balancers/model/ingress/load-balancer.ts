import { type GroupContext, type Member } from '../context';
import { type LoadBalancer, type SubnetMapping } from '../model';
import { keyOf, type IngressClassParamsSpec } from '../objects';
import { compareText, originOf, type Sourced } from '../origin';
import { Refused, wrapRefusal } from '../refusal';
import { generatedName } from '../generated-name';
import { resolveSubnets } from '../subnet-discovery';
import { groupTags } from '../tags';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from '../unknown';
import { mergeLoadBalancerAttributes } from './attributes';
import { minimumCapacity } from './capacity';
import { type MergedPort } from './merged-port';
import { buildSecurityGroups } from './security-groups';
import { ingressSchemeOf } from './scheme';
import {
  agreed,
  agreedList,
  anyOrder,
  goList,
  goSet,
  listStatements,
  paramsSource,
  statements,
  type GroupStatement,
} from './statements';

/** An Application Load Balancer without what is attached to it. */
export interface LoadBalancerFrame {
  readonly loadBalancer: Omit<LoadBalancer, 'Listeners' | 'TargetGroups'>;
  /** By which targets admit it. */
  readonly backendSecurityGroup?: OrUnknown<string>;
}

/** @throws {Refused} for what the Ingresses of the group don't agree on, or ALB doesn't have */
export function buildFrame(context: GroupContext, ports: readonly MergedPort[]): LoadBalancerFrame {
  const { group, settings } = context;
  const { members } = group;
  // In the controller's order: its first refusal is the one that people see.
  const Scheme = ingressSchemeOf(statements(group.members, 'scheme', 'scheme'), settings);
  const IpAddressType = ipAddressTypeOf(members);
  const SubnetMappings = subnetMappings(context, Scheme, IpAddressType.value);
  const groups = buildSecurityGroups(context, ports, IpAddressType.value);
  const CustomerOwnedIpv4Pool = customerOwnedPool(members);
  const Attributes = mergeLoadBalancerAttributes(members);
  const Tags = groupTags(members, settings);
  const LoadBalancerName = nameOf(context, Scheme.value);
  const MinimumLoadBalancerCapacity = minimumCapacity(members, settings);
  const IpamPools = ipamPools(members);
  return {
    loadBalancer: {
      Id: group.id,
      Members: members.map(({ ingress }) => `Ingress ${keyOf(ingress)}`),
      LoadBalancerName: LoadBalancerName.value,
      Type: 'application',
      Scheme: Scheme.value,
      IpAddressType: IpAddressType.value,
      SubnetMappings: SubnetMappings.value,
      SecurityGroups: groups.ids.value,
      ...(groups.managed && { ManagedSecurityGroup: groups.managed }),
      ...(CustomerOwnedIpv4Pool && { CustomerOwnedIpv4Pool: CustomerOwnedIpv4Pool.value }),
      ...(IpamPools && { IpamPools: IpamPools.value }),
      ...(MinimumLoadBalancerCapacity && {
        MinimumLoadBalancerCapacity: MinimumLoadBalancerCapacity.value,
      }),
      Attributes: Attributes.value,
      Tags: Tags.value,
      Origin: originOf({
        LoadBalancerName,
        Scheme,
        IpAddressType,
        SubnetMappings,
        SecurityGroups: groups.ids,
        CustomerOwnedIpv4Pool,
        IpamPools,
        MinimumLoadBalancerCapacity,
        Attributes,
        Tags,
      }),
    },
    backendSecurityGroup: groups.backend,
  };
}

/** A name that the controller makes up has a hash in it. */
function nameOf(
  { group: { id, members }, settings: { clusterName } }: GroupContext,
  scheme: string,
): Sourced<OrUnknown<string>> {
  const name = agreed(
    statements(members, 'load-balancer-name', 'loadBalancerName'),
    (names) => `conflicting load balancer name: ${goSet(names)}`,
  );
  if (name === undefined) return { value: generatedName(clusterName, id, scheme), sources: [] };
  if (!isUnknown(name.value) && new TextEncoder().encode(name.value).length > 32) {
    throw new Refused('load balancer name cannot be longer than 32 characters', name.sources[0]);
  }
  return name;
}

function ipAddressTypeOf(members: readonly Member[]): Sourced<LoadBalancer['IpAddressType']> {
  const type = agreed(
    statements(members, 'ip-address-type', 'ipAddressType'),
    (types) => `conflicting IPAddressType: ${goList(types)}`,
  );
  if (type === undefined) return { value: 'ipv4', sources: [] };
  const { value, sources } = type;
  if (value === 'ipv4' || value === 'dualstack' || value === 'dualstack-without-public-ipv4') {
    return { value, sources };
  }
  if (isUnknown(value)) return { value: KNOWN_AFTER_APPLY, sources };
  throw new Refused(`unknown IPAddressType: ${value}`, sources[0]);
}

/** Subnets by id, or name, as written; by tag, or none given, found in AWS. */
function subnetMappings(
  { cluster, settings, group: { members } }: GroupContext,
  scheme: Sourced<LoadBalancer['Scheme']>,
  IpAddressType: LoadBalancer['IpAddressType'],
): Sourced<readonly SubnetMapping[]> {
  const { ids, tags, sources } = chosenSubnets(members);
  const source = sources[0] ?? scheme.sources[0] ?? membersSource(members);
  const chosen = { given: ids, tags, source };
  const demand = { Type: 'application', Scheme: scheme.value, IpAddressType, ...chosen } as const;
  const resolve = () => resolveSubnets(cluster.facts, settings, demand);
  const discovered = ids === undefined && tags === undefined;
  const known = ids?.some(isUnknown)
    ? KNOWN_AFTER_APPLY
    : discovered
      ? wrapRefusal("couldn't auto-discover subnets", resolve)
      : resolve();
  const value = known === KNOWN_AFTER_APPLY ? (ids ?? [KNOWN_AFTER_APPLY]) : known;
  return { value: value.map((SubnetId) => ({ SubnetId })), sources };
}

/** The first Ingress, where none says anything. */
function membersSource([first]: readonly Member[]) {
  return first && ({ Kind: 'Ingress', Name: keyOf(first.ingress) } as const);
}

interface ChosenSubnets extends Pick<Sourced<unknown>, 'sources'> {
  readonly ids?: readonly string[];
  readonly tags?: SubnetSelector['tags'];
}

function chosenSubnets(members: readonly Member[]): ChosenSubnets {
  const selectors: GroupStatement<SubnetSelector>[] = members.flatMap(({ params }) =>
    params?.spec.subnets === undefined
      ? []
      : [{ value: params.spec.subnets, source: paramsSource(params, 'subnets') }],
  );
  const given = listStatements(
    members.filter(({ params }) => params?.spec.subnets === undefined),
    'subnets',
  );
  const [selector] = selectors;
  if (selector === undefined) {
    const chosen = agreedList(given, anyOrder, 'subnets');
    return chosen === undefined ? { sources: [] } : written(chosen);
  }
  if (given[0] !== undefined) {
    throw new Refused(
      'conflicting subnet specifications: IngressClassParams versus annotation',
      given[0].source,
      selector.source,
    );
  }
  const other = selectors.find(({ value }) => !sameSelector(value, selector.value));
  if (other !== undefined) {
    throw new Refused('conflicting IngressClassParams subnet specifications', other.source, selector.source);
  }
  const sources = selectors.map(({ source }) => source);
  const { ids = [], tags } = selector.value;
  return ids.length === 0 ? { tags, sources } : written({ value: ids, sources });
}

function written({ value, sources }: Sourced<readonly string[]>): ChosenSubnets {
  if (value.length === 0) throw new Refused('unable to resolve at least one subnet', sources[0]);
  return { ids: value, sources };
}

type SubnetSelector = NonNullable<IngressClassParamsSpec['subnets']>;

function sameSelector(a: SubnetSelector, b: SubnetSelector): boolean {
  const inOrder = ({ ids, tags = {} }: SubnetSelector) =>
    JSON.stringify([ids, Object.entries(tags).sort(([x], [y]) => compareText(x, y))]);
  return inOrder(a) === inOrder(b);
}

function customerOwnedPool(members: readonly Member[]): Sourced<string> | undefined {
  const said = statements(members, 'customer-owned-ipv4-pool');
  const empty = said.find(({ value }) => value === '');
  if (empty !== undefined) {
    throw new Refused(
      `cannot use empty value for customer-owned-ipv4-pool annotation, ingress: ${empty.source.Name}`,
      empty.source,
    );
  }
  return agreed(said, (pools) => `conflicting CustomerOwnedIPv4Pool: ${goList(pools)}`);
}

/** The pool of the first Ingress's class wins. */
function ipamPools(members: readonly Member[]): Sourced<NonNullable<LoadBalancer['IpamPools']>> | undefined {
  const params = members[0]?.params;
  const ofClass = params?.spec.ipamConfiguration?.ipv4IPAMPoolId;
  if (params !== undefined && ofClass !== undefined) {
    return {
      value: { Ipv4IpamPoolId: ofClass },
      sources: [paramsSource(params, 'ipamConfiguration.ipv4IPAMPoolId')],
    };
  }
  const said = statements(members, 'ipam-ipv4-pool-id').filter(({ value }) => value !== '');
  const known = new Set(said.map(({ value }) => value).filter((value) => !isUnknown(value)));
  const pool = agreed(said, () => `conflicting ipv4 ipam pools ${[...known].slice(0, 2).join(': ')}`);
  return pool && { value: { Ipv4IpamPoolId: pool.value }, sources: pool.sources };
}
