/** Letters that a terminal obeys, that don't show, or that turn the reading order around, as text. */

const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0]/g;

/** A text of which every letter shows. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A text of several lines of which every letter shows. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

/** Breaks a text at spaces into lines of at most so many letters; a longer word is broken where the line ends. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length <= width) {
      line += ` ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (line.length > width) {
      lines.push(line.slice(0, width));
      line = line.slice(width);
    }
  }
  return [...lines, line];
}

const GAP = '  ';

/**
 * Rows in columns as wide as what is in them, at most `width` together; what doesn't fit goes on in the next line.
 * Words stay whole if there is room for them.
 */
export function columns(rows: readonly (readonly string[])[], width: number): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const most = (length: (cell: string) => number) =>
    Array.from({ length: count }, (_, column) =>
      rows.reduce((longest, row) => Math.max(longest, length(row[column] ?? '')), 1),
    );
  const room = width - GAP.length * (count - 1);
  const words = most((cell) => Math.max(...cell.split(' ').map((word) => word.length)));
  const whole = shares(words, room);
  const more = shares(
    most((cell) => cell.length).map((need, column) => need - (whole[column] ?? 0)),
    room - sum(whole),
  );
  const widths = whole.map((each, column) => Math.max(1, each + (more[column] ?? 0)));
  return rows.flatMap((row) => {
    const cells = row.map((cell, column) => wrap(cell, widths[column] ?? 1));
    const height = Math.max(...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, index) =>
      cells
        .map((lines, column) => (lines[index] ?? '').padEnd(widths[column] ?? 0))
        .join(GAP)
        .trimEnd(),
    );
  });
}

/** What each gets of the room: all that it needs if that is little, else an even share of what others leave. */
function shares(needs: readonly number[], room: number): readonly number[] {
  const given = needs.map(() => 0);
  const byNeed = needs.map((need, column) => ({ need, column })).sort((a, b) => a.need - b.need);
  byNeed.forEach(({ need, column }, index) => {
    const share = Math.floor((room - sum(given)) / (byNeed.length - index));
    given[column] = Math.max(0, Math.min(need, share));
  });
  return given;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** A name and what it has, for each that has anything; continued under the value. */
export function properties(
  pairs: readonly (readonly [name: string, value: string])[],
  width: number,
): string[] {
  const given = pairs.filter(([, value]) => value !== '');
  const first = Math.max(0, ...given.map(([name]) => name.length));
  return given.flatMap(([name, value]) =>
    wrap(value, Math.max(20, width - first - GAP.length)).map(
      (line, index) => `${(index === 0 ? name : '').padEnd(first)}${GAP}${line}`,
    ),
  );
}

export function indent(lines: readonly string[], by = GAP): string[] {
  return lines.map((line) => (line === '' ? '' : `${by}${line}`));
}
