import { HelmProvider } from '@cdktf/provider-helm/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { Fn, type TerraformStack } from 'cdktf';

export interface EksProvidersProps {
  readonly clusterName: string;
  /** URL of the API server. */
  readonly endpoint: string;
  /** CA certificate of the API server, base64. */
  readonly certificateAuthority: string;
  readonly region: string;
}

/**
 * Makes the kubernetes and helm providers of a stack on EKS. Credentials come from `aws eks get-token` at every run, so
 * neither a kubeconfig nor a token is ever in state.
 */
export function addEksProviders(stack: TerraformStack, props: EksProvidersProps): void {
  const connection = {
    host: props.endpoint,
    clusterCaCertificate: Fn.base64decode(props.certificateAuthority),
  };
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1beta1',
    command: 'aws',
    args: [
      'eks',
      'get-token',
      '--cluster-name',
      props.clusterName,
      '--region',
      props.region,
      '--output',
      'json',
    ],
  };
  new KubernetesProvider(stack, 'kubernetes', { ...connection, exec: [exec] });
  new HelmProvider(stack, 'helm', { kubernetes: { ...connection, exec } });
}

/** Makes the kubernetes provider of a stack on the cluster of one context of a kubeconfig. */
export function addContextProvider(
  stack: TerraformStack,
  { kubeconfig, context }: { readonly kubeconfig: string; readonly context: string },
): void {
  new KubernetesProvider(stack, 'kubernetes', { configPath: kubeconfig, configContext: context });
}
