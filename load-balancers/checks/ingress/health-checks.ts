import { KINDS } from '../../language';
import { type Annotated } from '../../model';
import { backendsOf } from './backends';
import { atAnnotation, distinctFindings, type ObjectFinding } from '../finding';
import { named, ownerOf, read, withService } from './read';
import { type MemberView, type View } from './view';

/** Where the annotations of one target group's health check are. */
interface Reader {
  readonly annotations: Annotated;
  readonly owner: (suffix: string) => Annotated;
  /** Before each suffix. */
  readonly prefix: string;
  readonly intervalDefault: number;
  readonly timeoutDefault: number;
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
export function checkHealthChecks({ members, cluster }: View): ObjectFinding[] {
  return members.flatMap((member) => {
    const services = backendsOf(member, cluster).map(({ service }) => service);
    const each = services.length === 0 ? [undefined] : [...new Set(services)];
    const found = each.flatMap((service) =>
      checkOne({
        annotations: withService(member.ingress, service),
        owner: (suffix) => ownerOf(member.ingress, service, suffix),
        prefix: '',
        intervalDefault: 15,
        timeoutDefault: 5,
      }),
    );
    return [...distinctFindings(found), ...checkFrontend(member)];
  });
}

function checkFrontend({ ingress }: MemberView): ObjectFinding[] {
  if (read.boolean(ingress, 'enable-frontend-nlb') !== true) return [];
  return checkOne({
    annotations: ingress,
    owner: () => ingress,
    prefix: 'frontend-nlb-',
    intervalDefault: 15,
    timeoutDefault: 5,
  });
}

function checkOne(reader: Reader): ObjectFinding[] {
  return [...checkTimes(reader), ...checkPort(reader), ...checkCodes(reader)];
}

function checkTimes({
  annotations,
  owner,
  prefix,
  intervalDefault,
  timeoutDefault,
}: Reader): ObjectFinding[] {
  const intervalName = `${prefix}healthcheck-interval-seconds`;
  const timeoutName = `${prefix}healthcheck-timeout-seconds`;
  const written = (name: string, byDefault: number) =>
    read.has(annotations, name) ? read.integer(annotations, name) : byDefault;
  const interval = written(intervalName, intervalDefault);
  const timeout = written(timeoutName, timeoutDefault);
  if (interval === undefined || timeout === undefined || interval > timeout) return [];
  const byDefault = (name: string) => (read.has(annotations, name) ? '' : ', the default');
  const name = read.has(annotations, intervalName) ? intervalName : timeoutName;
  return [
    atAnnotation(owner(name), named(name), {
      reason: `the interval of ${interval} seconds${byDefault(intervalName)} is not longer than the timeout of ${timeout}${byDefault(timeoutName)}`,
      remedy: `write an interval over ${timeout}, or a timeout under ${interval}`,
    }),
  ];
}

/** A name is looked up among the ports of the Service, elsewhere. */
function checkPort({ annotations, owner, prefix }: Reader): ObjectFinding[] {
  const suffix = `${prefix}healthcheck-port`;
  const port = read.text(annotations, suffix);
  if (port === undefined || !/^[+-]?\d+$/.test(port) || (Number(port) >= 1 && Number(port) <= 65535))
    return [];
  return [
    atAnnotation(owner(suffix), named(suffix), {
      reason: `there is no port ${port}`,
      remedy: 'write a port from 1 to 65535, or traffic-port',
    }),
  ];
}

/** The codes of a group's own protocol; a frontend's are judged by themselves. */
function checkCodes({ annotations, owner, prefix }: Reader): ObjectFinding[] {
  const suffix = 'success-codes';
  const codes = read.text(annotations, suffix);
  const version = 'backend-protocol-version';
  const written = read.text(annotations, version);
  if (prefix !== '' || codes === undefined) return [];
  if (written === undefined && read.has(annotations, version)) return [];
  const kind = written === 'GRPC' ? KINDS.grpcCodes : KINDS.successCodes;
  return kind.judge(codes).map(({ reason, remedy }) =>
    atAnnotation(owner(suffix), named(suffix), {
      reason: `${reason}, of ${written === 'GRPC' ? 'gRPC' : 'HTTP'}`,
      remedy,
    }),
  );
}
