import { isChange, type ResourceChange, type StackChanges } from '../changes/changes';
import { type Stack } from '../../kit/stack-id';
import { pathText, type Path } from '../changes/path';
import { isHidden, isMap, jsonIn, UNKNOWN, type Values } from '../changes/values';
import { includes, newlyAdmitted } from './admitted';
import { comparePolicies, together } from './compare';
import { grantsOf } from './grants';
import { isOfOnePod, marksOf, NO_MARKS, type Marks } from './marks';
import { statementsOf, type Statement } from './statement';

/** What becomes of the permissions that one resource gives. */
export interface IamChange {
  readonly stack: Stack;
  readonly address: string;
  /** Attribute that holds the policy. */
  readonly attribute: string;
  /** Whether there was a policy before. */
  readonly existed: boolean;
  /** What is written that wasn't before. */
  readonly gained: readonly MarkedStatement[];
  /** What was written and isn't any more. */
  readonly lost: readonly Statement[];
  /** What is let through that wasn't before, however it is written; a `Deny` is one that no longer holds. */
  readonly admitted: readonly MarkedStatement[];
  /** Whose that weren't before. */
  readonly principals: readonly string[];
  /** Policies of AWS, access entries and the like that come or go. */
  readonly grants: readonly Grant[];
  /** Whether the policy, or a part of it, is known after apply only. */
  readonly unknown: boolean;
  /** Whether the policy must not be shown. */
  readonly hidden: boolean;
}

export interface MarkedStatement extends Statement, Marks {}

export interface Grant {
  readonly sign: 'gained' | 'lost';
  /** In this program's words. */
  readonly words: string;
  readonly values: readonly string[];
  /** Whether it gives all that there is. */
  readonly wildcard: boolean;
  /** Whether it gives anybody a way in. @default false */
  readonly isPublic?: boolean;
  /** Whether it lets all that is stored be read. @default false */
  readonly readsData?: boolean;
  readonly principal?: string;
}

/** Resources as they are synthesized, by address without an index; references are written `${…}`. */
export type WrittenResources = (stack: Stack) => ReadonlyMap<string, Values>;

export const withoutIndex = (address: string) => address.replace(/\[[^\]]*\]$/, '');

/** @param written where what is known after apply only is looked up. @default - nowhere */
export function iamChanges(
  { stack, account, resources }: StackChanges,
  written?: WrittenResources,
): IamChange[] {
  return resources
    .filter(isChange)
    .flatMap((change) => [
      ...documentChanges(stack, account, change, written?.(stack).get(withoutIndex(change.address))),
      ...grantChanges(stack, change),
    ]);
}

function documentChanges(
  stack: Stack,
  account: string | undefined,
  { address, type, before, after, sensitive = [] }: ResourceChange,
  written: Values | undefined,
): IamChange[] {
  const [old, fresh, text] = [before, after, written].map((side) => documentsIn(type, side)) as [
    Documents,
    Documents,
    Documents,
  ];
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((attribute) => {
    const was = old.get(attribute) ?? [];
    const late = fresh.get(attribute) === 'unknown' ? text.get(attribute) : undefined;
    // Beside one that is known, references can't be compared.
    const will = late && !old.has(attribute) ? late : fresh.get(attribute);
    const unknown = will === 'unknown' || was === 'unknown';
    const [statements, others] = [was, will].map((side) => (Array.isArray(side) ? side : [])) as [
      Statement[],
      Statement[],
    ];
    // What isn't known yet may well be what it was.
    const { gained, lost } = unknown
      ? { gained: Array.isArray(late) ? late : [], lost: Array.isArray(late) ? statements : [] }
      : comparePolicies(statements, others);
    if (!unknown && gained.length + lost.length === 0) return [];
    // What a policy of its own denies is no longer denied without it; with a bucket its policy means nothing.
    const isMoot = after === undefined && !type.includes('policy');
    const admitted = unknown || isMoot ? [] : newlyAdmitted(statements, others);
    const marked = (statement: Statement) => ({ ...statement, ...marksOf(statement, account) });
    const isNew = (statement: Statement) => admitted.some((single) => includes(statement, single));
    const isMasked = sensitive.some((path) => pathText(path) === attribute);
    return [
      {
        stack,
        address,
        attribute,
        existed: was === 'unknown' || statements.length > 0,
        gained: gained.map((each) => (unknown || isNew(each) ? marked(each) : { ...each, ...NO_MARKS })),
        lost,
        admitted: together(admitted).map(marked),
        principals: newPrincipals(admitted, statements).filter(
          (principal) =>
            principal !== `AWS ${account ?? ''}` && (before !== undefined || !isServiceOfAws(principal)),
        ),
        grants: [],
        unknown: unknown || JSON.stringify(gained).includes(UNKNOWN),
        hidden: isMasked,
      },
    ];
  });
}

