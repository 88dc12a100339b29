import { beforeAll, describe, expect, it } from '@jest/globals';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { DataAwsIamOpenidConnectProvider } from '@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider';
import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider';
import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { DataTfeProject } from '@cdktf/provider-tfe/lib/data-tfe-project';
import { TfeProvider } from '@cdktf/provider-tfe/lib/provider';
import { App } from 'cdktf';
import { type EnvironmentInput } from '../../config';
import { BootstrapStack } from '../../stacks/bootstrap-stack';
import { environment } from '../support/environments';
import { stacksOf, synthesizedStacks } from '../support/stacks';
import { Synthesized } from '../support/synthesized';

const S3 = { type: 's3', bucket: 'state-of-ours', region: 'eu-central-1' } as const;
const HCP = { type: 'hcp', organization: 'example', project: 'Platform' } as const;
const GITHUB = { repository: 'example/platform' };
const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/0123';
const STACKS = ['network', 'cluster', 'addons', 'workloads'];

type Bootstrap = EnvironmentInput['bootstrap'];

/** Stack bootstrap of an environment. */
function bootstrapOf(fields: Partial<EnvironmentInput>): Synthesized {
  const stack = stacksOf(environment(fields)).find(({ node }) => node.id === 'test-bootstrap');
  if (!stack) throw new Error('no stack test-bootstrap');
  return Synthesized.stack(stack);
}
/** What runs on HCP Terraform's workers have to have. */
const REMOTE: Partial<EnvironmentInput> = {
  backend: HCP,
  clusterCredentials: { type: 'hcp-dynamic', audience: 'the-cluster' },
  cluster: { kind: 'new', endpoint: { publicAccess: true, publicAccessCidrs: ['203.0.113.0/24'] } },
};
const s3 = (bootstrap: Bootstrap = {}, backend: object = {}) =>
  bootstrapOf({ backend: { ...S3, ...backend }, bootstrap });
const hcp = (bootstrap: Bootstrap = {}, backend: object = {}) =>
  bootstrapOf({ ...REMOTE, backend: { ...HCP, ...backend }, bootstrap });
const local = (bootstrap: Bootstrap = {}) =>
  bootstrapOf({ backend: { ...HCP, execution: 'local' }, bootstrap });
const trust = (stack: Synthesized, role: 'plan' | 'apply') =>
  stack.one('aws_iam_role', `_${role}_`).assume_role_policy as string;
const policy = (stack: Synthesized, role: 'plan' | 'apply') =>
  stack.one('aws_iam_role_policy', `_${role}-policy_`).policy as string;
const output = (stack: Synthesized, name: string) => stack.outputs()[name]?.value;

describe('stack bootstrap', () => {
  it('is there where the environment has it, by itself', () => {
    expect(stacksOf(environment({ backend: S3 })).map(({ node }) => node.id)).not.toContain('test-bootstrap');
    const stacks = stacksOf(environment({ backend: S3, bootstrap: {} }));
    expect(stacks.map(({ node }) => node.id)).toContain('test-bootstrap');
    for (const { node, dependencies } of stacks) {
      const names = dependencies.map((each) => each.node.id);
      if (node.id === 'test-bootstrap') expect(names).toEqual([]);
      else expect(names).not.toContain('test-bootstrap');
    }
  });

  it('is made of an environment that has it', () => {
    expect(() => new BootstrapStack(new App(), { environment: environment(), stacks: [] })).toThrow(
      'environment test has no bootstrap',
    );
  });

  it.each([{ backend: S3 }, REMOTE])('keeps its own state in a file with %j', (fields) => {
    const { terraform } = bootstrapOf({ ...fields, bootstrap: {} });
    expect(terraform.backend).toEqual({
      local: { path: '../../../../terraform-state/eks-ingress/test/bootstrap.tfstate' },
    });
    expect(terraform).not.toHaveProperty('cloud');
  });
});

