import { type CheckContext } from '../context';
import { type ObjectFinding } from '../finding';
import {
  combinesProtocols,
  DEFAULT_SETTINGS,
  SERVICE_ANNOTATIONS,
  known,
  type Service,
  type ServicePort,
  isUnknown,
  KNOWN_AFTER_APPLY,
} from '../../model';

/** What may be wrong with a Service of type LoadBalancer. */
export type Check = (service: Service, context: CheckContext) => readonly ObjectFinding[];

/**
 * Annotations of a Service as the controller reads them: undefined for what isn't there, isn't known before apply, or
 * can't be read, which is a finding of its own.
 */
export const readNlb = {
  has: (service: Service, suffix: string) => SERVICE_ANNOTATIONS.nameOf(service, suffix) !== undefined,
  text: (service: Service, suffix: string) => known(() => SERVICE_ANNOTATIONS.string(service, suffix)),
  flag: (service: Service, suffix: string) => known(() => SERVICE_ANNOTATIONS.boolean(service, suffix)),
  whole: (service: Service, suffix: string) => known(() => SERVICE_ANNOTATIONS.integer(service, suffix)),
  json: (service: Service, suffix: string) => known(() => SERVICE_ANNOTATIONS.json(service, suffix)),
  /** Values may be unknown. */
  map: (service: Service, suffix: string) => known(() => SERVICE_ANNOTATIONS.map(service, suffix)),
  /** Entries may be unknown; a list that is unknown as a whole is left out. */
  list: (service: Service, suffix: string) =>
    SERVICE_ANNOTATIONS.string(service, suffix) === KNOWN_AFTER_APPLY
      ? undefined
      : SERVICE_ANNOTATIONS.list(service, suffix),
};

/** Entries of a list annotation whose values are known, each with its place. */
export function entries(service: Service, suffix: string): { at: number; value: string }[] {
  return (readNlb.list(service, suffix) ?? [])
    .map((value, at) => ({ at, value }))
    .filter(({ value }) => !isUnknown(value));
}

/** Whether a load balancer is internal or not, `undefined` if unknown. */
export function knownSchemeOf(service: Service): string | undefined {
  if (readNlb.has(service, 'aws-load-balancer-scheme'))
    return readNlb.text(service, 'aws-load-balancer-scheme');
  return readNlb.flag(service, 'aws-load-balancer-internal') === false ? 'internet-facing' : 'internal';
}

/** The controller's default for a Service with its class is `instance`. */
export function targetTypeOf(service: Service): string | undefined {
  return readNlb.has(service, 'aws-load-balancer-nlb-target-type')
    ? readNlb.text(service, 'aws-load-balancer-nlb-target-type')
    : 'instance';
}

export function isDualStack(service: Service): boolean | undefined {
  if (!readNlb.has(service, 'aws-load-balancer-ip-address-type')) return false;
  const type = readNlb.text(service, 'aws-load-balancer-ip-address-type');
  return type === undefined ? undefined : type === 'dualstack';
}

/** What the load balancer listens to at one port. */
export interface ServiceListener {
  readonly port: number;
  /** Of ELBv2: TCP, TLS, UDP, TCP_UDP, QUIC or TCP_QUIC. */
  readonly protocol: string;
  readonly servicePort: ServicePort;
}

/** Whether TCP and UDP of one port are one listener, `undefined` if unknown. */
export function combines(service: Service, { settings }: CheckContext): boolean | undefined {
  return combinesProtocols(service, { ...DEFAULT_SETTINGS, ...settings });
}

/** As the controller makes them of a Service that is right; without those whose protocol isn't known. */
export function serviceListenersOf(service: Service, context: CheckContext): ServiceListener[] {
  const combined = combines(service, context);
  const ports = service.spec.ports ?? [];
  return ports.flatMap((servicePort, index) => {
    const { port } = servicePort;
    if (ports.findIndex((each) => each.port === port) < index) return [];
    const other = ports.slice(index + 1).find((each) => each.port === port);
    if (other && combined === undefined) return [];
    const transport = combined && other ? 'TCP_UDP' : (servicePort.protocol ?? 'TCP');
    const protocol = quic(service, servicePort)
      ? transport.replace('UDP', 'QUIC')
      : transport === 'TCP' && isTls(service, servicePort)
        ? 'TLS'
        : transport;
    return [{ port, protocol, servicePort }];
  });
}

/** Whether a list of ports, by number or name, has this one. */
export function hasPort(list: readonly string[] | undefined, { port, name }: ServicePort): boolean {
  return Boolean(list?.some((each) => each === `${port}` || each === name));
}

function isTls(service: Service, port: ServicePort): boolean {
  if (!readNlb.has(service, 'aws-load-balancer-ssl-cert')) return false;
  const list = readNlb.list(service, 'aws-load-balancer-ssl-ports');
  return !list?.length || hasPort(list, port);
}

function quic(service: Service, port: ServicePort): boolean {
  return hasPort(readNlb.list(service, 'aws-load-balancer-quic-enabled-ports'), port);
}
