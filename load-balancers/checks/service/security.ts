import { SERVICE_PREFIX } from '../../language';
import { type Service } from '../../model';
import { atSuffix, type ObjectFinding } from '../finding';
import { namedService } from '../read';
import { type Check, readNlb } from './read';

const GROUPS = namedService('security-groups');
const DISABLE = namedService('disable-nlb-sg');
const RANGES = `${SERVICE_PREFIX}load-balancer-source-ranges`;
const LISTS = namedService('security-group-prefix-lists');
const ICMP = namedService('enable-icmp-for-path-mtu-discovery');
const MANAGE = namedService('manage-backend-security-group-rules');
const PRIVATE_LINK = namedService('inbound-sg-rules-on-private-link-traffic');

/** A network interface has at most as many. */
const MOST_GROUPS = 5;

/** Who may connect: by groups that are given, or by rules of the one that the controller makes, not both. */
export const security: Check = (service) => {
  const unused = unusedOf(service);
  return [
    ...(unused?.names ?? []).flatMap((name) => {
      const suffix = name.slice(SERVICE_PREFIX.length);
      return readNlb.has(service, suffix)
        ? [atSuffix(service, suffix, unused?.reason ?? '', unused?.remedy ?? '')]
        : [];
    }),
    ...tooMany(service),
  ];
};

interface Unused {
  readonly names: readonly string[];
  readonly reason: string;
  readonly remedy: string;
}

function unusedOf(service: Service): Unused | undefined {
  const given = readNlb.has(service, GROUPS.slice(SERVICE_PREFIX.length));
  const none = readNlb.flag(service, DISABLE.slice(SERVICE_PREFIX.length)) === true;
  if (given && none) {
    const reason = `${DISABLE} says that the load balancer has none`;
    return { names: [GROUPS], reason, remedy: 'write one of the two' };
  }
  if (given) {
    return {
      names: [RANGES, LISTS, ICMP],
      reason: `the rules of ${GROUPS} say who may connect, and this is ignored`,
      remedy: `write it as a rule of those groups, or leave ${GROUPS} out for a group that the controller makes`,
    };
  }
  if (none) {
    return {
      names: [LISTS, ICMP, PRIVATE_LINK],
      reason: `it is a matter of security groups, and ${DISABLE} says that there are none`,
      remedy: 'remove one of the two',
    };
  }
  return readNlb.has(service, MANAGE.slice(SERVICE_PREFIX.length))
    ? {
        names: [MANAGE],
        reason: `without ${GROUPS} the controller makes the group and its rules always`,
        remedy: `write ${GROUPS} too, or remove it`,
      }
    : undefined;
}

function tooMany(service: Service): ObjectFinding[] {
  // The controller adds one of its own for the way to the nodes.
  const most = MOST_GROUPS - (readNlb.flag(service, MANAGE.slice(SERVICE_PREFIX.length)) === true ? 1 : 0);
  const suffix = GROUPS.slice(SERVICE_PREFIX.length);
  const count = readNlb.list(service, suffix)?.length ?? 0;
  if (count <= most) return [];
  return [
    atSuffix(service, suffix, `${count} are too many for a network interface`, `write at most ${most}`),
  ];
}
