import { type Facts, type SubnetFact } from './facts';
import { type LoadBalancer } from './model';
import { type IngressClassParamsSpec } from './objects';
import { compareText } from './origin';
import { Refused, type Source } from './refusal';
import { gateOpen, type ControllerSettings } from './settings';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from './unknown';

/** What a load balancer asks of its subnets. */
export interface SubnetDemand extends Pick<LoadBalancer, 'Type' | 'Scheme' | 'IpAddressType'> {
  /** Ids, or names. @default - they are discovered */
  readonly given?: readonly string[];
  /** Tags by which they are discovered, with the values that count. @default - their role */
  readonly tags?: NonNullable<IngressClassParamsSpec['subnets']>['tags'];
  readonly source?: Source;
}

const ROLES = {
  internal: 'kubernetes.io/role/internal-elb',
  'internet-facing': 'kubernetes.io/role/elb',
} as const;
const CLUSTER_TAG = 'kubernetes.io/cluster/';
const LEAST_FREE_ADDRESSES = 8;

/**
 * Ids of the subnets that a load balancer gets, in order; unknown where the facts don't say.
 * @throws {Refused} in the words of the controller
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/pkg/networking/subnet_resolver.go
 */
export function resolveSubnets(
  { subnets, clusterName = '' }: Facts,
  settings: ControllerSettings,
  demand: SubnetDemand,
): OrUnknown<readonly string[]> {
  const { given, source, Scheme, IpAddressType } = demand;
  const refuse = (message: string): never => {
    throw new Refused(message, source);
  };
  if (subnets === undefined || isUnknown(Scheme) || isUnknown(IpAddressType)) return KNOWN_AFTER_APPLY;
  if (given !== undefined) {
    const named = byName(subnets, given, refuse);
    if (named === undefined) return KNOWN_AFTER_APPLY;
    checkZones(named, refuse);
    checkCount(named, settings, demand, refuse);
    const without = named.filter(({ ipv6Networks }) => ipv6Networks?.length === 0).map(({ id }) => id);
    if (IpAddressType !== 'ipv4' && without.length > 0) {
      refuse(
        `subnets [${without.join(' ')}] do not have an associated IPv6 CIDR block, which is required for ${IpAddressType} load balancers`,
      );
    }
    return named.map(({ id }) => id);
  }
  const name = settings.clusterName ?? clusterName;
  const candidates = candidatesOf(subnets, settings, demand);
  const isUndecided = candidates?.some(({ tags }) => name === '' && hasClusterTag(tags)) ?? true;
  if (candidates === undefined || isUndecided) return KNOWN_AFTER_APPLY;
  const chosen = choose(candidates, name, settings, demand, refuse);
  checkCount(chosen, settings, demand, refuse);
  return chosen.map(({ id }) => id);
}

/** Undefined where one isn't among them. Of several of one name each is taken once, by id. */
function byName(
  subnets: readonly SubnetFact[],
  given: readonly string[],
  refuse: Refuse,
): readonly SubnetFact[] | undefined {
  const left = [...subnets].sort((a, b) => compareText(a.id, b.id));
  const isId = (entry: string) => entry.startsWith('subnet-');
  const found = given.map((entry) => {
    const at = left.findIndex(({ id, tags }) => (isId(entry) ? id : tags?.Name) === entry);
    return at < 0 ? undefined : isId(entry) ? left[at] : left.splice(at, 1)[0];
  });
  const ids = given.filter(isId);
  const distinct = [...new Set(ids)].filter((entry) => subnets.some(({ id }) => id === entry));
  if (distinct.length < ids.length && ids.every((entry) => distinct.includes(entry))) {
    const what = `want: [${ids.join(' ')}], found: [${distinct.join(' ')}]`;
    refuse(`failed to list subnets by names or IDs: couldn't find all subnets, ${what}`);
  }
  return found.every((each) => each !== undefined) ? found : undefined;
}

