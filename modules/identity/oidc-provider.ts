import { DataAwsIamOpenidConnectProvider } from '@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider';
import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider';
import { Construct } from 'constructs';

export interface OidcProviderProps {
  /** URL of the OIDC issuer, with `https://`. */
  readonly issuer: string;
  /** Audience of its tokens. @default 'sts.amazonaws.com' */
  readonly audience?: string;
  /** The account already has the provider (`eksctl --with-oidc` made it): it is read, not made. @default false */
  readonly existing?: boolean;
}

/**
 * The IAM OIDC provider by which IAM trusts the tokens of an issuer: a cluster's for its ServiceAccounts, or that of a
 * pipeline's runs.
 *
 * The thumbprint is left out: IAM verifies such issuers through its own library of trusted CAs.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html
 */
export class OidcProvider extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: OidcProviderProps) {
    super(scope, id);
    const { issuer, audience = 'sts.amazonaws.com', existing = false } = props;
    this.arn = existing
      ? new DataAwsIamOpenidConnectProvider(this, 'provider', { url: issuer }).arn
      : new IamOpenidConnectProvider(this, 'provider', { url: issuer, clientIdList: [audience] }).arn;
  }
}
