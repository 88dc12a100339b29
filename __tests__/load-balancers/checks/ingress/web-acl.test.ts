import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model';
import { classOf, errors, ingress, only, path, rule, warnings } from './objects';

const V2 = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/4f1a';
const CLASSIC = '4f1a2b3c-1111-2222-3333-444455556666';
const here = { region: 'eu-west-1', account: '111122223333' };

describe('WAF Classic and WAFv2', () => {
  it('are not had together', () => {
    expect(only([ingress({ 'waf-acl-id': CLASSIC, 'wafv2-acl-arn': V2 })])).toMatchObject({
      prop: 'wafClassicAclId',
      value: CLASSIC,
      reason: 'the Ingress has a web ACL of WAFv2 too, and a load balancer takes one',
      remedy: 'leave the one of WAF Classic out',
    });
    expect(errors([ingress({ 'waf-acl-id': CLASSIC, 'wafv2-acl-name': 'shop' })])).toEqual([
      `waf-acl-id=${CLASSIC}`,
    ]);
    expect(errors([ingress({ 'waf-acl-id': 'none', 'wafv2-acl-arn': V2 })])).toEqual([]);
    expect(errors([ingress({ 'waf-acl-id': CLASSIC, 'wafv2-acl-arn': 'none' })])).toEqual([]);
    expect(errors([ingress({ 'waf-acl-id': CLASSIC })])).toEqual([]);
  });

  it('are not had together in a group or with a class', () => {
    const other = ingress(
      { 'group.name': 'shop', 'web-acl-id': CLASSIC },
      { name: 'api', rules: [rule(path('web', { path: '/api' }))] },
    );
    expect(errors([ingress({ 'group.name': 'shop', 'wafv2-acl-arn': V2 }), other])).toEqual([
      `web-acl-id=${CLASSIC}`,
    ]);
    expect(errors([other])).toEqual([]);
    expect(errors([ingress({ 'waf-acl-id': CLASSIC }), ...classOf({ wafv2AclArn: V2 })])).toEqual([
      `waf-acl-id=${CLASSIC}`,
    ]);
  });
});

describe('a web ACL', () => {
  it.each([
    ['of another region', 'arn:aws:wafv2:us-east-1:111122223333:regional/webacl/shop/4f1a'],
    ['of CloudFront scope', 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop/4f1a'],
    ['of another account', 'arn:aws:wafv2:eu-west-1:444455556666:regional/webacl/shop/4f1a'],
    ['by name', 'shop'],
    ['that is a rule group', 'arn:aws:wafv2:eu-west-1:111122223333:regional/rulegroup/shop/4f1a'],
  ])('%s is refused', (_, arn) => {
    expect(errors([ingress({ 'wafv2-acl-arn': arn })], here)).toEqual([`wafv2-acl-arn=${arn}`]);
    expect(errors([ingress(), ...classOf({ wafv2AclArn: arn })], here)).toEqual([
      `IngressClassParams spec.wafv2AclArn=${arn}`,
    ]);
  });

  it.each([V2, 'none', KNOWN_AFTER_APPLY])('%s is fine', (arn) => {
    expect(errors([ingress({ 'wafv2-acl-arn': arn })], here)).toEqual([]);
  });

  it('by name wins over one by ARN', () => {
    expect(warnings([ingress({ 'wafv2-acl-arn': V2, 'wafv2-acl-name': 'shop' })])).toEqual([
      `wafv2-acl-arn=${V2}`,
    ]);
  });
});
