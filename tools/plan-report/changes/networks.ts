import { isIPv4 } from 'node:net';

/** Networks of this size hold most of the internet. */
const WIDEST_PREFIX = 7;

/** Whether networks are, together, everybody's: `0.0.0.0/1` and `128.0.0.0/1` are. */
export function isWorld(networks: unknown): boolean {
  const texts = (Array.isArray(networks) ? networks : [networks]).filter((each) => typeof each === 'string');
  if (texts.some(isMostOfIpv6)) return true;
  const ranges = texts.flatMap((text) => rangeOf(text) ?? []).sort((a, b) => a.first - b.first);
  let [covered, next] = [0, 0];
  for (const { first, last } of ranges) {
    covered += Math.max(0, last - Math.max(first, next) + 1);
    next = Math.max(next, last + 1);
  }
  return covered >= 2 ** (32 - WIDEST_PREFIX);
}

/** Whether all of a network is in one of others. */
export function isCovered(network: string, others: readonly string[]): boolean {
  const range = rangeOf(network);
  return others.some((other) => {
    const around = rangeOf(other);
    return range && around ? around.first <= range.first && range.last <= around.last : other === network;
  });
}

/** Unique local addresses aren't of the internet. */
function isMostOfIpv6(network: string): boolean {
  const [address = '', prefix = ''] = network.split('/');
  return (
    address.includes(':') &&
    /^\d+$/.test(prefix) &&
    Number(prefix) <= WIDEST_PREFIX &&
    !/^f[cd]/i.test(address)
  );
}

function rangeOf(network: string): { readonly first: number; readonly last: number } | undefined {
  const [address = '', prefix = '32'] = network.split('/');
  if (!isIPv4(address) || !/^\d+$/.test(prefix)) return undefined;
  const size = 2 ** (32 - Number(prefix));
  const number = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const first = number - (number % size);
  return { first, last: first + size - 1 };
}
