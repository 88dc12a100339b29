import { LOAD_BALANCER } from './load-balancer';
import { NAMES } from './names';
import { NETWORK } from './network';
import { SECURITY } from './security';
import { TAGS } from './tags';
import { TARGETS } from './targets';

/** The kinds of values, by name. */
export const KINDS = { ...NAMES, ...TAGS, ...NETWORK, ...SECURITY, ...TARGETS, ...LOAD_BALANCER } as const;
