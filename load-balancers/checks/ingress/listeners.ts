import { isUnknown, keyOf } from '../../model';
import { elsewhere, parseArn } from './arn';
import { atAnnotation, atParams, type ObjectFinding } from '../finding';
import { fieldOf, itemsOf, numberOf, textOf } from './json';
import {
  certificatesOf,
  createsCertificate,
  hostsOf,
  writtenPorts,
  type GroupListener,
} from './listen-ports';
import { named, read } from './read';
import { type GroupView, type MemberView, type View } from './view';

/** Listeners, their certificates, and the redirect from HTTP to HTTPS. */
export function checkListeners(view: View): ObjectFinding[] {
  return [
    ...view.groups.flatMap((group) => [
      ...group.listeners.flatMap((listener) => checkCertificates(view, listener)),
      ...checkProtocols(group),
      ...checkRedirect(group),
    ]),
    ...view.members.flatMap((member) => [
      ...checkPorts(member),
      ...checkCertificateArns(view, member),
      ...checkCreatedCertificate(view, member),
      ...checkMutualAuthentication(member),
    ]),
  ];
}

/** One member's certificate is enough for all that share a port. */
function checkCertificates({ settings }: View, { port, protocol, members }: GroupListener): ObjectFinding[] {
  const [first] = members;
  const known = members.some(
    (member) =>
      certificatesOf(member).length > 0 ||
      createsCertificate(member.ingress, settings) ||
      hostsOf(member.ingress).length > 0,
  );
  if (protocol === 'HTTP' || first === undefined || known) return [];
  return [
    atAnnotation(first.ingress, named('listen-ports'), {
      reason: `the HTTPS listener on port ${port} has no certificate, and no rule or tls host to discover one by`,
      remedy: `give it a certificate ARN (${named('certificate-arn')}) or a host`,
    }),
  ];
}

function checkPorts({ ingress }: MemberView): ObjectFinding[] {
  const written = writtenPorts(ingress) ?? [];
  const at = (reason: string, remedy: string) => [
    atAnnotation(ingress, named('listen-ports'), { reason, remedy }),
  ];
  return written.flatMap(({ port, protocol }, index) => {
    if (typeof port !== 'number' || isUnknown(protocol)) return [];
    if (protocol !== 'HTTP' && protocol !== 'HTTPS') {
      return at(`an Application Load Balancer has no protocol ${protocol}`, 'write HTTP or HTTPS');
    }
    if (port < 1 || port > 65535) return at(`there is no port ${port}`, 'write a port from 1 to 65535');
    const before = written.slice(0, index).find((each) => each.port === port);
    return before === undefined || before.protocol === protocol
      ? []
      : at(
          `port ${port} is asked for with ${before.protocol} and with ${protocol}`,
          'give each protocol a port of its own',
        );
  });
}

/** A port of a load balancer has one protocol. */
function checkProtocols({ listeners }: GroupView): ObjectFinding[] {
  return listeners.flatMap(({ port, protocol, members: [first, ...others] }) => {
    const other = others.find(({ listenPorts }) =>
      listenPorts?.some((each) => each.port === port && each.protocol !== protocol),
    );
    if (first === undefined || other === undefined) return [];
    return [
      atAnnotation(other.ingress, named('listen-ports'), {
        reason: `Ingress ${keyOf(first.ingress)} of the same group has ${protocol} on port ${port}`,
        remedy: `write ${protocol} there too, or another port`,
      }),
    ];
  });
}

function checkRedirect({ members, listeners, sslRedirect, isOpen }: GroupView): ObjectFinding[] {
  // Any Ingress of the group may have the listener.
  const known = !isOpen && members.every(({ listenPorts }) => listenPorts !== undefined);
  if (sslRedirect === undefined || sslRedirect === 'unknown' || !known) return [];
  const listener = listeners.find(({ port }) => port === sslRedirect);
  if (listener?.protocol === 'HTTPS') return [];
  const asks = members.find(({ ingress, params }) =>
    params?.spec.sslRedirectPort ? true : read.integer(ingress, 'ssl-redirect') === sslRedirect,
  );
  if (asks === undefined) return [];
  const https = listeners.filter(({ protocol }) => protocol === 'HTTPS').map(({ port }) => port);
  const words = {
    value: String(sslRedirect),
    reason:
      listener === undefined
        ? `no listener of the load balancer has port ${sslRedirect}`
        : `the listener on port ${sslRedirect} is plain HTTP`,
    remedy:
      https.length === 0
        ? `listen for HTTPS on port ${sslRedirect} too (${named('listen-ports')})`
        : `write ${https.join(' or ')}`,
  };
  const { ingress, params } = asks;
  return [
    params?.spec.sslRedirectPort
      ? atParams(params, 'sslRedirectPort', words)
      : atAnnotation(ingress, named('ssl-redirect'), words),
  ];
}

function checkCertificateArns({ context }: View, member: MemberView): ObjectFinding[] {
  const { ingress, params } = member;
  return certificatesOf(member).flatMap((value) => {
    const reason = isUnknown(value) ? undefined : certificateReason(value, context);
    if (reason === undefined) return [];
    const words = {
      value,
      reason,
      remedy: `write the ARN of a certificate that is in ACM${context.region === undefined ? '' : ` in ${context.region}`}, or in IAM`,
    };
    return [
      params?.spec.certificateArn?.length
        ? atParams(params, 'certificateArn', words)
        : atAnnotation(ingress, named('certificate-arn'), words),
    ];
  });
}

/** Certificates of ACM belong to a region; those of IAM do not. */
function certificateReason(value: string, here: View['context']): string | undefined {
  const arn = parseArn(value);
  return arn === undefined ? undefined : elsewhere(arn, here);
}

function checkCreatedCertificate({ settings }: View, { ingress }: MemberView): ObjectFinding[] {
  if (read.boolean(ingress, 'create-acm-cert') !== true) return [];
  const at = (reason: string, remedy: string, warning?: boolean) => [
    atAnnotation(ingress, named('create-acm-cert'), { reason, remedy, warning }),
  ];
  if (!createsCertificate(ingress, settings)) {
    return at(
      'the controller makes certificates only with its feature gate EnableCertificateManagement',
      'open the gate, or leave the annotation out',
      true,
    );
  }
  return hostsOf(ingress).length > 0 || read.has(ingress, 'certificate-arn')
    ? []
    : at('there is no rule or tls host to make a certificate for', 'give the Ingress a host');
}

/** Written for a port without HTTPS, clients would not be asked for a certificate at all. */
function checkMutualAuthentication({ ingress, listenPorts }: MemberView): ObjectFinding[] {
  if (listenPorts === undefined) return [];
  const entries = itemsOf(read.json(ingress, 'mutual-authentication'));
  return entries.flatMap((entry) => {
    const port = numberOf(entry, 'port');
    const mode = textOf(entry, 'mode');
    const https = listenPorts.some((each) => each.port === port && each.protocol === 'HTTPS');
    if (port === undefined || mode === undefined || mode === 'off' || https) return [];
    return [
      atAnnotation(ingress, named('mutual-authentication'), {
        value: JSON.stringify({ port: fieldOf(entry, 'port'), mode }),
        reason: `the Ingress has no HTTPS listener on port ${port}, so that nobody would be asked for a certificate`,
        remedy: 'write the port of an HTTPS listener of this Ingress',
        warning: true,
      }),
    ];
  });
}
