import { isAccepted, isMinor, type Risk, type RiskCode } from '../risks/risk';
import { type Block } from './block';
import { code, plural } from './markdown';
import { RANK } from './rank';

/** More of the same take one line. */
const MOST_ALIKE = 3;
const MOST_VALUES = 6;
/** Of actions that matter, none is left out. */
const MOST_ACTIONS = 40;
const MOST_LETTERS = 300;
const ICONS: Readonly<Partial<Record<RiskCode, string>>> = {
  'delete:protected': '🔴',
  'replace:protected': '🔴',
  'open-to-world': '🔴',
  refused: '🔴',
  'trust-widened': '🔴',
  version: '🟡',
  tainted: '🟡',
  drift: '🟡',
};

/** What can hurt, what is told beside it, and what somebody answers for. */
export function riskBlocks(risks: readonly Risk[]): Block[] {
  const open = risks.filter((risk) => !isAccepted(risk));
  const block = (title: string, what: string, rank: number, some: readonly Risk[]): Block => {
    const parts = alike(some).map(line);
    return { rank, what, count: parts.length, parts, frame: { before: `### ${title}\n\n`, after: '' } };
  };
  return [
    block(
      'What can hurt',
      'things that can hurt',
      RANK.risk,
      open.filter((risk) => !isMinor(risk)),
    ),
    block('Accepted', 'accepted risks', RANK.risk, risks.filter(isAccepted)),
    block(
      'Versions, tainted resources, drift',
      'versions, tainted resources and drift',
      RANK.lowRisk,
      open.filter(isMinor),
    ),
  ].filter(({ count }) => count > 0);
}

/** Risks that differ in their address alone, where they are many. */
function alike(risks: readonly Risk[]): Risk[][] {
  const groups = new Map<string, Risk[]>();
  for (const risk of risks) {
    const { address, ...rest } = risk;
    const type =
      address
        .replace(/\[.*?\]/g, '')
        .split('.')
        .at(-2) ?? '';
    const key = JSON.stringify([type, rest]);
    groups.set(key, [...(groups.get(key) ?? []), risk]);
  }
  return [...groups.values()].flatMap((group) =>
    group.length > MOST_ALIKE ? [group] : group.map((risk) => [risk]),
  );
}

function line(group: readonly Risk[]): string {
  const [risk] = group;
  if (!risk) return '';
  const { code: name, stack, noun, words, values, accepted } = risk;
  const addresses = listed(
    group.map(({ address }) => address),
    MOST_VALUES,
  );
  const about = group.length > 1 ? `${group.length} × ${noun}, ${addresses}: each` : `${noun} ${addresses}`;
  const tail = listed(values, name.startsWith('iam') || name === 'data-read' ? MOST_ACTIONS : MOST_VALUES);
  const answer = accepted
    ? ` (accepted until ${accepted.until}${accepted.expired ? ', which is over' : accepted.isNew ? ', in this change: it does not count yet' : ''}: ${code(accepted.why, MOST_LETTERS)})`
    : '';
  return `- ${ICONS[name] ?? '🟠'} ${stack}: ${about} ${words}${tail === '' ? '' : ` ${tail}`}${answer}`;
}

function listed(values: readonly string[], most: number): string {
  const more = values.length - most;
  const shown = values.slice(0, most).map((value) => code(value, MOST_LETTERS));
  return [...shown, ...(more > 0 ? [plural(more, 'more', 'more')] : [])].join(', ');
}
