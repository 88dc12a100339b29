import { describe, expect, it } from '@jest/globals';
import {
  annotationOf,
  attributesOf,
  HTTP,
  HTTPS,
  loadBalancerOf,
  refusalOf,
  targetGroupOf,
  UNKNOWN,
  type Given,
} from './given';

const IP = { 'nlb-target-type': 'ip' };
const EXTERNAL = { type: 'external' };

describe('target group', () => {
  it('is of nodes by default', () => {
    expect(targetGroupOf()).toEqual({
      Id: 'shop/web:80',
      TargetGroupName: UNKNOWN,
      TargetType: 'instance',
      Protocol: 'TCP',
      Port: 30080,
      IpAddressType: 'ipv4',
      HealthCheckProtocol: 'TCP',
      HealthCheckPort: 'traffic-port',
      HealthCheckIntervalSeconds: 10,
      HealthCheckTimeoutSeconds: 10,
      HealthyThresholdCount: 3,
      UnhealthyThresholdCount: 3,
      Attributes: [{ Key: 'proxy_protocol_v2.enabled', Value: 'false' }],
      Tags: [],
      Service: { Name: 'shop/web', Port: 80 },
      TargetPermissions: [
        { IpProtocol: 'tcp', FromPort: 30080, ToPort: 30080, UserIdGroupPairs: [{ GroupId: UNKNOWN }] },
      ],
      Origin: {
        Port: [{ Kind: 'Service', Name: 'shop/web', Field: 'spec.ports[0]' }],
        Protocol: [{ Kind: 'Service', Name: 'shop/web', Field: 'spec.ports[0]' }],
      },
    });
  });

  it('says of each field which annotation it comes from', () => {
    const suffixes = {
      TargetType: 'nlb-target-type',
      HealthCheckProtocol: 'healthcheck-protocol',
      HealthCheckPort: 'healthcheck-port',
      HealthCheckPath: 'healthcheck-path',
      HealthCheckIntervalSeconds: 'healthcheck-interval',
      HealthCheckTimeoutSeconds: 'healthcheck-timeout',
      HealthyThresholdCount: 'healthcheck-healthy-threshold',
      UnhealthyThresholdCount: 'healthcheck-unhealthy-threshold',
      Matcher: 'healthcheck-success-codes',
      Attributes: 'proxy-protocol',
      NodeSelector: 'target-node-labels',
      MultiCluster: 'multi-cluster-target-group',
      Tags: 'additional-resource-tags',
    };
    const values: Readonly<Record<string, string>> = {
      'nlb-target-type': 'instance',
      'healthcheck-protocol': 'HTTP',
      'healthcheck-path': '/ping',
      'proxy-protocol': '*',
      'target-node-labels': 'a=b',
      'multi-cluster-target-group': 'true',
      'additional-resource-tags': 'a=b',
    };
    const annotations = Object.fromEntries(
      Object.values(suffixes).map((suffix) => [suffix, values[suffix] ?? '9']),
    );
    const { Origin } = targetGroupOf(annotations);
    for (const [field, suffix] of Object.entries(suffixes)) {
      expect([field, Origin[field]]).toEqual([
        field,
        [{ Kind: 'Service', Name: 'shop/web', Annotation: annotationOf(suffix) }],
      ]);
    }
  });
});

