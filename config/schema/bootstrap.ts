import { z } from 'zod';
import { distinct, policyArn, textLike } from './primitives';

/** What a GitHub Actions job runs for, which is the subject of its token; patterns would let in more than they say. */
const branch = z.strictObject({
  branch: textLike(
    /^(?!\/)(?!.*(\/\/|\.\.|@\{))[^\s~^:?*[\\]+(?<![/.])$/,
    'write the whole name of a branch such as main: a pattern would let in whoever may push a branch that fits it',
  ),
});
const environment = z.strictObject({
  environment: textLike(
    /^(?!.*[?*:'"`,;\\])\S(.{0,253}\S)?$/,
    'write the whole name of a GitHub environment such as production: a pattern would let in others that fit it',
  ),
});
const pullRequest = z.strictObject({
  /** Any pull request of a branch of the repository. GitHub gives none to those of forks. */
  pullRequest: z.literal(true, 'write true, or remove it'),
});

const runs = z
  .array(
    z.union([branch, environment, pullRequest], 'write { branch }, { environment } or { pullRequest: true }'),
  )
  .min(1, 'write at least one of { branch } and { environment }');

/** Runs of GitHub Actions, which have AWS credentials by their own identity: no keys. */
const github = z.strictObject({
  /** Of which runs are trusted, `owner/name` as GitHub spells it. */
  repository: textLike(
    /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,37}[A-Za-z0-9])?\/[\w.-]{1,100}$/,
    'write owner/name as GitHub spells it, without a pattern',
  ),
  /**
   * Numbers of the owner and of the repository, as `gh api repos/OWNER/NAME --jq '.owner.id, .id'` prints them. With them the runs of
   * repositories made, renamed or transferred since 2026-07-15 are trusted, and nobody is who takes the name over later.
   * @default - runs are known by the name alone, as older repositories have it
   * @see https://docs.github.com/en/actions/reference/security/oidc#immutable-subject-claims
   */
  ids: z
    .strictObject({
      owner: z.int('write the number, as gh api prints it').min(1, 'write the number, as gh api prints it'),
      repository: z
        .int('write the number, as gh api prints it')
        .min(1, 'write the number, as gh api prints it'),
    })
    .optional(),
  /** An account has one IAM OIDC provider of GitHub: whether it is there already. @default 'create' */
  oidcProvider: z.enum(['create', 'existing']).default('create'),
  /** Runs that may plan. @default - pull requests, and branch main, as a scheduled run has it */
  plan: runs.default([{ pullRequest: true }, { branch: 'main' }]),
  /** Runs that may apply and destroy, not those of pull requests. @default - those of the GitHub environment that has this environment's name */
  apply: runs.optional(),
});

/** The bucket of backend s3. */
export const stateBucket = z.strictObject({
  /** Days after which a version that another replaced is removed. @default 90 */
  expireOldVersionsAfterDays: z.int().min(1).default(90),
  /** How many of them stay, whatever their age. @default 10 */
  keepOldVersions: z.int().min(1).max(100).default(10),
});

/** The workspaces of backend hcp, one for each of the other stacks. */
export const workspaces = z.strictObject({
  /** Pool of the agents that run Terraform, where the backend's `execution` is on agents. @default - none */
  agentPoolId: textLike(/^apool-[A-Za-z0-9]{16}$/, 'write an id such as apool-ZjT6A7mVFm5WHT5a').optional(),
  /** Version of Terraform, exact or a constraint. @default '~> 1.9' */
  terraformVersion: textLike(
    /^((~>|>=|=) ?)?\d+\.\d+(\.\d+)?$/,
    'write a version such as 1.13.5, or a constraint such as ~> 1.13',
  ).default('~> 1.9'),
  /** Whether the backend's project is there already. @default 'create' */
  project: z.enum(['create', 'existing']).default('create'),
  /** Whether the account has HCP Terraform's IAM OIDC provider already. @default 'create' */
  oidcProvider: z.enum(['create', 'existing']).default('create'),
});

/** What is made once, before the other stacks have a place for their state and are run by a pipeline. */
export const bootstrap = z.strictObject({
  /** With backend s3; `false` where the bucket is there already. @default {} */
  stateBucket: z.union([z.literal(false), stateBucket], 'write false, or {} for its defaults').optional(),
  /** With backend hcp. @default {} */
  workspaces: workspaces.optional(),
  /** @default - no run of GitHub Actions has a role */
  github: github.optional(),
  /** What the role that applies may do. */
  apply: z
    .strictObject({
      /**
       * Managed policies of the role.
       * @default - PowerUserAccess, and IAM for what is named after this environment and its cluster
       */
      policyArns: distinct(
        z
          .array(policyArn)
          .min(1, 'write at least one ARN')
          .max(10, 'write at most 10 ARNs: IAM attaches no more to a role'),
      ).optional(),
      /**
       * Policy that bounds both pipeline roles and every role that the stacks make, whatever they are allowed otherwise; `apply` can
       * make none without it.
       * @default - none
       */
      permissionsBoundaryArn: policyArn.optional(),
    })
    .prefault({}),
});

export type BootstrapSettings = z.output<typeof bootstrap>;
