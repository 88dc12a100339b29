import { INGRESS_ANNOTATIONS } from '../annotations';
import { type GroupContext, type Member } from '../context';
import { type KeyValue, type LoadBalancer, type SubnetMapping } from '../model';
import { keyValues, originOf, pairsOf, type Sourced } from '../origin';
import { Refused, refusedAt, type Source } from '../refusal';
import { checkRoutingPolicy } from '../service/attributes';
import { resolveSubnets } from '../subnet-discovery';
import { groupTags, type Tags } from '../tags';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from '../unknown';
import { buildFrontendNlbListeners } from './frontend-nlb-listeners';
import { ingressSchemeOf } from './scheme';
import {
  agreed,
  agreedList,
  anyOrder,
  booleanStatements,
  goMap,
  listStatements,
  sameOrder,
  statements,
} from './statements';

/** The ports on which each Ingress listens, ascending. */
type ListenPortsByMember = ReadonlyMap<Member, readonly number[]>;

/** Of the controller, for the longest name that ELBv2 takes. */
const SUFFIX = '-nlb';
const LONGEST_NAME = 32;

/**
 * The Network Load Balancer before the Application Load Balancer of a group, if an Ingress asks for it.
 * @param alb the finished Application Load Balancer of the group
 * @throws {Refused}
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/pkg/ingress/model_build_frontend_nlb.go
 */
export function buildFrontendNlb(
  context: GroupContext,
  alb: LoadBalancer,
  listenPortsByMember: ListenPortsByMember,
): LoadBalancer | undefined {
  const { members } = context.group;
  if (!isEnabled(members)) return undefined;
  // Not that of the Application Load Balancer by default, but the controller's.
  const Scheme = ingressSchemeOf(statements(members, 'frontend-nlb-scheme'), context.settings);
  const SecurityGroups = securityGroupsOf(members, alb);
  const SubnetMappings = subnetMappingsOf(context, Scheme, alb.IpAddressType);
  const LoadBalancerName = { value: nameOf(alb), sources: alb.Origin.LoadBalancerName ?? [] };
  const Tags = tagsOf(context);
  const Attributes = attributesOf(members);
  const { listeners, targetGroups } = buildFrontendNlbListeners(members, listenPortsByMember, Tags);
  return {
    Id: `${context.group.id}/FrontendNlb`,
    Members: alb.Members,
    LoadBalancerName: LoadBalancerName.value,
    Type: 'network',
    Scheme: Scheme.value,
    IpAddressType: alb.IpAddressType,
    SubnetMappings: SubnetMappings.value,
    SecurityGroups: SecurityGroups.value,
    Attributes: Attributes.value,
    Tags: Tags.value,
    Listeners: listeners,
    TargetGroups: targetGroups,
    Origin: originOf({
      LoadBalancerName,
      Scheme,
      IpAddressType: { value: alb.IpAddressType, sources: alb.Origin.IpAddressType ?? [] },
      SubnetMappings,
      SecurityGroups,
      Attributes,
      Tags,
    }),
  };
}

/** Where that isn't known, what is before the Application Load Balancer isn't either: it is shown alone. */
function isEnabled(members: readonly Member[]): boolean {
  const said = booleanStatements(members, 'enable-frontend-nlb');
  return agreed(said, () => 'conflicting enable frontend NLB values')?.value === true;
}

/** Those of the Application Load Balancer by default. Ids before names, as the controller finds them. */
function securityGroupsOf(
  members: readonly Member[],
  alb: LoadBalancer,
): Sourced<readonly OrUnknown<string>[]> {
  const given = agreedList(
    listStatements(members, 'frontend-nlb-security-groups'),
    sameOrder,
    'securityGroups',
  );
  if (given === undefined || given.value.length === 0) {
    return { value: alb.SecurityGroups, sources: alb.Origin.SecurityGroups ?? [] };
  }
  const isId = (group: string) => group.startsWith('sg-');
  return {
    value: [...given.value.filter(isId), ...given.value.filter((group) => !isId(group))],
    sources: given.sources,
  };
}

