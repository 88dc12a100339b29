import { describe, expect, it } from '@jest/globals';
import { isCidr, networkOf } from '../../../load-balancers/model/cidr';

describe('a block', () => {
  it.each(['10.0.0.0/8', '0.0.0.0/0', '10.1.2.3/32', '::/0', '2001:db8::/128', '::ffff:10.0.0.0/104'])(
    'is %s',
    (cidr) => {
      expect(isCidr(cidr)).toBe(true);
    },
  );

  it.each([
    '',
    '10.0.0.0',
    '10.0.0/8',
    '10.0.0.0/33',
    '10.0.0.0/',
    '010.0.0.0/8',
    '::/129',
    ':::/0',
    'fe80::%e/64',
  ])('is not %j', (cidr) => {
    expect(isCidr(cidr)).toBe(false);
  });
});

describe('the network of a block', () => {
  it.each([
    ['10.0.0.0/8', undefined],
    ['10.1.2.3/12', '10.0.0.0/12'],
    ['10.1.2.255/25', '10.1.2.128/25'],
    ['::/0', undefined],
    ['::1/0', '::/0'],
    ['2001:db8::1/32', '2001:db8::/32'],
    ['2001:db8:0:0:1:0:0:1/127', '2001:db8:0:0:1::/127'],
    ['1:0:0:2:0:0:0:3/112', '1:0:0:2::/112'],
    ['10:0:0:1:2:3:4:5/127', '10::1:2:3:4:4/127'],
    ['1:2:3:4:5:6:7:8/124', '1:2:3:4:5:6:7:0/124'],
    ['::10.0.0.1/120', '::a00:0/120'],
  ])('%s is %s', (cidr, network) => {
    expect(networkOf(cidr)).toBe(network);
  });
});
