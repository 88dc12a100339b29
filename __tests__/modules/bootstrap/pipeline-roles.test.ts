import { describe, expect, it } from '@jest/globals';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { PipelineRoles, type PipelineRolesProps } from '../../../modules/bootstrap';
import { boundedName } from '../../../modules/iam';
import { Synthesized } from '../../support/synthesized';

const BUCKET = 'arn:aws:s3:::state-of-ours';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/x';
const PROVIDER = 'arn:aws:iam::111122223333:oidc-provider/x';
const trust = (sid: string) => [{ sid, actions: ['sts:AssumeRole'] }];
const PROPS: PipelineRolesProps = {
  name: 'shop-dev',
  namePrefixes: ['shop-dev', 'shop'],
  oidcProviderArns: [PROVIDER],
  planTrust: trust('Planner'),
  applyTrust: trust('Applier'),
  state: { bucketArn: BUCKET, kmsKeyArn: KEY, prefix: 'shop/dev/' },
  account: '111122223333',
  partition: 'aws',
  region: 'eu-west-1',
  dnsSuffix: 'amazonaws.com',
};
const synthesized = (props: Partial<PipelineRolesProps> = {}) =>
  Synthesized.of((stack) => new PipelineRoles(stack, 'pipeline', { ...PROPS, ...props }));

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: unknown;
}

/** Statements of a role's own policy by their ids. */
function statements(stack: Synthesized, role: 'plan' | 'apply'): Record<string, Statement> {
  const { policy } = stack.one('aws_iam_role_policy', `_${role}-policy_`);
  const { Statement: all } = JSON.parse(policy as string) as { readonly Statement: readonly Statement[] };
  return Object.fromEntries(all.map((each) => [each.Sid, each]));
}

/** Whether the text of a pattern fits, as IAM compares. */
const fits = (pattern: string, value: string) =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(value);
const list = (value: string | readonly string[]) => (typeof value === 'string' ? [value] : value);

/** Whether a role's own policy allows an action on a resource, conditions aside. */
function allows(stack: Synthesized, role: 'plan' | 'apply', action: string, resource: string): boolean {
  const matching = Object.values(statements(stack, role)).filter(
    (each) =>
      list(each.Action).some((pattern) => fits(pattern, action)) &&
      (each.Resource === undefined
        ? !list(each.NotResource ?? []).some((pattern) => fits(pattern, resource))
        : list(each.Resource).some((pattern) => fits(pattern, resource))),
  );
  return matching.length > 0 && matching.every(({ Effect }) => Effect === 'Allow');
}

