import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import Ajv, { type AnySchema } from 'ajv';
import { type Report } from '../../../tools/plan-report/report';
import { compareStacks } from '../../../tools/synth-diff/compare';
import { readStack } from '../../../tools/synth-diff/synthesized-stack';
import { reportOf } from '../../../tools/plan-report/report';
import { change, changes, report, reportOn, TODAY } from './support';

const FILE = join(__dirname, '..', '..', '..', 'docs', 'plan-report.schema.json');
const ingress = (annotations: Readonly<Record<string, string>>) => ({
  metadata: [{ name: 'web', namespace: 'shop', annotations }],
  spec: [
    {
      ingress_class_name: 'alb',
      rule: [
        {
          host: 'a.example.com',
          http: [
            {
              path: [
                {
                  path: '/',
                  path_type: 'Prefix',
                  backend: [{ service: [{ name: 'web', port: [{ number: 80 }] }] }],
                },
              ],
            },
          ],
        },
      ],
    },
  ],
});
const policy = (Action: string) =>
  JSON.stringify({ Statement: { Effect: 'Allow', Principal: '*', Action, Resource: '*' } });

describe('docs/plan-report.schema.json', () => {
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(FILE, 'utf8')) as AnySchema,
  );
  const problems = (value: Report) => {
    void validate(JSON.parse(JSON.stringify(value)));
    return validate.errors ?? [];
  };

  it.each([
    { network: 'create' },
    { network: 'drift', cluster: 'in-place' },
    { cluster: 'tainted' },
    { network: 'destroy', workloads: 'create' },
  ])('fits reports on recorded plans: %j', (names) => {
    expect(problems(reportOn(names))).toEqual([]);
  });

  it('fits what becomes of load balancers, policies and accepted risks', () => {
    const stacks = [
      changes('workloads', [
        change({
          type: 'kubernetes_ingress_v1',
          address: 'kubernetes_ingress_v1.web',
          before: ingress({
            'alb.ingress.kubernetes.io/wafv2-acl-arn':
              'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/b',
          }),
          after: ingress({ 'alb.ingress.kubernetes.io/scheme': 'internet-facing' }),
        }),
        change({
          type: 'aws_sqs_queue_policy',
          before: { policy: policy('sqs:GetQueueUrl') },
          after: { policy: policy('sqs:*') },
        }),
        change({
          type: 'aws_iam_policy',
          before: { policy: policy('a:b') },
          after: { policy: '(known after apply)' },
        }),
      ]),
    ];
    const made = report(stacks, {
      accepted: {
        now: [
          {
            rule: 'open-to-world',
            address: 'aws_sqs_queue_policy.y',
            until: '2099-01-01',
            why: 'a public queue',
          },
          { rule: 'drift', address: 'aws_vpc.gone', until: '2020-01-01', why: 'forgotten entry' },
        ],
        atBase: [],
      },
    });

    expect(made.risks.some(({ accepted }) => accepted)).toBe(true);
    expect(made.loadBalancers.changes).toHaveLength(1);
    expect(problems(made)).toEqual([]);
  });

  it('fits what synth-diff prints of an environment', () => {
    const stack = (cidr: string) => [
      readStack(
        'network',
        JSON.stringify({
          resource: { aws_vpc: { it: { cidr_block: cidr } } },
          output: { a: { value: cidr } },
        }),
      ),
    ];
    const plans = compareStacks(stack('10.0.0.0/16'), stack('10.1.0.0/16'));

    expect(
      problems(reportOf({ environment: 'dev', plans, expected: [], today: TODAY, base: 'main' })),
    ).toEqual([]);
  });

  it('refuses what it does not know', () => {
    expect(problems({ ...reportOn({ network: 'create' }), more: 1 } as Report)).not.toEqual([]);
  });
});