function subnetMappingsOf(
  { cluster, settings, group: { members } }: GroupContext,
  scheme: Sourced<LoadBalancer['Scheme']>,
  IpAddressType: LoadBalancer['IpAddressType'],
): Sourced<readonly SubnetMapping[]> {
  const given = agreedList(listStatements(members, 'frontend-nlb-subnets'), anyOrder, 'subnets');
  if (given?.value.length === 0) {
    throw new Refused('unable to resolve at least one subnet', given.sources[0]);
  }
  const known = given?.value.some(isUnknown)
    ? KNOWN_AFTER_APPLY
    : resolveSubnets(cluster.facts, settings, {
        ...({ Type: 'network', Scheme: scheme.value, IpAddressType, given: given?.value } as const),
        source: given?.sources[0] ?? scheme.sources[0],
      });
  const subnets = known === KNOWN_AFTER_APPLY ? given : { value: known, sources: given?.sources ?? [] };
  const allocations = allocationsOf(members, scheme.value);
  const isKnown = ![...(subnets?.value ?? []), ...(allocations?.value ?? [])].some(isUnknown);
  const count = allocations?.value.length ?? 0;
  if (count > 0 && subnets !== undefined && isKnown && count !== subnets.value.length) {
    throw new Refused(
      `count of EIP allocations (${count}) and subnets (${subnets.value.length}) must match`,
      allocations?.sources[0],
    );
  }
  const value = Array.from({ length: subnets?.value.length ?? Math.max(1, count) }, (_, index) => ({
    SubnetId: subnets?.value[index] ?? KNOWN_AFTER_APPLY,
    ...(count > 0 && { AllocationId: allocations?.value[index] ?? KNOWN_AFTER_APPLY }),
  }));
  return { value, sources: [...(subnets?.sources ?? []), ...(allocations?.sources ?? [])] };
}

function allocationsOf(
  members: readonly Member[],
  scheme: LoadBalancer['Scheme'],
): Sourced<readonly string[]> | undefined {
  const all = listStatements(members, 'frontend-nlb-eip-allocations');
  if (all.length > 0 && scheme === 'internal') {
    throw new Refused('EIP allocations can only be set for internet facing load balancers', all[0]?.source);
  }
  return agreedList(
    all,
    anyOrder,
    'EIP allocations',
    (lists) => `all EIP allocations for the ingress group must be the same: ${lists}`,
  );
}

/** As much of the Application Load Balancer's as leaves room for what tells the two apart. */
function nameOf({ LoadBalancerName: name }: LoadBalancer): OrUnknown<string> {
  if (isUnknown(name)) return KNOWN_AFTER_APPLY;
  return name.slice(0, LONGEST_NAME - SUFFIX.length) + SUFFIX;
}

/** An Ingress without the annotation doesn't agree with one before it that has it. */
function attributesOf(members: readonly Member[]): Sourced<readonly KeyValue[]> {
  const attributes = agreedMap(members, 'frontend-nlb-attributes', 'attributes', true);
  refusedAt(attributes?.sources[0], () => {
    checkRoutingPolicy(attributes?.value ?? new Map());
  });
  return { value: keyValues(attributes?.value ?? new Map()), sources: attributes?.sources ?? [] };
}

/** Those of the Application Load Balancer by default; given ones stand alone. */
function tagsOf({ group: { members }, settings }: GroupContext): Tags {
  const tags = agreedMap(members, 'frontend-nlb-tags', 'tags', false);
  return tags === undefined ? groupTags(members, settings) : { ...tags, value: keyValues(tags.value) };
}

/** @param absentDiffers whether no annotation is another value, after an Ingress that has one */
function agreedMap(
  members: readonly Member[],
  suffix: string,
  name: string,
  absentDiffers: boolean,
): Sourced<ReadonlyMap<string, string>> | undefined {
  let first: ReadonlyMap<string, string> | undefined;
  const sources: Source[] = [];
  for (const { ingress } of members) {
    const map = INGRESS_ANNOTATIONS.map(ingress, suffix);
    const source = INGRESS_ANNOTATIONS.source(ingress, suffix);
    const value = map && pairsOf(map);
    if (first !== undefined && (absentDiffers || value !== undefined) && !isSame(first, value)) {
      throw new Refused(
        `conflicting frontend NLB ${name}: ${goMap(first)} | ${goMap(value ?? new Map())}`,
        source,
        sources[0],
      );
    }
    first ??= value;
    if (value !== undefined) sources.push(source);
  }
  return first && { value: first, sources };
}

/** What isn't known yet agrees with any. */
function isSame(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string> | undefined): boolean {
  if (b === undefined) return false;
  if ([...a.keys(), ...b.keys()].some(isUnknown)) return true;
  return (
    a.size === b.size &&
    [...a].every(([key, value]) => b.get(key) === value || isUnknown(value) || isUnknown(b.get(key)))
  );
}