describe('PipelineRoles', () => {
  const stack = synthesized();

  it('are two, each with its own trust', () => {
    const of = (role: string) => stack.one('aws_iam_role', `_${role}_`);
    expect(stack.count('aws_iam_role')).toBe(2);
    expect(stack.json).toHaveResourceWithProperties(IamRole, {
      name: 'shop-dev-plan',
      assume_role_policy: expect.stringContaining('Planner'),
    });
    expect(stack.json).toHaveResourceWithProperties(IamRole, {
      name: 'shop-dev-apply',
      assume_role_policy: expect.stringContaining('Applier'),
    });
    expect(of('plan').assume_role_policy).not.toContain('Applier');
    for (const role of ['plan', 'apply']) expect(of(role)).not.toHaveProperty('permissions_boundary');
  });

  describe('plan', () => {
    it('reads, and nothing else: no lock either', () => {
      const reading = /^(ec2|ecr|eks|elasticloadbalancing|iam|kms|logs|ssm):(Describe|Get|List)[A-Za-z]*\*?$/;
      const { ListStates, ReadStates, EncryptStates, ...others } = statements(stack, 'plan');
      for (const { Action, Effect } of Object.values(others)) {
        expect(Effect).toBe('Allow');
        for (const action of list(Action)) expect(action).toMatch(reading);
      }
      expect(ListStates).toMatchObject({ Action: 's3:ListBucket', Resource: BUCKET });
      expect(ReadStates).toMatchObject({ Action: 's3:GetObject', Resource: `${BUCKET}/shop/dev/*.tfstate` });
      expect(EncryptStates).toMatchObject({ Action: 'kms:Decrypt', Resource: KEY });
      expect(Object.keys(stack.resources('aws_iam_role_policy_attachment')).join()).not.toContain('plan');
    });

    it("reads IAM of what has the environment's names", () => {
      const may = (role: string) =>
        allows(stack, 'plan', 'iam:GetRolePolicy', `arn:aws:iam::111122223333:role/${role}`);
      expect(may('shop-dev-users')).toBe(true);
      expect(may('billing')).toBe(false);
    });

    it.each([
      ['s3:GetObject', 'shop/dev/network.tfstate', true],
      ['s3:PutObject', 'shop/dev/network.tfstate', false],
      ['s3:PutObject', 'shop/dev/network.tfstate.tflock', false],
      ['s3:DeleteObject', 'shop/dev/network.tfstate.tflock', false],
      ['s3:DeleteObject', 'shop/dev/network.tfstate', false],
      ['s3:GetObject', 'shop/prod/network.tfstate', false],
      ['s3:PutObject', 'shop/prod/network.tfstate.tflock', false],
    ])('may %s %s: %s', (action, key, allowed) => {
      expect(allows(stack, 'plan', action, `${BUCKET}/${key}`)).toBe(allowed);
    });

    it.each([
      's3:GetObject',
      'secretsmanager:GetSecretValue',
      'ec2:RunInstances',
      'iam:CreateRole',
      'kms:Decrypt',
    ])('may not %s elsewhere', (action) => {
      expect(allows(stack, 'plan', action, 'arn:aws:any:eu-west-1:111122223333:other')).toBe(false);
    });
  });

  describe('apply', () => {
    const attached = (of: Synthesized) =>
      Object.values(of.resources('aws_iam_role_policy_attachment')).map(({ policy_arn: arn }) => arn);

    it('has PowerUserAccess, and IAM of what has the names of the environment', () => {
      expect(attached(stack)).toEqual(['arn:aws:iam::aws:policy/PowerUserAccess']);
      const may = (action: string, resource: string) =>
        allows(stack, 'apply', action, `arn:aws:iam::111122223333:${resource}`);
      expect(may('iam:CreateRole', 'role/shop-dev-users')).toBe(true);
      expect(may('iam:CreateRole', 'role/other')).toBe(false);
      for (const foreign of ['shopping-users', 'shop'])
        expect(may('iam:CreateRole', `role/${foreign}`)).toBe(false);
      expect(may('iam:CreatePolicy', 'policy/shop-dev-controller')).toBe(true);
      expect(may('iam:CreateInstanceProfile', 'instance-profile/shop-dev-admin')).toBe(true);
      expect(may('iam:CreateUser', 'user/shop-dev-users')).toBe(false);
      const oidc = (host: string) => may('iam:CreateOpenIDConnectProvider', `oidc-provider/${host}/id/ABC`);
      expect(oidc('oidc.eks.eu-west-1.amazonaws.com')).toBe(true);
      expect(oidc('oidc.example.com')).toBe(false);
    });

    it('passes roles to the services that the stacks use', () => {
      const passed = (of: Synthesized) => JSON.stringify(statements(of, 'apply').PassOwnRoles?.Condition);
      expect(passed(stack)).toContain('"eks.amazonaws.com"');
      expect(passed(stack)).not.toContain('lambda');
      expect(passed(stack)).not.toContain('amazonaws.com.cn');
      expect(passed(synthesized({ dnsSuffix: 'amazonaws.com.cn' }))).toContain('"ec2.amazonaws.com.cn"');
    });

    it('covers names that were cut to the length that IAM takes', () => {
      const long = synthesized({ namePrefixes: ['c'.repeat(80)] });
      const may = (name: string) =>
        allows(long, 'apply', 'iam:CreateRole', `arn:aws:iam::111122223333:role/${name}`);
      expect(may(boundedName(`${'c'.repeat(80)}-users`))).toBe(true);
      expect(may(`${'c'.repeat(55)}users`)).toBe(false);
    });

    it('changes neither itself, nor plan, nor the providers by which it is had', () => {
      for (const role of ['plan', 'apply']) {
        for (const action of ['iam:AttachRolePolicy', 'iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy']) {
          const arn = `arn:aws:iam::111122223333:role/shop-dev-${role}`;
          expect(allows(stack, 'apply', action, arn)).toBe(false);
          expect(allows(stack, 'apply', action, `${arn}-other`)).toBe(true);
        }
      }
      expect(statements(stack, 'apply').KeepPipelineRoles?.Resource).toContain(PROVIDER);
    });

    it('writes state, and neither deletes it nor touches its bucket and key', () => {
      const state = `${BUCKET}/shop/dev/network.tfstate`;
      expect(allows(stack, 'apply', 's3:PutObject', state)).toBe(true);
      expect(allows(stack, 'apply', 's3:DeleteObject', state)).toBe(false);
      expect(allows(stack, 'apply', 's3:DeleteObject', `${state}.tflock`)).toBe(true);
      expect(statements(stack, 'apply').KeepStateBucket).toMatchObject({
        Effect: 'Deny',
        Action: expect.arrayContaining(['s3:DeleteObjectVersion', 's3:PutBucketPolicy', 's3:DeleteBucket']),
        Resource: [BUCKET, `${BUCKET}/*`],
      });
      expect(statements(stack, 'apply').KeepStateKey).toMatchObject({
        Effect: 'Deny',
        Action: expect.arrayContaining(['kms:ScheduleKeyDeletion', 'kms:PutKeyPolicy']),
        Resource: KEY,
      });
    });

    it("reads and writes no state of others, nor objects that aren't the environment's", () => {
      const own = synthesized({
        state: { bucketArn: BUCKET, prefix: 'shop/dev/', ownBuckets: ['shop-dev'] },
        applyPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
      });
      for (const action of ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']) {
        const denied = (key: string) =>
          list(statements(own, 'apply').ForeignState?.Action ?? []).some((each) => fits(each, action)) &&
          !list(statements(own, 'apply').ForeignState?.NotResource ?? []).some((each) => fits(each, key));
        expect(denied(`${BUCKET}/shop/prod/network.tfstate`)).toBe(true);
        expect(denied(`${BUCKET}/shop/dev2/network.tfstate`)).toBe(true);
        expect(denied('arn:aws:s3:::somebody-elses/secret')).toBe(true);
        expect(denied(`${BUCKET}/shop/dev/network.tfstate`)).toBe(false);
        expect(denied('arn:aws:s3:::shop-dev-logs/AWSLogs/x')).toBe(false);
      }
    });

    it('under a boundary makes bounded roles only, and keeps the boundary', () => {
      const boundary = 'arn:aws:iam::111122223333:policy/boundary';
      const of = (name: string) =>
        statements(synthesized({ permissionsBoundaryArn: boundary }), 'apply')[name];
      expect(of('GrowOwnRoles')?.Condition).toEqual({
        StringEquals: { 'iam:PermissionsBoundary': boundary },
      });
      expect(of('BoundedRolesOnly')).toMatchObject({
        Effect: 'Deny',
        Action: expect.arrayContaining(['iam:CreateRole', 'iam:PutRolePolicy', 'iam:AttachRolePolicy']),
        Condition: { StringNotEquals: { 'iam:PermissionsBoundary': boundary } },
      });
      expect(of('KeepBoundaries')).toMatchObject({
        Effect: 'Deny',
        Action: expect.arrayContaining(['iam:DeleteRolePermissionsBoundary']),
      });
      expect(of('KeepBoundaryPolicy')).toMatchObject({ Effect: 'Deny', Resource: boundary });
      expect(Object.keys(statements(stack, 'apply')).join()).not.toMatch(/Bound/);
    });

    it('opens no shell on a host', () => {
      expect(statements(stack, 'apply').NoSessions).toMatchObject({
        Effect: 'Deny',
        Action: expect.arrayContaining(['ssm:StartSession', 'ssm:SendCommand']),
      });
    });

    it('takes policies instead, and a boundary', () => {
      const arns = ['arn:aws:iam::111122223333:policy/X', 'arn:aws:iam::aws:policy/X'];
      const boundary = 'arn:aws:iam::111122223333:policy/boundary';
      const other = synthesized({ applyPolicyArns: arns, permissionsBoundaryArn: boundary });
      expect(attached(other)).toEqual(arns);
      expect(Object.keys(statements(other, 'apply'))).not.toContain('OwnRoles');
      expect(Object.keys(statements(other, 'apply'))).toContain('KeepPipelineRoles');
      expect(other.one('aws_iam_role', '_apply_').permissions_boundary).toBe(boundary);
      expect(other.one('aws_iam_role', '_plan_').permissions_boundary).toBe(boundary);
    });
  });

  describe('state', () => {
    const sids = (of: Synthesized, role: 'plan' | 'apply') => Object.keys(statements(of, role)).join();

    it('is reached by another role where there is one', () => {
      const roleArn = 'arn:aws:iam::999988887777:role/state';
      const other = synthesized({ state: { bucketArn: BUCKET, prefix: 'shop/dev/', roleArn } });
      for (const role of ['plan', 'apply'] as const) {
        expect(statements(other, role).TakeOnStateRole).toMatchObject({
          Action: 'sts:AssumeRole',
          Resource: roleArn,
        });
        expect(sids(other, role)).not.toContain('LockStates');
      }
    });

    it("under S3's own key needs none of KMS", () => {
      const other = synthesized({ state: { bucketArn: BUCKET, prefix: 'shop/dev/' } });
      for (const role of ['plan', 'apply'] as const)
        expect(sids(other, role)).not.toMatch(/EncryptStates|KeepStateKey/);
    });

    it('elsewhere needs nothing of S3', () => {
      const other = synthesized({ state: undefined });
      for (const role of ['plan', 'apply'] as const) expect(sids(other, role)).not.toMatch(/State/);
    });
  });
});
