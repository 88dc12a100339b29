import { INGRESS_ANNOTATIONS } from '../annotations';
import { type IngressGroup } from '../context';
import { keyOf } from '../objects';
import { type Sourced } from '../origin';
import { Refused, wrapRefusal, type Source } from '../refusal';
import { isUnknown, KNOWN_AFTER_APPLY } from '../unknown';
import { type MergedPort } from './merged-port';
import { goList, paramsSource } from './statements';

/**
 * The port to which HTTP listeners redirect.
 * @throws {Refused} for two ports, or one on which nothing listens with HTTPS
 */
export function sslRedirect(
  { members, isOpen }: IngressGroup,
  ports: readonly MergedPort[],
): Sourced<number> | undefined {
  const sources = new Map<number, Source>();
  for (const { ingress, params } of members) {
    const ofClass = params?.spec.sslRedirectPort;
    if (params !== undefined && ofClass !== undefined && ofClass !== '') {
      const port = Number(ofClass);
      // The controller drops every redirect for it, without a word.
      if (!/^[+-]?\d+$/.test(ofClass) || port !== (port | 0)) return undefined;
      sources.set(port, sources.get(port) ?? paramsSource(params, 'sslRedirectPort'));
      continue;
    }
    const port = wrapRefusal(`ingress: ${keyOf(ingress)}`, () =>
      INGRESS_ANNOTATIONS.integer(ingress, 'ssl-redirect'),
    );
    if (port === undefined || port === KNOWN_AFTER_APPLY) continue;
    sources.set(port, sources.get(port) ?? INGRESS_ANNOTATIONS.source(ingress, 'ssl-redirect'));
  }
  const [first, second] = sources;
  if (first === undefined) return undefined;
  if (second !== undefined) {
    const conflicting = [...sources.keys()].sort((a, b) => a - b).map(String);
    throw new Refused(`conflicting sslRedirect port: ${goList(conflicting)}`, second[1], first[1]);
  }
  const [port, source] = first;
  const listener = ports.find((candidate) => candidate.port === port);
  const othersUnknown = members.some(({ ingress }) =>
    isUnknown(INGRESS_ANNOTATIONS.string(ingress, 'listen-ports')),
  );
  if (listener === undefined && !othersUnknown && !isOpen) {
    throw new Refused(`listener does not exist for SSLRedirect port: ${port}`, source);
  }
  if (listener !== undefined && listener.protocol.value !== 'HTTPS') {
    throw new Refused(`listener protocol non-SSL for SSLRedirect port: ${port}`, source);
  }
  return { value: port, sources: [source] };
}
