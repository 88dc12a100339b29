import { type Service, type ServicePort, isUnknown } from '../../model';
import { type CheckContext, isOnFargate } from '../context';
import { atAnnotation, atField, atSuffix, type ObjectFinding } from '../finding';
import { type Check, entries, serviceListenersOf, hasPort, readNlb, targetTypeOf } from './read';

const TARGET_TYPE = 'aws-load-balancer-nlb-target-type';
const QUIC = 'aws-load-balancer-quic-enabled-ports';
const PROXY = 'aws-load-balancer-proxy-protocol-per-target-group';
const MOST_LISTENERS = 50;

/** Ports are there once, and lead to targets that there are. */
export const ports: Check = (service, context) => [
  ...numbers(service),
  ...twice(service),
  ...targets(service, context),
  ...quic(service),
  ...proxyProtocol(service),
  ...perPort(service),
];

type AtPort = (index: number, field: string, value: unknown, reason: string, remedy: string) => ObjectFinding;

function atPortOf(service: Service): AtPort {
  return (index, field, value, reason, remedy) =>
    atField(service, `spec.ports[${index}].${field}`, { value, reason, remedy });
}

function numbers(service: Service): ObjectFinding[] {
  const atPort = atPortOf(service);
  const all = service.spec.ports ?? [];
  const isPort = (value: unknown) =>
    isUnknown(value) || (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65535);
  const range = ['no port', 'write a whole number from 1 to 65535'] as const;
  return [
    ...(all.length === 0
      ? [
          atField(service, 'spec.ports', {
            value: all,
            reason: 'nothing to listen to',
            remedy: 'write ports: [{ port: 80 }]',
          }),
        ]
      : []),
    ...all.flatMap(({ name, port, targetPort, nodePort }, index) => [
      ...(isPort(port) ? [] : [atPort(index, 'port', port, ...range)]),
      ...(typeof targetPort === 'number' && targetPort !== port && !isPort(targetPort)
        ? [atPort(index, 'targetPort', targetPort, ...range)]
        : []),
      ...(typeof targetPort === 'string' && !isUnknown(targetPort) && !isPortName(targetPort)
        ? [
            atPort(
              index,
              'targetPort',
              targetPort,
              'no name of a port',
              "write a number, or a name of at most 15 lower-case letters, digits and hyphens, such as 'http'",
            ),
          ]
        : []),
      ...(nodePort === undefined || isPort(nodePort) ? [] : [atPort(index, 'nodePort', nodePort, ...range)]),
      ...(name === undefined || isUnknown(name) || /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)
        ? []
        : [
            atPort(
              index,
              'name',
              name,
              'Kubernetes takes lower-case letters, digits and hyphens',
              "write a name such as 'https'",
            ),
          ]),
    ]),
    ...(new Set(all.map(({ port }) => port)).size > MOST_LISTENERS
      ? [
          atField(service, 'spec.ports', {
            value: all.length,
            reason: `a load balancer has ${MOST_LISTENERS} listeners`,
            remedy: `write at most ${MOST_LISTENERS} ports`,
          }),
        ]
      : []),
  ];
}

