import { Chosen, type Block } from './block';

/** GitHub takes 65,536 characters in a comment. */
export const MOST_CHARACTERS = 65_000;
/** For the note on what was cut. */
const NOTE = 1200;

/** Blocks as one text of at most so many characters; the blocks of the highest rank are cut first. */
export function fit(blocks: readonly Block[], most = MOST_CHARACTERS): string {
  const chosen = blocks.map((block) => new Chosen(block));
  let room = most - NOTE;
  for (const each of [...chosen].sort((a, b) => a.block.rank - b.block.rank)) {
    room -= fill(each, room);
  }
  const note = cutNote(chosen, most);
  const [first, ...rest] = chosen.filter(({ shown }) => shown > 0).map(String);
  const texts = [first, note, ...rest].filter((text) => text !== undefined && text !== '');
  return `${texts.join('\n\n')}\n`;
}

/** Takes parts in while there is room; answers how much they take. */
function fill(chosen: Chosen, room: number): number {
  let left = room;
  for (const part of chosen.block.parts) {
    const before = chosen.length;
    if (!chosen.take(part, left)) break;
    left -= chosen.length - before;
  }
  return room - left;
}

function cutNote(chosen: readonly Chosen[], most: number): string {
  const cuts = chosen
    .filter(({ cut }) => cut > 0)
    .sort((a, b) => a.block.rank - b.block.rank)
    .map(({ cut, block: { count, what } }) => `${cut} of ${count} ${what}`);
  if (cuts.length === 0) return '';
  return `> [!NOTE]\n> Cut to stay below ${most.toLocaleString('en-US')} characters: ${cuts.join('; ')}.`;
}
