import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { CONTROLLER_RELEASES, controllerRelease } from '../../load-balancers/releases';
import { reference } from '../support/reference';

/** The newest release whose documents are at hand. */
const NEWEST = '3.5.0';

describe('table of controller releases', () => {
  it('has the policy of the official document', () => {
    const sha256 = createHash('sha256')
      .update(reference(`controller/policies/iam_policy.json`))
      .digest('hex');
    expect(controllerRelease(NEWEST).policySha256).toBe(sha256);
  });

  it('has one policy for as long as the document did not change', () => {
    const changes = JSON.parse(reference('controller/policy-changes.json')) as {
      version: string;
      changed: boolean;
    }[];
    const last = changes.filter((change) => change.changed).at(-1);
    expect(last?.version).toBe('v2.13.0');
    expect(new Set(CONTROLLER_RELEASES.map((release) => release.policySha256)).size).toBe(1);
  });

  it('has the CRDs of the newest release', () => {
    const fields = JSON.parse(reference('controller/crd-fields.json')) as Record<string, unknown>;
    const crds = new Set(Object.keys(fields).map((name) => name.split('/')[0]));
    expect(controllerRelease(NEWEST).crds).toEqual([...crds].sort());
  });

  it('has the chart of the newest release', () => {
    expect(controllerRelease(NEWEST).chart).toBe(NEWEST);
    expect(reference('controller/chart-values.yaml')).toContain(`tag: v${NEWEST}`);
  });

  it('has the lowest Kubernetes version that the documents name', () => {
    const minimum = reference('addon-versions.csv')
      .split('\n')
      .find(
        (line) =>
          line.startsWith('minimum,') && line.includes('aws-load-balancer-controller v2.5.0 and later'),
      );
    expect(minimum?.split(',')[1]).toBe(controllerRelease(NEWEST).lowestKubernetes);
  });

  it('goes from 2.13.0 to the newest, each with a chart of its own', () => {
    const numbers = (version: string) => version.split('.').map(Number);
    const order = (a: string, b: string) =>
      numbers(a).reduce((result, part, index) => result || part - (numbers(b)[index] ?? 0), 0);
    const releases = CONTROLLER_RELEASES.map(({ release }) => release);
    expect(releases).toEqual([...releases].sort(order));
    expect([releases[0], releases.at(-1)]).toEqual(['2.13.0', NEWEST]);
    expect(new Set(CONTROLLER_RELEASES.map(({ chart }) => chart)).size).toBe(releases.length);
    for (const { release, chart } of CONTROLLER_RELEASES) {
      const [, minor, patch] = numbers(release);
      expect(chart).toBe(release.startsWith('2.') ? `1.${minor}.${patch}` : release);
    }
  });

  it('knows when CRDs and feature gates came and went', () => {
    expect(controllerRelease('2.13.0').crds).toEqual([
      'ingressclassparams.elbv2.k8s.aws',
      'targetgroupbindings.elbv2.k8s.aws',
    ]);
    const gate = (name: string) =>
      CONTROLLER_RELEASES.filter((each) => each.featureGates.includes(name)).map((each) => each.release);
    expect(gate('AGAController')).toEqual(['2.14.1', '2.15.0', '2.16.0']);
    expect(gate('GlobalAcceleratorController')[0]).toBe('2.17.1');
    expect(gate('EnableCertificateManagement')[0]).toBe('3.3.0');
    expect(gate('NLBGatewayAPI')).toHaveLength(CONTROLLER_RELEASES.length);
  });

  it('refuses what it does not have', () => {
    expect(() => controllerRelease('1.0.0')).toThrow(
      /release '1\.0\.0' .* use one of 2\.13\.0, .*, 3\.5\.0$/,
    );
  });
});
