import { SERVICE_ANNOTATIONS } from '../annotations';
import { type Listener } from '../model';
import { type Service } from '../objects';
import { keyValues, originOf, pairsOf, type Sourced } from '../origin';
import { Refused, refusedAt } from '../refusal';
import { type ControllerSettings, gateOpen } from '../settings';
import { isUnknown, KNOWN_AFTER_APPLY } from '../unknown';
import { buildServiceActions } from './actions';
import { sourced, sourcesOf } from './annotation';
import { type ServiceContext } from './context';
import { portsOf, type Port } from './ports';

const CERTIFICATES = 'aws-load-balancer-ssl-cert';
const TLS_PORTS = 'aws-load-balancer-ssl-ports';
const SSL_POLICY = 'aws-load-balancer-ssl-negotiation-policy';
const ALPN_POLICY = 'aws-load-balancer-alpn-policy';
const BACKEND_PROTOCOL = 'aws-load-balancer-backend-protocol';
const QUIC_PORTS = 'aws-load-balancer-quic-enabled-ports';
const TCP_UDP = 'aws-load-balancer-enable-tcp-udp-listener';
const ATTRIBUTES = 'aws-load-balancer-listener-attributes';

const ALPN_POLICIES = ['None', 'HTTP1Only', 'HTTP2Only', 'HTTP2Optional', 'HTTP2Preferred'];

/** Protocols of a listener and of what is behind it. */
interface Protocols {
  readonly listener: Listener['Protocol'];
  readonly targetGroup: string;
}

/** By port. Of two ports of one number the first one's listener counts. @throws {Refused} */
export function buildListeners(context: ServiceContext): readonly Listener[] {
  const { service } = context;
  const ports = portsOf(service);
  const combines = combinesProtocols(service, context.settings);
  const combined = combines === false ? undefined : combinedPorts(ports);
  checkTlsPorts(service, ports);
  const listeners = (combined?.ports ?? ports).map((port) =>
    buildListener(
      context,
      port,
      protocolsOf(service, port, combined?.numbers.has(port.port) ? combines : false),
    ),
  );
  return listeners
    .filter(
      ({ Port }, index) => isUnknown(Port) || listeners.findIndex((other) => other.Port === Port) === index,
    )
    .sort((a, b) => (isUnknown(a.Port) ? 1 : isUnknown(b.Port) ? -1 : a.Port - b.Port));
}

function buildListener(context: ServiceContext, port: Port, protocols: Protocols): Listener {
  const { service, tags } = context;
  const actions = buildServiceActions(context, port, protocols.listener, protocols.targetGroup);
  const alpn = alpnPolicyOf(service, protocols.listener);
  const tls = protocols.listener === 'TLS';
  const policy = sourced(
    service,
    SSL_POLICY,
    SERVICE_ANNOTATIONS.string(service, SSL_POLICY),
    context.settings.defaultSslPolicy,
  );
  const certificates = certificatesOf(service);
  const attributesSuffix = `${ATTRIBUTES}.${protocols.listener}-${port.port}`;
  const attributes = {
    value: keyValues(pairsOf(SERVICE_ANNOTATIONS.map(service, attributesSuffix))),
    sources: sourcesOf(service, attributesSuffix),
  };
  return {
    Port: port.port,
    Protocol: protocols.listener,
    Certificates: tls ? certificates.value : [],
    ...(tls && { SslPolicy: policy.value }),
    ...(alpn.value && { AlpnPolicy: alpn.value }),
    Attributes: attributes.value,
    Tags: tags.value,
    DefaultActions: actions.value,
    Rules: [],
    Origin: originOf({
      Port: { value: port.port, sources: [port.source] },
      Protocol: {
        value: protocols.listener,
        sources: [port.source, ...(tls ? sourcesOf(service, CERTIFICATES, TLS_PORTS) : [])],
      },
      Certificates: tls ? certificates : undefined,
      SslPolicy: tls ? policy : undefined,
      AlpnPolicy: alpn,
      Attributes: attributes,
      Tags: tags,
      DefaultActions: actions,
    }),
  };
}

/** @throws {Refused} for a port that has QUIC although it isn't of UDP */
function protocolsOf(service: Service, port: Port, combined: boolean | undefined): Protocols {
  // Of TCP and UDP it is one or both.
  if (combined === undefined) return { listener: KNOWN_AFTER_APPLY, targetGroup: KNOWN_AFTER_APPLY };
  // Whatever Kubernetes knows: ELBv2 would refuse SCTP, the controller doesn't.
  const plain = (combined ? 'TCP_UDP' : port.protocol) as Listener['Protocol'];
  const tls = plain !== 'UDP' && plain !== 'TCP_UDP' && hasTls(service, port);
  const listener = tls ? 'TLS' : plain;
  const quicPorts = (SERVICE_ANNOTATIONS.list(service, QUIC_PORTS) ?? []).filter(
    (entry) => !isUnknown(entry),
  );
  if (names(quicPorts, port)) {
    if (listener === 'UDP') return { listener: 'QUIC', targetGroup: 'QUIC' };
    if (listener === 'TCP_UDP') return { listener: 'TCP_QUIC', targetGroup: 'TCP_QUIC' };
    if (isUnknown(listener)) return { listener, targetGroup: listener };
    throw new Refused(
      `Unsupported QUIC upgrade for protocol ${listener}`,
      SERVICE_ANNOTATIONS.source(service, QUIC_PORTS),
    );
  }
  const encrypted = tls && SERVICE_ANNOTATIONS.string(service, BACKEND_PROTOCOL) === 'ssl';
  return { listener, targetGroup: encrypted ? 'TLS' : plain };
}

