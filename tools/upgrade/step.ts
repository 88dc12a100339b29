import { type AwsEnvironment, ProblemError, type Problem } from '../../config';
import { kubernetesVersions } from '../../config/tables';
import { compareReleases } from '../../load-balancers/model';
import { CONTROLLER_RELEASES, releaseName } from '../../load-balancers/releases';
import { type FieldChange } from './edit';

/** One step up. */
export interface UpgradeStep {
  readonly of: 'Kubernetes' | 'controller';
  /** @default - it isn't known */
  readonly from?: string;
  readonly to: string;
  readonly change: FieldChange;
  /** Commands in their order, each with what it does. */
  readonly order: readonly { readonly command: string; readonly does: string }[];
  /** Dates, and the way back; a sentence each. */
  readonly notes: readonly string[];
}

const DAY_MS = 86_400_000;
/** Within so many days of an upgrade EKS takes it back. */
const ROLLBACK_DAYS = 7;

/** Position of a Kubernetes version among the minor ones: 37 of `1.37`. */
export const minorOf = (version: string): number => Number(version.split('.')[1]);

/**
 * @param actual version of the cluster, where it was looked at
 * @param today `YYYY-MM-DD`
 * @throws {ProblemError} unless it is the next minor version, and one of EKS
 */
export function kubernetesStep(
  environment: AwsEnvironment,
  to: string,
  { actual, today }: { readonly actual?: string | undefined; readonly today: string },
): UpgradeStep {
  const { cluster, name, region } = environment;
  const from = cluster.kubernetesVersion ?? actual;
  const known = Object.keys(kubernetesVersions());
  const refuse = (reason: string, remedy: string) => refusal(name, '--to', to, reason, remedy);
  const rollback = (version: string) =>
    `aws eks update-cluster-version --region ${region} --name ${cluster.name} --kubernetes-version ${version}`;
  if (!known.includes(to)) {
    const later = known.filter((each) => from === undefined || minorOf(each) > minorOf(from));
    throw refuse(
      'EKS has no such version that is known here',
      later.length > 0
        ? `write ${later.slice(0, 1).join()}`
        : `${from ?? ''} is the newest one: nothing is to be done`,
    );
  }
  if (from !== undefined) {
    const steps = minorOf(to) - minorOf(from);
    if (steps === 0) throw refuse('that is what the environment has', 'write a newer one');
    if (steps < 0)
      throw refuse(
        `the environment has ${from}, and this command goes up only`,
        `within ${ROLLBACK_DAYS} days of the upgrade EKS goes back by one: nodes first, then ${rollback(to)}, then kubernetesVersion`,
      );
    if (steps > 1)
      throw refuse(
        `the environment has ${from}, and EKS upgrades by one minor version at a time`,
        `write ${known.find((each) => minorOf(each) === minorOf(from) + 1) ?? ''}, deploy it, then the next`,
      );
  }
  return {
    of: 'Kubernetes',
    ...(from !== undefined && { from }),
    to,
    change: { path: ['cluster', 'kubernetesVersion'], value: to },
    order: kubernetesOrder(environment, to),
    notes: [...[from ?? [], to].flat().map(support), ...rollbackNotes(environment, from, today, rollback)],
  };
}

function support(version: string): string {
  const { standardEnd = '?', extendedEnd = '?' } = kubernetesVersions()[version] ?? {};
  return `${version}: standard support until ${standardEnd}, extended until ${extendedEnd}`;
}

