import { describe, expect, it } from '@jest/globals';
import {
  LISTENER_KEYS,
  LOAD_BALANCER_KEYS,
  NETWORK_LOAD_BALANCER_KEYS,
  TARGET_GROUP_KEYS,
} from '../../../load-balancers/language/attribute-keys';
import { reference } from '../../support/reference';

interface Attribute {
  readonly name: string;
  readonly applies_to: readonly string[];
  readonly target_types?: readonly string[];
}

const known = (kind: string, type: 'application' | 'network') => {
  const limits = JSON.parse(reference('elastic-load-balancing.json')) as Record<string, readonly Attribute[]>;
  return (limits[kind] ?? [])
    .filter(
      ({ applies_to: types, target_types: targets = ['ip'] }) =>
        types.includes(type) && targets.includes('ip'),
    )
    .map(({ name }) => name);
};

describe('attributes', () => {
  it('of load balancers have a prop each', () => {
    // An Application Load Balancer sends across zones always.
    const application = known('load_balancer_attributes', 'application');
    expect(Object.values(LOAD_BALANCER_KEYS).sort()).toEqual(
      application.filter((name) => name !== 'load_balancing.cross_zone.enabled').sort(),
    );
    expect(Object.values(NETWORK_LOAD_BALANCER_KEYS).sort()).toEqual(
      known('load_balancer_attributes', 'network').sort(),
    );
  });

  it('of target groups and listeners have a prop each', () => {
    expect(Object.values(TARGET_GROUP_KEYS).sort()).toEqual(
      known('target_group_attributes', 'application')
        .filter((name) => !name.startsWith('stickiness.') && !name.startsWith('routing.http.'))
        .sort(),
    );
    expect(Object.values(LISTENER_KEYS).sort()).toEqual(known('listener_attributes', 'application').sort());
  });
});
