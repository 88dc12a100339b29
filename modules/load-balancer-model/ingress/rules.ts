import { type GroupContext, type Member } from '../context';
import { type Action, type Rule } from '../model';
import { type Sourced } from '../origin';

export interface ListenerPort {
  readonly port: number;
  readonly protocol: 'HTTP' | 'HTTPS';
}

/** @param members those that listen on this port, in order */
export function buildDefaultActions(
  context: GroupContext,
  listener: ListenerPort,
  members: readonly Member[],
): Sourced<readonly Action[]> {
  throw new Error(`not built: ${context.group.id} ${listener.port} ${members.length}`);
}

export function buildRules(
  context: GroupContext,
  listener: ListenerPort,
  members: readonly Member[],
): readonly Rule[] {
  throw new Error(`not built: ${context.group.id} ${listener.port} ${members.length}`);
}
