import { type LoadBalancer } from '../../../load-balancers/model';
import { permissionWords } from '../../preview/words';
import { isWorld } from '../changes/networks';
import { type LoadBalancers } from '../load-balancers/load-balancers';
import { type Risk } from './risk';

/** Load balancers that let the world in by what is elsewhere: the parameters of their class, a network of a group. */
export function loadBalancerRisks({ changes }: LoadBalancers, known: readonly Risk[]): Risk[] {
  return changes.flatMap((change): Risk[] => {
    const { id, stack, addresses, before, after } = change;
    const old = doorsOf(before);
    const opened = doorsOf(after).filter((door) => !old.includes(door));
    const isTold = known.some(({ code, address }) => code === 'open-to-world' && addresses.includes(address));
    if (opened.length === 0 || isTold) return [];
    return [
      {
        code: 'open-to-world',
        kind: 'exposure',
        stack,
        address: addresses[0] ?? id,
        noun: 'load balancer',
        words: 'admits the whole internet',
        values: [id, ...opened],
      },
    ];
  });
}

function doorsOf(loadBalancer: LoadBalancer | undefined): string[] {
  if (loadBalancer?.Scheme !== 'internet-facing') return [];
  const { ManagedSecurityGroup: group } = loadBalancer;
  // Security groups of a person's own may be anything.
  if (!group) return ['internet-facing'];
  return group.IpPermissions.filter(({ IpRanges = [], Ipv6Ranges = [] }) =>
    [...IpRanges.map(({ CidrIp }) => CidrIp), ...Ipv6Ranges.map(({ CidrIpv6 }) => CidrIpv6)].some(isWorld),
  ).map(permissionWords);
}
