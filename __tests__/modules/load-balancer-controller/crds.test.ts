import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TerraformDataSource } from 'cdktf';
import { afterAll, describe, expect, it } from '@jest/globals';
import { DataHelmTemplate } from '@cdktf/provider-helm/lib/data-helm-template';
import { Release } from '@cdktf/provider-helm/lib/release';
import { ControllerCrds } from '../../../modules/load-balancer-controller/crds';
import { Synthesized } from '../../support/synthesized';

describe('ControllerCrds', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crds-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const synthesized = Synthesized.of((stack) => {
    const before = new TerraformDataSource(stack, 'before', { terraformResourceType: 'before' });
    return new ControllerCrds(stack, 'crds', {
      chart: 'aws-load-balancer-controller',
      repository: 'https://aws.github.io/eks-charts',
      version: '3.5.0',
      namespace: 'kube-system',
      dependencies: [before],
    });
  });
  const chart = synthesized.oneData('helm_template');

  it("reads the definitions of the controller's own chart, and no key of it", () => {
    expect(synthesized.json).toHaveDataSourceWithProperties(DataHelmTemplate, {
      chart: 'aws-load-balancer-controller',
      repository: 'https://aws.github.io/eks-charts',
      version: '3.5.0',
      show_only: ['templates/rbac.yaml'],
    });
    const [values] = chart.values as string[];
    expect(JSON.parse(values ?? '')).toMatchObject({ enableCertManager: true });
  });

  it('puts them into a release that Helm upgrades, with those that are there already', () => {
    expect(synthesized.json).toHaveResourceWithProperties(Release, {
      name: 'aws-load-balancer-controller-crds',
      namespace: 'kube-system',
      chart: expect.stringMatching(/^\.\/assets\//),
      values: [`\${jsonencode({"crds" = ${chart.address}.crds})}`],
      take_ownership: true,
      depends_on: ['data.before.before'],
    });
  });
});
