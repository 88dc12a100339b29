import { isHidden, isMap, SENSITIVE } from '../changes/values';
import { withoutSecretShapes } from './secret-names';

/** A shorter secret is hidden where it is the whole of a value; within other words it would hide all of them. */
const SHORTEST_WITHIN = 4;
const SHORTEST = 3;
/** Lines of a longer secret are secrets too: a text may be indented elsewhere. */
const SHORTEST_LINE = 12;
const HARMLESS = new Set(['true', 'false', 'null', 'none']);

/** Values that some plan marks as sensitive, hidden wherever they are. */
export class Secrets {
  private readonly whole = new Set<string>();
  /** By their first letters, the longest first. */
  private readonly within = new Map<string, string[]>();
  /** Codes of their first letters, by which most places of a text are passed over. */
  private readonly firsts = new Uint8Array(0x10000);
  private readonly masked = new Map<string, string>();

  /** All that is in a value is secret. */
  add(value: unknown): void {
    if (Array.isArray(value)) for (const each of value) this.add(each);
    else if (isMap(value)) for (const each of Object.values(value)) this.add(each);
    else if (typeof value === 'string') this.addText(value);
    else if (typeof value === 'number' && String(value).length > SHORTEST_WITHIN + 1)
      this.addText(String(value));
  }

  /** A value without secrets; names of attributes included, where they are a plan's. */
  hide(value: unknown, names: 'of a plan' | 'of this program' = 'of a plan'): unknown {
    if (typeof value === 'string') return this.text(value);
    if (typeof value === 'number') return this.whole.has(String(value)) ? SENSITIVE : value;
    if (Array.isArray(value)) return value.map((each) => this.hide(each, names));
    if (!isMap(value)) return value;
    const name = (key: string) => (names === 'of a plan' ? this.text(key) : key);
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [name(key), this.hide(each, names)]),
    );
  }

  text(text: string): string {
    const known = this.masked.get(text);
    if (known !== undefined) return known;
    const masked = this.whole.has(text) ? SENSITIVE : withoutSecretShapes(this.withoutKnown(text), SENSITIVE);
    this.masked.set(text, masked);
    return masked;
  }

  private addText(text: string): void {
    const trimmed = text.trim();
    if (trimmed.length < SHORTEST || isHidden(trimmed) || HARMLESS.has(trimmed.toLowerCase())) return;
    this.whole.add(text);
    this.whole.add(trimmed);
    if (trimmed.length < SHORTEST_WITHIN) return;
    const lines = trimmed.split(/\r?\n/);
    const parts = lines.length > 1 ? lines.map((line) => line.trim()).filter(isLong) : [];
    for (const each of [trimmed, ...parts].flatMap(formsOf)) this.addWithin(each);
  }

  private addWithin(text: string): void {
    const start = text.slice(0, SHORTEST_WITHIN);
    const others = this.within.get(start) ?? [];
    this.firsts[text.charCodeAt(0)] = 1;
    if (others.includes(text)) return;
    this.within.set(
      start,
      [...others, text].sort((a, b) => b.length - a.length),
    );
  }

  private withoutKnown(text: string): string {
    if (this.within.size === 0) return text;
    let result = '';
    let from = 0;
    for (let at = 0; at + SHORTEST_WITHIN <= text.length;) {
      const found =
        this.firsts[text.charCodeAt(at)] === 1
          ? this.within
              .get(text.slice(at, at + SHORTEST_WITHIN))
              ?.find((secret) => text.startsWith(secret, at))
          : undefined;
      if (found === undefined) {
        at += 1;
        continue;
      }
      result += text.slice(from, at) + SENSITIVE;
      at += found.length;
      from = at;
    }
    return from === 0 ? text : result + text.slice(from);
  }
}

const isLong = (line: string) => line.length >= SHORTEST_LINE;

/** A secret as it may be written elsewhere: in JSON, in a URL, in base64. */
function formsOf(text: string): string[] {
  const base64 = Buffer.from(text).toString('base64');
  const decoded = /^[\w+/]{8,}={0,2}$/.test(text) ? Buffer.from(text, 'base64').toString('utf8') : '';
  const forms = [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text.replace(/\p{Cs}/gu, '')),
    base64,
    ...(isReadable(decoded) ? [decoded] : []),
  ];
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST_WITHIN);
}

function isReadable(text: string): boolean {
  return text.length >= SHORTEST_WITHIN * 2 && /^[\x20-\x7e\n]+$/.test(text);
}
