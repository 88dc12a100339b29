import { type Problem } from './problem';

/** Deeper than any field of an environment is; a value that holds itself has no end. */
const DEEPEST = 64;
/** What stands for a value in CDKTF until a stack is synthesized, as text or in a list. */
const TOKEN = /[$#]\{TfToken\[/;

/** Values that no field can take: tokens of CDKTF, which mean nothing outside a stack, and what has no end. */
export function unusableValues(input: unknown): Problem[] {
  const problems: Problem[] = [];
  const visit = (value: unknown, path: readonly string[]): void => {
    if (typeof value === 'string' && TOKEN.test(value)) {
      problems.push({
        path: path.join('.'),
        value,
        reason: 'it is a token of CDKTF, which stands for a value inside one stack alone',
        remedy: 'write the value itself',
      });
    }
    if (typeof value !== 'object' || value === null) return;
    if (path.length >= DEEPEST) {
      problems.push({
        path: path.slice(0, 4).join('.'),
        value: '…',
        reason: `it is nested more than ${DEEPEST} levels deep, or holds itself`,
        remedy: 'write plain values',
      });
      return;
    }
    for (const [key, each] of Object.entries(value)) {
      if (problems.length < 20) visit(each, [...path, key]);
    }
  };
  visit(input, []);
  return problems;
}
