import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newlyAdmitted } from '../../../tools/plan-report/iam/admitted';
import { globIncludes, globsMeet } from '../../../tools/plan-report/iam/globs';
import { statementsOf, type Condition, type Statement } from '../../../tools/plan-report/iam/statement';

/** A request as IAM sees it; a key that isn't there has no values. */
interface Call {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, readonly string[]>>;
}

const compiled = new Map<string, RegExp>();
function fits(pattern: string, text: string): boolean {
  const known = compiled.get(pattern);
  const fit =
    known ?? new RegExp(`^${pattern.replace(/[.:/]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`);
  if (!known) compiled.set(pattern, fit);
  return fit.test(text);
}

/** Evaluates a condition as the user guide has it, for the operators that are tried here. */
function holds({ operator, key, values }: Condition, context: Call['context']): boolean {
  const [, set, name = '', ifExists] = /^(?:(\w+):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const given = context[key] ?? [];
  if (name === 'Null') return values.includes(String(given.length === 0));
  if (given.length === 0) return ifExists !== undefined || set === 'ForAllValues' || name.includes('Not');
  const matches = (value: string) =>
    values.some((each) => (name.endsWith('Like') ? fits(each, value) : each === value));
  const one = (value: string) => (name.includes('Not') ? !matches(value) : matches(value));
  return set === 'ForAllValues' ? given.every(one) : given.some(one);
}

function applies(statement: Statement, { principal, action, resource, context }: Call): boolean {
  const among = (patterns: readonly string[], nots: readonly string[], text: string) =>
    nots.length > 0
      ? !nots.some((each) => fits(each, text))
      : patterns.length === 0 || patterns.some((each) => fits(each, text));
  return (
    among(statement.Principal, statement.NotPrincipal, principal) &&
    among(statement.Action, statement.NotAction, action) &&
    among(statement.Resource, statement.NotResource, resource) &&
    statement.Condition.every((condition) => holds(condition, context))
  );
}

function admits(policy: readonly Statement[], call: Call): boolean {
  const of = (effect: string) => policy.some((each) => each.Effect === effect && applies(each, call));
  return of('Allow') && !of('Deny');
}

const TEXTS = ['a:x', 'a:y', 'b:x', 'b:xy'];
const CALLS: readonly Call[] = ['AWS p', 'AWS q'].flatMap((principal) =>
  TEXTS.flatMap((action) =>
    ['r', 'rs', 's'].flatMap((resource) =>
      [[], ['v'], ['w'], ['v', 'w'], ['vw']].flatMap((k) =>
        [[], ['v']].map((l) => ({ principal, action, resource, context: { k, l } })),
      ),
    ),
  ),
);

const some = <T>(values: readonly T[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });
const oneOf = (name: string, patterns: readonly string[]) =>
  fc.oneof(
    { weight: 4, arbitrary: some(patterns).map((values) => ({ [name]: values })) },
    { weight: 1, arbitrary: some(patterns).map((values) => ({ [`Not${name}`]: values })) },
  );
const condition = fc.record({
  operator: fc.constantFrom(
    'StringEquals',
    'StringLike',
    'StringEqualsIfExists',
    'StringNotEquals',
    'StringNotLike',
    'ForAllValues:StringLike',
    'ForAnyValue:StringEquals',
  ),
  key: fc.constantFrom('k', 'l'),
  values: some(['v', 'w', 'v*', '?', '*']),
});
const statement = fc
  .tuple(
    fc.constantFrom('Allow', 'Allow', 'Deny'),
    fc.oneof(some(['p', 'q', '*'])).map((names) => ({ Principal: { AWS: names } })),
    oneOf('Action', ['a:x', 'a:*', 'A:Y', '*x', 'b:?', '*']),
    oneOf('Resource', ['r', 'r*', '?', 's', '*']),
    fc.array(condition, { maxLength: 2 }),
  )
  .map(([Effect, principal, action, resource, conditions]) => ({
    Effect,
    ...principal,
    ...action,
    ...resource,
    Condition: conditions.reduce<Record<string, Record<string, string[]>>>(
      (all, { operator, key, values }) => ({ ...all, [operator]: { ...all[operator], [key]: values } }),
      {},
    ),
  }));
const policy = fc
  .array(statement, { maxLength: 3 })
  .map((statements) => lower(statementsOf({ Statement: statements }) ?? []));

/** Letter case of actions means nothing to IAM, and something to the regular expressions here. */
function lower(statements: readonly Statement[]): Statement[] {
  return statements.map((each) => ({
    ...each,
    Action: each.Action.map((action) => action.toLowerCase()),
    NotAction: each.NotAction.map((action) => action.toLowerCase()),
  }));
}

describe('newlyAdmitted', () => {
  it('misses no request that is admitted now and was not before', () => {
    fc.assert(
      fc.property(policy, policy, (before, after) => {
        const told = newlyAdmitted(before, after);
        const fresh = CALLS.filter((call) => admits(after, call) && !admits(before, call));
        // Each is about a statement that is told: one that admits it, or one that kept it out.
        for (const call of fresh) expect(told.some((each) => applies(each, call))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('tells nothing of a policy that is as it was, whatever its order and however it is cut', () => {
    fc.assert(
      fc.property(policy, (statements) => {
        const cut = statements.flatMap((each) =>
          each.Action.length > 0 ? each.Action.map((Action) => ({ ...each, Action: [Action] })) : [each],
        );
        expect(newlyAdmitted(statements, [...cut].reverse())).toEqual([]);
        expect(newlyAdmitted(cut, statements)).toEqual([]);
      }),
    );
  });

  it('tells nothing where less is admitted: an Allow less, a Deny more, a condition more', () => {
    fc.assert(
      fc.property(policy, policy, condition, (statements, more, limit) => {
        const allows = statements.filter(({ Effect }) => Effect === 'Allow');
        const denies = statements.filter(({ Effect }) => Effect === 'Deny');
        const limited = allows.map((each) => ({ ...each, Condition: [...each.Condition, limit] }));
        const less = more.map((each) => ({ ...each, Effect: 'Deny' }));
        expect(newlyAdmitted(statements, [...limited.slice(1), ...denies, ...less])).toEqual([]);
      }),
    );
  });

  const trust = (Condition: unknown) =>
    statementsOf({
      Statement: {
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: {
          Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
        },
        Condition,
      },
    }) ?? [];
  const SUB = 'token.actions.githubusercontent.com:sub';

  it.each<[string, unknown, unknown, boolean]>([
    ['a condition that is lost', { StringEquals: { [SUB]: 'repo:x/y:environment:dev' } }, undefined, true],
    [
      'a wider subject',
      { StringEquals: { [SUB]: 'repo:x/y:environment:dev' } },
      { StringLike: { [SUB]: 'repo:x/y:*' } },
      true,
    ],
    [
      'a subject more',
      { StringEquals: { [SUB]: 'repo:x/y:environment:dev' } },
      { StringEquals: { [SUB]: ['repo:x/y:environment:dev', 'repo:x/y:pull_request'] } },
      true,
    ],
    [
      'IfExists',
      { StringEquals: { [SUB]: 'repo:x/y:environment:dev' } },
      { StringEqualsIfExists: { [SUB]: 'repo:x/y:environment:dev' } },
      true,
    ],
    [
      'a narrower subject',
      { StringLike: { [SUB]: 'repo:x/y:*' } },
      { StringEquals: { [SUB]: 'repo:x/y:environment:dev' } },
      false,
    ],
    [
      'another way to write it',
      { StringEquals: { [SUB]: 'repo:x/y:environment:dev' } },
      { StringLike: { [SUB]: ['repo:x/y:environment:dev'] } },
      false,
    ],
    [
      'a network in another',
      { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
      { IpAddress: { 'aws:SourceIp': '10.1.0.0/16' } },
      false,
    ],
    [
      'a larger network',
      { IpAddress: { 'aws:SourceIp': '10.1.0.0/16' } },
      { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
      true,
    ],
  ])('of a trust policy with %s', (_, before, after, isWider) => {
    expect(newlyAdmitted(trust(before), trust(after)).length > 0).toBe(isWider);
  });
});

describe('patterns', () => {
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 5 });
  const longer = (shorter: readonly string[]) => [
    ...shorter,
    ...shorter.flatMap((word) => ['a', 'b', 'c'].map((letter) => word + letter)),
  ];
  const words = [...new Set(longer(longer(longer(longer(['']))))), 'ababab'];

  it('hold others as all words say', () => {
    fc.assert(
      fc.property(pattern, pattern, (whole, part) => {
        const inPart = words.filter((word) => fits(part, word));
        const all = inPart.every((word) => fits(whole, word));
        // Words are few, so that they can't show all that is outside; they can show what is.
        if (globIncludes(whole, part)) expect(all).toBe(true);
        if (!/[*?]/.test(part)) expect(globIncludes(whole, part)).toBe(fits(whole, part));
        if (inPart.some((word) => fits(whole, word))) expect(globsMeet(whole, part)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['*', 'a*', true],
    ['a*', '*', false],
    ['?*', '*?', true],
    ['a?', 'a*', false],
    ['*a*', '*aa*', true],
  ])('%s holds %s: %s', (whole, part, expected) => {
    expect(globIncludes(whole, part)).toBe(expected);
  });
});
