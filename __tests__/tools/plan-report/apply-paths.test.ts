import { describe, expect, it } from '@jest/globals';
import { type ResourceChange } from '../../../tools/plan-report/changes/changes';
import { markdown } from '../../../tools/plan-report/document/markdown-report';
import { change, changes, report } from './support';

const ACCOUNT = '111122223333';
const APPLY = 'eks-ingress-dev-apply';
const arn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const federated = (issuer: string, sub: string) => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRoleWithWebIdentity',
  Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}` },
  Condition: { StringEquals: { [`${issuer}:sub`]: sub } },
});
const GITHUB = federated('token.actions.githubusercontent.com', 'repo:acme/shop:environment:dev');
const POD = federated('oidc.eks.eu-west-1.amazonaws.com/id/A1', 'system:serviceaccount:shop:web');
const trusts = (Principal: object) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal });
const allow = (Action: string, Resource: string, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

const role = (name: string, ...trust: object[]): ResourceChange => {
  const values = { name, arn: arn(name), assume_role_policy: policy(...trust) };
  return change({
    address: `aws_iam_role.${name}`,
    type: 'aws_iam_role',
    action: 'no-op',
    before: values,
    after: values,
  });
};
const policyOf = (name: string, ...statements: object[]): ResourceChange =>
  change({
    address: `aws_iam_role_policy.${name}`,
    type: 'aws_iam_role_policy',
    action: 'create',
    after: { role: name, name: 'own', policy: policy(...statements) },
  });
const web = role('web', POD);
/** Ways after a change of workloads, to a role that applies with this trust. */
const ways = (trust: readonly object[], ...resources: ResourceChange[]) =>
  report([changes('bootstrap', [role(APPLY, ...trust)]), changes('workloads', [web, ...resources])]);
const told = (...args: Parameters<typeof ways>) =>
  ways(...args).applyRoles.flatMap(({ paths }) => paths.map(({ sign, text }) => `${sign} ${text}`));

const KEPT = `kept repo:acme/shop:environment:dev -> ${APPLY}`;

describe('who can become the role that applies', () => {
  it('is whom its trust admits', () => {
    expect(told([GITHUB])).toEqual([KEPT]);
    expect(ways([GITHUB]).risks).toEqual([]);
  });

  it.each<[string, object[], object[], string]>([
    [
      'to change its trust',
      [GITHUB],
      [allow('iam:Update*', arn('eks-ingress-*'))],
      '-(iam:UpdateAssumeRolePolicy)->',
    ],
    [
      'to assume it, where it trusts the account',
      [GITHUB, trusts({ AWS: ACCOUNT })],
      [allow('sts:*', '*')],
      '-(sts:AssumeRole)->',
    ],
    ['of its own name', [GITHUB, trusts({ AWS: arn('web') })], [], '->'],
    [
      'to hand it to a service that it trusts',
      [GITHUB, trusts({ Service: 'ec2.amazonaws.com' })],
      [
        allow('iam:PassRole', '*', {
          Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
        }),
      ],
      '-(iam:PassRole to ec2.amazonaws.com)->',
    ],
    [
      'to give itself what it may',
      [GITHUB],
      [allow('iam:PutRolePolicy', arn('web'))],
      '-(iam:PutRolePolicy on itself)->',
    ],
  ])('is who has a right %s', (_, trust, statements, right) => {
    const path = `system:serviceaccount:shop:web -> web ${right} ${APPLY}`;
    const { risks, ...rest } = ways(trust, policyOf('web', ...statements));

    expect(rest.applyRoles[0]?.paths.map(({ text }) => text)).toContain(path);
    if (statements.length > 0)
      expect(risks[0]).toMatchObject({
        code: 'trust-widened',
        address: `aws_iam_role.${APPLY}`,
        values: [path],
      });
    expect(markdown(ways(trust, policyOf('web', ...statements)))).toContain(path);
  });

  it('is who gets there over others, and over policies of AWS', () => {
    const attached = change({
      address: 'aws_iam_role_policy_attachment.ci',
      type: 'aws_iam_role_policy_attachment',
      action: 'create',
      after: { role: 'ci', policy_arn: 'arn:aws:iam::aws:policy/IAMFullAccess' },
    });
    const ci = role('ci', trusts({ AWS: arn('web') }));
    expect(told([GITHUB], ci, attached)).toContain(
      `gained system:serviceaccount:shop:web -> web -> ci -(iam:UpdateAssumeRolePolicy)-> ${APPLY}`,
    );
  });

  it('is nobody whom a policy keeps out, or whose right is for another role or service', () => {
    const rights: object[][] = [
      [allow('iam:*', '*'), { Effect: 'Deny', Action: 'iam:*', Resource: [arn(APPLY), arn('web')] }],
      [allow('iam:UpdateAssumeRolePolicy', arn('shop-*'))],
      [allow('sts:AssumeRole', '*')],
      [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
    ];
    for (const statements of rights) expect(told([GITHUB], policyOf('web', ...statements))).toEqual([KEPT]);
    const toEc2 = { Condition: { StringEquals: { 'iam:PassedToService': 'eks.amazonaws.com' } } };
    const passes = policyOf('web', allow('iam:PassRole', '*', toEc2));
    expect(told([GITHUB, trusts({ Service: 'ec2.amazonaws.com' })], passes).join()).not.toContain('web');
  });

  it('tells of a way that goes, which is no risk', () => {
    const { after, ...policyThatGoes } = policyOf('web', allow('iam:UpdateAssumeRolePolicy', '*'));
    const gone = ways([GITHUB], { ...policyThatGoes, action: 'delete', before: after });
    expect(gone.applyRoles[0]?.paths.map(({ sign }) => sign).sort()).toEqual(['kept', 'lost']);
    expect(gone.risks.filter(({ code }) => code === 'trust-widened')).toEqual([]);
  });

  it('is looked up in the synthesized bootstrap where its plan is not given, and says which stacks are not judged', () => {
    const written = new Map<string, Readonly<Record<string, unknown>>>([
      ['aws_iam_role.apply', { name: APPLY, assume_role_policy: policy(GITHUB) }],
    ]);
    const text = markdown(
      report([changes('workloads', [web, policyOf('web', allow('iam:UpdateAssumeRolePolicy', '*'))])], {
        written: (stack) => (stack === 'bootstrap' ? written : new Map()),
      }),
    );
    expect(text.split('\n').slice(0, 30).join('\n')).toContain('can be had by who could not have it before');
    expect(text).toContain('**not judged: network, cluster, addons**');
    expect(text).toContain('of bootstrap as it is synthesized here, whatever is applied');
  });

  it('is not told where no environment has such a role', () => {
    expect(report([changes('workloads', [web])]).applyRoles).toEqual([]);
  });
});
