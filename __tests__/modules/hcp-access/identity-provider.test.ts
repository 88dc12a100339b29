import { expect, it } from '@jest/globals';
import { EksIdentityProviderConfig } from '@cdktf/provider-aws/lib/eks-identity-provider-config';
import { HcpIdentityProvider } from '../../../modules/hcp-access';
import { Synthesized } from '../../support/synthesized';

it('takes the tokens of one organization for one audience, with their subject as the name of the user', () => {
  const stack = Synthesized.of((scope) => {
    new HcpIdentityProvider(scope, 'hcp-terraform', {
      clusterName: 'shop',
      hostname: 'app.terraform.io',
      organization: 'example',
      audience: 'kubernetes',
      usernamePrefix: 'hcp-terraform:',
    });
  });
  expect(stack.json).toHaveResourceWithProperties(EksIdentityProviderConfig, {
    cluster_name: 'shop',
    oidc: {
      identity_provider_config_name: 'hcp-terraform',
      issuer_url: 'https://app.terraform.io',
      client_id: 'kubernetes',
      username_claim: 'sub',
      username_prefix: 'hcp-terraform:',
      required_claims: { terraform_organization_name: 'example' },
    },
  });
});
