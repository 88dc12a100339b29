/**
 * The same value, its strings written so that Terraform takes them as they are: in its JSON, `${` and `%{` begin an
 * expression. An environment holds no expressions, but IAM's policy variables and shell text look like them.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#string-templates
 */
export function literal<T>(value: T): T {
  return written(value, new Map()) as T;
}

/** What stands in several places, as settings do that the plan has too, is written once. */
function written(value: unknown, known: Map<object, unknown>): unknown {
  if (typeof value === 'string')
    return value.includes('{') ? value.replaceAll(/([$%])(?=\{)/g, '$1$1') : value;
  if (typeof value !== 'object' || value === null) return value;
  const before = known.get(value);
  if (before !== undefined) return before;
  const made: unknown = Array.isArray(value)
    ? value.map((each) => written(each, known))
    : Object.fromEntries(
        Object.entries(value).map(([key, each]) => [written(key, known), written(each, known)] as const),
      );
  known.set(value, made);
  return made;
}
