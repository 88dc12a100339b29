import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pathText } from '../../../tools/plan-report/changes/path';
import { differences, knownDifferences, forces, leaves } from '../../../tools/plan-report/diff/differences';
import { lineDiff, withContext } from '../../../tools/plan-report/diff/lines';
import { resourceLines, valueText } from '../../../tools/plan-report/diff/resource';
import { change } from './support';

const texts = (before: unknown, after: unknown) =>
  differences(before, after).map(
    ({ path, before: old, after: fresh }) => `${pathText(path)}: ${valueText(old)} -> ${valueText(fresh)}`,
  );

describe('differences', () => {
  it.each([
    [{ a: 1 }, { a: 1 }, []],
    [{ a: 1 }, { a: 2 }, ['a: 1 -> 2']],
    [{ a: '' }, { a: null }, []],
    [{}, { a: [] }, []],
    [{ a: {} }, { a: { 'b c': 1 } }, ['a["b c"]: (not set) -> 1']],
    [{ a: [1, 2] }, { a: [2, 1] }, []],
    [{ a: [1, 2] }, { a: [2, 3] }, ['a[1]: 1 -> 3']],
    [{ a: [1, 2] }, { a: [1] }, ['a[1]: 2 -> (not set)']],
    [{ a: [1] }, { a: [1, 1] }, ['a[1]: (not set) -> 1']],
    [{ a: [{ b: 1, c: 1 }] }, { a: [{ c: 1, b: 2 }] }, ['a[0].b: 1 -> 2']],
    [{ a: '{"b":1}' }, { a: '{ "b": 1 }' }, []],
    [{ a: '{"b":1}' }, { a: '{"b":2}' }, ['a.b: 1 -> 2']],
    [{ a: '{"b":1}' }, { a: 'c' }, ['a: "{\\"b\\":1}" -> "c"']],
    [{ a: '{"b":1}' }, {}, ['a.b: 1 -> (not set)']],
    [{}, { a: '{"b":1}' }, ['a.b: (not set) -> 1']],
    [{ a: '{no JSON' }, { a: '{none' }, ['a: "{no JSON" -> "{none"']],
    [
      { a: '(sensitive value)' },
      { a: '(sensitive value, changed)' },
      ['a: (sensitive value) -> (sensitive value, changed)'],
    ],
    [{ a: '(sensitive value)' }, { a: '(sensitive value)' }, []],
    [{ a: 1 }, { a: '(known after apply)' }, ['a: 1 -> (known after apply)']],
    [{ a: 1 }, { a: { b: 1 } }, ['a: 1 -> {"b":1}']],
  ])('between %j and %j are %j', (before, after, expected) => {
    expect(texts(before, after)).toEqual(expected);
  });

  it('are none between what is equal, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => differences(value, structuredClone(value)).length === 0),
    );
  });

  it('name what differs now, not what follows later', () => {
    expect(
      knownDifferences(
        { a: 1, b: 1, c: '(sensitive value)' },
        { a: 2, b: '(known after apply)', c: '(sensitive value, changed)' },
      ),
    ).toMatchObject([{ path: ['a'] }, { path: ['c'] }]);
  });

  it('list what is set', () => {
    expect(
      leaves({ b: [1, 2], a: [{ c: 'x' }, {}], d: null, e: '["f"]' }).map(([path, value]) => [
        pathText(path),
        value,
      ]),
    ).toEqual([
      ['a[0].c', 'x'],
      ['a[1]', {}],
      ['b', [1, 2]],
      ['e', ['f']],
    ]);
  });

  it.each([
    [[['a']], ['a'], true],
    [[['a']], ['a', 0], true],
    [[['a', 0, 'b']], ['a'], true],
    [[['a', '0']], ['a', 0], true],
    [[['a']], ['b'], false],
    [[[]], ['a'], false],
    [[], ['a'], false],
  ])('of which %j force: %j is %s', (replacePaths, path, expected) => {
    expect(forces(replacePaths, path)).toBe(expected);
  });
});

