import { EksIdentityProviderConfig } from '@cdktf/provider-aws/lib/eks-identity-provider-config';
import { Construct } from 'constructs';

export interface HcpIdentityProviderProps {
  readonly clusterName: string;
  /** Host of HCP Terraform, which issues the tokens. */
  readonly hostname: string;
  /** Only runs of this organization are anyone to the cluster. */
  readonly organization: string;
  /** Audience of the tokens. */
  readonly audience: string;
  /** What the name of a user begins with, `-` for nothing. */
  readonly usernamePrefix: string;
}

/**
 * Lets a cluster know runs of HCP Terraform by the identity that they are given: each is the user that `runUser` names, and
 * may do what RBAC gives to that user. EKS takes one such provider a cluster, and some 15 minutes to take it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html
 * @see https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/workload-identity-tokens
 */
export class HcpIdentityProvider extends Construct {
  constructor(scope: Construct, id: string, props: HcpIdentityProviderProps) {
    super(scope, id);
    new EksIdentityProviderConfig(this, 'config', {
      clusterName: props.clusterName,
      oidc: {
        identityProviderConfigName: 'hcp-terraform',
        issuerUrl: `https://${props.hostname}`,
        clientId: props.audience,
        usernameClaim: 'sub',
        usernamePrefix: props.usernamePrefix,
        requiredClaims: { terraform_organization_name: props.organization },
      },
    });
  }
}
