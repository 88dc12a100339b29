import { KINDS } from '../../language';
import {
  isUnknown,
  type KeyValue,
  type Listener,
  type LoadBalancer,
  type Model,
  type TargetGroup,
} from '../../model';
import { isOnFargate } from '../context';
import { atSource, distinctFindings, type FindingWords, type ObjectFinding } from '../finding';
import { misleadingHealthPort } from '../health-port';
import { named, namedService } from '../read';
import { type View } from '../view';
import { sourceOf, wordsOfFields } from './parts';

type Found = (field: keyof TargetGroup, words: FindingWords & { readonly value: unknown }) => ObjectFinding[];

/** What AWS would refuse of target groups, or what their targets can't be. */
export function checkTargetGroups(view: View, { LoadBalancers }: Model): ObjectFinding[] {
  return distinctFindings(
    LoadBalancers.flatMap((loadBalancer) =>
      loadBalancer.TargetGroups.flatMap((group) => {
        const found: Found = (field, words) => [atSource(sourceOf(group.Origin, field, loadBalancer), words)];
        return [
          ...onFargate(view, loadBalancer, group),
          ...overPlain(loadBalancer, group, found),
          ...times(loadBalancer, group, found),
          ...fields(group, found),
          ...healthPort(view, group, found),
          ...attributes(loadBalancer, group, found),
        ];
      }),
    ),
  );
}

/** Listeners that forward to a target group. */
function listenersOf({ Listeners }: LoadBalancer, { Id }: TargetGroup): readonly Listener[] {
  return Listeners.filter(({ Rules, DefaultActions }) =>
    [...Rules.flatMap(({ Actions }) => Actions), ...DefaultActions].some(
      (action) =>
        action.Type === 'forward' &&
        action.ForwardConfig.TargetGroups.some(({ TargetGroup: id }) => id === Id),
    ),
  );
}

/** On the annotation or parameter that says so; on the default of the controller else. */
function* onFargate(view: View, loadBalancer: LoadBalancer, group: TargetGroup): Iterable<ObjectFinding> {
  const [namespace = ''] = group.Id.split('/', 1);
  const service = view.cluster.services.get(group.Service?.Name ?? '');
  if (group.TargetType !== 'instance') return;
  if (!isOnFargate(view.context, namespace, service?.spec.selector)) return;
  const object = sourceOf({}, '', loadBalancer);
  const isNetwork = loadBalancer.Type === 'network';
  const Annotation = isNetwork ? namedService('nlb-target-type') : named('target-type');
  const [Name = object.Name] = /^[^/]+\/[^/]+(?=-[^-]*:)/.exec(isNetwork ? '' : group.Id) ?? [];
  const [source = { ...object, Name: memberOf(loadBalancer, Name), Annotation }] =
    group.Origin.TargetType ?? [];
  yield atSource(source, {
    value: 'instance',
    reason: `pods of namespace ${namespace} run on Fargate, where there is no node to send requests to`,
    remedy: "write 'ip'",
  });
}

/** The member whose target group it is: its name is what the group's begins with. */
function memberOf({ Members }: LoadBalancer, start: string): string {
  const names = Members.map((member) => member.slice(member.indexOf(' ') + 1));
  return names.filter((name) => start.startsWith(name)).toSorted((a, b) => b.length - a.length)[0] ?? start;
}

/** ALB speaks HTTP/2 and gRPC with targets only for what comes over HTTPS. */
function* overPlain(loadBalancer: LoadBalancer, group: TargetGroup, found: Found): Iterable<ObjectFinding> {
  const { ProtocolVersion: version } = group;
  if (version !== 'GRPC' && version !== 'HTTP2') return;
  const plain = listenersOf(loadBalancer, group).find(({ Protocol }) => Protocol === 'HTTP');
  if (plain === undefined) return;
  yield* found('ProtocolVersion', {
    value: version,
    reason: `the listener on port ${plain.Port} is plain HTTP, and a load balancer takes requests for ${version} targets over HTTPS only`,
    remedy: `listen on HTTPS only, or redirect to it (${named('ssl-redirect')})`,
  });
}

/** The controller's own defaults for a Service are as long as one another. */
function isOfService([member = '']: LoadBalancer['Members']): boolean {
  return member.startsWith('Service ');
}

/** A check has had its answer, or no answer, before the next one begins. */
function* times({ Members }: LoadBalancer, group: TargetGroup, found: Found): Iterable<ObjectFinding> {
  const { HealthCheckIntervalSeconds: interval, HealthCheckTimeoutSeconds: timeout } = group;
  if (typeof interval !== 'number' || typeof timeout !== 'number') return;
  if (interval > timeout || (interval === timeout && isOfService(Members))) return;
  const written = (field: keyof TargetGroup) => group.Origin[field] !== undefined;
  const byDefault = (field: keyof TargetGroup) => (written(field) ? '' : ', the default');
  const field = written('HealthCheckIntervalSeconds')
    ? 'HealthCheckIntervalSeconds'
    : 'HealthCheckTimeoutSeconds';
  yield* found(field, {
    value: String(field === 'HealthCheckIntervalSeconds' ? interval : timeout),
    reason: `the interval of ${interval} seconds${byDefault('HealthCheckIntervalSeconds')} is not longer than the timeout of ${timeout}${byDefault('HealthCheckTimeoutSeconds')}`,
    remedy: `write an interval over ${timeout}, or a timeout under ${interval}`,
  });
}

