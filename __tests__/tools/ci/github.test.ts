import { afterEach, describe, expect, it } from '@jest/globals';
import { Github } from '../../../tools/kit/github';
import { checkedRun, reviewedRun } from '../../../tools/ci/reviewed-run';
import { driftIssue, stickyComment } from '../../../tools/ci/sticky';
import { FakeGithub } from './fake-github';

const BOT = { login: 'github-actions[bot]' };
const MARK = '<!-- eks-ingress: plan of dev -->';
const DRIFT = '<!-- eks-ingress: drift of dev -->';
const ISSUES = `GET /issues?state=open&creator=${encodeURIComponent(BOT.login)}`;
const SHA = 'a'.repeat(40);
const HEAD = 'b'.repeat(40);

let fake: FakeGithub;
afterEach(() => fake.stop());

async function github(answers: Readonly<Record<string, unknown>>): Promise<Github> {
  fake = await FakeGithub.start(answers);
  return Github.of(fake.env);
}

const comment = (to: Github) => stickyComment(to, { pull: 7, environment: 'dev', text: 'report' });

describe('Github', () => {
  it('says who it is', async () => {
    const api = await github({ 'GET /issues/1': {} });
    await api.request('GET', '/issues/1');
    expect(fake.requests).toEqual([{ method: 'GET', path: '/issues/1', authorization: 'Bearer token-1' }]);
  });

  it('says what was refused', async () => {
    const api = await github({});
    await expect(api.request('GET', '/issues/1')).rejects.toThrow('GET /issues/1 was answered 404');
  });

  it('reads all pages of a list', async () => {
    const page = Array.from({ length: 100 }, (_, id) => ({ id }));
    const api = await github({ 'GET /issues': page, 'GET /issues?per_page=100&page=2': [{ id: 100 }] });
    const items: unknown[] = [];
    for await (const item of api.list('/issues')) items.push(item);
    expect(items).toHaveLength(101);
  });

  it('reads nothing from what is no list', async () => {
    const api = await github({ 'GET /issues': {} });
    expect(await api.list('/issues').next()).toMatchObject({ done: true });
  });

  it("is GitHub's own API unless a workflow says otherwise", async () => {
    await github({});
    expect(() => Github.of({ GITHUB_REPOSITORY: 'octo/shop' })).toThrow('GITHUB_TOKEN are missing');
    expect(Github.of({ GITHUB_REPOSITORY: 'octo/shop', GITHUB_TOKEN: 't' }).repository).toBe('octo/shop');
  });
});

describe('stickyComment', () => {
  it('makes a comment where there is none', async () => {
    const api = await github({ 'GET /issues/7/comments': [], 'POST /issues/7/comments': { id: 1 } });
    expect(await comment(api)).toBe('made');
    expect(fake.writes).toMatchObject([{ method: 'POST', body: { body: `${MARK}\nreport` } }]);
  });

  it('writes over its own', async () => {
    const others = [
      { id: 1, body: 'looks good', user: { login: 'octocat' } },
      { id: 2, body: '<!-- eks-ingress: plan of prod -->\n', user: BOT },
      { id: 3, body: `${MARK}\nold`, user: BOT },
    ];
    const api = await github({ 'GET /issues/7/comments': others, 'PATCH /issues/comments/3': {} });
    expect(await comment(api)).toBe('updated');
    expect(fake.writes).toMatchObject([{ path: '/issues/comments/3', body: { body: `${MARK}\nreport` } }]);
  });

  it.each([
    ['has the marker by another', { id: 3, body: MARK, user: { login: 'mallory' } }],
    ['quotes the marker', { id: 3, body: `> ${MARK}`, user: BOT }],
    ['is by nobody', { id: 3, body: MARK, user: null }],
    ['is empty', { id: 3, body: null, user: BOT }],
  ])('leaves a comment alone that %s', async (_, other) => {
    const api = await github({ 'GET /issues/7/comments': [other], 'POST /issues/7/comments': {} });
    expect(await comment(api)).toBe('made');
    expect(fake.writes.map(({ method }) => method)).toEqual(['POST']);
  });
});

