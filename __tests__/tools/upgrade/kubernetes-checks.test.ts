import { type Addon, type Insight } from '@aws-sdk/client-eks';
import { describe, expect, it } from '@jest/globals';
import { environment as dev } from '../../../environments/dev';
import { parseEnvironment, type AwsEnvironment } from '../../../config';
import { diagnose } from '../../../tools/doctor/diagnosis';
import {
  budgetFinding,
  deprecatedApis,
  kubernetesChecks,
  nodeSkew,
} from '../../../tools/upgrade/kubernetes-checks';
import { UpgradeLook } from '../../../tools/upgrade/look';

const node = (name: string, kubeletVersion: string) => ({
  metadata: { name },
  status: { nodeInfo: { kubeletVersion } },
});

describe('deprecated APIs', () => {
  const metric = (version: string, removed: string, value = 1) =>
    `apiserver_requested_deprecated_apis{group="flowcontrol.apiserver.k8s.io",removed_release="${removed}",resource="flowschemas",subresource="",version="${version}"} ${value}`;

  it('are in the way where the next version lacks them, and worth knowing where a later one does', () => {
    const found = deprecatedApis(
      ['# HELP', metric('v1beta3', '1.32'), metric('v1', ''), metric('v1beta1', '1.40')].join('\n'),
      '1.37',
    );
    expect(found).toMatchObject([
      { what: 'flowcontrol.apiserver.k8s.io/v1beta3/flowschemas is asked for, which is gone in 1.32' },
      { what: expect.stringContaining('is deprecated'), warning: true },
      { what: expect.stringContaining('gone in 1.40'), warning: true },
    ]);
    expect(found[0]).not.toHaveProperty('warning');
  });

  it('are none where nobody asks', () => {
    expect(deprecatedApis(`${metric('v1beta3', '1.32', 0)}\nother{} 1\n`, '1.37')).toEqual([]);
  });
});

describe('the skew of nodes', () => {
  it('is in the way beyond three minor versions, or ahead of the control plane', () => {
    const nodes = [
      node('a', 'v1.36.2-eks-1'),
      node('b', 'v1.35.0'),
      node('c', 'v1.33.9'),
      node('d', 'v1.38.0'),
    ];
    expect(nodeSkew(nodes, '1.36', '1.37')).toMatchObject([
      { what: expect.stringMatching(/^b is at 1\.35/), warning: true },
      { what: expect.stringMatching(/^c is at 1\.33/) },
      { what: expect.stringMatching(/^d is at 1\.38/) },
    ]);
    expect(nodeSkew(nodes, '1.36', '1.37').map(({ warning }) => warning)).toEqual([
      true,
      undefined,
      undefined,
    ]);
    expect(nodeSkew([node('a', 'v1.36.2')], '1.36', '1.37')).toEqual([]);
  });

  it('is not taken for fine where a node says no version', () => {
    expect(nodeSkew([node('a', '')], '1.36', '1.37')).toMatchObject([
      { what: expect.stringMatching(/^a is at \?/) },
    ]);
    expect(nodeSkew([node('a', '')], '1.36', '1.37')[0]).not.toHaveProperty('warning');
  });
});

it('a budget is in the way where it has pods and lets none go', () => {
  const budget = (disruptionsAllowed: number, expectedPods: number) =>
    budgetFinding({
      metadata: { name: 'web', namespace: 'shop' },
      status: {
        disruptionsAllowed,
        expectedPods,
        currentHealthy: expectedPods,
        desiredHealthy: expectedPods,
      },
    });
  expect(budget(0, 2)).toMatchObject([{ what: 'PodDisruptionBudget shop/web lets no pod go' }]);
  expect([budget(1, 2), budget(0, 0)]).toEqual([[], []]);
});

