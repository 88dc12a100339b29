import { z } from 'zod';
import { BOT, type Github } from '../kit/github';

const post = z.looseObject({
  id: z.number().optional(),
  number: z.number().optional(),
  body: z.string().nullish(),
  user: z.looseObject({ login: z.string() }).nullish(),
  pull_request: z.unknown().optional(),
});

/** Begins what is kept up to date; readers don't see it. */
function marker(kind: 'plan' | 'drift', environment: string): string {
  return `<!-- eks-ingress: ${kind} of ${environment} -->`;
}

/** Only what this workflow wrote is written over: anybody can copy the marker into a comment of their own. */
function isOurs(candidate: z.infer<typeof post>, mark: string): boolean {
  return candidate.user?.login === BOT && candidate.body?.startsWith(mark) === true;
}

/** Writes the one comment that a pull request has of an environment. */
export async function stickyComment(
  github: Github,
  { pull, environment, text }: { readonly pull: number; readonly environment: string; readonly text: string },
): Promise<'made' | 'updated'> {
  const mark = marker('plan', environment);
  const body = `${mark}\n${text}`;
  for await (const item of github.list(`/issues/${pull}/comments`)) {
    const comment = post.parse(item);
    if (!isOurs(comment, mark) || comment.id === undefined) continue;
    await github.request('PATCH', `/issues/comments/${comment.id}`, { body });
    return 'updated';
  }
  await github.request('POST', `/issues/${pull}/comments`, { body });
  return 'made';
}

/**
 * Takes plans back that an earlier commit of a pull request had and the last one hasn't. Answers their environments.
 */
export async function withdrawComments(
  github: Github,
  {
    pull,
    environments,
    text,
  }: { readonly pull: number; readonly environments: readonly string[]; readonly text: string },
): Promise<readonly string[]> {
  const withdrawn: string[] = [];
  for await (const item of github.list(`/issues/${pull}/comments`)) {
    const comment = post.parse(item);
    const name = /^<!-- eks-ingress: plan of ([a-z0-9-]+) -->/.exec(comment.body ?? '')?.[1];
    if (name === undefined || environments.includes(name) || comment.id === undefined) continue;
    const mark = marker('plan', name);
    const body = `${mark}\n${text}`;
    if (!isOurs(comment, mark) || comment.body === body) continue;
    await github.request('PATCH', `/issues/comments/${comment.id}`, { body });
    withdrawn.push(name);
  }
  return withdrawn;
}

/** Keeps one open issue as long as an environment is not what its code says. `text` is nothing once it is. */
export async function driftIssue(
  github: Github,
  { environment, text }: { readonly environment: string; readonly text?: string },
): Promise<'opened' | 'updated' | 'closed' | 'none'> {
  const mark = marker('drift', environment);
  const number = await openIssue(github, mark);
  if (text === undefined) {
    if (number === undefined) return 'none';
    await github.request('POST', `/issues/${number}/comments`, {
      body: 'Nothing differs any more.',
    });
    await github.request('PATCH', `/issues/${number}`, { state: 'closed', state_reason: 'completed' });
    return 'closed';
  }
  const body = `${mark}\n${text}`;
  if (number !== undefined) {
    await github.request('PATCH', `/issues/${number}`, { body });
    return 'updated';
  }
  await github.request('POST', '/issues', { title: `Drift in ${environment}`, body });
  return 'opened';
}

async function openIssue(github: Github, mark: string): Promise<number | undefined> {
  for await (const item of github.list(`/issues?state=open&creator=${encodeURIComponent(BOT)}`)) {
    const issue = post.parse(item);
    if (isOurs(issue, mark) && issue.pull_request === undefined) return issue.number;
  }
  return undefined;
}
