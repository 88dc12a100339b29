import { isUnknown } from '../problem';

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

export type ValueRule<T = string> = (value: T) => Wrong | undefined;

/** Of a kind whose parts are all that is to be judged. */
export const nothing = (): readonly Judgement[] => [];

export function kindOf<T>(form: KindForm, limit: string, own: Kind<T>['own']): Kind<T> {
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
  return kinds.find(({ form }) => fitsForm(form, value, by));
}

export function fitsForm(form: KindForm, value: unknown, by?: string): boolean {
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
      return form.kinds.some((each) => fitsForm(each.form, value, form.by));
    case 'map':
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
      if (form.type === 'map') return true;
      return Object.entries(form.fields).every(([name, field]) =>
        by === undefined
          ? !field.required || name in value
          : name !== by || fitsForm(field.form, fieldOf(value, name)),
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
        .find((value, index) => fitsForm(form.kinds[index]?.form ?? form, value));
    default:
      return text;
  }
}

export function scalar<T>(form: KindForm, limit: string, wrong: ValueRule<T>): Kind<T> {
  return kindOf(form, limit, (value) => {
    const found = wrong(value);
    return found === undefined ? [] : [{ ...found, path: [], value }];
  });
}

export function fieldOf(value: unknown, key: number | string): unknown {
  return (value as Readonly<Record<string, unknown>> | undefined)?.[key];
}