function* fields(group: TargetGroup, found: Found): Iterable<ObjectFinding> {
  const { HealthCheckPort: port = '', Matcher } = group;
  // Codes of gRPC and of HTTP are different ones, and which they are depends on the version.
  const isHttp = group.ProtocolVersion !== undefined && !isUnknown(group.ProtocolVersion);
  if (/^[+-]?\d+$/.test(port) && (Number(port) < 1 || Number(port) > 65535))
    yield* found('HealthCheckPort', {
      value: port,
      reason: `there is no port ${port}`,
      remedy: 'write a port from 1 to 65535, or traffic-port',
    });
  for (const words of wordsOfFields([
    ['success codes of HTTP', KINDS.successCodes, isHttp ? Matcher?.HttpCode : undefined],
    ['success codes of gRPC', KINDS.grpcCodes, Matcher?.GrpcCode],
  ])) {
    yield* found('Matcher', words);
  }
  for (const words of wordsOfFields([['target control port', KINDS.port, group.TargetControlPort]])) {
    yield* found('TargetControlPort', words);
  }
}

function* healthPort({ cluster }: View, group: TargetGroup, found: Found): Iterable<ObjectFinding> {
  const { HealthCheckPort: port, TargetType, Service: backend, Origin } = group;
  const service = cluster.services.get(backend?.Name ?? '');
  if (Origin.HealthCheckPort === undefined || service === undefined) return;
  const words = misleadingHealthPort(service, TargetType, port);
  if (words !== undefined) yield* found('HealthCheckPort', { ...words, value: port, warning: true });
}

/** What attributes ask of one another, and of the listeners. */
function* attributes(loadBalancer: LoadBalancer, group: TargetGroup, found: Found): Iterable<ObjectFinding> {
  const of = valuesOf(group.Attributes);
  if (group.Attributes.some(({ Value }) => isUnknown(Value))) return;
  const wrong =
    loadBalancer.Type === 'application' ? ofApplication(of) : ofNetwork(of, listenersOf(loadBalancer, group));
  for (const { at, ...words } of wrong) {
    yield* found('Attributes', { ...words, ...(at !== undefined && { at }) });
  }
}

type ValueOf = (key: string) => string | undefined;

export function valuesOf(attributes: readonly KeyValue[]): ValueOf {
  const values = new Map(attributes.map(({ Key, Value }) => [Key, Value]));
  return (key) => values.get(key);
}

type Wrong = FindingWords & { readonly value: unknown };

function wrong(of: ValueOf, at: string, reason: string, remedy: string): Wrong {
  return { at, value: `${at}=${of(at) ?? ''}`, reason, remedy };
}

function* ofApplication(of: ValueOf): Iterable<Wrong> {
  const algorithm = of('load_balancing.algorithm.type') ?? 'round_robin';
  const isRoundRobin = !['least_outstanding_requests', 'weighted_random'].includes(algorithm);
  if (of('load_balancing.algorithm.anomaly_mitigation') === 'on' && algorithm !== 'weighted_random')
    yield wrong(
      of,
      'load_balancing.algorithm.anomaly_mitigation',
      `it works with the algorithm weighted_random only, here it is ${algorithm}`,
      'write load_balancing.algorithm.type=weighted_random too',
    );
  if (Number(of('slow_start.duration_seconds') ?? 0) > 0 && !isRoundRobin)
    yield wrong(
      of,
      'slow_start.duration_seconds',
      `slow start works with the algorithm round_robin only, here it is ${algorithm}`,
      'leave one of the two out',
    );
  if (
    of('stickiness.enabled') === 'true' &&
    of('stickiness.type') === 'app_cookie' &&
    !of('stickiness.app_cookie.cookie_name')
  )
    yield wrong(
      of,
      'stickiness.type',
      'it needs the name of a cookie',
      'write stickiness.app_cookie.cookie_name too',
    );
}

const TERMINATION = 'target_health_state.unhealthy.connection_termination.enabled';
const DRAINING = 'target_health_state.unhealthy.draining_interval_seconds';

function* ofNetwork(of: ValueOf, listeners: readonly Listener[]): Iterable<Wrong> {
  const with_ = (form: RegExp) => listeners.find(({ Protocol }) => form.test(Protocol))?.Protocol;
  const refused: readonly [key: string, value: string, by: RegExp, reason: string][] = [
    ['preserve_client_ip.enabled', 'false', /UDP|QUIC/, 'targets see the address of the client always'],
    [TERMINATION, 'true', /UDP|QUIC/, 'there is no connection to end'],
    ['stickiness.enabled', 'true', /^TLS$/, 'there is no stickiness'],
  ];
  const draining = of(DRAINING) ?? '0';
  for (const [at, value, by, reason] of refused) {
    const protocol = with_(by);
    if (protocol === undefined || of(at) !== value) continue;
    yield {
      ...{ at, value, reason: `with ${protocol} ${reason}` },
      remedy: `remove it, or write ${namedService('target-group-attributes')}.<port> for ports of another protocol than ${protocol}`,
    };
  }
  if (draining !== '0' && of(TERMINATION) !== 'false')
    yield {
      ...{ at: DRAINING, value: draining, reason: 'connections to an unhealthy target end at once' },
      remedy: `write '${TERMINATION}': 'false' too`,
    };
}
