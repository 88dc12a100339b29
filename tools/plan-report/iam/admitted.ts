import { isCovered } from '../changes/networks';
import { permissionsIn, takeApart } from './compare';
import { globIncludes, globsMeet } from './globs';
import { type Condition, type Statement } from './statement';

/** A policy of more single permissions than these is taken statement by statement. */
const MOST = 1_500;

/**
 * What a policy admits that another one does not, each in a statement. Nothing is left out that could be admitted now and was not
 * before: an `Allow` that no earlier one holds, and a `Deny` that is gone or has become narrower. What is the same in other words is
 * none.
 */
export function newlyAdmitted(before: readonly Statement[], after: readonly Statement[]): Statement[] {
  const [old, fresh] = [before, after].map((side) => ({
    Allow: singles(side.filter(({ Effect }) => Effect === 'Allow')),
    Deny: singles(side.filter(({ Effect }) => Effect === 'Deny')),
  })) as [Record<'Allow' | 'Deny', Statement[]>, Record<'Allow' | 'Deny', Statement[]>];
  const keys = new Map([...old.Allow, ...fresh.Deny].map((each) => [JSON.stringify(each), each]));
  const isIn = (single: Statement, side: readonly Statement[]) =>
    keys.has(JSON.stringify(single)) ||
    byConditionValue(single).every((one) => side.some((each) => includes(each, one)));
  return [
    ...fresh.Allow.filter((single) => !isIn(single, old.Allow) && !isIn(single, fresh.Deny)),
    ...old.Deny.filter((single) => !isIn(single, fresh.Deny)),
  ];
}

/** Statements of one principal, action and resource. */
function singles(statements: readonly Statement[]): Statement[] {
  return permissionsIn(statements) > MOST ? [...statements] : statements.flatMap(takeApart);
}

/** Any of the values of a plain condition will do, so each is a case of its own; of sets of values, all count. */
function byConditionValue(statement: Statement): Statement[] {
  return statement.Condition.reduce<Statement[]>(
    (all, { operator, values }, index) =>
      /^For|Not|^Null$/.test(operator) || values.length < 2 || all.length * values.length > 64
        ? all
        : all.flatMap((each) =>
            values.map((value) => ({
              ...each,
              Condition: each.Condition.map((old, at) => (at === index ? { ...old, values: [value] } : old)),
            })),
          ),
    [statement],
  );
}

/** Whether whatever `single` is about, `whole` is too. It may say no where it can't tell. */
export function includes(whole: Statement, single: Statement): boolean {
  return (
    partIncludes(
      whole.Principal,
      whole.NotPrincipal,
      single.Principal,
      single.NotPrincipal,
      principalIncludes,
    ) &&
    partIncludes(whole.Action, whole.NotAction, single.Action, single.NotAction, (a, b) =>
      globIncludes(a.toLowerCase(), b.toLowerCase()),
    ) &&
    partIncludes(whole.Resource, whole.NotResource, single.Resource, single.NotResource, globIncludes) &&
    whole.Condition.every((limit) => single.Condition.some((each) => implies(each, limit)))
  );
}

type Includes = (whole: string, part: string) => boolean;

function partIncludes(
  whole: readonly string[],
  wholeNot: readonly string[],
  part: readonly string[],
  partNot: readonly string[],
  isIn: Includes,
): boolean {
  const isAll = whole.length === 0 && wholeNot.length === 0;
  if (isAll) return true;
  if (partNot.length > 0)
    return wholeNot.length > 0
      ? wholeNot.every((not) => partNot.some((each) => isIn(each, not)))
      : whole.includes('*');
  if (part.length === 0) return whole.includes('*');
  return wholeNot.length > 0
    ? part.every(
        (each) => !wholeNot.some((not) => not === '*' || globsMeet(not.toLowerCase(), each.toLowerCase())),
      )
    : part.every((each) => whole.some((other) => isIn(other, each)));
}

function principalIncludes(whole: string, part: string): boolean {
  return whole === '*' || whole === part;
}

/** Operators by what they compare; those of the later hold whatever those of the earlier hold of the same values. */
const SAME: readonly (readonly string[])[] = [
  ['stringequals', 'stringlike'],
  ['stringequals', 'stringequalsignorecase'],
  ['arnequals', 'arnlike'],
  ['arnlike', 'arnequals'],
  ['stringnotlike', 'stringnotequals'],
];

/** Whether what one condition takes, another takes too. */
function implies(one: Condition, other: Condition): boolean {
  if (one.key.toLowerCase() !== other.key.toLowerCase()) return false;
  const [from, to] = [one, other].map(plain) as [Operator, Operator];
  // With a key that isn't there, IfExists holds.
  if (from.set !== to.set || (from.ifExists && !to.ifExists)) return false;
  const isSame = from.name === to.name || SAME.some(([less, more]) => less === from.name && more === to.name);
  if (!isSame) return false;
  if (from.name.includes('not')) return other.values.every((value) => one.values.includes(value));
  const isIn = ((): Includes => {
    if (to.name === 'ipaddress') return (whole, part) => isCovered(part, [whole]);
    if (/like$|^arnequals$/.test(to.name)) return globIncludes;
    return to.name === 'stringequalsignorecase'
      ? (whole, part) => whole.toLowerCase() === part.toLowerCase()
      : (whole, part) => whole === part;
  })();
  const isLiteral = !/like$|^arn/.test(from.name);
  return one.values.every((value) =>
    other.values.some((whole) => isIn(whole, isLiteral && isIn === globIncludes ? literal(value) : value)),
  );
}

/** A pattern without wildcards is a text. */
function plain({ operator, values }: Condition): Operator {
  const parts = partsOf(operator);
  const isText = parts.name.startsWith('string') && !values.some((value) => /[*?]/.test(value));
  return isText ? { ...parts, name: parts.name.replace(/like$/, 'equals') } : parts;
}

/** A text whose `*` and `?` are letters; as nobody has such in a name, none of them is in what a pattern takes. */
function literal(text: string): string {
  return text.replace(/[*?]/g, '\u0000');
}

interface Operator {
  readonly set: string;
  readonly name: string;
  readonly ifExists: boolean;
}

export function partsOf(operator: string): Operator {
  const [, set = '', name = '', ifExists] =
    /^(?:(forallvalues|foranyvalue):)?(\w+?)(ifexists)?$/.exec(operator.toLowerCase()) ?? [];
  return { set, name, ifExists: ifExists !== undefined };
}
