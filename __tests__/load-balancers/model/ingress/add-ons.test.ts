import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model';
import { albOf, annotationSource, grouped, messageOf, paramsSource, refusalOf } from '../built';

const ARN = 'arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/web/1';

it('without a word a load balancer’s protection stays as it is', () => {
  const alb = albOf({});
  expect(alb).not.toHaveProperty('WebAclArn');
  expect(alb).not.toHaveProperty('WebAclId');
  expect(alb).not.toHaveProperty('ShieldProtection');
});

describe('a web ACL', () => {
  it('is given by ARN', () => {
    const alb = albOf(grouped({ 'wafv2-acl-arn': ARN }, {}, { 'wafv2-acl-arn': ARN }));
    expect(alb.WebAclArn).toBe(ARN);
    expect(alb.Origin['WebAclArn']).toHaveLength(2);
  });

  it.each(['', 'none'])('is taken away by %j', (value) => {
    expect(albOf({ 'wafv2-acl-arn': value }).WebAclArn).toBe('none');
  });

  it('by name can’t be known before, and wins over one by ARN', () => {
    const alb = albOf(grouped({ 'wafv2-acl-arn': ARN }, { 'wafv2-acl-name': 'web' }));
    expect(alb.WebAclArn).toBe(KNOWN_AFTER_APPLY);
    expect(alb.Origin['WebAclArn']).toEqual([annotationSource('wafv2-acl-name', 'b')]);
    expect(albOf({ 'wafv2-acl-arn': ARN, 'wafv2-acl-name': 'none' }).WebAclArn).toBe('none');
    expect(albOf({ 'wafv2-acl-arn': ARN, 'wafv2-acl-name': '' }).WebAclArn).toBe(ARN);
  });

  it('is that of the class first', () => {
    const alb = albOf({ 'wafv2-acl-arn': 'arn:other' }, { params: { wafv2AclArn: ARN } });
    expect(alb.WebAclArn).toBe(ARN);
    expect(alb.Origin['WebAclArn']).toEqual([paramsSource('wafv2AclArn')]);
    const named = albOf({ 'wafv2-acl-name': 'web' }, { params: { wafv2AclName: 'none' } });
    expect(named.WebAclArn).toBe('none');
  });

  it('is one in a group', () => {
    expect(refusalOf(grouped({ 'wafv2-acl-arn': 'arn:b' }, { 'wafv2-acl-arn': 'arn:a' }))).toMatchObject({
      Message: 'conflicting WAFv2 WebACL ARNs: [arn:a arn:b]',
      Source: annotationSource('wafv2-acl-arn', 'b'),
    });
    expect(messageOf(grouped({ 'wafv2-acl-name': 'b' }, { 'wafv2-acl-name': 'a' }))).toBe(
      'conflicting WAFv2 WebACL names: [a b]',
    );
  });

  it('of WAF classic is given by id, under either name', () => {
    expect(albOf({ 'waf-acl-id': 'new', 'web-acl-id': 'old' }).WebAclId).toBe('new');
    expect(albOf({ 'web-acl-id': 'old' }).WebAclId).toBe('old');
    expect(albOf({ 'waf-acl-id': 'none' }).WebAclId).toBe('none');
    expect(albOf({ 'waf-acl-id': '', 'web-acl-id': 'old' })).not.toHaveProperty('WebAclId');
    expect(albOf({ 'web-acl-id': 'old' }).Origin['WebAclId']).toEqual([annotationSource('web-acl-id')]);
  });

  it('of WAF classic is one in a group', () => {
    expect(messageOf(grouped({ 'waf-acl-id': 'b' }, { 'web-acl-id': 'a' }))).toBe(
      'conflicting WAFClassic WebACL IDs: [a b]',
    );
  });
});

describe('Shield', () => {
  const shield = (value: string) => ({ 'shield-advanced-protection': value });

  it('protects or not', () => {
    expect(albOf(grouped(shield('true'), shield('1'), {})).ShieldProtection).toBe(true);
    expect(albOf(shield('false')).ShieldProtection).toBe(false);
    expect(albOf(shield(KNOWN_AFTER_APPLY)).ShieldProtection).toBe(KNOWN_AFTER_APPLY);
  });

  it('can’t do both', () => {
    expect(messageOf(grouped(shield('true'), shield('false')))).toBe(
      'conflicting enable shield advanced protection',
    );
    expect(messageOf(shield('on'))).toContain('failed to parse bool annotation');
  });
});
