import { type Statement } from './statement';

/** What two policies allow and deny, told apart. */
export interface PolicyDifference {
  readonly gained: readonly Statement[];
  readonly lost: readonly Statement[];
}

/** A policy of more single permissions than these is compared statement by statement. */
const MOST = 20_000;
const PARTS = ['Principal', 'Action', 'Resource'] as const;

/**
 * Compares what statements mean: each is taken apart into single permissions (one principal, action and resource), and those that
 * only one side has are put together again.
 */
export function comparePolicies(before: readonly Statement[], after: readonly Statement[]): PolicyDifference {
  const isSmall = permissionsIn([...before, ...after]) <= MOST;
  const [old, fresh] = [before, after].map(
    (side) => new Map((isSmall ? side.flatMap(takeApart) : side).map((each) => [keyOf(each), each])),
  ) as [Map<string, Statement>, Map<string, Statement>];
  const only = (side: ReadonlyMap<string, Statement>, other: ReadonlyMap<string, Statement>) =>
    together([...side].flatMap(([key, single]) => (other.has(key) ? [] : [single])));
  return { gained: only(fresh, old), lost: only(old, fresh) };
}

/** How many single permissions statements have, of one principal, action and resource each. */
export function permissionsIn(statements: readonly Statement[]): number {
  return statements.reduce(
    (sum, each) => sum + PARTS.reduce((count, part) => count * Math.max(1, each[part].length), 1),
    0,
  );
}

/** A statement as its single permissions. */
export function takeApart(statement: Statement): Statement[] {
  return PARTS.reduce<Statement[]>(
    (all, part) =>
      all.flatMap((each) =>
        each[part].length < 2 ? [each] : each[part].map((value) => ({ ...each, [part]: [value] })),
      ),
    [statement],
  );
}

/** Letter case counts in resources and conditions, not in actions. */
function keyOf(statement: Statement): string {
  const { Action, NotAction } = statement;
  const lower = (names: readonly string[]) => names.map((name) => name.toLowerCase());
  return JSON.stringify({ ...statement, Action: lower(Action), NotAction: lower(NotAction) });
}

/** Statements that differ in one part only become one: first by action, then by resource, then by principal. */
export function together(statements: readonly Statement[]): Statement[] {
  return (['Action', 'Resource', 'Principal'] as const).reduce<readonly Statement[]>((all, part) => {
    const groups = new Map<string, Statement>();
    for (const each of all) {
      const key = JSON.stringify({ ...each, [part]: [] });
      const group = groups.get(key);
      groups.set(key, group ? { ...group, [part]: [...group[part], ...each[part]] } : each);
    }
    return [...groups.values()].map((group) => ({ ...group, [part]: [...new Set(group[part])].sort() }));
  }, statements) as Statement[];
}
