import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model';
import { errors, ingress, only, service, warnings } from './objects';

describe('the name of an annotation', () => {
  it('is one that the controller knows', () => {
    expect(only([ingress({ schema: 'internal' })])).toMatchObject({
      annotation: 'alb.ingress.kubernetes.io/schema',
      prop: 'alb.ingress.kubernetes.io/schema',
      value: 'internal',
      reason: 'the controller knows no such annotation and would leave it out silently',
      remedy: 'write alb.ingress.kubernetes.io/scheme',
    });
    expect(errors([ingress({ scheme: 'internal' })])).toEqual([]);
    expect(errors([ingress({ 'something-else': 'x' })])).toEqual(['something-else=x']);
  });

  it('has the prefix of the controller', () => {
    expect(only([ingress({ 'alb.ingres.kubernetes.io/scheme': 'internal' })]).remedy).toBe(
      'write alb.ingress.kubernetes.io/scheme',
    );
    expect(
      errors([ingress({ 'nginx.ingress.kubernetes.io/scheme': 'x', 'example.com/scheme': 'x', note: 'x' })]),
    ).toEqual(['note=x']);
  });

  it('on an Ingress is not one for Network Load Balancers', () => {
    const name = 'service.beta.kubernetes.io/aws-load-balancer-scheme';
    expect(only([ingress({ [name]: 'internal' })])).toMatchObject({
      annotation: name,
      reason:
        'on an Ingress this annotation does nothing: it is for a Service of type LoadBalancer, which gets a Network Load Balancer',
    });
    expect(errors([ingress({ 'service.kubernetes.io/aws-load-balancer-scheme': 'internal' })])).toHaveLength(
      1,
    );
  });

  it('on a Service is not one for Ingresses', () => {
    expect(only([ingress(), service('web', { annotations: { scheme: 'internal' } })])).toMatchObject({
      kind: 'Service',
      ingress: 'shop/web',
      annotation: 'alb.ingress.kubernetes.io/scheme',
      reason: 'on a Service this annotation does nothing: the controller reads it on an Ingress only',
      remedy: 'move it to the Ingress',
    });
    expect(
      errors([ingress(), service('web', { annotations: { 'target-type': 'instance', tags: 'a=b' } })]),
    ).toEqual([]);
  });

  it('on a Service may be of others', () => {
    const annotations = {
      'service.beta.kubernetes.io/azure-load-balancer-internal': 'true',
      'service.kubernetes.io/topology-mode': 'Auto',
    };
    expect(errors([ingress(), service('web', { annotations })])).toEqual([]);
    expect(
      errors([
        ingress(),
        service('web', { annotations: { 'service.beta.kubernetes.io/aws-load-balancer-schema': 'x' } }),
      ]),
    ).toEqual(['Service service.beta.kubernetes.io/aws-load-balancer-schema=x']);
  });

  it('may be an older one, or the controller’s own', () => {
    expect(warnings([ingress({ 'web-acl-id': 'none' })])).toEqual(['web-acl-id=none']);
    expect(warnings([ingress({ 'dry-run-plan': '{}' })])).toEqual(['dry-run-plan={}']);
  });
});

describe('the value of an annotation', () => {
  it.each([
    ['group.order', 'first', '1'],
    ['auth-session-timeout', '1h', '3600'],
    ['shield-advanced-protection', 'yes', 'true'],
    ['tags', 'team', 'team=a'],
    ['listener-attributes.HTTP-80', 'x', ''],
    ['transforms.web', '{', '[]'],
    ['scheme', 'public', 'internal'],
    ['ip-address-type', 'ipv6', 'dualstack'],
    ['backend-protocol', 'http', 'HTTP'],
    ['target-type', 'nodes', 'instance'],
  ])('%s is not %s', (name, wrong, right) => {
    expect(errors([ingress({ [name]: wrong })])).toEqual([`${name}=${wrong}`]);
    expect(errors([ingress({ [name]: right })])).toEqual([]);
    expect(errors([ingress({ [name]: KNOWN_AFTER_APPLY })])).toEqual([]);
  });

  it('says what it should be', () => {
    expect(only([ingress({ 'backend-protocol': 'http' })])).toMatchObject({
      prop: 'targetGroup.backendProtocol',
      reason: 'it must be one of HTTP, HTTPS',
      remedy: "write 'HTTP'",
    });
    expect(only([ingress({ 'group.order': 'first' })]).remedy).toBe('write a whole number');
  });
});
