import { type ResourceChange } from '../changes/changes';
import { pathText, type Path } from '../changes/path';
import { isEmpty, isHidden, isMap, jsonIn, UNKNOWN } from '../changes/values';
import { shortened } from '../document/markdown';
import { differences, forces, leaves, type Difference } from './differences';
import { lineDiff, withContext } from './lines';

const MOST_LETTERS = 300;
const MOST_LINES = 120;

/** A change as lines for a fence of the language `diff`: `+` is added, `-` goes, `!` differs. */
export function resourceLines(change: ResourceChange): string[] {
  const { before, after, action } = change;
  if (action === 'delete' || action === 'forget')
    return [...head(change), ...limited(leaves(before).map(([path, value]) => one('-', path, value)))];
  const changed =
    before === undefined
      ? leaves(after).map(([path, value]): Difference => ({ path, after: value }))
      : differences(before, after);
  const isLater = ({ before: old, after: fresh, path }: Difference) =>
    isEmpty(old) && fresh === UNKNOWN && !forces(change.replacePaths, path);
  const later = changed.filter(isLater).map(({ path }) => pathText(path));
  return [
    ...head(change),
    ...limited(changed.filter((each) => !isLater(each)).flatMap((each) => differenceLines(each, change))),
    ...(later.length > 0 ? [`+   ${UNKNOWN}: ${shortened(later.join(', '), MOST_LETTERS)}`] : []),
  ];
}

/** Values of an attribute before and after, in few words. */
export function valueText(value: unknown): string {
  if (value === '') return '""';
  if (isEmpty(value)) return isMap(value) ? '{}' : '(not set)';
  if (isHidden(value)) return String(value);
  const text = JSON.stringify(value);
  return shortened(text, MOST_LETTERS);
}

function head({ address, action, ...change }: ResourceChange): string[] {
  const words: Readonly<Record<ResourceChange['action'], string>> = {
    create: '+ {} will be created',
    update: '! {} will be updated in-place',
    replace: change.createBeforeDestroy
      ? '! {} must be replaced: created, then destroyed'
      : '! {} must be replaced: destroyed, then created',
    delete: '- {} will be destroyed',
    forget: '- {} will no longer be managed, and not be destroyed',
    read: '  {} will be read',
    unknown: '! {}: an action that this version does not know',
    'no-op': '  {}',
  };
  const notes = [
    change.tainted ? 'it is tainted: an earlier run failed half-way' : undefined,
    change.reason === undefined || change.tainted ? undefined : change.reason.replaceAll('_', ' '),
    change.movedFrom === undefined ? undefined : `it has moved from ${change.movedFrom}`,
    change.importId === undefined ? undefined : `it is imported, with id ${change.importId}`,
  ];
  return [
    words[action].replace('{}', () => address),
    ...notes.flatMap((note) => (note === undefined ? [] : [`    # ${note}`])),
  ];
}

function differenceLines({ path, before, after }: Difference, { replacePaths }: ResourceChange): string[] {
  const forcing = forces(replacePaths, path) ? ' # forces replacement' : '';
  if (isEmpty(before)) return many('+', path, after, forcing);
  if (isEmpty(after)) return [`${one('-', path, before)}${forcing}`];
  if (isText(before) && isText(after)) {
    const changed = withContext(lineDiff(before.split('\n'), after.split('\n')));
    return [
      `!   ${pathText(path)} = <<text${forcing}`,
      ...changed.map(({ mark, text }) => `${mark}       ${shortened(text, MOST_LETTERS)}`),
    ];
  }
  return [`!   ${pathText(path)} = ${valueText(before)} -> ${valueText(after)}${forcing}`];
}

/** Whether lines are compared rather than the whole. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value.includes('\n') && jsonIn(value) === undefined;
}

function one(mark: string, path: Path, value: unknown): string {
  return `${mark}   ${pathText(path)} = ${valueText(value)}`;
}

function many(mark: string, path: Path, value: unknown, note = ''): string[] {
  if (!isText(value)) return [`${one(mark, path, value)}${note}`];
  return [
    `${mark}   ${pathText(path)} = <<text${note}`,
    ...value.split('\n').map((line) => `${mark}       ${shortened(line, MOST_LETTERS)}`),
  ];
}

function limited(lines: readonly string[]): string[] {
  const more = lines.length - MOST_LINES;
  return more <= 0 ? [...lines] : [...lines.slice(0, MOST_LINES), `    … ${more} more lines`];
}
