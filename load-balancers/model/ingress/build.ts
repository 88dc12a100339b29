import { type Cluster, type GroupContext, type IngressGroup } from '../context';
import { type LoadBalancer, type TargetGroup } from '../model';
import { type ControllerSettings } from '../settings';
import { buildAddOns } from './add-ons';
import { buildFrontendNlb } from './frontend-nlb';
import { buildListener } from './listeners';
import { listenConfig } from './listen-ports';
import { buildFrame } from './load-balancer';
import { mergePorts } from './merged-port';
import { sslRedirect } from './ssl-redirect';

/**
 * The load balancer of a group, and the Network Load Balancer in front of it if one is asked for; in the controller's
 * order, so that its first refusal is the one that people see.
 * @throws {Refused} in the controller's words
 */
export function buildGroup(
  cluster: Cluster,
  settings: ControllerSettings,
  group: IngressGroup,
): readonly LoadBalancer[] {
  const { members } = group;
  const targetGroups = new Map<string, TargetGroup>();
  const configs = members.map((member) => listenConfig(member, settings, cluster.facts));
  const ports = mergePorts(configs, settings);
  const base: GroupContext = { settings, cluster, group, targetGroups };
  const { loadBalancer, backendSecurityGroup } = buildFrame(base, ports);
  const redirect = sslRedirect(group, ports);
  const context: GroupContext = {
    ...base,
    ...(redirect && { sslRedirect: { port: redirect.value } }),
    ipAddressType: loadBalancer.IpAddressType,
    ...(backendSecurityGroup !== undefined && { backendSecurityGroup }),
  };
  const Listeners = ports.map((port) => buildListener(context, port));
  const addOns = buildAddOns(members, cluster.facts);
  const alb: LoadBalancer = {
    ...loadBalancer,
    ...addOns,
    Listeners,
    TargetGroups: [...targetGroups.values()],
    Origin: { ...loadBalancer.Origin, ...addOns.Origin },
  };
  const nlb = buildFrontendNlb(
    context,
    alb,
    new Map(configs.map(({ member, ports: { value } }) => [member, [...value.keys()].sort((a, b) => a - b)])),
  );
  return nlb === undefined ? [alb] : [alb, nlb];
}
