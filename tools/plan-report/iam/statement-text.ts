import { conditionText, type Statement } from './statement';

/** A statement in a line. */
export function statementText({
  Effect,
  Principal,
  NotPrincipal,
  Action,
  NotAction,
  Resource,
  NotResource,
  Condition,
}: Statement): string {
  const part = (words: string, values: readonly string[]) =>
    values.length === 0 ? [] : [`${words}${values.join(', ')}`];
  return [
    Effect,
    ...part('to ', Principal),
    ...part('to all but ', NotPrincipal),
    ...part('', Action),
    ...part('all but ', NotAction),
    ...part('on ', Resource),
    ...part('on all but ', NotResource),
    ...part('if ', Condition.map(conditionText)),
  ].join(' ');
}
