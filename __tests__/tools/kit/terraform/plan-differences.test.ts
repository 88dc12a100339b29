import { describe, expect, it } from '@jest/globals';
import { differencesOf, unexplained } from '../../../../tools/kit/terraform/plan-differences';
import { parsePlan } from '../../../../tools/kit/terraform/plan-json';

function plan(change: object, type = 'aws_thing') {
  const full = { actions: ['update'], before: {}, after: {}, ...change };
  return { resource_changes: [{ address: `${type}.a`, mode: 'managed', type, change: full }] };
}

/** As the one reader of plans gives it. */
const differencesIn = ({
  resource_changes = [],
  ...plan
}: {
  resource_changes?: readonly object[];
  output_changes?: object;
  configuration?: object;
}) => {
  const changes = resource_changes.map((change) => ({ name: 'a', ...change }));
  const text = JSON.stringify({
    format_version: '1.2',
    planned_values: {},
    resource_changes: changes,
    ...plan,
  });
  return differencesOf(parsePlan(text, 'plan.json'));
};

describe('the differences of a plan', () => {
  it('leave out what stays and what is read', () => {
    expect(differencesIn(plan({ actions: ['no-op'] }))).toEqual([]);
    expect(differencesIn(plan({ actions: ['read'] }))).toEqual([]);
    expect(differencesIn({})).toEqual([]);
    const data = {
      address: 'data.a.b',
      mode: 'data',
      type: 'a',
      change: { actions: ['update'], before: null, after: null },
    };
    expect(differencesIn({ resource_changes: [data] })).toEqual([]);
  });

  it('name the attributes that begin a change, not those that follow from it', () => {
    const change = {
      before: { id: '1', name: 'a', same: { x: 1, y: 2 } },
      after: { name: 'b', same: { y: 2, x: 1 } },
      after_unknown: { id: true, tags: {} },
    };
    expect(differencesIn(plan(change))).toMatchObject([{ address: 'aws_thing.a', attributes: ['name'] }]);
  });

  it('name those that follow another resource, as the configuration sets them', () => {
    const change = {
      before: { id: '1', group: 'a', size: 1 },
      after: { size: 2 },
      after_unknown: { id: true, group: true },
    };
    const resources = [{ address: 'aws_thing.a', expressions: { group: {}, size: {} } }];
    const both = { ...plan(change), configuration: { root_module: { resources } } };
    expect(differencesIn(both)).toMatchObject([{ attributes: ['group', 'size'] }]);
  });

  it('name what forces a replacement, and what was nothing and becomes empty', () => {
    const change = {
      actions: ['delete', 'create'],
      before: { a: 1, labels: {}, none: null },
      after: { a: 1, labels: null },
      replace_paths: [['a', 0, 'b']],
    };
    expect(differencesIn(plan(change))).toMatchObject([{ attributes: ['a', 'labels'] }]);
  });

  it('name those that are not known yet when nothing else begins it', () => {
    const change = { before: { id: '1' }, after: {}, after_unknown: { id: true } };
    expect(differencesIn(plan(change))).toMatchObject([{ attributes: ['id'] }]);
  });

  it('name no attribute of what is made or removed', () => {
    expect(differencesIn(plan({ actions: ['create'], before: null }))).toMatchObject([{ attributes: [] }]);
  });

  it('hold the outputs too', () => {
    const output_changes = { a: { actions: ['update'] }, b: { actions: ['no-op'] } };
    expect(differencesIn({ output_changes }).map(({ address }) => address)).toEqual(['output.a']);
  });
});

describe('the known gaps', () => {
  const of = (type: string, attributes: string[]) => ({
    address: `${type}.a`,
    type,
    actions: ['update'],
    attributes,
  });

  it('explain a resource only if they list every attribute of it', () => {
    const gaps = { aws_thing: ['name', 'size'] };
    expect(unexplained([of('aws_thing', ['name'])], gaps)).toEqual([]);
    expect(unexplained([of('aws_thing', ['name', 'size'])], gaps)).toEqual([]);
    expect(unexplained([of('aws_thing', ['name', 'color'])], gaps)).toHaveLength(1);
    expect(unexplained([of('aws_other', ['name'])], gaps)).toHaveLength(1);
  });

  it('explain a replacement on the same terms', () => {
    const replaced = { ...of('aws_thing', ['name', 'size']), actions: ['delete', 'create'] };
    expect(unexplained([replaced], { aws_thing: ['name', 'size'] })).toEqual([]);
    expect(unexplained([replaced], { aws_thing: ['name'], aws_other: ['size'] })).toEqual([replaced]);
  });

  it('never explain that a resource is made or removed', () => {
    expect(unexplained([of('aws_thing', [])], { aws_thing: [] })).toHaveLength(1);
  });
});
