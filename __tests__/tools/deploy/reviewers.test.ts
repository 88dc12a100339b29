import { afterEach, describe, expect, it } from '@jest/globals';
import { type AwsEnvironment } from '../../../config';
import { missingReviewers } from '../../../tools/deploy/reviewers';
import { environment } from '../../support/environments';
import { FakeGithub } from '../ci/fake-github';

let github: FakeGithub | undefined;
afterEach(async () => {
  await github?.stop();
  github = undefined;
});

const trusting = (apply?: readonly object[]): AwsEnvironment =>
  environment({
    name: 'dev',
    backend: { type: 's3', bucket: 'state-of-ours', region: 'eu-west-1' },
    bootstrap: { github: { repository: 'octo/shop', ...(apply && { apply: [...apply] as never }) } },
  });

describe('reviewers of who may apply', () => {
  it.each([
    [[{ type: 'required_reviewers', reviewers: [{ type: 'Team' }] }], []],
    [
      [{ type: 'required_reviewers', reviewers: [] }],
      ['has no required reviewers: whoever may push applies'],
    ],
    [[{ type: 'branch_policy' }], ['has no required reviewers']],
  ])('are asked for: %j', async (rules, said) => {
    github = await FakeGithub.start({ 'GET /environments/dev': { protection_rules: rules } });
    const found = await missingReviewers(trusting(), github.env);
    expect(found).toEqual(said.map((words) => expect.stringContaining(words)));
  });

  it('are not taken for there where nobody could look', async () => {
    github = await FakeGithub.start({});
    expect(await missingReviewers(trusting(), github.env)).toEqual([
      expect.stringContaining('could not be read'),
    ]);
    expect(await missingReviewers(trusting(), {})).toEqual([expect.stringContaining('was not checked')]);
  });

  it('are none where a branch is trusted', async () => {
    expect(await missingReviewers(trusting([{ branch: 'main' }]), {})).toEqual([
      expect.stringContaining('whoever may push to branch main'),
    ]);
  });

  it('are of no matter without runs of GitHub', async () => {
    expect(await missingReviewers({ bootstrap: undefined }, {})).toEqual([]);
  });
});
