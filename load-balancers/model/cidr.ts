import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { isUnknown } from './unknown';

/** Whether Go's net.ParseCIDR takes it; a block that isn't known yet is taken. */
export function isCidr(text: string): boolean {
  if (isUnknown(text)) return true;
  const [, address = '', bits = ''] = /^([^/]*)\/(\d+)$/.exec(text) ?? [];
  if (isIPv4(address)) return Number(bits) <= 32;
  return isIPv6(address) && !address.includes('%') && Number(bits) <= 128;
}

/** Whether an address is in one of these blocks. */
export function isWithin(address: string, cidrs: readonly string[]): boolean {
  const blocks = new BlockList();
  for (const cidr of cidrs) {
    const [network = '', bits] = cidr.split('/');
    blocks.addSubnet(network, Number(bits), isIPv4(network) ? 'ipv4' : 'ipv6');
  }
  return blocks.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

/** The block that a valid one with bits outside its prefix means; undefined if it has none. */
export function networkOf(cidr: string): string | undefined {
  if (isUnknown(cidr) || !isCidr(cidr)) return undefined;
  const at = cidr.indexOf('/');
  const address = cidr.slice(0, at);
  const length = Number(cidr.slice(at + 1));
  const v4 = isIPv4(address);
  const width = v4 ? 8 : 16;
  const parts = v4 ? address.split('.').map(Number) : groupsOfIPv6(address);
  const masked = parts.map((part, index) => {
    const free = Math.min(width, Math.max(0, width * (index + 1) - length));
    return part & ~((1 << free) - 1);
  });
  if (masked.every((part, index) => part === parts[index])) return undefined;
  return `${v4 ? masked.join('.') : textOfIPv6(masked)}/${length}`;
}

function groupsOfIPv6(address: string): readonly number[] {
  const hex = address.replace(/[\d.]+\.[\d.]+$/, (v4) => {
    const digits = v4.split('.').map((byte) => Number(byte).toString(16).padStart(2, '0'));
    return digits.join('').replace(/^..../, '$&:');
  });
  const groups = (text: string) => text.split(':').filter((group) => group !== '');
  const at = hex.indexOf('::');
  const left = groups(at < 0 ? hex : hex.slice(0, at));
  const right = groups(at < 0 ? '' : hex.slice(at));
  const zeros = Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...zeros, ...right].map((group) => parseInt(group, 16));
}

/** Shortest form: the longest run of zeros left out. */
function textOfIPv6(groups: readonly number[]): string {
  const text = groups.map((group) => group.toString(16)).join(':');
  const [zeros] = [...text.matchAll(/(?<![^:])0(:0)+(?![^:])/g)].sort(([a], [b]) => b.length - a.length);
  if (zeros === undefined) return text;
  const before = text.slice(0, zeros.index).replace(/:$/, '');
  const after = text.slice(zeros.index + zeros[0].length).replace(/^:/, '');
  return `${before}::${after}`;
}
