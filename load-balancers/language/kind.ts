import { isUnknown, nearest } from '../problem';

/** What is wrong with a value, and what to write instead. */
export interface Wrong {
  readonly reason: string;
  readonly remedy: string;
  /** It may be right: AWS may have one that came later. @default false */
  readonly warning?: boolean;
}

/** What is wrong with a value, or with a part of it. */
export interface Judgement extends Wrong {
  /** Places in lists, keys of maps and names of fields that lead to it; none of the value as a whole. */
  readonly path: readonly (number | string)[];
  readonly value: unknown;
}

/**
 * A kind of values: what AWS takes, judged in one way whichever way a value comes in. A value that is known after apply
 * only is right.
 */
export interface Kind<T> {
  readonly form: KindForm;
  /** What AWS takes, in words: of documents. */
  readonly limit: string;
  readonly judge: (value: T) => readonly Judgement[];
  /** What of `judge` is about the value as a whole, and not about a part of it. */
  readonly own: (value: T) => readonly Judgement[];
}

/** A kind of whatever values. */
export type AnyKind = Kind<never>;
export type ValueOf<K> = K extends { readonly judge: (value: infer T) => unknown } ? T : never;

/** What a value is in a program, by which its text in an annotation is read and its schema made. */
export type KindForm =
  | { readonly type: 'text' | 'whole' }
  /** `only` one of the two, where there is but one. */
  | { readonly type: 'flag'; readonly only?: boolean }
  | { readonly type: 'words'; readonly words: readonly string[] }
  /** `few` is the remedy for an empty one, which may be without it. */
  | { readonly type: 'list'; readonly each: AnyKind; readonly few?: string }
  | { readonly type: 'map'; readonly value: AnyKind }
  | { readonly type: 'object'; readonly fields: Fields }
  /** `by` is the field that tells them apart, where all are objects. */
  | {
      readonly type: 'oneOf';
      readonly kinds: readonly AnyKind[];
      readonly remedy: string;
      readonly by?: string;
    };

/** Fields of an object by their names, which may be left out but for those that are {@link required}. */
export type Fields = Readonly<Record<string, AnyKind & { readonly required?: true }>>;

type Rule<T = string> = (value: T) => Wrong | undefined;

/** Of a kind whose parts are all that is to be judged. */
export const nothing = (): readonly Judgement[] => [];

function kindOf<T>(form: KindForm, limit: string, own: Kind<T>['own']): Kind<T> {
  const judge = (value: T) => (isUnknown(value) ? [] : [...partsOf(form, value), ...own(value)]);
  return {
    form,
    limit,
    judge,
    own: own === nothing ? nothing : (value) => (isUnknown(value) ? [] : own(value)),
  };
}

function partsOf(form: KindForm, value: unknown): Judgement[] {
  switch (form.type) {
    case 'list':
      return (value as unknown[]).flatMap((each, at) => below(at, form.each, each));
    case 'map':
      return Object.entries(value as object).flatMap(([key, each]) => below(key, form.value, each));
    case 'object':
      return Object.entries(form.fields).flatMap(([name, field]) => {
        const each = (value as Readonly<Record<string, unknown>>)[name];
        return each === undefined ? [] : below(name, field, each);
      });
    case 'oneOf':
      return partsOfMeant(form, value);
    default:
      return [];
  }
}

function below(at: number | string, kind: AnyKind, value: unknown): Judgement[] {
  return kind.judge(value as never).map((wrong) => ({ ...wrong, path: [at, ...wrong.path] }));
}

function partsOfMeant(
  { kinds, remedy, by }: Extract<KindForm, { type: 'oneOf' }>,
  value: unknown,
): Judgement[] {
  const meant = meantOf({ kinds, by }, value);
  // A number may be of another kind's range, or a word.
  if (meant?.form.type === 'whole') return meant.judge(value as never).map((wrong) => ({ ...wrong, remedy }));
  return meant
    ? [...meant.judge(value as never)]
    : [{ path: [], value, reason: 'none of the accepted forms', remedy }];
}

/** The one of whose form a value is. */
export function meantOf(
  { kinds, by }: Pick<Extract<KindForm, { type: 'oneOf' }>, 'kinds' | 'by'>,
  value: unknown,
): AnyKind | undefined {
  return kinds.find(({ form }) => fits(form, value, by));
}

