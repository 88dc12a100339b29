import { isUnknown, nearest } from '../problem';

/** What is wrong with a value, and what to write instead. */
export interface Wrong {
  readonly reason: string;
  readonly remedy: string;
  /** It may be right: AWS may have one that came later. @default false */
  readonly warning?: boolean;
}

/** What is wrong with a value, or with an entry of a list or map. */
export interface Judgement extends Wrong {
  /** Place in the list, or key of the map. @default - the value as a whole */
  readonly at?: number | string;
  readonly value: unknown;
}

/**
 * A kind of values: what AWS takes, judged in one way whichever way a value comes in. A value that is known after apply
 * only is right.
 */
export interface Kind<T = unknown> {
  /** What it is in a program, and in an annotation. */
  readonly form:
    | { readonly type: 'text' | 'whole' | 'flag' }
    | { readonly type: 'words'; readonly words: readonly string[] }
    | { readonly type: 'list'; readonly each: Kind }
    | { readonly type: 'map' };
  /** What AWS takes, in words: of documents. */
  readonly limit: string;
  readonly judge: (value: T) => readonly Judgement[];
}

type Rule = (value: string) => Wrong | undefined;

function scalar<T>(form: Kind['form'], limit: string, wrong: (value: T) => Wrong | undefined): Kind<T> {
  return {
    form,
    limit,
    judge: (value) => {
      const found = isUnknown(value) ? undefined : wrong(value);
      return found === undefined ? [] : [{ ...found, value }];
    },
  };
}

/** A text, of which the first rule that it breaks is told. */
export function text(limit: string, ...rules: readonly Rule[]): Kind<string> {
  return scalar({ type: 'text' }, limit, (value) => {
    for (const rule of rules) {
      const wrong = rule(value);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  });
}

export const atMost =
  (most: number): Rule =>
  (value) =>
    value.length <= most
      ? undefined
      : {
          reason: `it has ${value.length} characters of at most ${most}`,
          remedy: `write at most ${most} characters`,
        };

/** @param reason what a value that doesn't match is, or is not */
export const like =
  (form: RegExp, reason: string, remedy: string | ((value: string) => string)): Rule =>
  (value) =>
    form.test(value) ? undefined : { reason, remedy: typeof remedy === 'string' ? remedy : remedy(value) };

/** A whole number in a range. */
export function whole(min: number, max = Infinity): Kind<number> {
  const range = max === Infinity ? `of ${min} or more` : `from ${min} to ${max}`;
  return scalar({ type: 'whole' }, `whole number ${range}`, (value) =>
    Number.isInteger(value) && value >= min && value <= max
      ? undefined
      : { reason: `it must be ${range}`, remedy: `write a whole number ${range}` },
  );
}

export function words<W extends string>(...all: readonly W[]): Kind<W> {
  return scalar({ type: 'words', words: all }, all.join(', '), (value) =>
    all.includes(value)
      ? undefined
      : {
          reason: `it must be one of ${all.join(', ')}`,
          remedy: `write ${quoted(nearest(value, all) ?? all)}`,
        },
  );
}

/** `'a', 'b' or 'c'` */
export function quoted(words: string | readonly string[]): string {
  const all = [words].flat().map((word) => `'${word}'`);
  return [all.slice(0, -1).join(', '), ...all.slice(-1)].filter((part) => part !== '').join(' or ');
}

/** Words that the controller reads in upper and in lower case. */
export function foldedWords<W extends string>(...all: readonly W[]): Kind<W> {
  const exact = words(...all);
  return {
    ...exact,
    judge: (value) => exact.judge(value.toUpperCase() as W).map((each) => ({ ...each, value })),
  };
}

export const flag: Kind<boolean> = { form: { type: 'flag' }, limit: 'true, false', judge: () => [] };

/** Entries, each once; in an annotation there are commas between them. */
export function list<T>(each: Kind<T>, most = Infinity): Kind<readonly T[]> {
  return {
    form: { type: 'list', each: each as Kind },
    limit: `list: ${each.limit}${most === Infinity ? '' : `; at most ${most}`}`,
    judge: (values) => [
      ...values.flatMap((value, at) => each.judge(value).map((wrong) => ({ ...wrong, at, value }))),
      ...values.flatMap((value, at) =>
        isUnknown(value) || values.indexOf(value) === at
          ? []
          : [{ at, value, reason: 'it is in the list already', remedy: 'write each entry once' }],
      ),
      ...tooMany(values.length, most, 'entries'),
    ],
  };
}

type Pairs = Readonly<Record<string, string>>;

/** Keys and values; in an annotation `key=value` pairs with commas between them. */
export function map(key: Kind<string>, value: Kind<string>, most = Infinity): Kind<Pairs> {
  return {
    form: { type: 'map' },
    limit: `keys: ${key.limit}; values: ${value.limit}${most === Infinity ? '' : `; at most ${most}`}`,
    judge: (pairs) => [
      ...Object.entries(pairs).flatMap(([at, each]) =>
        [...key.judge(at), ...value.judge(each)].map((wrong) => ({ ...wrong, at })),
      ),
      ...tooMany(Object.keys(pairs).length, most, 'entries'),
    ],
  };
}

function tooMany(count: number, most: number, what: string): Judgement[] {
  if (count <= most) return [];
  return [{ value: count, reason: `${count} ${what} are too many`, remedy: `write at most ${most}` }];
}

/** @param rest what comes after `arn:` and the partition */
export function arn(rest: RegExp, what: string, example: string): Kind<string> {
  const form = new RegExp(`^arn:[^:,\\s]+:(?:${rest.source})$`);
  return text(
    `ARN of ${what}`,
    like(form, `this is no ARN of ${what}`, `write the ARN of ${what}, such as ${example}`),
  );
}

/** an id that AWS gives: a prefix, a hyphen, and hexadecimal digits. */
export function id(prefix: string, what: string): Kind<string> {
  const example = `${prefix}-0123456789abcdef0`;
  return text(
    `id of ${what}`,
    like(
      new RegExp(`^${prefix}-[0-9a-f]+$`),
      `not the id of ${what}`,
      `write the id of ${what}, such as ${example}`,
    ),
  );
}
