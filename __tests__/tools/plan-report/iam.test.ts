import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ResourceChange } from '../../../tools/plan-report/changes/changes';
import { markdown } from '../../../tools/plan-report/document/markdown-report';
import { comparePolicies } from '../../../tools/plan-report/iam/compare';
import { statementsOf } from '../../../tools/plan-report/iam/statement';
import { statementText } from '../../../tools/plan-report/iam/statement-text';
import { change, changes, report } from './support';

type Document = Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[];
const policy = (statement: Document) => JSON.stringify({ Version: '2012-10-17', Statement: statement });
const read = (statement: Document) => statementsOf({ Statement: statement }) ?? [];
const compare = (before: Document, after: Document) => {
  const { gained, lost } = comparePolicies(read(before), read(after));
  return [
    ...gained.map((each) => `+ ${statementText(each)}`),
    ...lost.map((each) => `- ${statementText(each)}`),
  ];
};
const allow = (Action: unknown, Resource: unknown = '*', more = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

describe('comparePolicies', () => {
  it.each([
    ['order', allow(['a:B', 'c:D'], ['x', 'y']), allow(['c:D', 'a:B'], ['y', 'x'])],
    ['letter case of actions', allow('S3:getObject'), allow('s3:GetObject')],
    ['a list of one', allow(['a:B'], ['x']), allow('a:B', 'x')],
    ['Sid', allow('a:B', 'x', { Sid: 'One' }), allow('a:B', 'x', { Sid: 'Two' })],
    ['how statements are cut', allow(['a:B', 'a:C'], 'x'), [allow('a:B', 'x'), allow('a:C', 'x')]],
    ['what is said twice', allow('a:B', 'x'), [allow('a:B', 'x'), allow(['a:B'], ['x'])]],
    [
      'everybody in two ways',
      allow('a:B', 'x', { Principal: '*' }),
      allow('a:B', 'x', { Principal: { AWS: '*' } }),
    ],
    [
      'an account in two ways',
      allow('a:B', 'x', { Principal: { AWS: '111122223333' } }),
      allow('a:B', 'x', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } }),
    ],
    [
      'order of conditions',
      allow('a:B', 'x', { Condition: { A: { b: ['1', '2'], c: '3' } } }),
      allow('a:B', 'x', { Condition: { A: { c: ['3'], b: ['2', '1'] } } }),
    ],
  ])('finds no difference in %s', (_, before, after) => {
    expect(compare(before, after)).toEqual([]);
  });

  it.each([
    ['an action more', allow('a:B', 'x'), allow(['a:B', 'a:C'], 'x'), ['+ Allow a:C on x']],
    [
      'a resource less',
      allow(['a:B', 'a:C'], ['x', 'y']),
      allow(['a:B', 'a:C'], 'x'),
      ['- Allow a:B, a:C on y'],
    ],
    [
      'another effect',
      allow('a:B', 'x'),
      { ...allow('a:B', 'x'), Effect: 'Deny' },
      ['+ Deny a:B on x', '- Allow a:B on x'],
    ],
    [
      'a condition that goes',
      allow('a:B', 'x', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
      allow('a:B', 'x'),
      ['+ Allow a:B on x', '- Allow a:B on x if Bool aws:SecureTransport = true'],
    ],
    [
      'all but',
      { Effect: 'Allow', NotAction: 'a:B', NotResource: 'x' },
      { Effect: 'Allow', NotAction: 'a:C', NotResource: 'x' },
      ['+ Allow all but a:C on all but x', '- Allow all but a:B on all but x'],
    ],
    [
      'a principal',
      allow('a:B', 'x', { Principal: { AWS: 'arn:1', Service: ['s', 't'] } }),
      allow('a:B', 'x', { Principal: { AWS: 'arn:2', Service: ['s', 't'] } }),
      ['+ Allow to AWS arn:2 a:B on x', '- Allow to AWS arn:1 a:B on x'],
    ],
    [
      'all principals but one',
      { Effect: 'Deny', Action: 'a:B', NotPrincipal: 'p' },
      [],
      ['- Deny to all but AWS p a:B'],
    ],
  ])('tells %s', (_, before, after, expected) => {
    expect(compare(before, after)).toEqual(expected);
  });

  it('finds none between a policy and the same in any cut', () => {
    const names = fc.uniqueArray(fc.constantFrom('a:1', 'a:2', 'b:1', 'b:2'), { minLength: 1 });
    fc.assert(
      fc.property(names, names, (actions, resources) => {
        const apart = actions.flatMap((action) => resources.map((resource) => allow(action, resource)));
        expect(compare(allow(actions, resources), apart.reverse())).toEqual([]);
      }),
    );
  });

  it('compares a policy that is too large statement by statement', () => {
    const many = (letter: string) => Array.from({ length: 200 }, (_, index) => `${letter}${index}`);

    expect(compare(allow(many('a'), many('b')), allow(many('a'), many('b')))).toEqual([]);
    expect(compare(allow(many('a'), many('b')), allow(many('a'), [...many('b'), 'c']))).toHaveLength(2);
  });

  it.each([undefined, null, 'x', [], {}])('reads no policy from %j', (document) => {
    expect(statementsOf(document)).toBeUndefined();
  });

  it('reads what is wrong in a policy as nothing', () => {
    expect(
      statementsOf({ Statement: ['x', { Effect: 'Allow', Principal: 1, Condition: { A: 1 } }] }),
    ).toMatchObject([{ Principal: [], Condition: [], Action: [] }]);
  });
});