function fits(form: KindForm, value: unknown, by?: string): boolean {
  switch (form.type) {
    case 'flag':
      return typeof value === 'boolean' && (form.only ?? value) === value;
    case 'whole':
      return typeof value === 'number' && !Number.isNaN(value);
    case 'words':
      return form.words.includes(value as string);
    case 'text':
      return typeof value === 'string';
    case 'list':
      return Array.isArray(value);
    case 'oneOf':
      return form.kinds.some((each) => fits(each.form, value, form.by));
    case 'map':
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
      if (form.type === 'map') return true;
      return Object.entries(form.fields).every(([name, field]) =>
        by === undefined
          ? !field.required || name in value
          : name !== by || fits(field.form, fieldOf(value, name)),
      );
    }
  }
}

/** What a text of an annotation, or an entry of its list or map, says in the form of a kind. */
export function parsed({ form }: AnyKind, text: string): unknown {
  if (isUnknown(text)) return text;
  switch (form.type) {
    case 'flag':
      return text === 'true' || (text === 'false' ? false : text);
    case 'whole':
      return /^[+-]?\d+$/.test(text) ? Number(text) : NaN;
    case 'oneOf':
      return form.kinds
        .map((kind) => parsed(kind, text))
        .find((value, index) => fits(form.kinds[index]?.form ?? form, value));
    default:
      return text;
  }
}

