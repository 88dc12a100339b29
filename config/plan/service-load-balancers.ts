import { type CheckContext } from '../../load-balancers/checks';
import { type NlbServiceManifestProps } from '../../load-balancers/language';
import { type Service } from '../../load-balancers/model';
import { SERVICE_PORT } from '../../modules/workloads/ports';
import { SHUTDOWN } from '../../modules/workloads/shutdown';
import { type ServiceSettings } from '../schema/workloads';
import { mayRunOnFargate } from './fargate';
import { type Decided } from '.';

type Binding = ServiceSettings['targetGroupBindings'][number];

/** The Service of a service's Network Load Balancer, with what the service itself says of its pods. */
export function networkLoadBalancerOf(
  { workloads, loadBalancing }: Decided,
  { name, healthPath, networkLoadBalancer }: ServiceSettings,
): NlbServiceManifestProps | undefined {
  if (!networkLoadBalancer) return undefined;
  const labels = { 'app.kubernetes.io/name': name };
  return {
    ...networkLoadBalancer,
    ...ownHealthCheck(networkLoadBalancer, healthPath),
    ...ownDeregistration(networkLoadBalancer),
    serviceName: `${name}-nlb`,
    namespace: workloads.namespace,
    selector: labels,
    labels,
    targetPort: SERVICE_PORT.name,
    ...(loadBalancing.type === 'auto-mode' && { loadBalancerClass: 'eks.amazonaws.com/nlb' }),
  };
}

type NetworkLoadBalancer = NonNullable<ServiceSettings['networkLoadBalancer']>;

/** A pod that serves HTTP is asked whether it can; one that takes TLS is asked for a connection. */
function ownHealthCheck(
  { healthCheck, tls, annotations = {} }: NetworkLoadBalancer,
  path: string,
): Pick<NetworkLoadBalancer, 'healthCheck'> {
  const byHand = Object.keys(annotations).some((name) => name.includes('/aws-load-balancer-healthcheck-'));
  const protocol = healthCheck?.protocol ?? (tls?.backendProtocol === 'ssl' ? 'TCP' : 'HTTP');
  return byHand || protocol === 'TCP' ? {} : { healthCheck: { protocol, path, ...healthCheck } };
}

/** Pods go on serving for as long as load balancers may send to them. */
function ownDeregistration({
  deregistrationDelaySeconds = SHUTDOWN.deregistrationDelaySeconds,
  targetGroupAttributes = {},
  annotations = {},
}: NetworkLoadBalancer): Pick<NetworkLoadBalancer, 'deregistrationDelaySeconds'> {
  const byHand =
    targetGroupAttributes['deregistration_delay.timeout_seconds'] ??
    annotations['service.beta.kubernetes.io/aws-load-balancer-target-group-attributes'];
  return byHand === undefined ? { deregistrationDelaySeconds } : {};
}

/** A binding's Kubernetes object: the service's own Service, for pods unless it says otherwise. */
export function planBinding({ name: service }: Pick<ServiceSettings, 'name'>, binding: Binding) {
  const { name, loadBalancer, ...settings } = binding;
  return {
    /** Unique among the bindings of the service. */
    id: name,
    object: {
      ...settings,
      ...(loadBalancer && { targetType: settings.targetType ?? ('ip' as const) }),
      name: `${service}-${name}`,
      serviceRef: { name: service, port: SERVICE_PORT.port },
    },
    /** The load balancer that Terraform makes for it, if it does. */
    loadBalancer: loadBalancer && {
      deregistrationDelaySeconds: SHUTDOWN.deregistrationDelaySeconds,
      ...loadBalancer,
    },
  };
}

/** What the checks of a service's load balancers know from an environment. */
export function checkContextOf(environment: Decided): CheckContext {
  const { region, account, partition, network } = environment;
  return {
    region,
    account,
    partition,
    fargate: mayRunOnFargate(environment),
    ...(network.kind === 'new' && { dualStack: network.ipFamily === 'dual-stack' }),
    discoveredSubnets: discoveredSubnets(environment),
  };
}

/** A service's own Service, as far as its bindings ask. */
export function serviceObjectOf(
  { name }: Pick<ServiceSettings, 'name'>,
  type: 'ClusterIP' | 'NodePort',
): Service {
  return { kind: 'Service', metadata: { name }, spec: { type, ports: [SERVICE_PORT] } };
}

/** One subnet a zone and tier of a network that is made here; of another one only whether there are any. */
function discoveredSubnets({ network }: Decided): CheckContext['discoveredSubnets'] {
  if (network.kind === 'new') {
    const zones = typeof network.zones === 'number' ? network.zones : network.zones.length;
    return { internal: zones, 'internet-facing': network.publicSubnets ? zones : 0 };
  }
  return network.publicSubnetIds.length > 0 ? {} : { 'internet-facing': 0 };
}
