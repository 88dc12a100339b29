import { describe, expect, it } from '@jest/globals';
import { loadBalancerOf, refusalOf, UNKNOWN, type Annotations } from './given';

const mappingsOf = (annotations: Annotations) => loadBalancerOf(annotations).SubnetMappings;

const PUBLIC = { scheme: 'internet-facing' };
const DUALSTACK = { 'ip-address-type': 'dualstack' };
const TWO = { subnets: 'subnet-1, private-b' };
const SOURCE_NAT = { ...DUALSTACK, 'enable-prefix-for-ipv6-source-nat': 'on' };

describe('subnet mappings', () => {
  it('are one unknown entry where subnets are discovered', () => {
    expect(mappingsOf({})).toEqual([{ SubnetId: UNKNOWN }]);
  });

  it('have ids and names as written', () => {
    expect(mappingsOf(TWO)).toEqual([{ SubnetId: 'subnet-1' }, { SubnetId: 'private-b' }]);
  });

  it('are refused for an empty list', () => {
    expect(refusalOf({ subnets: ' , ' })).toBe('unable to resolve at least one subnet');
  });

  it('have static addresses in the order of the subnets', () => {
    expect(mappingsOf({ ...PUBLIC, ...TWO, 'eip-allocations': 'eip-1,eip-2' })).toEqual([
      { SubnetId: 'subnet-1', AllocationId: 'eip-1' },
      { SubnetId: 'private-b', AllocationId: 'eip-2' },
    ]);
    expect(mappingsOf({ ...PUBLIC, 'eip-allocations': 'eip-1,eip-2' })).toEqual([
      { SubnetId: UNKNOWN, AllocationId: 'eip-1' },
      { SubnetId: UNKNOWN, AllocationId: 'eip-2' },
    ]);
  });

  it('have private addresses where it is clear which subnet each is of', () => {
    expect(mappingsOf({ subnets: 'subnet-1', 'private-ipv4-addresses': '10.0.0.9' })).toEqual([
      { SubnetId: 'subnet-1', PrivateIPv4Address: '10.0.0.9' },
    ]);
    expect(mappingsOf({ 'private-ipv4-addresses': '10.0.0.9,10.0.1.9' })).toEqual([
      { SubnetId: UNKNOWN, PrivateIPv4Address: '10.0.0.9' },
      { SubnetId: UNKNOWN, PrivateIPv4Address: '10.0.1.9' },
    ]);
    expect(mappingsOf({ ...TWO, 'private-ipv4-addresses': '10.0.0.9,10.0.1.9' })).toEqual([
      { SubnetId: 'subnet-1', PrivateIPv4Address: UNKNOWN },
      { SubnetId: 'private-b', PrivateIPv4Address: UNKNOWN },
    ]);
  });

  it('have IPv6 addresses in their short form', () => {
    const addresses = '2001:DB8:1::0:1,2001:db8:2:0::1,::ffff:10.0.0.1';
    expect(mappingsOf({ ...DUALSTACK, 'ipv6-addresses': addresses })).toEqual([
      { SubnetId: UNKNOWN, IPv6Address: '2001:db8:1::1' },
      { SubnetId: UNKNOWN, IPv6Address: '2001:db8:2::1' },
      { SubnetId: UNKNOWN, IPv6Address: '::ffff:10.0.0.1' },
    ]);
  });

  it('have prefixes for source NAT', () => {
    const prefixes = { 'source-nat-ipv6-prefixes': 'auto_assigned,2001:db8:1::/80' };
    expect(mappingsOf({ ...SOURCE_NAT, ...TWO, ...prefixes })).toEqual([
      { SubnetId: 'subnet-1', SourceNatIpv6Prefix: 'auto_assigned' },
      { SubnetId: 'private-b', SourceNatIpv6Prefix: '2001:db8:1::/80' },
    ]);
  });

  it('may be unknown, and what depends on them is not refused', () => {
    expect(mappingsOf({ subnets: UNKNOWN, ...PUBLIC, 'eip-allocations': 'eip-1,eip-2' })).toEqual([
      { SubnetId: UNKNOWN, AllocationId: 'eip-1' },
    ]);
    expect(mappingsOf({ ...TWO, ...PUBLIC, 'eip-allocations': UNKNOWN })).toEqual([
      { SubnetId: 'subnet-1', AllocationId: UNKNOWN },
      { SubnetId: 'private-b', AllocationId: UNKNOWN },
    ]);
    expect(
      mappingsOf({ scheme: UNKNOWN, 'eip-allocations': 'eip-1', 'private-ipv4-addresses': UNKNOWN }),
    ).toEqual([{ SubnetId: UNKNOWN, AllocationId: 'eip-1', PrivateIPv4Address: UNKNOWN }]);
    const unknown = {
      'ip-address-type': UNKNOWN,
      'enable-prefix-for-ipv6-source-nat': UNKNOWN,
      'ipv6-addresses': UNKNOWN,
      'source-nat-ipv6-prefixes': UNKNOWN,
    };
    expect(mappingsOf({ ...TWO, ...unknown })).toEqual([
      { SubnetId: 'subnet-1', IPv6Address: UNKNOWN, SourceNatIpv6Prefix: UNKNOWN },
      { SubnetId: 'private-b', IPv6Address: UNKNOWN, SourceNatIpv6Prefix: UNKNOWN },
    ]);
  });
});

