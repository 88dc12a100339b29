import { INGRESS_ANNOTATIONS } from '../annotations';
import { type MutualAuthentication } from '../model';
import { type Ingress } from '../objects';
import { reasonOf, Refused } from '../refusal';
import { isUnknown, KNOWN_AFTER_APPLY } from '../unknown';
import { bool, fromJson, int32, slice, optional, struct, goString, type Filled } from '../go/json-form';

const ENTRY = struct('MutualAuthenticationConfig', {
  port: int32,
  mode: goString(),
  trustStore: optional(goString()),
  ignoreClientCertificateExpiry: optional(bool),
  advertiseTrustStoreCaNames: optional(goString()),
});
type Entry = Filled<typeof ENTRY>;

const SUFFIX = 'mutual-authentication';
const MODES = ['off', 'passthrough', 'verify'];

export interface PortAuthentication {
  readonly settings: MutualAuthentication;
  /** ARN or name, as written. */
  readonly trustStore: string;
}

/**
 * How HTTPS listeners of an Ingress ask clients for certificates, by port.
 * @throws {Refused} for what ALB has no mode or no trust store for
 */
export function mutualAuthentication(ingress: Ingress): ReadonlyMap<number, PortAuthentication> {
  const raw = INGRESS_ANNOTATIONS.string(ingress, SUFFIX);
  if (raw === undefined) return new Map();
  const source = INGRESS_ANNOTATIONS.source(ingress, SUFFIX);
  const entries = read(raw, (message) => new Refused(message, source));
  return new Map(
    entries.map((entry) => {
      const problem = problemOf(entry);
      if (problem !== undefined) throw new Refused(problem, source);
      return [entry.port, { settings: settingsOf(entry), trustStore: entry.trustStore ?? '' }] as const;
    }),
  );
}

function read(raw: string, refuse: (message: string) => Refused): readonly Entry[] {
  const what = `mutualAuthentication configuration from ingress annotation: \`${raw}\``;
  try {
    const entries = fromJson(raw, slice('ingress.MutualAuthenticationConfig', ENTRY));
    if (entries.length > 0) return entries;
  } catch (error) {
    if (isUnknown(raw)) return [];
    throw refuse(`failed to parse ${what}: ${reasonOf(error)}`);
  }
  throw refuse(`empty ${what}`);
}

function problemOf(entry: Entry): string | undefined {
  const { port, mode, trustStore = '', ignoreClientCertificateExpiry, advertiseTrustStoreCaNames } = entry;
  if (port < 1 || port > 65535) return `listen port must be within [1, 65535]: ${port}`;
  if (mode === '') return `mutualAuthentication mode cannot be empty for port ${port}`;
  if (isUnknown(mode)) return undefined;
  if (!MODES.includes(mode)) {
    return `mutualAuthentication mode value must be among [${MODES.join(', ')}] for port ${port} : ${mode}`;
  }
  const verify = mode === 'verify';
  if (verify && trustStore === '') {
    return `trustStore is required when mutualAuthentication mode is verify for port ${port}`;
  }
  const unsupported = (what: string) =>
    `Mutual Authentication mode ${mode} does not support ${what} for port ${port}`;
  if (!verify && trustStore !== '') return unsupported('trustStore');
  if (!verify && ignoreClientCertificateExpiry !== undefined) {
    return unsupported('ignoring client certificate expiry');
  }
  if (advertiseTrustStoreCaNames === undefined) return undefined;
  if (!verify) return unsupported('advertiseTrustStoreCaNames');
  if (isUnknown(advertiseTrustStoreCaNames) || /^(on|off)$/.test(advertiseTrustStoreCaNames))
    return undefined;
  return `advertiseTrustStoreCaNames only supports the values "on" and "off" got value ${advertiseTrustStoreCaNames} for port ${port}`;
}

function settingsOf(entry: Entry): MutualAuthentication {
  const { mode, trustStore = '', ignoreClientCertificateExpiry, advertiseTrustStoreCaNames } = entry;
  const ignoreExpiry = ignoreClientCertificateExpiry ?? (mode === 'verify' ? false : undefined);
  return {
    Mode: mode,
    // A trust store by name is looked up.
    ...(trustStore !== '' && {
      TrustStoreArn: trustStore.startsWith('arn:') ? trustStore : KNOWN_AFTER_APPLY,
    }),
    ...(ignoreExpiry !== undefined && { IgnoreClientCertificateExpiry: ignoreExpiry }),
    ...(advertiseTrustStoreCaNames !== undefined && {
      AdvertiseTrustStoreCaNames: advertiseTrustStoreCaNames,
    }),
  };
}

/** Of two trust stores, one by ARN and one by name may be the same. */
export function sameAuthentication(a: PortAuthentication, b: PortAuthentication): boolean {
  const maybe = (x: string | undefined, y: string | undefined) => x === y || isUnknown(x) || isUnknown(y);
  const comparable = a.trustStore.startsWith('arn:') === b.trustStore.startsWith('arn:');
  const [one, other] = [a.settings, b.settings];
  return (
    maybe(one.Mode, other.Mode) &&
    one.IgnoreClientCertificateExpiry === other.IgnoreClientCertificateExpiry &&
    maybe(one.AdvertiseTrustStoreCaNames, other.AdvertiseTrustStoreCaNames) &&
    (maybe(a.trustStore, b.trustStore) || (!comparable && a.trustStore !== '' && b.trustStore !== ''))
  );
}
