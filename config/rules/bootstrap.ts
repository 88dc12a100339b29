import { type AwsEnvironment, type Bootstrap } from '../environment';
import { regions } from '../tables';
import { type Finding, ownCluster, type EnvironmentRule } from './rule';

/** Bootstrap prepares what the backend has, and the cluster lets the pipelines in that it makes roles for. */
export const bootstrapRule: EnvironmentRule = (environment) => {
  const { bootstrap: settings } = environment;
  const ofState = [...stateKey(environment), ...stateRegion(environment)];
  if (settings === undefined) return ofState;
  return [
    ...parts(environment, settings),
    ...ofState,
    ...boundary(environment, settings),
    ...agents(environment, settings),
    ...pullRequests(settings),
    ...repositoryIds(settings),
    ...pipelines(environment, settings),
  ];
};

function* parts({ backend }: AwsEnvironment, { stateBucket, workspaces }: Bootstrap): Iterable<Finding> {
  if (backend.type === 'local') {
    yield {
      path: 'backend.type',
      value: 'local',
      reason: 'bootstrap prepares state that a team shares, and this is a file on one machine',
      remedy: "write backend: { type: 's3', … } or { type: 'hcp', … }, or remove bootstrap",
    };
    return;
  }
  const foreign = (field: 'stateBucket' | 'workspaces', value: unknown) => ({
    path: `bootstrap.${field}`,
    value,
    reason: `backend ${backend.type} has none`,
    remedy: 'remove it',
  });
  if (backend.type === 'hcp' && stateBucket !== undefined) yield foreign('stateBucket', stateBucket);
  if (backend.type === 's3' && workspaces !== undefined) yield foreign('workspaces', workspaces);
}

/** S3 encrypts with a key of the bucket's own Region only. */
function* stateKey({ backend, bootstrap: settings }: AwsEnvironment): Iterable<Finding> {
  if (backend.type !== 's3') return;
  const given = settings === undefined ? backend.kmsKeyArn : settings.stateKmsKeyArn;
  if (given === undefined || given.split(':')[3] === backend.region) return;
  yield {
    path: 'backend.kmsKeyArn',
    value: given,
    reason: 'it is in another Region than the bucket, and S3 takes only one of its own',
    remedy: `write one of ${backend.region}`,
  };
}

/** Credentials are of one partition, and reach the buckets of no other. */
function* stateRegion({ backend, partition, region }: AwsEnvironment): Iterable<Finding> {
  if (backend.type !== 's3') return;
  const known = regions()[backend.region];
  if (known?.partition === partition) return;
  yield {
    path: 'backend.region',
    value: backend.region,
    reason: known
      ? `it is in partition ${known.partition}, and the account of ${region} in ${partition}`
      : 'no Region of that name is known, so no bucket can be there',
    remedy: `write a Region of partition ${partition} such as ${region}`,
  };
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
function* boundary({ account }: AwsEnvironment, { apply }: Bootstrap): Iterable<Finding> {
  const arn = apply.permissionsBoundaryArn;
  if (arn === undefined || [account, 'aws'].includes(arn.split(':')[4] ?? '')) return;
  yield {
    path: 'bootstrap.apply.permissionsBoundaryArn',
    value: arn,
    reason: `it is of another account, and IAM bounds roles of ${account} by policies of that one alone`,
    remedy: `write a policy of ${account}`,
  };
}

function* agents({ backend }: AwsEnvironment, { workspaces }: Bootstrap): Iterable<Finding> {
  if (backend.type !== 'hcp' || workspaces === undefined) return;
  const { agentPoolId } = workspaces;
  if ((backend.execution === 'agent') === (agentPoolId !== undefined)) return;
  const missing = agentPoolId === undefined;
  yield {
    path: 'bootstrap.workspaces.agentPoolId',
    value: agentPoolId,
    reason: missing
      ? "backend.execution 'agent' has no agents to run on without their pool"
      : `backend.execution '${backend.execution}' runs on no agents`,
    remedy: missing
      ? 'write the id of the pool, such as apool-ZjT6A7mVFm5WHT5a'
      : "remove it, or write execution: 'agent' in backend",
  };
}

/** The subject of a new repository's runs has ids; without them a name is trusted that somebody else may have one day. */
function* repositoryIds({ github }: Bootstrap): Iterable<Finding> {
  if (github === undefined || github.ids !== undefined) return;
  yield {
    path: 'bootstrap.github.ids',
    value: undefined,
    reason:
      'AWS refuses the runs of a repository that was made, renamed or transferred since 2026-07-15, whose subject has ids, and trusts whoever gets the name once it is given up',
    remedy: `write ids: { owner, repository } with the numbers of gh api repos/${github.repository} --jq '.owner.id, .id'`,
    warning: true,
  };
}

/** A pull request brings its own workflow, before anybody has looked at it. */
function* pullRequests({ github }: Bootstrap): Iterable<Finding> {
  for (const [index, run] of (github?.apply ?? []).entries()) {
    if ('pullRequest' in run)
      yield {
        path: `bootstrap.github.apply.${index}.pullRequest`,
        value: true,
        reason: 'whoever may open a pull request could apply what nobody has reviewed',
        remedy: "write { environment: '…' }, which GitHub protects, or { branch: 'main' }",
      };
  }
}

/** Where GitHub's runs go to the API server with the roles, EKS must let them in. */
function* pipelines(environment: AwsEnvironment, { github }: Bootstrap): Iterable<Finding> {
  const { backend } = environment;
  const cluster = ownCluster(environment);
  const elsewhere = backend.type === 'hcp' && backend.execution !== 'local';
  if (github === undefined || cluster === undefined || elsewhere) return;
  const { partition, account, project, name } = environment;
  const role = (kind: string) => `arn:${partition}:iam::${account}:role/${project}-${name}-${kind}`;
  const principals = [...cluster.administrators, ...cluster.accessEntries.map((entry) => entry.principalArn)];
  const warn = (kind: string, does: string, remedy: string): Finding[] =>
    principals.includes(role(kind))
      ? []
      : [
          {
            path: 'bootstrap.github',
            value: github.repository,
            reason: `its runs ${does} with ${role(kind)}, which the cluster doesn't let in`,
            remedy,
            warning: true,
          },
        ];
  yield* warn(
    'plan',
    'plan',
    "write an entry of cluster.accessEntries with policy 'AmazonEKSAdminViewPolicy'",
  );
  yield* warn('apply', 'apply', 'write it into cluster.administrators');
}
