import { type Service } from '../../model';
import { type CheckContext } from '../context';
import { atSuffix, type ObjectFinding } from '../finding';
import { namedService } from '../read';
import { type Check, isDualStack, knownSchemeOf, readNlb, serviceListenersOf } from './read';

const SUBNETS = 'aws-load-balancer-subnets';
const SOURCE_NAT = 'aws-load-balancer-enable-prefix-for-ipv6-source-nat';
const ADDRESS_TYPE = 'aws-load-balancer-ip-address-type';
/** Lists of addresses, which have one for each subnet. */
const ADDRESSES = [
  'aws-load-balancer-eip-allocations',
  'aws-load-balancer-private-ipv4-addresses',
  'aws-load-balancer-ipv6-addresses',
  'aws-load-balancer-source-nat-ipv6-prefixes',
];

/** Addresses are of the network's family, one a subnet. */
export const loadBalancerAddresses: Check = (service, context) => [
  ...families(service, context),
  ...discovered(service, context),
];

function* families(service: Service, context: CheckContext): Iterable<ObjectFinding> {
  if (isDualStack(service) !== true) return;
  if (context.dualStack === false)
    yield atSuffix(service, ADDRESS_TYPE, 'the subnets have no IPv6 addresses', "write 'ipv4'");
  if (
    serviceListenersOf(service, context).some(({ protocol }) => /UDP/.test(protocol)) &&
    !readNlb.has(service, SOURCE_NAT)
  )
    yield atSuffix(
      service,
      ADDRESS_TYPE,
      'a dualstack load balancer listens to UDP only with IPv6 prefixes for source NAT',
      `write ${namedService('enable-prefix-for-ipv6-source-nat')}: on, or ${namedService('ip-address-type')}: ipv4`,
    );
}

/** What the controller finds where no subnets are named: some, and as many as there are addresses. */
function* discovered(service: Service, { discoveredSubnets }: CheckContext): Iterable<ObjectFinding> {
  const scheme = knownSchemeOf(service);
  if (readNlb.has(service, SUBNETS) || (scheme !== 'internal' && scheme !== 'internet-facing')) return;
  const count = discoveredSubnets?.[scheme];
  if (count === undefined) return;
  const isInternal = scheme === 'internal';
  if (count === 0)
    yield atSuffix(
      service,
      'aws-load-balancer-scheme',
      `the network has no ${isInternal ? 'private' : 'public'} subnets`,
      `write ${isInternal ? namedService('subnets') : "'internal'"}, or give the network some`,
    );
  for (const suffix of ADDRESSES) {
    const given = readNlb.list(service, suffix)?.length;
    if (given !== undefined && given !== count)
      yield atSuffix(
        service,
        suffix,
        `${given} for ${count} discovered, and each subnet must have one`,
        `write ${count}, in the order of the subnets`,
      );
  }
}
