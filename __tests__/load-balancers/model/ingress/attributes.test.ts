import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model';
import { albOf, annotationSource, grouped, messageOf, paramsSource } from '../built';

const IDLE = 'idle_timeout.timeout_seconds';
const attributes = (value: string) => ({ 'load-balancer-attributes': value });

describe('attributes of a load balancer', () => {
  it('are those of all Ingresses, by key', () => {
    const alb = albOf(grouped(attributes(`${IDLE}=60`), attributes('a=1,b='), attributes(`${IDLE}=60`)));
    expect(alb.Attributes).toEqual([
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '' },
      { Key: IDLE, Value: '60' },
    ]);
    expect(alb.Origin['Attributes']).toHaveLength(3);
  });

  it('can’t be two', () => {
    expect(messageOf(grouped(attributes(`${IDLE}=60,a=1`), attributes(`${IDLE}=61,a=2`)))).toBe(
      'conflicting load balancer attributes a: 1 | 2',
    );
  });

  it('are those of the class first, which ends a conflict', () => {
    const params = { loadBalancerAttributes: [{ key: IDLE, value: '90' }] };
    const alb = albOf(grouped(attributes(`${IDLE}=60,a=1`), attributes(`${IDLE}=61`)), { params });
    expect(alb.Attributes).toEqual([
      { Key: 'a', Value: '1' },
      { Key: IDLE, Value: '90' },
    ]);
    expect(alb.Origin['Attributes']).toEqual([
      paramsSource('loadBalancerAttributes'),
      annotationSource('load-balancer-attributes', 'a'),
      annotationSource('load-balancer-attributes', 'b'),
    ]);
  });

  it('may be unknown, one or all', () => {
    expect(albOf(grouped(attributes('a=1'), attributes(`a=${KNOWN_AFTER_APPLY}`))).Attributes).toEqual([
      { Key: 'a', Value: KNOWN_AFTER_APPLY },
    ]);
    expect(albOf(attributes(KNOWN_AFTER_APPLY)).Attributes).toEqual([
      { Key: KNOWN_AFTER_APPLY, Value: KNOWN_AFTER_APPLY },
    ]);
  });

  it('are key and value', () => {
    expect(messageOf(attributes('idle'))).toBe(
      'failed to parse stringMap annotation, alb.ingress.kubernetes.io/load-balancer-attributes: idle',
    );
  });
});

describe('attributes of a listener', () => {
  const PORTS = { 'listen-ports': '[{"HTTP":80},{"HTTPS":443}]' };
  const SERVER = 'routing.http.response.server.enabled';
  const on443 = (value: string) => ({ ...PORTS, 'listener-attributes.HTTPS-443': `${SERVER}=${value}` });
  const ofClass = {
    params: {
      listeners: [
        { protocol: 'HTTP', port: 443, listenerAttributes: [{ key: 'other', value: '1' }] },
        { protocol: 'HTTPS', port: 443, listenerAttributes: [{ key: SERVER, value: 'true' }] },
        { protocol: 'HTTPS', port: 8443 },
      ],
    },
  };

  it('are of the protocol and port that the annotation names', () => {
    const { Listeners } = albOf(on443('false'));
    expect(Listeners.map(({ Attributes }) => Attributes)).toEqual([[], [{ Key: SERVER, Value: 'false' }]]);
    expect(Listeners[1]?.Origin['Attributes']).toEqual([annotationSource('listener-attributes.HTTPS-443')]);
  });

  it('can’t be two', () => {
    expect(messageOf(grouped(on443('false'), on443('true')))).toBe(
      `conflicting listener attributes ${SERVER}: false | true for ingress shop/b`,
    );
  });

  it('are those of the class first, which ends a conflict', () => {
    const [http, https] = albOf(grouped(on443('false'), on443('true')), ofClass).Listeners;
    expect(http?.Attributes).toEqual([]);
    expect(https?.Attributes).toEqual([{ Key: SERVER, Value: 'true' }]);
    expect(https?.Origin['Attributes']).toContainEqual(paramsSource('listeners[1].listenerAttributes'));
  });

  it('are none for a listener of the class without any', () => {
    const alb = albOf({ 'listen-ports': '[{"HTTPS":8443}]' }, ofClass);
    expect(alb.Listeners[0]?.Attributes).toEqual([]);
  });
});