describe('target type', () => {
  it.each<[Record<string, string>, Given['settings'], string]>([
    [{}, {}, 'instance'],
    [{}, { defaultTargetType: 'ip' }, 'ip'],
    [{ type: 'nlb-ip' }, {}, 'ip'],
    [{ type: 'nlb-ip', 'nlb-target-type': 'instance' }, {}, 'ip'],
    [{ ...EXTERNAL, 'nlb-target-type': 'instance' }, { defaultTargetType: 'ip' }, 'instance'],
    [{ ...EXTERNAL, ...IP }, {}, 'ip'],
    [{ 'nlb-target-type': UNKNOWN }, {}, UNKNOWN],
    [{ 'nlb-target-type': 'pods' }, {}, 'instance'],
  ])('of %j and %j is %s', (annotations, settings, type) => {
    expect(targetGroupOf(annotations, { settings }).TargetType).toBe(type);
  });

  it('is refused where the Service has not what it takes', () => {
    const settings = { featureGates: { EnableIPTargetType: false } };
    expect(refusalOf(IP, { settings })).toBe('unsupported targetType: ip when EnableIPTargetType is false');
    expect(targetGroupOf({ type: 'nlb-ip' }, { settings }).TargetType).toBe('ip');
    const byAnnotation = { ...EXTERNAL, 'nlb-target-type': 'instance' };
    expect(refusalOf(byAnnotation, { spec: { type: 'ClusterIP' } })).toBe(
      'unsupported service type "ClusterIP" for load balancer target type "instance"',
    );
    expect(refusalOf(byAnnotation, { spec: { type: undefined } })).toBe(
      'unsupported service type "ClusterIP" for load balancer target type "instance"',
    );
    const spec = { allocateLoadBalancerNodePorts: false };
    expect(refusalOf({}, { spec: { ...spec, ports: [{ port: 80 }] } })).toBe(
      'unable to support instance target type with an unallocated NodePort',
    );
    expect(targetGroupOf({}, { spec }).Port).toBe(30080);
    expect(refusalOf(byAnnotation, { spec: { type: 'ExternalName', ports: [{ port: 80 }] } })).toBe(
      "TargetGroup port is empty. When using Instance targets, your service be must of type 'NodePort' or 'LoadBalancer'",
    );
  });
});

describe('port', () => {
  const portOf = (annotations: Record<string, string>, port: object, spec = {}) =>
    targetGroupOf(annotations, { spec: { ...spec, ports: [{ port: 80, ...port }] } }).Port;

  it('is that of the nodes, which may be allotted later', () => {
    expect(portOf({}, { nodePort: 31000 })).toBe(31000);
    expect(portOf({}, {})).toBe(UNKNOWN);
    expect(portOf({}, { nodePort: 0 })).toBe(UNKNOWN);
    expect(portOf({ ...EXTERNAL, 'nlb-target-type': 'instance' }, {}, { type: 'NodePort' })).toBe(UNKNOWN);
  });

  it('is that of the pods, where a name counts as 1', () => {
    expect(portOf(IP, { targetPort: 8080 })).toBe(8080);
    expect(portOf(IP, {})).toBe(80);
    expect(portOf(IP, { targetPort: 'web' })).toBe(1);
    expect(portOf(IP, { targetPort: UNKNOWN })).toBe(UNKNOWN);
    expect(portOf({ 'nlb-target-type': UNKNOWN }, { targetPort: 8080 })).toBe(UNKNOWN);
  });
});

