import { describe, expect, it } from '@jest/globals';
import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { TerraformVariable } from 'cdktf';
import { Deployment } from '../../../modules/workloads/deployment';
import { Synthesized } from '../../support/synthesized';

const config = (image: string) => ({
  metadata: { name: 'users' },
  spec: {
    selector: { matchLabels: { app: 'users' } },
    template: {
      metadata: { labels: { app: 'users' } },
      spec: { container: [{ name: 'users', image, port: [{ containerPort: 80 }] }] },
    },
  },
});

describe('Deployment', () => {
  it('is what DeploymentV1 is, in all that is set', () => {
    const ours = Synthesized.of((stack) => new Deployment(stack, 'users', config('users:1')));
    const theirs = Synthesized.of((stack) => new DeploymentV1(stack, 'users', config('users:1')));
    expect(ours.json).toHaveResourceWithProperties(DeploymentV1, {
      metadata: { name: 'users' },
      spec: expect.objectContaining({ selector: { match_labels: { app: 'users' } } }),
    });
    expect(ours.one('kubernetes_deployment_v1')).toEqual(theirs.one('kubernetes_deployment_v1'));
  });

  it('takes tokens', () => {
    const synthesized = Synthesized.of((stack) => {
      const image = new TerraformVariable(stack, 'image', { type: 'string' }).stringValue;
      new Deployment(stack, 'users', config(image));
    });
    expect(synthesized.one('kubernetes_deployment_v1').spec).toMatchObject({
      template: { spec: { container: [{ image: '${var.image}' }] } },
    });
  });
});
