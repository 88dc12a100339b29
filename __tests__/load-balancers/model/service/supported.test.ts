import { describe, expect, it } from '@jest/globals';
import { isSupported } from '../../../../load-balancers/model/service/supported';
import { DEFAULT_SETTINGS } from '../../../../load-balancers/model/settings';
import { build, serviceOf, UNKNOWN } from './given';

const WITHOUT_WEBHOOK = { ...DEFAULT_SETTINGS, enableServiceMutatorWebhook: false };

describe("which Services are the controller's", () => {
  it.each([
    [{ type: 'nlb-ip' }, true],
    [{ type: 'external' }, false],
    [{ type: 'external', 'nlb-target-type': 'ip' }, true],
    [{ type: 'external', 'nlb-target-type': 'instance' }, true],
    [{ type: 'external', 'nlb-target-type': UNKNOWN }, true],
    [{ type: 'nlb-ddd', 'nlb-target-type': 'instance' }, false],
    [{ 'nlb-target-type': 'ip' }, false],
    [{}, false],
  ])('without the webhook, the annotations %j say %s', (annotations, expected) => {
    expect(isSupported(serviceOf(annotations), WITHOUT_WEBHOOK)).toBe(expected);
  });

  it('the webhook gives the class to a Service of type LoadBalancer without one', () => {
    expect(isSupported(serviceOf(), DEFAULT_SETTINGS)).toBe(true);
    expect(isSupported(serviceOf({ type: 'nlb' }, { loadBalancerClass: '' }), DEFAULT_SETTINGS)).toBe(true);
    expect(isSupported(serviceOf({}, { type: 'NodePort' }), DEFAULT_SETTINGS)).toBe(false);
  });

  it('a class decides, whatever annotations say', () => {
    const ours = { loadBalancerClass: 'service.k8s.aws/nlb' };
    expect(isSupported(serviceOf({}, ours), WITHOUT_WEBHOOK)).toBe(true);
    const others = { loadBalancerClass: 'example.com/other' };
    expect(isSupported(serviceOf({ type: 'nlb-ip' }, others), DEFAULT_SETTINGS)).toBe(false);
    const renamed = { ...WITHOUT_WEBHOOK, loadBalancerClass: 'example.com/other' };
    expect(isSupported(serviceOf({}, others), renamed)).toBe(true);
  });

  it('other types than LoadBalancer count by annotation, unless a gate is open', () => {
    const nodePort = serviceOf({ type: 'nlb-ip' }, { type: 'NodePort' });
    const noType = serviceOf({ type: 'nlb-ip' }, { type: undefined });
    expect(isSupported(nodePort, DEFAULT_SETTINGS)).toBe(true);
    expect(isSupported(noType, DEFAULT_SETTINGS)).toBe(true);
    const only = { ...DEFAULT_SETTINGS, featureGates: { ServiceTypeLoadBalancerOnly: true } };
    expect(isSupported(nodePort, only)).toBe(false);
    expect(isSupported(noType, only)).toBe(false);
    expect(isSupported(serviceOf({ type: 'nlb-ip' }), only)).toBe(true);
  });

  it('none without the controller of Services', () => {
    const settings = { featureGates: { EnableServiceController: false } };
    expect(build({}, { settings })).toBeUndefined();
  });
});
