import { type Report } from '../report';
import { isAccepted, isMinor, RISK_CODES, type RiskCode } from '../risks/risk';
import { type StackSummary } from '../summary';
import { type Block } from './block';
import { costWords } from './cost-section';
import { code, plural, markdownTable } from './markdown';
import { RANK } from './rank';

const MOST_OUTPUTS = 12;
const MOST_MESSAGES = 5;
const MOST_LETTERS = 400;

/** What each code counts, one and many. */
export const WORDS: Readonly<Record<RiskCode, readonly [one: string, many: string]>> = {
  'delete:protected': ['long-lived resource is destroyed', 'long-lived resources are destroyed'],
  'replace:protected': ['long-lived resource is replaced', 'long-lived resources are replaced'],
  'any-destroy': ['other thing goes', 'other things go'],
  unprotected: ['guard is taken away', 'guards are taken away'],
  'open-to-world': ['thing is opened to the world', 'things are opened to the world'],
  refused: ['thing is refused', 'things are refused'],
  'trust-widened': ['policy admits more than before', 'policies admit more than before'],
  'iam-wildcard': ['wide permission is gained', 'wide permissions are gained'],
  'iam-principal': ['policy lets in somebody new', 'policies let in somebody new'],
  'unknown-policy': ['policy is known after apply only', 'policies are known after apply only'],
  'data-read': ['permission to read all data is gained', 'permissions to read all data are gained'],
  'runs-command': ['command is run by Terraform', 'commands are run by Terraform'],
  hidden: ['resource has hidden values that matter', 'resources have hidden values that matter'],
  version: ['version changes', 'versions change'],
  tainted: ['resource is tainted', 'resources are tainted'],
  drift: ['resource was changed outside of Terraform', 'resources were changed outside of Terraform'],
};

/** What a reviewer reads in half a minute. */
export function headBlocks(report: Report): Block[] {
  const { environment, base, summary, stacks, cost } = report;
  const parts = [
    ...title(environment, base),
    ...gaps(report),
    verdict(report),
    ...acceptances(report),
    summaryTable(summary),
    ...waits(summary),
    costWords(cost, !stacks.some(({ incomplete, errored }) => incomplete || errored)),
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

/** What was not read, not planned or not known: nothing calm is said over it. */
export function gaps({ summary, stacks, loadBalancers: { unread } }: Report): string[] {
  const named = (isOne: (each: StackSummary) => boolean) =>
    summary
      .filter(isOne)
      .map(({ stack }) => stack)
      .join(', ');
  const errored = named(({ stack }) => stacks.some((each) => each.stack === stack && each.errored));
  const cut = named(({ stack }) =>
    stacks.some((each) => each.stack === stack && each.incomplete && !each.errored),
  );
  const missing = named(
    ({ stack, status }) =>
      status === 'no plan' || (status === 'blocked' && !stacks.some((each) => each.stack === stack)),
  );
  const checks = stacks.flatMap(({ failedChecks = [] }) => failedChecks);
  const warnings = stacks.flatMap(({ stack, warnings: texts = [] }) =>
    texts.map((text) => `${stack}: ${text}`),
  );
  return [
    ...(errored === ''
      ? []
      : [
          `**The plan of ${errored} is incomplete: Terraform stopped with an error. Nothing below is the whole.**`,
        ]),
    ...(cut === ''
      ? []
      : [`**The plan of ${cut} is incomplete: changes are put off. Nothing below is the whole.**`]),
    ...(checks.length === 0
      ? []
      : [`**${plural(checks.length, 'check does not hold', 'checks do not hold')}:** ${listed(checks)}`]),
    ...(warnings.length === 0
      ? []
      : [`**Terraform warns ${plural(warnings.length, 'time', 'times')}:** ${listed(warnings)}`]),
    ...(unread.length === 0 ? [] : [`**Load balancers are not previewed:** ${listed(unread)}`]),
    ...(missing === '' ? [] : [`**Not judged: ${missing}, of which there is no plan.**`]),
  ];
}

function listed(texts: readonly string[]): string {
  const more = texts.length - MOST_MESSAGES;
  const shown = texts.slice(0, MOST_MESSAGES).map((text) => code(text, MOST_LETTERS));
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join('; ');
}

function verdict({ risks, summary, stacks }: Report): string {
  const open = risks.filter((risk) => !isAccepted(risk));
  if (open.length > 0) {
    const ofCode = (name: RiskCode) => open.filter((risk) => risk.code === name).length;
    const order = [
      ...new Set([...open.filter((risk) => !isMinor(risk)).map((risk) => risk.code), ...RISK_CODES]),
    ];
    return `${order.flatMap((name) => (ofCode(name) === 0 ? [] : [`**${plural(ofCode(name), ...WORDS[name])}**`])).join(', ')}.`;
  }
  const judged = summary.filter(({ stack }) => stacks.some((each) => each.stack === stack));
  if (judged.length === 0) return 'Nothing is judged.';
  if (judged.some(({ status }) => status === 'incomplete') || stacks.some(({ incomplete }) => incomplete))
    return 'What there is of the plans says nothing about what is missing.';
  const names = judged.map(({ stack }) => stack).join(', ');
  return `In the plan${judged.length > 1 ? 's' : ''} of ${names} nothing goes but what is known to be harmless, no guard is taken away, nothing is opened to the world or refused, no trust or wide permission is gained, no version changes, and there is no drift.`;
}

/** That somebody answers for a risk is said as plainly as the risk. */
function acceptances({ risks, idleAcceptances }: Report): string[] {
  const held = risks.filter(isAccepted).flatMap(({ accepted }) => accepted?.until ?? []);
  const fresh = risks.flatMap(({ accepted, address }) => (accepted?.isNew ? [address] : []));
  const over = [
    ...risks.flatMap(({ accepted, address }) => (accepted?.expired ? [address] : [])),
    ...idleAcceptances.map(({ address }) => address),
  ];
  const [first] = [...held].sort();
  return [
    ...(fresh.length === 0
      ? []
      : [
          `**Accepted in this change, which does not count yet: ${listed(fresh)}.** Whoever reviews it says whether the reason is one.`,
        ]),
    ...(first === undefined
      ? []
      : [
          `${plural(held.length, 'risk is accepted', 'risks are accepted')} by the environment, the first until ${first}: they are below, and stop no gate.`,
        ]),
    ...(over.length === 0
      ? []
      : [
          `Accepted until a day that is over: ${listed(over)}. Take it out of the environment, or write another day and why.`,
        ]),
  ];
}

function summaryTable(summary: readonly StackSummary[]): string {
  return markdownTable(
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
