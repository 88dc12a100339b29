import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model';
import { errors, ingress, only, path, rule, service, warnings } from './objects';

const AT = 'spec.rules[0].http.paths[0].backend.service';
const to = (name: string, port: object) =>
  ingress({}, { rules: [rule(path(name, { backend: { service: { name, port } } }))] });

describe('a Service', () => {
  it('is there', () => {
    expect(only([to('wep', { number: 80 })])).toMatchObject({
      field: `${AT}.name`,
      prop: 'routes[].service',
      value: 'wep',
      reason: 'there is no Service shop/wep',
      remedy: "write 'web', or add the Service",
    });
    expect(only([to('cart', { number: 80 })]).remedy).toBe('add the Service');
    expect(errors([to('web', { number: 80 })])).toEqual([]);
  });

  it('may be elsewhere, or have a name that is known after apply', () => {
    const elsewhere = to('cart', { number: 80 });
    expect(errors([elsewhere], { elsewhere: { services: ['shop/cart'] } })).toEqual([]);
    expect(errors([elsewhere], { elsewhere: { services: 'any' } })).toEqual([]);
    expect(errors([elsewhere], { elsewhere: { services: ['zoo/cart'] } })).toHaveLength(1);
    expect(errors([to(KNOWN_AFTER_APPLY, { number: 80 })])).toEqual([]);
  });

  it('may be the default one', () => {
    expect(errors([ingress({}, { defaultBackend: path('cart').backend })])).toEqual([
      'spec.defaultBackend.service.name=cart',
    ]);
    expect(errors([ingress({}, { defaultBackend: path().backend })])).toEqual([]);
  });

  it('without pods is worth a warning', () => {
    const external = service('web', { type: 'ExternalName', externalName: 'shop.example.com' });
    expect(warnings([ingress({ 'target-type': 'ip' }), external])).toEqual([`${AT}.name=web`]);
  });
});

describe('a port', () => {
  it.each<[string, object, object]>([
    ['81', { number: 81 }, { number: 80 }],
    ['https', { name: 'https' }, { name: 'http' }],
  ])('%s is one of the Service', (value, wrong, right) => {
    expect(errors([to('web', wrong)])).toEqual([`${AT}.port=${value}`]);
    expect(errors([to('web', right)])).toEqual([]);
  });

  it('comes with those that there are', () => {
    expect(only([to('web', { number: 81 })])).toMatchObject({
      prop: 'routes[].port',
      remedy: 'write one of the ports of Service shop/web: 80 (http), or add port 81 to it',
    });
  });

  it('is not judged where it is known after apply', () => {
    expect(errors([to('web', { name: KNOWN_AFTER_APPLY })])).toEqual([]);
  });
});

it('a port of a health check by name is one of the Service', () => {
  expect(only([ingress({ 'healthcheck-port': 'status' })]).remedy).toBe(
    'write traffic-port, a number, or the name of a port of the Service',
  );
  const unnamed = service('web', { ports: [{ port: 80 }] });
  expect(errors([ingress(), unnamed])).toEqual([]);
  expect(errors([to('web', { number: 81 }), unnamed])).toEqual([`${AT}.port=81`]);
});
