import {
  parseEnvironment,
  ProblemError,
  readEnvironment,
  formatProblem,
  type AwsEnvironment,
} from '../../config';
import { CONTROLLER_RELEASES } from '../../load-balancers/releases';
import { type DoctorCheck } from '../doctor/check';
import { controllerReady, helmDeployed } from '../doctor/checks/controller';
import { controllerCrds } from '../doctor/checks/crds';
import { controllerPolicy } from '../doctor/checks/controller-policy';
import { diagnose, type CheckResult } from '../doctor/diagnosis';
import { environmentStacks } from '../preview/environment-stacks';
import { betweenReleases } from '../preview/print';
import { type Preview } from '../preview/preview';
import { readStacks } from '../preview/stacks';
import { type FileEdit } from './edit';
import { kubernetesChecks } from './kubernetes-checks';
import { UpgradeLook } from './look';
import { type UpgradeStep } from './step';

/** What is known before one step up. */
export interface UpgradePlan {
  readonly environment: string;
  readonly of: UpgradeStep['of'];
  /** @default - it isn't known */
  readonly from?: string;
  readonly to: string;
  readonly results: readonly CheckResult[];
  readonly notes: readonly string[];
  readonly order: UpgradeStep['order'];
  /** What a release of the controller changes; Kubernetes changes no load balancer. @default - nothing, or it isn't known */
  readonly preview?: Pick<Preview, 'Differences' | 'Release' | 'NotJudged' | 'Refusals'>;
}

/** An environment on AWS, and the way to look at it. */
export interface Sight {
  /** @default - nothing can be looked at */
  readonly look?: UpgradeLook;
  /** Version of the cluster. */
  readonly actual?: string;
  /** Why nothing can be looked at. */
  readonly reason?: string;
}

/** Opens a look at an environment, unless there is none. */
export async function sightOf(environment: AwsEnvironment, today: string, offline: boolean): Promise<Sight> {
  if (offline) return { reason: '--offline' };
  const look = new UpgradeLook(environment, today);
  try {
    const { account } = await look.caller();
    if (account !== environment.account)
      return { reason: `credentials are of account ${account}, not of ${environment.account}` };
    const cluster = await look.findCluster();
    if (!cluster)
      return { reason: `there is no cluster ${environment.cluster.name} in ${environment.region}` };
    return { look, ...(cluster.version !== undefined && { actual: cluster.version }) };
  } catch (error) {
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { reason: message };
  }
}

/** What may be in the way of a step. */
function checksOf(
  { of, from = '?', to }: UpgradeStep,
  look: UpgradeLook,
  after: AwsEnvironment,
): readonly DoctorCheck[] {
  const wanted = after.cluster.kind === 'new' ? after.cluster.addons : {};
  if (of === 'Kubernetes') return kubernetesChecks(look, { from, to, wanted });
  return [helmDeployed, controllerPolicy, controllerCrds, controllerReady, REPLICAS];
}

const REPLICAS: DoctorCheck = {
  id: 'controller-replicas',
  title: 'The controller is replaced pod by pod',
  needs: [],
  explain:
    'Its webhook fails closed: while its only pod restarts, every new Service of the cluster is refused.',
  run: ({ environment: { loadBalancing } }) =>
    Promise.resolve(
      loadBalancing.type === 'controller' && loadBalancing.replicas < 2
        ? [
            {
              what: 'It has one replica',
              seen: 'loadBalancing.replicas',
              remedy: 'loadBalancing.replicas: 2, deployed before',
              warning: true,
            },
          ]
        : [],
    ),
};

/**
 * Looks at what may be in the way.
 *
 * @param done is told each result as it comes
 */
export async function planUpgrade(
  { before: environment, after }: { readonly before: AwsEnvironment; readonly after: AwsEnvironment },
  step: UpgradeStep,
  { look, reason = '' }: Sight,
  done: (result: CheckResult) => void,
): Promise<UpgradePlan> {
  const { of, from, to, order, notes } = step;
  // Where nobody can look, the checks are only named.
  const checks = checksOf(step, look ?? new UpgradeLook(environment, ''), after);
  const blind = () =>
    checks.map(({ id, title }): CheckResult => {
      const result = { id, title, state: 'not judged', findings: [], reason } as const;
      done(result);
      return result;
    });
  const results = look ? (await diagnose(look, checks, { all: true, done })).results : blind();
  const preview = of === 'controller' ? await changesOfRelease(environment.name, from, to) : undefined;
  return {
    environment: environment.name,
    ...{ of, to, results, order, notes },
    ...(from !== undefined && { from }),
    ...(preview && { preview }),
  };
}

async function changesOfRelease(environment: string, from: string | undefined, to: string) {
  const [before, after] = [from, to].map((release) =>
    CONTROLLER_RELEASES.find((each) => each.release === release),
  );
  if (!before || !after) return undefined;
  const input = readStacks(await environmentStacks(environment));
  const { Differences, Release, NotJudged, Refusals } = betweenReleases(input, { from: before, to: after });
  return { Differences, Release, NotJudged, Refusals };
}

/**
 * Holds the environment against its rules as it would be, before anything is written.
 *
 * @returns it as it would be, and what is worth knowing of it then and wasn't before
 * @throws {ProblemError} if it would be refused, or another value than the one in the file counts
 */
export async function judgeEdited(
  { environment, folder }: { readonly environment: string; readonly folder: string },
  { change: { path, value } }: UpgradeStep,
  { before, line }: FileEdit,
  today: string,
): Promise<{ readonly after: AwsEnvironment; readonly news: readonly string[] }> {
  const input = await readEnvironment(environment, folder);
  const [parent, field] = path;
  const { [parent]: part = {}, ...rest } = input as Readonly<Record<string, object>>;
  const current = (part as Readonly<Record<string, unknown>>)[field];
  if (typeof current === 'string' && before?.slice(1, -1) !== current)
    throw new ProblemError(`upgrade ${environment}`, [
      {
        path: path.join('.'),
        value: current,
        reason: `environments/${environment}.ts:${line} has ${before ?? 'nothing'}, so another place decides`,
        remedy: `write ${field}: '${value}' there`,
      },
    ]);
  const type = parent === 'loadBalancing' ? { type: 'controller' } : {};
  const after = parseEnvironment({ ...rest, [parent]: { ...type, ...part, [field]: value } }, today);
  const known = parseEnvironment(input, today).warnings.map(formatProblem);
  return {
    after: after.environment as AwsEnvironment,
    news: after.warnings.map(formatProblem).filter((warning) => !known.includes(warning)),
  };
}
