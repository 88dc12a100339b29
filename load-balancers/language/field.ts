import { ATTRIBUTES, type AttributeLevel } from './attributes';
import { type AnyKind, type ValueOf } from './kind';

/** What else is known of a field: how an annotation says it, and who else may say it. */
export interface Said<T = never> {
  /**
   * Name of the annotation after its prefix; a `*` at the end stands for a name of the user's.
   * @default - a part of it has one, or none says it
   */
  readonly annotation?: string;
  /** Key in the annotation's map. @default - it is all that the annotation says */
  readonly key?: string;
  /** Text of the annotation, or of the key's value; undefined if it says nothing. @default - as its kind is written */
  readonly write?: (value: T) => string | undefined;
  /**
   * Kind of the annotation's text. `elsewhere` where it takes more than the text to judge it: see checks.
   * @default - that of the field
   */
  readonly as?: AnyKind | 'elsewhere';
  /** Field of IngressClassParams that wins over it. @default - none */
  readonly param?: string;
  /** What Ingresses of one group may say: all the same, or each a part. @default - each has its own */
  readonly merge?: 'exclusive' | 'merge';
  /** Of what `merge` speaks. @default 'load-balancer' */
  readonly per?: 'load-balancer' | 'listen-port' | 'key';
  /** The controller's, where nothing says it. @default - none */
  readonly default?: string;
}

/** A field that an annotation says. */
export const says = <K extends AnyKind>(
  annotation: string,
  kind: K,
  more: Omit<Said<ValueOf<K>>, 'annotation'> = {},
): K & Said => ({ ...kind, annotation, ...more });

/** Fields that an annotation says as attributes of AWS, each by its key. */
export const attributeMap =
  <L extends AttributeLevel>(level: L, annotation: string) =>
  <Key extends keyof (typeof ATTRIBUTES)[L] & string>(key: Key) =>
    keyed(annotation, key, (ATTRIBUTES[level][key] as { readonly kind: KindAt<L, Key> }).kind);

type KindAt<
  L extends AttributeLevel,
  Key extends keyof (typeof ATTRIBUTES)[L],
> = (typeof ATTRIBUTES)[L][Key] extends { readonly kind: infer K extends AnyKind } ? K : never;

/** A field of another kind than the attribute's own. */
export const keyed = <K extends AnyKind>(
  annotation: string,
  key: string,
  kind: K,
  write?: (value: ValueOf<K>) => string | undefined,
): K & Said => ({ ...kind, annotation, key, ...(write && { write }) });