describe('refused', () => {
  const PREFIXES = 'source-nat-ipv6-prefixes';

  it.each([
    [{ 'eip-allocations': 'eip-1' }, 'EIP allocations can only be set for internet facing load balancers'],
    [
      { ...PUBLIC, ...TWO, 'eip-allocations': 'eip-1' },
      'count of EIP allocations (1) and subnets (2) must match',
    ],
    [
      { ...PUBLIC, 'private-ipv4-addresses': '10.0.0.9' },
      'private IPv4 addresses can only be set for internal load balancers',
    ],
    [
      { ...TWO, 'private-ipv4-addresses': '10.0.0.9' },
      'count of private IPv4 addresses (1) and subnets (2) must match',
    ],
    [
      { 'private-ipv4-addresses': '10.0.0.9,10.0.1' },
      'private IPv4 addresses must be valid IP address: 10.0.1',
    ],
    [
      { 'private-ipv4-addresses': '2001:db8::1' },
      'private IPv4 addresses must be valid IPv4 address: 2001:db8::1',
    ],
    [{ 'ipv6-addresses': '2001:db8::1' }, 'IPv6 addresses can only be set for dualstack load balancers'],
    [
      { ...DUALSTACK, ...TWO, 'ipv6-addresses': '2001:db8::1' },
      'count of IPv6 addresses (1) and subnets (2) must match',
    ],
    [{ ...DUALSTACK, 'ipv6-addresses': 'x' }, 'IPv6 addresses must be valid IP address: x'],
    [{ ...DUALSTACK, 'ipv6-addresses': '10.0.0.9' }, 'IPv6 addresses must be valid IPv6 address: 10.0.0.9'],
    [
      { [PREFIXES]: 'auto_assigned' },
      'source-nat-ipv6-prefixes annotation can only be set for Network Load Balancers using Dualstack IP address type.',
    ],
    [
      { ...DUALSTACK, [PREFIXES]: 'auto_assigned' },
      'source-nat-ipv6-prefixes annotation is only applicable if enable-prefix-for-ipv6-source-nat annotation is set to on.',
    ],
    [
      { ...SOURCE_NAT, ...TWO, [PREFIXES]: 'auto_assigned' },
      'Number of values in source-nat-ipv6-prefixes (1) must match the number of subnets (2).',
    ],
    [{ ...SOURCE_NAT, [PREFIXES]: '2001:db8::' }, 'Invalid value in source-nat-ipv6-prefixes: 2001:db8::.'],
    [
      { ...SOURCE_NAT, [PREFIXES]: '2001:db8::/64' },
      'Invalid value in source-nat-ipv6-prefixes: 2001:db8::/64. Prefix length must be 80, but 64 is specified.',
    ],
    [
      { ...SOURCE_NAT, [PREFIXES]: '10.0.0.0/80' },
      'Invalid value in source-nat-ipv6-prefixes: 10.0.0.0/80. Value must be a valid IPv6 CIDR.',
    ],
  ])('%j', (annotations, message) => {
    expect(refusalOf(annotations)).toBe(message);
  });

  it('none at all, whichever subnets are discovered', () => {
    expect(refusalOf({ 'private-ipv4-addresses': '' })).toBe(
      `count of private IPv4 addresses (0) and subnets (${UNKNOWN}) must match`,
    );
  });
});
