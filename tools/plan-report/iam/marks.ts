import { type Statement } from './statement';

/** What makes a gained statement worth a look. */
export interface Marks {
  /** Wildcards that give more than a list names. */
  readonly wildcards: readonly string[];
  /** Whether anybody may use it. */
  readonly isPublic: boolean;
}

/** Actions that change nothing. */
const READS = /^(?:describe|list|get|batchget|lookup|search|view|head)/i;
/** Identity providers whose tokens anybody can get; what names whose they are. */
const SHARED_ISSUERS: Readonly<Record<string, string>> = {
  'token.actions.githubusercontent.com': 'sub',
  'app.terraform.io': 'sub',
  'gitlab.com': 'sub',
};

/** @param account that the policy is in, which may have all of what is its own */
export function marksOf(statement: Statement, account?: string): Marks {
  if (statement.Effect !== 'Allow') return { wildcards: [], isPublic: false };
  const isOwn =
    statement.Principal.length > 0 &&
    statement.Principal.every((each) => isHarmless(each, statement, account));
  return { wildcards: isOwn ? [] : wildcardsOf(statement), isPublic: isPublic(statement) };
}

/** An account that owns the resource, or a service of AWS that acts for something named. */
function isHarmless(principal: string, { Condition }: Statement, account: string | undefined): boolean {
  return principal === `AWS ${account ?? ''}` || (principal.startsWith('Service ') && Condition.length > 0);
}

function wildcardsOf({
  Action,
  NotAction,
  Resource,
  NotResource,
  NotPrincipal,
  Condition,
  Principal,
}: Statement): string[] {
  const actions = Action.filter((action) => action.includes('*') && !isRead(action));
  const writes = Action.some((action) => !isRead(action)) || NotAction.length > 0;
  // A policy of a resource says * for itself.
  const everything =
    Resource.includes('*') && writes && Condition.length === 0 && Principal.length === 0
      ? ['Resource *']
      : [];
  return [
    ...actions.map((action) => `Action ${action}`),
    ...(NotAction.length > 0 ? ['NotAction'] : []),
    ...everything,
    ...(NotResource.length > 0 ? ['NotResource'] : []),
    ...(NotPrincipal.length > 0 ? ['NotPrincipal'] : []),
  ];
}

function isRead(action: string): boolean {
  return READS.test(action.split(':')[1] ?? '');
}

function isPublic({ Principal, Condition }: Statement): boolean {
  if (Principal.includes('*')) return !Condition.some(isNarrowing);
  return Principal.some((principal) => {
    const issuer = Object.keys(SHARED_ISSUERS).find(
      (host) => principal.startsWith('Federated') && principal.endsWith(host),
    );
    return issuer !== undefined && !Condition.some((condition) => names(condition, issuer));
  });
}

/** Conditions on who calls or from where; others, such as on encryption, let everybody in. */
function isNarrowing(condition: string): boolean {
  return (
    /^(?:ForAnyValue:|ForAllValues:)?(?:String(?:Equals|Like)|Arn(?:Equals|Like)|IpAddress)/i.test(
      condition,
    ) &&
    /(?:aws:(?:Principal(?!Type)|Source|UserId|userid)|kms:CallerAccount|:sub\b|:aud\b|s3:DataAccessPointAccount)/i.test(
      condition,
    ) &&
    !/ = (?:.*, )?(?:\*|0\.0\.0\.0\/0|::\/0)(?:,|$)/.test(condition)
  );
}

/** Whether a condition says whose token it must be: `repo:*` is everybody's. */
function names(condition: string, issuer: string): boolean {
  const [, values = ''] = condition.split(/ = (.*)/s);
  return (
    condition.includes(`${issuer}:${SHARED_ISSUERS[issuer] ?? ''} `) &&
    /^(?:ForAnyValue:)?String(?:Equals|Like)/.test(condition) &&
    !values.split(', ').some((value) => /^(?:[a-z]+:)?[*?]/.test(value))
  );
}

/** Principals that a policy lets in and didn't before. */
export function newPrincipals(gained: readonly Statement[], before: readonly Statement[]): string[] {
  const known = new Set(allowed(before));
  return [...new Set(allowed(gained))].filter((principal) => !known.has(principal));
}

function allowed(statements: readonly Statement[]): string[] {
  return statements.flatMap(({ Effect, Principal }) => (Effect === 'Allow' ? Principal : []));
}
