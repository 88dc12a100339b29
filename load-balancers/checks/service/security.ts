import { isIPv4, isIPv6 } from 'node:net';
import { type Service } from '../../model';
import { atAnnotation, type Check, type NlbFinding } from './finding';
import { entries, isDualStack, read } from './read';

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
export const security: Check = (service) => [
  ...ways(service),
  ...sourceRanges(service),
  ...forms(service, LISTS, /^pl-[0-9a-f]{8,17}$/, 'the id of a prefix list', 'pl-0123456789abcdef0'),
  ...forms(
    service,
    GROUPS,
    /^(?!sg-)|^sg-([0-9a-f]{8}|[0-9a-f]{17})$/,
    'the id of a security group',
    'sg-0123456789abcdef0',
  ),
  ...tooMany(service),
];

function ways(service: Service): NlbFinding[] {
  const given = read.has(service, GROUPS);
  const none = read.flag(service, DISABLE) === true;
  const found: NlbFinding[] = [];
  const unless = (suffixes: readonly string[], reason: string, remedy: string) => {
    for (const suffix of suffixes) {
      if (read.has(service, suffix)) found.push(atAnnotation(service, suffix, reason, remedy));
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
  } else if (read.flag(service, MANAGE) === false) {
    unless(
      [MANAGE],
      'without securityGroups the controller makes the group and its rules always',
      'write securityGroups too, or remove it',
    );
  }
  return found;
}

function sourceRanges(service: Service): NlbFinding[] {
  return entries(service, RANGES).flatMap((entry) => {
    const at = (reason: string, remedy: string) => [atAnnotation(service, RANGES, reason, remedy, entry)];
    const [address = '', length, more] = entry.value.split('/');
    const bits = isIPv4(address) ? 32 : isIPv6(address) ? 128 : 0;
    if (
      bits === 0 ||
      length === undefined ||
      more !== undefined ||
      !/^\d+$/.test(length) ||
      Number(length) > bits
    ) {
      return at(
        'not an IP network',
        bits > 0 && length === undefined
          ? `write '${address}/${bits}'`
          : "write one such as '203.0.113.0/24'",
      );
    }
    if (bits === 128) {
      if (isDualStack(service) !== false) return [];
      return at('the load balancer has no IPv6 addresses', "write ipAddressType: 'dualstack', or remove it");
    }
    const network = networkOf(address, Number(length));
    if (network === address) return [];
    return at(`bits after the first ${length} are set`, `write '${network}/${length}'`);
  });
}

function networkOf(address: string, length: number): string {
  const bits = address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
  const size = 2 ** (32 - length);
  const first = Math.floor(bits / size) * size;
  return [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.');
}

function forms(service: Service, suffix: string, form: RegExp, what: string, example: string): NlbFinding[] {
  return entries(service, suffix)
    .filter(({ value }) => !form.test(value))
    .map((entry) => atAnnotation(service, suffix, `not ${what}`, `write one such as ${example}`, entry));
}

function tooMany(service: Service): NlbFinding[] {
  // The controller adds one of its own for the way to the nodes.
  const most = MOST_GROUPS - (read.flag(service, MANAGE) === true ? 1 : 0);
  const count = read.list(service, GROUPS)?.length ?? 0;
  if (count <= most) return [];
  return [
    atAnnotation(service, GROUPS, `${count} are too many for a network interface`, `write at most ${most}`),
  ];
}
