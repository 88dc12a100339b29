import { describe, expect, it } from '@jest/globals';
import { documentsOf } from '../../../tools/preview/documents';
import { decodeText } from '../../../tools/preview/text';

const read = (text: string) => documentsOf({ name: 'a.yaml', text });
const values = (text: string) => read(text).places.map(({ value }) => value);

describe('a document', () => {
  it.each([
    // As Go's ParseInt and ParseFloat take them.
    ['80', 80],
    ['-1', -1],
    ['+1', 1],
    ['0777', 511],
    ['0o17', 15],
    ['0x1F', 31],
    ['0b11', 3],
    ['-0x1', -1],
    ['08', 8],
    ['1_000', 1000],
    ['1e3', 1000],
    ['1.5e-1', 0.15],
    ['.5', 0.5],
    ['1.', 1],
    // Texts that other readers of YAML take for numbers.
    ['e2', 'e2'],
    ['e1234567', 'e1234567'],
    ['1234e567', '1234e567'],
    ['.', '.'],
    ['.e5', '.e5'],
    ['1.2.3', '1.2.3'],
    ['10:30', '10:30'],
    ['2026-01-02', '2026-01-02'],
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['0x', '0x'],
    ['_1', '_1'],
    ['1e3x', '1e3x'],
    // YAML 1.1 has more words for truth and nothing than JSON.
    ...['y', 'Yes', 'on', 'TRUE'].map((word) => [word, true] as const),
    ...['n', 'No', 'off', 'False'].map((word) => [word, false] as const),
    ...['~', 'null', ''].map((word) => [word, null] as const),
    ['"yes"', 'yes'],
    ["'1e3'", '1e3'],
    ['!!str 80', '80'],
    ['yEs', 'yEs'],
  ])('has %j as kubectl reads it', (text, value) => {
    expect(values(`a: ${text}`)).toEqual([{ a: value }]);
  });

  it('may be one JSON value after the other', () => {
    expect(values('{"a": "}"}{"b": [1]}\n {"c": "\\"{"}')).toEqual([{ a: '}' }, { b: [1] }, { c: '"{' }]);
    expect(read('{"a": 1}\n{"b": 1}').places.map(({ where }) => where)).toEqual([
      'a.yaml, object 1',
      'a.yaml, object 2',
    ]);
    expect(values('{"a": 1}\n---\n{"b": 1}')).toEqual([{ a: 1 }, { b: 1 }]);
    expect(() => read('{"a": 1} {"b"')).toThrow('a.yaml, line 1: ');
  });

  it('with a key that is there twice has the last one, and says so', () => {
    expect(read('a: 1\nb:\n  c: 1\n  c: 2\n---\na: 1')).toEqual({
      places: [
        { where: 'a.yaml, document 1', value: { a: 1, b: { c: 2 } } },
        { where: 'a.yaml, document 2', value: { a: 1 } },
      ],
      notes: ['a.yaml, line 4: key c is there already, and kubectl takes the last one'],
    });
  });

  it.each([
    ['a: 1\nname: {{ .Release.Name }}-web', 'a.yaml, line 2: {{ .Release.Name }} is of a template'],
    ['name: {{ .Values.name }}', 'a.yaml, line 1: {{ .Values.name }} is of a template'],
    [
      '{{- if .Values.on }}\na: 1\n{{- end }}',
      '{{- if .Values.on }} is of a template, not of a manifest: render',
    ],
    ['a:\n{%- for x in y %}\n  - b\n{% endfor %}', '{%- for x in y %} is of a template'],
    ['? [a]\n: b', 'a.yaml, line 1: a key is a list or a map'],
    ['a: .inf', "a.yaml: .inf and .nan are numbers that JSON doesn't have: write them in quotes"],
    [`${'['.repeat(600)}${']'.repeat(600)}`, 'a.yaml: it is nested more than 500 levels deep'],
    [`a: ${'['.repeat(50_000)}`, 'a.yaml'],
    [`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 'a.yaml: it is nested more than 500 levels deep'],
    [`${'- '.repeat(5_000)}a`, 'a.yaml'],
  ])('that is no manifest is told by its line: %#', (text, message) => {
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).toThrow(expect.objectContaining({ name: 'InputError' }));
  });

  it('with a template in quotes or in a block is one all the same', () => {
    expect(values('a: "{{ x }}"\nb: |\n  {{ y }}\nc: z # {{ z }}')).toEqual([
      { a: '{{ x }}', b: '{{ y }}\n', c: 'z' },
    ]);
  });
});

describe('a file', () => {
  const bytes = (...all: number[]) => Uint8Array.from(all);
  it('is read without its byte order mark', () => {
    expect(decodeText('a', bytes(0xef, 0xbb, 0xbf, 0x61))).toBe('a');
  });

  it.each([
    [[0xff, 0xfe, 0x61, 0], 'a is UTF-16, as > of Windows PowerShell writes it: make a text in UTF-8'],
    [[0xfe, 0xff, 0, 0x61], 'a is UTF-16: make a text in UTF-8 of it first, such as with iconv'],
    [[0x61, 0, 0x62, 0], 'a is UTF-16'],
    [[0, 0x61, 0, 0x62], 'a is UTF-16'],
    [[0x1f, 0x8b, 8, 0], 'a is compressed by gzip: make a text in UTF-8 of it first, such as with gunzip'],
    [[0x50, 0x4b, 3, 4], 'a is a zip archive'],
    [[0x61, 0x62, 0], 'a is no text'],
    [[0x61, 0xe4, 0x62], 'a is in another encoding than UTF-8'],
  ])('that is no text in UTF-8 is refused: %j', (given, message) => {
    expect(() => decodeText('a', bytes(...given))).toThrow(message);
  });
});
