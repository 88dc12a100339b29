import { describe, expect, it } from '@jest/globals';
import { type TargetGroup } from '../../../../load-balancers/model/model';
import {
  annotationOf,
  HTTP,
  HTTPS,
  refusalOf,
  serviceOf,
  loadBalancerOf,
  targetGroupOf,
  UNKNOWN,
  type Given,
} from './given';

const IP = { 'nlb-target-type': 'ip' };
const LOCAL: Given = { spec: { externalTrafficPolicy: 'Local', healthCheckNodePort: 31999 } };

/** The fields of a health check that a target group has. */
const checkOf = (annotations = {}, given: Given = {}) => pick(targetGroupOf(annotations, given));
const pick = (group: TargetGroup) =>
  Object.fromEntries<unknown>(
    Object.entries(group).filter(([field]) => /^HealthCheck|^Matcher$|healthy/i.test(field)),
  );

const OF_CONNECTION = {
  HealthCheckProtocol: 'TCP',
  HealthCheckPort: 'traffic-port',
  HealthCheckIntervalSeconds: 10,
  HealthCheckTimeoutSeconds: 10,
  HealthyThresholdCount: 3,
  UnhealthyThresholdCount: 3,
};
const OF_NODE = {
  HealthCheckProtocol: 'HTTP',
  HealthCheckPort: '31999',
  HealthCheckPath: '/healthz',
  Matcher: { HttpCode: '200-399' },
  HealthCheckIntervalSeconds: 10,
  HealthCheckTimeoutSeconds: 6,
  HealthyThresholdCount: 2,
  UnhealthyThresholdCount: 2,
};
const GIVEN = {
  'healthcheck-protocol': 'HTTPS',
  'healthcheck-port': '8888',
  'healthcheck-path': '/ping',
  'healthcheck-success-codes': '200',
  'healthcheck-interval': '15',
  'healthcheck-timeout': '5',
  'healthcheck-healthy-threshold': '4',
  'healthcheck-unhealthy-threshold': '5',
};
const OF_ANNOTATIONS = {
  HealthCheckProtocol: 'HTTPS',
  HealthCheckPort: '8888',
  HealthCheckPath: '/ping',
  Matcher: { HttpCode: '200' },
  HealthCheckIntervalSeconds: 15,
  HealthCheckTimeoutSeconds: 5,
  HealthyThresholdCount: 4,
  UnhealthyThresholdCount: 5,
};

describe('health check', () => {
  it('is a connection by default', () => {
    expect(checkOf()).toEqual(OF_CONNECTION);
  });

  it('is what annotations say, with any policy', () => {
    expect(checkOf(GIVEN)).toEqual(OF_ANNOTATIONS);
    expect(checkOf(GIVEN, LOCAL)).toEqual(OF_ANNOTATIONS);
    expect(checkOf({ ...GIVEN, ...IP }, LOCAL)).toEqual(OF_ANNOTATIONS);
  });

  it('is a request for / if it is one', () => {
    expect(checkOf({ 'healthcheck-protocol': 'http' })).toEqual({
      ...OF_CONNECTION,
      HealthCheckProtocol: 'HTTP',
      HealthCheckPath: '/',
      Matcher: { HttpCode: '200-399' },
    });
  });

  it('is without success codes and timeout where the feature is off', () => {
    const settings = { featureGates: { NLBHealthCheckAdvancedConfig: false } };
    expect(checkOf({ ...GIVEN, 'healthcheck-timeout': 'x' }, { settings })).toEqual({
      ...OF_ANNOTATIONS,
      Matcher: undefined,
      HealthCheckTimeoutSeconds: 10,
    });
  });

  it('may be unknown', () => {
    const unknown = {
      'healthcheck-protocol': UNKNOWN,
      'healthcheck-port': UNKNOWN,
      'healthcheck-interval': UNKNOWN,
    };
    expect(checkOf(unknown)).toEqual({
      ...OF_CONNECTION,
      HealthCheckProtocol: UNKNOWN,
      HealthCheckPort: UNKNOWN,
      HealthCheckPath: UNKNOWN,
      Matcher: { HttpCode: UNKNOWN },
      HealthCheckIntervalSeconds: UNKNOWN,
    });
  });
});

