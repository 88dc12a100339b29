import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../../load-balancers/model';
import {
  albOf,
  annotationSource,
  grouped,
  ingress,
  messageOf,
  modelOf,
  paramsSource,
  refusalOf,
} from '../built';

describe('groups', () => {
  it('are of one Ingress each if nothing else is said', () => {
    const model = modelOf([ingress({}, { name: 'b' }), ingress({}, { name: 'a' })]);
    expect(model.LoadBalancers.map(({ Id, Members }) => ({ Id, Members }))).toEqual([
      { Id: 'shop/a', Members: ['Ingress shop/a'] },
      { Id: 'shop/b', Members: ['Ingress shop/b'] },
    ]);
  });

  it('are named by annotation', () => {
    const { Id, Members } = albOf(grouped({}, {}));
    expect({ Id, Members }).toEqual({ Id: 'g', Members: ['Ingress shop/a', 'Ingress shop/b'] });
  });

  it('are named by the class first', () => {
    expect(albOf(grouped({}, {}), { params: { group: { name: 'platform' } } }).Id).toBe('platform');
  });

  it('may have a name that isn’t known yet', () => {
    const { LoadBalancers, Refusals } = modelOf(
      grouped({ 'group.name': KNOWN_AFTER_APPLY }, { 'group.name': KNOWN_AFTER_APPLY, scheme: 'internal' }),
    );
    expect(Refusals).toEqual([]);
    expect(LoadBalancers.map(({ Id }) => Id)).toEqual([
      `${KNOWN_AFTER_APPLY} of shop/a`,
      `${KNOWN_AFTER_APPLY} of shop/b`,
    ]);
  });

  it('have their Ingresses by order, then by name', () => {
    const ingresses = grouped(
      { 'group.order': '10' },
      { 'group.order': '-1000' },
      {},
      { 'group.order': '0' },
      { 'group.order': '1000' },
    ).toReversed();
    expect(
      albOf(ingresses)
        .Members.map((member) => member.slice(-1))
        .join(''),
    ).toBe('bcdae');
  });

  it('take an order that isn’t known yet for none', () => {
    const ingresses = grouped({ 'group.order': '1' }, { 'group.order': KNOWN_AFTER_APPLY });
    expect(albOf(ingresses).Members).toEqual(['Ingress shop/b', 'Ingress shop/a']);
  });
});

describe('refused is', () => {
  const RULE =
    "invalid ingress group: groupName must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";

  it.each(['', 'Group', '-g', 'g-', 'a_b'])('the name %j', (name) => {
    expect(refusalOf({ 'group.name': name })).toMatchObject({
      Blocks: 'Ingress shop/app',
      Objects: ['Ingress shop/app'],
      Message: RULE,
      Source: annotationSource('group.name'),
    });
  });

  it('a name of over 63 letters', () => {
    expect(albOf({ 'group.name': 'g'.repeat(63) }).Id).toHaveLength(63);
    expect(messageOf({ 'group.name': 'g'.repeat(64) })).toBe(
      'invalid ingress group: groupName must be no more than 63 characters',
    );
  });

  it('a name of the class', () => {
    expect(refusalOf({}, { params: { group: { name: 'G' } } })).toMatchObject({
      Message: RULE,
      Source: paramsSource('group.name'),
    });
  });

  it('an order out of range, with the whole group', () => {
    expect(refusalOf(grouped({}, { 'group.order': '1001' }))).toMatchObject({
      Blocks: 'IngressGroup g',
      Objects: ['Ingress shop/a', 'Ingress shop/b'],
      Message: 'explicit Ingress group order must be within [-1000:1000], Ingress: shop/b, order: 1001',
      Source: annotationSource('group.order', 'b'),
    });
    expect(messageOf({ 'group.order': '-1001' })).toContain('order: -1001');
  });

  it('an order that is no number', () => {
    expect(messageOf({ 'group.order': 'first' })).toBe(
      'failed to load Ingress group order for ingress: shop/app: failed to parse int32 annotation, alb.ingress.kubernetes.io/group.order: first: strconv.ParseInt: parsing "first": invalid syntax',
    );
  });

  it('one group, while others are built', () => {
    const { LoadBalancers, Refusals } = modelOf([
      ...grouped({ scheme: 'public' }),
      ingress({}, { name: 'other' }),
    ]);
    expect(LoadBalancers.map(({ Id }) => Id)).toEqual(['shop/other']);
    expect(Refusals.map(({ Blocks }) => Blocks)).toEqual(['IngressGroup g']);
  });
});
