import { KINDS, SERVICE_PREFIX } from '../../language';
import { isUnknown, type Service } from '../../model';
import { type CheckContext } from '../context';
import { atAnnotation, atField, atSuffix, type ObjectFinding } from '../finding';
import { namedService } from '../read';
import { type Check, combines, entries, serviceListenersOf, hasPort, readNlb, targetTypeOf } from './read';

const QUIC = 'aws-load-balancer-quic-enabled-ports';
const PROXY = 'aws-load-balancer-proxy-protocol-per-target-group';
const TARGET_TYPE = 'aws-load-balancer-nlb-target-type';

/** Ports are there once, and what is said of ports and listeners is of ones that there are. */
export const ports: Check = (service, context) => [
  ...twice(service, context),
  ...targets(service, context),
  ...quic(service),
  ...proxyProtocol(service),
  ...perPort(service, context),
  ...actions(service, context),
  ...nodePorts(service),
];

/** The API server says so only when it gives the port away. */
function* nodePorts(service: Service): Iterable<ObjectFinding> {
  for (const [index, { nodePort }] of (service.spec.ports ?? []).entries()) {
    if (typeof nodePort === 'number') {
      for (const words of KINDS.port.judge(nodePort)) {
        yield atField(service, `spec.ports[${index}].nodePort`, words);
      }
    }
  }
}

function* twice(service: Service, context: CheckContext): Iterable<ObjectFinding> {
  const all = service.spec.ports ?? [];
  if (combines(service, context) !== false) return;
  for (const [index, { port, protocol = 'TCP' }] of all.entries()) {
    const same = all.slice(0, index).find((each) => each.port === port);
    const other = same?.protocol ?? 'TCP';
    if (same !== undefined && other !== protocol)
      yield atField(service, `spec.ports[${index}].port`, {
        value: port,
        reason: `${other} and ${protocol} of one port are one listener`,
        remedy: "write it once, with protocol: 'TCP_UDP' (aws-load-balancer-enable-tcp-udp-listener)",
      });
  }
}

function* targets(service: Service, context: CheckContext): Iterable<ObjectFinding> {
  const { externalTrafficPolicy, ports: all = [] } = service.spec;
  if (targetTypeOf(service) === 'instance') {
    if (serviceListenersOf(service, context).some(({ protocol }) => protocol.endsWith('QUIC')))
      yield atSuffix(service, TARGET_TYPE, 'QUIC reaches pods only', "write 'ip', or another protocol", {
        ...{ at: '', value: 'instance' },
      });
    return;
  }
  if (targetTypeOf(service) !== 'ip') return;
  const words = {
    reason: 'targets are pods, so no node takes part',
    remedy: `write ${namedService('nlb-target-type')}: instance, or remove it`,
    accepted: true,
  };
  const labels = 'aws-load-balancer-target-node-labels';
  if (readNlb.has(service, labels)) yield atAnnotation(service, `${SERVICE_PREFIX}${labels}`, words);
  if (externalTrafficPolicy === 'Local')
    yield atField(service, 'spec.externalTrafficPolicy', { value: 'Local', ...words });
  for (const [index, { nodePort }] of all.entries()) {
    if (nodePort !== undefined && !isUnknown(nodePort))
      yield atField(service, `spec.ports[${index}].nodePort`, { value: nodePort, ...words });
  }
}

function* quic(service: Service): Iterable<ObjectFinding> {
  for (const entry of entries(service, QUIC)) {
    if (!service.spec.ports?.some((port) => hasPort([entry.value], port)))
      yield atSuffix(
        service,
        QUIC,
        'the Service has no such port',
        "write protocol: 'QUIC' at the port",
        entry,
      );
  }
}

function* proxyProtocol(service: Service): Iterable<ObjectFinding> {
  if (!readNlb.has(service, PROXY)) return;
  if (readNlb.has(service, 'aws-load-balancer-proxy-protocol')) {
    const reason = `${namedService('proxy-protocol')} has all ports, these among them`;
    yield atSuffix(service, PROXY, reason, 'write one of the two');
    return;
  }
  for (const entry of entries(service, PROXY)) {
    if (!service.spec.ports?.some(({ port }) => `${port}` === entry.value))
      yield atSuffix(service, PROXY, 'the Service has no such port', 'write the number of a port', entry);
  }
}

/** Annotations that name a listener or a port are of one that there is. */
function* perPort(service: Service, context: CheckContext): Iterable<ObjectFinding> {
  const listeners = serviceListenersOf(service, context).map(({ protocol, port }) => `${protocol}-${port}`);
  // A listener whose protocol isn't known can have any of them.
  if (combines(service, context) === undefined) return;
  const numbers = [...new Set((service.spec.ports ?? []).map(({ port }) => `${port}`))];
  const known: readonly [prefix: string, ends: readonly string[]][] = [
    [`${SERVICE_PREFIX}aws-load-balancer-listener-attributes.`, listeners],
    [`${SERVICE_PREFIX}actions.`, listeners],
    [`${SERVICE_PREFIX}aws-load-balancer-target-group-attributes.`, numbers],
  ];
  for (const annotation of Object.keys(service.metadata.annotations ?? {})) {
    const [prefix, ends] = known.find(([each]) => annotation.startsWith(each)) ?? [];
    if (prefix === undefined || !ends || ends.includes(annotation.slice(prefix.length))) continue;
    yield atAnnotation(service, annotation, {
      reason: 'the load balancer has no such listener',
      remedy: `write it for ${ends.join(' or ')}`,
      accepted: true,
    });
  }
}

interface WrittenForward {
  readonly baseServiceWeight?: unknown;
  readonly targetGroups?: readonly { readonly decrypt?: unknown }[];
}

/** What a weighted forward says that the load balancer has no use for, or misses. */
function* actions(service: Service, context: CheckContext): Iterable<ObjectFinding> {
  for (const { port, protocol } of serviceListenersOf(service, context)) {
    const suffix = `actions.${protocol}-${port}`;
    const action = readNlb.json(service, suffix) as
      { readonly forwardConfig?: WrittenForward } | null | undefined;
    const { baseServiceWeight, targetGroups } = action?.forwardConfig ?? {};
    if (!Array.isArray(targetGroups)) continue;
    if (baseServiceWeight === undefined)
      yield atSuffix(service, suffix, 'nothing says its share', 'write a whole number from 0 to 999', {
        ...{ at: 'baseServiceWeight', value: undefined },
      });
    for (const [index, { decrypt }] of (
      targetGroups as NonNullable<WrittenForward['targetGroups']>
    ).entries()) {
      if (decrypt === true && protocol !== 'TLS')
        yield atSuffix(
          service,
          suffix,
          `a listener of ${protocol} decrypts nothing`,
          "remove it, or write protocol: 'TLS'",
          { at: `targetGroups.${index}.decrypt`, value: true },
        );
    }
  }
}
