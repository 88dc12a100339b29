import { type Service } from '../../model';
import { type CheckContext } from '../context';
import { atSuffix, type ObjectFinding } from '../finding';
import { type Check, isDualStack, serviceListenersOf, readNlb, knownSchemeOf } from './read';

const EIPS = 'aws-load-balancer-eip-allocations';
const IPV4 = 'aws-load-balancer-private-ipv4-addresses';
const IPV6 = 'aws-load-balancer-ipv6-addresses';
const SUBNETS = 'aws-load-balancer-subnets';
const SOURCE_NAT = 'aws-load-balancer-enable-prefix-for-ipv6-source-nat';
const PREFIXES = 'aws-load-balancer-source-nat-ipv6-prefixes';
const ADDRESS_TYPE = 'aws-load-balancer-ip-address-type';

/** Addresses are of the load balancer's scheme and family, one a subnet. */
export const loadBalancerAddresses: Check = (service, context) => [
  ...schemes(service),
  ...families(service, context),
  ...[EIPS, IPV4, IPV6, PREFIXES].flatMap((suffix) => counted(service, suffix, context)),
  ...discovery(service, context),
];

function schemes(service: Service): ObjectFinding[] {
  const scheme = knownSchemeOf(service);
  return [
    ...(readNlb.has(service, EIPS) && scheme === 'internal'
      ? [
          atSuffix(
            service,
            EIPS,
            'an internal load balancer has no public addresses',
            "write scheme: 'internet-facing', or privateIpv4Addresses",
          ),
        ]
      : []),
    ...(readNlb.has(service, IPV4) && scheme === 'internet-facing'
      ? [
          atSuffix(
            service,
            IPV4,
            'an internet-facing load balancer takes no private addresses',
            "write scheme: 'internal', or eipAllocations",
          ),
        ]
      : []),
  ];
}

function families(service: Service, { dualStack }: CheckContext): ObjectFinding[] {
  const isDual = isDualStack(service);
  if (isDual === undefined) return [];
  const needDual = [IPV6, PREFIXES, ...(readNlb.text(service, SOURCE_NAT) === 'on' ? [SOURCE_NAT] : [])];
  if (!isDual) {
    return needDual
      .filter((suffix) => readNlb.has(service, suffix))
      .map((suffix) =>
        atSuffix(
          service,
          suffix,
          'the load balancer has no IPv6 addresses',
          "write ipAddressType: 'dualstack', or remove it",
        ),
      );
  }
  return [
    ...(dualStack === false
      ? [atSuffix(service, ADDRESS_TYPE, 'the subnets have no IPv6 addresses', "write 'ipv4'")]
      : []),
    ...(readNlb.has(service, PREFIXES) && readNlb.text(service, SOURCE_NAT) !== 'on'
      ? [
          atSuffix(
            service,
            PREFIXES,
            'they are the addresses from which prefixForIpv6SourceNat sends, and it is off',
            'write prefixForIpv6SourceNat: true',
          ),
        ]
      : []),
    ...(serviceListenersOf(service).some(({ protocol }) => /UDP/.test(protocol)) &&
    !readNlb.has(service, SOURCE_NAT)
      ? [
          atSuffix(
            service,
            ADDRESS_TYPE,
            'a dualstack load balancer listens to UDP only with IPv6 prefixes for source NAT',
            "write prefixForIpv6SourceNat: true, or ipAddressType: 'ipv4'",
          ),
        ]
      : []),
  ];
}

/** The controller matches them with the subnets, and takes neither more nor fewer. */
function counted(service: Service, suffix: string, { discoveredSubnets }: CheckContext): ObjectFinding[] {
  const count = readNlb.list(service, suffix)?.length;
  if (count === undefined) return [];
  const named = readNlb.list(service, SUBNETS)?.length;
  const scheme = knownSchemeOf(service);
  const discovered =
    readNlb.has(service, SUBNETS) || (scheme !== 'internal' && scheme !== 'internet-facing')
      ? undefined
      : discoveredSubnets?.[scheme];
  const wanted = named ?? discovered;
  if (wanted === undefined || wanted === count) return [];
  const subnets = named === undefined ? `${wanted} discovered` : `${wanted} in subnets`;
  return [
    atSuffix(
      service,
      suffix,
      `${count} for ${subnets}, and each subnet must have one`,
      `write ${wanted}, in the order of the subnets`,
    ),
  ];
}

function discovery(service: Service, { discoveredSubnets }: CheckContext): ObjectFinding[] {
  const scheme = knownSchemeOf(service);
  if (readNlb.has(service, SUBNETS) || (scheme !== 'internal' && scheme !== 'internet-facing')) return [];
  if (discoveredSubnets?.[scheme] !== 0) return [];
  return [
    atSuffix(
      service,
      'aws-load-balancer-scheme',
      `the network has no ${scheme === 'internal' ? 'private' : 'public'} subnets`,
      `write ${scheme === 'internal' ? 'subnets' : "'internal'"}, or give the network some`,
    ),
  ];
}
