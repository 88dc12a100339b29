import { type Risk } from '../risks/risk';
import { type ApplyPaths } from './apply-paths';
import { type IamChange, type MarkedStatement } from './iam-change';
import { statementText } from './statement-text';

type Told = Pick<Risk, 'code' | 'kind' | 'words' | 'values'>;

/** One risk where there is something to say of it. */
function told(
  code: Risk['code'],
  kind: Risk['kind'],
  words: string,
  values: readonly string[],
  isSo = values.length > 0,
): Told[] {
  return isSo ? [{ code, kind, words, values }] : [];
}

/** The risks in what permissions are gained. */
export function iamRisks(changes: readonly IamChange[]): Risk[] {
  return changes.flatMap((change) => {
    const { stack, address, attribute, admitted, grants, principals, existed } = change;
    const isUnknown = change.unknown && admitted.length === 0;
    const late = existed
      ? 'has a policy that was known, and will be known after apply only:'
      : 'has a policy that nobody knows before apply:';
    return [
      ...admitted.flatMap((statement) => statementRisks(change, statement)),
      ...grants.flatMap(({ sign, words, values, wildcard, readsData, isPublic }) =>
        sign === 'lost'
          ? []
          : [
              ...told('iam-wildcard', 'permissions', `gains all, by ${words}`, values, wildcard),
              ...told(
                'data-read',
                'permissions',
                `may read all that is stored, by ${words}`,
                values,
                readsData ?? false,
              ),
              ...told('open-to-world', 'exposure', `lets anybody in, by ${words}`, values, isPublic ?? false),
            ],
      ),
      ...told('iam-principal', 'trust', 'lets in who was not there before:', principals),
      ...told('unknown-policy', 'permissions', late, [attribute], isUnknown),
    ].map((risk): Risk => ({ stack, address, noun: 'IAM', ...risk }));
  });
}

/** New ways to the role that applies; those of its own trust are told of the trust. */
export function applyRisks(roles: readonly ApplyPaths[]): Risk[] {
  const words = 'can be had by who could not have it before:';
  return roles.flatMap(({ address, paths }) => {
    const found = paths.flatMap(({ sign, isIndirect, text }) =>
      sign === 'gained' && isIndirect ? text : [],
    );
    return told('trust-widened', 'access', words, found).map((risk): Risk => ({
      stack: 'bootstrap',
      address,
      noun: 'role that applies',
      ...risk,
    }));
  });
}

/** An own account, and a service that acts for something named, are no strangers. */
function statementRisks({ attribute, existed }: IamChange, statement: MarkedStatement): Told[] {
  const { wildcards, escalations, dataReads, isPublic, isStranger } = statement;
  const text = [statementText(statement)];
  const isTrust = attribute.endsWith('assume_role_policy');
  if (statement.Effect === 'Deny')
    return isTrust || statement.Principal.length > 0
      ? told('trust-widened', 'trust', 'no longer keeps out:', text)
      : told('iam-wildcard', 'permissions', 'is no longer denied:', text);
  const widens = existed && (isTrust || isStranger);
  return [
    ...told('open-to-world', 'exposure', 'lets anybody in', text, isPublic),
    ...told('trust-widened', 'trust', 'admits who was not admitted before:', text, widens),
    ...told('iam-wildcard', 'permissions', 'gains permissions with wildcards:', wildcards),
    ...told('iam-wildcard', 'permissions', 'can give itself more permissions, by', escalations),
    ...told('data-read', 'permissions', 'may read whatever is stored, by', dataReads),
  ];
}
