import { describe, expect, it } from '@jest/globals';
import {
  annotationOf,
  DNS,
  HTTP,
  HTTPS,
  listenerOf,
  loadBalancerOf,
  refusalOf,
  UNKNOWN,
  type Given,
} from './given';

const CERT = 'arn:aws:acm:eu-west-1:111122223333:certificate/1';
const OTHER = 'arn:aws:acm:eu-west-1:111122223333:certificate/2';
const BOTH: Given = { spec: { ports: [HTTP, HTTPS] } };

/** Port, protocol and the protocol of what is behind it. */
const protocolsOf = (annotations = {}, given: Given = BOTH) => {
  const { Listeners, TargetGroups } = loadBalancerOf(annotations, given);
  return Listeners.map(({ Port, Protocol }) => {
    const behind = TargetGroups.find(({ Id }) => Id === `shop/web:${Port}`);
    return [Port, Protocol, behind?.Protocol].join(' ');
  });
};

describe('listeners', () => {
  it('forward each port to a target group of its own', () => {
    const { Listeners, TargetGroups } = loadBalancerOf({}, { spec: { ports: [HTTPS, HTTP] } });
    expect(Listeners[0]).toEqual({
      Port: 80,
      Protocol: 'TCP',
      Certificates: [],
      Attributes: [],
      Tags: [],
      DefaultActions: [
        {
          Type: 'forward',
          ForwardConfig: { TargetGroups: [{ TargetGroupArn: UNKNOWN, TargetGroup: 'shop/web:80' }] },
        },
      ],
      Rules: [],
      Origin: {
        Port: [{ Kind: 'Service', Name: 'shop/web', Field: 'spec.ports[1]' }],
        Protocol: [{ Kind: 'Service', Name: 'shop/web', Field: 'spec.ports[1]' }],
      },
    });
    expect(Listeners.map(({ Port }) => Port)).toEqual([80, 443]);
    expect(TargetGroups.map(({ Id }) => Id)).toEqual(['shop/web:443', 'shop/web:80']);
  });

  it('have the protocol of the port', () => {
    const sctp = { port: 7, protocol: 'SCTP' };
    expect(protocolsOf({}, { spec: { ports: [HTTP, DNS, sctp] } })).toEqual([
      '7 SCTP SCTP',
      '53 UDP UDP',
      '80 TCP TCP',
    ]);
  });

  it('of two ports of one number, the first one has', () => {
    const ports = [{ port: 53 }, DNS];
    expect(protocolsOf({}, { spec: { ports } })).toEqual(['53 TCP TCP']);
    expect(protocolsOf({}, { spec: { ports: [DNS, { port: 53 }] } })).toEqual(['53 UDP UDP']);
  });
});

