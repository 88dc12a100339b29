import { describe, expect, it } from '@jest/globals';
import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { EncryptionKey, logGroupUse, type EncryptionKeyProps } from '../../../modules/encryption';
import { Synthesized } from '../../support/synthesized';

const PROPS = { description: 'logs', alias: 'shop/logs', account: '111122223333', partition: 'aws-cn' };
const LOGS = logGroupUse({
  logGroupName: '/aws/eks/shop/cluster',
  account: '111122223333',
  region: 'cn-north-1',
  partition: 'aws-cn',
  dnsSuffix: 'amazonaws.com.cn',
});

function synth(props: Partial<EncryptionKeyProps> = {}): Synthesized {
  return Synthesized.of((stack) => new EncryptionKey(stack, 'key', { ...PROPS, ...props }));
}

function statements(key: Synthesized): Record<string, unknown>[] {
  return (JSON.parse(String(key.one('aws_kms_key').policy)) as { Statement: Record<string, unknown>[] })
    .Statement;
}

describe('EncryptionKey', () => {
  it('is rotated, has an alias, and leaves the decision to the account', () => {
    const key = synth();
    expect(key.json).toHaveResourceWithProperties(KmsKey, {
      enable_key_rotation: true,
      deletion_window_in_days: 30,
    });
    expect(key.one('aws_kms_key')).not.toHaveProperty('lifecycle');
    expect(key.json).toHaveResourceWithProperties(KmsAlias, {
      name: 'alias/shop/logs',
      target_key_id: `\${${key.one('aws_kms_key').address}.key_id}`,
    });
    expect(statements(key)).toEqual([
      {
        Sid: 'AccountDecides',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws-cn:iam::111122223333:root' },
        Action: 'kms:*',
        Resource: '*',
      },
    ]);
  });

  it('can be kept from removal', () => {
    expect(synth({ preventDestroy: true }).json).toHaveResourceWithProperties(KmsKey, {
      lifecycle: { prevent_destroy: true },
    });
  });

  it('serves one log group when told so', () => {
    expect(statements(synth({ statements: [LOGS] }))[1]).toMatchObject({
      Principal: { Service: 'logs.cn-north-1.amazonaws.com.cn' },
      Condition: {
        ArnEquals: {
          'kms:EncryptionContext:aws:logs:arn':
            'arn:aws-cn:logs:cn-north-1:111122223333:log-group:/aws/eks/shop/cluster',
        },
      },
    });
  });
});
