import { Fn } from 'cdktf';
import { type AwsEnvironment } from '../config';
import { type PodIdentityBinding } from '../modules/identity';
import { type ContractValues } from './contract';
import { type clusterContract } from './contracts';

/** How the roles of an environment's pods are bound: its one switch, with what each side needs. */
export function bindingOf(
  environment: AwsEnvironment,
  cluster: Pick<ContractValues<typeof clusterContract>, 'cluster_name' | 'oidc_issuer'>,
  oidcProviderArn: string,
): PodIdentityBinding {
  return {
    type: environment.podIdentity,
    oidcProviderArn,
    oidcIssuer: Fn.replace(cluster.oidc_issuer, 'https://', ''),
    clusterName: cluster.cluster_name,
    account: environment.account,
  };
}
