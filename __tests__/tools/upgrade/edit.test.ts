import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { diffText } from '../../../tools/upgrade/text';
import { editField, type FieldChange } from '../../../tools/upgrade/edit';

const VERSION: FieldChange = { path: ['cluster', 'kubernetesVersion'], value: '1.37' };
const RELEASE: FieldChange = {
  path: ['loadBalancing', 'release'],
  value: '3.5.0',
  parent: "{ type: 'controller', release: '3.5.0' }",
};
const file = (body: string) => `import { x } from './x';\n\nexport const environment: T = ${body};\n`;
const edited = (body: string, change = VERSION) => editField('a.ts', file(body), change);

describe('the file of an environment', () => {
  it.each([
    ["{ cluster: { kubernetesVersion: '1.36' } }", "{ cluster: { kubernetesVersion: '1.37' } }"],
    ['{ cluster: { "kubernetesVersion": "1.36" } }', '{ cluster: { "kubernetesVersion": "1.37" } }'],
    ['{ cluster: { kubernetesVersion: `1.36` } }', "{ cluster: { kubernetesVersion: '1.37' } }"],
    [
      "({\n  cluster: {\n    // why\n    kubernetesVersion: '1.36', // this\n  },\n} satisfies T)",
      "({\n  cluster: {\n    // why\n    kubernetesVersion: '1.37', // this\n  },\n} satisfies T)",
    ],
    [
      "{ ...base, cluster: { ...other, kubernetesVersion: '1.36' } as C }",
      "{ ...base, cluster: { ...other, kubernetesVersion: '1.37' } as C }",
    ],
    ["{ cluster: { kind: 'new' } }", "{ cluster: { kind: 'new', kubernetesVersion: '1.37' } }"],
    ['{ cluster: {} }', "{ cluster: { kubernetesVersion: '1.37' } }"],
    [
      "{\n  cluster: {\n    kind: 'new', // made here\n  },\n}",
      "{\n  cluster: {\n    kind: 'new', // made here\n    kubernetesVersion: '1.37',\n  },\n}",
    ],
    [
      "{\n  cluster: {\n    kind: 'new' // made here\n  }\n}",
      "{\n  cluster: {\n    kind: 'new', // made here\n    kubernetesVersion: '1.37',\n  }\n}",
    ],
  ])('%j becomes %j', (before, after) => {
    expect(edited(before).text).toBe(file(after));
  });

  it('gets the parent of a field that it does not have', () => {
    expect(edited("{\n  name: 'a',\n}", RELEASE)).toMatchObject({
      text: file("{\n  name: 'a',\n  loadBalancing: { type: 'controller', release: '3.5.0' },\n}"),
      line: 5,
      after: "loadBalancing: { type: 'controller', release: '3.5.0' },",
    });
    expect(
      edited("{ loadBalancing: { type: 'controller', release: { version: '9.0.0', chart: '9' } } }", RELEASE)
        .text,
    ).toBe(file("{ loadBalancing: { type: 'controller', release: '3.5.0' } }"));
  });

  it.each([
    ['{ cluster: { kubernetesVersion: VERSION } }', 'VERSION'],
    ['{ cluster: { kubernetesVersion } }', 'kubernetesVersion'],
    ["{ cluster: { kubernetesVersion: '1.' + minor } }", "'1.' + minor"],
    ["{ cluster: { kubernetesVersion: '1.36', ...more } }", '...more'],
    ['{ cluster: { ...shared } }', '...shared'],
    ["{ cluster: { ['kubernetes' + 'Version']: '1.36' } }", "['kubernetes' + 'Version']: '1.36'"],
    ['{ cluster: shared }', 'shared'],
    ["{ name: 'a' }", "{ name: 'a' }"],
    ['make({ cluster: {} })', 'make({ cluster: {} })'],
  ])('%s is refused, as what is computed is changed elsewhere', (body, words) => {
    expect(() => edited(body)).toThrow(
      expect.objectContaining({
        subject: 'a.ts:3',
        problems: [expect.objectContaining({ path: 'cluster.kubernetesVersion', value: words })],
      }),
    );
  });

  it('without an environment is refused', () => {
    expect(() => editField('a.ts', 'export default {};\n', VERSION)).toThrow('a.ts:1');
  });

  it.each(
    readdirSync(join(__dirname, '../../../environments')).filter((name) =>
      /^(dev|prod|sandbox)\.ts$/.test(name),
    ),
  )('%s as it is delivered changes in one line', (name) => {
    const source = readFileSync(join(__dirname, '../../../environments', name), 'utf8');
    for (const change of [VERSION, RELEASE]) {
      const after = editField(name, source, change);
      const kept = after.text.split('\n').filter((line) => !source.split('\n').includes(line));
      expect(kept).toHaveLength(1);
      expect(after.text.split('\n')[after.line - 1]).toBe(kept[0]);
    }
  });

  it('is the same but for the literal, whatever is around it', () => {
    const space = fc.constantFrom(
      '',
      ' ',
      '\n  ',
      '\r\n\t',
      ' /* a, b: 1 */ ',
      '\n// kubernetesVersion: 1\n',
    );
    fc.assert(
      fc.property(fc.array(space, { minLength: 8, maxLength: 8 }), ([a, b, c, d, e, f, g, h]) => {
        const around = (value: string) =>
          file(`{${a}name: 'a',${b}cluster:${c}{${d}kubernetesVersion${e}:${f}'${value}'${g},${h}},}`);
        expect(editField('a.ts', around('1.36'), VERSION).text).toBe(around('1.37'));
      }),
    );
  });
});

it('a diff has the lines that change', () => {
  const source = file("{\n  cluster: {\n    kubernetesVersion: '1.36',\n  },\n}");
  expect(diffText('a.ts', source, editField('a.ts', source, VERSION))).toBe(
    "a.ts:5\n-     kubernetesVersion: '1.36',\n+     kubernetesVersion: '1.37',",
  );
  const bare = file("{\n  name: 'a',\n}");
  expect(diffText('a.ts', bare, editField('a.ts', bare, RELEASE))).toBe(
    "a.ts:5\n+   loadBalancing: { type: 'controller', release: '3.5.0' },",
  );
});
