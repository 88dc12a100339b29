import { describe, expect, it } from '@jest/globals';
import { parseEnvironment, type AwsEnvironment, type EnvironmentInput } from '../../../config';
import { environment as dev } from '../../../environments/dev';
import { controllerStep, kubernetesStep } from '../../../tools/upgrade/step';

const TODAY = '2026-11-28';

function parsed(change: Partial<EnvironmentInput> = {}): AwsEnvironment {
  const { environment } = parseEnvironment({ ...dev, ...change }, TODAY);
  if (environment.kind !== 'aws') throw new Error('of AWS');
  return environment;
}
const existing = (kubernetesVersion?: string): AwsEnvironment =>
  parsed({
    cluster: { kind: 'existing', name: 'theirs', ...(kubernetesVersion && { kubernetesVersion }) },
    network: {
      kind: 'existing',
      vpcId: 'vpc-0123456789abcdef0',
      publicSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
      privateSubnetIds: ['subnet-0123456789abcdef2', 'subnet-0123456789abcdef3'],
    },
  });

const up = (environment: AwsEnvironment, to: string, actual?: string) =>
  kubernetesStep(environment, to, { actual, today: TODAY });

describe('a step of Kubernetes', () => {
  it('goes up by one, and says in which order, until when it can be taken back, and what blocks that', () => {
    const { from, to, order, notes } = up(parsed(), '1.37');
    expect([from, to]).toEqual(['1.36', '1.37']);
    expect(order.map(({ command }) => command)).toEqual([
      'npm run diff -- dev-cluster',
      'npm run deploy -- dev-cluster',
      'npm run deploy -- dev',
      'npm run doctor -- dev',
    ]);
    expect(notes).toEqual([
      expect.stringMatching(/^1\.36: standard support until 2027-08-02/),
      expect.stringMatching(/^1\.37: standard support until 2027-12-01/),
      expect.stringMatching(/^rollback: until 7 days .* 2026-12-05 .* --kubernetes-version 1\.36, then/),
      expect.stringMatching(/blocked by node groups/),
      expect.stringMatching(/blocked by add-ons/),
      expect.stringMatching(/blocked by an upgrade/),
      expect.stringMatching(/ROLLBACK_READINESS/),
    ]);
  });

  it('can only be taken back into extended support where the policy allows it', () => {
    const of = (upgradePolicy: 'STANDARD' | 'EXTENDED') =>
      up(
        parsed({
          cluster: {
            ...dev.cluster,
            kubernetesVersion: '1.34',
            upgradePolicy,
          } as EnvironmentInput['cluster'],
        }),
        '1.35',
      ).notes;
    const blocked = expect.stringMatching(/standard support of 1\.34, which ends on 2026-12-02/);
    expect(of('STANDARD')).toContainEqual(blocked);
    expect(of('EXTENDED')).not.toContainEqual(blocked);
  });

  it('of a cluster that is not of this project is done by whoever made it', () => {
    const { order, from } = up(existing('1.36'), '1.37');
    expect(from).toBe('1.36');
    expect(order[0]?.command).toBe(
      'eksctl upgrade cluster --name theirs --region eu-west-1 --version 1.37 --approve',
    );
    expect(up(existing(), '1.37', '1.36').from).toBe('1.36');
    const blind = up(existing(), '1.37');
    expect(blind).not.toHaveProperty('from');
    expect(blind.notes).toContainEqual(
      expect.stringMatching(/^not looked at: which version the cluster has/),
    );
  });

  it.each([
    ['1.38', 'EKS has no such version that is known here', 'write 1.37'],
    ['2', 'EKS has no such version', 'write 1.37'],
    ['1.36', 'that is what the environment has', 'write a newer one'],
    ['1.35', 'goes up only', 'aws eks update-cluster-version'],
  ])('to %s is refused', (to, reason, remedy) => {
    expect(() => up(parsed(), to)).toThrow(
      expect.objectContaining({
        problems: [
          expect.objectContaining({
            path: '--to',
            value: to,
            reason: expect.stringContaining(reason),
            remedy: expect.stringContaining(remedy),
          }),
        ],
      }),
    );
  });

  it('by two minor versions is refused, with the one between', () => {
    expect(() => up(existing('1.34'), '1.36')).toThrow(/by one minor version at a time; write 1\.35/);
    expect(() => up(existing(), '1.36', '1.34')).toThrow(/write 1\.35/);
  });
});

describe('a step of the controller', () => {
  const old = parsed({ loadBalancing: { type: 'controller', release: '2.17.1' } });

  it('goes to a newer release, in one deploy of the addons stack', () => {
    expect(controllerStep(old, '3.5.0')).toMatchObject({
      from: '2.17.1',
      to: '3.5.0',
      change: { path: ['loadBalancing', 'release'], value: '3.5.0' },
      order: [{ command: 'npm run diff -- dev-addons' }, { command: 'npm run deploy -- dev-addons' }, {}],
    });
  });

  it.each([
    [old, '2.17.1', /that is what the environment has/],
    [old, '2.16.0', /goes up only.*write release: '2\.16\.0' by hand/],
    [old, '3.9.9', /nothing is known here of that release; write one of 3\.0\.0, /],
    [parsed(), '3.6.0', /nothing is known here.*3\.5\.0 is the newest that is known/],
    [
      parsed({
        cluster: { ...dev.cluster, compute: { autoMode: {} } } as EnvironmentInput['cluster'],
        loadBalancing: { type: 'auto-mode' },
      }),
      '3.5.0',
      /AWS runs and upgrades the controller/,
    ],
  ])('is refused otherwise: %#', (environment, to, message) => {
    expect(() => controllerStep(environment, to)).toThrow(message);
  });
});
