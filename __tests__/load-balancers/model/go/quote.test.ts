import { expect, it } from '@jest/globals';
import { quote } from '../../../../load-balancers/model/go/quote';

it.each([
  ['plain', '"plain"'],
  ['a "b" \\ c', '"a \\"b\\" \\\\ c"'],
  ['line\nand\ttab', '"line\\nand\\ttab"'],
  ['\u0001', '"\\x01"'],
  ['a\u00a0b', '"a\\u00a0b"'],
  ['é 日本 😀', '"é 日本 😀"'],
  ['\u{e0001}', '"\\U000e0001"'],
])('%j is written as Go writes it', (text, quoted) => {
  expect(quote(text)).toBe(quoted);
});
