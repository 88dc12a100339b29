import { KINDS } from '../../language';
import { type Service } from '../../model';
import { atSuffix, type ObjectFinding } from '../finding';
import { type Check, entries, isDualStack, readNlb } from './read';

const GROUPS = 'aws-load-balancer-security-groups';
const DISABLE = 'aws-load-balancer-disable-nlb-sg';
const RANGES = 'load-balancer-source-ranges';
const LISTS = 'aws-load-balancer-security-group-prefix-lists';
const ICMP = 'aws-load-balancer-enable-icmp-for-path-mtu-discovery';
const MANAGE = 'aws-load-balancer-manage-backend-security-group-rules';
const PRIVATE_LINK = 'aws-load-balancer-inbound-sg-rules-on-private-link-traffic';

/** A network interface has at most as many. */
const MOST_GROUPS = 5;

/** Who may connect: by groups that are given, or by rules of the one that the controller makes, not both. */
export const security: Check = (service) => [...ways(service), ...sourceRanges(service), ...tooMany(service)];

function ways(service: Service): ObjectFinding[] {
  const given = readNlb.has(service, GROUPS);
  const none = readNlb.flag(service, DISABLE) === true;
  const found: ObjectFinding[] = [];
  const unless = (suffixes: readonly string[], reason: string, remedy: string) => {
    for (const suffix of suffixes) {
      if (readNlb.has(service, suffix)) found.push(atSuffix(service, suffix, reason, remedy));
    }
  };
  if (given && none) {
    unless([GROUPS], 'disableSecurityGroup says that the load balancer has none', 'write one of the two');
  } else if (given) {
    unless(
      [RANGES, LISTS, ICMP],
      'the rules of securityGroups say who may connect, and this is ignored',
      'write it as a rule of those groups, or leave securityGroups out for a group that the controller makes',
    );
  } else if (none) {
    unless(
      [LISTS, ICMP, PRIVATE_LINK],
      'it is a matter of security groups, and disableSecurityGroup says that there are none',
      'remove one of the two',
    );
  } else if (readNlb.flag(service, MANAGE) === false) {
    unless(
      [MANAGE],
      'without securityGroups the controller makes the group and its rules always',
      'write securityGroups too, or remove it',
    );
  }
  return found;
}

/** IPv6 networks need addresses of IPv6 to connect to. */
function sourceRanges(service: Service): ObjectFinding[] {
  if (isDualStack(service) !== false) return [];
  return entries(service, RANGES)
    .filter(({ value }) => value.includes(':') && KINDS.network.judge(value).length === 0)
    .map((entry) =>
      atSuffix(
        service,
        RANGES,
        'the load balancer has no IPv6 addresses',
        "write ipAddressType: 'dualstack', or remove it",
        entry,
      ),
    );
}

function tooMany(service: Service): ObjectFinding[] {
  // The controller adds one of its own for the way to the nodes.
  const most = MOST_GROUPS - (readNlb.flag(service, MANAGE) === true ? 1 : 0);
  const count = readNlb.list(service, GROUPS)?.length ?? 0;
  if (count <= most) return [];
  return [
    atSuffix(service, GROUPS, `${count} are too many for a network interface`, `write at most ${most}`),
  ];
}
