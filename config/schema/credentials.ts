import { z } from 'zod';
import { textLike } from './primitives';

/** `aws eks get-token` at every run: where Terraform runs there are the AWS CLI and AWS credentials. */
const awsCli = z.strictObject({ type: z.literal('aws-cli') });

/**
 * The identity that HCP Terraform gives to each run, which the cluster trusts; Kubernetes RBAC says what it may do.
 * @see https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/kubernetes-configuration
 */
const hcpDynamic = z.strictObject({
  type: z.literal('hcp-dynamic'),
  /** Audience of the tokens: the workspaces' TFC_KUBERNETES_WORKLOAD_IDENTITY_AUDIENCE. @default 'kubernetes' */
  audience: textLike(/^[\w.:/-]{1,255}$/, 'write a name such as kubernetes').default('kubernetes'),
  /** EKS takes one OIDC identity provider a cluster: whether it has that of HCP Terraform already. @default 'create' */
  identityProvider: z.enum(['create', 'existing']).default('create'),
  /** Tells the users from those of others, `-` for none. @default 'hcp-terraform:' */
  usernamePrefix: textLike(
    /^(?!.*system:)[\w.:#/-]{1,128}$/,
    'write a prefix such as hcp-terraform: that has no system: in it, or - for none',
  ).default('hcp-terraform:'),
});

/** A token of the AWS provider's own credentials, good for 15 minutes and in no plan or state. */
const token = z.strictObject({ type: z.literal('token') });

/** How addons and workloads get in where the API server asks who they are. */
export const clusterCredentials = z.discriminatedUnion(
  'type',
  [awsCli, hcpDynamic, token],
  "write type: 'aws-cli', 'hcp-dynamic' or 'token'",
);

export type ClusterCredentials = z.output<typeof clusterCredentials>;
