import { SERVICE_ANNOTATIONS } from '../annotations';
import { type TargetGroup } from '../model';
import { type Service } from '../objects';
import { type Sourced } from '../origin';
import { Refused, refusedAt, wrapRefusal } from '../refusal';
import { gateOpen } from '../settings';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from '../unknown';
import { portOf } from '../ingress/port';
import { sourced } from './annotation';
import { type ServiceContext } from './context';
import { healthCheckNodePortOf, isLocal, lookupPort, type Port } from './ports';

const PROTOCOL = 'aws-load-balancer-healthcheck-protocol';
const PORT = 'aws-load-balancer-healthcheck-port';
const PATH = 'aws-load-balancer-healthcheck-path';
const SUCCESS_CODES = 'aws-load-balancer-healthcheck-success-codes';
const INTERVAL = 'aws-load-balancer-healthcheck-interval';
const TIMEOUT = 'aws-load-balancer-healthcheck-timeout';
const HEALTHY = 'aws-load-balancer-healthcheck-healthy-threshold';
const UNHEALTHY = 'aws-load-balancer-healthcheck-unhealthy-threshold';

/** A port of targets: its number, if that is known, or name, and the port of the Service that it is of. */
export interface TargetPort {
  readonly value: number | string;
  readonly of?: Port;
}

/** `traffic-port`, or a port of its own. */
export type HealthCheckPort = 'traffic-port' | TargetPort;

export interface HealthCheck {
  readonly protocol: Sourced<string>;
  readonly port: Sourced<HealthCheckPort>;
  readonly path: Sourced<string | undefined>;
  readonly successCodes: Sourced<string | undefined>;
  readonly intervalSeconds: Sourced<OrUnknown<number>>;
  readonly timeoutSeconds: Sourced<OrUnknown<number>>;
  readonly healthyThresholdCount: Sourced<OrUnknown<number>>;
  readonly unhealthyThresholdCount: Sourced<OrUnknown<number>>;
}

interface Defaults {
  readonly protocol: string;
  readonly path: string;
  readonly port: number | string;
  readonly timeout: OrUnknown<number>;
  readonly threshold: OrUnknown<number>;
}

const DEFAULTS: Defaults = { protocol: 'TCP', path: '/', port: 'traffic-port', timeout: 10, threshold: 3 };

/** Of nodes, each of which says whether it has pods of the Service. */
function localDefaults(service: Service): Defaults {
  return {
    protocol: 'HTTP',
    path: '/healthz',
    port: healthCheckNodePortOf(service),
    timeout: 6,
    threshold: 2,
  };
}

const UNKNOWN_DEFAULTS: Defaults = {
  protocol: KNOWN_AFTER_APPLY,
  path: KNOWN_AFTER_APPLY,
  port: KNOWN_AFTER_APPLY,
  timeout: KNOWN_AFTER_APPLY,
  threshold: KNOWN_AFTER_APPLY,
};

/** @param backend the Service behind the target group. @throws {Refused} */
export function healthCheckOf(
  { service, settings }: ServiceContext,
  backend: Service,
  targetType: TargetGroup['TargetType'],
): HealthCheck {
  const defaults = defaultsOf(service, backend, targetType);
  const advanced = gateOpen(settings, 'NLBHealthCheckAdvancedConfig');
  const integer = (suffix: string, fallback: OrUnknown<number>) =>
    sourced(service, suffix, SERVICE_ANNOTATIONS.integer(service, suffix), fallback);
  const protocol = protocolOf(service, defaults.protocol);
  const ofHttp = (suffix: string, fallback: string) =>
    protocol.value === 'TCP'
      ? { value: undefined, sources: [] }
      : sourced<string | undefined>(
          service,
          suffix,
          SERVICE_ANNOTATIONS.string(service, suffix),
          isUnknown(protocol.value) ? KNOWN_AFTER_APPLY : fallback,
        );
  return {
    protocol,
    path: ofHttp(PATH, defaults.path),
    successCodes: advanced ? ofHttp(SUCCESS_CODES, '200-399') : { value: undefined, sources: [] },
    port: healthCheckPortOf(service, backend, defaults.port, targetType),
    intervalSeconds: integer(INTERVAL, 10),
    timeoutSeconds: advanced ? integer(TIMEOUT, defaults.timeout) : { value: defaults.timeout, sources: [] },
    healthyThresholdCount: integer(HEALTHY, defaults.threshold),
    unhealthyThresholdCount: integer(UNHEALTHY, defaults.threshold),
  };
}

function defaultsOf(service: Service, backend: Service, targetType: TargetGroup['TargetType']): Defaults {
  if (!isLocal(backend) || targetType === 'ip') return DEFAULTS;
  return targetType === 'instance' ? localDefaults(service) : UNKNOWN_DEFAULTS;
}

function protocolOf(service: Service, fallback: string): Sourced<string> {
  const raw = SERVICE_ANNOTATIONS.string(service, PROTOCOL);
  if (raw === undefined || isUnknown(raw)) return sourced(service, PROTOCOL, raw, fallback);
  const protocol = raw.toUpperCase();
  if (protocol !== 'TCP' && protocol !== 'HTTP' && protocol !== 'HTTPS') {
    throw new Refused(
      `unsupported health check protocol ${raw}`,
      SERVICE_ANNOTATIONS.source(service, PROTOCOL),
    );
  }
  return sourced(service, PROTOCOL, protocol, fallback);
}

function healthCheckPortOf(
  service: Service,
  backend: Service,
  fallback: number | string,
  targetType: TargetGroup['TargetType'],
): Sourced<HealthCheckPort> {
  const raw = SERVICE_ANNOTATIONS.string(service, PORT);
  const value = raw ?? fallback;
  const port =
    value === 'traffic-port'
      ? value
      : refusedAt(SERVICE_ANNOTATIONS.source(service, PORT), () =>
          resolve(backend, typeof value === 'string' ? portOf(value) : value, targetType),
        );
  return sourced<HealthCheckPort>(service, PORT, raw === undefined ? undefined : port, port);
}

function resolve(backend: Service, port: number | string, targetType: TargetGroup['TargetType']): TargetPort {
  if (typeof port === 'number' || isUnknown(port)) return { value: port };
  const named = wrapRefusal('failed to resolve healthCheckPort', () => lookupPort(backend, port));
  if (targetType === 'instance') return { value: named.nodePort, of: named };
  if (targetType === KNOWN_AFTER_APPLY) return { value: KNOWN_AFTER_APPLY };
  if (typeof named.targetPort === 'number') return { value: named.targetPort, of: named };
  throw new Refused(
    "cannot use named healthCheckPort for IP TargetType when service's targetPort is a named port",
  );
}
