import { describe, expect, it } from '@jest/globals';
import { githubTrust, hcpTrust, type GithubRun } from '../../../modules/bootstrap';
import { policyDocument } from '../../../modules/iam';
import { trusts } from '../../support/trust-evaluator';

const PROVIDER = 'arn:aws:iam::111122223333:oidc-provider/x';
const ISSUER = 'token.actions.githubusercontent.com';

function admits(runs: readonly GithubRun[], sub: string, changes: Record<string, string> = {}): boolean {
  const document = policyDocument([
    githubTrust({ oidcProviderArn: PROVIDER, repository: 'example/platform', runs }),
  ]);
  return trusts(document, {
    action: 'sts:AssumeRoleWithWebIdentity',
    principal: { Federated: PROVIDER },
    context: { [`${ISSUER}:sub`]: sub, [`${ISSUER}:aud`]: 'sts.amazonaws.com', ...changes },
  });
}

describe('trust in runs of GitHub Actions', () => {
  it.each<[GithubRun, string]>([
    [{ branch: 'main' }, 'repo:example/platform:ref:refs/heads/main'],
    [{ environment: 'dev' }, 'repo:example/platform:environment:dev'],
    [{ pullRequest: true }, 'repo:example/platform:pull_request'],
  ])('of %j', (run, subject) => {
    expect(admits([run], subject)).toBe(true);
    expect(admits([run, { branch: 'other' }], subject)).toBe(true);
    for (const other of [
      `${subject}x`,
      subject.replace('platform', 'other'),
      'repo:example/platform:ref:refs/heads/other',
      'repo:example/platform:ref:refs/tags/main',
      'repo:example/platform:environment:prod',
    ]) {
      expect(admits([run], other)).toBe(false);
    }
  });

  it('is not in tokens for another audience', () => {
    const subject = 'repo:example/platform:environment:dev';
    expect(admits([{ environment: 'dev' }], subject, { [`${ISSUER}:aud`]: 'else' })).toBe(false);
  });

  describe('by ids', () => {
    const ids = { owner: 123456, repository: 456789 };
    const document = (comparesRepositoryId: boolean) =>
      policyDocument([
        githubTrust({
          oidcProviderArn: PROVIDER,
          repository: 'example/platform',
          ids,
          comparesRepositoryId,
          runs: [{ environment: 'dev' }],
        }),
      ]);
    const admitted = (sub: string, id: string, compares = true) =>
      trusts(document(compares), {
        action: 'sts:AssumeRoleWithWebIdentity',
        principal: { Federated: PROVIDER },
        context: {
          [`${ISSUER}:sub`]: sub,
          [`${ISSUER}:aud`]: 'sts.amazonaws.com',
          [`${ISSUER}:repository_id`]: id,
        },
      });

    it('takes the subject of new repositories and that of older ones', () => {
      expect(admitted('repo:example@123456/platform@456789:environment:dev', '456789')).toBe(true);
      expect(admitted('repo:example/platform:environment:dev', '456789')).toBe(true);
      expect(admitted('repo:example@123456/platform@456789:environment:prod', '456789')).toBe(false);
    });

    it('refuses who took the name over', () => {
      expect(admitted('repo:example/platform:environment:dev', '1')).toBe(false);
      expect(admitted('repo:example@9/platform@1:environment:dev', '1')).toBe(false);
    });

    it('asks for no claim where STS compares none', () => {
      expect(document(false)).not.toContain('repository_id');
      expect(admitted('repo:example@123456/platform@456789:environment:dev', '', false)).toBe(true);
    });
  });

  it('takes an asterisk for an asterisk', () => {
    expect(admits([{ branch: '*' }], 'repo:example/platform:ref:refs/heads/main')).toBe(false);
  });
});

describe('trust in runs of HCP Terraform', () => {
  const document = policyDocument([
    hcpTrust({
      oidcProviderArn: PROVIDER,
      hostname: 'app.terraform.io',
      organization: 'example',
      project: 'Platform',
      workspaces: ['shop-dev-network', 'shop-dev-cluster'],
      phase: 'plan',
    }),
  ]);
  const admitted = (sub: string, aud = 'aws.workload.identity') =>
    trusts(document, {
      action: 'sts:AssumeRoleWithWebIdentity',
      principal: { Federated: PROVIDER },
      context: { 'app.terraform.io:sub': sub, 'app.terraform.io:aud': aud },
    });
  const subject = 'organization:example:project:Platform:workspace:shop-dev-cluster:run_phase:plan';

  it('is in one phase of its workspaces alone', () => {
    expect(admitted(subject)).toBe(true);
    expect(admitted(subject.replace('cluster', 'network'))).toBe(true);
    expect(admitted(subject.replace(':plan', ':apply'))).toBe(false);
    expect(admitted(subject.replace('cluster', 'addons'))).toBe(false);
    expect(admitted(subject.replace('Platform', 'Other'))).toBe(false);
    expect(admitted(subject.replace('organization:example', 'organization:other'))).toBe(false);
    expect(admitted(subject, 'sts.amazonaws.com')).toBe(false);
  });
});