describe('attributes', () => {
  const LIST = 'target-group-attributes';
  const of = (annotations: Record<string, string>) => attributesOf(targetGroupOf(annotations).Attributes);

  it('are listed, for all ports and for one', () => {
    expect(of({ [LIST]: 'deregistration_delay.timeout_seconds=30,preserve_client_ip.enabled=true' })).toEqual(
      {
        'deregistration_delay.timeout_seconds': '30',
        'preserve_client_ip.enabled': 'true',
        'proxy_protocol_v2.enabled': 'false',
      },
    );
    const ports = {
      [LIST]: 'a=all,b=all,c=all',
      [`${LIST}.80`]: 'b=http,c=',
      [`${LIST}.443`]: 'c=https,proxy_protocol_v2.enabled=true',
    };
    const { TargetGroups } = loadBalancerOf(ports, { spec: { ports: [HTTP, HTTPS] } });
    expect(TargetGroups.map(({ Attributes }) => attributesOf(Attributes))).toEqual([
      { a: 'all', b: 'http', c: 'all', 'proxy_protocol_v2.enabled': 'false' },
      { a: 'all', b: 'all', c: 'https', 'proxy_protocol_v2.enabled': 'true' },
    ]);
  });

  it('leave out what is empty only for the proxy protocol', () => {
    expect(of({ [LIST]: 'a=,proxy_protocol_v2.enabled=' })).toEqual({ a: '' });
  });

  it('have the proxy protocol of the annotations: of all ports, of one, of the list', () => {
    const PORTS = 'proxy-protocol-per-target-group';
    const proxy = (annotations: Record<string, string>) => of(annotations)['proxy_protocol_v2.enabled'];
    const list = { [LIST]: 'proxy_protocol_v2.enabled=true' };
    expect(proxy({ 'proxy-protocol': '*' })).toBe('true');
    expect(proxy({ 'proxy-protocol': '*', [LIST]: 'proxy_protocol_v2.enabled=false' })).toBe('true');
    expect(proxy(list)).toBe('true');
    expect(proxy({ ...list, [PORTS]: '443' })).toBe('false');
    expect(proxy({ [PORTS]: '443, 80' })).toBe('true');
    expect(proxy({ [PORTS]: '443', 'proxy-protocol': '*' })).toBe('true');
    expect(proxy({ [PORTS]: `443,${UNKNOWN}` })).toBe(UNKNOWN);
    expect(proxy({ [PORTS]: `80,${UNKNOWN}` })).toBe('true');
    expect(proxy({ 'proxy-protocol': UNKNOWN })).toBe('true');
    expect(refusalOf({ [PORTS]: '80,http' })).toBe(
      'invalid port number in proxy-protocol-per-target-group: http',
    );
    expect(refusalOf({ 'proxy-protocol': 'on' })).toBe(
      'invalid value on for Load Balancer proxy protocol v2 annotation, only value currently supported is *',
    );
  });

  it('may be unknown', () => {
    expect(of({ [LIST]: UNKNOWN })).toEqual({ [UNKNOWN]: UNKNOWN, 'proxy_protocol_v2.enabled': 'false' });
    expect(of({ [LIST]: `preserve_client_ip.enabled=${UNKNOWN}` })['preserve_client_ip.enabled']).toBe(
      UNKNOWN,
    );
  });

  it.each([LIST, `${LIST}.80`])('are refused if a client address is kept maybe, in %s', (suffix) => {
    expect(refusalOf({ [suffix]: 'preserve_client_ip.enabled=FalSe' })).toBe(
      'failed to parse attribute preserve_client_ip.enabled=FalSe: ' +
        'strconv.ParseBool: parsing "FalSe": invalid syntax',
    );
    expect(refusalOf({ [suffix]: 'a' })).toBe(
      `failed to parse stringMap annotation, ${annotationOf(suffix)}: a`,
    );
  });
});

describe('IP address type', () => {
  const spec = { ipFamilies: ['IPv4', 'IPv6'] };

  it('is of IPv6 if the Service has it', () => {
    expect(targetGroupOf({ 'ip-address-type': 'dualstack' }, { spec })).toMatchObject({
      IpAddressType: 'ipv6',
      Origin: { IpAddressType: [{ Kind: 'Service', Name: 'shop/web', Field: 'spec.ipFamilies' }] },
    });
    expect(targetGroupOf({ 'ip-address-type': UNKNOWN }, { spec }).IpAddressType).toBe('ipv6');
    expect(targetGroupOf({}, { spec: { ipFamilies: ['IPv4'] } }).IpAddressType).toBe('ipv4');
  });

  it('is refused if the load balancer has not', () => {
    expect(refusalOf({}, { spec })).toBe('unsupported IPv6 configuration, lb not dual-stack');
  });
});

describe('nodes and clusters', () => {
  it('are selected by labels, where nodes are targets', () => {
    const labels = { 'target-node-labels': 'zone=a,disk=ssd' };
    expect(targetGroupOf(labels).NodeSelector).toBe('disk=ssd,zone=a');
    expect(targetGroupOf({ ...labels, ...IP }).NodeSelector).toBeUndefined();
    expect(targetGroupOf({ 'target-node-labels': '' }).NodeSelector).toBeUndefined();
    expect(targetGroupOf({ 'target-node-labels': UNKNOWN }).NodeSelector).toBe(UNKNOWN);
    expect(refusalOf({ 'target-node-labels': 'a' })).toMatch(/^failed to parse stringMap annotation/);
  });

  it('may be several clusters', () => {
    const CLUSTERS = 'multi-cluster-target-group';
    expect(targetGroupOf({ [CLUSTERS]: 'true' }).MultiCluster).toBe(true);
    expect(targetGroupOf({ [CLUSTERS]: 'false' }).MultiCluster).toBeUndefined();
    expect(targetGroupOf({ [CLUSTERS]: UNKNOWN }).MultiCluster).toBe(UNKNOWN);
    expect(refusalOf({ [CLUSTERS]: 'cat' })).toBe(
      `failed to parse bool annotation, ${annotationOf(CLUSTERS)}: cat: strconv.ParseBool: parsing "cat": invalid syntax`,
    );
  });
});
