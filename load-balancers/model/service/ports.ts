import { keyOf, type Service } from '../objects';
import { Refused, type Source } from '../refusal';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from '../unknown';
import { fieldSource } from './annotation';

/** Port of a Service with what the API server fills in. */
export interface Port {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  /** Number, or name that the pods give to it. */
  readonly targetPort: number | string;
  /** 0 if there is none; unknown if the API server allots it. */
  readonly nodePort: OrUnknown<number>;
  readonly source: Source;
}

export function portsOf(service: Service): readonly Port[] {
  return (service.spec.ports ?? []).map(({ name, port, protocol, targetPort, nodePort }, index) => ({
    name: name ?? '',
    port,
    protocol: protocol ?? 'TCP',
    targetPort: targetPort === undefined || targetPort === 0 || targetPort === '' ? port : targetPort,
    nodePort: nodePort === undefined || nodePort === 0 ? allottedNodePort(service) : nodePort,
    source: fieldSource(service, `spec.ports[${index}]`),
  }));
}

/** @param port number of a port, or its name. @throws {Refused} for one that the Service doesn't have */
export function lookupPort(service: Service, port: number | string): Port {
  const found = portsOf(service).find((candidate) =>
    typeof port === 'string' ? candidate.name === port : candidate.port === port,
  );
  const other = portsOf(service).find((each) => isUnknown(typeof port === 'string' ? each.name : each.port));
  if (found === undefined && other !== undefined) {
    // It may be this one, or another that isn't known either.
    const nodePort = allottedNodePort(service);
    return {
      ...other,
      port: typeof port === 'number' ? port : other.port,
      targetPort: KNOWN_AFTER_APPLY,
      nodePort,
    };
  }
  if (found === undefined) {
    throw new Refused(`unable to find port ${port} on service ${keyOf(service)}`);
  }
  return found;
}

/** Port of a group of pods, which are registered with ports of their own: by a name, which each pod has for its own, 1. */
export function portOfPods({ targetPort }: Port): OrUnknown<number> {
  if (isUnknown(targetPort)) return KNOWN_AFTER_APPLY;
  return typeof targetPort === 'number' ? targetPort : 1;
}

/** Whether the health of a node is whether it has a pod of the Service. */
export function isLocal({ spec }: Service): boolean {
  return spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';
}

/** Port on which the nodes tell so; 0 if there is none. */
export function healthCheckNodePortOf(service: Service): OrUnknown<number> {
  const given = service.spec.healthCheckNodePort ?? 0;
  return given === 0 && isLocal(service) ? KNOWN_AFTER_APPLY : given;
}

function allottedNodePort({ spec }: Service): OrUnknown<number> {
  const hasNodePorts =
    spec.type === 'NodePort' ||
    isUnknown(spec.type) ||
    (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false);
  return hasNodePorts ? KNOWN_AFTER_APPLY : 0;
}
