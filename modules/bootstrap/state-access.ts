import { type PolicyStatement } from '../iam';

export interface StateAccessProps {
  readonly bucketArn: string;
  /** Key that encrypts the objects. @default - S3's own */
  readonly kmsKeyArn?: string;
  /** Beginning of the keys of the environment's state, `<project>/<environment>/`. */
  readonly prefix: string;
  /** Beginnings of the names of the buckets that the stacks make, before the hyphen that follows. @default [] */
  readonly ownBuckets?: readonly string[];
  /** Role that Terraform takes on to reach the bucket: then it needs nothing else. @default - none */
  readonly roleArn?: string;
}

/**
 * What Terraform needs of a state bucket. A plan reads the state, without a lock: whoever may delete a lock can stop an apply
 * half-way. An apply writes it, with the lock beside it; nobody deletes state itself.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#s3-bucket-permissions
 */
export function stateAccess(
  { bucketArn, kmsKeyArn, prefix, roleArn }: StateAccessProps,
  { write }: { readonly write: boolean },
): PolicyStatement[] {
  if (roleArn !== undefined) {
    return [{ sid: 'TakeOnStateRole', actions: ['sts:AssumeRole'], resources: [roleArn] }];
  }
  const states = `${bucketArn}/${prefix}*.tfstate`;
  return [
    // Without a condition on the prefix: S3 would deny what isn't there yet, and Terraform takes only "not found" for that.
    { sid: 'ListStates', actions: ['s3:ListBucket'], resources: [bucketArn] },
    {
      sid: write ? 'ReadAndWriteStates' : 'ReadStates',
      actions: write ? ['s3:GetObject', 's3:PutObject'] : ['s3:GetObject'],
      resources: [states],
    },
    ...(write
      ? [
          {
            sid: 'LockStates',
            actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
            resources: [`${states}.tflock`],
          },
        ]
      : []),
    ...(kmsKeyArn === undefined
      ? []
      : [
          {
            sid: 'EncryptStates',
            actions: write ? ['kms:Decrypt', 'kms:GenerateDataKey'] : ['kms:Decrypt'],
            resources: [kmsKeyArn],
          },
        ]),
  ];
}

/** What no pipeline may do to the bucket that it keeps its state in: lose old versions, or let others in. */
export function keepState(props: StateAccessProps): PolicyStatement[] {
  const { bucketArn, kmsKeyArn } = props;
  return [
    foreignState(props),
    {
      sid: 'KeepStateBucket',
      effect: 'Deny',
      actions: [
        's3:DeleteBucket',
        's3:DeleteBucketPolicy',
        's3:DeleteObjectVersion',
        's3:PutBucketOwnershipControls',
        's3:PutBucketPolicy',
        's3:PutBucketPublicAccessBlock',
        's3:PutBucketVersioning',
        's3:PutEncryptionConfiguration',
        's3:PutLifecycleConfiguration',
      ],
      resources: [bucketArn, `${bucketArn}/*`],
    },
    ...(kmsKeyArn === undefined
      ? []
      : [
          {
            sid: 'KeepStateKey',
            effect: 'Deny' as const,
            actions: ['kms:DisableKey', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'],
            resources: [kmsKeyArn],
          },
        ]),
  ];
}

/**
 * State of other environments in the same bucket, which PowerUserAccess would open. IAM can't say "of this bucket all keys but
 * these", so no objects are touched anywhere but in the own state and in the stacks' own buckets.
 */
function foreignState({ bucketArn, prefix, roleArn, ownBuckets = [] }: StateAccessProps): PolicyStatement {
  const partition = bucketArn.split(':')[1] ?? 'aws';
  const actions = [
    's3:DeleteObject*',
    's3:GetObject*',
    's3:PutObject*',
    's3:ReplicateObject',
    's3:RestoreObject',
  ];
  if (roleArn !== undefined)
    return { sid: 'ForeignState', effect: 'Deny', actions, resources: [`${bucketArn}/*`] };
  return {
    sid: 'ForeignState',
    effect: 'Deny',
    actions,
    notResources: [
      `${bucketArn}/${prefix}*`,
      ...ownBuckets.map((beginning) => `arn:${partition}:s3:::${beginning}-*`),
    ],
  };
}