describe('TLS', () => {
  it('is on all ports with a certificate, the first of which is the default one', () => {
    const listener = listenerOf({ 'ssl-cert': `${CERT}, ${OTHER}` });
    expect(listener).toMatchObject({
      Protocol: 'TLS',
      SslPolicy: 'ELBSecurityPolicy-2016-08',
      Certificates: [
        { CertificateArn: CERT, IsDefault: true },
        { CertificateArn: OTHER, IsDefault: false },
      ],
    });
    expect(listener.AlpnPolicy).toBeUndefined();
    expect(listener.Origin.Certificates).toEqual([
      { Kind: 'Service', Name: 'shop/web', Annotation: annotationOf('ssl-cert') },
    ]);
    expect(protocolsOf({ 'ssl-cert': CERT })).toEqual(['80 TLS TCP', '443 TLS TCP']);
  });

  it('is on the ports that an annotation names or numbers', () => {
    expect(protocolsOf({ 'ssl-cert': CERT, 'ssl-ports': '443' })).toEqual(['80 TCP TCP', '443 TLS TCP']);
    expect(protocolsOf({ 'ssl-cert': CERT, 'ssl-ports': 'http' })).toEqual(['80 TLS TCP', '443 TCP TCP']);
    expect(protocolsOf({ 'ssl-cert': CERT, 'ssl-ports': UNKNOWN })).toEqual(['80 TLS TCP', '443 TLS TCP']);
    expect(protocolsOf({ 'ssl-ports': '443' })).toEqual(['80 TCP TCP', '443 TCP TCP']);
  });

  it('is nothing for datagrams', () => {
    expect(protocolsOf({ 'ssl-cert': CERT }, { spec: { ports: [DNS] } })).toEqual(['53 UDP UDP']);
  });

  it('goes on to the targets if they speak it', () => {
    const annotations = { 'ssl-cert': CERT, 'ssl-ports': '443', 'backend-protocol': 'ssl' };
    expect(protocolsOf(annotations)).toEqual(['80 TCP TCP', '443 TLS TLS']);
    expect(protocolsOf({ ...annotations, 'backend-protocol': 'tcp' })).toEqual(['80 TCP TCP', '443 TLS TCP']);
  });

  it('has the policy of the annotation, or of the controller', () => {
    const policy = { 'ssl-cert': CERT, 'ssl-negotiation-policy': 'ELBSecurityPolicy-TLS13-1-2-2021-06' };
    expect(listenerOf(policy).SslPolicy).toBe('ELBSecurityPolicy-TLS13-1-2-2021-06');
    const settings = { defaultSslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' };
    expect(listenerOf({ 'ssl-cert': CERT }, { settings }).SslPolicy).toBe(settings.defaultSslPolicy);
    expect(listenerOf({}, { settings }).SslPolicy).toBeUndefined();
  });

  it('may be of a certificate that is not known', () => {
    expect(listenerOf({ 'ssl-cert': UNKNOWN })).toMatchObject({
      Protocol: 'TLS',
      Certificates: [{ CertificateArn: UNKNOWN, IsDefault: true }],
    });
  });

  it.each(['None', 'HTTP1Only', 'HTTP2Only', 'HTTP2Optional', 'HTTP2Preferred', UNKNOWN])(
    'has ALPN %s',
    (policy) => {
      const annotations = { 'ssl-cert': CERT, 'alpn-policy': policy };
      expect(listenerOf(annotations).AlpnPolicy).toEqual([policy]);
      expect(listenerOf({ 'alpn-policy': policy }).AlpnPolicy).toBeUndefined();
    },
  );

  it('refuses another ALPN policy, and ports that the Service does not have', () => {
    expect(refusalOf({ 'ssl-cert': CERT, 'alpn-policy': 'h2' })).toBe(
      'invalid ALPN policy h2, policy must be one of [None, HTTP1Only, HTTP2Only, HTTP2Optional, HTTP2Preferred]',
    );
    expect(refusalOf({ 'ssl-ports': '80,8080,named' })).toBe(
      'Unused port in ssl-ports annotation [8080 named]',
    );
  });
});

describe('QUIC', () => {
  const ports = [HTTP, DNS];

  it('is on the ports of UDP that an annotation names or numbers', () => {
    const given = { spec: { ports } };
    expect(protocolsOf({ 'quic-enabled-ports': 'dns' }, given)).toEqual(['53 QUIC QUIC', '80 TCP TCP']);
    expect(protocolsOf({ 'quic-enabled-ports': '53, 99' }, given)).toEqual(['53 QUIC QUIC', '80 TCP TCP']);
  });

  it('is not on ports that are unknown', () => {
    expect(protocolsOf({ 'quic-enabled-ports': UNKNOWN }, { spec: { ports } })).toEqual([
      '53 UDP UDP',
      '80 TCP TCP',
    ]);
  });

  it('is refused elsewhere', () => {
    expect(refusalOf({ 'quic-enabled-ports': '80' })).toBe('Unsupported QUIC upgrade for protocol TCP');
    expect(refusalOf({ 'quic-enabled-ports': '80', 'ssl-cert': CERT })).toBe(
      'Unsupported QUIC upgrade for protocol TLS',
    );
  });
});

describe('TCP and UDP on one port', () => {
  const ENABLE = { 'enable-tcp-udp-listener': 'true' };
  const TCP = { name: 'dns-tcp', port: 53 };
  const given = { spec: { ports: [HTTP, DNS, TCP] } };

  it('are one listener by annotation, or by gate', () => {
    const together = ['53 TCP_UDP TCP_UDP', '80 TCP TCP'];
    const apart = ['53 UDP UDP', '80 TCP TCP'];
    expect(protocolsOf(ENABLE, given)).toEqual(together);
    expect(protocolsOf({}, given)).toEqual(apart);
    expect(protocolsOf({ 'enable-tcp-udp-listener': 'yes' }, given)).toEqual(apart);
    const settings = { featureGates: { EnableTCPUDPListener: true } };
    expect(protocolsOf({}, { ...given, settings })).toEqual(together);
    expect(protocolsOf({ 'enable-tcp-udp-listener': 'false' }, { ...given, settings })).toEqual(apart);
  });

  it('have no TLS, but QUIC', () => {
    expect(protocolsOf({ ...ENABLE, 'ssl-cert': CERT }, given)).toEqual(['53 TCP_UDP TCP_UDP', '80 TLS TCP']);
    expect(protocolsOf({ ...ENABLE, 'quic-enabled-ports': '53' }, given)[0]).toBe('53 TCP_QUIC TCP_QUIC');
  });

  it.each([
    [[DNS, DNS], "protocols can't match for merging: UDP"],
    [[TCP, TCP], "protocols can't match for merging: TCP"],
    [[DNS, { port: 53, protocol: 'SCTP' }], 'unsupported protocol for merging: SCTP'],
    [
      [DNS, TCP, { port: 53, targetPort: 'web', protocol: 'SCTP', nodePort: 31000 }],
      'can only merge two ports, not 3 ([{Name:dns Protocol:UDP AppProtocol:<nil> Port:53 ' +
        'TargetPort:{Type:0 IntVal:53 StrVal:} NodePort:30053} {Name:dns-tcp Protocol:TCP AppProtocol:<nil> Port:53 ' +
        `TargetPort:{Type:0 IntVal:53 StrVal:} NodePort:${UNKNOWN}} {Name: Protocol:SCTP AppProtocol:<nil> Port:53 ` +
        'TargetPort:{Type:1 IntVal:0 StrVal:web} NodePort:31000}])',
    ],
  ])('are refused otherwise', (ports, message) => {
    expect(refusalOf(ENABLE, { spec: { ports: [HTTP, ...ports] } })).toBe(message);
  });
});

describe('listener attributes', () => {
  const SUFFIX = 'listener-attributes.TCP-80';

  it('are those of protocol and port', () => {
    const { Listeners } = loadBalancerOf({ [SUFFIX]: 'tcp.idle_timeout.seconds=400,a=b' }, BOTH);
    expect(Listeners.map(({ Attributes }) => Attributes)).toEqual([
      [
        { Key: 'a', Value: 'b' },
        { Key: 'tcp.idle_timeout.seconds', Value: '400' },
      ],
      [],
    ]);
    expect(listenerOf({ [SUFFIX]: 'a=b', 'ssl-cert': CERT }).Attributes).toEqual([]);
    expect(listenerOf({ [SUFFIX]: UNKNOWN }).Attributes).toEqual([{ Key: UNKNOWN, Value: UNKNOWN }]);
  });

  it('are refused if they are no pairs', () => {
    expect(refusalOf({ [SUFFIX]: 'a' })).toBe(
      `failed to parse stringMap annotation, ${annotationOf(SUFFIX)}: a`,
    );
  });
});
