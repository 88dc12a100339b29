import { expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model';
import { classOf, errors, ingress, only } from './objects';

it.each([
  ['x'.repeat(33), 'x'.repeat(32)],
  ['internal-shop', 'internals-shop'],
  ['shop_web', 'shop-web'],
  ['-shop', 'shop'],
  ['shop-', 'Shop1'],
  ['shop.web', KNOWN_AFTER_APPLY],
])('a load balancer is not called %s, but may be called %s', (wrong, right) => {
  expect(errors([ingress({ 'load-balancer-name': wrong })])).toEqual([`load-balancer-name=${wrong}`]);
  expect(errors([ingress({ 'load-balancer-name': right })])).toEqual([]);
  expect(errors([ingress(), ...classOf({ loadBalancerName: wrong })])).toEqual([
    `IngressClassParams spec.loadBalancerName=${wrong}`,
  ]);
});

it('a name comes with one to write in its place', () => {
  expect(only([ingress({ 'load-balancer-name': 'internal-shop' })])).toMatchObject({
    prop: 'loadBalancerName',
    reason: "AWS keeps names that begin with 'internal-' for itself",
    remedy: "write a name that does not begin with 'internal-', such as 'shop'",
  });
  expect(only([ingress({ 'load-balancer-name': 'shop_web' })]).remedy).toBe(
    "write letters, digits and hyphens, with no hyphen at either end, such as 'shop-web'",
  );
});
