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
function nodePorts(service: Service): ObjectFinding[] {
  return (service.spec.ports ?? []).flatMap(({ nodePort }, index) =>
    typeof nodePort !== 'number'
      ? []
      : KINDS.port.judge(nodePort).map((words) => atField(service, `spec.ports[${index}].nodePort`, words)),
  );
}

function twice(service: Service, context: CheckContext): ObjectFinding[] {
  const all = service.spec.ports ?? [];
  if (combines(service, context) !== false) return [];
  return all.flatMap(({ port, protocol = 'TCP' }, index) => {
    const same = all.slice(0, index).find((each) => each.port === port);
    const other = same?.protocol ?? 'TCP';
    return same === undefined || other === protocol
      ? []
      : [
          atField(service, `spec.ports[${index}].port`, {
            value: port,
            reason: `${other} and ${protocol} of one port are one listener`,
            remedy: "write it once, with protocol: 'TCP_UDP' (aws-load-balancer-enable-tcp-udp-listener)",
          }),
        ];
  });
}

function targets(service: Service, context: CheckContext): ObjectFinding[] {
  const { externalTrafficPolicy, ports: all = [] } = service.spec;
  if (targetTypeOf(service) === 'instance') {
    return serviceListenersOf(service, context).some(({ protocol }) => protocol.endsWith('QUIC'))
      ? [
          atSuffix(service, TARGET_TYPE, 'QUIC reaches pods only', "write 'ip', or another protocol", {
            ...{ at: '', value: 'instance' },
          }),
        ]
      : [];
  }
  if (targetTypeOf(service) !== 'ip') return [];
  const words = {
    reason: 'targets are pods, so no node takes part',
    remedy: `write ${namedService('nlb-target-type')}: instance, or remove it`,
    accepted: true,
  };
  const labels = 'aws-load-balancer-target-node-labels';
  return [
    ...(readNlb.has(service, labels) ? [atAnnotation(service, `${SERVICE_PREFIX}${labels}`, words)] : []),
    ...(externalTrafficPolicy === 'Local'
      ? [atField(service, 'spec.externalTrafficPolicy', { value: 'Local', ...words })]
      : []),
    ...all.flatMap(({ nodePort }, index) =>
      nodePort === undefined || isUnknown(nodePort)
        ? []
        : [atField(service, `spec.ports[${index}].nodePort`, { value: nodePort, ...words })],
    ),
  ];
}

function quic(service: Service): ObjectFinding[] {
  return entries(service, QUIC).flatMap((entry) =>
    service.spec.ports?.some((port) => hasPort([entry.value], port))
      ? []
      : [
          atSuffix(
            service,
            QUIC,
            'the Service has no such port',
            "write protocol: 'QUIC' at the port",
            entry,
          ),
        ],
  );
}

function proxyProtocol(service: Service): ObjectFinding[] {
  if (!readNlb.has(service, PROXY)) return [];
  if (readNlb.has(service, 'aws-load-balancer-proxy-protocol')) {
    const reason = `${namedService('proxy-protocol')} has all ports, these among them`;
    return [atSuffix(service, PROXY, reason, 'write one of the two')];
  }
  return entries(service, PROXY).flatMap((entry) =>
    service.spec.ports?.some(({ port }) => `${port}` === entry.value)
      ? []
      : [atSuffix(service, PROXY, 'the Service has no such port', 'write the number of a port', entry)],
  );
}

/** Annotations that name a listener or a port are of one that there is. */
function perPort(service: Service, context: CheckContext): ObjectFinding[] {
  const listeners = serviceListenersOf(service, context).map(({ protocol, port }) => `${protocol}-${port}`);
  // A listener whose protocol isn't known can have any of them.
  if (combines(service, context) === undefined) return [];
  const numbers = [...new Set((service.spec.ports ?? []).map(({ port }) => `${port}`))];
  const known: readonly [prefix: string, ends: readonly string[]][] = [
    [`${SERVICE_PREFIX}aws-load-balancer-listener-attributes.`, listeners],
    [`${SERVICE_PREFIX}actions.`, listeners],
    [`${SERVICE_PREFIX}aws-load-balancer-target-group-attributes.`, numbers],
  ];
  return Object.keys(service.metadata.annotations ?? {}).flatMap((annotation) => {
    const [prefix, ends] = known.find(([each]) => annotation.startsWith(each)) ?? [];
    if (prefix === undefined || !ends || ends.includes(annotation.slice(prefix.length))) return [];
    return [
      atAnnotation(service, annotation, {
        reason: 'the load balancer has no such listener',
        remedy: `write it for ${ends.join(' or ')}`,
        accepted: true,
      }),
    ];
  });
}

interface WrittenForward {
  readonly baseServiceWeight?: unknown;
  readonly targetGroups?: readonly { readonly decrypt?: unknown }[];
}

/** What a weighted forward says that the load balancer has no use for, or misses. */
function actions(service: Service, context: CheckContext): ObjectFinding[] {
  return serviceListenersOf(service, context).flatMap(({ port, protocol }) => {
    const suffix = `actions.${protocol}-${port}`;
    const action = readNlb.json(service, suffix) as
      { readonly forwardConfig?: WrittenForward } | null | undefined;
    const { baseServiceWeight, targetGroups } = action?.forwardConfig ?? {};
    if (!Array.isArray(targetGroups)) return [];
    return [
      ...(baseServiceWeight === undefined
        ? [
            atSuffix(service, suffix, 'nothing says its share', 'write a whole number from 0 to 999', {
              ...{ at: 'baseServiceWeight', value: undefined },
            }),
          ]
        : []),
      ...(targetGroups as NonNullable<WrittenForward['targetGroups']>).flatMap(({ decrypt }, index) =>
        decrypt === true && protocol !== 'TLS'
          ? [
              atSuffix(
                service,
                suffix,
                `a listener of ${protocol} decrypts nothing`,
                "remove it, or write protocol: 'TLS'",
                { at: `targetGroups.${index}.decrypt`, value: true },
              ),
            ]
          : [],
      ),
    ];
  });
}
