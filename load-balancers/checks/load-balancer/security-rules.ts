import { type IpPermission, type LoadBalancer, type Member, type Model } from '../../model';
import { DEFAULT_QUOTAS } from '../context';
import { atAnnotation, atParams, atSource, type ObjectFinding, type FindingWords } from '../finding';
import { named, read } from '../read';
import { type View } from '../view';

/** Rules of the security groups that the controller makes: how many there are, and whether they can be what is written. */
export function checkSecurityRules(view: View, { LoadBalancers }: Model): ObjectFinding[] {
  const byMember = new Map(
    LoadBalancers.flatMap((loadBalancer) =>
      loadBalancer.Members.map((name) => [name, loadBalancer] as const),
    ),
  );
  return [
    ...LoadBalancers.flatMap((loadBalancer) => checkCount(view, loadBalancer)),
    ...view.members.flatMap((member) =>
      checkFamily(
        member,
        byMember.get(`Ingress ${member.ingress.metadata.namespace ?? ''}/${member.ingress.metadata.name}`),
      ),
    ),
  ];
}

function at(
  { ManagedSecurityGroup: group, Members }: LoadBalancer,
  words: FindingWords & { readonly value: string },
) {
  const [Kind = 'Ingress', Name = ''] = (Members[0] ?? '').split(' ');
  const member = { Kind: Kind as 'Ingress' | 'Service', Name };
  return atSource(group?.Origin.IpPermissions?.[0] ?? member, words);
}

/** AWS counts those of each family by themselves; a prefix list counts with all the entries that it may have. */
function checkCount({ context: { quotas } }: View, loadBalancer: LoadBalancer): ObjectFinding[] {
  const { rulesPerSecurityGroup: quota } = { ...DEFAULT_QUOTAS, ...quotas };
  const permissions = loadBalancer.ManagedSecurityGroup?.IpPermissions ?? [];
  const count = (of: (permission: IpPermission) => readonly unknown[] | undefined) =>
    permissions.reduce((sum, each) => sum + (of(each)?.length ?? 0) + (each.PrefixListIds?.length ?? 0), 0);
  const families = { IPv4: count(({ IpRanges }) => IpRanges), IPv6: count(({ Ipv6Ranges }) => Ipv6Ranges) };
  return Object.entries(families)
    .filter(([, rules]) => rules > quota)
    .map(([family, rules]) =>
      at(loadBalancer, {
        value: String(rules),
        reason: `the security group of load balancer ${loadBalancer.Id} would have ${rules} inbound rules of ${family}, one for each network and port; the quota is ${quota}`,
        remedy: 'use a prefix list, security groups of your own, or fewer networks',
        accepted: true,
      }),
    );
}

/** Networks of IPv6 are left out, without a word, where the load balancer has no IPv6 addresses. */
function checkFamily({ ingress, params }: Member, loadBalancer: LoadBalancer | undefined): ObjectFinding[] {
  if (loadBalancer?.IpAddressType !== 'ipv4' || loadBalancer.ManagedSecurityGroup === undefined) return [];
  const ofParams = params?.spec.inboundCIDRs ?? [];
  const networks = ofParams.length > 0 ? ofParams : (read.list(ingress, 'inbound-cidrs') ?? []);
  const without = networks.filter((each) => each.includes(':'));
  if (without.length === 0) return [];
  const isEmpty = loadBalancer.ManagedSecurityGroup.IpPermissions.length === 0;
  const words = {
    value: without.join(', '),
    reason: isEmpty
      ? 'the load balancer has no IPv6 addresses (ipv4), so that these networks have no effect, and nobody could reach it: its security group has no rule'
      : 'the load balancer has no IPv6 addresses (ipv4), so that these networks have no effect',
    remedy: `leave them out, or write ${named('ip-address-type')}: dualstack`,
    ...(isEmpty ? { accepted: true } : { warning: true }),
  };
  return [
    ofParams.length > 0 && params !== undefined
      ? atParams(params, 'inboundCIDRs', words)
      : atAnnotation(ingress, named('inbound-cidrs'), words),
  ];
}
