import { describe, expect, it } from '@jest/globals';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { LoadBalancerLogBucket } from '../../../modules/load-balancer-logs';
import { Synthesized } from '../../support/synthesized';

describe('LoadBalancerLogBucket', () => {
  const stack = Synthesized.of(
    (scope) =>
      new LoadBalancerLogBucket(scope, 'logs', {
        bucketName: 'shop-prod-lb-logs-111122223333',
        account: '111122223333',
        region: 'eu-west-1',
        partition: 'aws',
        dnsSuffix: 'amazonaws.com',
      }),
  );

  it('is closed, encrypted as AWS takes it, and never emptied', () => {
    expect(stack.json).toHaveResourceWithProperties(S3Bucket, { force_destroy: false });
    expect(stack.json).toHaveResourceWithProperties(S3BucketPublicAccessBlock, {
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(stack.json).toHaveResourceWithProperties(S3BucketServerSideEncryptionConfigurationA, {
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }],
    });
  });

  it("lets load balancers of its account write, over TLS, and nobody else's", () => {
    const { Statement: statements } = JSON.parse(stack.one('aws_s3_bucket_policy').policy as string) as {
      Statement: object[];
    };
    expect(statements).toMatchObject([
      { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      {
        Effect: 'Allow',
        Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
        Action: 's3:PutObject',
        Condition: {
          ArnLike: {
            'aws:SourceArn': 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/*',
          },
        },
      },
    ]);
  });
});
