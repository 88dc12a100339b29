import { type z } from 'zod';
import { toProblems as problemsOf } from '../load-balancers/problem';
import { type Problem } from './problem';
import { environmentSchema } from './schema/environment';

export { meantForm } from '../load-balancers/problem';

/** Where fields of eksctl and terraform-aws-eks are, by their names there. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  serviceAccounts:
    "write podRoles: [{ name: 'external-dns', namespace: 'kube-system', for: 'external-dns' }] beside cluster",
  podIdentityAssociations:
    "write podRoles: [{ name, namespace, for }] beside cluster, and podIdentity: 'pod-identity'",
  withOIDC: "remove it: podIdentity: 'irsa' beside cluster, the default, makes the OIDC provider",
  managedNodeGroups: 'write cluster.compute.nodeGroups',
  eks_managed_node_groups: 'write cluster.compute.nodeGroups',
  nodeGroups: 'write cluster.compute.nodeGroups',
  fargateProfiles: 'write cluster.compute.fargateProfiles',
  availabilityZones: 'write network.zones',
  kubernetesNetworkConfig:
    'write cluster.serviceIpv4Cidr for the addresses of Services; clusters whose pods have IPv6 addresses are not supported',
};

/** The problems of an environment that one issue of zod stands for, each with what to write instead. */
export function environmentProblems(issue: z.core.$ZodIssue, input: unknown): Problem[] {
  const problems = problemsOf({ schema: environmentSchema, input, name: 'environment' }, issue);
  if (issue.code !== 'unrecognized_keys') return problems;
  return problems.map((problem, index) => ({
    ...problem,
    remedy: ELSEWHERE[issue.keys[index] ?? ''] ?? problem.remedy,
  }));
}
