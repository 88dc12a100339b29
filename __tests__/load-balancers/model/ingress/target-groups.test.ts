import { describe, expect, it } from '@jest/globals';
import { type Service } from '../../../../load-balancers/model/objects';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model/unknown';
import {
  backendOf,
  groupOf,
  HTTP,
  HTTPS,
  ingressOf,
  paramsOf,
  pathsOf,
  refusalOf,
  serviceOf,
  targetGroupOf,
  type Annotations,
  type Given,
} from './given';
import { buildDefaultActions, buildRules } from '../../../../load-balancers/model/ingress/rules';

const web = serviceOf('web');
const port = (fields: object = {}): Service['spec'] => ({
  ports: [{ name: 'http', port: 80, targetPort: 8080, nodePort: 30080, ...fields }],
});
const messageOf = (...given: Parameters<typeof targetGroupOf>) =>
  refusalOf(() => targetGroupOf(...given)).message.replace('ingress: shop/app: ', '');

describe('a target group', () => {
  it('has the defaults of the controller', () => {
    expect(targetGroupOf(web)).toEqual({
      Id: 'shop/app-web:80',
      TargetGroupName: KNOWN_AFTER_APPLY,
      TargetType: 'instance',
      Protocol: 'HTTP',
      ProtocolVersion: 'HTTP1',
      Port: 30080,
      IpAddressType: 'ipv4',
      HealthCheckPort: 'traffic-port',
      HealthCheckProtocol: 'HTTP',
      HealthCheckPath: '/',
      HealthCheckIntervalSeconds: 15,
      HealthCheckTimeoutSeconds: 5,
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 2,
      Matcher: { HttpCode: '200' },
      Attributes: [],
      Tags: [],
      Service: { Name: 'shop/web', Port: 80 },
      TargetPermissions: [],
      Origin: {
        Service: [{ Kind: 'Ingress', Name: 'shop/app', Field: 'spec.rules[0].http.paths[0]' }],
        Port: [{ Kind: 'Service', Name: 'shop/web', Field: 'spec.ports[0]' }],
      },
    });
  });

  it('is one for each Ingress, Service and port as it is named', () => {
    const first = pathsOf([
      { path: '/a', backend: backendOf('web') },
      { path: '/b', backend: backendOf('web', 'http') },
      { path: '/c', backend: backendOf('web') },
    ]);
    const second = ingressOf({ defaultBackend: backendOf('web') }, {}, 'second');
    const group = groupOf([first, second], { services: [web] });
    for (const listener of [HTTP, HTTPS]) {
      buildDefaultActions(group, listener, group.group.members);
      buildRules(group, listener, group.group.members);
    }
    expect([...group.targetGroups.keys()]).toEqual([
      'shop/second-web:80',
      'shop/app-web:80',
      'shop/app-web:http',
    ]);
    expect(group.targetGroups.get('shop/second-web:80')?.Origin.Service).toEqual([
      { Kind: 'Ingress', Name: 'shop/second', Field: 'spec.defaultBackend' },
    ]);
  });

  it('takes annotations of the Service before those of the Ingress', () => {
    const service = serviceOf(
      'web',
      {},
      { 'target-type': 'ip', 'target-group-attributes': 'a=1', tags: 'a=1' },
    );
    const targetGroup = targetGroupOf(service, {
      'target-type': 'instance',
      'target-group-attributes': 'a=2,b=2',
      'healthcheck-path': '/health',
      tags: 'a=2,b=2',
    });
    expect(targetGroup).toMatchObject({
      TargetType: 'ip',
      HealthCheckPath: '/health',
      Attributes: [{ Key: 'a', Value: '1' }],
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
      Origin: {
        TargetType: [
          { Kind: 'Service', Name: 'shop/web', Annotation: 'alb.ingress.kubernetes.io/target-type' },
        ],
        HealthCheckPath: [
          { Kind: 'Ingress', Name: 'shop/app', Annotation: 'alb.ingress.kubernetes.io/healthcheck-path' },
        ],
      },
    });
  });

  it('has its attributes by key', () => {
    const attributes = 'stickiness.enabled=true,deregistration_delay.timeout_seconds=30';
    expect(targetGroupOf(web, { 'target-group-attributes': attributes }).Attributes).toEqual([
      { Key: 'deregistration_delay.timeout_seconds', Value: '30' },
      { Key: 'stickiness.enabled', Value: 'true' },
    ]);
    expect(messageOf(web, { 'target-group-attributes': 'stickiness.enabled' })).toBe(
      'failed to parse stringMap annotation, alb.ingress.kubernetes.io/target-group-attributes: stickiness.enabled',
    );
  });

  it('says that several clusters share it', () => {
    const of = (ingress: Annotations, service: Annotations = {}) =>
      targetGroupOf(serviceOf('web', {}, service), ingress).MultiCluster;
    const says = (value: string) => ({ 'multi-cluster-target-group': value });
    expect(of({})).toBeUndefined();
    expect(of(says('true'))).toBe(true);
    expect(of(says('false'), says('true'))).toBe(true);
    expect(of(says('true'), says('false'))).toBe(true);
    expect(of(says('true'), says('broken'))).toBe(true);
    expect(of(says('false'), says('false'))).toBeUndefined();
    expect(of(says(KNOWN_AFTER_APPLY))).toBe(KNOWN_AFTER_APPLY);
    expect(() => of(says('false'), says('broken'))).toThrow(/failed to parse bool annotation/);
    expect(() => of(says('broken'))).toThrow(/failed to parse bool annotation/);
  });
});

