import { INGRESS_ANNOTATIONS } from '../annotations';
import { type Member } from '../context';
import { type Facts } from '../facts';
import { keyOf, type Ingress } from '../objects';
import { compareText, type Sourced } from '../origin';
import { Refused, type Source } from '../refusal';
import { gateOpen, type ControllerSettings } from '../settings';
import { isUnknown, KNOWN_AFTER_APPLY, type OrUnknown } from '../unknown';
import { ingressTags } from '../tags';
import { paramsSource } from './statements';

export interface Certificate {
  readonly arn: OrUnknown<string>;
  /** Tells unknown ones apart. */
  readonly key: string;
}

export type Certificates = Sourced<readonly Certificate[]>;

const NONE: Certificates = { value: [], sources: [] };

/**
 * Certificates that someone chose: by ARN, or one that the controller is to request.
 * @throws {Refused} for one to request without a host
 */
export function chosenCertificates(member: Member, settings: ControllerSettings): Certificates {
  const requested = requestedCertificate(member, settings);
  const { ingress, params } = member;
  const ofClass = params?.spec.certificateArn ?? [];
  if (params !== undefined && ofClass.length > 0) {
    return { value: ofClass.map(byArn), sources: [paramsSource(params, 'certificateArn')] };
  }
  const ofIngress = INGRESS_ANNOTATIONS.list(ingress, 'certificate-arn') ?? [];
  if (ofIngress.length === 0) return requested;
  return {
    value: ofIngress.map(byArn),
    sources: [INGRESS_ANNOTATIONS.source(ingress, 'certificate-arn')],
  };
}

/**
 * Certificates that the controller finds in ACM by the hosts of an Ingress: where nobody says which there are, one unknown
 * stands for them.
 * @throws {Refused} for a host without one
 */
export function discoveredCertificates(
  ingress: Ingress,
  { certificates }: Facts,
  { allowedCertificateAuthorityArns: allowed }: ControllerSettings,
): Certificates {
  const { value: hosts, sources } = hostsOf(ingress);
  if (hosts.length === 0) return NONE;
  if (certificates !== undefined && !hosts.some(isUnknown)) {
    const known = certificates.filter(
      ({ certificateAuthorityArn = '' }) => allowed.length === 0 || allowed.includes(certificateAuthorityArn),
    );
    const arns = hosts.flatMap((host, index) => {
      const own = known.filter(({ domains }) => domains.some((domain) => isOfHost(domain, host)));
      if (own.length === 0) throw new Refused(`no certificate found for host: ${host}`, sources[index]);
      return own.map(({ arn }) => arn);
    });
    return { value: [...new Set(arns)].sort(compareText).map(byArn), sources };
  }
  return { value: [{ arn: KNOWN_AFTER_APPLY, key: `discovered ${hosts.join(' ')}` }], sources };
}

function requestedCertificate(member: Member, settings: ControllerSettings): Certificates {
  const { ingress } = member;
  if (!gateOpen(settings, 'EnableCertificateManagement') || !wantsCertificate(ingress)) return NONE;
  if ((INGRESS_ANNOTATIONS.list(ingress, 'certificate-arn') ?? []).length > 0) return NONE;
  const { value: hosts, sources } = hostsOf(ingress);
  const source = INGRESS_ANNOTATIONS.source(ingress, 'create-acm-cert');
  if (hosts.length === 0) {
    throw new Refused(
      `ingress ${keyOf(ingress)} has create-acm-cert enabled but no hostnames defined in spec.rules[].host or spec.tls[].hosts — cannot create a certificate without at least one hostname`,
      source,
    );
  }
  // The certificate would be tagged: what its tags refuse, it refuses.
  ingressTags(member, settings);
  return {
    value: [{ arn: KNOWN_AFTER_APPLY, key: `requested by ${keyOf(ingress)}` }],
    sources: [source, ...sources],
  };
}

/** The controller takes a value that is no boolean for `false`. */
function wantsCertificate(ingress: Ingress): boolean {
  return /^(1|t|T|true|TRUE|True)$/.test(INGRESS_ANNOTATIONS.string(ingress, 'create-acm-cert') ?? '');
}

function hostsOf(ingress: Ingress): Sourced<readonly string[]> {
  const at = (host: string | undefined, Field: string) =>
    host === undefined ? [] : [{ host, source: { Kind: 'Ingress', Name: keyOf(ingress), Field } as Source }];
  const hosts = [
    ...(ingress.spec.rules ?? []).flatMap(({ host }, rule) =>
      at(host || undefined, `spec.rules[${rule}].host`),
    ),
    ...(ingress.spec.tls ?? []).flatMap((tls, index) =>
      (tls.hosts ?? []).flatMap((host, entry) => at(host, `spec.tls[${index}].hosts[${entry}]`)),
    ),
  ];
  return {
    value: [...new Set(hosts.map(({ host }) => host))].sort(compareText),
    sources: hosts.map(({ source }) => source),
  };
}

/** A wildcard is a whole label, the first one. */
function isOfHost(domain: string, host: string): boolean {
  return domain === host || (domain.startsWith('*.') && host.replace(/^[^.]*/, '*') === domain);
}

function byArn(arn: string): Certificate {
  return { arn, key: arn };
}
