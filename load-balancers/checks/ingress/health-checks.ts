import { isUnknown, type Annotated } from '../../model';
import { backendsOf } from './backends';
import { atAnnotation, type Finding } from './finding';
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

const RANGES: readonly (readonly [suffix: string, min: number, max: number])[] = [
  ['healthcheck-interval-seconds', 5, 300],
  ['healthcheck-timeout-seconds', 2, 120],
  ['healthy-threshold-count', 2, 10],
  ['unhealthy-threshold-count', 2, 10],
];

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
export function checkHealthChecks({ members, cluster }: View): Finding[] {
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
    return [...unique(found), ...checkFrontend(member)];
  });
}

function checkFrontend({ ingress }: MemberView): Finding[] {
  if (read.boolean(ingress, 'enable-frontend-nlb') !== true) return [];
  return checkOne({
    annotations: ingress,
    owner: () => ingress,
    prefix: 'frontend-nlb-',
    intervalDefault: 15,
    timeoutDefault: 5,
  });
}

function checkOne(reader: Reader): Finding[] {
  const { annotations, owner, prefix } = reader;
  const at = (suffix: string, reason: string, remedy: string) =>
    atAnnotation(owner(suffix), named(suffix), { reason, remedy });
  const ranges = RANGES.flatMap(([plain, min, max]) => {
    const suffix = suffixOf(prefix, plain);
    const value = read.integer(annotations, suffix);
    return value === undefined || (value >= min && value <= max)
      ? []
      : [at(suffix, `a target group takes ${min} to ${max}`, `write a number from ${min} to ${max}`)];
  });
  return [
    ...ranges,
    ...checkTimes(reader),
    ...checkPath(reader),
    ...checkPort(reader),
    ...checkCodes(reader),
  ];
}

/** The frontend's thresholds have `healthcheck-` before their names. */
function suffixOf(prefix: string, plain: string): string {
  if (prefix === '' || plain.startsWith('healthcheck-')) return `${prefix}${plain}`;
  return `${prefix}healthcheck-${plain}`;
}

function checkTimes({ annotations, owner, prefix, intervalDefault, timeoutDefault }: Reader): Finding[] {
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

function checkPath({ annotations, owner, prefix }: Reader): Finding[] {
  const suffix = `${prefix}healthcheck-path`;
  const path = read.text(annotations, suffix);
  if (path === undefined || (path.startsWith('/') && path.length <= 1024)) return [];
  return [
    atAnnotation(owner(suffix), named(suffix), {
      reason: path.startsWith('/')
        ? `it has ${path.length} characters of at most 1024`
        : 'it has no / in front',
      remedy: path.startsWith('/') ? 'write a shorter path' : `write /${path}`,
    }),
  ];
}

/** A name is looked up among the ports of the Service, elsewhere. */
function checkPort({ annotations, owner, prefix }: Reader): Finding[] {
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

/** Numbers, lists and ranges of them: `200`, `200,202`, `200-299`. */
function checkCodes({ annotations, owner, prefix }: Reader): Finding[] {
  const suffix = prefix === '' ? 'success-codes' : `${prefix}healthcheck-success-codes`;
  const codes = read.text(annotations, suffix);
  const version = 'backend-protocol-version';
  const written = read.text(annotations, version);
  if (codes === undefined || isUnknown(codes)) return [];
  if (written === undefined && read.has(annotations, version)) return [];
  const grpc = prefix === '' && written === 'GRPC';
  const [min, max] = grpc ? [0, 99] : [200, prefix === '' ? 499 : 599];
  const legal = codes.split(',').every((entry) => {
    const found = /^(\d+)(?:-(\d+))?$/.exec(entry.trim());
    if (found === null) return false;
    const from = Number(found[1]);
    const to = Number(found[2] ?? found[1]);
    return from >= min && to <= max && from <= to;
  });
  if (legal) return [];
  return [
    atAnnotation(owner(suffix), named(suffix), {
      reason: `success codes are numbers from ${min} to ${max}, of ${grpc ? 'gRPC' : 'HTTP'}`,
      remedy: grpc ? "write such as '0', '0,12' or '0-99'" : "write such as '200', '200,302' or '200-399'",
    }),
  ];
}

/** Services behind one Ingress share its annotations. */
function unique(findings: readonly Finding[]): Finding[] {
  const keyed = findings.map((finding) => [JSON.stringify(finding), finding] as const);
  return [...new Map(keyed).values()];
}
