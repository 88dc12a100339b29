import { expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../load-balancers/model';
import { generatedName } from '../../../load-balancers/model/generated-name';

/** From the controller's own tests. @see pkg/ingress/model_build_load_balancer_test.go at v3.5.0 */
it.each([
  ['awesome-ns/ing-1', 'internet-facing', 'k8s-awesomen-ing1-43b698093c'],
  ['explicit-group', 'internal', 'k8s-explicitgroup-5bf9e53c23'],
])('the name of %s, %s, is the controller’s', (id, scheme, name) => {
  expect(generatedName('', id, scheme)).toBe(name);
});

it('isn’t known without the name of the cluster, or the scheme', () => {
  expect(generatedName(undefined, 'shop/app', 'internal')).toBe(KNOWN_AFTER_APPLY);
  expect(generatedName('dev', 'shop/app', KNOWN_AFTER_APPLY)).toBe(KNOWN_AFTER_APPLY);
});
