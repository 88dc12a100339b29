import { type ApplyPath, type ApplyPaths } from '../iam/apply-paths';
import { type Grant, type IamChange, type MarkedStatement } from '../iam/iam-change';
import { type Statement } from '../iam/statement';
import { statementText } from '../iam/statement-text';
import { type Block } from './block';
import { code, plural, visibleLetters } from './markdown';
import { RANK } from './rank';

/** A longer statement has a line for each of its parts. */
const WIDTH = 160;

/** Permissions gained and lost, those first that can hurt. */
export function iamBlocks(changes: readonly IamChange[]): Block[] {
  const isTold = ({ hidden, unknown, gained, lost }: IamChange) =>
    hidden || (unknown && gained.length + lost.length === 0);
  const known = changes.filter((change) => !isTold(change)).sort((a, b) => weight(b) - weight(a));
  const lines = known.flatMap((change, index) => [...(index > 0 ? [''] : []), ...changeLines(change)]);
  const named = (words: string, some: readonly IamChange[]): Block => ({
    rank: RANK.iam,
    what: `policies that are ${words}`,
    count: some.length,
    parts: some.map(({ stack, address, attribute }) => `- ${stack}: ${code(`${address} ${attribute}`)}`),
    frame: { before: `Policies that are ${words}:\n\n`, after: '' },
  });
  const blocks: Block[] = [
    {
      rank: RANK.iam,
      what: 'lines on changes of IAM',
      count: lines.length,
      parts: lines.map(visibleLetters),
      frame: {
        before: `### IAM\n\n<details><summary>${plural(known.length, 'change')} of permissions</summary>\n\n`,
        fence: 'diff',
        after: '\n\n</details>',
      },
    },
    named(
      'known after apply only',
      changes.filter((change) => isTold(change) && !change.hidden),
    ),
    named(
      'hidden, since they are marked as sensitive',
      changes.filter(({ hidden }) => hidden),
    ),
  ];
  return blocks.filter(({ count }) => count > 0);
}

const SIGNS: Readonly<Record<ApplyPath['sign'], string>> = { gained: '+', lost: '-', kept: ' ' };

/** Each way to the role that applies, and whose roles aren't looked at. */
export function applyBlocks(roles: readonly ApplyPaths[]): Block[] {
  return roles.map(({ role, paths, notGiven, asWritten }) => {
    const given =
      notGiven.length === 0 ? 'all stacks' : `the given stacks; **not judged: ${notGiven.join(', ')}**`;
    const own = asWritten ? ', and of bootstrap as it is synthesized here, whatever is applied' : '';
    const order = Object.keys(SIGNS);
    return {
      rank: RANK.iam,
      what: 'ways to the role that applies',
      count: paths.length,
      parts: [...paths]
        .sort((a, b) => order.indexOf(a.sign) - order.indexOf(b.sign))
        .map(({ sign, text }) => visibleLetters(`${SIGNS[sign]} ${text}`)),
      frame: {
        before: `### Who can become ${code(role)}\n\nBy the roles and users of ${given}${own}.\n\n`,
        fence: 'diff',
        after: '',
      },
    };
  });
}

function weight({ admitted, grants }: IamChange): number {
  const isHeavy = ({ wildcards, escalations, dataReads, isPublic }: MarkedStatement) =>
    isPublic || wildcards.length + escalations.length + dataReads.length > 0;
  return admitted.some(isHeavy) || grants.some(({ wildcard }) => wildcard) ? 1 : 0;
}

function changeLines({ stack, address, attribute, gained, lost, grants, principals }: IamChange): string[] {
  return [
    `  ${stack}: ${address} ${attribute}`.trimEnd(),
    ...gained.flatMap((statement) => statementLines('+', statement, marks(statement), statement.escalations)),
    ...lost.flatMap((statement) => statementLines('-', statement)),
    ...grants.map(grantText),
    ...(principals.length > 0 ? [`! new: ${principals.join(', ')}`] : []),
  ];
}

/** In one line if it fits, else with a line for each action; those first by which there is more to gain. */
function statementLines(
  sign: string,
  statement: Statement,
  notes: readonly string[] = [],
  escalations: readonly string[] = [],
): string[] {
  const text = [`${sign} ${statementText(statement)}`, ...notes].join('  # ');
  if (text.length <= WIDTH || statement.Action.length < 2) return [text];
  const first = statement.Action.filter((action) => escalations.some((each) => each.startsWith(action)));
  const actions = [...first, ...statement.Action.filter((action) => !first.includes(action))];
  const rest = statementText({ ...statement, Action: [`these ${actions.length}`] });
  return [[`${sign} ${rest}`, ...notes].join('  # '), ...actions.map((action) => `${sign}     ${action}`)];
}

function marks({ wildcards, escalations, dataReads, isPublic }: MarkedStatement): string[] {
  return [
    ...(isPublic ? ['ANYBODY'] : []),
    ...(escalations.length > 0 ? [`ESCALATION: ${escalations.join(', ')}`] : []),
    ...(wildcards.length > 0 ? [`WILDCARD: ${wildcards.join(', ')}`] : []),
    ...(dataReads.length > 0 ? [`DATA: ${dataReads.join(', ')}`] : []),
  ];
}

function grantText({ sign, words, values, wildcard }: Grant): string {
  return `${sign === 'gained' ? '+' : '-'} ${words} ${values.join(' ')}${wildcard ? '  # WILDCARD' : ''}`;
}
