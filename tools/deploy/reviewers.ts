import { z } from 'zod';
import { type AwsEnvironment } from '../../config';
import { Github } from '../kit/github';

const environmentSchema = z.looseObject({
  protection_rules: z
    .array(z.looseObject({ type: z.string(), reviewers: z.array(z.unknown()).optional() }))
    .optional(),
});

/**
 * What stands between a push and the account: the reviewers of the GitHub environments whose runs may apply. Says of each
 * environment that has none, and of each that could not be asked about, what follows and what to do.
 *
 * @param env GITHUB_TOKEN or GH_TOKEN may read the repository's environments
 * @see https://docs.github.com/en/rest/deployments/environments
 */
export async function missingReviewers(
  { bootstrap }: Pick<AwsEnvironment, 'bootstrap'>,
  env: NodeJS.ProcessEnv,
): Promise<string[]> {
  const { github } = bootstrap ?? {};
  if (github === undefined) return [];
  const token = env.GITHUB_TOKEN ?? env.GH_TOKEN;
  const { GITHUB_API_URL: apiUrl } = env;
  const page = `https://github.com/${github.repository}/settings/environments`;
  const ask = async (name: string): Promise<string[]> => {
    if (token === undefined)
      return [
        `whether GitHub environment ${name} of ${github.repository} has reviewers was not checked: GITHUB_TOKEN is not set. Without any, whoever may push applies: see ${page}`,
      ];
    try {
      const api = new Github({ apiUrl, repository: github.repository, token });
      const found = environmentSchema.parse(
        await api.request('GET', `/environments/${encodeURIComponent(name)}`),
      );
      const rules = found.protection_rules ?? [];
      return rules.some(({ type, reviewers = [] }) => type === 'required_reviewers' && reviewers.length > 0)
        ? []
        : [
            `GitHub environment ${name} of ${github.repository} has no required reviewers: whoever may push applies. Add them at ${page}`,
          ];
    } catch (error) {
      return [
        `whether GitHub environment ${name} of ${github.repository} has reviewers could not be read (${(error as Error).message}): make it, with reviewers, at ${page}`,
      ];
    }
  };
  const branches = github.apply.flatMap((run) =>
    'branch' in run
      ? [
          `whoever may push to branch ${run.branch} of ${github.repository} applies: protect it, or trust an environment with reviewers`,
        ]
      : [],
  );
  const names = github.apply.flatMap((run) => ('environment' in run ? [run.environment] : []));
  return [...branches, ...(await Promise.all(names.map(ask))).flat()];
}
