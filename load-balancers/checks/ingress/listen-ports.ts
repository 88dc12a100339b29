import {
  type ControllerSettings,
  type Ingress,
  type IngressClassParams,
  KNOWN_AFTER_APPLY,
  gateOpen,
} from '../../model';
import { itemsOf } from './json';
import { read } from './read';
import { type MemberView } from './view';

export interface ListenPort {
  readonly port: number;
  readonly protocol: 'HTTP' | 'HTTPS';
}

export interface GroupListener extends ListenPort {
  /** The Ingresses that ask for it, in the order of their rules. */
  readonly members: readonly MemberView[];
}

interface Member {
  readonly ingress: Ingress;
  readonly params?: IngressClassParams;
}

/** The ports an Ingress asks for; undefined if they can't be known or read. */
export function listenersOf(member: Member, settings: ControllerSettings): readonly ListenPort[] | undefined {
  if (!read.has(member.ingress, 'listen-ports')) {
    const tls = certificatesOf(member).length > 0 || createsCertificate(member.ingress, settings);
    return [tls ? { port: 443, protocol: 'HTTPS' } : { port: 80, protocol: 'HTTP' }];
  }
  const entries = writtenPorts(member.ingress);
  if (entries === undefined || !entries.every(isListenPort)) return undefined;
  // Of one port that is written twice, the last counts.
  return [...new Map(entries.map((entry) => [entry.port, entry])).values()].toSorted(
    (a, b) => a.port - b.port,
  );
}

/** As written; undefined for another form than `[{"HTTP":80},{"HTTPS":443}]`. */
export function writtenPorts(
  ingress: Ingress,
): readonly { readonly port: unknown; readonly protocol: string }[] | undefined {
  const json = read.json(ingress, 'listen-ports');
  const entries = itemsOf(json);
  if (entries.length === 0 || !entries.every((entry) => typeof entry === 'object' && entry !== null)) {
    return undefined;
  }
  return entries.flatMap((entry) =>
    Object.entries(entry).map(([protocol, port]) => ({ protocol, port: port as unknown })),
  );
}

function isListenPort(entry: { readonly port: unknown; readonly protocol: string }): entry is ListenPort {
  const { port, protocol } = entry;
  return (
    typeof port === 'number' && port >= 1 && port <= 65535 && (protocol === 'HTTP' || protocol === 'HTTPS')
  );
}

/** Certificates that are written, not discovered; those of the class' parameters win. */
export function certificatesOf({ ingress, params }: Member): readonly string[] {
  const ofParams = params?.spec.certificateArn ?? [];
  if (ofParams.length > 0) return ofParams;
  if (!read.has(ingress, 'certificate-arn')) return [];
  return read.list(ingress, 'certificate-arn') ?? [KNOWN_AFTER_APPLY];
}

/** Whether the controller asks ACM for a certificate. */
export function createsCertificate(ingress: Ingress, settings: ControllerSettings): boolean {
  return (
    gateOpen(settings, 'EnableCertificateManagement') && read.boolean(ingress, 'create-acm-cert') === true
  );
}

/** Hosts by which certificates are discovered. */
export function hostsOf({ spec }: Ingress): readonly string[] {
  return [
    ...(spec.rules ?? []).map(({ host }) => host ?? ''),
    ...(spec.tls ?? []).flatMap(({ hosts }) => hosts ?? []),
  ].filter((host) => host !== '');
}
