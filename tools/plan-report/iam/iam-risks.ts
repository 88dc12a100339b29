import { type Risk } from '../risks/risk';
import { type IamChange } from './iam-change';
import { statementText } from './statement-text';

/** The risks in what permissions are gained. */
export function iamRisks(changes: readonly IamChange[]): Risk[] {
  return changes.flatMap((change) => {
    const { stack, address, gained, grants, principals } = change;
    const risk = (code: Risk['code'], words: string, values: readonly string[]): Risk => ({
      code,
      stack,
      address,
      noun: 'IAM',
      words,
      values,
    });
    return [
      ...gained
        .filter(({ isPublic }) => isPublic)
        .map((statement) => risk('open-to-world', 'lets anybody in', [statementText(statement)])),
      ...gained
        .filter(({ wildcards }) => wildcards.length > 0)
        .map(({ wildcards }) => risk('iam-wildcard', 'gains permissions with wildcards:', wildcards)),
      ...grants
        .filter(({ sign, wildcard }) => sign === 'gained' && wildcard)
        .map(({ words, values }) => risk('iam-wildcard', `gains all, by ${words}`, values)),
      ...(principals.length > 0
        ? [risk('iam-principal', 'lets in who was not there before:', principals)]
        : []),
    ];
  });
}
