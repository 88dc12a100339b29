import { type Cidr, formatCidr } from '../modules/network/cidr';

/** An IPv4 network as a person wrote it. */
export interface Network extends Cidr {
  readonly cidr: string;
  /** The same network with its host bits set to zero. */
  readonly aligned: string;
}

/** Reads `10.0.0.0/16`, or `10.0.0.1/16` with a wrong first address; the schema has made sure of the form. */
export function readNetwork(cidr: string): Network {
  const slash = cidr.indexOf('/');
  const [address, prefix] = [cidr.slice(0, slash), Number(cidr.slice(slash + 1))];
  const number = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const first = number - (number % 2 ** (32 - prefix));
  return { cidr, prefix, first, aligned: formatCidr({ first, prefix }) };
}
