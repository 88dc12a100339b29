import { type PolicyStatement } from '../iam';

/** A run of GitHub Actions, by what it runs for. */
export type GithubRun =
  { readonly branch: string } | { readonly environment: string } | { readonly pullRequest: true };

export interface GithubTrustProps {
  /** ARN of the IAM OIDC provider of GitHub. */
  readonly oidcProviderArn: string;
  /** `owner/name` */
  readonly repository: string;
  /** Numbers that GitHub gave the owner and the repository, and gives to no other. @default - their names alone are known */
  readonly ids?: { readonly owner: number; readonly repository: number };
  /** Whether STS of the partition compares the claim `repository_id`. @default false */
  readonly comparesRepositoryId?: boolean;
  readonly runs: readonly GithubRun[];
}

export interface HcpTrustProps {
  /** ARN of the IAM OIDC provider of HCP Terraform. */
  readonly oidcProviderArn: string;
  /** Host of HCP Terraform, which is the issuer too. */
  readonly hostname: string;
  readonly organization: string;
  readonly project: string;
  /** Names of the workspaces whose runs are trusted. */
  readonly workspaces: readonly string[];
  readonly phase: 'plan' | 'apply';
}

/** Host of the issuer of GitHub Actions' tokens. */
export const GITHUB_ISSUER = 'token.actions.githubusercontent.com';

/** Audience of the tokens that HCP Terraform gives to its runs for AWS. */
export const HCP_AUDIENCE = 'aws.workload.identity';

/**
 * Lets exactly these runs of a repository assume a role. A job with an environment has that as its subject, whatever its
 * branch: which branches may use the environment is one of GitHub's protection rules.
 *
 * Repositories that were made, renamed or transferred since 2026-07-15 have the ids in their subject, older ones only if they
 * opted in: with `ids`, both forms are trusted. A name can be had by somebody else after its owner gave it up, an id can't.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc#immutable-subject-claims
 * @see https://aws.amazon.com/about-aws/whats-new/2026/01/aws-sts-supports-validation-identity-provider-claims/
 */
export function githubTrust(props: GithubTrustProps): PolicyStatement {
  const { oidcProviderArn, repository, ids, comparesRepositoryId = false, runs } = props;
  const names = ids ? [repository, withIds(repository, ids)] : [repository];
  return trust('GitHub', oidcProviderArn, GITHUB_ISSUER, {
    aud: 'sts.amazonaws.com',
    sub: names.flatMap((name) => runs.map((run) => `repo:${name}:${subjectOf(run)}`)),
    ...(ids && comparesRepositoryId && { repository_id: String(ids.repository) }),
  });
}

function withIds(repository: string, ids: NonNullable<GithubTrustProps['ids']>): string {
  const [owner = '', name = ''] = repository.split('/');
  return `${owner}@${ids.owner}/${name}@${ids.repository}`;
}

function subjectOf(run: GithubRun): string {
  if ('branch' in run) return `ref:refs/heads/${run.branch}`;
  return 'environment' in run ? `environment:${run.environment}` : 'pull_request';
}

/**
 * Lets exactly one phase of the runs of these workspaces assume a role.
 *
 * @see https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration
 */
export function hcpTrust(props: HcpTrustProps): PolicyStatement {
  const { oidcProviderArn, hostname, organization, project, workspaces, phase } = props;
  return trust('HcpTerraform', oidcProviderArn, hostname, {
    aud: HCP_AUDIENCE,
    sub: workspaces.map(
      (workspace) =>
        `organization:${organization}:project:${project}:workspace:${workspace}:run_phase:${phase}`,
    ),
  });
}

function trust(
  sid: string,
  oidcProviderArn: string,
  issuer: string,
  claims: Readonly<Record<string, string | readonly string[]>>,
): PolicyStatement {
  return {
    sid,
    actions: ['sts:AssumeRoleWithWebIdentity'],
    principals: { Federated: [oidcProviderArn] },
    conditions: {
      // No StringLike: an asterisk in a subject is an asterisk.
      StringEquals: Object.fromEntries(
        Object.entries(claims).map(([claim, value]) => [`${issuer}:${claim}`, value]),
      ),
    },
  };
}
