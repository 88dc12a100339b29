import { HelmProvider } from '@cdktf/provider-helm/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { Fn, TerraformVariable, type TerraformStack } from 'cdktf';
import { type ClusterCredentials } from '../config';

export interface EksProvidersProps {
  readonly clusterName: string;
  /** URL of the API server. */
  readonly endpoint: string;
  /** CA certificate of the API server, base64. */
  readonly certificateAuthority: string;
  readonly region: string;
  /** Where the credentials come from at every run. */
  readonly credentials: ClusterCredentials['type'];
}

/** Either a command that prints a token, or a reference to one. */
type Access =
  | { readonly exec: { readonly apiVersion: string; readonly command: string; readonly args: string[] } }
  | { readonly token: string };

/** Makes the kubernetes and helm providers of a stack on EKS. Neither a kubeconfig nor a token is ever in a plan or state. */
export function addEksProviders(stack: TerraformStack, props: EksProvidersProps): void {
  const connection = {
    host: props.endpoint,
    clusterCaCertificate: Fn.base64decode(props.certificateAuthority),
  };
  const access = accessOf(stack, props);
  new KubernetesProvider(stack, 'kubernetes', {
    ...connection,
    ...('exec' in access ? { exec: [access.exec] } : access),
  });
  new HelmProvider(stack, 'helm', { kubernetes: { ...connection, ...access } });
}

function accessOf(stack: TerraformStack, { credentials, clusterName, region }: EksProvidersProps): Access {
  switch (credentials) {
    case 'aws-cli':
      return { exec: getToken(clusterName, region) };
    case 'hcp-dynamic':
      return { token: tokenOfRun(stack) };
    case 'token':
      return { token: tokenOfAws(stack, clusterName) };
  }
}

function getToken(clusterName: string, region: string) {
  return {
    apiVersion: 'client.authentication.k8s.io/v1beta1',
    command: 'aws',
    args: ['eks', 'get-token', '--cluster-name', clusterName, '--region', region, '--output', 'json'],
  };
}

/** HCP Terraform sets it, and keeps the file for as long as the run takes. */
const RUN_CREDENTIALS = 'tfc_kubernetes_dynamic_credentials';

/**
 * The identity of a run of HCP Terraform, in the file that the run is given.
 * @see https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/kubernetes-configuration
 */
function tokenOfRun(stack: TerraformStack): string {
  const variable = new TerraformVariable(stack, RUN_CREDENTIALS, {
    type: 'object({ default = object({ token_path = string }), aliases = map(object({ token_path = string })) })',
    description: 'Identity of a run for the cluster, set by HCP Terraform',
    default: { default: { token_path: '' }, aliases: {} },
  });
  const path = `var.${RUN_CREDENTIALS}.default.token_path`;
  variable.addValidation({
    condition: `\${${path} != ""}`,
    errorMessage:
      'This run has no identity for the cluster: HCP Terraform gives one to remote runs of workspaces whose environment variable TFC_KUBERNETES_PROVIDER_AUTH is true.',
  });
  return `\${file(${path})}`;
}

/**
 * A token of the AWS provider's credentials. As an ephemeral resource it is had anew by plan and by apply, and stored by
 * neither; a data source would put it into both, and into an apply that is confirmed too late.
 *
 * The block is written as it is: the bindings have no ephemeral resources.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/ephemeral-resources/eks_cluster_auth
 */
function tokenOfAws(stack: TerraformStack, clusterName: string): string {
  stack.addOverride('ephemeral.aws_eks_cluster_auth.cluster', { name: clusterName });
  return '${ephemeral.aws_eks_cluster_auth.cluster.token}';
}

/** Makes the kubernetes provider of a stack on the cluster of one context of a kubeconfig. */
export function addContextProvider(
  stack: TerraformStack,
  { kubeconfig, context }: { readonly kubeconfig: string; readonly context: string },
): void {
  new KubernetesProvider(stack, 'kubernetes', { configPath: kubeconfig, configContext: context });
}
