import { isWorld } from '../changes/networks';
import { partsOf } from './admitted';
import { globMatches } from './globs';
import { type Condition, type Statement } from './statement';

/** What makes a gained statement worth a look. */
export interface Marks {
  /** Wildcards that give more than a list names. */
  readonly wildcards: readonly string[];
  /** Actions by which whoever has them can give himself more. */
  readonly escalations: readonly string[];
  /** Actions that read what is stored, of whatever there is. */
  readonly dataReads: readonly string[];
  /** Whether anybody may use it. */
  readonly isPublic: boolean;
  /** Whether it is for others than the own account, and services that act for something named. */
  readonly isStranger: boolean;
}

export const NO_MARKS: Marks = {
  wildcards: [],
  escalations: [],
  dataReads: [],
  isPublic: false,
  isStranger: false,
};

/** Actions that change nothing. */
const READS = /^(?:describe|list|get|batchget|lookup|search|view|head)/i;

/**
 * Actions by which a principal gets permissions that nobody gave it.
 *
 * @see https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
 * @see https://github.com/salesforce/cloudsplaining/blob/master/docs/glossary/privilege-escalation.md
 */
const ESCALATIONS: readonly string[] = [
  'iam:AddUserToGroup',
  'iam:AttachGroupPolicy',
  'iam:AttachRolePolicy',
  'iam:AttachUserPolicy',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:CreatePolicyVersion',
  'iam:DeleteRolePermissionsBoundary',
  'iam:PassRole',
  'iam:PutGroupPolicy',
  'iam:PutRolePermissionsBoundary',
  'iam:PutRolePolicy',
  'iam:PutUserPolicy',
  'iam:SetDefaultPolicyVersion',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateLoginProfile',
  'eks:AssociateAccessPolicy',
  'eks:CreateAccessEntry',
  'lambda:UpdateFunctionCode',
  'ssm:SendCommand',
  'ssm:StartSession',
];

/** Actions that hand out what is stored. @see https://github.com/salesforce/cloudsplaining/blob/master/docs/glossary/data-exfiltration.md */
const DATA_READS: readonly string[] = [
  'athena:GetQueryResults',
  'dynamodb:BatchGetItem',
  'dynamodb:GetItem',
  'dynamodb:Query',
  'dynamodb:Scan',
  'ec2:GetPasswordData',
  'kinesis:GetRecords',
  'kms:Decrypt',
  'lambda:GetFunction',
  'logs:GetLogEvents',
  'logs:FilterLogEvents',
  'rds:DownloadDBLogFilePortion',
  's3:GetObject',
  's3:GetObjectVersion',
  'secretsmanager:BatchGetSecretValue',
  'secretsmanager:GetSecretValue',
  'sqs:ReceiveMessage',
  'ssm:GetParameter',
  'ssm:GetParameters',
  'ssm:GetParametersByPath',
];

/** Identity providers whose tokens anybody can get; what names whose they are. */
const SHARED_ISSUERS: Readonly<Record<string, string>> = {
  'token.actions.githubusercontent.com': 'sub',
  'app.terraform.io': 'sub',
  'gitlab.com': 'sub',
};

/** @param account that the policy is in, which may have all of what is its own */
export function marksOf(statement: Statement, account?: string): Marks {
  if (statement.Effect !== 'Allow') return NO_MARKS;
  const isOwn =
    statement.Principal.length > 0 &&
    statement.Principal.every((each) => isHarmless(each, statement, account));
  if (isOwn) return { ...NO_MARKS, isPublic: isPublic(statement) };
  const isOfIdentity = statement.Principal.length + statement.NotPrincipal.length === 0;
  const isWideRead = isOfIdentity && isWide(statement) && !statement.Condition.some(limits);
  const reads = actionsAmong(DATA_READS, statement);
  return {
    wildcards: wildcardsOf(statement),
    escalations: isOfIdentity ? escalationsOf(statement) : [],
    dataReads: isWideRead ? reads : [],
    isPublic: isPublic(statement),
    isStranger: !isOfIdentity,
  };
}

/** An account that owns the resource, or a service of AWS that acts for something named. */
function isHarmless(principal: string, { Condition }: Statement, account: string | undefined): boolean {
  return principal === `AWS ${account ?? ''}` || (principal.startsWith('Service ') && Condition.some(limits));
}

/** Actions of a list that a statement allows, each as the statement has it; what is all, or all of a service, is told as that. */
function actionsAmong(list: readonly string[], { Action }: Statement): string[] {
  const named = Action.filter((pattern) => !/^(?:\*|[\w-]+:\*)$/.test(pattern));
  return named.flatMap((pattern) => {
    const [lower, isGlob] = [pattern.toLowerCase(), /[*?]/.test(pattern)];
    const actions = list.filter((action) =>
      isGlob ? globMatches(lower, action.toLowerCase()) : action.toLowerCase() === lower,
    );
    return isGlob && actions.length > 0 ? [`${pattern} (${actions.join(', ')})`] : actions;
  });
}

