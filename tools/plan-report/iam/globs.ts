/**
 * Patterns of policies, in which `*` is any letters and `?` is one. The questions are answered of all texts that there are, not of
 * some.
 */

/** Longer ones are taken for what is worse: not included, and met. */
const MOST = 1_000_000;

/** Whether each text that fits `part` fits `whole`. */
export function globIncludes(whole: string, part: string): boolean {
  if (whole === '*' || whole === part) return true;
  if (!/[*?]/.test(whole) || whole.length * part.length > MOST) return false;
  return walk(normal(whole), normal(part), (a, b) => (a === '?' ? b !== '*' : a === b), false);
}

/** Whether a text fits both. */
export function globsMeet(a: string, b: string): boolean {
  if (a === b || a.length * b.length > MOST) return true;
  if (!/[*?]/.test(a) && !/[*?]/.test(b)) return false;
  return walk(normal(a), normal(b), (x, y) => x === y || x === '?' || y === '?', true);
}

/** Whether a text fits a pattern. */
export function globMatches(pattern: string, text: string): boolean {
  return globIncludes(pattern, text.replace(/[*?]/g, '\u0000'));
}

/** `**` is `*`, and `*?` is `?*`. */
function normal(pattern: string): string {
  return pattern.replace(/[*?]+/g, (run) => run.replaceAll('*', '') + (run.includes('*') ? '*' : ''));
}

/** Goes through both patterns at once; `symmetric` if a `*` of either may stand for what the other has. */
function walk(a: string, b: string, fits: (x: string, y: string) => boolean, symmetric: boolean): boolean {
  const width = b.length + 1;
  const reached = new Uint8Array((a.length + 1) * width);
  reached[0] = 1;
  for (let i = 0; i <= a.length; i += 1)
    for (let j = 0; j <= b.length; j += 1) {
      if (reached[i * width + j] === 0) continue;
      const [x, y] = [a.charAt(i), b.charAt(j)];
      const go = (di: number, dj: number) => {
        if (i + di <= a.length && j + dj <= b.length) reached[(i + di) * width + j + dj] = 1;
      };
      if (x === '*') {
        go(1, 0);
        if (y !== '') go(0, 1);
      }
      if (symmetric && y === '*') {
        go(0, 1);
        if (x !== '') go(1, 0);
      }
      if (x !== '' && y !== '' && x !== '*' && (y !== '*' || !symmetric) && fits(x, y)) go(1, 1);
    }
  return reached[(a.length + 1) * width - 1] === 1;
}
