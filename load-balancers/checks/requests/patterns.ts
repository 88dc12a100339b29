/** Patterns of a load balancer's conditions: `*` stands for any letters, `?` for one. */

/** Whether a text is one that a pattern stands for. */
export function matches(pattern: string, text: string): boolean {
  return compare(pattern, text, () => true);
}

/** Whether all texts that a pattern stands for are ones that another, the first, stands for. */
export function covers(general: string, special: string): boolean {
  return compare(general, special, (letter) => letter !== '*');
}

/** @param isOne whether a letter of the text is one letter, so that `?` may stand for it */
function compare(pattern: string, text: string, isOne: (letter: string) => boolean): boolean {
  let [at, star, from] = [0, -1, 0];
  for (let index = 0; index < text.length;) {
    const wanted = pattern.charAt(at);
    const letter = text.charAt(index);
    if (wanted === '*') {
      [star, from] = [at, index];
      at += 1;
    } else if (
      at < pattern.length &&
      ((wanted === '?' && isOne(letter)) || (wanted === letter && letter !== '*'))
    ) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      from += 1;
      [at, index] = [star + 1, from];
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}
