import { gateOpen, isUnknown, type LoadBalancer, type Model, type SubnetFact } from '../../model';
import { atSource, type ObjectFinding, type FindingWords } from '../finding';
import { type View } from '../view';

/** What AWS asks of the subnets that are written, and what the controller finds when it asks AWS for them. */
export function checkSubnets(view: View, { LoadBalancers }: Model): ObjectFinding[] {
  return LoadBalancers.flatMap((loadBalancer) => checkOne(view, loadBalancer));
}

function checkOne({ context: { facts = {} }, settings }: View, loadBalancer: LoadBalancer): ObjectFinding[] {
  const { SubnetMappings, Type, Scheme, Origin, CustomerOwnedIpv4Pool } = loadBalancer;
  const ids = SubnetMappings.map(({ SubnetId }) => SubnetId);
  const [source] = [...(Origin.SubnetMappings ?? []), ...(Origin.Scheme ?? [])];
  if (source === undefined || ids.some(isUnknown)) return [];
  const at = (words: Omit<FindingWords, 'value'>) => [atSource(source, { value: ids.join(', '), ...words })];
  const known = ids.flatMap((id) => facts.subnets?.find((subnet) => subnet.id === id) ?? []);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined && Type === 'application')
    return at({ reason: `${twice} is there twice`, remedy: 'write each subnet once' });
  // Subnets of an Outpost, whose pool of addresses this is, need no second zone; what is known, the model has judged.
  const needsTwo =
    Type === 'application' && CustomerOwnedIpv4Pool === undefined && !gateOpen(settings, 'ALBSingleSubnet');
  if (needsTwo && ids.length < 2 && known.length === 0) {
    return at({
      reason: 'an Application Load Balancer needs subnets in two zones at least',
      remedy: 'add a subnet of another zone',
    });
  }
  return Scheme === 'internet-facing' ? checkPublic(known, ids.length, at) : [];
}

function checkPublic(
  known: readonly SubnetFact[],
  count: number,
  at: (words: Omit<FindingWords, 'value'>) => ObjectFinding[],
): ObjectFinding[] {
  const privates = known.filter((subnet) => subnet.public === false).map(({ id }) => id);
  if (privates.length === 0) return [];
  const all = privates.length === count;
  return at({
    reason: `the load balancer is internet-facing, and ${all ? 'none of its subnets is' : `${privates.join(', ')} is not`} routed to an internet gateway`,
    remedy: 'write public subnets, or scheme internal',
    warning: !all,
  });
}
