import { describe, expect, it } from '@jest/globals';
import { DNS, HTTP, loadBalancerOf, targetGroupOf, UNKNOWN, type Given } from './given';

const IP = { 'nlb-target-type': 'ip' };
const port = (IpProtocol: string, number: number | string) => ({
  IpProtocol,
  FromPort: number,
  ToPort: number,
});

describe('target permissions from the security group', () => {
  const settings = { backendSecurityGroup: 'sg-backend' };
  /** Protocol and port of each permission. */
  const of = (annotations = {}, ports: NonNullable<Given['spec']>['ports'] = [HTTP], extra = {}) =>
    targetGroupOf(
      { ...IP, ...annotations },
      { spec: { ports }, settings: { ...settings, ...extra } },
    ).TargetPermissions.map(({ IpProtocol, FromPort, ToPort, UserIdGroupPairs }) => {
      expect(UserIdGroupPairs).toEqual([{ GroupId: 'sg-backend' }]);
      return FromPort === ToPort
        ? `${IpProtocol} ${FromPort ?? ''}`
        : `${IpProtocol} ${FromPort ?? ''}-${ToPort ?? ''}`;
    });
  const BOTH = [DNS, { port: 53 }];

  it('are of TCP, and of the health check if that has a port of its own', () => {
    expect(of()).toEqual(['tcp 8080']);
    expect(of({ 'healthcheck-port': '8080' })).toEqual(['tcp 8080']);
    expect(of({ 'healthcheck-port': '8888' })).toEqual(['tcp 8080', 'tcp 8888']);
    expect(of({ 'ssl-cert': 'arn:cert', 'backend-protocol': 'ssl' })).toEqual(['tcp 8080']);
  });

  it('are of UDP and the TCP of the health check', () => {
    expect(of({}, [DNS])).toEqual(['udp 53', 'tcp 53']);
    expect(of({ 'healthcheck-port': '53' }, [DNS])).toEqual(['udp 53', 'tcp 53']);
    expect(of({ 'healthcheck-port': '8888' }, [DNS])).toEqual(['udp 53', 'tcp 8888']);
    expect(of({ 'quic-enabled-ports': '53', 'healthcheck-port': '8888' }, [DNS])).toEqual([
      'udp 53',
      'tcp 8888',
    ]);
  });

  it('are of both', () => {
    const both = { 'enable-tcp-udp-listener': 'true', 'healthcheck-port': '8888' };
    expect(of(both, BOTH)).toEqual(['udp 53', 'tcp 53', 'tcp 8888']);
    expect(of({ ...both, 'quic-enabled-ports': '53' }, BOTH)).toEqual(['udp 53', 'tcp 53', 'tcp 8888']);
  });

  it('are of no other protocol', () => {
    expect(of({}, [{ port: 7, protocol: 'SCTP' }])).toEqual([]);
    expect(of({ 'healthcheck-port': '8888' }, [{ port: 7, protocol: 'SCTP' }])).toEqual(['tcp 8888']);
  });

  it('are of all ports where rules are not restricted', () => {
    const all = { disableRestrictedSecurityGroupRules: true };
    expect(of({}, [HTTP], all)).toEqual(['tcp 0-65535']);
    expect(of({}, [DNS], all)).toEqual(['tcp 0-65535', 'udp 0-65535']);
  });

  it('are unknown where the port differs from pod to pod, or is allotted', () => {
    const named = [{ name: 'http', port: 80, targetPort: 'web' }];
    const nodes = { 'nlb-target-type': 'instance' };
    expect(of({}, named)).toEqual([`tcp ${UNKNOWN}`]);
    expect(of({ 'healthcheck-port': '8888' }, named)).toEqual([`tcp ${UNKNOWN}`, 'tcp 8888']);
    expect(of(nodes, named)).toEqual([`tcp ${UNKNOWN}`]);
    expect(of({ ...nodes, 'healthcheck-port': 'http' }, named)).toEqual([`tcp ${UNKNOWN}`]);
    const two = [...named, { name: 'health', port: 81 }];
    expect(of({ ...nodes, 'healthcheck-port': 'health' }, two)).toEqual([`tcp ${UNKNOWN}`, `tcp ${UNKNOWN}`]);
    expect(of({ 'nlb-target-type': UNKNOWN })).toEqual([`tcp ${UNKNOWN}`]);
  });
});

