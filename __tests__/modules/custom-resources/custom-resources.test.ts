import { describe, expect, it } from '@jest/globals';
import { Release } from '@cdktf/provider-helm/lib/release';
import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { CustomResources, type CustomResourcesProps } from '../../../modules/custom-resources';
import { Synthesized } from '../../support/synthesized';

const MANIFEST = {
  apiVersion: 'example.com/v1',
  kind: 'Thing',
  metadata: { name: 'a' },
  spec: { zone: 'b' },
};
const synth = (props: Partial<CustomResourcesProps> = {}) =>
  Synthesized.of((stack) => {
    const namespace = new NamespaceV1(stack, 'namespace', { metadata: { name: 'shop' } });
    new CustomResources(stack, 'things', {
      releaseName: 'things',
      namespace: 'shop',
      manifests: [MANIFEST],
      dependencies: [namespace],
      ...props,
    });
  });

describe('CustomResources', () => {
  it('are a release of a chart that lies beside, taken back whole if it fails', () => {
    const synthesized = synth();
    expect(synthesized.json).toHaveResourceWithProperties(Release, {
      name: 'things',
      namespace: 'shop',
      chart: expect.stringMatching(/^\.\/assets\//),
      wait: true,
      atomic: true,
      cleanup_on_fail: true,
      depends_on: ['kubernetes_namespace_v1.namespace'],
    });
    const [values] = synthesized.one('helm_release').values as string[];
    expect(JSON.parse(values ?? '')).toEqual({ manifests: [MANIFEST] });
    expect(synthesized.one('helm_release')).not.toHaveProperty('lifecycle');
  });

  it('are made anew with what they are told to', () => {
    expect(synth({ replaceTriggeredBy: ['aws_lb.a.arn'] }).json).toHaveResourceWithProperties(Release, {
      lifecycle: { replace_triggered_by: ['aws_lb.a.arn'] },
    });
  });
});