describe('stack bootstrap of backend s3', () => {
  let stack: Synthesized;
  beforeAll(() => {
    stack = s3({ github: GITHUB });
  });

  it('makes the bucket in its Region', () => {
    expect(stack.json).toHaveProviderWithProperties(AwsProvider, {
      region: 'eu-central-1',
      allowed_account_ids: ['111122223333'],
      default_tags: [{ tags: expect.objectContaining({ Environment: 'test' }) }],
    });
    const bucket = stack.one('aws_s3_bucket');
    expect(stack.json).toHaveResourceWithProperties(S3Bucket, { bucket: 'state-of-ours' });
    expect(output(stack, 'state_bucket')).toBe(`\${${bucket.address}.bucket}`);
    expect(output(stack, 'state_kms_key_arn')).toBe(`\${${stack.one('aws_kms_key').address}.arn}`);
  });

  it('makes the key that the other stacks write under', () => {
    const alias = 'alias/eks-ingress/test/state';
    expect(stack.json).toHaveResourceWithProperties(KmsAlias, { name: alias });
    const { network } = synthesizedStacks(environment({ backend: S3, bootstrap: {} }));
    expect(network?.terraform.backend).toMatchObject({
      s3: { encrypt: true, kms_key_id: `arn:aws:kms:eu-central-1:111122223333:${alias}` },
    });
  });

  it('takes a key that is there, for bucket and roles', () => {
    const other = s3({ github: GITHUB }, { kmsKeyArn: KEY });
    expect(other.count('aws_kms_key')).toBe(0);
    expect(output(other, 'state_kms_key_arn')).toBe(KEY);
    expect(policy(other, 'plan')).toContain(KEY);
  });

  it('keeps old versions as it is told', () => {
    const other = s3({ stateBucket: { expireOldVersionsAfterDays: 7, keepOldVersions: 3 } });
    const versions = (of: Synthesized) =>
      JSON.stringify(of.one('aws_s3_bucket_lifecycle_configuration').rule);
    expect(versions(other)).toContain('"newer_noncurrent_versions":3,"noncurrent_days":7');
    expect(versions(stack)).toContain('"newer_noncurrent_versions":10,"noncurrent_days":90');
  });

  it('is held in production', () => {
    const held = bootstrapOf({ backend: S3, bootstrap: {}, production: true });
    for (const type of ['aws_s3_bucket', 'aws_kms_key']) {
      expect(held.one(type).lifecycle).toEqual({ prevent_destroy: true });
    }
    expect(stack.one('aws_s3_bucket')).not.toHaveProperty('lifecycle');
  });

  it('leaves a bucket alone that is there', () => {
    const other = s3({ stateBucket: false, github: GITHUB }, { kmsKeyArn: KEY });
    expect(other.types().filter((type) => /s3|kms/.test(type))).toEqual([]);
    expect(output(other, 'state_bucket')).toBe('');
    expect(policy(other, 'apply')).toContain('"arn:aws:s3:::state-of-ours/eks-ingress/test/*.tfstate"');
    expect(policy(other, 'apply')).toContain(KEY);
    const { network } = synthesizedStacks(environment({ backend: S3, bootstrap: { stateBucket: false } }));
    expect(JSON.stringify(network?.terraform.backend)).not.toContain('kms_key_id');
  });

  it('lets GitHub plan pull requests and main, and apply in the environment of its name', () => {
    expect(stack.json).toHaveResourceWithProperties(IamOpenidConnectProvider, {
      url: 'https://token.actions.githubusercontent.com',
      client_id_list: ['sts.amazonaws.com'],
    });
    expect(trust(stack, 'plan')).toContain(
      '["repo:example/platform:pull_request","repo:example/platform:ref:refs/heads/main"]',
    );
    expect(trust(stack, 'apply')).toContain('"repo:example/platform:environment:test"');
    expect(output(stack, 'plan_role_arn')).toBe(`\${${stack.one('aws_iam_role', '_plan_').address}.arn}`);
    expect(output(stack, 'apply_role_arn')).toBe(`\${${stack.one('aws_iam_role', '_apply_').address}.arn}`);
  });

  it('lets other runs of GitHub in, by a provider that is there', () => {
    const other = s3({
      github: {
        ...GITHUB,
        oidcProvider: 'existing',
        plan: [{ environment: 'plan' }],
        apply: [{ branch: 'release/1' }],
      },
    });
    expect(other.count('aws_iam_openid_connect_provider')).toBe(0);
    expect(trust(other, 'plan')).toContain(
      `\${${other.oneData('aws_iam_openid_connect_provider').address}.arn}`,
    );
    expect(trust(other, 'plan')).toContain('"repo:example/platform:environment:plan"');
    expect(trust(other, 'apply')).toContain('"repo:example/platform:ref:refs/heads/release/1"');
  });

  it('gives the roles the state of their environment alone', () => {
    const { address } = stack.one('aws_s3_bucket');
    for (const role of ['plan', 'apply'] as const) {
      expect(policy(stack, role)).toContain(`\${${address}.arn}/eks-ingress/test/*.tfstate`);
    }
    expect(
      policy(s3({ github: GITHUB }, { roleArn: 'arn:aws:iam::111122223333:role/state' }), 'plan'),
    ).toContain('arn:aws:iam::111122223333:role/state');
  });

  it('gives apply what it is told, in the Region of the environment', () => {
    expect(policy(stack, 'apply')).toContain('oidc.eks.eu-west-1.amazonaws.com');
    const custom = bootstrapOf({
      backend: S3,
      bootstrap: {
        github: GITHUB,
        apply: {
          policyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
          permissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/boundary',
        },
      },
    });
    expect(custom.one('aws_iam_role_policy_attachment').policy_arn).toMatch(/AdministratorAccess$/);
    expect(custom.one('aws_iam_role', '_apply_').permissions_boundary).toMatch(/boundary$/);
    const named = bootstrapOf({
      backend: S3,
      bootstrap: { github: GITHUB },
      cluster: { kind: 'new', name: 'orders' },
    });
    expect(policy(named, 'apply')).toContain(
      '["arn:aws:iam::111122223333:role/eks-ingress-test-*","arn:aws:iam::111122223333:role/orders-*"]',
    );
  });

  it('makes no roles where nobody would have them', () => {
    const alone = s3();
    expect(alone.types().filter((type) => type.startsWith('aws_iam'))).toEqual([]);
    expect(output(alone, 'plan_role_arn')).toBe('');
    expect(output(alone, 'apply_role_arn')).toBe('');
  });
});

