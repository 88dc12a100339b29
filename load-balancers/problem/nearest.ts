/** The candidate that differs from `word` in the fewest letters, the later the better; none if none resembles it. */
export function nearest(
  word: string,
  candidates: readonly string[],
  most = Math.max(2, word.length / 3),
): string | undefined {
  const [best] = candidates
    .map((candidate) => ({
      candidate,
      distance: distance(word.toLowerCase(), candidate.toLowerCase()),
      beginning: sharedBeginning(word, candidate),
    }))
    .sort((a, b) => a.distance - b.distance || b.beginning - a.beginning);
  return best && best.distance <= most ? best.candidate : undefined;
}

/** A remedy: the candidate that was probably meant, else the last ones of all. */
export function oneOf(word: string, candidates: readonly string[], most = 12): string {
  const likely = nearest(word, candidates);
  if (likely) return `write '${likely}'`;
  const shown = candidates.slice(-most).join(', ');
  return `write one of ${candidates.length > most ? '…, ' : ''}${shown}`;
}

/** Letters to insert, delete or replace. @see https://en.wikipedia.org/wiki/Levenshtein_distance */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const letter of a) {
    let left = Infinity;
    let diagonal = Infinity;
    row = row.map((above, column) => {
      const replaced = diagonal + (letter === b.charAt(column - 1) ? 0 : 1);
      [left, diagonal] = [Math.min(above + 1, left + 1, replaced), above];
      return left;
    });
  }
  return Math.max(...row.slice(-1));
}

/** How many letters two words begin with alike. */
function sharedBeginning(a: string, b: string): number {
  const differs = a.split('').findIndex((letter, index) => letter !== b[index]);
  return differs < 0 ? a.length : differs;
}
