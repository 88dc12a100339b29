import { type CheckResult, type Diagnosis } from './diagnosis';

const SIGNS = { holds: '✓', broken: '✗', 'not judged': '?' } as const;

/** A result as a person reads it. */
export function resultText({ id, title, state, findings, reason }: CheckResult): string {
  const head = `${SIGNS[state]} ${title} (${id})`;
  if (state === 'not judged') return `${head}\n    not judged: ${reason ?? ''}`;
  return [
    head,
    ...findings.map(({ what, seen, cause, remedy, issue }) =>
      [
        `    ${what}`,
        `      seen:   ${seen}`,
        ...(cause === undefined ? [] : [`      cause:  ${cause}`]),
        `      mend:   ${remedy}`,
        ...(issue === undefined ? [] : [`      others: ${issue}`]),
      ].join('\n'),
    ),
  ].join('\n');
}

/** The last line: what came of it all. */
export function summaryText({ environment, results, notReached }: Diagnosis): string {
  const count = (wanted: CheckResult['state']) => results.filter(({ state }) => state === wanted).length;
  const parts = [
    `${count('holds')} hold`,
    `${count('broken')} broken`,
    ...(count('not judged') > 0 ? [`${count('not judged')} not judged`] : []),
    ...(notReached.length > 0 ? [`${notReached.length} after it not looked at (--all goes on)`] : []),
  ];
  return `${environment}: ${parts.join(', ')}`;
}
