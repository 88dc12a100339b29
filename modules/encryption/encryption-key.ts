import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct } from 'constructs';
import { policyDocument, type PolicyStatement } from '../iam';

export interface EncryptionKeyProps {
  /** What the key encrypts. */
  readonly description: string;
  /** Alias without `alias/`. */
  readonly alias: string;
  readonly account: string;
  readonly partition: string;
  /** What AWS services may do with the key, beside what the account's IAM policies allow. @default - nothing */
  readonly statements?: readonly PolicyStatement[];
  /** Terraform refuses to plan the key's removal: what it encrypted would be lost. @default false */
  readonly preventDestroy?: boolean;
}

/** A KMS key that is rotated each year. */
export class EncryptionKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const { account, partition } = props;
    const key = new KmsKey(this, 'key', {
      description: props.description,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: policyDocument([
        {
          // The account's IAM policies decide; without this statement nobody could ever change the key again.
          sid: 'AccountDecides',
          actions: ['kms:*'],
          principals: { AWS: [`arn:${partition}:iam::${account}:root`] },
          resources: ['*'],
        },
        ...(props.statements ?? []),
      ]),
      lifecycle: props.preventDestroy ? { preventDestroy: true } : undefined,
    });
    new KmsAlias(this, 'alias', { name: `alias/${props.alias}`, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}
