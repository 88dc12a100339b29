import { INGRESS_ANNOTATIONS } from '../annotations';
import { type Member } from '../context';
import { type MutualAuthentication } from '../model';
import { compareText, type Sourced } from '../origin';
import { Refused, wrapRefusal, type Source } from '../refusal';
import { type ControllerSettings } from '../settings';
import { isUnknown } from '../unknown';
import { type Certificate, type Certificates } from './certificates';
import { type ListenConfig, type ListenProtocol } from './listen-ports';
import { sameAuthentication, type PortAuthentication } from './mutual-authentication';
import { goList, sameOrder } from './statements';

/** A listener on which the Ingresses that want its port agree. */
export interface MergedPort {
  readonly port: number;
  readonly protocol: Sourced<ListenProtocol>;
  /** Those that want it, in the order of the group. */
  readonly members: readonly Member[];
  readonly inboundCidrs: Sourced<readonly string[]>;
  readonly prefixLists: Sourced<readonly string[]>;
  readonly certificates: Certificates;
  readonly sslPolicy?: Sourced<string>;
  readonly mutualAuthentication?: Sourced<MutualAuthentication>;
}

/**
 * One listener for each port, by port.
 * @throws {Refused} where two Ingresses want different things of one port
 */
export function mergePorts(
  configs: readonly ListenConfig[],
  settings: ControllerSettings,
): readonly MergedPort[] {
  const byPort = new Map<number, ListenConfig[]>();
  for (const config of configs) {
    for (const port of config.ports.value.keys()) {
      const others = byPort.get(port);
      if (others === undefined) byPort.set(port, [config]);
      else others.push(config);
    }
  }
  return [...byPort]
    .sort(([a], [b]) => a - b)
    .map(([port, wanting]) =>
      wrapRefusal(`failed to merge listenPort config for port: ${port}`, () =>
        mergePort(port, wanting, settings),
      ),
    );
}

function mergePort(port: number, configs: readonly ListenConfig[], settings: ControllerSettings): MergedPort {
  const protocol = new Agreement<ListenProtocol | undefined>('protocol', Object.is, String);
  const cidrs = new Agreement<readonly string[]>('inbound-cidrs', sameOrder, (all) =>
    [all.filter(isV4), all.filter(isV6)].map(goList).join(', '),
  );
  const prefixLists = new Agreement<readonly string[]>('inbound-prefix-lists', sameOrder, goList);
  const sslPolicy = new Agreement<string>('sslPolicy', Object.is, String);
  const authentication = new Agreement<PortAuthentication>('mTLS Attributes', sameAuthentication, goStruct);
  for (const config of configs) {
    const { key, ports } = config;
    protocol.add(key, { value: ports.value.get(port), sources: ports.sources });
    cidrs.add(key, setOf(config.inboundCidrs));
    prefixLists.add(key, setOf(config.prefixLists));
    if (ports.value.get(port) !== 'HTTPS') continue;
    sslPolicy.add(key, config.sslPolicy);
    authentication.add(key, authenticationOf(config, port));
  }
  const https = protocol.result?.value === 'HTTPS';
  const open = cidrs.result === undefined && prefixLists.result === undefined;
  return {
    port,
    protocol: { value: https ? 'HTTPS' : 'HTTP', sources: configs.flatMap(({ ports }) => ports.sources) },
    members: configs.map(({ member }) => member),
    inboundCidrs: open ? EVERYWHERE : (cidrs.result ?? { value: [], sources: [] }),
    prefixLists: prefixLists.result ?? { value: [], sources: [] },
    certificates: https ? mergeCertificates(configs) : { value: [], sources: [] },
    sslPolicy: https ? (sslPolicy.result ?? { value: settings.defaultSslPolicy, sources: [] }) : undefined,
    mutualAuthentication: authentication.result && {
      value: authentication.result.value.settings,
      sources: authentication.result.sources,
    },
  };
}

const EVERYWHERE: Sourced<readonly string[]> = { value: ['0.0.0.0/0', '::/0'], sources: [] };

/** The first to say something is who others must agree with. */
class Agreement<T> {
  private first?: { readonly key: string; readonly value: T; readonly source?: Source };
  private readonly sources: Sourced<T>['sources'][number][] = [];

  constructor(
    private readonly name: string,
    private readonly same: (a: T, b: T) => boolean,
    private readonly print: (value: T) => string,
  ) {}

  add(key: string, part: Sourced<T> | undefined): void {
    if (part === undefined) return;
    this.first ??= { key, value: part.value, source: part.sources[0] };
    this.sources.push(...part.sources);
    const { first, print } = this;
    if (this.same(first.value, part.value) || [first.value, part.value].flat().some(isUnknown)) return;
    throw new Refused(
      `conflicting ${this.name}, ${first.key}: ${print(first.value)} | ${key}: ${print(part.value)}`,
      part.sources[0],
      first.source,
    );
  }

  get result(): Sourced<T> | undefined {
    return this.first && { value: this.first.value, sources: this.sources };
  }
}

/** The first Ingress's first certificate is the default one; it may also be among the others, once. */
function mergeCertificates(configs: readonly ListenConfig[]): Certificates {
  const [first, ...rest] = configs.flatMap(({ certificates }) => certificates.value);
  if (first === undefined) return { value: [], sources: [] };
  const others = new Map<string, Certificate>();
  for (const certificate of rest) {
    if (!others.has(certificate.key)) others.set(certificate.key, certificate);
  }
  return {
    value: [first, ...others.values()],
    sources: configs.flatMap(({ certificates }) => certificates.sources),
  };
}

function authenticationOf(
  { member, mutualAuthentication }: ListenConfig,
  port: number,
): Sourced<PortAuthentication> | undefined {
  const value = mutualAuthentication.get(port);
  return value && { value, sources: [INGRESS_ANNOTATIONS.source(member.ingress, 'mutual-authentication')] };
}

/** As a set; nothing said if it is empty. */
function setOf({ value, sources }: Sourced<readonly string[]>): Sourced<readonly string[]> | undefined {
  if (value.length === 0) return undefined;
  const distinct = [...new Set(value)].sort(compareText);
  return { value: [...distinct.filter(isV4), ...distinct.filter(isV6)], sources };
}

export function isV4(cidr: string): boolean {
  return !isV6(cidr);
}

export function isV6(cidr: string): boolean {
  return cidr.includes(':');
}

function goStruct({ settings }: PortAuthentication): string {
  return `&{${Object.values(settings).join(' ')}}`;
}
