import { describe, expect, it } from '@jest/globals';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { boundedName, policyDocument, ServiceRole, serviceTrust } from '../../../modules/iam';
import { Synthesized } from '../../support/synthesized';

describe('policyDocument', () => {
  it('writes statements as IAM gives them back: a list of one is the value', () => {
    expect(
      JSON.parse(
        policyDocument([
          { actions: ['s3:GetObject'], resources: ['*'] },
          {
            sid: 'Two',
            effect: 'Deny',
            actions: ['a:B', 'c:D'],
            principals: { AWS: ['x', 'y'], Service: ['z'] },
            conditions: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ]),
      ),
    ).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
        {
          Sid: 'Two',
          Effect: 'Deny',
          Principal: { AWS: ['x', 'y'], Service: 'z' },
          Action: ['a:B', 'c:D'],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    });
  });
});

describe('serviceTrust', () => {
  it('lets a service assume the role', () => {
    expect(JSON.parse(serviceTrust('ec2.amazonaws.com'))).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    });
  });

  it('takes other actions and conditions', () => {
    const condition = { StringEquals: { 'aws:SourceAccount': '111122223333' } };
    expect(
      JSON.parse(serviceTrust('eks.amazonaws.com', ['sts:AssumeRole', 'sts:TagSession'], condition)),
    ).toMatchObject({ Statement: [{ Action: ['sts:AssumeRole', 'sts:TagSession'], Condition: condition }] });
  });
});

describe('boundedName', () => {
  it('leaves a name that fits', () => {
    expect(boundedName('a'.repeat(64))).toBe('a'.repeat(64));
  });

  it('cuts a long one to the limit, differently for different names, the same for the same', () => {
    const [one, two] = [`${'a'.repeat(70)}1`, `${'a'.repeat(70)}2`].map((name) => boundedName(name, 36));
    expect(one).toHaveLength(36);
    expect(one).toMatch(/^a{27}-[0-9a-f]{8}$/);
    expect(one).not.toBe(two);
    expect(boundedName(`${'a'.repeat(70)}1`, 36)).toBe(one);
  });
});

describe('ServiceRole', () => {
  it('attaches managed policies of the partition, path and all', () => {
    const synthesized = Synthesized.of((stack) => {
      const role = new ServiceRole(stack, 'role', {
        roleName: 'r'.repeat(80),
        description: 'test',
        assumeRolePolicy: serviceTrust('ec2.amazonaws.com.cn'),
        partition: 'aws-cn',
        managedPolicies: ['service-role/Deep', 'Flat'],
      });
      expect(role.dependencies).toHaveLength(2);
    });
    const { address } = synthesized.one('aws_iam_role');
    expect(synthesized.json).toHaveResourceWithProperties(IamRole, {
      name: expect.stringMatching(/^r{55}-[0-9a-f]{8}$/),
      description: 'test',
      assume_role_policy: expect.stringContaining('ec2.amazonaws.com.cn'),
    });
    expect(
      Object.values(synthesized.resources('aws_iam_role_policy_attachment')).map((block) => [
        block.policy_arn,
        block.role,
      ]),
    ).toEqual([
      ['arn:aws-cn:iam::aws:policy/service-role/Deep', `\${${address}.name}`],
      ['arn:aws-cn:iam::aws:policy/Flat', `\${${address}.name}`],
    ]);
  });
});
