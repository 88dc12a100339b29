import { z } from 'zod';
import { type Github } from '../kit/github';

const pulls = z.array(
  z.looseObject({
    merged_at: z.string().nullish(),
    head: z.looseObject({
      sha: z.string().regex(/^[0-9a-f]{40,64}$/),
      repo: z.looseObject({ full_name: z.string() }).nullish(),
    }),
  }),
);
const runSchema = z.looseObject({
  id: z.number(),
  path: z.string(),
  head_sha: z.string(),
  head_repository: z.looseObject({ full_name: z.string() }).nullish(),
});
const runs = z.looseObject({ workflow_runs: z.array(runSchema) });
const artifacts = z.looseObject({
  artifacts: z.array(z.looseObject({ name: z.string(), expired: z.boolean() })),
});

/** A run of a workflow that holds plans, and the commit whose plans they are. */
export interface ReviewedRun {
  readonly id: number;
  readonly commit: string;
}

/** Of the artifact that holds what was reviewed of an environment. */
function artifactName(environment: string): string {
  return `reviewed-${environment}`;
}

/**
 * The run that planned the pull request by which a commit came to the branch: the last one of its head that has plans of the
 * environment. A fork's runs have none, and whatever they call so isn't looked at.
 */
export async function reviewedRun(
  github: Github,
  { commit, environment, workflow }: { commit: string; environment: string; workflow: string },
): Promise<ReviewedRun | undefined> {
  const merged = pulls
    .parse(await github.request('GET', `/commits/${commit}/pulls`))
    .filter(({ merged_at: at, head }) => at && head.repo?.full_name === github.repository);
  for (const { head } of merged) {
    const path = `/actions/workflows/${workflow}/runs?event=pull_request&head_sha=${head.sha}&per_page=100`;
    const { workflow_runs: planned } = runs.parse(await github.request('GET', path));
    for (const run of planned) {
      // A fork may have a commit of the same name.
      if (isOurs(github, run) && (await holds(github, run.id, artifactName(environment))))
        return { id: run.id, commit: run.head_sha };
    }
  }
  return undefined;
}

/**
 * Checks a run that a person names: a fork's run could hold anything.
 *
 * @throws if it isn't one of this repository's workflows with plans of the environment
 */
export async function checkedRun(github: Github, run: number, environment: string): Promise<ReviewedRun> {
  const found = runSchema.parse(await github.request('GET', `/actions/runs/${run}`));
  if (isOurs(github, found) && (await holds(github, run, artifactName(environment))))
    return { id: run, commit: found.head_sha };
  throw new Error(
    `run ${run} holds no plans of ${environment} that were made here: name a run of workflow plan or apply of this repository that is not too old`,
  );
}

/** Whether it is a run of one of this repository's own workflows, of its own code. */
function isOurs(github: Github, { path, head_repository: head }: z.output<typeof runSchema>): boolean {
  return (
    head?.full_name === github.repository && /^\.github\/workflows\/(?:plan|apply)\.yml(?:@|$)/.test(path)
  );
}

async function holds(github: Github, run: number, name: string): Promise<boolean> {
  const path = `/actions/runs/${run}/artifacts?name=${encodeURIComponent(name)}`;
  const found = artifacts.parse(await github.request('GET', path)).artifacts;
  return found.some((artifact) => artifact.name === name && !artifact.expired);
}
