import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model';
import { classOf, errors, ingress, only, path, rule, service, warnings } from './objects';

const ofLoadBalancer = (text: string) => ingress({ 'load-balancer-attributes': text });
const ofTargets = (text: string) => ingress({ 'target-group-attributes': text });

describe('an attribute of a load balancer', () => {
  it.each([
    ['idle_timeout.timeout_seconds=0', 'idle_timeout.timeout_seconds=1'],
    ['idle_timeout.timeout_seconds=4001', 'idle_timeout.timeout_seconds=4000'],
    ['idle_timeout.timeout_seconds=60s', 'idle_timeout.timeout_seconds=60'],
    ['client_keep_alive.seconds=59', 'client_keep_alive.seconds=60'],
    ['client_keep_alive.seconds=604801', 'client_keep_alive.seconds=604800'],
    ['deletion_protection.enabled=yes', 'deletion_protection.enabled=true'],
    ['routing.http.desync_mitigation_mode=strict', 'routing.http.desync_mitigation_mode=strictest'],
    ['routing.http.xff_header_processing.mode=drop', 'routing.http.xff_header_processing.mode=remove'],
    ['routing.http2.enable=true', 'routing.http2.enabled=true'],
    ['dns_record.client_routing_policy=any_availability_zone', 'waf.fail_open.enabled=true'],
    ['load_balancing.cross_zone.enabled=false', 'load_balancing.cross_zone.enabled=true'],
    ['access_logs.s3.enabled=true', 'access_logs.s3.enabled=true,access_logs.s3.bucket=logs'],
    ['connection_logs.s3.enabled=true', 'connection_logs.s3.enabled=true,connection_logs.s3.bucket=logs'],
    ['access_logs.s3.enabled=true,access_logs.s3.bucket=', 'access_logs.s3.enabled=false'],
  ])('%s is refused, %s is not', (wrong, right) => {
    const [found, ...others] = errors([ofLoadBalancer(wrong)]);
    expect(found).toContain('load-balancer-attributes=');
    expect(others).toEqual([]);
    expect(errors([ofLoadBalancer(right)])).toEqual([]);
    expect(warnings([ofLoadBalancer(right)])).toEqual([]);
  });

  it('says what to write', () => {
    expect(only([ofLoadBalancer('idle_timeout.timeout_seconds=4001')])).toMatchObject({
      prop: 'loadBalancerAttributes',
      value: 'idle_timeout.timeout_seconds=4001',
      reason: 'it must be from 1 to 4000',
      remedy: 'write a whole number from 1 to 4000',
    });
    expect(only([ofLoadBalancer('routing.http2.enable=true')]).remedy).toBe("write 'routing.http2.enabled'");
  });

  it('may be one that came later', () => {
    expect(errors([ofLoadBalancer('brand.new.thing=1')])).toEqual([]);
    expect(warnings([ofLoadBalancer('brand.new.thing=1')])).toEqual([
      'load-balancer-attributes=brand.new.thing',
    ]);
  });

  it('of the class is judged too', () => {
    const objects = (value: string) => [
      ingress(),
      ...classOf({ loadBalancerAttributes: [{ key: 'idle_timeout.timeout_seconds', value }] }),
    ];
    expect(errors(objects('4001'))).toEqual([
      'IngressClassParams spec.loadBalancerAttributes=idle_timeout.timeout_seconds=4001',
    ]);
    expect(errors(objects('4000'))).toEqual([]);
  });

  it('may need one of the class, or of another Ingress', () => {
    const bucket = { key: 'access_logs.s3.bucket', value: 'logs' };
    const enabled = { key: 'access_logs.s3.enabled', value: 'true' };
    expect(
      errors([
        ofLoadBalancer('access_logs.s3.enabled=true'),
        ...classOf({ loadBalancerAttributes: [bucket] }),
      ]),
    ).toEqual([]);
    expect(errors([ingress(), ...classOf({ loadBalancerAttributes: [enabled] })])).toEqual([
      'IngressClassParams spec.loadBalancerAttributes=access_logs.s3.enabled=true',
    ]);
    const group = { 'group.name': 'shop' };
    const other = ingress(
      { ...group, 'load-balancer-attributes': 'access_logs.s3.bucket=logs' },
      { name: 'a', rules: [rule(path('web', { path: '/zoo' }))] },
    );
    const asks = ingress({ ...group, 'load-balancer-attributes': 'access_logs.s3.enabled=true' });
    expect(errors([asks, other])).toEqual([]);
    expect(errors([asks])).toHaveLength(1);
  });

  it('is not judged where it is known after apply', () => {
    expect(errors([ofLoadBalancer(`idle_timeout.timeout_seconds=${KNOWN_AFTER_APPLY}`)])).toEqual([]);
    expect(
      errors([ofLoadBalancer(`access_logs.s3.enabled=true,access_logs.s3.bucket=${KNOWN_AFTER_APPLY}`)]),
    ).toEqual([]);
    expect(errors([ofLoadBalancer(KNOWN_AFTER_APPLY)])).toEqual([]);
  });

  it('of the Network Load Balancer in front is one of those', () => {
    const frontend = (text: string) =>
      ingress({ 'enable-frontend-nlb': 'true', 'frontend-nlb-attributes': text });
    expect(errors([frontend('idle_timeout.timeout_seconds=60')])).toHaveLength(1);
    expect(errors([frontend('load_balancing.cross_zone.enabled=false')])).toEqual([]);
  });
});