describe('target type', () => {
  const typeOf = (annotations: Annotations, given: Given = {}) => {
    const { TargetType, Origin } = targetGroupOf(web, annotations, given);
    return [TargetType, Origin.TargetType?.[0]?.Kind];
  };

  it('is said by the class, an annotation, or the controller', () => {
    const params = paramsOf({ targetType: 'ip' });
    expect(typeOf({ 'target-type': 'ip' })).toEqual(['ip', 'Ingress']);
    expect(typeOf({}, { settings: { defaultTargetType: 'ip' } })).toEqual(['ip', undefined]);
    expect(typeOf({ 'target-type': 'instance' }, { params })).toEqual(['ip', 'IngressClassParams']);
    expect(typeOf({ 'target-type': 'ip' }, { params: paramsOf({ targetType: '' }) })).toEqual([
      'ip',
      'Ingress',
    ]);
  });

  it('is refused if it is another', () => {
    expect(messageOf(web, { 'target-type': 'lambda' })).toBe('unknown targetType: lambda');
    const settings = { featureGates: { EnableIPTargetType: false } };
    expect(messageOf(web, { 'target-type': 'ip' }, { settings })).toBe(
      'unsupported targetType: ip when EnableIPTargetType is false',
    );
  });

  it('leaves what depends on it unknown if it is', () => {
    expect(
      targetGroupOf(web, { 'target-type': KNOWN_AFTER_APPLY, 'healthcheck-port': 'http' }),
    ).toMatchObject({
      TargetType: KNOWN_AFTER_APPLY,
      Port: KNOWN_AFTER_APPLY,
      HealthCheckPort: KNOWN_AFTER_APPLY,
    });
  });
});

describe('port', () => {
  const ip = { 'target-type': 'ip' };

  it.each<[string, Service['spec'], number | string]>([
    ['the node port', port(), 30080],
    ['not known yet: the API server allots it', port({ nodePort: undefined }), KNOWN_AFTER_APPLY],
    ['allotted to a LoadBalancer too', { type: 'LoadBalancer', ...port({ nodePort: 0 }) }, KNOWN_AFTER_APPLY],
  ])('of nodes is %s', (_, spec, expected) => {
    expect(targetGroupOf(serviceOf('web', spec)).Port).toBe(expected);
  });

  it.each<[string, Service['spec']]>([
    ['a ClusterIP', { type: 'ClusterIP', ...port({ nodePort: undefined }) }],
    ['a Service without type', { type: undefined, ...port({ nodePort: undefined }) }],
    [
      'a LoadBalancer without node ports',
      { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false, ...port({ nodePort: undefined }) },
    ],
  ])('of nodes is refused for %s', (_, spec) => {
    expect(messageOf(serviceOf('web', spec))).toBe(
      "TargetGroup port is empty. When using Instance targets, your service be must of type 'NodePort' or 'LoadBalancer'",
    );
  });

  it.each<[string, object, number]>([
    ['the target port', {}, 8080],
    ['that of the Service', { targetPort: undefined }, 80],
    ['1 for one that pods name', { targetPort: 'web' }, 1],
  ])('of pods is %s', (_, fields, expected) => {
    const service = serviceOf('web', { type: 'ClusterIP', ...port(fields) });
    expect(targetGroupOf(service, ip).Port).toBe(expected);
  });
});

