/** `'a', 'b' or 'c'` */
export function quoted(words: string | readonly string[]): string {
  const all = [words].flat().map((word) => `'${word}'`);
  return [all.slice(0, -1).join(', '), ...all.slice(-1)].filter((part) => part !== '').join(' or ');
}
