import { type Risk } from '../risks/risk';
import { type ApplyPaths } from './apply-paths';
import { type IamChange, type MarkedStatement } from './iam-change';
import { statementText } from './statement-text';

/** The risks in what permissions are gained. */
export function iamRisks(changes: readonly IamChange[]): Risk[] {
  return changes.flatMap((change) => {
    const { stack, address, attribute, admitted, grants, principals } = change;
    const about = { stack, address, noun: 'IAM' } as const;
    const isUnknown = change.unknown && admitted.length === 0;
    return [
      ...admitted.flatMap((statement) =>
        statementRisks(change, statement).map((risk): Risk => ({ ...about, ...risk })),
      ),
      ...grants
        .filter(({ sign }) => sign === 'gained')
        .flatMap((grant): Risk[] => [
          ...(grant.wildcard
            ? [
                {
                  ...about,
                  code: 'iam-wildcard',
                  kind: 'permissions',
                  words: `gains all, by ${grant.words}`,
                  values: grant.values,
                } as const,
              ]
            : []),
          ...(grant.readsData
            ? [
                {
                  ...about,
                  code: 'data-read',
                  kind: 'permissions',
                  words: `may read all that is stored, by ${grant.words}`,
                  values: grant.values,
                } as const,
              ]
            : []),
          ...(grant.isPublic
            ? [
                {
                  ...about,
                  code: 'open-to-world',
                  kind: 'exposure',
                  words: `lets anybody in, by ${grant.words}`,
                  values: grant.values,
                } as const,
              ]
            : []),
        ]),
      ...(principals.length > 0
        ? [
            {
              ...about,
              code: 'iam-principal',
              kind: 'trust',
              words: 'lets in who was not there before:',
              values: principals,
            } as const,
          ]
        : []),
      ...(isUnknown
        ? [
            {
              ...about,
              code: 'unknown-policy',
              kind: 'permissions',
              words: change.existed
                ? 'has a policy that was known, and will be known after apply only:'
                : 'has a policy that nobody knows before apply:',
              values: [attribute],
            } as const,
          ]
        : []),
    ];
  });
}

/** New ways to the role that applies; those of its own trust are told of the trust. */
export function applyRisks(roles: readonly ApplyPaths[]): Risk[] {
  return roles.flatMap(({ address, paths }): Risk[] => {
    const values = paths.filter(({ sign, isIndirect }) => sign === 'gained' && isIndirect);
    if (values.length === 0) return [];
    return [
      {
        code: 'trust-widened',
        kind: 'access',
        stack: 'bootstrap',
        address,
        noun: 'role that applies',
        words: 'can be had by who could not have it before:',
        values: values.map(({ text }) => text),
      },
    ];
  });
}

/** An own account, and a service that acts for something named, are no strangers. */
function statementRisks(
  { attribute, existed }: IamChange,
  statement: MarkedStatement,
): Pick<Risk, 'code' | 'kind' | 'words' | 'values'>[] {
  const { wildcards, escalations, dataReads, isPublic, isStranger } = statement;
  const text = [statementText(statement)];
  const isTrust = attribute.endsWith('assume_role_policy');
  if (statement.Effect === 'Deny')
    return isTrust || statement.Principal.length > 0
      ? [{ code: 'trust-widened', kind: 'trust', words: 'no longer keeps out:', values: text }]
      : [{ code: 'iam-wildcard', kind: 'permissions', words: 'is no longer denied:', values: text }];
  return [
    ...(isPublic
      ? [{ code: 'open-to-world', kind: 'exposure', words: 'lets anybody in', values: text } as const]
      : []),
    ...(existed && (isTrust || isStranger)
      ? [
          {
            code: 'trust-widened',
            kind: 'trust',
            words: 'admits who was not admitted before:',
            values: text,
          } as const,
        ]
      : []),
    ...(wildcards.length > 0
      ? [
          {
            code: 'iam-wildcard',
            kind: 'permissions',
            words: 'gains permissions with wildcards:',
            values: wildcards,
          } as const,
        ]
      : []),
    ...(escalations.length > 0
      ? [
          {
            code: 'iam-wildcard',
            kind: 'permissions',
            words: 'can give itself more permissions, by',
            values: escalations,
          } as const,
        ]
      : []),
    ...(dataReads.length > 0
      ? [
          {
            code: 'data-read',
            kind: 'permissions',
            words: 'may read whatever is stored, by',
            values: dataReads,
          } as const,
        ]
      : []),
  ];
}
