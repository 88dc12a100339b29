import { describe, expect, it } from '@jest/globals';
import { ATTRIBUTES } from '../../../load-balancers/language/attributes';
import { type Said } from '../../../load-balancers/language/field';
import { albIngress } from '../../../load-balancers/language/fields/ingress';
import { type AnyKind, parsed } from '../../../load-balancers/language/kind';
import { reference } from '../../support/reference';

interface Attribute {
  readonly name: string;
  readonly applies_to: readonly string[];
  readonly allowed?: readonly string[] | object;
  readonly min?: number;
  readonly max?: number | string;
  readonly target_types?: readonly string[];
}

const KNOWN = JSON.parse(reference('elastic-load-balancing.json')) as Record<string, readonly Attribute[]>;

const known = (kind: string, type: 'application' | 'network') =>
  (KNOWN[kind] ?? [])
    .filter(
      ({ applies_to: types, target_types: targets = ['ip'] }) =>
        types.includes(type) && targets.includes('ip'),
    )
    .map(({ name }) => name);

/** Keys of the attributes that fields say by an annotation. */
function keysOf({ form, annotation, key }: AnyKind & Said, of: string): string[] {
  const parts: readonly AnyKind[] =
    form.type === 'object'
      ? Object.values(form.fields)
      : form.type === 'oneOf'
        ? form.kinds
        : form.type === 'list'
          ? [form.each]
          : [];
  const own = annotation === of && key !== undefined ? [key] : [];
  return [...new Set([...own, ...parts.flatMap((part) => keysOf(part, of))])].sort();
}

describe('attributes', () => {
  it.each([
    ['load-balancer-attributes', 'load_balancer_attributes', 'application'],
    ['frontend-nlb-attributes', 'load_balancer_attributes', 'network'],
    ['target-group-attributes', 'target_group_attributes', 'application'],
    ['listener-attributes.*', 'listener_attributes', 'application'],
  ] as const)('of %s have a prop each', (annotation, name, type) => {
    // An Application Load Balancer sends across zones always.
    const fixed = annotation === 'load-balancer-attributes' ? ['load_balancing.cross_zone.enabled'] : [];
    expect(keysOf(albIngress, annotation)).toEqual(
      known(name, type)
        .filter((key) => !fixed.includes(key))
        .sort(),
    );
  });

  it.each([
    ['load_balancer_attributes', ATTRIBUTES.loadBalancer],
    ['target_group_attributes', ATTRIBUTES.targetGroup],
    ['listener_attributes', ATTRIBUTES.listener],
  ] as const)('have the limits of AWS: %s', (name, own: Readonly<Record<string, { kind: AnyKind }>>) => {
    const attributes = KNOWN[name] ?? [];
    expect(Object.keys(own).sort()).toEqual(attributes.map((each) => each.name).sort());
    for (const { name: key, min, max, allowed = [] } of attributes) {
      const wrong = (text: string | number) => {
        const kind = own[key]?.kind;
        return kind?.judge(parsed(kind, String(text)) as never).length;
      };
      if (min !== undefined) expect([key, wrong(min), (wrong(min - 1) ?? 0) > 0]).toEqual([key, 0, true]);
      if (typeof max === 'number') expect([key, wrong(max), wrong(max + 1)]).toEqual([key, 0, 1]);
      if (Array.isArray(allowed) && allowed.length > 0) {
        expect([key, ...allowed.map(wrong)]).toEqual([key, ...allowed.map(() => 0)]);
        expect([key, wrong('nonsense')]).toEqual([key, 1]);
      }
    }
  });
});
