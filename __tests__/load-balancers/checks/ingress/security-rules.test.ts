import { describe, expect, it } from '@jest/globals';
import { check, errors, ingress, only, warnings } from './objects';

const networks = (count: number) =>
  Array.from({ length: count }, (_, index) => `198.51.${index}.0/24`).join();
const from = (cidrs: string, more = {}) => ingress({ 'inbound-cidrs': cidrs, ...more });

describe('the security group of a load balancer', () => {
  it('has 60 inbound rules of a family at most', () => {
    const twoPorts = { 'listen-ports': '[{"HTTP":80},{"HTTP":8080}]' };
    expect(only([from(networks(31), twoPorts)])).toMatchObject({
      value: '62',
      reason: expect.stringContaining('62 inbound rules of IPv4') as unknown,
    });
    expect(check([from(networks(30), twoPorts)])).toEqual([]);
    expect(check([from(networks(31), twoPorts)], { quotas: { rulesPerSecurityGroup: 100 } })).toEqual([]);
  });

  it('takes networks without host bits', () => {
    expect(only([from('10.1.2.3/16')])).toMatchObject({
      value: '10.1.2.3/16',
      remedy: "write '10.1.0.0/16'",
    });
    expect(errors([from('10.1.0.0/16')])).toEqual([]);
  });

  it('leaves out networks of IPv6 where the load balancer has none', () => {
    expect(warnings([from('10.0.0.0/8,2001:db8::/32')])).toEqual(['inbound-cidrs=2001:db8::/32']);
    expect(errors([from('2001:db8::/32')])).toEqual(['inbound-cidrs=2001:db8::/32']);
    expect(check([from('2001:db8::/32', { 'ip-address-type': 'dualstack' })])).toEqual([]);
  });
});
