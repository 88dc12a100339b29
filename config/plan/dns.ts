import { type Decided } from '.';
import { type PlannedIngress } from './ingresses';

/** Records of one Ingress' load balancer. */
export interface PlannedAlias {
  readonly ingress: string;
  readonly hosts: readonly string[];
  readonly type: 'application' | 'network';
  readonly dualStack: boolean;
}

/** Names and certificate that are made in one hosted zone. */
export interface PlannedDns {
  readonly zone: string;
  readonly zoneId: string | undefined;
  /** Hosts of the certificate; none is made without any. */
  readonly certificateHosts: readonly string[];
  readonly aliases: readonly PlannedAlias[];
}

export function planDns(
  { dns, network }: Decided,
  ingresses: readonly PlannedIngress[],
): PlannedDns | undefined {
  if (!dns) return undefined;
  const { zone, zoneId, records, certificate } = dns;
  const taken = new Set<string>();
  const aliases = ingresses.flatMap(({ name, settings }) => {
    const hosts = hostsIn(zone, plannedHostsOf(settings)).filter((host) => !taken.has(host));
    for (const host of hosts) taken.add(host);
    if (hosts.length === 0) return [];
    const type: PlannedAlias['type'] = settings.frontendNlb ? 'network' : 'application';
    const dualStack =
      settings.ipAddressType?.startsWith('dualstack') ??
      (network.kind === 'new' && network.ipFamily === 'dual-stack');
    return [{ ingress: name, hosts, type, dualStack }];
  });
  return {
    zone,
    zoneId,
    certificateHosts: certificate ? [...taken].sort() : [],
    aliases: records === 'terraform' ? aliases : [],
  };
}

/** Hosts that an Ingress answers for, each once. */
export function plannedHostsOf({ routes, tlsHosts = [] }: PlannedIngress['settings']): string[] {
  const hosts = [...routes.flatMap(({ host }) => host ?? []), ...tlsHosts];
  return [...new Set(hosts)];
}

export const hostsIn = (zone: string, hosts: readonly string[]) =>
  hosts.filter((host) => host === zone || host.endsWith(`.${zone}`));
