import { type LoadBalancer } from '../../../load-balancers/model';
import { DIFFERENCE_WORDS, unsetWords } from '../../preview/differences';
import { mermaid } from '../../preview/mermaid';
import { previewTable } from '../../preview/table';
import { lineDiff, withContext } from '../diff/lines';
import { type LoadBalancerChange, type LoadBalancers } from '../load-balancers/load-balancers';
import { type Block } from './block';
import { code, fenced, htmlCode, folded, plural, shortened } from './markdown';
import { RANK } from './rank';

const WIDTH = 120;
/** More than these nodes and edges GitHub doesn't draw, and nobody reads. */
const MOST_LINES = 250;
const MOST_LETTERS = 400;

/** The load balancers that change: what differs, and a picture. */
export function loadBalancerBlocks({ changes, refused, notes }: LoadBalancers): Block[] {
  const blocks: Block[] = [
    {
      rank: RANK.loadBalancer,
      what: 'load balancers',
      count: changes.length,
      parts: changes.map(difference),
      separator: '\n\n',
      frame: { before: `### Load balancers\n\n`, after: '' },
    },
    {
      rank: RANK.loadBalancer,
      what: 'objects that would be refused',
      count: refused.length,
      parts: refused.map(({ message }) => `- ${code(message, MOST_LETTERS)}`),
      frame: { before: 'Refused by Kubernetes, the controller or AWS:\n\n', after: '' },
    },
    {
      rank: RANK.picture,
      what: 'pictures of load balancers',
      count: changes.length,
      parts: changes.map(picture),
      separator: '\n\n',
    },
    {
      rank: RANK.lowRisk,
      what: 'notes on load balancers',
      count: notes.length,
      parts: notes.map((note) => `- ${code(note, MOST_LETTERS)}`),
      frame: { before: 'Notes on load balancers:\n\n', after: '' },
    },
  ];
  return blocks.filter(({ count }) => count > 0);
}

function difference({ id, Change, Stays, before, after }: LoadBalancerChange): string {
  const [old, fresh] = [before, after].map(tableLines) as [string[], string[]];
  const lines = lineDiff(old, fresh);
  const shown = before && after ? withContext(lines) : lines;
  return [
    `${code(id)} ${DIFFERENCE_WORDS[Change]}:`,
    ...Stays.map(
      ({ Field, Before }) =>
        `- stays, though nothing says it any more: ${code(`${Field}: ${String(Before)}`)}; ${unsetWords(Field)}`,
    ),
    folded(
      plural(lines.filter(({ mark }) => mark !== ' ').length, 'line'),
      fenced(
        'diff',
        shown.map(({ mark, text }) => `${mark} ${shortened(text, MOST_LETTERS)}`),
      ),
    ),
  ].join('\n\n');
}

function tableLines(loadBalancer: LoadBalancer | undefined): string[] {
  return loadBalancer ? previewTable(previewOf(loadBalancer), WIDTH).trimEnd().split('\n') : [];
}

function picture({ id, before, after }: LoadBalancerChange): string {
  const draw = (title: string, loadBalancer: LoadBalancer | undefined) => {
    if (!loadBalancer) return [];
    const lines = mermaid(previewOf(loadBalancer)).trimEnd().split('\n');
    const body =
      lines.length > MOST_LINES
        ? `Too large for a picture: ${lines.length} lines.`
        : fenced('mermaid', lines);
    return [folded(`Picture of ${htmlCode(id)} ${title}`, body)];
  };
  return [...draw('before', before), ...draw('after', after)].join('\n\n');
}

function previewOf(loadBalancer: LoadBalancer) {
  return { LoadBalancers: [loadBalancer], Refusals: [], Findings: [], NotJudged: [], Notes: [] };
}
