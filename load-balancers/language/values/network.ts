import { isIPv4, isIPv6 } from 'node:net';
import { isCidr, networkOf } from '../../model';
import { list } from '../collections';
import { type AnyKind } from '../kind';
import { text, like, id } from '../text';

/**
 * A network. One with bits set outside its prefix is none to the controller's webhook; of an annotation, EC2 keeps the
 * network alone, and the controller, which compares texts, would make the rule again for ever.
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/webhooks/elbv2/ingressclassparams_validator.go
 */
const network = text('IPv4 or IPv6 network, without bits outside its prefix', (value) => {
  const example = 'write a network such as 203.0.113.0/24 or 2001:db8::/32';
  const bits = isIPv4(value) ? 32 : isIPv6(value) ? 128 : undefined;
  if (!isCidr(value))
    return { reason: 'not an IP network', remedy: bits === undefined ? example : `write '${value}/${bits}'` };
  const meant = networkOf(value);
  return meant === undefined
    ? undefined
    : {
        reason: `AWS makes ${meant} of it, which the controller takes for another network: it fails to make the rule a second time, and applies no later change`,
        remedy: `write '${meant}'`,
      };
});

const ipv4Network = text(
  'IPv4 network',
  like(/^[\d.]+\/\d+$/, 'not an IPv4 network', "write one such as '203.0.113.0/24'"),
  (value) => network.judge(value)[0],
);

/** Lists become text between commas, and spaces around an entry are lost. */
const entry = (prefix: string, what: string) =>
  like(
    /^(?!\s)[^,]+(?<!\s)$/,
    'commas and spaces at either end are lost in an annotation',
    `write the id of ${what} such as ${prefix}-0123456789abcdef0, or the value of its tag 'Name', without commas and without spaces at either end`,
  );

/** Networks, and what AWS has of them by its id. */
export const NETWORK = {
  network,
  networks: list(network),
  ipv4Networks: list(ipv4Network),
  prefixLists: list(id('pl', 'a prefix list')),
  eipAllocations: list(id('eipalloc', 'an Elastic IP address')),
  privateIpv4Addresses: list(
    text('IPv4 address', (value) =>
      isIPv4(value) ? undefined : { reason: 'not an IPv4 address', remedy: 'write one such as 10.0.1.10' },
    ),
  ),
  ipv6Addresses: list(
    text('IPv6 address', (value) =>
      isIPv6(value) ? undefined : { reason: 'not an IPv6 address', remedy: 'write one such as 2001:db8::10' },
    ),
  ),
  sourceNatPrefixes: list(
    text('IPv6 network of 80 bits, or auto_assigned', (value) =>
      value === 'auto_assigned' || (value.endsWith('/80') && isIPv6(value.slice(0, -3)))
        ? undefined
        : {
            reason: 'not an IPv6 network of 80 bits',
            remedy: 'write one such as 2001:db8:1:2:3::/80, or auto_assigned',
          },
    ),
  ),
  subnets: list(
    text(
      'id of a subnet, or the value of its tag Name',
      entry('subnet', 'a subnet'),
      like(
        /^(?!subnet-)|^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/,
        'not the id of a subnet',
        'write one such as subnet-0123456789abcdef0',
      ),
    ),
  ),
  securityGroups: list(
    text(
      'id of a security group, or the value of its tag Name',
      entry('sg', 'a security group'),
      like(
        /^(?!sg-)|^sg-([0-9a-f]{8}|[0-9a-f]{17})$/,
        'not the id of a security group',
        'write one such as sg-0123456789abcdef0',
      ),
    ),
  ),
  securityGroupId: id('sg', 'a security group'),
  vpcId: id('vpc', 'a VPC'),
  coipPool: text(
    'id of a customer-owned pool',
    like(
      /^ipv4pool-coip-[0-9a-f]+$/,
      'not the id of a pool of addresses of an Outpost',
      'write the id of a pool such as ipv4pool-coip-0123456789abcdef0',
    ),
  ),
  ipamPool: text(
    'id of a pool of IPAM',
    like(
      /^ipam-pool-[0-9a-f]+$/,
      'not the id of a pool of IPAM',
      'write the id of a pool such as ipam-pool-0123456789abcdef0',
    ),
  ),
} as const satisfies Readonly<Record<string, AnyKind>>;