function kubernetesOrder({ cluster, name, region }: AwsEnvironment, to: string): UpgradeStep['order'] {
  if (cluster.kind === 'existing')
    return [
      {
        command: `eksctl upgrade cluster --name ${cluster.name} --region ${region} --version ${to} --approve`,
        does: 'or with what else made the cluster, which is not of this project; then its nodes and add-ons',
      },
      { command: `npm run diff -- ${name}`, does: 'shows that nothing else follows from it' },
    ];
  return [
    { command: `npm run diff -- ${name}-cluster`, does: 'shows what will change' },
    {
      command: `npm run deploy -- ${name}-cluster`,
      does: 'control plane, vpc-cni and kube-proxy, nodes (drained, a third at a time), coredns',
    },
    { command: `npm run deploy -- ${name}`, does: 'the other stacks, in which nothing should change' },
    { command: `npm run doctor -- ${name}`, does: 'says whether requests are answered as before' },
  ];
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html */
function rollbackNotes(
  { cluster, name, region }: AwsEnvironment,
  from: string | undefined,
  today: string,
  rollback: (version: string) => string,
): readonly string[] {
  if (from === undefined)
    return [
      'not looked at: which version the cluster has, so neither whether this is one step, nor the way back',
    ];
  const lastDay = new Date(Date.parse(today) + ROLLBACK_DAYS * DAY_MS).toISOString().slice(0, 10);
  const { standardEnd = '' } = kubernetesVersions()[from] ?? {};
  const compute = cluster.kind === 'new' ? cluster.compute : undefined;
  const blocks = [
    ...(compute && compute.nodeGroups.length > 0
      ? [
          `node groups, which the same deploy upgrades: each goes back first, aws eks update-nodegroup-version --region ${region} --cluster-name ${cluster.name} --kubernetes-version ${from} --nodegroup-name …`,
        ]
      : []),
    ...(compute && compute.fargateProfiles.length > 0
      ? ['pods on Fargate that were started since: they are deleted first']
      : []),
    ...(compute === undefined ? ['nodes that were upgraded since: they go back first'] : []),
    ...(standardEnd <= lastDay && !(cluster.kind === 'new' && cluster.upgradePolicy === 'EXTENDED')
      ? [`standard support of ${from}, which ends on ${standardEnd}: upgradePolicy has to be EXTENDED first`]
      : []),
    `add-ons that ${from} doesn't take: EKS doesn't take them back`,
    'an upgrade to the next version, and a feature of EKS that needs this one',
  ];
  return [
    `rollback: until ${ROLLBACK_DAYS} days after the upgrade has ended, so ${lastDay} if that is ${today}: ${rollback(from)}, then kubernetesVersion: '${from}' in environments/${name}.ts`,
    ...blocks.map((what) => `rollback is blocked by ${what}`),
    `what blocks it then: aws eks list-insights --region ${region} --cluster-name ${cluster.name} --filter categories=ROLLBACK_READINESS`,
  ];
}

/** @throws {ProblemError} unless it is a newer release that is known */
export function controllerStep({ name, loadBalancing }: AwsEnvironment, to: string): UpgradeStep {
  const refuse = (reason: string, remedy: string) => refusal(name, '--controller', to, reason, remedy);
  if (loadBalancing.type === 'auto-mode')
    throw refuse('with EKS Auto Mode AWS runs and upgrades the controller', 'leave it to AWS');
  const from = releaseName(loadBalancing.release);
  const releases = CONTROLLER_RELEASES.map(({ release }) => release);
  if (to === from) throw refuse('that is what the environment has', 'write a newer one');
  if (!releases.includes(to)) {
    const newer = releases.filter((each) => compareReleases(from, each) < 0);
    throw refuse(
      'nothing is known here of that release',
      `${newer.length > 0 ? `write one of ${newer.join(', ')}` : `${from} is the newest that is known`}; or write by hand release: { version: '${to}', chart: '…', policy: '….json' }, with files of your own`,
    );
  }
  if (compareReleases(to, from) < 0)
    throw refuse(
      `the environment has ${from}, and this command goes up only: definitions of an older release may be refused, and the older controller works with the newer ones`,
      `to go back, write release: '${to}' by hand, and look at npm run diff -- ${name}-addons`,
    );
  return {
    of: 'controller',
    from,
    to,
    change: {
      path: ['loadBalancing', 'release'],
      value: to,
      parent: `{ type: 'controller', release: '${to}' }`,
    },
    order: [
      { command: `npm run diff -- ${name}-addons`, does: 'shows what will change' },
      {
        command: `npm run deploy -- ${name}-addons`,
        does: 'policy, CRDs, chart; Helm goes back by itself where the controller does not become ready. Load balancers serve on',
      },
      { command: `npm run doctor -- ${name}`, does: 'says whether requests are answered as before' },
    ],
    notes: [
      ...(releases.includes(from)
        ? []
        : [`not looked at: what changes in load balancers, as ${from} is not verified here`]),
      `notes of the releases: https://github.com/kubernetes-sigs/aws-load-balancer-controller/releases/tag/v${to}`,
      `rollback: release: '${from}'; where the API server refuses its definitions (a version that they lack is in status.storedVersions), release: { version: '${from}', chart, policy, crds } with those of ${to}`,
    ],
  };
}

function refusal(name: string, path: string, value: string, reason: string, remedy: string): ProblemError {
  const problem: Problem = { path, value, reason, remedy };
  return new ProblemError(`upgrade ${name}`, [problem]);
}
