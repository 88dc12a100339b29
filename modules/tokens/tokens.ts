import { Fn, Token, type IResolvable } from 'cdktf';
import { KNOWN_AFTER_APPLY, NUMBERED_UNKNOWN, numberedUnknown } from '../../load-balancers/problem';

/** What stands for a value of Terraform's in a TypeScript program. */
type Hidden = string | number | readonly string[] | Readonly<Record<string, unknown>> | IResolvable;

/** Texts and, written out, numbers. */
const IN_TEXT = /\$\{TfToken\[[^\]]+\]\}|-\d\.\d+e\+\d+/g;

const MARK = NUMBERED_UNKNOWN.source;

/** Where a mark stands in a text, which tokens may stand there as more than a text, and what Terraform makes of them. */
const PLACES: readonly {
  readonly place: RegExp;
  readonly write: (token: Hidden, form: string | undefined) => string | undefined;
}[] = [
  {
    place: new RegExp(`\\["${MARK}"\\]`, 'g'),
    write: (token) => (isList(token) ? Fn.jsonencode(token) : undefined),
  },
  {
    place: new RegExp(`\\{"${MARK}":"[^"]*"\\}`, 'g'),
    write: (token) => (isFields(token) ? Fn.jsonencode(token) : undefined),
  },
  // In JSON all but texts stand without quotes.
  {
    place: new RegExp(`"${MARK}"`, 'g'),
    write: (token, form) => (typeof token === 'string' || form ? undefined : Token.asString(token)),
  },
  {
    place: new RegExp(`${MARK}=${MARK}`, 'g'),
    write: (token) => (isFields(token) ? pairs(token) : undefined),
  },
  { place: NUMBERED_UNKNOWN, write: inText },
];

function inText(token: Hidden, form: string | undefined): string {
  if (form === 'on-off') return Token.asString(Fn.conditional(token, 'on', 'off'));
  if (form === 'map') return pairs(token);
  return isList(token) ? Fn.join(',', token) : Token.asString(token);
}

/** `key=value` pairs between commas. */
function pairs(map: Hidden): string {
  return Fn.join(',', Token.asList(Fn.formatlist('%s=%s', [Fn.keys(map), Fn.values(map)])));
}

/**
 * The values of one object that Terraform only knows at apply. {@link hide} puts a numbered mark in their place, with
 * which functions that know nothing of cdktf can work; {@link restore} puts them back into what these made, in the form
 * that belongs there: a list in a text as `join`, in JSON as `jsonencode`.
 *
 * @example
 * const tokens = new Tokens();
 * const ingress = tokens.restore(renderIngress(tokens.hide(props)).ingress);
 */
export class Tokens {
  private readonly hidden: Hidden[] = [];

  /** The same, with a mark for each token; a list or map that is one has the mark as its only entry. */
  hide<T>(value: T): T {
    return this.marked(value) as T;
  }

  /** What was made of the marks, with tokens in their place. */
  restore<T>(value: T): T {
    return this.hidden.length === 0 ? value : (this.unmarked(value) as T);
  }

  private marked(value: unknown): unknown {
    if (typeof value === 'string') {
      return value.replaceAll(IN_TEXT, (token) =>
        Token.isUnresolved(token.startsWith('$') ? token : Number(token)) ? this.mark(token) : token,
      );
    }
    if (typeof value === 'number') return Token.isUnresolved(value) ? this.mark(value) : value;
    if (isList(value)) {
      return Token.isUnresolved(value) ? [this.mark(value)] : value.map((each) => this.marked(each));
    }
    if (!isFields(value)) return Token.isUnresolved(value) ? this.mark(value as IResolvable) : value;
    if (Token.isUnresolved(value)) {
      const mark = this.mark(value);
      return { [mark]: mark };
    }
    return mapped(value, (each) => this.marked(each));
  }

  private mark(token: Hidden): string {
    return numberedUnknown(this.hidden.push(token) - 1);
  }

  private unmarked(value: unknown): unknown {
    if (typeof value === 'string') {
      const token = this.whole(value);
      return token === undefined || isList(token) || isFields(token) ? this.text(value) : token;
    }
    if (Array.isArray(value)) {
      const only = value.length === 1 ? this.whole(value[0]) : undefined;
      return isList(only) ? only : value.map((each) => this.unmarked(each));
    }
    if (!isFields(value)) return value;
    const [key = '', ...others] = Object.keys(value);
    const only = others.length === 0 ? this.whole(key) : undefined;
    return isFields(only)
      ? only
      : mapped(
          value,
          (each) => this.unmarked(each),
          (name) => this.text(name),
        );
  }

  /** What a text is the mark of: as itself, where it has its own type. */
  private whole(text: unknown): Hidden | undefined {
    const [mark, index, form] = (typeof text === 'string' && [...text.matchAll(NUMBERED_UNKNOWN)][0]) || [];
    return mark === text && form === undefined ? this.hidden[Number(index)] : undefined;
  }

  private text(value: string): string {
    return PLACES.reduce(
      (text, { place, write }) =>
        text.replaceAll(place, (all: string, index: string, form: string | undefined) => {
          return write(this.hidden[Number(index)] ?? '', form) ?? all;
        }),
      value,
    );
  }
}

/** JSON in which Terraform writes each token as what it is: a list as a list, a number without quotes. */
export function jsonWithTokens(value: object): string {
  const tokens = new Tokens();
  return tokens.restore(JSON.stringify(tokens.hide(value)));
}

/** The same with a mark in the place of whatever Terraform only knows at apply, for those who judge it. */
export function withoutTokens<T>(value: T): T {
  return withoutNumbers(new Tokens().hide(value));
}

/** The same with marks that have no numbers. */
export function withoutNumbers<T>(value: T): T {
  return unnumbered(value) as T;
}

function unnumbered(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(NUMBERED_UNKNOWN, KNOWN_AFTER_APPLY);
  if (Array.isArray(value)) return value.map(unnumbered);
  return isFields(value) ? mapped(value, unnumbered, (key) => unnumbered(key) as string) : value;
}

/** Of tokens, a list is one of texts. */
function isList(value: unknown): value is string[] {
  return Array.isArray(value);
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function mapped(
  fields: Readonly<Record<string, unknown>>,
  change: (value: unknown) => unknown,
  rename = (key: string) => key,
) {
  return Object.fromEntries(Object.entries(fields).map(([key, each]) => [rename(key), change(each)]));
}
