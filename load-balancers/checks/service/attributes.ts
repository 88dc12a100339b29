import { type Service, isUnknown } from '../../model';
import { atSuffix, type ObjectFinding } from '../finding';
import { type Check, serviceListenersOf, readNlb } from './read';

const LOAD_BALANCER = 'aws-load-balancer-attributes';
const TARGET_GROUP = 'aws-load-balancer-target-group-attributes';
const LISTENER = 'aws-load-balancer-listener-attributes';

/** Attributes fit the listeners' protocols, and one another. */
export const attributes: Check = (service) => [
  ...bucket(service),
  ...targetGroups(service),
  ...serviceListenersOf(service).flatMap(({ port, protocol }) => {
    return idleTimeout(service, `${LISTENER}.${protocol}-${port}`, protocol);
  }),
];

function bucket(service: Service): ObjectFinding[] {
  const values = readNlb.map(service, LOAD_BALANCER);
  if (values?.get('access_logs.s3.enabled') !== 'true' || values.get('access_logs.s3.bucket')) return [];
  return [
    atSuffix(service, LOAD_BALANCER, 'access logs need a bucket to write to', 'write accessLogs.bucket too', {
      at: 'access_logs.s3.enabled',
      value: 'true',
    }),
  ];
}

function targetGroups(service: Service): ObjectFinding[] {
  const all = serviceListenersOf(service);
  const own = all.map(({ port, protocol }) => ({ suffix: `${TARGET_GROUP}.${port}`, protocols: [protocol] }));
  return [{ suffix: TARGET_GROUP, protocols: all.map(({ protocol }) => protocol) }, ...own].flatMap(
    ({ suffix, protocols }) => [
      ...againstProtocols(service, suffix, protocols),
      ...againstEachOther(service, suffix),
    ],
  );
}

function againstProtocols(service: Service, suffix: string, protocols: readonly string[]): ObjectFinding[] {
  const values = readNlb.map(service, suffix);
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
          atSuffix(
            service,
            suffix,
            `with ${protocol} ${reason}`,
            `remove it, or write targetGroupAttributes at the ports of another protocol than ${protocol}`,
            { at, value },
          ),
        ],
  );
}

function againstEachOther(service: Service, suffix: string): ObjectFinding[] {
  const draining = 'target_health_state.unhealthy.draining_interval_seconds';
  const values = readNlb.map(service, suffix);
  const value = values?.get(draining);
  if (value === undefined || isUnknown(value) || value === '0') return [];
  if (values?.get('target_health_state.unhealthy.connection_termination.enabled') === 'false') return [];
  return [
    atSuffix(
      service,
      suffix,
      'connections to an unhealthy target end at once',
      "write 'target_health_state.unhealthy.connection_termination.enabled': 'false' too",
      { at: draining, value },
    ),
  ];
}

function idleTimeout(service: Service, suffix: string, protocol: string): ObjectFinding[] {
  if (protocol === 'TCP' || !readNlb.has(service, suffix)) return [];
  return [
    atSuffix(
      service,
      suffix,
      `a listener of ${protocol} has an idle timeout that can't be changed`,
      'remove it',
    ),
  ];
}
