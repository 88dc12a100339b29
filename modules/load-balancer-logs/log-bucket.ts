import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { closeBucket } from '../private-bucket';

export interface LoadBalancerLogBucketProps {
  readonly bucketName: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly dnsSuffix: string;
  /** Days for which a log stays. @default 365 */
  readonly retentionDays?: number;
}

/**
 * A bucket that Application Load Balancers of the account write their logs to. AWS takes no key of one's own for it.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export class LoadBalancerLogBucket extends Construct {
  /** There once load balancers may write. */
  readonly ready: TerraformResource;

  constructor(scope: Construct, id: string, props: LoadBalancerLogBucketProps) {
    super(scope, id);
    const { account, region, partition, dnsSuffix, retentionDays = 365 } = props;
    const logs = new S3Bucket(this, 'bucket', { bucket: props.bucketName, forceDestroy: false });
    const { bucket, arn } = logs;
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
    });
    new S3BucketVersioningA(this, 'versioning', {
      bucket,
      versioningConfiguration: { status: 'Enabled' },
    });
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket,
      rule: [
        {
          id: 'expire',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          expiration: [{ days: retentionDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
    });
    this.ready = closeBucket(this, logs, [
      {
        sid: 'LoadBalancers',
        principals: { Service: [`logdelivery.elasticloadbalancing.${dnsSuffix}`] },
        actions: ['s3:PutObject'],
        resources: [`${arn}/AWSLogs/${account}/*`],
        conditions: {
          ArnLike: {
            'aws:SourceArn': `arn:${partition}:elasticloadbalancing:${region}:${account}:loadbalancer/*`,
          },
        },
      },
    ]);
  }
}