describe('an attribute of a listener', () => {
  it.each([
    ['routing.http.response.server.enabled=no', 'routing.http.response.server.enabled=false'],
    ['tcp.idle_timeout.seconds=60', 'routing.http.response.x_frame_options.header_value=DENY'],
  ])('%s is refused, %s is not', (wrong, right) => {
    expect(errors([ingress({ 'listener-attributes.HTTP-80': wrong })])).toEqual([
      `listener-attributes.HTTP-80=${wrong}`,
    ]);
    expect(errors([ingress({ 'listener-attributes.HTTP-80': right })])).toEqual([]);
  });
});

describe('an attribute of target groups', () => {
  it.each([
    ['deregistration_delay.timeout_seconds=3601', 'deregistration_delay.timeout_seconds=3600'],
    ['deregistration_delay.timeout_seconds=-1', 'deregistration_delay.timeout_seconds=0'],
    ['slow_start.duration_seconds=29', 'slow_start.duration_seconds=30'],
    ['slow_start.duration_seconds=901', 'slow_start.duration_seconds=900'],
    ['slow_start.duration_seconds=1', 'slow_start.duration_seconds=0'],
    ['stickiness.lb_cookie.duration_seconds=0', 'stickiness.lb_cookie.duration_seconds=1'],
    ['stickiness.lb_cookie.duration_seconds=604801', 'stickiness.lb_cookie.duration_seconds=604800'],
    ['stickiness.app_cookie.duration_seconds=604801', 'stickiness.app_cookie.duration_seconds=604800'],
    ['stickiness.type=source_ip', 'stickiness.type=lb_cookie'],
    ['stickiness.app_cookie.cookie_name=AWSALBTG', 'stickiness.app_cookie.cookie_name=shop'],
    ['stickiness.enabled=on', 'stickiness.enabled=true'],
    ['load_balancing.algorithm.type=random', 'load_balancing.algorithm.type=weighted_random'],
    [
      'load_balancing.cross_zone.enabled=on',
      'load_balancing.cross_zone.enabled=use_load_balancer_configuration',
    ],
    [
      'target_group_health.dns_failover.minimum_healthy_targets.percentage=101',
      'target_group_health.dns_failover.minimum_healthy_targets.percentage=100',
    ],
    [
      'target_group_health.dns_failover.minimum_healthy_targets.count=0',
      'target_group_health.dns_failover.minimum_healthy_targets.count=off',
    ],
    ['preserve_client_ip.enabled=true', 'deregistration_delay.timeout_seconds=300'],
    ['lambda.multi_value_headers.enabled=true', 'stickiness.enabled=false'],
  ])('%s is refused, %s is not', (wrong, right) => {
    expect(errors([ofTargets(wrong)])).toEqual([`target-group-attributes=${wrong}`]);
    expect(errors([ofTargets(right)])).toEqual([]);
  });

  it.each([
    [
      'load_balancing.algorithm.anomaly_mitigation=on',
      'load_balancing.algorithm.anomaly_mitigation=on,load_balancing.algorithm.type=weighted_random',
    ],
    [
      'slow_start.duration_seconds=30,load_balancing.algorithm.type=least_outstanding_requests',
      'slow_start.duration_seconds=0,load_balancing.algorithm.type=least_outstanding_requests',
    ],
    [
      'stickiness.enabled=true,stickiness.type=app_cookie',
      'stickiness.enabled=true,stickiness.type=app_cookie,stickiness.app_cookie.cookie_name=shop',
    ],
  ])('%s does not go together, %s does', (wrong, right) => {
    expect(errors([ofTargets(wrong)])).toHaveLength(1);
    expect(errors([ofTargets(right)])).toEqual([]);
  });

  it('of a Service is in the place of that of the Ingress', () => {
    const own = service('web', {
      annotations: { 'target-group-attributes': 'slow_start.duration_seconds=1' },
    });
    expect(errors([ofTargets('slow_start.duration_seconds=30'), own])).toEqual([
      'Service target-group-attributes=slow_start.duration_seconds=1',
    ]);
    const legal = service('web', {
      annotations: { 'target-group-attributes': 'slow_start.duration_seconds=30' },
    });
    expect(errors([ofTargets('slow_start.duration_seconds=1'), legal])).toEqual([]);
  });

  it('is not judged where it is known after apply', () => {
    expect(errors([ofTargets(`slow_start.duration_seconds=${KNOWN_AFTER_APPLY}`)])).toEqual([]);
  });
});