describe('health check of nodes, with a local policy', () => {
  it('asks whether the node has pods', () => {
    expect(checkOf({}, LOCAL)).toEqual(OF_NODE);
    expect(checkOf({}, { spec: { externalTrafficPolicy: 'Local' } })).toEqual({
      ...OF_NODE,
      HealthCheckPort: UNKNOWN,
    });
  });

  it('is that of pods where they are targets, and unknown where that is', () => {
    expect(checkOf(IP, LOCAL)).toEqual(OF_CONNECTION);
    expect(checkOf({ 'nlb-target-type': UNKNOWN }, LOCAL)).toEqual({
      HealthCheckProtocol: UNKNOWN,
      HealthCheckPort: UNKNOWN,
      HealthCheckPath: UNKNOWN,
      Matcher: { HttpCode: UNKNOWN },
      HealthCheckIntervalSeconds: 10,
      HealthCheckTimeoutSeconds: UNKNOWN,
      HealthyThresholdCount: UNKNOWN,
      UnhealthyThresholdCount: UNKNOWN,
    });
  });

  it('is of type LoadBalancer only', () => {
    const nodePort = { spec: { ...LOCAL.spec, type: 'NodePort' } };
    expect(checkOf({ type: 'external', 'nlb-target-type': 'instance' }, nodePort)).toEqual(OF_CONNECTION);
  });

  it('of another Service asks at the port of the one that owns the load balancer', () => {
    const local = serviceOf({}, { externalTrafficPolicy: 'Local', healthCheckNodePort: 32000 }, 'local');
    const targetGroups = [{ serviceName: 'local', servicePort: 80 }];
    const annotations = {
      '/actions.TCP-80': JSON.stringify({ type: 'forward', forwardConfig: { targetGroups } }),
    };
    const [own, other] = loadBalancerOf(annotations, { others: [local] }).TargetGroups.map(pick);
    expect(own).toEqual(OF_CONNECTION);
    expect(other).toEqual({ ...OF_NODE, HealthCheckPort: '0' });
    const both = loadBalancerOf(annotations, { ...LOCAL, others: [local] }).TargetGroups.map(pick);
    expect(both).toEqual([OF_NODE, OF_NODE]);
  });
});

describe('health check port', () => {
  const ports = [HTTP, HTTPS, { name: 'named', port: 90, targetPort: 'web' }];
  const portOf = (port: string, annotations = {}) =>
    checkOf({ ...annotations, 'healthcheck-port': port }, { spec: { ports } }).HealthCheckPort;

  it('is the traffic port, a number, or a port of the Service by name', () => {
    expect(portOf('traffic-port')).toBe('traffic-port');
    expect(portOf('+34576')).toBe('34576');
    expect(portOf('https')).toBe('30443');
    expect(portOf('named')).toBe(UNKNOWN);
    expect(portOf('https', IP)).toBe('8443');
    expect(portOf('https', { 'nlb-target-type': UNKNOWN })).toBe(UNKNOWN);
  });

  it('is refused if the Service has not got it', () => {
    const refused = (port: string, annotations = {}) =>
      refusalOf({ ...annotations, 'healthcheck-port': port }, { spec: { ports } });
    expect(refused('absent')).toBe(
      'failed to resolve healthCheckPort: unable to find port absent on service shop/web',
    );
    expect(refused('2147483648')).toBe(
      'failed to resolve healthCheckPort: unable to find port 2147483648 on service shop/web',
    );
    expect(refused('named', IP)).toBe(
      "cannot use named healthCheckPort for IP TargetType when service's targetPort is a named port",
    );
  });
});

describe('refused', () => {
  it.each([
    ['healthcheck-interval', 'bad value'],
    ['healthcheck-timeout', 'bad value'],
    ['healthcheck-healthy-threshold', 'bad value'],
    ['healthcheck-unhealthy-threshold', 'bad value'],
  ])('%s', (suffix, value) => {
    const message = `failed to parse int32 annotation, ${annotationOf(suffix)}: bad value: strconv.ParseInt: parsing "bad value": invalid syntax`;
    expect(refusalOf({ [suffix]: value })).toBe(message);
    expect(refusalOf({ [suffix]: value }, LOCAL)).toBe(message);
  });

  it('another protocol', () => {
    expect(refusalOf({ 'healthcheck-protocol': 'udp' })).toBe('unsupported health check protocol udp');
  });
});
