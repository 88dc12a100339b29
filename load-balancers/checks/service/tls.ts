import { type Service } from '../../model';
import { type CheckContext } from '../context';
import { atSuffix, type ObjectFinding } from '../finding';
import { namedService } from '../read';
import { type Check, combines, entries, hasPort, readNlb, serviceListenersOf } from './read';

const CERTIFICATES = 'aws-load-balancer-ssl-cert';
const PORTS = 'aws-load-balancer-ssl-ports';
const HEALTH_CHECK = 'aws-load-balancer-healthcheck';

/** TLS has certificates, on ports of TCP that there are; health checks by HTTP have what HTTP has. */
export const tls: Check = (service, context) => [
  ...pairing(service, context),
  ...tlsPorts(service, context),
  ...healthCheckOfHttp(service),
];

function pairing(service: Service, context: CheckContext): ObjectFinding[] {
  const missing = `write ${namedService('ssl-cert')} too`;
  if (!readNlb.has(service, CERTIFICATES)) {
    const unused = [
      'aws-load-balancer-ssl-negotiation-policy',
      'aws-load-balancer-alpn-policy',
      'aws-load-balancer-backend-protocol',
    ].filter((suffix) => readNlb.has(service, suffix));
    const plain = 'TLS needs a certificate, and without one these ports are plain TCP';
    return [
      ...(readNlb.has(service, PORTS) ? [atSuffix(service, PORTS, plain, missing)] : []),
      ...unused.map((suffix) =>
        atSuffix(service, suffix, 'it is of TLS, and there is no certificate', missing),
      ),
    ];
  }
  if (combines(service, context) === undefined) return [];
  if (serviceListenersOf(service, context).some(({ protocol }) => protocol === 'TLS')) return [];
  return [
    atSuffix(service, CERTIFICATES, 'no port is of TLS', "write protocol: 'TLS' at a port, or remove it"),
  ];
}

/** The controller leaves out TLS where it can't be, without a word. */
function tlsPorts(service: Service, context: CheckContext): ObjectFinding[] {
  return entries(service, PORTS).flatMap((entry) => {
    const of = (service.spec.ports ?? []).filter((port) => hasPort([entry.value], port));
    const plain = serviceListenersOf(service, context).find(
      ({ protocol, port }) => protocol !== 'TLS' && of.some((each) => each.port === port),
    );
    if (!plain || plain.protocol === 'TCP') return [];
    const reason = `TLS goes by TCP, and this port is of ${plain.protocol}`;
    return [atSuffix(service, PORTS, reason, 'write another port', entry)];
  });
}

function healthCheckOfHttp(service: Service): ObjectFinding[] {
  const suffix = `${HEALTH_CHECK}-protocol`;
  const protocol = readNlb.text(service, suffix);
  const isLocal = service.spec.externalTrafficPolicy === 'Local';
  if (isLocal || /^https?$/i.test(protocol ?? '') || (readNlb.has(service, suffix) && protocol === undefined))
    return [];
  return [`${HEALTH_CHECK}-path`, `${HEALTH_CHECK}-success-codes`]
    .filter((each) => readNlb.has(service, each))
    .map((each) =>
      atSuffix(
        service,
        each,
        'a check by TCP asks for no path and gets no code',
        `write ${namedService('healthcheck-protocol')}: HTTP too, or remove it`,
      ),
    );
}
