import { parseBoolean, SERVICE_ANNOTATIONS } from '../annotations';
import { type KeyValue } from '../model';
import { type Service } from '../objects';
import { keyValues, pairsOf, type Sourced } from '../origin';
import { Refused, refusedAt, wrapRefusal } from '../refusal';
import { isUnknown, KNOWN_AFTER_APPLY } from '../unknown';
import { sourcesOf } from './annotation';
import { type Port } from './ports';

const ATTRIBUTES = 'aws-load-balancer-target-group-attributes';
const PROXY_PROTOCOL = 'aws-load-balancer-proxy-protocol';
const PROXY_PROTOCOL_PORTS = 'aws-load-balancer-proxy-protocol-per-target-group';

const PROXY_PROTOCOL_V2 = 'proxy_protocol_v2.enabled';
export const PRESERVE_CLIENT_IP = 'preserve_client_ip.enabled';

/** Those of all ports of a Service, those of one port, and what annotations of their own say. @throws {Refused} */
export function targetGroupAttributesOf(service: Service, { port }: Port): Sourced<readonly KeyValue[]> {
  const ofPort = `${ATTRIBUTES}.${port}`;
  const attributes = new Map([[PROXY_PROTOCOL_V2, 'false'], ...listedAttributesOf(service, ATTRIBUTES)]);
  for (const [key, value] of listedAttributesOf(service, ofPort)) {
    if (value !== '') attributes.set(key, value);
  }
  for (const [key, value] of proxyProtocolOf(service, port)) attributes.set(key, value);
  if (attributes.get(PROXY_PROTOCOL_V2) === '') attributes.delete(PROXY_PROTOCOL_V2);
  return {
    value: keyValues(attributes),
    sources: sourcesOf(service, ATTRIBUTES, ofPort, PROXY_PROTOCOL_PORTS, PROXY_PROTOCOL),
  };
}

function listedAttributesOf(service: Service, suffix: string): ReadonlyMap<string, string> {
  const attributes = pairsOf(SERVICE_ANNOTATIONS.map(service, suffix));
  const preserves = attributes.get(PRESERVE_CLIENT_IP);
  if (preserves !== undefined && !isUnknown(preserves)) {
    refusedAt(SERVICE_ANNOTATIONS.source(service, suffix), () =>
      wrapRefusal(`failed to parse attribute ${PRESERVE_CLIENT_IP}=${preserves}`, () =>
        parseBoolean(preserves),
      ),
    );
  }
  return attributes;
}

/** Both annotations win over attributes, the one for all ports over the other. */
function proxyProtocolOf(service: Service, port: number): ReadonlyMap<string, string> {
  const ports = SERVICE_ANNOTATIONS.list(service, PROXY_PROTOCOL_PORTS);
  const invalid = ports?.find((entry) => !isUnknown(entry) && !/^[+-]?\d+$/.test(entry));
  if (invalid !== undefined) {
    throw new Refused(
      `invalid port number in proxy-protocol-per-target-group: ${invalid}`,
      SERVICE_ANNOTATIONS.source(service, PROXY_PROTOCOL_PORTS),
    );
  }
  const all = SERVICE_ANNOTATIONS.string(service, PROXY_PROTOCOL);
  if (all !== undefined && all !== '*' && !isUnknown(all)) {
    throw new Refused(
      `invalid value ${all} for Load Balancer proxy protocol v2 annotation, only value currently supported is *`,
      SERVICE_ANNOTATIONS.source(service, PROXY_PROTOCOL),
    );
  }
  // Its only value enables it.
  if (all !== undefined) return new Map([[PROXY_PROTOCOL_V2, 'true']]);
  if (ports === undefined) return new Map();
  const enabled = ports.includes(String(port));
  return new Map([
    [PROXY_PROTOCOL_V2, !enabled && ports.some(isUnknown) ? KNOWN_AFTER_APPLY : String(enabled)],
  ]);
}
