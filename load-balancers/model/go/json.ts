/** JSON as Go's encoding/json reads it: numbers as written, repeated keys kept. */
export type Json =
  | null
  | boolean
  | string
  | { readonly number: string }
  | { readonly items: readonly Json[] }
  | { readonly entries: readonly (readonly [key: string, value: Json])[] }
  | typeof UNKNOWN_PART;

/** A value, or a part with all that is in it, which isn't known yet. */
export const UNKNOWN_PART = Symbol('known after apply');

/** @throws {Error} in the words of Go for what is no JSON */
export function parseJson(text: string): Json {
  return new JsonParser(text).parse();
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  '/': '/',
  '"': '"',
};

class JsonParser {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    // As Go does, which tells a word that is cut off by the space after it.
    this.text = `${text} `;
  }

  parse(): Json {
    const value = this.value();
    this.skipSpace();
    if (this.at < this.text.length) this.fail('after top-level value');
    return value;
  }

  private value(): Json {
    this.skipSpace();
    const letter = this.peek();
    if (letter === '{') return this.object();
    if (letter === '[') return this.array();
    if (letter === '"') return this.string();
    if (/^[-\d]$/.test(letter)) return this.number();
    if (letter === 't') return this.literal('true', true);
    if (letter === 'f') return this.literal('false', false);
    if (letter === 'n') return this.literal('null', null);
    return this.fail('looking for beginning of value');
  }

  private object(): Json {
    const entries: [string, Json][] = [];
    this.at += 1;
    this.skipSpace();
    if (this.take('}')) return { entries };
    for (;;) {
      this.skipSpace();
      if (this.peek() !== '"') this.fail('looking for beginning of object key string');
      const key = this.string();
      this.skipSpace();
      if (!this.take(':')) this.fail('after object key');
      entries.push([key, this.value()]);
      this.skipSpace();
      if (this.take('}')) return { entries };
      if (!this.take(',')) this.fail('after object key:value pair');
    }
  }

  private array(): Json {
    const items: Json[] = [];
    this.at += 1;
    this.skipSpace();
    if (this.take(']')) return { items };
    for (;;) {
      items.push(this.value());
      this.skipSpace();
      if (this.take(']')) return { items };
      if (!this.take(',')) this.fail('after array element');
    }
  }

  private string(): string {
    let value = '';
    this.at += 1;
    while (!this.take('"')) {
      const letter = this.peek();
      if (letter < ' ') this.fail('in string literal');
      this.at += 1;
      value += letter === '\\' ? this.escape() : letter;
    }
    return value;
  }

  private escape(): string {
    const letter = this.peek();
    const plain = ESCAPES[letter];
    if (plain === undefined && letter !== 'u') this.fail('in string escape code');
    this.at += 1;
    if (plain !== undefined) return plain;
    const start = this.at;
    while (this.at < start + 4) this.step(/[\da-fA-F]/, 'in \\u hexadecimal character escape');
    return String.fromCharCode(parseInt(this.text.slice(start, this.at), 16));
  }

  private number(): Json {
    const start = this.at;
    this.take('-');
    if (!this.take('0')) this.digits('in numeric literal');
    if (this.take('.')) this.digits('after decimal point in numeric literal');
    if (this.take('e') || this.take('E')) {
      if (!this.take('+')) this.take('-');
      this.digits('in exponent of numeric literal');
    }
    return { number: this.text.slice(start, this.at) };
  }

  private digits(context: string): void {
    this.step(/\d/, context);
    while (/\d/.test(this.text.charAt(this.at))) this.at += 1;
  }

  private literal<T extends Json>(word: string, value: T): T {
    for (let index = 0; index < word.length; index += 1, this.at += 1) {
      const letter = word.charAt(index);
      if (this.peek() !== letter) this.fail(`in literal ${word} (expecting '${letter}')`);
    }
    return value;
  }

  private step(expected: RegExp, context: string): void {
    if (!expected.test(this.peek())) this.fail(context);
    this.at += 1;
  }

  private take(letter: string): boolean {
    if (this.text.charAt(this.at) !== letter) return false;
    this.at += 1;
    return true;
  }

  private peek(): string {
    const point = this.text.codePointAt(this.at);
    if (point === undefined) throw new Error('unexpected end of JSON input');
    return String.fromCodePoint(point);
  }

  private skipSpace(): void {
    while (/[ \t\r\n]/.test(this.text.charAt(this.at))) this.at += 1;
  }

  private fail(context: string): never {
    throw new Error(`invalid character ${quoted(this.peek())} ${context}`);
  }
}

/** Go looks at bytes: the first one of a letter beyond ASCII stands for it. */
function quoted(letter: string): string {
  if (letter === "'") return `'\\''`;
  if (letter === '"') return `'"'`;
  const byte = String.fromCharCode(...new TextEncoder().encode(letter).slice(0, 1));
  return `'${JSON.stringify(byte).slice(1, -1)}'`;
}
