import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { columns, indent, properties, visible, visibleLines, wrap } from '../../../tools/preview/layout';

describe('visible', () => {
  it('shows every letter that a terminal obeys', () => {
    expect(visible('a\u001b[31mb\u0007\u009b\u202e\n\tü')).toBe(
      'a\\u001b[31mb\\u0007\\u009b\\u202e\\u000a\\u0009ü',
    );
    expect(visibleLines('a\u001b\nb\r')).toBe('a\\u001b\nb\\u000d');
  });
});

describe('wrap', () => {
  it('breaks at spaces, and long words where the line ends', () => {
    expect(wrap('aa bb cc', 5)).toEqual(['aa bb', 'cc']);
    expect(wrap('a bbbbbbb', 3)).toEqual(['a', 'bbb', 'bbb', 'b']);
    expect(wrap('', 5)).toEqual(['']);
  });

  it('loses nothing and keeps the width', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 30 }), (text, width) => {
        const lines = wrap(text, width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        expect(lines.every((line) => line.length <= width)).toBe(true);
      }),
    );
  });
});

describe('columns', () => {
  it('are as wide as what is in them', () => {
    expect(
      columns(
        [
          ['1', 'host a', 'to b'],
          ['10', 'path /', 'redirect'],
        ],
        80,
      ),
    ).toEqual(['1   host a  to b', '10  path /  redirect']);
    expect(columns([], 80)).toEqual([]);
  });

  it('go on in the next line where they are too wide', () => {
    expect(columns([['1', 'aaa bbb ccc', 'd e']], 13)).toEqual(['1  aaa    d e', '   bbb', '   ccc']);
  });

  it('fit', () => {
    const cell = fc.string({ maxLength: 60 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell)), fc.integer({ min: 20, max: 120 }), (rows, width) => {
        expect(columns(rows, width).every((line) => line.length <= width)).toBe(true);
      }),
    );
  });
});

describe('properties', () => {
  it('leave out what there is not, and go on under the value', () => {
    expect(
      properties(
        [
          ['name', 'a'],
          ['empty', ''],
          ['subnets', 'aaaaaaaaaa bbbbbbbbbb cccccccccc'],
        ],
        30,
      ),
    ).toEqual(['name     a', 'subnets  aaaaaaaaaa bbbbbbbbbb', '         cccccccccc']);
    expect(indent(['a', ''])).toEqual(['  a', '']);
  });
});
