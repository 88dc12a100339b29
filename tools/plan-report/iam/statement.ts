import { isMap, asTexts, type Values } from '../changes/values';

/**
 * A statement of a policy in the parts that mean something: order, letter case of actions, `Sid` and whether a single value is
 * in a list don't.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export interface Statement {
  readonly Effect: string;
  /** `AWS arn:…`, `Service ec2.amazonaws.com`, `*`. Empty in a policy of an identity. */
  readonly Principal: readonly string[];
  readonly NotPrincipal: readonly string[];
  readonly Action: readonly string[];
  readonly NotAction: readonly string[];
  readonly Resource: readonly string[];
  readonly NotResource: readonly string[];
  /** All of them must hold. */
  readonly Condition: readonly Condition[];
}

/** That a key of a request has one of some values, as an operator compares them. */
export interface Condition {
  /** `StringEquals`, `ForAnyValue:ArnLikeIfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** The statements of a policy document; nothing for what is none. */
export function statementsOf(document: unknown): Statement[] | undefined {
  if (!isMap(document) || document.Statement === undefined) return undefined;
  const { Statement: statements } = document;
  return (Array.isArray(statements) ? statements : [statements]).filter(isMap).map(statement);
}

function statement(raw: Values): Statement {
  return {
    Effect: String(raw.Effect),
    Principal: principals(raw.Principal),
    NotPrincipal: principals(raw.NotPrincipal),
    Action: sorted(asTexts(raw.Action)),
    NotAction: sorted(asTexts(raw.NotAction)),
    Resource: sorted(asTexts(raw.Resource)),
    NotResource: sorted(asTexts(raw.NotResource)),
    Condition: conditions(raw.Condition),
  };
}

function principals(value: unknown): string[] {
  if (typeof value === 'string') return [value === '*' ? '*' : `AWS ${value}`];
  if (!isMap(value)) return [];
  return sorted(
    Object.entries(value).flatMap(([kind, names]) =>
      asTexts(names).map((name) =>
        kind === 'AWS' ? (name === '*' ? '*' : `AWS ${account(name)}`) : `${kind} ${name}`,
      ),
    ),
  );
}

/** The root of an account is the account. */
function account(name: string): string {
  return /^arn:[\w-]+:iam::(\d{12}):root$/.exec(name)?.[1] ?? name;
}

function conditions(value: unknown): Condition[] {
  if (!isMap(value)) return [];
  return Object.entries(value)
    .flatMap(([operator, keys]) =>
      isMap(keys)
        ? Object.entries(keys).map(([key, values]) => ({
            operator,
            key,
            values: sorted((Array.isArray(values) ? values : [values]).map(String)),
          }))
        : [],
    )
    .sort((a, b) => (conditionText(a) < conditionText(b) ? -1 : 1));
}

export function conditionText({ operator, key, values }: Condition): string {
  return `${operator} ${key} = ${values.join(', ')}`;
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
