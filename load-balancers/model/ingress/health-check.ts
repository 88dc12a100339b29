import { type TargetGroup } from '../model';
import { type Service } from '../objects';
import { originOf, type Sourced } from '../origin';
import { Refused, refusedAt, wrapRefusal } from '../refusal';
import { lookupPort } from '../service/ports';
import { isUnknown, KNOWN_AFTER_APPLY } from '../unknown';
import { type BackendAnnotations } from './backend-annotations';
import { portOf } from './port';

export const TRAFFIC_PORT = 'traffic-port';

/**
 * How a target group asks its targets for their health, and where each field comes from.
 * @throws {Refused}
 */
export function readHealthCheck(
  annotations: BackendAnnotations,
  service: Service,
  { TargetType, Protocol, ProtocolVersion }: Pick<TargetGroup, 'TargetType' | 'Protocol' | 'ProtocolVersion'>,
) {
  const grpc = ProtocolVersion === 'GRPC';
  const port = readPort(annotations, service, TargetType);
  const protocol = annotations.stringOr('healthcheck-protocol', Protocol);
  if (!['HTTP', 'HTTPS'].includes(protocol.value) && !isUnknown(protocol.value)) {
    throw new Refused('healthCheckProtocol must be within [HTTP, HTTPS]', protocol.sources[0]);
  }
  const path = annotations.stringOr('healthcheck-path', grpc ? '/AWS.ALB/healthcheck' : '/');
  const codes = annotations.stringOr('success-codes', grpc ? '12' : '200');
  const interval = annotations.integerOr('healthcheck-interval-seconds', 15);
  const timeout = annotations.integerOr('healthcheck-timeout-seconds', 5);
  const healthy = annotations.integerOr('healthy-threshold-count', 2);
  const unhealthy = annotations.integerOr('unhealthy-threshold-count', 2);
  return {
    fields: {
      HealthCheckPort: port.value,
      HealthCheckProtocol: protocol.value,
      HealthCheckPath: path.value,
      Matcher: grpc ? { GrpcCode: codes.value } : { HttpCode: codes.value },
      HealthCheckIntervalSeconds: interval.value,
      HealthCheckTimeoutSeconds: timeout.value,
      HealthyThresholdCount: healthy.value,
      UnhealthyThresholdCount: unhealthy.value,
    },
    origin: originOf({
      HealthCheckPort: port,
      HealthCheckProtocol: protocol,
      HealthCheckPath: path,
      Matcher: codes,
      HealthCheckIntervalSeconds: interval,
      HealthCheckTimeoutSeconds: timeout,
      HealthyThresholdCount: healthy,
      UnhealthyThresholdCount: unhealthy,
    }),
  };
}

/** A name is that of a port of the Service, as its target type reaches it. */
function readPort(
  annotations: BackendAnnotations,
  service: Service,
  targetType: TargetGroup['TargetType'],
): Sourced<string> {
  const written = annotations.stringOr('healthcheck-port', TRAFFIC_PORT);
  if (written.value === TRAFFIC_PORT) return written;
  if (isUnknown(written.value)) return { ...written, value: KNOWN_AFTER_APPLY };
  const port = portOf(written.value);
  if (typeof port === 'number') return { ...written, value: String(port) };
  const { nodePort, targetPort } = refusedAt(written.sources[0], () =>
    wrapRefusal('failed to resolve healthCheckPort', () => lookupPort(service, port)),
  );
  if (targetType === KNOWN_AFTER_APPLY) return { ...written, value: KNOWN_AFTER_APPLY };
  if (targetType === 'instance') return { ...written, value: String(nodePort) };
  if (typeof targetPort === 'number') return { ...written, value: String(targetPort) };
  throw new Refused(
    "cannot use named healthCheckPort for IP TargetType when service's targetPort is a named port",
    written.sources[0],
  );
}
