/** A line that is on one side, or on both. */
export interface Line {
  readonly mark: '+' | '-' | ' ';
  readonly text: string;
}

/** Beyond so many comparisons the sides are shown one after the other. */
const MOST = 4_000_000;

/** The fewest lines to remove and to add. */
export function lineDiff(before: readonly string[], after: readonly string[]): Line[] {
  const start = sharedStart(before, after);
  const end = Math.min(
    sharedStart([...before].reverse(), [...after].reverse()),
    Math.min(before.length, after.length) - start,
  );
  const same = (lines: readonly string[]): Line[] => lines.map((text) => ({ mark: ' ', text }));
  return [
    ...same(before.slice(0, start)),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...same(end === 0 ? [] : before.slice(-end)),
  ];
}

function sharedStart(a: readonly string[], b: readonly string[]): number {
  const differs = a.findIndex((line, index) => line !== b[index]);
  return differs < 0 ? a.length : differs;
}

/** By the longest common subsequence. */
function middle(before: readonly string[], after: readonly string[]): Line[] {
  const removed = (texts: readonly string[]) => texts.map((text): Line => ({ mark: '-', text }));
  const added = (texts: readonly string[]) => texts.map((text): Line => ({ mark: '+', text }));
  if (before.length * after.length > MOST || before.length === 0 || after.length === 0)
    return [...removed(before), ...added(after)];
  const width = after.length + 1;
  const longest = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1)
      longest[i * width + j] =
        before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      lines.push({ mark: ' ', text: before[i] ?? '' });
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      lines.push({ mark: '-', text: before[i] ?? '' });
      i += 1;
    } else {
      lines.push({ mark: '+', text: after[j] ?? '' });
      j += 1;
    }
  }
  return [...lines, ...removed(before.slice(i)), ...added(after.slice(j))];
}

/** Changed lines with some around them; `…` for those left out. */
export function withContext(lines: readonly Line[], context = 2): Line[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - context), index + context + 1).some(({ mark }) => mark !== ' '),
  );
  return lines.flatMap((line, index): Line[] => {
    if (near[index]) return [line];
    return index > 0 && !near[index - 1] ? [] : [{ mark: ' ', text: '…' }];
  });
}
