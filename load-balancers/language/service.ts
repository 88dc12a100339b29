import { type Service, type ServicePort } from '../model';
import { nlbListener, nlbService, type NlbListener, type NlbServiceSettings } from './fields/service';
import { CURRENT_SSL_POLICY } from './ssl-policies';
import { SERVICE_PREFIX } from './table';
import { entriesOf, written, type Entry, type Origins } from './written';

export interface NlbServiceManifestProps extends NlbServiceSettings {
  /** Of the Service. */
  readonly serviceName: string;
  readonly namespace: string;
  /** Labels of the pods that it sends to. */
  readonly selector: Readonly<Record<string, string>>;
  /** @default {} */
  readonly labels?: Readonly<Record<string, string>>;
  /** Number or name of the pods' port, for listeners that say none. @default - that of the listener */
  readonly targetPort?: number | string;
  /** @default 'service.k8s.aws/nlb' */
  readonly loadBalancerClass?: string;
}

export interface RenderedService {
  readonly service: Service;
  /** Where each annotation came from, and each port of the spec. */
  readonly origins: Origins;
}

/** The Service as kubectl would take it, and which prop says what. */
export function renderNlbService(props: NlbServiceManifestProps): RenderedService {
  const instance = props.targetType === 'instance';
  const { annotations, origins } = written(nlbEntries(props), SERVICE_PREFIX);
  const { annotations: byHand = {} } = props;
  const ports = props.ports.map((port) => servicePorts(port, props.targetPort));
  const service: Service = {
    kind: 'Service',
    metadata: {
      name: props.serviceName,
      namespace: props.namespace,
      ...(props.labels && { labels: props.labels }),
      annotations: { ...annotations, ...byHand },
    },
    spec: {
      type: 'LoadBalancer',
      loadBalancerClass: props.loadBalancerClass ?? 'service.k8s.aws/nlb',
      selector: props.selector,
      ports: ports.flat(),
      allocateLoadBalancerNodePorts: props.allocateLoadBalancerNodePorts ?? instance,
      ...(props.externalTrafficPolicy && { externalTrafficPolicy: props.externalTrafficPolicy }),
      ...(props.ipFamilies && { ipFamilies: [...props.ipFamilies] }),
      ...(props.ipFamilyPolicy && { ipFamilyPolicy: props.ipFamilyPolicy }),
    },
  };
  const owners = ports.flatMap((own, index) => own.map(() => `ports.${index}`));
  return {
    service,
    origins: {
      ...origins,
      ...Object.fromEntries(owners.map((at, index) => [`spec.ports[${index}]`, at])),
      ...Object.fromEntries(Object.keys(byHand).map((name) => [name, `annotations.${name}`])),
    },
  };
}

/** What the props say by annotations; those of all ports together come last. */
function nlbEntries(settings: NlbServiceSettings): Entry[] {
  const { securityGroups, manageBackendSecurityGroupRules, tls, stickiness } = settings;
  const said = {
    ...settings,
    scheme: settings.scheme ?? 'internal',
    targetType: settings.targetType ?? 'ip',
    // The controller's default leaves targets that nobody can reach.
    manageBackendSecurityGroupRules: manageBackendSecurityGroupRules ?? (securityGroups && true),
    tls: tls && { ...tls, sslPolicy: tls.sslPolicy ?? CURRENT_SSL_POLICY },
  };
  const type: Entry = {
    annotation: 'aws-load-balancer-target-group-attributes',
    key: 'stickiness.type',
    text: 'source_ip',
    path: 'stickiness',
  };
  return [
    ...entriesOf(nlbService, said, ''),
    ...(stickiness ? [type] : []),
    ...settings.ports.flatMap(listenerEntries),
    ...portEntries(settings.ports),
  ];
}

function listenerEntries(listener: NlbListener, index: number): Entry[] {
  const { port, protocol = 'TCP' } = listener;
  return entriesOf(nlbListener, listener, `ports.${index}`, (name) =>
    name.replace('*', /target-group/.test(name) ? `${port}` : `${protocol}-${port}`),
  );
}

/** Annotations that list ports: an entry of the list is a port, and the origin is the first one's. */
function portEntries(ports: readonly NlbListener[]): Entry[] {
  const listOf = (suffix: string, field: string, which: (port: NlbListener) => boolean): Entry[] => {
    const all = ports.filter(which);
    const path = `ports.${all[0] ? ports.indexOf(all[0]) : 0}.${field}`;
    const text = suffix.startsWith('enable-') ? 'true' : all.map(({ port }) => `${port}`).join(',');
    const annotation = `aws-load-balancer-${suffix}`;
    if (all.length === 0) return [];
    return [
      { annotation, text, path },
      ...all.map((each) => ({
        annotation,
        key: `${each.port}`,
        path: `ports.${ports.indexOf(each)}.${field}`,
      })),
    ];
  };
  return [
    ...listOf('ssl-ports', 'protocol', ({ protocol }) => protocol === 'TLS'),
    ...listOf('proxy-protocol-per-target-group', 'proxyProtocol', (port) => Boolean(port.proxyProtocol)),
    ...listOf('enable-tcp-udp-listener', 'protocol', ({ protocol }) => Boolean(protocol?.startsWith('TCP_'))),
    ...listOf('quic-enabled-ports', 'protocol', ({ protocol }) => Boolean(protocol?.endsWith('QUIC'))),
  ];
}

/** A listener for two protocols is two ports of the Service, of one number. */
function servicePorts(listener: NlbListener, targetPort?: number | string): ServicePort[] {
  const { port, name, protocol = 'TCP', nodePort } = listener;
  const transports =
    protocol === 'TCP' || protocol === 'TLS'
      ? ['TCP']
      : protocol.startsWith('TCP_')
        ? ['TCP', 'UDP']
        : ['UDP'];
  return transports.map((transport) => ({
    name: nameOf(transport.toLowerCase(), transports.length > 1),
    port,
    targetPort: listener.targetPort ?? targetPort ?? port,
    protocol: transport,
    ...(nodePort !== undefined && { nodePort }),
  }));

  function nameOf(transport: string, several: boolean): string {
    if (name === undefined) return `${transport}-${port}`;
    return several ? `${name}-${transport}` : name;
  }
}
