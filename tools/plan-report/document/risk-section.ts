import { type Risk, type RiskCode } from '../risks/risk';
import { type Block } from './block';
import { code, plural } from './markdown';
import { RANK } from './rank';

const LOW: readonly RiskCode[] = ['version', 'tainted', 'drift'];
const MOST_VALUES = 6;
const ICONS: Readonly<Partial<Record<RiskCode, string>>> = {
  'delete:protected': '🔴',
  'replace:protected': '🔴',
  'open-to-world': '🔴',
  'iam-wildcard': '🟠',
  'iam-principal': '🟠',
};

/** What can hurt. */
export function riskBlocks(risks: readonly Risk[]): Block[] {
  if (risks.length === 0) return [];
  const high = risks.filter(({ code: name }) => !LOW.includes(name));
  const low = risks.filter(({ code: name }) => LOW.includes(name));
  return [
    {
      rank: RANK.risk,
      what: 'things that can hurt',
      count: high.length,
      parts: high.map(line),
      frame: { before: '### What can hurt\n\n', after: '' },
    },
    {
      rank: RANK.lowRisk,
      what: 'versions, tainted resources and drift',
      count: low.length,
      parts: low.map(line),
      frame: { before: '### Versions, tainted resources, drift\n\n', after: '' },
    },
  ];
}

function line({ code: name, stack, address, noun, words, values }: Risk): string {
  const more = values.length - MOST_VALUES;
  const shown = values.slice(0, MOST_VALUES).map((value) => code(value));
  const tail = [...shown, ...(more > 0 ? [plural(more, 'more')] : [])].join(', ').replace(/mores$/, 'more');
  return `- ${ICONS[name] ?? '🟡'} ${stack}: ${noun} ${code(address)} ${words}${tail === '' ? '' : ` ${tail}`}`;
}
