import { keyOf, type Service } from '../objects';
import { Refused, type Source } from '../refusal';
import { KNOWN_AFTER_APPLY, type OrUnknown } from '../unknown';
import { fieldOf } from './annotation';

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
    source: fieldOf(service, `spec.ports[${index}]`),
  }));
}

/** @param port number of a port, or its name. @throws {Refused} for one that the Service doesn't have */
export function lookupPort(service: Service, port: number | string): Port {
  const found = portsOf(service).find((candidate) =>
    typeof port === 'string' ? candidate.name === port : candidate.port === port,
  );
  if (found === undefined) {
    throw new Refused(`unable to find port ${port} on service ${keyOf(service)}`);
  }
  return found;
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
    (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false);
  return hasNodePorts ? KNOWN_AFTER_APPLY : 0;
}
