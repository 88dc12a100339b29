import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model';
import { errors, ingress, only, path, rule, service } from './objects';

describe('numbers of a health check', () => {
  it.each([
    ['healthcheck-interval-seconds', '301', '300'],
    ['healthcheck-timeout-seconds', '1', '2'],
    ['healthy-threshold-count', '1', '2'],
    ['healthy-threshold-count', '11', '10'],
    ['unhealthy-threshold-count', '1', '2'],
    ['unhealthy-threshold-count', '11', '10'],
    ['healthcheck-port', '0', '1'],
    ['healthcheck-port', '65536', '65535'],
    ['healthcheck-port', '65536', 'traffic-port'],
  ])('%s takes not %s, but %s', (name, wrong, right) => {
    expect(errors([ingress({ [name]: wrong })])).toEqual([`${name}=${wrong}`]);
    expect(errors([ingress({ [name]: right })])).toEqual([]);
  });

  it('are seconds within each other', () => {
    const found = only([ingress({ 'healthcheck-timeout-seconds': '15' })]);
    expect(found).toMatchObject({
      prop: 'targetGroup.healthCheck.timeoutSeconds',
      value: '15',
      reason: 'the interval of 15 seconds, the default is not longer than the timeout of 15',
      remedy: 'write an interval over 15, or a timeout under 15',
    });
    expect(errors([ingress({ 'healthcheck-timeout-seconds': '14' })])).toEqual([]);
    expect(errors([ingress({ 'healthcheck-interval-seconds': '5' })])).toEqual([
      'healthcheck-interval-seconds=5',
    ]);
    expect(
      errors([ingress({ 'healthcheck-interval-seconds': '5', 'healthcheck-timeout-seconds': '4' })]),
    ).toEqual([]);
    expect(
      errors([ingress({ 'healthcheck-interval-seconds': '60', 'healthcheck-timeout-seconds': '120' })]),
    ).toEqual(['healthcheck-interval-seconds=60']);
    expect(
      errors([
        ingress({ 'healthcheck-interval-seconds': KNOWN_AFTER_APPLY, 'healthcheck-timeout-seconds': '120' }),
      ]),
    ).toEqual([]);
  });

  it('of a Service win', () => {
    const own = service('web', { annotations: { 'healthcheck-timeout-seconds': '20' } });
    expect(errors([ingress(), own])).toEqual(['Service healthcheck-timeout-seconds=20']);
    expect(errors([ingress({ 'healthcheck-interval-seconds': '30' }), own])).toEqual([]);
    expect(
      errors([
        ingress({ 'healthcheck-timeout-seconds': '99' }),
        service('web', { annotations: { 'healthcheck-timeout-seconds': '4' } }),
      ]),
    ).toEqual([]);
  });

  it('are said once for all Services of an Ingress', () => {
    const two = { rules: [rule(path('web'), path('api', { path: '/api' }))] };
    expect(errors([ingress({ 'healthy-threshold-count': '1' }, two), service(), service('api')])).toEqual([
      'healthy-threshold-count=1',
    ]);
  });
});

describe('what a health check asks for', () => {
  it.each([
    ['healthcheck-path', 'healthz', '/healthz'],
    ['healthcheck-path', `/${'x'.repeat(1024)}`, `/${'x'.repeat(1023)}`],
    ['success-codes', '199', '200'],
    ['success-codes', '200-500', '200-499'],
    ['success-codes', '299-200', '200,202-299'],
    ['success-codes', 'ok', '200, 302'],
    ['healthcheck-port', 'status', 'http'],
  ])('%s takes not %s', (name, wrong, right) => {
    expect(errors([ingress({ [name]: wrong })])).toEqual([`${name}=${wrong}`]);
    expect(errors([ingress({ [name]: right })])).toEqual([]);
  });

  it('are codes of gRPC for targets of gRPC', () => {
    const grpc = (codes: string) =>
      ingress(
        { 'listen-ports': '[{"HTTPS":443}]', 'backend-protocol-version': 'GRPC', 'success-codes': codes },
        { tls: [{ hosts: ['shop.example.com'] }] },
      );
    expect(errors([grpc('200')])).toEqual(['success-codes=200']);
    expect(errors([grpc('0-99')])).toEqual([]);
    expect(errors([grpc(KNOWN_AFTER_APPLY)])).toEqual([]);
  });
});

describe('the health check of the Network Load Balancer in front', () => {
  it('has the same limits', () => {
    const enabled = { 'enable-frontend-nlb': 'true' };
    const name = 'frontend-nlb-healthcheck-healthy-threshold-count';
    expect(errors([ingress({ ...enabled, [name]: '11' })])).toEqual([`${name}=11`]);
    expect(errors([ingress({ ...enabled, [name]: '10' })])).toEqual([]);
    expect(errors([ingress({ ...enabled, 'frontend-nlb-healthcheck-timeout-seconds': '15' })])).toEqual([
      'frontend-nlb-healthcheck-timeout-seconds=15',
    ]);
    expect(errors([ingress({ ...enabled, 'frontend-nlb-healthcheck-success-codes': '599' })])).toEqual([]);
    expect(errors([ingress({ ...enabled, 'frontend-nlb-healthcheck-success-codes': '600' })])).toEqual([
      'frontend-nlb-healthcheck-success-codes=600',
    ]);
  });
});