describe('target permissions from networks, without security groups', () => {
  const PUBLIC = { scheme: 'internet-facing' };
  const PRESERVE = { 'target-group-attributes': 'preserve_client_ip.enabled=true' };
  const RANGES = { '/load-balancer-source-ranges': '10.0.0.0/8, 1.2.3.4/32' };
  const HEALTH = { 'healthcheck-port': '8888' };
  /** Protocol, port and network of each permission. */
  const of = (annotations = {}, { spec = {}, settings }: Given = {}) =>
    targetGroupOf(
      { 'disable-nlb-sg': 'true', ...IP, ...annotations },
      { spec, settings },
    ).TargetPermissions.map(({ IpProtocol, FromPort, IpRanges, Ipv6Ranges }) =>
      [IpProtocol, FromPort, IpRanges?.[0]?.CidrIp, Ipv6Ranges?.map(({ CidrIpv6 }) => `v6 ${CidrIpv6}`)[0]]
        .filter((part) => part !== undefined)
        .join(' '),
    );

  it('are those of the subnets, as clients have their addresses', () => {
    expect(of()).toEqual([`tcp 8080 ${UNKNOWN}`]);
    expect(of(RANGES)).toEqual([`tcp 8080 ${UNKNOWN}`]);
    expect(of(HEALTH)).toEqual([`tcp 8080 ${UNKNOWN}`, `tcp 8888 ${UNKNOWN}`]);
  });

  it('are those of the clients where their address is kept', () => {
    expect(of({ ...PUBLIC, ...PRESERVE })).toEqual(['tcp 8080 0.0.0.0/0']);
    expect(of(PRESERVE)).toEqual([`tcp 8080 ${UNKNOWN}`]);
    expect(of({ ...PRESERVE, scheme: UNKNOWN })).toEqual([`tcp 8080 ${UNKNOWN}`]);
    expect(of({ ...PRESERVE, ...HEALTH, ...PUBLIC })).toEqual(['tcp 8080 0.0.0.0/0', `tcp 8888 ${UNKNOWN}`]);
    expect(of({ ...PRESERVE, ...RANGES })).toEqual([
      'tcp 8080 10.0.0.0/8',
      'tcp 8080 1.2.3.4/32',
      `tcp 8080 ${UNKNOWN}`,
    ]);
    const spec = { loadBalancerSourceRanges: ['1.2.3.4/32', '0.0.0.0/0'] };
    expect(of({ ...PRESERVE, ...RANGES }, { spec })).toEqual(['tcp 8080 1.2.3.4/32', 'tcp 8080 0.0.0.0/0']);
    expect(of({ ...PUBLIC, 'nlb-target-type': 'instance' })).toEqual(['tcp 30080 0.0.0.0/0']);
  });

  it('are unknown where it is unknown whether it is', () => {
    const attributes = { 'target-group-attributes': `preserve_client_ip.enabled=${UNKNOWN}` };
    expect(of({ ...PUBLIC, ...attributes })).toEqual([`tcp 8080 ${UNKNOWN}`]);
    expect(of({ ...PUBLIC, 'target-group-attributes': UNKNOWN })).toEqual([`tcp 8080 ${UNKNOWN}`]);
    expect(of({ ...PUBLIC, 'nlb-target-type': UNKNOWN })).toEqual([`tcp ${UNKNOWN} ${UNKNOWN}`]);
  });

  it('are those of the clients of datagrams, and of the health check', () => {
    const spec = { ports: [DNS] };
    expect(of(PUBLIC, { spec })).toEqual(['udp 53 0.0.0.0/0', `tcp 53 ${UNKNOWN}`]);
    expect(of({}, { spec })).toEqual([`udp 53 ${UNKNOWN}`, `tcp 53 ${UNKNOWN}`]);
    expect(of({ ...PUBLIC, 'quic-enabled-ports': 'dns' }, { spec })).toEqual(['udp 53 0.0.0.0/0']);
    const both = { ...PUBLIC, 'enable-tcp-udp-listener': 'true' };
    const ports = [DNS, { port: 53 }];
    expect(of(both, { spec: { ports } })).toEqual(['tcp 53 0.0.0.0/0', 'udp 53 0.0.0.0/0']);
    expect(of({ ...both, ...HEALTH }, { spec: { ports } })).toEqual([
      'tcp 53 0.0.0.0/0',
      'udp 53 0.0.0.0/0',
      `tcp 8888 ${UNKNOWN}`,
    ]);
  });

  it('are of IPv6', () => {
    const spec = { ipFamilies: ['IPv6'] };
    const dualstack = { 'ip-address-type': 'dualstack' };
    expect(of(dualstack, { spec })).toEqual([`tcp 8080 v6 ${UNKNOWN}`]);
    expect(of({ ...dualstack, ...PUBLIC, ...PRESERVE }, { spec })).toEqual(['tcp 8080 v6 ::/0']);
    expect(of({ ...dualstack, ...PRESERVE }, { spec })).toEqual([`tcp 8080 v6 ${UNKNOWN}`]);
    const ranges = { '/load-balancer-source-ranges': '2001:db8::/32' };
    expect(of({ ...dualstack, ...PRESERVE, ...ranges }, { spec })).toEqual([
      'tcp 8080 v6 2001:db8::/32',
      `tcp 8080 v6 ${UNKNOWN}`,
    ]);
  });

  it('are none where an annotation leaves them to others', () => {
    const MANAGE = 'manage-backend-security-group-rules';
    expect(of({ [MANAGE]: 'false' })).toEqual([]);
    expect(of({ [MANAGE]: 'true' })).toHaveLength(1);
    expect(of({}, { settings: { enableManageBackendSecurityGroupRules: false } })).toHaveLength(1);
  });

  it('say which annotations they come from', () => {
    const annotations = { 'disable-nlb-sg': 'true', ...PRESERVE, ...RANGES };
    const { TargetGroups } = loadBalancerOf(annotations);
    expect(TargetGroups[0]?.Origin.TargetPermissions).toEqual([
      {
        Kind: 'Service',
        Name: 'shop/web',
        Annotation: 'service.beta.kubernetes.io/load-balancer-source-ranges',
      },
    ]);
    expect(TargetGroups[0]?.TargetPermissions[0]).toEqual({
      ...port('tcp', 30080),
      IpRanges: [{ CidrIp: '10.0.0.0/8' }],
    });
  });
});