/** That a new role is for a service is what it is for. */
function isServiceOfAws(principal: string): boolean {
  return /^Service [\w.-]+\.amazonaws\.com(?:\.cn)?$/.test(principal);
}

/** Principals that a policy lets in and didn't before; that pods take their own role on is what it is for. */
function newPrincipals(admitted: readonly Statement[], before: readonly Statement[]): string[] {
  const known = new Set(allowed(before));
  const others = before.length > 0 ? admitted : admitted.filter((statement) => !isOfOnePod(statement));
  return [...new Set(allowed(others))].filter((principal) => !known.has(principal));
}

function allowed(statements: readonly Statement[]): string[] {
  return statements.flatMap(({ Effect, Principal }) => (Effect === 'Allow' ? Principal : []));
}

function grantChanges(stack: Stack, { address, type, before, after }: ResourceChange): IamChange[] {
  const [old, fresh] = [grantsOf(type, before), grantsOf(type, after)];
  const keys = (grants: typeof old) => new Set(grants.map((grant) => JSON.stringify(grant)));
  const [known, kept] = [keys(old), keys(fresh)];
  const grants: Grant[] = [
    ...fresh
      .filter((grant) => !known.has(JSON.stringify(grant)))
      .map((grant) => ({ sign: 'gained' as const, ...grant })),
    ...old
      .filter((grant) => !kept.has(JSON.stringify(grant)))
      .map((grant) => ({ sign: 'lost' as const, ...grant })),
  ];
  if (grants.length === 0) return [];
  const principals = grants.flatMap(({ sign, principal }) =>
    sign === 'gained' && principal !== undefined ? [principal] : [],
  );
  return [
    {
      stack,
      address,
      attribute: '',
      existed: old.length > 0,
      gained: [],
      lost: [],
      admitted: [],
      principals,
      grants,
      unknown: false,
      hidden: false,
    },
  ];
}

/** Attributes that hold a policy. Where a role has policies of its own, or a key AWS's, nobody wrote them here. */
const NAMES = /^(?:assume_role_)?policy$/;
const WITH_DEFAULT = new Set(['aws_kms_key', 'aws_vpc_endpoint', 'aws_ecr_repository']);

type Documents = Map<string, Statement[] | 'unknown'>;

/** Policy documents by attribute, wherever they are in a resource. */
function documentsIn(type: string, values: Values | undefined): Documents {
  const found: Documents = new Map();
  const isPolicy = type.startsWith('aws_') && !WITH_DEFAULT.has(type);
  const visit = (value: unknown, path: Path): void => {
    const [name] = path.slice(-1);
    if (isPolicy && isHidden(value) && typeof name === 'string' && NAMES.test(name))
      found.set(pathText(path), 'unknown');
    const statements = typeof value === 'string' ? statementsOf(jsonIn(value)) : undefined;
    if (statements) found.set(pathText(path), statements);
    if (Array.isArray(value))
      value.forEach((each, index) => {
        visit(each, [...path, index]);
      });
    else if (isMap(value)) for (const [key, each] of Object.entries(value)) visit(each, [...path, key]);
  };
  visit(values, []);
  return found;
}