describe('lineDiff', () => {
  const marks = (before: string, after: string) =>
    lineDiff(before.split(''), after.split(''))
      .map(({ mark, text }) => `${mark}${text}`)
      .join('');

  it.each([
    ['abc', 'abc', ' a b c'],
    ['abc', 'axc', ' a-b+x c'],
    ['abc', 'ac', ' a-b c'],
    ['ac', 'abc', ' a+b c'],
    ['abcd', 'bxd', '-a b-c+x d'],
    ['aa', 'a', ' a-a'],
  ])('of %s and %s is %s', (before, after, expected) => {
    expect(marks(before, after)).toBe(expected);
  });

  it('makes each side of the other', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c'));
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const diff = lineDiff(before, after);
        expect(diff.filter(({ mark }) => mark !== '+').map(({ text }) => text)).toEqual(before);
        expect(diff.filter(({ mark }) => mark !== '-').map(({ text }) => text)).toEqual(after);
      }),
    );
  });

  it('shows sides of too many lines one after the other', () => {
    const side = (letter: string) => Array.from({ length: 2100 }, (_, index) => `${letter}${index}`);

    expect(lineDiff(side('a'), side('b')).findIndex(({ mark }) => mark === '+')).toBe(2100);
  });

  it('leaves out what is far from a change', () => {
    expect(
      withContext(lineDiff('abcdefghi'.split(''), 'abcdeXghi'.split('')), 1)
        .map(({ text }) => text)
        .join(''),
    ).toBe('…efXg…');
  });
});

describe('resourceLines', () => {
  it('tells what a resource will be', () => {
    expect(
      resourceLines(
        change({
          action: 'create',
          after: { a: 1, b: '(known after apply)', c: 'x\ny' },
          importId: 'i-1',
          movedFrom: 'aws_z.z',
        }),
      ),
    ).toEqual([
      '+ aws_x.y will be created',
      '    # it has moved from aws_z.z',
      '    # it is imported, with id i-1',
      '+   a = 1',
      '+   c = <<text',
      '+       x',
      '+       y',
      '+   (known after apply): b',
    ]);
  });

  it('tells what differs, line by line in a text', () => {
    expect(
      resourceLines(change({ before: { a: 'x\ny', b: 1, d: '' }, after: { a: 'x\nz', c: 2, d: '' } })),
    ).toEqual([
      '! aws_x.y will be updated in-place',
      '!   a = <<text',
      '        x',
      '-       y',
      '+       z',
      '-   b = 1',
      '+   c = 2',
    ]);
  });

  it.each([
    [
      { action: 'delete', before: { a: 1 }, reason: 'delete_because_no_resource_config' },
      ['- aws_x.y will be destroyed', '    # delete because no resource config', '-   a = 1'],
    ],
    [{ action: 'forget', before: {} }, ['- aws_x.y will no longer be managed, and not be destroyed']],
    [
      { action: 'replace', tainted: true, before: {}, after: {} },
      [
        '! aws_x.y must be replaced: destroyed, then created',
        '    # it is tainted: an earlier run failed half-way',
      ],
    ],
    [
      { action: 'replace', createBeforeDestroy: true, before: {}, after: {} },
      ['! aws_x.y must be replaced: created, then destroyed'],
    ],
    [
      { action: 'no-op', before: {}, after: {}, movedFrom: 'a.b' },
      ['  aws_x.y', '    # it has moved from a.b'],
    ],
    [{ action: 'read', after: { a: 1 } }, ['  aws_x.y will be read', '+   a = 1']],
  ] as const)('tells %j', (props, expected) => {
    expect(resourceLines(change(props))).toEqual(expected);
  });

  it('tells an unknown value that makes it a new one', () => {
    expect(
      resourceLines(
        change({ action: 'replace', before: {}, after: { a: '(known after apply)' }, replacePaths: [['a']] }),
      ),
    ).toContain('+   a = (known after apply) # forces replacement');
    expect(
      resourceLines(change({ action: 'replace', before: { a: 1 }, after: {}, replacePaths: [['a']] })),
    ).toContain('-   a = 1 # forces replacement');
  });

  it('cuts what nobody reads', () => {
    const lines = resourceLines(
      change({
        before: {},
        after: Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`a${index}`, 'x'.repeat(500)])),
      }),
    );

    expect(lines).toHaveLength(122);
    expect(lines.at(-1)).toBe('    … 80 more lines');
    expect(lines[1]).toMatch(/… \(\d+ more characters\)$/);
  });
});
