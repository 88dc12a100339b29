import { type Grant, type IamChange } from '../iam/iam-change';
import { statementText } from '../iam/statement-text';
import { type Block } from './block';
import { code, plural, visible, shortened } from './markdown';
import { RANK } from './rank';

const MOST_LETTERS = 600;

/** Permissions gained and lost. */
export function iamBlocks(changes: readonly IamChange[]): Block[] {
  if (changes.length === 0) return [];
  const isLater = ({ unknown, gained, lost }: IamChange) => unknown && gained.length + lost.length === 0;
  const known = changes.filter((change) => !isLater(change));
  const later = changes.filter(isLater);
  const blocks: Block[] = [
    {
      rank: RANK.iam,
      what: 'changes of IAM',
      count: known.length,
      parts: known.map(lines),
      separator: '\n\n',
      frame: {
        before: `### IAM\n\n<details><summary>${plural(known.length, 'change')} of permissions</summary>\n\n`,
        fence: 'diff',
        after: '\n\n</details>',
      },
    },
    {
      rank: RANK.iam,
      what: 'policies known after apply only',
      count: later.length,
      parts: later.map(({ stack, address, attribute }) => `- ${stack}: ${code(`${address} ${attribute}`)}`),
      frame: { before: 'Policies that are known after apply only:\n\n', after: '' },
    },
  ];
  return blocks.filter(({ count }) => count > 0);
}

function lines({ stack, address, attribute, gained, lost, grants, principals }: IamChange): string {
  return [
    `  ${stack}: ${address} ${attribute}`.trimEnd(),
    ...gained.map((statement) => [`+ ${statementText(statement)}`, ...marks(statement)].join('  # ')),
    ...lost.map((statement) => `- ${statementText(statement)}`),
    ...grants.map(grantText),
    ...(principals.length > 0 ? [`! new: ${principals.join(', ')}`] : []),
  ]
    .map((line) => visible(shortened(line, MOST_LETTERS)))
    .join('\n');
}

function marks({
  wildcards,
  isPublic,
}: {
  readonly wildcards: readonly string[];
  readonly isPublic: boolean;
}): string[] {
  return [
    ...(wildcards.length > 0 ? [`WILDCARD: ${wildcards.join(', ')}`] : []),
    ...(isPublic ? ['ANYBODY'] : []),
  ];
}

function grantText({ sign, words, values, wildcard }: Grant): string {
  return `${sign === 'gained' ? '+' : '-'} ${words} ${values.join(' ')}${wildcard ? '  # WILDCARD' : ''}`;
}
