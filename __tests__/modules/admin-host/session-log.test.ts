import { beforeAll, describe, expect, it } from '@jest/globals';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { SsmDocument } from '@cdktf/provider-aws/lib/ssm-document';
import { SessionLog } from '../../../modules/admin-host/session-log';
import { Synthesized } from '../../support/synthesized';

describe('SessionLog', () => {
  let synthesized: Synthesized;
  beforeAll(() => {
    synthesized = Synthesized.of((stack) => new SessionLog(stack, 'log', { hostName: 'shop-admin' }));
  });

  it('keeps what is typed and shown for a year', () => {
    expect(synthesized.json).toHaveResourceWithProperties(CloudwatchLogGroup, {
      name: '/aws/ssm/shop-admin',
      retention_in_days: 365,
    });
  });

  it('is written while the session goes on, by a document that ends idle ones', () => {
    expect(synthesized.json).toHaveResourceWithProperties(SsmDocument, {
      name: 'shop-admin-session',
      document_type: 'Session',
      depends_on: [synthesized.one('aws_cloudwatch_log_group').address],
    });
    expect(JSON.parse(String(synthesized.one('aws_ssm_document').content))).toMatchObject({
      sessionType: 'Standard_Stream',
      inputs: {
        cloudWatchLogGroupName: '/aws/ssm/shop-admin',
        cloudWatchStreamingEnabled: true,
        idleSessionTimeout: '20',
      },
    });
  });
});