describe('protocol', () => {
  it.each([
    ['HTTP1', '/', { HttpCode: '200' }],
    ['HTTP2', '/', { HttpCode: '200' }],
    ['GRPC', '/AWS.ALB/healthcheck', { GrpcCode: '12' }],
  ])('%s has its own health check', (version, path, matcher) => {
    expect(
      targetGroupOf(web, { 'backend-protocol': 'HTTPS', 'backend-protocol-version': version }),
    ).toMatchObject({
      Protocol: 'HTTPS',
      ProtocolVersion: version,
      HealthCheckProtocol: 'HTTPS',
      HealthCheckPath: path,
      Matcher: matcher,
    });
  });

  it('is refused if it is another', () => {
    expect(messageOf(web, { 'backend-protocol': 'TCP' })).toBe(
      'backend protocol must be within [HTTP, HTTPS]: TCP',
    );
    expect(messageOf(web, { 'backend-protocol-version': 'HTTP3' })).toBe(
      'backend protocol version must be within [HTTP1, HTTP2, GRPC]: HTTP3',
    );
  });

  it('may be unknown', () => {
    expect(
      targetGroupOf(web, {
        'backend-protocol': KNOWN_AFTER_APPLY,
        'backend-protocol-version': KNOWN_AFTER_APPLY,
      }),
    ).toMatchObject({
      Protocol: KNOWN_AFTER_APPLY,
      ProtocolVersion: KNOWN_AFTER_APPLY,
      HealthCheckProtocol: KNOWN_AFTER_APPLY,
    });
  });
});

describe('health check', () => {
  it('is as annotations say', () => {
    expect(
      targetGroupOf(web, {
        'backend-protocol-version': 'GRPC',
        'healthcheck-port': '9000',
        'healthcheck-protocol': 'HTTPS',
        'healthcheck-path': '/ready',
        'healthcheck-interval-seconds': '30',
        'healthcheck-timeout-seconds': '10',
        'healthy-threshold-count': '3',
        'unhealthy-threshold-count': '4',
        'success-codes': '0-12',
      }),
    ).toMatchObject({
      HealthCheckPort: '9000',
      HealthCheckProtocol: 'HTTPS',
      HealthCheckPath: '/ready',
      HealthCheckIntervalSeconds: 30,
      HealthCheckTimeoutSeconds: 10,
      HealthyThresholdCount: 3,
      UnhealthyThresholdCount: 4,
      Matcher: { GrpcCode: '0-12' },
    });
  });

  const ports: Service['spec'] = {
    ports: [
      { name: 'http', port: 80, targetPort: 8080, nodePort: 30080 },
      { name: 'admin', port: 81, targetPort: 8081, nodePort: 30081 },
      { name: 'named', port: 82, targetPort: 'admin', nodePort: 30082 },
      { name: 'open', port: 83 },
      { port: 84, targetPort: 8084, nodePort: 30084 },
    ],
  };
  const portOf = (written: string, targetType: string) =>
    targetGroupOf(serviceOf('web', ports), { 'healthcheck-port': written, 'target-type': targetType })
      .HealthCheckPort;

  it.each([
    ['traffic-port', 'instance', 'traffic-port'],
    ['81', 'instance', '81'],
    ['+081', 'ip', '81'],
    ['admin', 'instance', '30081'],
    ['admin', 'ip', '8081'],
    ['named', 'instance', '30082'],
    ['open', 'instance', KNOWN_AFTER_APPLY],
    ['open', 'ip', '83'],
    ['', 'ip', '8084'],
    [KNOWN_AFTER_APPLY, 'ip', KNOWN_AFTER_APPLY],
  ])('on port %j of %s targets is on %s', (written, targetType, expected) => {
    expect(portOf(written, targetType)).toBe(expected);
  });

  it('is refused in the words of the controller', () => {
    expect(() => portOf('gone', 'ip')).toThrow(
      'ingress: shop/app: failed to resolve healthCheckPort: unable to find port gone on service shop/web',
    );
    expect(() => portOf('99999999999', 'ip')).toThrow('unable to find port 99999999999 on service shop/web');
    expect(() => portOf('named', 'ip')).toThrow(
      "cannot use named healthCheckPort for IP TargetType when service's targetPort is a named port",
    );
    expect(messageOf(web, { 'healthcheck-protocol': 'TCP' })).toBe(
      'healthCheckProtocol must be within [HTTP, HTTPS]',
    );
    expect(messageOf(web, { 'healthy-threshold-count': 'two' })).toBe(
      'failed to parse int32 annotation, alb.ingress.kubernetes.io/healthy-threshold-count: two: ' +
        'strconv.ParseInt: parsing "two": invalid syntax',
    );
  });
});

