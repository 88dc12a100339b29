import { beforeAll, describe, expect, it } from '@jest/globals';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { FlowLog } from '@cdktf/provider-aws/lib/flow-log';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { FlowLogs, type FlowLogsProps } from '../../../modules/network/flow-logs';
import { Synthesized } from '../../support/synthesized';

function synth(props: Partial<FlowLogsProps> = {}): Synthesized {
  return Synthesized.of(
    (stack) =>
      new FlowLogs(stack, 'flow-logs', {
        name: 'shop-dev',
        vpcId: 'vpc-1',
        account: '111122223333',
        partition: 'aws-cn',
        region: 'cn-north-1',
        dnsSuffix: 'amazonaws.com.cn',
        retentionDays: 30,
        ...props,
      }),
  );
}

interface Document {
  readonly Statement: Record<string, unknown>[];
}

const parse = (document: unknown) => JSON.parse(String(document)) as Document;

describe('FlowLogs', () => {
  let logs: Synthesized;
  beforeAll(() => {
    logs = synth();
  });

  it('records all traffic in a log group of its own', () => {
    const group = logs.one('aws_cloudwatch_log_group');
    expect(logs.json).toHaveResourceWithProperties(CloudwatchLogGroup, {
      name: '/aws/vpc/shop-dev/flow-logs',
      retention_in_days: 30,
    });
    expect(group).not.toHaveProperty('kms_key_id');
    expect(logs.json).toHaveResourceWithProperties(FlowLog, {
      vpc_id: 'vpc-1',
      traffic_type: 'ALL',
      log_destination_type: 'cloud-watch-logs',
      log_destination: `\${${group.address}.arn}`,
      iam_role_arn: `\${${logs.one('aws_iam_role').address}.arn}`,
    });
  });

  it('trusts the service for this account only', () => {
    const role = logs.one('aws_iam_role');
    expect(logs.json).toHaveResourceWithProperties(IamRole, { name: 'shop-dev-flow-logs' });
    expect(parse(role.assume_role_policy).Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111122223333' },
          ArnLike: { 'aws:SourceArn': 'arn:aws-cn:ec2:cn-north-1:111122223333:vpc-flow-log/*' },
        },
      },
    ]);
  });

  it('may write to that group only, and must be able to before it starts', () => {
    const group = logs.one('aws_cloudwatch_log_group').address;
    expect(parse(logs.one('aws_iam_role_policy').policy).Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        Resource: [`\${${group}.arn}`, `\${${group}.arn}:*`],
      },
      { Effect: 'Allow', Action: 'logs:DescribeLogGroups', Resource: '*' },
    ]);
    expect(logs.dependencies('aws_flow_log')).toEqual([logs.one('aws_iam_role_policy').address]);
  });

  it('takes a key and a kind of traffic', () => {
    const rejected = synth({
      kmsKeyArn: 'arn:aws-cn:kms:cn-north-1:111122223333:key/1',
      trafficType: 'REJECT',
    });
    expect(rejected.json).toHaveResourceWithProperties(CloudwatchLogGroup, {
      kms_key_id: 'arn:aws-cn:kms:cn-north-1:111122223333:key/1',
    });
    expect(rejected.json).toHaveResourceWithProperties(FlowLog, { traffic_type: 'REJECT' });
  });

  it('keeps the name of the role within what IAM takes', () => {
    expect(String(synth({ name: 'x'.repeat(80) }).one('aws_iam_role').name)).toHaveLength(64);
  });

  it('makes a key of its own when told so', () => {
    const created = synth({ kmsKeyArn: 'create' });
    const key = created.one('aws_kms_key');
    expect(created.json).toHaveResourceWithProperties(CloudwatchLogGroup, {
      kms_key_id: `\${${key.address}.arn}`,
    });
    expect(key.policy).toContain('log-group:/aws/vpc/shop-dev/flow-logs');
  });
});
