import { InputError } from '../kit/input-error';

/** How other files than a text in UTF-8 begin, what each is, and how it becomes one. */
const BEGINNINGS: readonly (readonly [bytes: readonly number[], what: string, remedy: string])[] = [
  [[0xff, 0xfe], 'UTF-16, as > of Windows PowerShell writes it', 'iconv -f UTF-16 -t UTF-8'],
  [[0xfe, 0xff], 'UTF-16', 'iconv -f UTF-16 -t UTF-8'],
  [[0x1f, 0x8b], 'compressed by gzip', 'gunzip'],
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive', 'unzip'],
];

/**
 * The text of a file, without a byte order mark.
 *
 * @throws {InputError} for what is no UTF-8
 */
export function decodeText(name: string, bytes: Uint8Array): string {
  const found = BEGINNINGS.find(([start]) => start.every((byte, index) => bytes[index] === byte));
  if (found) throw notUtf8(name, found[1], found[2]);
  // Without a mark, every other byte of UTF-16 is zero where letters are of ASCII.
  const zero = bytes.indexOf(0);
  if (zero === 0 || zero === 1) throw notUtf8(name, 'UTF-16', 'iconv -f UTF-16 -t UTF-8');
  if (zero > 0) throw new InputError(`${name} is no text: write a file of manifests`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notUtf8(name, 'in another encoding than UTF-8', 'iconv -f WINDOWS-1252 -t UTF-8');
  }
}

function notUtf8(name: string, what: string, remedy: string): InputError {
  return new InputError(`${name} is ${what}: make a text in UTF-8 of it first, such as with ${remedy}`);
}
