const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/**
 * A text in quotes, as Go's strconv.Quote writes it: what can't be seen is escaped, spaces beyond ASCII too.
 * @see https://pkg.go.dev/strconv#Quote
 */
export function quote(text: string): string {
  return `"${Array.from(text, escaped).join('')}"`;
}

function escaped(letter: string): string {
  const known = ESCAPES[letter];
  if (known !== undefined) return known;
  if (/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(letter)) return letter;
  const point = letter.codePointAt(0) ?? 0;
  const digits = (length: number) => point.toString(16).padStart(length, '0');
  if (point < 0x80) return `\\x${digits(2)}`;
  return point < 0x10000 ? `\\u${digits(4)}` : `\\U${digits(8)}`;
}
