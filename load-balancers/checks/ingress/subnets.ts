import { isUnknown, type IngressClassParams, gateOpen } from '../../model';
import { type KnownSubnet } from './context';
import { atAnnotation, atParams, type Finding } from './finding';
import { named, read } from './read';
import { type GroupView, type MemberView, type View } from './view';

/** Whether a load balancer gets the subnets that it needs, be they named or discovered. */
export function checkSubnets(view: View): Finding[] {
  return view.groups.flatMap((group) => [...checkOwn(view, group), ...checkFrontend(view, group)]);
}

interface Choice {
  readonly entries: readonly string[];
  readonly report: (value: string, reason: string, remedy: string, warning?: boolean) => Finding;
}

function checkOwn(view: View, group: GroupView): Finding[] {
  const scheme = schemeOf(view, group);
  const [first] = group.members.toSorted((a, b) => Number(asksForScheme(b)) - Number(asksForScheme(a)));
  // Subnets of an Outpost, whose pool of addresses this is, need no second zone.
  const outpost = group.members.some(({ ingress }) => read.has(ingress, 'customer-owned-ipv4-pool'));
  const zones = outpost || gateOpen(view.settings, 'ALBSingleSubnet') ? 1 : 2;
  if (first === undefined) return [];
  const choice = group.members.map((member) => chosenBy(member)).find((each) => each !== undefined);
  if (choice !== undefined) return choice === 'unknown' ? [] : checkChosen(view, choice, scheme, zones);
  return checkDiscovered(view, first, scheme, zones);
}

/** The controller takes what the parameters of a class say before what an annotation says. */
function chosenBy({ ingress, params }: MemberView): Choice | 'unknown' | undefined {
  const ofParams = params?.spec.subnets;
  if (params !== undefined && ofParams !== undefined) {
    return ofParams.ids === undefined ? 'unknown' : paramsChoice(params, ofParams.ids);
  }
  if (!read.has(ingress, 'subnets')) return undefined;
  const entries = read.list(ingress, 'subnets');
  if (entries === undefined) return 'unknown';
  return {
    entries,
    report: (value, reason, remedy, warning) =>
      atAnnotation(ingress, named('subnets'), { value, reason, remedy, warning }),
  };
}

function paramsChoice(params: IngressClassParams, entries: readonly string[]): Choice {
  return {
    entries,
    report: (value, reason, remedy, warning) =>
      atParams(params, 'subnets.ids', { value, reason, remedy, warning }),
  };
}

function checkChosen(
  { context }: View,
  { entries, report }: Choice,
  scheme: string | undefined,
  zones: number,
): Finding[] {
  const value = entries.join(', ');
  if (entries.some((entry) => isUnknown(entry))) return [];
  const known = entries.map((entry) =>
    context.subnets?.find(({ id, name }) => id === entry || name === entry),
  );
  const found: Finding[] = [];
  const twice = entries.find((entry, index) => entries.indexOf(entry) !== index);
  const zone = known.find(
    (subnet, index) =>
      subnet !== undefined && known.findIndex((each) => each?.zone === subnet.zone) !== index,
  )?.zone;
  if (twice !== undefined) {
    found.push(report(value, `${twice} is there twice`, 'write each subnet once'));
  } else if (zone !== undefined) {
    found.push(
      report(
        value,
        `two of them are in zone ${zone}, and a load balancer takes one of each`,
        'leave one out',
      ),
    );
  }
  if (new Set(entries).size < zones && !isLocal(known[0])) {
    found.push(
      report(
        value,
        'an Application Load Balancer needs subnets in two zones at least',
        'add a subnet of another zone',
      ),
    );
  }
  return [...found, ...checkPublic(known, scheme, (...words) => report(value, ...words))];
}

function checkPublic(
  known: readonly (KnownSubnet | undefined)[],
  scheme: string | undefined,
  report: (reason: string, remedy: string, warning?: boolean) => Finding,
): Finding[] {
  const privates = known.filter((subnet) => subnet?.public === false);
  if (scheme !== 'internet-facing' || privates.length === 0) return [];
  const names = privates.map((subnet) => subnet?.id ?? subnet?.name ?? '').join(', ');
  const all = privates.length === known.length;
  return [
    report(
      `the load balancer is internet-facing, and ${all ? 'none of them is' : `${names} is not`} routed to an internet gateway`,
      'write public subnets, or scheme internal',
      !all,
    ),
  ];
}

function checkDiscovered(
  { context }: View,
  { ingress, params }: MemberView,
  scheme: string | undefined,
  zones: number,
): Finding[] {
  const { subnets } = context;
  if (subnets === undefined || scheme === undefined) return [];
  const fitting = subnets.filter((subnet) => subnet.public === (scheme === 'internet-facing'));
  // A public subnet can be tagged for internal load balancers.
  if (fitting.length === 0 && scheme === 'internal') return [];
  const count = new Set(fitting.map(({ zone }) => zone)).size;
  if (count >= zones || (count > 0 && isLocal(fitting[0]))) return [];
  const kind = scheme === 'internal' ? 'private' : 'public';
  const words = {
    value: scheme,
    reason:
      count === 0
        ? `there is no ${kind} subnet for an ${scheme} load balancer`
        : `the ${kind} subnets are in one zone, and an Application Load Balancer needs two`,
    remedy:
      count === 0 ? 'write scheme internal, or make public subnets' : `make ${kind} subnets in a second zone`,
  };
  return [
    params?.spec.scheme === undefined
      ? atAnnotation(ingress, named('scheme'), words)
      : atParams(params, 'scheme', words),
  ];
}

/** A Network Load Balancer in front of it, with subnets of its own. */
function checkFrontend(view: View, { members }: GroupView): Finding[] {
  const owner = members.find(({ ingress }) => read.has(ingress, 'frontend-nlb-subnets'));
  const enabled = members.some(({ ingress }) => read.boolean(ingress, 'enable-frontend-nlb') === true);
  const entries = owner === undefined ? undefined : read.list(owner.ingress, 'frontend-nlb-subnets');
  if (owner === undefined || entries === undefined || !enabled) return [];
  const scheme = members
    .map(({ ingress }) => read.text(ingress, 'frontend-nlb-scheme'))
    .find((each) => each !== undefined);
  const choice: Choice = {
    entries,
    report: (value, reason, remedy, warning) =>
      atAnnotation(owner.ingress, named('frontend-nlb-subnets'), { value, reason, remedy, warning }),
  };
  return checkChosen(view, choice, scheme ?? view.settings.defaultLoadBalancerScheme, 1);
}

/** Undefined if it can't be known, or isn't one. */
function schemeOf({ settings }: View, { members }: GroupView): string | undefined {
  const asks = members.find(asksForScheme);
  const scheme =
    asks === undefined
      ? settings.defaultLoadBalancerScheme
      : (asks.params?.spec.scheme ?? read.text(asks.ingress, 'scheme'));
  return scheme === 'internal' || scheme === 'internet-facing' ? scheme : undefined;
}

function asksForScheme({ ingress, params }: MemberView): boolean {
  return params?.spec.scheme !== undefined || read.has(ingress, 'scheme');
}

/** In Local and Wavelength Zones, such as us-west-2-lax-1a, one subnet is enough. */
function isLocal(subnet: KnownSubnet | undefined): boolean {
  return subnet !== undefined && /^([a-z]+(-[a-z]+)+-\d+-|[a-z]+\d+-(?!az)).+/.test(subnet.zone);
}