function isPortName(name: string): boolean {
  return /^(?=.*[a-z])(?!.*--)[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/.test(name);
}

function twice(service: Service): ObjectFinding[] {
  const atPort = atPortOf(service);
  const all = service.spec.ports ?? [];
  const merged = readNlb.flag(service, 'aws-load-balancer-enable-tcp-udp-listener') === true;
  const protocolOf = ({ protocol = 'TCP' }: ServicePort) => protocol;
  return all.flatMap((port, index) => {
    const before = all.slice(0, index);
    const same = before.find((each) => each.port === port.port);
    const found: ObjectFinding[] = [];
    if (same && protocolOf(same) === protocolOf(port)) {
      found.push(atPort(index, 'port', port.port, 'another listener has it already', 'write each port once'));
    } else if (same && !merged) {
      found.push(
        atPort(
          index,
          'port',
          port.port,
          `${protocolOf(same)} and ${protocolOf(port)} of one port are one listener`,
          "write it once, with protocol: 'TCP_UDP'",
        ),
      );
    }
    if (port.name !== undefined && before.some(({ name }) => name === port.name)) {
      found.push(atPort(index, 'name', port.name, 'another port has it already', 'write each name once'));
    }
    return found;
  });
}

function targets(service: Service, context: CheckContext): ObjectFinding[] {
  const atPort = atPortOf(service);
  const type = targetTypeOf(service);
  const found: ObjectFinding[] = [];
  if (type === 'instance') {
    const at = (reason: string, remedy: string) => {
      found.push(atSuffix(service, TARGET_TYPE, reason, remedy, { at: '', value: 'instance' }));
    };
    if (isOnFargate(context, service.metadata.namespace, service.spec.selector))
      at('pods on Fargate have no instance that could be a target', "write 'ip'");
    if (service.spec.type === 'ClusterIP') {
      at('a Service of type ClusterIP has no port on the nodes', "write 'ip', or type LoadBalancer");
    }
    if (
      service.spec.allocateLoadBalancerNodePorts === false &&
      service.spec.ports?.some(({ nodePort }) => nodePort === undefined)
    ) {
      at(
        'allocateLoadBalancerNodePorts is false, so nodes have no port to send to',
        "write 'ip', allocateLoadBalancerNodePorts: true, or a nodePort for each port",
      );
    }
    if (serviceListenersOf(service).some(({ protocol }) => protocol.endsWith('QUIC'))) {
      at('QUIC reaches pods only', "write 'ip', or another protocol");
    }
  }
  if (type === 'ip') {
    const reason = 'targets are pods, so no node takes part';
    const remedy = "write targetType: 'instance', or remove it";
    if (readNlb.has(service, 'aws-load-balancer-target-node-labels')) {
      found.push(atSuffix(service, 'aws-load-balancer-target-node-labels', reason, remedy));
    }
    if (service.spec.externalTrafficPolicy === 'Local') {
      found.push(atField(service, 'spec.externalTrafficPolicy', { value: 'Local', reason, remedy }));
    }
    service.spec.ports?.forEach(({ nodePort }, index) => {
      if (nodePort !== undefined) found.push(atPort(index, 'nodePort', nodePort, reason, remedy));
    });
  }
  return found;
}

function quic(service: Service): ObjectFinding[] {
  return entries(service, QUIC).flatMap((entry) => {
    const of = (service.spec.ports ?? []).filter((port) => hasPort([entry.value], port));
    if (of.some(({ protocol }) => protocol === 'UDP')) return [];
    return [
      atSuffix(
        service,
        QUIC,
        of.length === 0 ? 'the Service has no such port' : 'QUIC goes by UDP, and this port is of TCP',
        "write protocol: 'QUIC' at the port",
        entry,
      ),
    ];
  });
}

function proxyProtocol(service: Service): ObjectFinding[] {
  if (!readNlb.has(service, PROXY)) return [];
  if (readNlb.has(service, 'aws-load-balancer-proxy-protocol')) {
    return [
      atSuffix(service, PROXY, 'proxyProtocol has all ports, these among them', 'write one of the two'),
    ];
  }
  return entries(service, PROXY).flatMap((entry) =>
    service.spec.ports?.some(({ port }) => `${port}` === entry.value)
      ? []
      : [atSuffix(service, PROXY, 'the Service has no such port', 'write the number of a port', entry)],
  );
}

/** Annotations that name a listener or a port are of one that there is. */
function perPort(service: Service): ObjectFinding[] {
  const listeners = serviceListenersOf(service).map(({ protocol, port }) => `${protocol}-${port}`);
  const numbers = [...new Set((service.spec.ports ?? []).map(({ port }) => `${port}`))];
  const known: readonly [prefix: string, ends: readonly string[]][] = [
    ['service.beta.kubernetes.io/aws-load-balancer-listener-attributes.', listeners],
    ['service.beta.kubernetes.io/actions.', listeners],
    ['service.beta.kubernetes.io/aws-load-balancer-target-group-attributes.', numbers],
  ];
  return Object.entries(service.metadata.annotations ?? {}).flatMap(([annotation, value]) => {
    const [prefix, ends] = known.find(([each]) => annotation.startsWith(each)) ?? [];
    if (prefix === undefined || !ends || ends.includes(annotation.slice(prefix.length))) return [];
    return [
      atAnnotation(service, annotation, {
        value,
        reason: 'the load balancer has no such listener',
        remedy: `write it for ${ends.join(' or ')}`,
      }),
    ];
  });
}
