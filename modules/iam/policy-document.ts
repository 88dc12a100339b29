/** Condition operators, each with its keys and values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One statement of an IAM policy, in IAM's own words. */
export interface PolicyStatement {
  /** @default - none */
  readonly sid?: string;
  /** @default 'Allow' */
  readonly effect?: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  /** @default - none, as in a trust policy */
  readonly resources?: readonly string[];
  /** All resources but these, in the place of `resources`. @default - none */
  readonly notResources?: readonly string[];
  /** Kind of principal (`AWS`, `Service`, `Federated`) and its values. @default - none, as in an identity policy */
  readonly principals?: Readonly<Record<string, readonly string[]>>;
  /** @default - none */
  readonly conditions?: Conditions;
}

/** A policy document as IAM takes it: the JSON text, keys in a fixed order. */
export function policyDocument(statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements.map(toIam) });
}

function toIam(statement: PolicyStatement): Record<string, unknown> {
  const { sid, effect = 'Allow', actions, resources, notResources, principals, conditions } = statement;
  return {
    ...(sid && { Sid: sid }),
    Effect: effect,
    ...(principals && { Principal: mapValues(principals, single) }),
    Action: single(actions),
    ...(resources && { Resource: single(resources) }),
    ...(notResources && { NotResource: single(notResources) }),
    ...(conditions && { Condition: mapValues(conditions, (keys) => mapValues(keys, one)) }),
  };
}

/** AWS gives a list of one back as the value itself. */
function single(values: readonly string[]): string | readonly string[] {
  const [first] = values;
  return values.length === 1 && first !== undefined ? first : values;
}

function one(value: string | readonly string[]): string | readonly string[] {
  return typeof value === 'string' ? value : single(value);
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