describe('driftIssue', () => {
  const drifted = (to: Github) => driftIssue(to, { environment: 'dev', text: 'report' });
  const ours = { number: 5, body: `${DRIFT}\nold`, user: BOT };

  it('is opened once', async () => {
    const api = await github({ [ISSUES]: [], 'POST /issues': {} });
    expect(await drifted(api)).toBe('opened');
    expect(fake.writes).toMatchObject([{ body: { title: 'Drift in dev', body: `${DRIFT}\nreport` } }]);
  });

  it('is kept up to date', async () => {
    const api = await github({ [ISSUES]: [{ ...ours, body: 'other' }, ours], 'PATCH /issues/5': {} });
    expect(await drifted(api)).toBe('updated');
  });

  it('is no pull request', async () => {
    const api = await github({ [ISSUES]: [{ ...ours, pull_request: {} }], 'POST /issues': {} });
    expect(await drifted(api)).toBe('opened');
  });

  it('is closed once nothing differs', async () => {
    const api = await github({ [ISSUES]: [ours], 'PATCH /issues/5': {}, 'POST /issues/5/comments': {} });
    expect(await driftIssue(api, { environment: 'dev' })).toBe('closed');
    expect(fake.writes).toMatchObject([
      { path: '/issues/5/comments' },
      { path: '/issues/5', body: { state: 'closed' } },
    ]);
  });

  it("isn't there where nothing ever differed", async () => {
    const api = await github({ [ISSUES]: [] });
    expect(await driftIssue(api, { environment: 'dev' })).toBe('none');
    expect(fake.writes).toEqual([]);
  });
});

describe('reviewedRun', () => {
  const PULLS = `GET /commits/${SHA}/pulls`;
  const RUNS = `GET /actions/workflows/plan.yml/runs?event=pull_request&head_sha=${HEAD}&per_page=100`;
  const artifacts = (run: number) => `GET /actions/runs/${run}/artifacts?name=reviewed-dev`;
  const merged = (repository: string, at: string | null = '2026-11-21') => ({
    merged_at: at,
    head: { sha: HEAD, repo: { full_name: repository } },
  });
  const runOf = (id: number, repository = 'octo/shop') => ({
    id,
    path: '.github/workflows/plan.yml',
    head_sha: HEAD,
    head_repository: { full_name: repository },
  });
  const held = { artifacts: [{ name: 'reviewed-dev', expired: false }] };
  const find = (to: Github) => reviewedRun(to, { commit: SHA, environment: 'dev', workflow: 'plan.yml' });

  it('is the last one of the merged head that has plans of the environment', async () => {
    const api = await github({
      [PULLS]: [merged('octo/shop', null), merged('octo/shop')],
      [RUNS]: { workflow_runs: [runOf(4, 'mallory/shop'), runOf(3), runOf(2), runOf(1)] },
      [artifacts(4)]: held,
      [artifacts(3)]: { artifacts: [] },
      [artifacts(2)]: held,
      [artifacts(1)]: held,
    });
    expect(await find(api)).toEqual({ id: 2, commit: HEAD });
  });

  it.each([
    ['a fork', [merged('mallory/shop')]],
    ['a repository that is gone', [{ merged_at: '2026-11-21', head: { sha: HEAD, repo: null } }]],
    ["a pull request that isn't merged", [merged('octo/shop', null)]],
    ['nothing', []],
  ])('is none of %s', async (_, pulls) => {
    const api = await github({
      [PULLS]: pulls,
      [RUNS]: { workflow_runs: [runOf(1)] },
      [artifacts(1)]: held,
    });
    expect(await find(api)).toBeUndefined();
  });

  it('is none whose plans are too old', async () => {
    const api = await github({
      [PULLS]: [merged('octo/shop')],
      [RUNS]: { workflow_runs: [runOf(1)] },
      [artifacts(1)]: { artifacts: [{ name: 'reviewed-dev', expired: true }] },
    });
    expect(await find(api)).toBeUndefined();
  });

  it.each([
    ['.github/workflows/plan.yml', 'octo/shop', true],
    ['.github/workflows/apply.yml@main', 'octo/shop', true],
    ['.github/workflows/other.yml', 'octo/shop', false],
    ['.github/workflows/plan.yml', 'mallory/shop', false],
  ])('that a person names is of %s in %s: %s', async (path, repository, isTaken) => {
    const api = await github({
      'GET /actions/runs/9': { ...runOf(9, repository), path },
      [artifacts(9)]: held,
    });
    const checked = checkedRun(api, 9, 'dev');
    if (isTaken) expect(await checked).toEqual({ id: 9, commit: HEAD });
    else await expect(checked).rejects.toThrow('run 9 holds no plans of dev that were made here');
  });
});