function scalar<T>(form: KindForm, limit: string, wrong: Rule<T>): Kind<T> {
  return kindOf(form, limit, (value) => {
    const found = wrong(value);
    return found === undefined ? [] : [{ ...found, path: [], value }];
  });
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
  (most: number, why = ''): Rule =>
  (value) =>
    value.length <= most
      ? undefined
      : {
          reason: `it has ${value.length} characters of at most ${most}`,
          remedy: `write at most ${most} characters${why}`,
        };

/** @param reason what a value that doesn't match is, or is not */
export const like =
  (form: RegExp, reason: string, remedy: string | ((value: string) => string)): Rule =>
  (value) =>
    form.test(value) ? undefined : { reason, remedy: typeof remedy === 'string' ? remedy : remedy(value) };

/** At least one character, and at most so many. */
export function characters(most = Infinity, ...rules: readonly Rule[]): Kind<string> {
  return text(
    most === Infinity ? 'text' : `at most ${most} characters`,
    like(/./s, 'empty', 'write at least one character'),
    atMost(most),
    ...rules,
  );
}

/** Any text at all. */
export const anyText = text('text');

/** A whole number in a range. */
export function whole(min: number, max = Infinity, ...others: readonly Rule<number>[]): Kind<number> {
  const range = max === Infinity ? `of ${min} or more` : `from ${min} to ${max}`;
  return scalar({ type: 'whole' }, `whole number ${range}`, (value) =>
    Number.isInteger(value) && value >= min && value <= max
      ? others.map((rule) => rule(value)).find((wrong) => wrong !== undefined)
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
  return kindOf(exact.form, exact.limit, (value) =>
    exact.judge(value.toUpperCase() as W).map((each) => ({ ...each, value })),
  );
}

function flagOf<B extends boolean>(form: KindForm, limit: string): Kind<B> {
  return scalar<B>(form, limit, (value) =>
    fits(form, value)
      ? undefined
      : { reason: `it must be one of ${limit}`, remedy: "write 'true' or 'false'" },
  );
}
export const flag: Kind<boolean> = flagOf({ type: 'flag' }, 'true, false');
export const only = <B extends boolean>(value: B): Kind<B> =>
  flagOf({ type: 'flag', only: value }, String(value));

/** @param few remedy for an empty list; `false` where it may be empty */
export function list<T>(
  each: Kind<T>,
  most = Infinity,
  few: string | false = 'write at least one, or leave it out',
): Kind<readonly T[]> {
  const form: KindForm = { type: 'list', each, ...(few !== false && { few }) };
  return kindOf(form, `list: ${each.limit}${atMostSo(most)}`, (values) => [
    ...values.flatMap((value, at) =>
      isUnknown(value) || values.indexOf(value) === at
        ? []
        : [{ path: [at], value, reason: 'it is in the list already', remedy: 'write each entry once' }],
    ),
    ...tooMany(values.length, most),
  ]);
}

/** Keys and values; in an annotation `key=value` pairs with commas between them. */
export function map<V = string>(
  key: Kind<string> = anyText,
  value: Kind<V> = anyText as unknown as Kind<V>,
  most = Infinity,
): Kind<Readonly<Record<string, V>>> {
  const limit = `keys: ${key.limit}; values: ${value.limit}${atMostSo(most)}`;
  return kindOf({ type: 'map', value }, limit, (pairs) => [
    ...Object.keys(pairs).flatMap((at) => key.judge(at).map((wrong) => ({ ...wrong, path: [at] }))),
    ...tooMany(Object.keys(pairs).length, most),
  ]);
}

/** A map whose entries are judged together: values by what their keys are. */
export function mapOf(
  limit: string,
  entry: (key: string, value: string) => readonly (Wrong & { readonly value?: unknown })[],
): Kind<Readonly<Record<string, string>>> {
  return kindOf({ type: 'map', value: anyText }, limit, (pairs) =>
    Object.entries(pairs).flatMap(([key, value]) =>
      entry(key, value).map((wrong) => ({ value, ...wrong, path: [key] })),
    ),
  );
}

function atMostSo(most: number): string {
  return most === Infinity ? '' : `; at most ${most}`;
}

function tooMany(count: number, most: number): Judgement[] {
  if (count <= most) return [];
  return [
    { path: [], value: count, reason: `${count} entries are too many`, remedy: `write at most ${most}` },
  ];
}

type Required = { readonly required: true };
type Flat<T> = { [P in keyof T]: T[P] };
/** What an object of such fields is. */
export type ObjectOf<F> = Flat<
  { readonly [P in keyof F as F[P] extends Required ? P : never]: ValueOf<F[P]> } & {
    readonly [P in keyof F as F[P] extends Required ? never : P]?: ValueOf<F[P]>;
  }
>;
export interface ObjectKind<F extends Fields> extends Kind<ObjectOf<F>> {
  readonly form: { readonly type: 'object'; readonly fields: F };
}

export const required = <K extends AnyKind>(kind: K): K & Required => ({ ...kind, required: true });

/** What fields of an object ask of one another. */
export type Together<T> = (value: T) => readonly (Omit<Judgement, 'value'> & { readonly value?: unknown })[];

/** @param together what its fields ask of one another; the value is what is at the path, unless it is given */
export function object<F extends Fields>(fields: F, ...together: Together<ObjectOf<F>>[]): ObjectKind<F> {
  const form = { type: 'object', fields } as const;
  const judgeTogether: Kind<ObjectOf<F>>['own'] = (value) =>
    together
      .flatMap((rule) => rule(value))
      .map((wrong) => ({ value: wrong.path.reduce<unknown>(fieldOf, value), ...wrong }));
  const kind = kindOf<ObjectOf<F>>(form, 'object', together.length > 0 ? judgeTogether : nothing);
  return { ...kind, form };
}

function fieldOf(value: unknown, key: number | string): unknown {
  return (value as Readonly<Record<string, unknown>> | undefined)?.[key];
}

/** One of several kinds: the one of whose form the value is. */
export function anyOf<const A extends readonly AnyKind[]>(
  remedy: string,
  ...kinds: A
): Kind<ValueOf<A[number]>> {
  return kindOf({ type: 'oneOf', kinds, remedy }, kinds.map(({ limit }) => limit).join(', or '), nothing);
}

/** One of several objects, told apart by a field that is a word. */
export function variants<const A extends readonly AnyKind[]>(
  by: string,
  ...kinds: A
): Kind<ValueOf<A[number]>> {
  const all = kinds.flatMap(({ form }) => {
    const told = form.type === 'object' ? form.fields[by]?.form : undefined;
    return told?.type === 'words' ? told.words : [];
  });
  return kindOf({ type: 'oneOf', kinds, remedy: `write ${by}: ${quoted(all)}`, by }, all.join(', '), nothing);
}

/** @param rest what comes after `arn:` and the partition */
export function arn(rest: RegExp, what: string, example: string): Kind<string> {
  const form = new RegExp(`^arn:[^:,\\s]+:(?:${rest.source})$`);
  return text(
    `ARN of ${what}`,
    like(form, `this is no ARN of ${what}`, `write the ARN of ${what}, such as ${example}`),
  );
}

/** An id that AWS gives: a prefix, a hyphen, and hexadecimal digits. */
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
