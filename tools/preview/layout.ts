/** Letters that a terminal obeys, or that turn the reading order around, as text. */

const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

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
 * Columns that are wider than their share give way.
 */
export function columns(rows: readonly (readonly string[])[], width: number): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const natural = Array.from({ length: count }, (_, column) =>
    rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0),
  );
  const widths = shares(natural, width - GAP.length * (count - 1));
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

/** Narrow columns get what they need, the others share what is left. */
function shares(natural: readonly number[], width: number): readonly number[] {
  const widths = natural.map(() => 0);
  let left = width;
  const byNeed = natural.map((need, column) => ({ need, column })).sort((a, b) => a.need - b.need);
  byNeed.forEach(({ need, column }, index) => {
    const share = Math.max(1, Math.floor(left / (byNeed.length - index)));
    widths[column] = Math.min(need, share);
    left -= Math.min(need, share);
  });
  return widths.map((each) => Math.max(1, each));
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
