import { attributeLimits as table } from '../../language';
import { type Service, isUnknown } from '../../model';
import { nearest } from '../../problem';
import { atAnnotation, type Check, type NlbFinding } from './finding';
import { listenersOf, pairs, read } from './read';

interface Attribute {
  readonly for: readonly string[];
  readonly oneOf?: readonly string[];
  readonly min?: number;
  readonly max?: number;
}
type Table = Readonly<Record<string, Attribute>>;

const LOAD_BALANCER = 'aws-load-balancer-attributes';
const TARGET_GROUP = 'aws-load-balancer-target-group-attributes';
const LISTENER = 'aws-load-balancer-listener-attributes';

/** Of the same names as an Application Load Balancer's, with other values. */
const TARGET_GROUP_TABLE: Table = {
  ...ofNetwork(table.targetGroup),
  'stickiness.type': { for: ['network'], oneOf: ['source_ip'] },
};

/** Attributes are those of a Network Load Balancer, each in its range. */
export const attributes: Check = (service) => [
  ...known(service, LOAD_BALANCER, ofNetwork(table.loadBalancer), 'a Network Load Balancer'),
  ...bucket(service),
  ...targetGroups(service),
  ...listenersOf(service).flatMap(({ port, protocol }) => {
    const suffix = `${LISTENER}.${protocol}-${port}`;
    return [
      ...known(service, suffix, ofNetwork(table.listener), 'a listener'),
      ...idleTimeout(service, suffix, protocol),
    ];
  }),
];

function ofNetwork(all: Table): Table {
  return Object.fromEntries(Object.entries(all).filter(([, attribute]) => attribute.for.includes('network')));
}

function known(service: Service, suffix: string, all: Table, whose: string): NlbFinding[] {
  return pairs(service, suffix).flatMap((entry) => {
    const { at: key, value } = entry;
    const attribute = all[key];
    const at = (reason: string, remedy: string) => [atAnnotation(service, suffix, reason, remedy, entry)];
    if (!attribute) {
      const like = nearest(key, Object.keys(all));
      return at(
        `${whose} has no such attribute`,
        like === undefined ? `write one of ${Object.keys(all).join(', ')}` : `write '${like}'`,
      );
    }
    const { oneOf = [], min, max = Infinity } = attribute;
    if (oneOf.includes(value) || (oneOf.length === 0 && min === undefined)) return [];
    const words = oneOf.map((each) => `'${each}'`);
    if (min === undefined) return at(`${key} does not take it`, `write ${words.join(' or ')}`);
    if (/^\d+$/.test(value) && Number(value) >= min && Number(value) <= max) return [];
    const range = `a whole number from ${min}${max === Infinity ? ' on' : ` to ${max}`}`;
    return at(`${key} does not take it`, `write ${[range, ...words].join(' or ')}`);
  });
}

function bucket(service: Service): NlbFinding[] {
  const values = read.map(service, LOAD_BALANCER);
  if (values?.get('access_logs.s3.enabled') !== 'true' || values.get('access_logs.s3.bucket')) return [];
  return [
    atAnnotation(
      service,
      LOAD_BALANCER,
      'access logs need a bucket to write to',
      'write accessLogs.bucket too',
      {
        at: 'access_logs.s3.enabled',
        value: 'true',
      },
    ),
  ];
}

function targetGroups(service: Service): NlbFinding[] {
  const all = listenersOf(service);
  const own = all.map(({ port, protocol }) => ({ suffix: `${TARGET_GROUP}.${port}`, protocols: [protocol] }));
  return [{ suffix: TARGET_GROUP, protocols: all.map(({ protocol }) => protocol) }, ...own].flatMap(
    ({ suffix, protocols }) => [
      ...known(service, suffix, TARGET_GROUP_TABLE, 'a target group of a Network Load Balancer'),
      ...againstProtocols(service, suffix, protocols),
      ...againstEachOther(service, suffix),
    ],
  );
}

function againstProtocols(service: Service, suffix: string, protocols: readonly string[]): NlbFinding[] {
  const values = read.map(service, suffix);
  const datagrams = protocols.find((protocol) => /UDP|QUIC/.test(protocol));
  const refused: readonly [key: string, value: string, by: string | undefined, reason: string][] = [
    ['preserve_client_ip.enabled', 'false', datagrams, 'targets see the address of the client always'],
    [
      'target_health_state.unhealthy.connection_termination.enabled',
      'true',
      datagrams,
      'there is no connection to end',
    ],
    ['stickiness.enabled', 'true', protocols.find((each) => each === 'TLS'), 'there is no stickiness'],
  ];
  return refused.flatMap(([at, value, protocol, reason]) =>
    protocol === undefined || values?.get(at) !== value
      ? []
      : [
          atAnnotation(
            service,
            suffix,
            `with ${protocol} ${reason}`,
            `remove it, or write targetGroupAttributes at the ports of another protocol than ${protocol}`,
            { at, value },
          ),
        ],
  );
}

function againstEachOther(service: Service, suffix: string): NlbFinding[] {
  const draining = 'target_health_state.unhealthy.draining_interval_seconds';
  const values = read.map(service, suffix);
  const value = values?.get(draining);
  if (value === undefined || isUnknown(value) || value === '0') return [];
  if (values?.get('target_health_state.unhealthy.connection_termination.enabled') === 'false') return [];
  return [
    atAnnotation(
      service,
      suffix,
      'connections to an unhealthy target end at once',
      "write 'target_health_state.unhealthy.connection_termination.enabled': 'false' too",
      { at: draining, value },
    ),
  ];
}

function idleTimeout(service: Service, suffix: string, protocol: string): NlbFinding[] {
  if (protocol === 'TCP' || !read.has(service, suffix)) return [];
  return [
    atAnnotation(
      service,
      suffix,
      `a listener of ${protocol} has an idle timeout that can't be changed`,
      'remove it',
    ),
  ];
}
