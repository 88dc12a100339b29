import { describe, expect, it } from '@jest/globals';
import { policyDocument, type PolicyStatement } from '../../../modules/iam';
import { controllerStatements, featurePolicies } from '../../../modules/load-balancer-controller';
import { reference } from '../../support/reference';

const PARTITIONS = [
  ['aws', 'iam_policy'],
  ['aws-cn', 'iam_policy_cn'],
  ['aws-us-gov', 'iam_policy_us-gov'],
  ['aws-eusc', 'iam_policy_eusc'],
  ['aws-iso', 'iam_policy_iso'],
  ['aws-iso-b', 'iam_policy_isob'],
  ['aws-iso-e', 'iam_policy_isoe'],
  ['aws-iso-f', 'iam_policy_isof'],
] as const;
const VPC = 'arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1';

type Raw = Record<string, unknown>;
const list = (value: unknown) => (Array.isArray(value) ? value : [value]) as string[];

/** Each statement in one spelling, in one order: lists sorted, keys sorted, a value is a list of one. */
function canonical(document: string): string[] {
  const { Statement: statements } = JSON.parse(document) as { Statement: Raw[] };
  return statements
    .map(({ Effect, Action, Resource, Condition = {}, ...rest }) =>
      JSON.stringify({
        Effect,
        Action: list(Action).sort(),
        Resource: list(Resource).sort(),
        Condition: Object.entries(Condition as Record<string, Raw>)
          .map(([operator, keys]) => [
            operator,
            Object.entries(keys)
              .map(([key, value]) => [key, list(value).sort()])
              .sort(),
          ])
          .sort(),
        rest,
      }),
    )
    .sort();
}
const official = (name: string) => canonical(reference(`controller/policies/${name}.json`));
const ours = (statements: readonly PolicyStatement[]) => canonical(policyDocument(statements));
const all = featurePolicies(
  { wafv2AclName: true, certificateManagement: true, globalAccelerator: true },
  'aws',
);

describe('the controller policy', () => {
  it.each(PARTITIONS)('of %s is the official one, statement by statement', (partition, name) => {
    expect(ours(controllerStatements({ partition }))).toEqual(official(name));
  });

  it('narrowed, changes security groups of the VPC only', () => {
    const narrowed = controllerStatements({ partition: 'aws', restrictToVpcArn: VPC });
    const rules = narrowed.filter(({ actions }) =>
      actions.some((action) => /SecurityGroupIngress$/.test(action)),
    );
    expect(rules).toHaveLength(2);
    for (const { conditions } of rules) expect(conditions?.ArnEqualsIfExists).toEqual({ 'ec2:Vpc': VPC });
    const withoutVpc = narrowed.map((statement) => {
      const conditions = Object.fromEntries(
        Object.entries(statement.conditions ?? {}).filter(([operator]) => operator !== 'ArnEqualsIfExists'),
      );
      return { ...statement, conditions: Object.keys(conditions).length ? conditions : undefined };
    });
    expect(ours(withoutVpc)).toEqual(official('iam_policy'));
  });

  it.each(PARTITIONS.map(([partition]) => partition))('of %s fits a managed policy', (partition) => {
    const vpc = `arn:${partition}:ec2:us-gov-west-1:111122223333:vpc/vpc-0123456789abcdef0`;
    const document = policyDocument(controllerStatements({ partition, restrictToVpcArn: vpc }));
    expect(document.replace(/\s/g, '').length).toBeLessThanOrEqual(6144);
  });
});

describe('the policies of features', () => {
  it('are none without features', () => {
    expect(featurePolicies({}, 'aws')).toEqual({});
  });

  it.each([
    ['certificates', 'iam_policy_acm_certs'],
    ['global-accelerator', 'aga_controller_iam_policy'],
  ])('%s is the official one', (key, name) => {
    expect(ours(all[key]?.statements ?? [])).toEqual(official(name));
  });

  it('finds a web ACL by its name', () => {
    expect(all['web-acl-name']?.statements).toEqual([{ actions: ['wafv2:ListWebACLs'], resources: ['*'] }]);
  });

  it('each fit a managed policy', () => {
    for (const { statements } of Object.values(all)) {
      expect(policyDocument(statements).length).toBeLessThanOrEqual(6144);
    }
  });
});
