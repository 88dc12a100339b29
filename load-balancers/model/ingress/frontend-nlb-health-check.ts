import { INGRESS_ANNOTATIONS } from '../annotations';
import { type Ingress } from '../objects';
import { type Sourced } from '../origin';
import { Refused } from '../refusal';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from '../unknown';
import { portOf } from './port';

/** How a Network Load Balancer asks the Application Load Balancer behind it, in the order in which fields are merged. */
export interface FrontendNlbHealthCheck {
  readonly IntervalSeconds: Sourced<OrUnknown<number>>;
  readonly TimeoutSeconds: Sourced<OrUnknown<number>>;
  readonly HealthyThresholdCount: Sourced<OrUnknown<number>>;
  readonly UnhealthyThresholdCount: Sourced<OrUnknown<number>>;
  readonly Protocol: Sourced<string>;
  readonly Path: Sourced<string>;
  readonly Matcher: Sourced<string>;
  readonly Port: Sourced<string>;
}

const TRAFFIC_PORT = 'traffic-port';

/** @throws {Refused} */
export function readFrontendNlbHealthCheck(ingress: Ingress): FrontendNlbHealthCheck {
  // In the controller's order: its first refusal is the one that people see.
  const Port = readPort(ingress);
  const Protocol = readText(ingress, 'protocol', 'HTTP');
  if (!['HTTP', 'HTTPS'].includes(Protocol.value) && !isUnknown(Protocol.value)) {
    throw new Refused('healthCheckProtocol must be within [HTTP, HTTPS]', Protocol.sources[0]);
  }
  return {
    IntervalSeconds: readInteger(ingress, 'interval-seconds', 15),
    TimeoutSeconds: readInteger(ingress, 'timeout-seconds', 5),
    HealthyThresholdCount: readInteger(ingress, 'healthy-threshold-count', 2),
    UnhealthyThresholdCount: readInteger(ingress, 'unhealthy-threshold-count', 2),
    Protocol,
    Path: readText(ingress, 'path', '/'),
    Matcher: readText(ingress, 'success-codes', '200'),
    Port,
  };
}

/**
 * What is said explicitly wins over defaults.
 * @param index of the next one
 * @throws {Refused} for a field that two say explicitly and differently
 */
export function mergeHealthChecks(
  merged: FrontendNlbHealthCheck,
  next: FrontendNlbHealthCheck,
  index: number,
): FrontendNlbHealthCheck {
  const field = <F extends keyof FrontendNlbHealthCheck>(name: F) =>
    mergeField(name, merged[name], next[name], index);
  return {
    IntervalSeconds: field('IntervalSeconds'),
    TimeoutSeconds: field('TimeoutSeconds'),
    HealthyThresholdCount: field('HealthyThresholdCount'),
    UnhealthyThresholdCount: field('UnhealthyThresholdCount'),
    Protocol: field('Protocol'),
    Path: field('Path'),
    Matcher: field('Matcher'),
    Port: field('Port'),
  };
}

function mergeField<T extends Sourced<number | string>>(
  name: keyof FrontendNlbHealthCheck,
  merged: T,
  next: T,
  index: number,
): T {
  if (next.sources.length === 0) return merged;
  if (merged.sources.length === 0) return next;
  // The controller compares where it keeps success codes, not what they are: given twice, they always differ.
  const isSame = merged.value === next.value && name !== 'Matcher';
  if (isSame || isUnknown(merged.value) || isUnknown(next.value)) {
    return { ...merged, sources: [...merged.sources, ...next.sources] };
  }
  throw new Refused(
    `conflicting ${name}, config ${index + 1}: ${goText(name, next.value)}, previous: ${goText(name, merged.value)}`,
    next.sources[0],
    merged.sources[0],
  );
}

/** As Go prints it: a port with the fields of its type, success codes as the address where they are. */
function goText(name: keyof FrontendNlbHealthCheck, value: number | string): string {
  if (name === 'Matcher') return `{${KNOWN_AFTER_APPLY} <nil>}`;
  if (name !== 'Port') return String(value);
  return value === TRAFFIC_PORT ? `{1 0 ${TRAFFIC_PORT}}` : `{0 ${value} }`;
}

function readPort(ingress: Ingress): Sourced<string> {
  const port = readText(ingress, 'port', TRAFFIC_PORT);
  if (port.value === TRAFFIC_PORT || isUnknown(port.value)) return port;
  const number = portOf(port.value);
  if (typeof number === 'number') return { ...port, value: String(number) };
  throw new Refused('failed to resolve healthCheckPort', port.sources[0]);
}

function readText(ingress: Ingress, name: string, fallback: string): Sourced<string> {
  return sourced(ingress, name, INGRESS_ANNOTATIONS.string(ingress, suffixOf(name)), fallback);
}

function readInteger(ingress: Ingress, name: string, fallback: number): Sourced<OrUnknown<number>> {
  return sourced<OrUnknown<number>>(
    ingress,
    name,
    INGRESS_ANNOTATIONS.integer(ingress, suffixOf(name)),
    fallback,
  );
}

function sourced<T>(ingress: Ingress, name: string, value: T | undefined, fallback: T): Sourced<T> {
  return value === undefined
    ? { value: fallback, sources: [] }
    : { value, sources: [INGRESS_ANNOTATIONS.source(ingress, suffixOf(name))] };
}

function suffixOf(name: string): string {
  return `frontend-nlb-healthcheck-${name}`;
}