/** To pass a role that is named to a service that is named is what a role of pipelines is for. */
function escalationsOf(statement: Statement): string[] {
  const isBounded =
    !isWide(statement) &&
    !statement.Resource.some((resource) => /[*?]/.test(resource)) &&
    statement.Condition.some(limits);
  const actions = actionsAmong(ESCALATIONS, statement);
  const assumes = isWide(statement) ? actionsAmong(['sts:AssumeRole'], statement) : [];
  return [...actions.filter((action) => !(isBounded && action === 'iam:PassRole')), ...assumes];
}

function wildcardsOf(statement: Statement): string[] {
  const { Action, NotAction, Resource, NotResource, NotPrincipal, Condition, Principal } = statement;
  const actions = Action.filter((action) => /[*?]/.test(action) && !isRead(action));
  const writes = Action.some((action) => !isRead(action)) || NotAction.length > 0;
  // A policy of a resource says * for itself.
  const everything =
    writes && Principal.length === 0 && !Condition.some(limits) ? Resource.filter(isWideResource) : [];
  return [
    ...actions.map((action) => `Action ${action}`),
    ...(NotAction.length > 0 ? ['NotAction'] : []),
    ...everything.map((resource) => `Resource ${resource}`),
    ...(NotResource.length > 0 ? ['NotResource'] : []),
    ...(NotPrincipal.length > 0 ? ['NotPrincipal'] : []),
  ];
}

function isWide({ Resource, NotResource }: Statement): boolean {
  return NotResource.length > 0 || Resource.some(isWideResource);
}

/** Whether a pattern names nothing: `*`, `arn:aws:iam::*:role/*`; what is in one bucket is named. */
function isWideResource(resource: string): boolean {
  if (/^[*?]/.test(resource)) return true;
  // A reference to another resource names it.
  if (resource.startsWith('${')) return false;
  const [, , service = '', , , ...rest] = resource.split(':');
  const text = rest.join(':');
  if (!resource.startsWith('arn:') || text === '') return /[*?]/.test(resource);
  const name = /^(?:s3|sns|sqs|execute-api)$/.test(service) ? text : text.replace(/^[\w-]+[/:]/, '');
  return /^[*?]/.test(name);
}

function isRead(action: string): boolean {
  return READS.test(action.split(':')[1] ?? '');
}

/** Keys that any request has, or whose value its sender chooses. */
const OF_ANY_REQUEST =
  /^aws:(?:SecureTransport|CurrentTime|EpochTime|TokenIssueTime|MultiFactorAuthAge|MultiFactorAuthPresent|UserAgent|Referer|RequestedRegion|ViaAWSService|PrincipalType|PrincipalIsAWSService|CalledVia\w*)$/i;

/** Whether a condition keeps anything out that a request would otherwise be about. */
function limits({ operator, key, values }: Condition): boolean {
  const { set, name, ifExists } = partsOf(operator);
  if (ifExists || set === 'forallvalues' || OF_ANY_REQUEST.test(key)) return false;
  if (name === 'null') return values.includes('false');
  if (name.includes('not') || values.length === 0) return false;
  return !values.some((value) => /^[*?]+$/.test(value)) && !(name === 'ipaddress' && isWorld(values));
}

/** Whether it limits who calls, or from where: other conditions let everybody in. */
function limitsCaller(condition: Condition): boolean {
  return (
    /^(?:aws:(?:Principal|Source|UserId)|kms:CallerAccount|sts:ExternalId|.*:(?:sub|aud)$|s3:DataAccessPointAccount)/i.test(
      condition.key,
    ) &&
    !/^bool|^null|^numeric|^date/.test(partsOf(condition.operator).name) &&
    limits(condition)
  );
}

function isPublic({ Principal, NotPrincipal, Condition }: Statement): boolean {
  if (Principal.includes('*') || NotPrincipal.length > 0) return !Condition.some(limitsCaller);
  return Principal.some((principal) => {
    const issuer = Object.keys(SHARED_ISSUERS).find(
      (host) => principal.startsWith('Federated') && principal.endsWith(host),
    );
    return issuer !== undefined && !Condition.some((condition) => names(condition, issuer));
  });
}

/** Whether a condition says whose token it must be: `repo:*` is everybody's. */
function names(condition: Condition, issuer: string): boolean {
  return (
    condition.key.toLowerCase() === `${issuer}:${SHARED_ISSUERS[issuer] ?? ''}` &&
    /^string(?:equals|like)/.test(partsOf(condition.operator).name) &&
    limits(condition) &&
    !condition.values.some((value) => /^(?:[a-z]+:)?[*?]/.test(value))
  );
}

/** Whether a token of pods of one cluster is asked for, and of which ServiceAccount: what a role of pods is for. */
export function isOfOnePod({ Principal, Condition }: Statement): boolean {
  return (
    Principal.length > 0 &&
    Principal.every((principal) => /^Federated .*oidc\.eks\./.test(principal)) &&
    Condition.some(
      (condition) =>
        condition.key.endsWith(':sub') &&
        partsOf(condition.operator).name === 'stringequals' &&
        limits(condition) &&
        condition.values.every((value) => !/[*?]/.test(value)),
    )
  );
}