describe('IP address type', () => {
  const service = serviceOf('web', { ipFamilies: ['IPv4', 'IPv6'] });

  it('is that of the Service, on a load balancer that has it', () => {
    const of = (ipAddressType: 'dualstack' | 'dualstack-without-public-ipv4' | typeof KNOWN_AFTER_APPLY) =>
      targetGroupOf(service, {}, { context: { ipAddressType } }).IpAddressType;
    expect(of('dualstack')).toBe('ipv6');
    expect(of('dualstack-without-public-ipv4')).toBe('ipv6');
    expect(of(KNOWN_AFTER_APPLY)).toBe('ipv6');
    expect(messageOf(service)).toBe('unsupported IPv6 configuration, lb not dual-stack');
    expect(messageOf(service, {}, { context: { ipAddressType: undefined } })).toBe(
      'unsupported IPv6 configuration, lb not dual-stack',
    );
    expect(targetGroupOf(serviceOf('web', { ipFamilies: ['IPv4'] })).IpAddressType).toBe('ipv4');
  });
});

describe('target control port', () => {
  const ip = { 'target-type': 'ip' };

  it('is that of the Service and port as it is named', () => {
    const annotations = {
      ...ip,
      'target-control-port.web.80': '3000',
      'target-control-port.web.http': '3001',
    };
    expect(targetGroupOf(web, annotations).TargetControlPort).toBe(3000);
    expect(targetGroupOf(web, annotations, { port: 'http' }).TargetControlPort).toBe(3001);
    expect(targetGroupOf(web, ip).TargetControlPort).toBeUndefined();
  });

  it('is refused for nodes, or if it is no number', () => {
    expect(messageOf(web, { 'target-control-port.web.80': '3000' })).toBe(
      'target control port is not supported for instance target target group',
    );
    expect(messageOf(web, { ...ip, 'target-control-port.web.80': 'agent' })).toMatch(
      /^failed to parse int32 annotation, alb.ingress.kubernetes.io\/target-control-port.web.80: agent/,
    );
  });
});

describe('nodes', () => {
  const labels = { 'target-node-labels': 'zone=a, kind=web' };

  it('are selected by labels', () => {
    expect(targetGroupOf(web).NodeSelector).toBeUndefined();
    expect(targetGroupOf(web, labels).NodeSelector).toBe('kind=web,zone=a');
    expect(targetGroupOf(serviceOf('web', {}, { 'target-node-labels': 'a=b' }), labels).NodeSelector).toBe(
      'a=b',
    );
    expect(targetGroupOf(web, { 'target-node-labels': '' }).NodeSelector).toBeUndefined();
    expect(targetGroupOf(web, { 'target-node-labels': KNOWN_AFTER_APPLY }).NodeSelector).toBe(
      KNOWN_AFTER_APPLY,
    );
    expect(targetGroupOf(web, { ...labels, 'target-type': 'ip' }).NodeSelector).toBeUndefined();
    expect(messageOf(web, { 'target-node-labels': 'key1' })).toBe(
      'failed to parse stringMap annotation, alb.ingress.kubernetes.io/target-node-labels: key1',
    );
  });
});

describe('what targets admit', () => {
  const context = { backendSecurityGroup: 'sg-backend' };
  const portsOf = (service: Service, annotations: Annotations, given: Given = {}) =>
    targetGroupOf(service, annotations, { context, ...given }).TargetPermissions.map(
      ({ FromPort, ToPort }) => [FromPort, ToPort],
    );
  const ip = { 'target-type': 'ip' };

  it('is the traffic, the health check and the agent, from the load balancer', () => {
    expect(targetGroupOf(web, {}, { context }).TargetPermissions).toEqual([
      {
        IpProtocol: 'tcp',
        FromPort: 30080,
        ToPort: 30080,
        UserIdGroupPairs: [{ GroupId: 'sg-backend' }],
      },
    ]);
    expect(portsOf(web, { ...ip, 'healthcheck-port': '9000', 'target-control-port.web.80': '3000' })).toEqual(
      [
        [8080, 8080],
        [9000, 9000],
        [3000, 3000],
      ],
    );
  });

  it('is as written, for what is no port', () => {
    expect(portsOf(web, { ...ip, 'healthcheck-port': '-1' })).toEqual([
      [8080, 8080],
      [-1, -1],
    ]);
  });

  it('is unknown where pods, or the API server, say the port', () => {
    const unknown = [[KNOWN_AFTER_APPLY, KNOWN_AFTER_APPLY]];
    expect(portsOf(serviceOf('web', port({ targetPort: 'web' })), ip)).toEqual(unknown);
    expect(portsOf(serviceOf('web', port({ nodePort: undefined })), {})).toEqual(unknown);
  });

  it('is every port where the controller does not restrict it', () => {
    const settings = { disableRestrictedSecurityGroupRules: true };
    expect(portsOf(web, { 'healthcheck-port': '9000' }, { settings })).toEqual([[0, 65535]]);
  });
});