/** By the tags that are asked for; by role; where no subnet has one, by whether they are public. */
function candidatesOf(
  subnets: readonly SubnetFact[],
  settings: ControllerSettings,
  { Scheme, tags }: SubnetDemand,
): readonly SubnetFact[] | undefined {
  if (subnets.some((each) => each.tags === undefined)) return undefined;
  const isInternal = Scheme === 'internal';
  const wanted = tags ?? { [isInternal ? ROLES.internal : ROLES['internet-facing']]: ['', '1'] };
  const tagged = subnets.filter((each) =>
    Object.entries(wanted).every(([key, values]) => values.includes(each.tags?.[key] ?? KNOWN_AFTER_APPLY)),
  );
  const isByReachability = tags === undefined && gateOpen(settings, 'SubnetDiscoveryByReachability');
  if (tagged.length > 0 || !isByReachability) return tagged;
  if (subnets.some((each) => each.public === undefined)) return undefined;
  return subnets.filter((each) => each.public === !isInternal);
}

function hasClusterTag(tags: SubnetFact['tags'] = {}): boolean {
  return Object.keys(tags).some((key) => key.startsWith(CLUSTER_TAG));
}

type Refuse = (message: string) => never;

/** One a zone: that of the cluster before others, then by id. */
function choose(
  candidates: readonly SubnetFact[],
  clusterName: string,
  settings: ControllerSettings,
  { IpAddressType }: SubnetDemand,
  refuse: Refuse,
): readonly SubnetFact[] {
  const own = ({ tags = {} }: SubnetFact) => tags[`${CLUSTER_TAG}${clusterName}`] !== undefined;
  const isChecked = gateOpen(settings, 'SubnetsClusterTagCheck');
  const foreign = candidates.filter((each) => isChecked && hasClusterTag(each.tags) && !own(each));
  const ours = candidates.filter((each) => !foreign.includes(each));
  const full = ours.filter(
    ({ freeAddresses = LEAST_FREE_ADDRESSES }) => freeAddresses < LEAST_FREE_ADDRESSES,
  );
  const free = ours.filter((each) => !full.includes(each));
  const needsIpv6 = IpAddressType !== 'ipv4';
  const plain = free.filter(({ ipv6Networks }) => needsIpv6 && ipv6Networks?.length === 0);
  const ordered = free
    .filter((each) => !plain.includes(each))
    .sort((a, b) => Number(own(b)) - Number(own(a)) || compareText(a.id, b.id));
  const chosen = ordered.filter(
    ({ zone }, index) => ordered.findIndex((each) => each.zone === zone) === index,
  );
  if (chosen.length > 0) return chosen.sort((a, b) => compareText(a.id, b.id));
  const evaluated = `unable to resolve at least one subnet. Evaluated ${candidates.length} subnets: ${foreign.length} are tagged for other clusters,`;
  return refuse(
    needsIpv6
      ? `${evaluated} ${full.length} have insufficient available IP addresses, and ${plain.length} don't have an associated IPv6 CIDR block, which is required for ${IpAddressType} load balancers`
      : `${evaluated} and ${full.length} have insufficient available IP addresses`,
  );
}

function checkZones(subnets: readonly SubnetFact[], refuse: Refuse): void {
  for (const { zone } of subnets) {
    const inZone = subnets.filter((each) => each.zone === zone).map(({ id }) => id);
    if (inZone.length > 1) {
      refuse(`multiple subnets in same Availability Zone ${zone}: [${inZone.join(' ')}]`);
    }
  }
}

/** An Application Load Balancer takes two zones, but one that is local, or on an Outpost. */
function checkCount(
  subnets: readonly SubnetFact[],
  settings: ControllerSettings,
  { Type }: SubnetDemand,
  refuse: Refuse,
): void {
  const locales = [...new Set(subnets.map(localeOf))].sort(compareText);
  if (locales.length > 1) refuse(`subnets in multiple locales: [${locales.join(' ')}]`);
  const isPlain = locales[0] === 'availability-zone' && !gateOpen(settings, 'ALBSingleSubnet');
  const least = Type === 'application' && isPlain ? 2 : 1;
  if (subnets.length < least) {
    refuse(`subnets count less than minimal required count: ${subnets.length} < ${least}`);
  }
}

/** Local and Wavelength Zones have names such as `us-west-2-lax-1a`. */
function localeOf({ zone, zoneType }: SubnetFact): string {
  const isLocal = /^([a-z]+(-[a-z]+)+-\d+-|[a-z]+\d+-(?!az)).+/.test(zone);
  return zoneType ?? (isLocal ? 'local-zone' : 'availability-zone');
}
