import { describe, expect, it } from '@jest/globals';
import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { StateBucket, type StateBucketProps } from '../../../modules/bootstrap';
import { Synthesized } from '../../support/synthesized';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/x';
const PROPS: StateBucketProps = {
  bucketName: 'state-of-ours',
  keyAlias: 'shop/dev/state',
  expireOldVersionsAfterDays: 30,
  keepOldVersions: 5,
  account: '111122223333',
  partition: 'aws',
};
const synthesized = (props: Partial<StateBucketProps> = {}) =>
  Synthesized.of((stack) => new StateBucket(stack, 'state', { ...PROPS, ...props }));

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Principal: unknown;
  readonly Resource: unknown;
  readonly Condition: unknown;
}

describe('StateBucket', () => {
  const stack = synthesized();
  const bucket = stack.one('aws_s3_bucket');
  const arn = `\${${bucket.address}.arn}`;

  it('has the name, and stays while anything is in it', () => {
    expect(stack.json).toHaveResourceWithProperties(S3Bucket, {
      bucket: 'state-of-ours',
      force_destroy: false,
    });
    expect(bucket).not.toHaveProperty('lifecycle');
  });

  it('encrypts with a key of its own, which is rotated', () => {
    const key = stack.one('aws_kms_key');
    expect(stack.json).toHaveResourceWithProperties(KmsKey, {
      enable_key_rotation: true,
      description: 'Terraform state in state-of-ours',
    });
    expect(key.policy).toContain('arn:aws:iam::111122223333:root');
    expect(stack.json).toHaveResourceWithProperties(KmsAlias, { name: 'alias/shop/dev/state' });
    expect(stack.json).toHaveResourceWithProperties(S3BucketServerSideEncryptionConfigurationA, {
      rule: [
        {
          apply_server_side_encryption_by_default: {
            sse_algorithm: 'aws:kms',
            kms_master_key_id: `\${${key.address}.arn}`,
          },
          bucket_key_enabled: true,
        },
      ],
    });
  });

  it('takes a key that is there', () => {
    const other = synthesized({ kmsKeyArn: KEY });
    expect(other.count('aws_kms_key')).toBe(0);
    expect(JSON.stringify(other.one('aws_s3_bucket_server_side_encryption_configuration').rule)).toContain(
      KEY,
    );
  });

  it('lets nobody in from outside, by ACL, or without TLS 1.2', () => {
    expect(stack.json).toHaveResourceWithProperties(S3BucketPublicAccessBlock, {
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(stack.json).toHaveResourceWithProperties(S3BucketOwnershipControls, {
      rule: {
        object_ownership: 'BucketOwnerEnforced',
      },
    });
    const { Statement: statements } = JSON.parse(stack.one('aws_s3_bucket_policy').policy as string) as {
      readonly Statement: readonly Statement[];
    };
    const deny = { Effect: 'Deny', Principal: { AWS: '*' }, Action: 's3:*', Resource: [arn, `${arn}/*`] };
    expect(statements).toEqual([
      { Sid: 'TlsOnly', ...deny, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      { Sid: 'CurrentTlsOnly', ...deny, Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } },
    ]);
    expect(stack.dependencies('aws_s3_bucket_policy')).toEqual([
      stack.one('aws_s3_bucket_public_access_block').address,
    ]);
  });

  it('keeps versions for a while, and some for good', () => {
    expect(stack.json).toHaveResourceWithProperties(S3BucketVersioningA, {
      versioning_configuration: { status: 'Enabled' },
    });
    expect(stack.one('aws_s3_bucket_lifecycle_configuration').rule).toMatchObject([
      {
        status: 'Enabled',
        noncurrent_version_expiration: [{ noncurrent_days: 30, newer_noncurrent_versions: 5 }],
        expiration: [{ expired_object_delete_marker: true }],
      },
      { status: 'Enabled', abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }] },
    ]);
    expect(stack.dependencies('aws_s3_bucket_lifecycle_configuration')).toEqual([
      stack.one('aws_s3_bucket_versioning').address,
    ]);
  });

  it('is not removed where that is asked for, nor is its key', () => {
    const held = synthesized({ preventDestroy: true });
    for (const type of ['aws_s3_bucket', 'aws_kms_key']) {
      expect(held.one(type).lifecycle).toEqual({ prevent_destroy: true });
    }
  });
});
