import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { SsmDocument } from '@cdktf/provider-aws/lib/ssm-document';
import { Construct } from 'constructs';
import { type PolicyStatement } from '../iam';

export interface SessionLogProps {
  /** Name of the host, with which the names of document and log group begin. */
  readonly hostName: string;
}

/** Days that auditors usually ask for. */
const RETENTION_IN_DAYS = 365;
/** Minutes after which a session that nobody types in ends. */
const IDLE_MINUTES = '20';

/**
 * Sessions of a host whose every line is kept: a document of Session Manager, and the log group that it writes to while a
 * session goes on. A session by another document is not logged; docs/operations.md has the policy that admits this one alone.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html
 */
export class SessionLog extends Construct {
  /** Name of the document, for `aws ssm start-session --document-name`. */
  readonly documentName: string;
  /** What the host's role needs to write. */
  readonly statements: readonly PolicyStatement[];

  constructor(scope: Construct, id: string, { hostName }: SessionLogProps) {
    super(scope, id);
    const group = new CloudwatchLogGroup(this, 'group', {
      name: `/aws/ssm/${hostName}`,
      retentionInDays: RETENTION_IN_DAYS,
    });
    const document = new SsmDocument(this, 'document', {
      name: `${hostName}-session`,
      documentType: 'Session',
      documentFormat: 'JSON',
      content: JSON.stringify({
        schemaVersion: '1.0',
        description: `Sessions of ${hostName}, kept in ${group.nameInput ?? ''}`,
        sessionType: 'Standard_Stream',
        inputs: {
          cloudWatchLogGroupName: group.nameInput,
          // Of the group: Session Manager refuses a session where it says true and the group has no key.
          cloudWatchEncryptionEnabled: false,
          cloudWatchStreamingEnabled: true,
          idleSessionTimeout: IDLE_MINUTES,
        },
      }),
      dependsOn: [group],
    });
    this.documentName = document.name;
    this.statements = [
      {
        actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        resources: [group.arn, `${group.arn}:*`],
      },
      { actions: ['logs:DescribeLogGroups'], resources: ['*'] },
    ];
  }
}
