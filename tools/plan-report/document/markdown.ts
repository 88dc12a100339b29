/**
 * The one place where a value becomes Markdown. A value is either in `code`, which nothing can leave and in which GitHub links
 * and mentions nothing, or in `fenced` lines. All else in a report are this program's own words.
 */

/** Letters that don't show, that look like a space, or that turn the reading order around. */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;
/** Letters that mean nothing between backticks, not even in a table. */
const PLAIN = /^[\w.,:;/=+()[\]{}"'*@~^$%!?#>-]+(?: [\w.,:;/=+()[\]{}"'*@~^$%!?#>-]+)*$/;
const MOST = 160;

/** A text of which every letter shows. */
export function visibleLetters(text: string): string {
  return text.replace(UNSEEN, (letter) =>
    letter === '\n' ? '\\n' : `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** A text of at most so many letters that says when some are missing. */
export function shortened(text: string, most = MOST): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}… (${text.length - most} more characters)`;
}

/** A value in a line, a heading or a cell of a table. */
export function code(value: string, most = MOST): string {
  const text = shortened(visibleLetters(value), most);
  return PLAIN.test(text) ? `\`${text}\`` : coded(text);
}

/** A value within HTML, such as a summary, where backticks mean nothing. */
export function htmlCode(value: string, most = MOST): string {
  return coded(shortened(visibleLetters(value), most));
}

/** Markdown is still read in it, and an address of mail would become a link: no word is left around its sign. */
function coded(text: string): string {
  const escaped = text.replace(/[^\p{L}\p{N} ,()=…-]/gu, (letter) => `&#${letter.codePointAt(0) ?? 0};`);
  return `<code>${escaped.replaceAll('&#64;', '&#64;<wbr>')}</code>`;
}

/** A fence that is longer than any run of backticks in a text. */
export function fence(longestRun: number): string {
  return '`'.repeat(Math.max(3, longestRun + 1));
}

export function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** Lines in a fence; each is one line whatever is in it. */
export function fenced(language: string, lines: readonly string[]): string {
  const body = lines.map(visibleLetters).join('\n');
  const marks = fence(longestRun(body));
  return `${marks}${language}\n${body}\n${marks}`;
}

/** A table whose cells are Markdown already; the first column is words, the rest numbers where so marked. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(head.map((title) => title.replace(/^#/, ''))),
    `|${head.map((title) => (title.startsWith('#') ? '---:' : '---')).join('|')}|`,
    ...rows.map(line),
  ].join('\n');
}

/** What a reader opens if they want to; the blank lines let Markdown in. */
export function folded(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
