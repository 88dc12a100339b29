import { createHash } from 'node:crypto';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from './unknown';

/**
 * The name that the controller makes up for what a group of Ingresses gets: its load balancer, or the security group of
 * that. Known if the cluster's name is, and all else that goes into its hash.
 * @param id name of the group, or `namespace/name` of a single Ingress
 * @param scheme goes into a load balancer's name
 */
export function generatedName(clusterName: string | undefined, id: string, scheme = ''): OrUnknown<string> {
  if (clusterName === undefined || [clusterName, id, scheme].some(isUnknown)) return KNOWN_AFTER_APPLY;
  const hash = createHash('sha256').update(`${clusterName}${id}${scheme}`).digest('hex').slice(0, 10);
  const [first = '', second] = id.split('/').map((part) => part.replaceAll(/[^A-Za-z0-9]/g, ''));
  return second === undefined
    ? `k8s-${first.slice(0, 17)}-${hash}`
    : `k8s-${first.slice(0, 8)}-${second.slice(0, 8)}-${hash}`;
}