function hasTls(service: Service, port: Port): boolean {
  if (certificatesOf(service).value.length === 0) return false;
  const ports = SERVICE_ANNOTATIONS.list(service, TLS_PORTS) ?? [];
  return ports.length === 0 || names(ports, port);
}

/** Whether a list has a port, by name or number; one that isn't known has them all. */
function names(list: readonly string[], { name, port }: Port): boolean {
  return list.some((entry) => entry === name || entry === String(port) || isUnknown(entry));
}

function checkTlsPorts(service: Service, ports: readonly Port[]): void {
  const unused = (SERVICE_ANNOTATIONS.list(service, TLS_PORTS) ?? []).filter(
    (entry) => !ports.some((port) => names([entry], port) || isUnknown(port.name) || isUnknown(port.port)),
  );
  if (unused.length > 0 && !unused.some(isUnknown)) {
    throw new Refused(
      `Unused port in ssl-ports annotation [${unused.join(' ')}]`,
      SERVICE_ANNOTATIONS.source(service, TLS_PORTS),
    );
  }
}

function certificatesOf(service: Service): Sourced<Listener['Certificates']> {
  const arns = SERVICE_ANNOTATIONS.list(service, CERTIFICATES) ?? [];
  return {
    value: arns.map((CertificateArn, index) => ({ CertificateArn, IsDefault: index === 0 })),
    sources: sourcesOf(service, CERTIFICATES),
  };
}

function alpnPolicyOf(
  service: Service,
  protocol: Listener['Protocol'],
): Sourced<readonly string[] | undefined> {
  const policy = SERVICE_ANNOTATIONS.string(service, ALPN_POLICY);
  if (protocol !== 'TLS' || policy === undefined) return { value: undefined, sources: [] };
  if (!isUnknown(policy) && !ALPN_POLICIES.includes(policy)) {
    throw new Refused(
      `invalid ALPN policy ${policy}, policy must be one of [${ALPN_POLICIES.join(', ')}]`,
      SERVICE_ANNOTATIONS.source(service, ALPN_POLICY),
    );
  }
  return { value: [policy], sources: sourcesOf(service, ALPN_POLICY) };
}

/** Whether TCP and UDP of one port are one listener, `undefined` if unknown. What isn't a boolean doesn't count. */
export function combinesProtocols(service: Service, settings: ControllerSettings): boolean | undefined {
  const enabled = SERVICE_ANNOTATIONS.string(service, TCP_UDP) ?? '';
  if (isUnknown(enabled)) return undefined;
  if (/^(1|t|T|true|TRUE|True)$/.test(enabled)) return true;
  if (/^(0|f|F|false|FALSE|False)$/.test(enabled)) return false;
  return gateOpen(settings, 'EnableTCPUDPListener');
}

/** One port of each number, ascending, and the numbers that are both of TCP and of UDP. */
function combinedPorts(ports: readonly Port[]) {
  const byNumber = new Map<number, readonly Port[]>();
  const numbered = ports.filter(({ port }) => !isUnknown(port));
  for (const port of numbered) byNumber.set(port.port, [...(byNumber.get(port.port) ?? []), port]);
  const unnumbered = ports.filter(({ port }) => isUnknown(port)).map((port) => [port]);
  const groups = [
    ...[...byNumber.values()].sort(([a], [b]) => (a?.port ?? 0) - (b?.port ?? 0)),
    ...unnumbered,
  ];
  const shared = groups.filter((group) => group.length > 1);
  for (const group of shared) {
    refusedAt(group[1]?.source, () => {
      checkCombination(group);
    });
  }
  return {
    ports: groups.flatMap((group) => group.slice(0, 1)),
    numbers: new Set(shared.flatMap((group) => group.map(({ port }) => port))),
  };
}

function checkCombination(ports: readonly Port[]): void {
  if (ports.length !== 2) {
    throw new Refused(`can only merge two ports, not ${ports.length} ([${ports.map(goText).join(' ')}])`);
  }
  if (ports.some(({ protocol }) => isUnknown(protocol))) return;
  const other = ports.find(({ protocol }) => protocol !== 'TCP' && protocol !== 'UDP');
  if (other !== undefined) throw new Refused(`unsupported protocol for merging: ${other.protocol}`);
  const [first, second] = ports;
  if (first?.protocol === second?.protocol) {
    throw new Refused(`protocols can't match for merging: ${first?.protocol ?? ''}`);
  }
}

/** As Go prints it. */
function goText({ name, protocol, port, targetPort, nodePort }: Port): string {
  const [type, number, text] =
    typeof targetPort === 'number' ? ([0, targetPort, ''] as const) : ([1, 0, targetPort] as const);
  return (
    `{Name:${name} Protocol:${protocol} AppProtocol:<nil> Port:${port} ` +
    `TargetPort:{Type:${type} IntVal:${number} StrVal:${text}} NodePort:${nodePort}}`
  );
}
