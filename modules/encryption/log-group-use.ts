import { type PolicyStatement } from '../iam';

export interface LogGroupUseProps {
  readonly logGroupName: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** DNS suffix of the partition's service principals: amazonaws.com, … */
  readonly dnsSuffix: string;
}

/**
 * Lets CloudWatch Logs encrypt one log group with a key.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function logGroupUse(props: LogGroupUseProps): PolicyStatement {
  const { logGroupName, account, region, partition, dnsSuffix } = props;
  return {
    sid: 'LogGroup',
    actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
    principals: { Service: [`logs.${region}.${dnsSuffix}`] },
    resources: ['*'],
    conditions: {
      ArnEquals: {
        'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:${logGroupName}`,
      },
    },
  };
}
