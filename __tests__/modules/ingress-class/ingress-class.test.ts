import { describe, expect, it } from '@jest/globals';
import { Release } from '@cdktf/provider-helm/lib/release';
import { IngressClassV1 } from '@cdktf/provider-kubernetes/lib/ingress-class-v1';
import { AlbIngressClass, type AlbIngressClassProps } from '../../../modules/ingress-class';
import { Synthesized } from '../../support/synthesized';

const synthesized = (props: Partial<AlbIngressClassProps> = {}) =>
  Synthesized.of((stack) => new AlbIngressClass(stack, 'class', { name: 'alb', ...props }));
const manifests = (stack: Synthesized) =>
  (JSON.parse((stack.one('helm_release').values as string[])[0] ?? '') as { manifests: unknown[] }).manifests;

describe('AlbIngressClass', () => {
  const stack = synthesized();

  it('is served by the controller, with parameters of its own name', () => {
    expect(stack.json).toHaveResourceWithProperties(IngressClassV1, {
      metadata: { name: 'alb' },
      spec: {
        controller: 'ingress.k8s.aws/alb',
        parameters: [{ api_group: 'elbv2.k8s.aws', kind: 'IngressClassParams', name: 'alb' }],
      },
    });
    expect(manifests(stack)).toEqual([
      {
        apiVersion: 'elbv2.k8s.aws/v1beta1',
        kind: 'IngressClassParams',
        metadata: { name: 'alb' },
        spec: {},
      },
    ]);
  });

  it('is destroyed before its parameters', () => {
    const { address } = stack.one('kubernetes_ingress_class_v1');
    expect(stack.follows(address, stack.one('helm_release').address)).toBe(true);
  });

  it('installs the parameters by a chart that needs no API server to plan', () => {
    expect(stack.types()).not.toContain('kubernetes_manifest');
    expect(stack.json).toHaveResourceWithProperties(Release, {
      name: 'ingress-class-params-alb',
      namespace: 'kube-system',
      chart: expect.stringMatching(/^\.\/assets\/class_params_chart_\w+\/\w+$/),
      wait: true,
    });
  });

  it('is nobody’s default unless asked', () => {
    const metadata = (of: Synthesized) => of.one('kubernetes_ingress_class_v1').metadata;
    expect(metadata(stack)).not.toHaveProperty('annotations');
    expect(metadata(synthesized({ isDefault: true }))).toMatchObject({
      annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' },
    });
  });

  it('passes the parameters on', () => {
    const params = {
      scheme: 'internal',
      certificateArn: ['arn:aws:acm:eu-west-1:111122223333:certificate/x'],
    } as const;
    expect(manifests(synthesized({ params }))).toMatchObject([{ spec: params }]);
  });

  it('refuses parameters that the controller would', () => {
    expect(() => synthesized({ params: { subnets: { ids: ['a'] }, sslRedirectPort: '0' } })).toThrow(
      /^IngressClassParams alb: 2 problems\n {2}subnets\.ids\.0 = "a": .+\n {2}sslRedirectPort = "0": /,
    );
  });

  it('of Auto Mode is another API, which names certificates otherwise', () => {
    const params = {
      scheme: 'internal',
      certificateArn: ['arn:aws:acm:eu-west-1:111122223333:certificate/x'],
    } as const;
    const auto = synthesized({ controller: 'auto-mode', params });
    expect(auto.json).toHaveResourceWithProperties(IngressClassV1, {
      spec: expect.objectContaining({
        controller: 'eks.amazonaws.com/alb',
        parameters: [{ api_group: 'eks.amazonaws.com', kind: 'IngressClassParams', name: 'alb' }],
      }),
    });
    expect(manifests(auto)).toMatchObject([{ apiVersion: 'eks.amazonaws.com/v1' }]);
    expect(manifests(auto)).toHaveProperty('0.spec', {
      scheme: 'internal',
      certificateARNs: ['arn:aws:acm:eu-west-1:111122223333:certificate/x'],
    });
    expect(manifests(synthesized({ controller: 'auto-mode' }))).toHaveProperty('0.spec', {});
  });

  it('of Auto Mode has another name for tags of subnets', () => {
    const params = { subnets: { tags: { tier: ['edge'] } } };
    expect(manifests(synthesized({ controller: 'auto-mode', params }))).toHaveProperty('0.spec', {
      subnets: { matchTags: [{ key: 'tier', values: ['edge'] }] },
    });
  });

  it('of Auto Mode redirects by what Ingresses say', () => {
    const params = { sslRedirectPort: '443' };
    expect(() => synthesized({ controller: 'auto-mode', params })).toThrow(
      'sslRedirectPort "443" is no field',
    );
  });

  it('of Auto Mode sets no attributes of listeners', () => {
    const listenerAttributes = [{ key: 'routing.http.response.server.enabled', value: 'false' }];
    const params = { listeners: [{ protocol: 'HTTPS', port: 443, listenerAttributes }] } as const;
    expect(() => synthesized({ controller: 'auto-mode', params })).toThrow('listeners [{');
  });

  it('of Auto Mode has no field for a web ACL', () => {
    const params = { wafv2AclArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/x/y' };
    expect(() => synthesized({ controller: 'auto-mode', params })).toThrow(
      'wafv2AclArn "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/x/y" is no field',
    );
    expect(manifests(synthesized({ params }))).toMatchObject([{ spec: params }]);
  });

  it('refuses parameters that AWS would refuse', () => {
    const params = { sslPolicy: 'nonsense', certificateArn: ['x'] };
    const make = () => synthesized({ params });
    expect(make).toThrow(/IngressClassParams alb: 2 problems/);
    expect(make).toThrow('sslPolicy = "nonsense"');
    expect(make).toThrow('certificateArn.0 = "x"');
  });
});
