/**
 * What is left of Markdown when all is taken away that a value may be in: fences, code spans and `<code>`. It is this program's
 * own words, or a value has broken out.
 */
export function outside(markdown: string): string {
  const kept: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    const [run] = /^ {0,3}`{3,}/.exec(line) ?? [];
    const marks = run?.trimStart();
    if (fence === undefined && marks !== undefined) {
      fence = marks;
      continue;
    }
    if (fence !== undefined) {
      // As CommonMark has it: at least as long, and nothing after it.
      if (marks !== undefined && marks.length >= fence.length && /^ {0,3}`+\s*$/.test(line))
        fence = undefined;
      continue;
    }
    kept.push(line.replace(/<code>(?:[^<>`|]|<wbr>)*<\/code>/g, '').replace(/(?<!`)`[^`|<&\\]+`(?!`)/g, ''));
  }
  return [...kept, ...(fence === undefined ? [] : ['UNCLOSED FENCE'])].join('\n');
}
