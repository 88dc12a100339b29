import { describe, expect, it } from '@jest/globals';
import { DataAwsIamOpenidConnectProvider } from '@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider';
import { IamOpenidConnectProvider } from '@cdktf/provider-aws/lib/iam-openid-connect-provider';
import { OidcProvider } from '../../../modules/identity';
import { Synthesized } from '../../support/synthesized';

const issuer = 'https://oidc.eks.eu-west-1.amazonaws.com/id/1';

describe('OidcProvider', () => {
  it('trusts the issuer for STS, with no thumbprint', () => {
    const provider = Synthesized.of((stack) => new OidcProvider(stack, 'oidc', { issuer }));
    expect(provider.json).toHaveResourceWithProperties(IamOpenidConnectProvider, {
      url: issuer,
      client_id_list: ['sts.amazonaws.com'],
    });
    expect(provider.one('aws_iam_openid_connect_provider')).not.toHaveProperty('thumbprint_list');
  });

  it('is read when the account has it already', () => {
    const stack = Synthesized.of((scope) => new OidcProvider(scope, 'oidc', { issuer, existing: true }));
    expect(stack.json).toHaveDataSourceWithProperties(DataAwsIamOpenidConnectProvider, { url: issuer });
    expect(stack.count('aws_iam_openid_connect_provider')).toBe(0);
  });
});
