import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { KNOWN_AFTER_APPLY, numberedUnknown, problemsOf, report } from '../../../load-balancers/problem';

const schema = z.strictObject({
  name: z.string().regex(/^a/, 'write a name that begins with a'),
  port: z.int().min(1).max(9),
  list: z.array(z.enum(['x'])).optional(),
  kind: z.union([z.literal('y'), z.literal(true)], "write 'y' or true").optional(),
});
const LATER = numberedUnknown(3);

describe('problemsOf', () => {
  it('is none for what is right', () => {
    expect(problemsOf(schema, { name: 'ab', port: 1, list: ['x'], kind: true }, 'it')).toEqual([]);
  });

  it('says what is wrong, and what to write', () => {
    expect(problemsOf(schema, { name: 'b', prot: 1 }, 'it')).toEqual([
      { path: 'name', value: 'b', reason: expect.any(String), remedy: 'write a name that begins with a' },
      { path: 'port', value: undefined, reason: 'it has no default', remedy: 'write a number' },
      { path: 'prot', value: 1, reason: 'there is no such field', remedy: "write 'port'" },
    ]);
    expect(problemsOf(schema, 1, 'it')).toEqual([
      { path: 'it', value: 1, reason: 'an object is expected here', remedy: 'write an object' },
    ]);
  });

  it('takes what is known at apply only', () => {
    for (const later of [LATER, KNOWN_AFTER_APPLY, `x-${KNOWN_AFTER_APPLY}`]) {
      const input = { name: later, port: later, list: [later], kind: later };
      expect(problemsOf(schema, input, 'it')).toEqual([]);
      expect(problemsOf(schema, { ...input, port: 10 }, 'it').map(({ path }) => path)).toEqual(['port']);
    }
  });

  it('says nothing of the size of a list that is not known', () => {
    const two = z.strictObject({ list: z.array(z.string()).min(2) });
    expect(problemsOf(two, { list: [LATER] }, 'it')).toEqual([]);
    expect(problemsOf(two, { list: ['a'] }, 'it')).toHaveLength(1);
  });
});

describe('report', () => {
  it('counts, and has a line for each', () => {
    const problem = { path: 'a', value: 1, reason: 'no', remedy: 'write 2' };
    expect(report('it', [problem])).toBe('it: 1 problem\n  a = 1: no; write 2');
    expect(report('it', [problem, { ...problem, value: undefined }])).toBe(
      'it: 2 problems\n  a = 1: no; write 2\n  a is missing: no; write 2',
    );
  });
});
