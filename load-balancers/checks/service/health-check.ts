import { type Service } from '../../model';
import { atSuffix, type ObjectFinding } from '../finding';
import { type Check, readNlb, targetTypeOf } from './read';

const HC = 'aws-load-balancer-healthcheck';

/** Health checks are ones that AWS takes, of a port that there is. */
export const healthCheck: Check = (service) => [...times(service), ...ofHttp(service), ...port(service)];

/** The controller's defaults, which differ where nodes answer for their own pods. */
function times(service: Service): ObjectFinding[] {
  const local = isLocal(service);
  const wanted = (suffix: string, otherwise: number) =>
    readNlb.has(service, suffix) ? readNlb.whole(service, suffix) : otherwise;
  const interval = wanted(`${HC}-interval`, 10);
  const timeout = wanted(`${HC}-timeout`, local ? 6 : 10);
  if (interval === undefined || timeout === undefined || timeout <= interval) return [];
  const given = readNlb.has(service, `${HC}-timeout`) ? `${HC}-timeout` : `${HC}-interval`;
  return [
    atSuffix(
      service,
      given,
      `a check would begin every ${interval} s before the last one has had its ${timeout} s`,
      'write an interval of at least the timeout',
    ),
  ];
}

function ofHttp(service: Service): ObjectFinding[] {
  const isHttp = isLocal(service) || /^https?$/i.test(readNlb.text(service, `${HC}-protocol`) ?? '');
  const unknown =
    readNlb.has(service, `${HC}-protocol`) && readNlb.text(service, `${HC}-protocol`) === undefined;
  const given = [`${HC}-path`, `${HC}-success-codes`].filter((suffix) => readNlb.has(service, suffix));
  if (!isHttp && !unknown) {
    return given.map((suffix) =>
      atSuffix(
        service,
        suffix,
        'a check by TCP asks for no path and gets no code',
        "write healthCheck.protocol: 'HTTP' too, or remove it",
      ),
    );
  }
  return [];
}

function port(service: Service): ObjectFinding[] {
  const suffix = `${HC}-port`;
  const value = readNlb.text(service, suffix);
  const at = (reason: string, remedy: string) => [atSuffix(service, suffix, reason, remedy)];
  if (value === undefined || value === 'traffic-port') return [];
  if (/^-?\d+$/.test(value)) {
    if (Number(value) >= 1 && Number(value) <= 65535) return [];
    return at('no port', 'write a whole number from 1 to 65535');
  }
  const named = service.spec.ports?.find(({ name }) => name === value);
  if (!named)
    return at(
      'the Service has no port of this name',
      "write 'traffic-port', a number, or the name of a port",
    );
  if (targetTypeOf(service) === 'ip' && typeof named.targetPort === 'string') {
    return at(
      `the pods' port is known by its name ${named.targetPort} only, and pods may have different numbers for it`,
      "write 'traffic-port' or the number",
    );
  }
  return [];
}

function isLocal({ spec }: Service): boolean {
  return spec.externalTrafficPolicy === 'Local';
}
