import { type Report } from '../report';
import { RISK_CODES, type Risk, type RiskCode } from '../risks/risk';
import { type StackSummary } from '../summary';
import { type Block } from './block';
import { dollars } from './cost-section';
import { code, plural, table } from './markdown';
import { RANK } from './rank';

const MOST_OUTPUTS = 12;

const WORDS: Readonly<Record<RiskCode, readonly [one: string, many: string]>> = {
  'delete:protected': ['long-lived resource is destroyed', 'long-lived resources are destroyed'],
  'replace:protected': ['long-lived resource is replaced', 'long-lived resources are replaced'],
  'open-to-world': ['thing is opened to the world', 'things are opened to the world'],
  'iam-wildcard': ['permission with a wildcard is gained', 'permissions with wildcards are gained'],
  'iam-principal': ['policy lets in somebody new', 'policies let in somebody new'],
  version: ['version changes', 'versions change'],
  tainted: ['resource is tainted', 'resources are tainted'],
  drift: ['resource was changed outside of Terraform', 'resources were changed outside of Terraform'],
};

/** What a reviewer reads in half a minute. */
export function headBlocks({ environment, base, summary, risks, cost }: Report): Block[] {
  const parts = [
    ...title(environment, base),
    verdict(risks),
    summaryTable(summary),
    ...waits(summary),
    `Cost: ${dollars(cost.difference)} a month${cost.unknown > 0 ? `, and ${plural(cost.unknown, 'item')} of unknown cost` : ''}.`,
  ];
  return [{ rank: RANK.head, parts, count: parts.length, what: 'parts of the summary', separator: '\n\n' }];
}

function title(environment: string, base: string | undefined): string[] {
  if (base === undefined) return [`## Plan of ${code(environment)}`];
  return [
    `## Synthesized stacks of ${code(environment)}, compared with ${code(base)}`,
    'Nothing was planned: values that AWS or another stack provides are unknown, and so is drift. Of updates, only the best known ones that make a new resource are told.',
  ];
}

function verdict(risks: readonly Risk[]): string {
  if (risks.length === 0)
    return 'Nothing long-lived is destroyed or replaced, nothing is opened to the world, no wildcard or new principal in IAM, no version change, no drift.';
  const counts = RISK_CODES.flatMap((name) => {
    const count = risks.filter((risk) => risk.code === name).length;
    return count === 0 ? [] : [`**${plural(count, ...WORDS[name])}**`];
  });
  return `${counts.join(', ')}.`;
}

function summaryTable(summary: readonly StackSummary[]): string {
  return table(
    ['stack', '#add', '#change', '#replace', '#destroy', '#no change', 'state'],
    summary.map((each) => [each.stack, ...numbers(each), stateWords(each)]),
  );
}

function numbers({ status, add, change, replace, destroy, unchanged, waitsFor }: StackSummary): string[] {
  const counts = [add, change, replace, destroy, unchanged];
  const hasPlan = status !== 'no plan' && (waitsFor.length === 0 || counts.some((count) => count > 0));
  return counts.map((count, index) => {
    if (!hasPlan) return '–';
    return count > 0 && index > 1 && index < 4 ? `**${count}**` : String(count);
  });
}

function stateWords({ status, imported, moved, forgotten, changedOutputs }: StackSummary): string {
  const more = [
    imported > 0 ? `${imported} imported` : '',
    moved > 0 ? `${moved} moved` : '',
    forgotten > 0 ? `${forgotten} forgotten` : '',
    changedOutputs > 0 ? plural(changedOutputs, 'output changes', 'outputs change') : '',
  ].filter((words) => words !== '');
  const words = { ...STATES, blocked: '**blocked**', incomplete: '**incomplete plan**' }[status];
  return [words, ...more].join(', ');
}

const STATES = { changes: 'planned', 'no changes': 'no changes', 'no plan': 'no plan given' };

/** Stacks that wait for the same are told in one sentence. */
function waits(summary: readonly StackSummary[]): string[] {
  const sentences = new Map<string, string[]>();
  for (const { stack, waitsFor } of summary) {
    if (waitsFor.length === 0) continue;
    const producers = waitsFor.map(({ stack: producer, outputs }) => `${producer} (${outputsText(outputs)})`);
    const text = producers.join(', then ');
    sentences.set(text, [...(sentences.get(text) ?? []), stack]);
  }
  return [...sentences].map(
    ([producers, stacks]) =>
      `Blocked: ${stacks.join(', ')}. Apply ${producers} first, whose new outputs ${stacks.length > 1 ? 'they read' : 'it reads'}, then plan again.`,
  );
}

function outputsText(outputs: readonly string[]): string {
  const more = outputs.length - MOST_OUTPUTS;
  const shown = outputs.slice(0, MOST_OUTPUTS).map((name) => code(name, 60));
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
