import { type S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { type Construct } from 'constructs';
import { policyDocument, type PolicyStatement } from '../iam';

/**
 * Closes a bucket to the public, to ACLs and to whoever comes without TLS. Its resources get their ids in `scope`, where the bucket is.
 *
 * @param statements of the bucket's policy beside those
 * @returns the policy: what it admits is admitted once it is there
 */
export function closeBucket(
  scope: Construct,
  { bucket, arn }: S3Bucket,
  statements: readonly PolicyStatement[],
): S3BucketPolicy {
  const block = new S3BucketPublicAccessBlock(scope, 'public-access', {
    bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new S3BucketOwnershipControls(scope, 'ownership', {
    bucket,
    rule: { objectOwnership: 'BucketOwnerEnforced' },
  });
  return new S3BucketPolicy(scope, 'policy', {
    bucket,
    policy: policyDocument([
      {
        sid: 'TlsOnly',
        effect: 'Deny',
        principals: { AWS: ['*'] },
        actions: ['s3:*'],
        resources: [arn, `${arn}/*`],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      ...statements,
    ]),
    // Both change what the bucket admits, and S3 takes one change at a time.
    dependsOn: [block],
  });
}
