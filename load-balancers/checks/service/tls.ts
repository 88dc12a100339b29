import { type Service } from '../../model';
import { elsewhere, parseArn } from '../ingress/arn';
import { type CheckContext } from '../context';
import { atSuffix, type ObjectFinding } from '../finding';
import { type Check, entries, serviceListenersOf, hasPort, readNlb } from './read';

const CERTIFICATES = 'aws-load-balancer-ssl-cert';
const PORTS = 'aws-load-balancer-ssl-ports';
const POLICY = 'aws-load-balancer-ssl-negotiation-policy';
/** Without the default one of each listener. */
const MOST_CERTIFICATES = 25;

/** TLS has certificates of the Region, on ports of TCP that there are. */
export const tls: Check = (service, context) => [
  ...pairing(service),
  ...tlsPorts(service),
  ...certificates(service, context),
];

function pairing(service: Service): ObjectFinding[] {
  if (!readNlb.has(service, CERTIFICATES)) {
    const unused = [POLICY, 'aws-load-balancer-alpn-policy', 'aws-load-balancer-backend-protocol'];
    return [
      ...(readNlb.has(service, PORTS)
        ? [
            atSuffix(
              service,
              PORTS,
              'TLS needs a certificate, and without one these ports are plain TCP',
              'write tls: { certificateArns: […] }',
            ),
          ]
        : []),
      ...unused
        .filter((suffix) => readNlb.has(service, suffix))
        .map((suffix) =>
          atSuffix(
            service,
            suffix,
            'it is of TLS, and there is no certificate',
            'write tls.certificateArns too',
          ),
        ),
    ];
  }
  if (serviceListenersOf(service).some(({ protocol }) => protocol === 'TLS')) return [];
  return [
    atSuffix(service, CERTIFICATES, 'no port is of TLS', "write protocol: 'TLS' at a port, or remove tls"),
  ];
}

/** The controller leaves out TLS where it can't be, without a word. */
function tlsPorts(service: Service): ObjectFinding[] {
  return entries(service, PORTS).flatMap((entry) => {
    const of = (service.spec.ports ?? []).filter((port) => hasPort([entry.value], port));
    const at = (reason: string, remedy: string) => [atSuffix(service, PORTS, reason, remedy, entry)];
    if (of.length === 0) return at('the Service has no such port', 'write the number or the name of a port');
    const plain = serviceListenersOf(service).find(
      ({ protocol, port }) => protocol !== 'TLS' && of.some((each) => each.port === port),
    );
    if (!plain || plain.protocol === 'TCP') return [];
    return at(`TLS goes by TCP, and this port is of ${plain.protocol}`, 'write another port');
  });
}

function certificates(service: Service, here: CheckContext): ObjectFinding[] {
  const { region, account, partition } = here;
  const all = entries(service, CERTIFICATES);
  const example = `arn:${partition ?? 'aws'}:acm:${region ?? 'eu-west-1'}:${account ?? '111122223333'}:certificate/…`;
  return [
    ...all.flatMap((entry) => {
      const at = (reason: string, remedy = `write an ARN such as ${example}`) => [
        atSuffix(service, CERTIFICATES, reason, remedy, entry),
      ];
      const arn = parseArn(entry.value);
      const reason = arn && elsewhere(arn, here);
      if (reason !== undefined) return at(reason);
      return [];
    }),
    ...(all.length > MOST_CERTIFICATES + 1
      ? [
          atSuffix(
            service,
            CERTIFICATES,
            `${all.length} certificates are too many for a load balancer`,
            `write at most ${MOST_CERTIFICATES + 1}, or one with several names`,
          ),
        ]
      : []),
  ];
}