const account = '111122223333';
const reportOf = (...resources: Partial<ResourceChange>[]) =>
  report([changes('cluster', resources.map(change), { account })]);
const risksOf = (...resources: Partial<ResourceChange>[]) =>
  reportOf(...resources).risks.map(({ code, values }) => [code, ...values].join(' | '));
const gaining = (statement: Document, type = 'aws_iam_policy') =>
  risksOf({ type, before: { policy: policy([]) }, after: { policy: policy(statement) } });

describe('gained permissions', () => {
  it.each([
    [allow('*', 'x'), ['iam-wildcard | Action *']],
    [allow('s3:*', 'x'), ['iam-wildcard | Action s3:*']],
    [allow('iam:Pass*', 'x'), ['iam-wildcard | Action iam:Pass*', 'iam-wildcard | iam:Pass* (iam:PassRole)']],
    [allow('s3:PutObject', '*'), ['iam-wildcard | Resource *']],
    [
      { Effect: 'Allow', NotAction: 'iam:PassRole', Resource: '*' },
      ['iam-wildcard | NotAction | Resource *'],
    ],
    [{ Effect: 'Allow', Action: 's3:PutObject', NotResource: 'x' }, ['iam-wildcard | NotResource']],
    [allow('ec2:Describe*', '*'), []],
    [allow(['s3:GetObject', 's3:List*'], '*'), ['data-read | s3:GetObject']],
    [allow('s3:Get*', 'arn:aws:s3:::*'), ['data-read | s3:Get* (s3:GetObject, s3:GetObjectVersion)']],
    [
      allow('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:*'),
      ['data-read | secretsmanager:GetSecretValue'],
    ],
    [
      allow('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:web-*'),
      [],
    ],
    [allow('s3:PutObject', 'arn:aws:s3:::*'), ['iam-wildcard | Resource arn:aws:s3:::*']],
    [allow('s3:Put?bject', 'x'), ['iam-wildcard | Action s3:Put?bject']],
    [allow('kms:Encrypt', 'arn:aws:kms:*:*:key/*'), ['iam-wildcard | Resource arn:aws:kms:*:*:key/*']],
    [allow('iam:PassRole', 'arn:aws:iam::111122223333:role/nodes'), ['iam-wildcard | iam:PassRole']],
    [
      allow('iam:PassRole', 'arn:aws:iam::111122223333:role/nodes', {
        Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
      }),
      [],
    ],
    [allow('sts:AssumeRole', '*'), ['iam-wildcard | Resource *', 'iam-wildcard | sts:AssumeRole']],
    [
      allow('s3:PutObject', '*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
      ['iam-wildcard | Resource *'],
    ],
    [
      allow('s3:PutObject', '*', { Condition: { StringLike: { 'aws:ResourceTag/a': '*' } } }),
      ['iam-wildcard | Resource *'],
    ],
    [allow('s3:PutObject', 'arn:aws:s3:::bucket/*'), []],
    [allow('s3:PutObject', '*', { Condition: { StringEquals: { 'aws:ResourceTag/a': 'b' } } }), []],
    [{ ...allow('*'), Effect: 'Deny' }, []],
  ])('%j are marked %j', (statement, expected) => {
    expect(gaining(statement)).toEqual(expected);
  });

  it.each([
    [{ Principal: '*' }, ['open-to-world', 'iam-principal | *']],
    [{ NotPrincipal: { AWS: 'x' } }, ['open-to-world', 'iam-wildcard | Resource * | NotPrincipal']],
    [{ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }, ['iam-principal | *']],
    [
      { Principal: '*', Condition: { StringLike: { 'aws:PrincipalArn': '*' } } },
      ['open-to-world', 'iam-principal | *'],
    ],
    [
      { Principal: '*', Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } },
      ['open-to-world', 'iam-principal | *'],
    ],
    [
      { Principal: '*', Condition: { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } } },
      ['open-to-world', 'iam-principal | *'],
    ],
    [
      { Principal: '*', Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } },
      ['iam-principal | *'],
    ],
    [
      { Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
      ['open-to-world', 'iam-principal | *'],
    ],
    [{ Principal: '*', Effect: 'Deny' }, []],
    [{ Principal: { AWS: account } }, []],
    [{ Principal: { AWS: '444455556666' } }, ['iam-principal | AWS 444455556666']],
    [{ Principal: { Service: 'ec2.amazonaws.com' } }, ['iam-principal | Service ec2.amazonaws.com']],
  ])('on a resource, %j, are marked %j', (more, expected) => {
    const found = gaining({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', ...more }, 'aws_kms_key');

    expect(found.map((text) => text.replace(/^open-to-world.*/, 'open-to-world'))).toEqual(expected);
  });

  it('of the own account, and of services that act for something named, are as wide as they like', () => {
    const Condition = { ArnLike: { 'aws:SourceArn': 'x' } };

    expect(
      gaining(
        { Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: { AWS: account } },
        'aws_kms_key',
      ),
    ).toEqual([]);
    expect(
      gaining(
        {
          Effect: 'Allow',
          Action: 'kms:Encrypt*',
          Resource: '*',
          Principal: { Service: 'logs.amazonaws.com' },
          Condition,
        },
        'aws_kms_key',
      ),
    ).toEqual(['iam-principal | Service logs.amazonaws.com']);
    expect(
      gaining(
        { Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: { AWS: '444455556666' } },
        'aws_kms_key',
      ),
    ).toContain('iam-wildcard | Action kms:*');
  });

  const github = (condition: Document) =>
    gaining(
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: { Federated: 'arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com' },
        Condition: condition,
      },
      'aws_iam_role',
    ).some((text) => text.startsWith('open-to-world'));

  it.each([
    [{}, true],
    [{ StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } }, true],
    [{ StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' } }, true],
    [{ StringLike: { 'token.actions.githubusercontent.com:sub': '*' } }, true],
    [{ StringNotEquals: { 'token.actions.githubusercontent.com:sub': 'repo:org/repo' } }, true],
    [{ StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:org/repo:*' } }, false],
  ])('of GitHub with %j are for anybody: %s', (condition, expected) => {
    expect(github(condition)).toBe(expected);
  });

  it('of a new role for a service of AWS are no news', () => {
    const after = {
      assume_role_policy: policy({
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'ec2.amazonaws.com' },
      }),
    };

    expect(risksOf({ type: 'aws_iam_role', action: 'create', after })).toEqual([]);
    expect(reportOf({ type: 'aws_iam_role', action: 'create', after }).iam).toMatchObject([
      { attribute: 'assume_role_policy', unknown: false },
    ]);
  });
});

describe('permissions without a document', () => {
  it.each([
    [
      'aws_iam_role_policy_attachment',
      { role: 'r', policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      ['iam-wildcard | arn:aws:iam::aws:policy/AdministratorAccess | r'],
    ],
    [
      'aws_iam_role_policy_attachment',
      { role: 'r', policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
      ['data-read | arn:aws:iam::aws:policy/ReadOnlyAccess | r'],
    ],
    [
      'aws_iam_user_policy_attachment',
      { user: 'u', policy_arn: 'AmazonS3FullAccess' },
      ['iam-wildcard | AmazonS3FullAccess | u'],
    ],
    [
      'aws_iam_group_policy_attachment',
      { group: 'g', policy_arn: 'PowerUserAccess' },
      ['iam-wildcard | PowerUserAccess | g'],
    ],
    [
      'aws_iam_role',
      { managed_policy_arns: ['AdministratorAccess', 'x'] },
      ['iam-wildcard | AdministratorAccess'],
    ],
    ['aws_iam_role', { managed_policy_arns: '(known after apply)' }, []],
    [
      'aws_eks_access_entry',
      { principal_arn: 'p', kubernetes_groups: ['system:masters'] },
      ['iam-principal | p', 'iam-wildcard | p | system:masters'],
    ],
    [
      'aws_eks_access_entry',
      { principal_arn: 'p', kubernetes_groups: '(known after apply)' },
      ['iam-principal | p'],
    ],
    [
      'aws_eks_access_policy_association',
      {
        policy_arn: 'a/AmazonEKSClusterAdminPolicy',
        principal_arn: 'p',
        access_scope: [{ type: 'cluster' }],
      },
      ['iam-wildcard | a/AmazonEKSClusterAdminPolicy | p | in the whole cluster'],
    ],
    [
      'aws_eks_access_policy_association',
      {
        policy_arn: 'a/AmazonEKSViewPolicy',
        principal_arn: 'p',
        access_scope: [{ type: 'namespace', namespaces: ['n'] }],
      },
      [],
    ],
    [
      'aws_eks_pod_identity_association',
      { role_arn: 'r', namespace: 'n', service_account: 's' },
      ['iam-principal | pods of n/s'],
    ],
  ])('%s %j are marked %j', (type, after, expected) => {
    expect(risksOf({ type, action: 'create', after })).toEqual(expected);
    expect(risksOf({ type, before: after, after: { ...after, other: 1 } })).toEqual([]);
    expect(
      risksOf({ type, action: 'delete', before: after }).filter((text) => text.startsWith('iam')),
    ).toEqual([]);
  });
});

describe('policies that nobody knows yet', () => {
  it('are told as such', () => {
    const unknown = '(known after apply)';

    expect(
      reportOf({
        type: 'aws_iam_role',
        action: 'create',
        after: { assume_role_policy: unknown, inline_policy: unknown },
      }).iam,
    ).toMatchObject([{ attribute: 'assume_role_policy', unknown: true, gained: [] }]);
    expect(
      reportOf({ type: 'aws_iam_policy', before: { policy: policy(allow('*')) }, after: { policy: unknown } })
        .iam,
    ).toMatchObject([{ unknown: true, gained: [], lost: [] }]);
    expect(
      reportOf({ type: 'aws_iam_policy', action: 'create', after: { policy: policy(allow('a:B', unknown)) } })
        .iam,
    ).toMatchObject([{ unknown: true, gained: [{ Resource: [unknown] }] }]);
  });

  it('are none where AWS writes one', () => {
    expect(
      reportOf({ type: 'aws_kms_key', action: 'create', after: { policy: '(known after apply)' } }).iam,
    ).toEqual([]);
    expect(
      reportOf({ type: 'kubernetes_service_v1', action: 'create', after: { policy: '(known after apply)' } })
        .iam,
    ).toEqual([]);
  });

  it('are found in blocks too', () => {
    expect(
      reportOf({
        type: 'aws_iam_role',
        before: { inline_policy: [] },
        after: { inline_policy: [{ policy: policy(allow('a:B', 'x')) }] },
      }).iam[0]?.attribute,
    ).toBe('inline_policy[0].policy');
  });
});

describe('a policy that is known after apply only', () => {
  const later = (before?: object) =>
    changes('cluster', [
      change({
        type: 'aws_iam_role_policy',
        action: before ? 'update' : 'create',
        ...(before && { before: { policy: policyText(before) } }),
        after: { policy: '(known after apply)' },
      }),
    ]);
  const policyText = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
  const of = (statement: object, before?: object) =>
    report([later(before)], {
      written: (stack) =>
        new Map(stack === 'cluster' ? [['aws_iam_role_policy.y', { policy: policyText(statement) }]] : []),
    });
  const own = { Effect: 'Allow', Action: 's3:PutObject', Resource: '${aws_s3_bucket.a.arn}/*' };

  it('is judged by what is synthesized, where references name something', () => {
    expect(of(own).risks).toEqual([]);
    expect(of(own).iam[0]?.gained[0]?.Resource).toEqual(['${aws_s3_bucket.a.arn}/*']);
    expect(of({ ...own, Action: 'iam:PutRolePolicy', Resource: '*' }).risks[0]?.code).toBe('iam-wildcard');
  });

  it('has a code for the gate where nothing is synthesized, or another one was known', () => {
    expect(report([later()]).risks.map(({ code }) => code)).toEqual(['unknown-policy']);
    const changed = of(own, { ...own, Resource: 'arn:aws:s3:::a/*' });
    expect(changed.risks.map(({ code }) => code)).toEqual(['unknown-policy']);
    expect(markdown(changed)).toContain('+ Allow s3:PutObject on ${aws_s3_bucket.a.arn}/*');
  });
});