describe('a look at a cluster', () => {
  const environmentWith = (coredns?: string): AwsEnvironment => {
    const cluster = {
      ...dev.cluster,
      kubernetesVersion: '1.37',
      addons: { coredns: coredns === undefined ? {} : { version: coredns } },
    };
    const { environment } = parseEnvironment({ ...dev, cluster }, '2026-11-28');
    if (environment.kind !== 'aws') throw new Error('of AWS');
    return environment;
  };

  /** Answers as a cluster that is ready, but for what is given. */
  class Answers extends UpgradeLook {
    constructor(
      environment: AwsEnvironment,
      private readonly given: {
        readonly insights?: readonly Insight[];
        readonly isRecent?: boolean;
        readonly version?: string;
        readonly free?: number;
      } = {},
    ) {
      super(environment, '2026-11-28');
    }
    override findCluster() {
      const { version = '1.36' } = this.given;
      return Promise.resolve({
        version,
        status: 'ACTIVE' as const,
        resourcesVpcConfig: { subnetIds: ['subnet-1'] },
      });
    }
    override versions() {
      return Promise.resolve([{ clusterVersion: '1.37' }]);
    }
    override insights() {
      return Promise.resolve(this.given.insights ?? []);
    }
    override hasInsights() {
      return Promise.resolve(this.given.isRecent ?? false);
    }
    override subnets() {
      return Promise.resolve([{ SubnetId: 'subnet-1', AvailableIpAddressCount: this.given.free ?? 100 }]);
    }
    override installedAddons(): Promise<readonly Addon[]> {
      return Promise.resolve([{ addonName: 'coredns', addonVersion: 'v1.14.2-eksbuild.1' }]);
    }
    override addonVersions() {
      return Promise.resolve([{ addonVersions: [{ addonVersion: 'v1.14.9-eksbuild.1' }] }]);
    }
    override kubernetes(): never {
      throw new Error('no API server');
    }
  }

  const addonsOf = ({ environment: { cluster } }: UpgradeLook) =>
    cluster.kind === 'new' ? cluster.addons : {};

  const statesOf = async (look: UpgradeLook) => {
    const { results } = await diagnose(
      look,
      kubernetesChecks(look, { from: '1.36', to: '1.37', wanted: addonsOf(look) }),
      {
        all: true,
        done: () => undefined,
      },
    );
    return Object.fromEntries(
      results.map(({ id, state, findings }) => [
        id,
        findings.length > 0 && state === 'holds' ? 'known' : state,
      ]),
    );
  };

  it('judges what it sees, and nothing that it does not', async () => {
    expect(await statesOf(new Answers(environmentWith()))).toEqual({
      'cluster-version': 'holds',
      'version-offered': 'holds',
      'upgrade-insights': 'holds',
      'deprecated-apis': 'not judged',
      'node-skew': 'not judged',
      addons: 'holds',
      'disruption-budgets': 'not judged',
      'free-addresses': 'holds',
      'last-rollback': 'holds',
    });
  });

  it('sees insights of the next version: errors are in the way, warnings worth knowing', async () => {
    const insight = (status: 'ERROR' | 'WARNING', kubernetesVersion: string): Insight => ({
      ...{ id: '1', name: 'Deprecated APIs', kubernetesVersion },
      insightStatus: { status, reason: 'asked for' },
    });
    const seen = async (...insights: Insight[]) =>
      (await statesOf(new Answers(environmentWith(), { insights })))['upgrade-insights'];
    expect(await seen(insight('ERROR', '1.37'))).toBe('broken');
    expect(await seen(insight('WARNING', '1.37'))).toBe('known');
    expect(await seen(insight('ERROR', '1.38'))).toBe('holds');
  });

  it('sees an add-on whose version is written and does not fit', async () => {
    expect(await statesOf(new Answers(environmentWith('v1.14.2-eksbuild.1')))).toMatchObject({
      addons: 'broken',
    });
    expect(await statesOf(new Answers(environmentWith('v1.14.9-eksbuild.1')))).toMatchObject({
      addons: 'holds',
    });
  });

  it('sees an earlier upgrade that was not deployed, one that can still be taken back, and full subnets', async () => {
    expect(
      await statesOf(new Answers(environmentWith(), { version: '1.35', isRecent: true, free: 4 })),
    ).toMatchObject({
      'cluster-version': 'broken',
      'last-rollback': 'known',
      'free-addresses': 'broken',
    });
  });
});
