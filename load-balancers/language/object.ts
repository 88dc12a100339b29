import {
  kindOf,
  fieldOf,
  type Kind,
  type ValueOf,
  type Fields,
  type Judgement,
  nothing,
  type AnyKind,
} from './kind';
import { quoted } from '../problem';

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
export type Together<T> = (value: T) => Iterable<Omit<Judgement, 'value'> & { readonly value?: unknown }>;

/** @param together what its fields ask of one another; the value is what is at the path, unless it is given */
export function object<F extends Fields>(fields: F, ...together: Together<ObjectOf<F>>[]): ObjectKind<F> {
  const form = { type: 'object', fields } as const;
  const judgeTogether: Kind<ObjectOf<F>>['own'] = (value) =>
    together
      .flatMap((rule) => [...rule(value)])
      .map((wrong) => ({ value: wrong.path.reduce<unknown>(fieldOf, value), ...wrong }));
  const kind = kindOf<ObjectOf<F>>(form, 'object', together.length > 0 ? judgeTogether : nothing);
  return { ...kind, form };
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
