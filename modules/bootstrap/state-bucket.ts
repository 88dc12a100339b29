import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Construct } from 'constructs';
import { EncryptionKey } from '../encryption';
import { closeBucket } from '../private-bucket';

export interface StateBucketProps {
  readonly bucketName: string;
  /** Key that encrypts the objects. @default - one is made */
  readonly kmsKeyArn?: string;
  /** Alias of the key that is made, without `alias/`. */
  readonly keyAlias: string;
  /** Days after which a version that another replaced is removed. */
  readonly expireOldVersionsAfterDays: number;
  /** How many of them stay, whatever their age. */
  readonly keepOldVersions: number;
  readonly account: string;
  readonly partition: string;
  /** Terraform refuses to plan the removal of the bucket and of the key made here. @default false */
  readonly preventDestroy?: boolean;
}

/** Days after which the parts of an upload that never ended are removed. */
const INCOMPLETE_UPLOAD_DAYS = 7;

/**
 * A bucket for Terraform state: each version of it is kept for a while, encrypted, and reached by TLS and by the account's
 * own principals alone. A bucket with anything in it is not destroyed.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export class StateBucket extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly kmsKeyArn: string;

  constructor(scope: Construct, id: string, props: StateBucketProps) {
    super(scope, id);
    const { preventDestroy = false } = props;
    this.kmsKeyArn = props.kmsKeyArn ?? this.makeKey(props);
    const bucket = new S3Bucket(this, 'bucket', {
      bucket: props.bucketName,
      forceDestroy: false,
      lifecycle: preventDestroy ? { preventDestroy } : undefined,
    });
    this.name = bucket.bucket;
    this.arn = bucket.arn;
    this.encrypt(bucket.bucket);
    closeBucket(this, bucket, [
      {
        sid: 'CurrentTlsOnly',
        effect: 'Deny',
        principals: { AWS: ['*'] },
        actions: ['s3:*'],
        resources: [bucket.arn, `${bucket.arn}/*`],
        conditions: { NumericLessThan: { 's3:TlsVersion': '1.2' } },
      },
    ]);
    this.keepVersions(bucket.bucket, props);
  }

  private makeKey({
    bucketName,
    keyAlias: alias,
    account,
    partition,
    preventDestroy,
  }: StateBucketProps): string {
    const description = `Terraform state in ${bucketName}`;
    return new EncryptionKey(this, 'key', { description, alias, account, partition, preventDestroy }).arn;
  }

  private encrypt(bucket: string): void {
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: this.kmsKeyArn },
          bucketKeyEnabled: true,
        },
      ],
    });
  }

  private keepVersions(bucket: string, props: StateBucketProps): void {
    const versioning = new S3BucketVersioningA(this, 'versioning', {
      bucket,
      versioningConfiguration: { status: 'Enabled' },
    });
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket,
      rule: [
        {
          id: 'old-versions',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          noncurrentVersionExpiration: [
            {
              noncurrentDays: props.expireOldVersionsAfterDays,
              newerNoncurrentVersions: props.keepOldVersions,
            },
          ],
          // Each lock leaves one.
          expiration: [{ expiredObjectDeleteMarker: true }],
        },
        {
          id: 'incomplete-uploads',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: INCOMPLETE_UPLOAD_DAYS }],
        },
      ],
      dependsOn: [versioning],
    });
  }
}
