import { isIPv4, isIPv6 } from 'node:net';
import { isUnknown } from './unknown';

/** Whether Go's net.ParseCIDR takes it; a block that isn't known yet is taken. */
export function isCidr(text: string): boolean {
  if (isUnknown(text)) return true;
  const [, address = '', bits = ''] = /^([^/]*)\/(\d+)$/.exec(text) ?? [];
  if (isIPv4(address)) return Number(bits) <= 32;
  return isIPv6(address) && !address.includes('%') && Number(bits) <= 128;
}

/** The block that a valid one with bits outside its prefix means; undefined if it has none. */
export function networkOf(cidr: string): string | undefined {
  const [address = '', length = ''] = cidr.split('/');
  const v4 = isIPv4(address);
  const bytes = v4 ? address.split('.').map(Number) : bytesOfIPv6(address);
  const masked = bytes.map((byte, index) => {
    const kept = Math.min(8, Math.max(0, Number(length) - 8 * index));
    return byte & (0xff00 >> kept);
  });
  if (masked.every((byte, index) => byte === bytes[index])) return undefined;
  return `${v4 ? masked.join('.') : textOfIPv6(masked)}/${Number(length)}`;
}

function bytesOfIPv6(address: string): readonly number[] {
  const hex = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [left = [], right = []] = hex.split('::').map((half) => half.split(':').filter(Boolean));
  const middle = Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...middle, ...right].flatMap((group) => {
    const value = parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

/** Shortest form: the longest run of zeros left out. */
function textOfIPv6(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((bytes[2 * index] ?? 0) * 256 + (bytes[2 * index + 1] ?? 0)).toString(16),
  ).join(':');
  const [zeros] = [...groups.matchAll(/(?<![^:])0(:0)+(?![^:])/g)].sort(([a], [b]) => b.length - a.length);
  if (zeros === undefined) return groups;
  const before = groups.slice(0, zeros.index).replace(/:$/, '');
  const after = groups.slice(zeros.index + zeros[0].length).replace(/^:/, '');
  return `${before}::${after}`;
}