describe('stack bootstrap of backend hcp', () => {
  let stack: Synthesized;
  beforeAll(() => {
    stack = hcp();
  });
  const ids = (...names: string[]) =>
    names.map((name) => `\${${stack.one('tfe_workspace', `workspaces_${name}_`).address}.id}`);

  const variablesOf = (name: string) => {
    const all = Object.values(stack.resources('tfe_variable'));
    const own = all.filter(({ workspace_id: id }) => ids(name).includes(id as string));
    return Object.fromEntries(own.map(({ key, value }) => [key as string, value]));
  };

  it('makes the workspaces that the other stacks name', () => {
    expect(stack.json).toHaveProviderWithProperties(TfeProvider, { hostname: 'app.terraform.io' });
    expect(stack.types().filter((type) => /s3|kms/.test(type))).toEqual([]);
    const stacks = synthesizedStacks(environment(REMOTE));
    for (const name of STACKS) {
      const workspace = stack.one('tfe_workspace', `workspaces_${name}_`);
      expect(stacks[name]?.terraform.cloud).toMatchObject({
        organization: workspace.organization,
        workspaces: { name: workspace.name, project: 'Platform' },
      });
      expect(workspace.project_id).toBe(`\${${stack.one('tfe_project').address}.id}`);
    }
  });

  it('shares the state of each with those that read it', () => {
    const stacks = synthesizedStacks(environment(REMOTE));
    const readersOf = (name: string) =>
      STACKS.filter((other) =>
        Object.keys(stacks[other]?.data('terraform_remote_state') ?? {}).some((id) =>
          id.startsWith(`${name}-state`),
        ),
      );
    expect(readersOf('network')).toEqual(['cluster', 'addons']);
    for (const name of STACKS) {
      const { remote_state_consumer_ids: consumers } = stack.one(
        'tfe_workspace_settings',
        `workspaces_${name}-settings_`,
      );
      expect(consumers).toEqual(ids(...readersOf(name)));
    }
  });

  it('queues them in order', () => {
    expect(
      Object.fromEntries(
        Object.values(stack.resources('tfe_run_trigger')).map((each) => [
          each.workspace_id,
          each.sourceable_id,
        ]),
      ),
    ).toEqual(
      Object.fromEntries(STACKS.slice(1).map((name, at) => [...ids(name), ...ids(STACKS[at] ?? '')])),
    );
  });

  it('gives each phase of their runs a role, without keys', () => {
    expect(stack.json).toHaveResourceWithProperties(IamOpenidConnectProvider, {
      url: 'https://app.terraform.io',
      client_id_list: ['aws.workload.identity'],
    });
    for (const role of ['plan', 'apply'] as const) {
      const { Statement } = JSON.parse(trust(stack, role)) as {
        Statement: { Condition: { StringEquals: Record<string, unknown> } }[];
      };
      expect(Statement.map(({ Condition }) => Condition.StringEquals['app.terraform.io:sub'])).toEqual([
        STACKS.map(
          (name) =>
            `organization:example:project:Platform:workspace:eks-ingress-test-${name}:run_phase:${role}`,
        ),
      ]);
      expect(policy(stack, role)).not.toContain('s3:');
    }
    const roles = {
      TFC_AWS_PROVIDER_AUTH: 'true',
      TFC_AWS_PLAN_ROLE_ARN: output(stack, 'plan_role_arn'),
      TFC_AWS_APPLY_ROLE_ARN: output(stack, 'apply_role_arn'),
    };
    expect(variablesOf('network')).toEqual(roles);
    expect(variablesOf('addons')).toEqual({
      ...roles,
      TFC_KUBERNETES_PROVIDER_AUTH: 'true',
      TFC_KUBERNETES_WORKLOAD_IDENTITY_AUDIENCE: 'the-cluster',
    });
    expect(output(stack, 'plan_role_arn')).toMatch(/aws_iam_role/);
  });

  it('goes to another host, and to the project that an organization begins with', () => {
    const other = hcp({}, { hostname: 'tfe.example.com', project: undefined });
    expect(other.json).toHaveProviderWithProperties(TfeProvider, { hostname: 'tfe.example.com' });
    expect(other.count('tfe_project')).toBe(0);
    expect(other.json).toHaveResourceWithProperties(IamOpenidConnectProvider, {
      url: 'https://tfe.example.com',
    });
    expect(trust(other, 'plan')).toContain('tfe.example.com:sub');
    expect(trust(other, 'plan')).toContain(':project:Default Project:');
  });

  it('takes what is there', () => {
    const other = hcp({ workspaces: { project: 'existing', oidcProvider: 'existing' } });
    expect(other.count('tfe_project')).toBe(0);
    expect(other.json).toHaveDataSourceWithProperties(DataTfeProject, { name: 'Platform' });
    expect(other.count('aws_iam_openid_connect_provider')).toBe(0);
    expect(other.json).toHaveDataSourceWithProperties(DataAwsIamOpenidConnectProvider, {
      url: 'https://app.terraform.io',
    });
  });

  it('has no roles for runs that are not its own', () => {
    const alone = local();
    expect(alone.types().filter((type) => type.startsWith('aws_'))).toEqual([]);
    expect(alone.count('tfe_variable')).toBe(0);
    const github = local({ github: GITHUB });
    expect(trust(github, 'plan')).not.toContain('app.terraform.io');
    expect(github.count('tfe_variable')).toBe(0);
  });

  it('lets GitHub in as well', () => {
    const both = hcp({ github: GITHUB });
    expect(trust(both, 'apply')).toContain('repo:example/platform:environment:test');
    expect(trust(both, 'apply')).toContain('run_phase:apply');
  });

  it('sets how they run', () => {
    const agents = hcp(
      { workspaces: { agentPoolId: 'apool-ZjT6A7mVFm5WHT5a', terraformVersion: '1.13.5' } },
      { execution: 'agent' },
    );
    expect(agents.one('tfe_workspace', 'workspaces_network_').terraform_version).toBe('1.13.5');
    expect(agents.one('tfe_workspace_settings', 'workspaces_network-settings_')).toMatchObject({
      execution_mode: 'agent',
      agent_pool_id: 'apool-ZjT6A7mVFm5WHT5a',
    });
  });

  it('is held in production', () => {
    const held = bootstrapOf({ ...REMOTE, bootstrap: {}, production: true });
    expect(held.one('tfe_workspace', 'workspaces_network_').lifecycle).toEqual({ prevent_destroy: true });
  });
});
