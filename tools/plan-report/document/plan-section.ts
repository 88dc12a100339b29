import { isChange, type OutputChange, type ResourceChange, type StackChanges } from '../changes/changes';
import { valueText, resourceLines } from '../diff/resource';
import { type Block } from './block';
import { plural, visibleLetters } from './markdown';
import { RANK } from './rank';

const ORDER: readonly ResourceChange['action'][] = [
  'unknown',
  'delete',
  'replace',
  'forget',
  'update',
  'create',
];

/** Each stack's full plan, folded. */
export function planBlocks(stacks: readonly StackChanges[]): Block[] {
  return stacks.flatMap((each) => [...planBlock(each), ...outputBlock(each)]);
}

function planBlock({ stack, resources }: StackChanges): Block[] {
  const changes = resources
    .filter((change) => isChange(change) || change.movedFrom !== undefined || change.importId !== undefined)
    .sort((a, b) => ORDER.indexOf(a.action) - ORDER.indexOf(b.action));
  if (changes.length === 0) return [];
  return [
    {
      rank: RANK.plan,
      what: `resources in the plan of ${stack}`,
      count: changes.length,
      parts: rendered(changes),
      separator: '\n\n',
      frame: {
        before: `### Plan of ${stack}\n\n<details><summary>${plural(changes.length, 'resource')}</summary>\n\n`,
        fence: 'diff',
        after: '\n\n</details>',
      },
    },
  ];
}

/** One after the other, so that none is rendered that has no room. */
function* rendered(changes: readonly ResourceChange[]): Generator<string> {
  for (const change of changes) yield resourceLines(change).map(visibleLetters).join('\n');
}

const MARKS: Readonly<Partial<Record<OutputChange['action'], string>>> = { create: '+', delete: '-' };

function outputBlock({ stack, outputs }: StackChanges): Block[] {
  const changes = outputs.filter(isChange);
  if (changes.length === 0) return [];
  return [
    {
      rank: RANK.output,
      what: `outputs of ${stack}`,
      count: changes.length,
      parts: changes.map(outputText),
      frame: {
        before: `<details><summary>${plural(changes.length, 'output')} of ${stack}</summary>\n\n`,
        fence: 'diff',
        after: '\n\n</details>',
      },
    },
  ];
}

function outputText({ name, action, before, after }: OutputChange): string {
  const mark = MARKS[action] ?? '!';
  const values = mark === '!' ? [before, after] : [mark === '+' ? after : before];
  return visibleLetters(`${mark} ${name} = ${values.map(valueText).join(' -> ')}`);
}
