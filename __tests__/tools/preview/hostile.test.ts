import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InputError } from '../../../tools/kit/input-error';
import { mermaid } from '../../../tools/preview/mermaid';
import { previewTable } from '../../../tools/preview/table';
import { FULL, previewOf } from './support';

const RECORDED = join(__dirname, '..', '..', 'load-balancers', 'model', 'recorded');
const TEXTS = [
  FULL,
  ...['services', 'rules', 'groups'].map((name) => readFileSync(join(RECORDED, `${name}.yaml`), 'utf8')),
];
const PIECES = [
  '',
  '[]',
  '{}',
  'null',
  '-1',
  '1e99',
  '"',
  "'",
  ': ',
  '\n',
  '\n---\n',
  '- ',
  '&a ',
  '*a',
  '<<: ',
  '!!binary x',
  '\u0000',
  '{{ x }}',
  '${X}',
];

/** Part of a text, with something else in the place of some of it. */
const mutated = fc
  .tuple(
    fc.constantFrom(...TEXTS),
    fc.nat(),
    fc.array(fc.tuple(fc.nat(), fc.nat(12), fc.constantFrom(...PIECES)), { minLength: 1, maxLength: 4 }),
  )
  .map(([text, start, changes]) => {
    const from = text.lastIndexOf('\n---', start % text.length);
    const piece = text.slice(Math.max(0, from), Math.max(0, from) + 3000);
    return changes.reduce((result, [at, length, other]) => {
      const place = at % (result.length + 1);
      return `${result.slice(0, place)}${other}${result.slice(place + length)}`;
    }, piece);
  });

it('whatever a file holds is previewed, or refused in a sentence', () => {
  fc.assert(
    fc.property(mutated, (text) => {
      try {
        const made = previewOf(text);
        previewTable(made, 80);
        mermaid(made);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        expect((error as Error).message).not.toMatch(/undefined|\[object|\n\s+at /);
      }
    }),
    { numRuns: 300 },
  );
});
