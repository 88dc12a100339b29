import { attributeLimits as limits } from '../../language';
import { isUnknown } from '../../model';
import { nearest } from '../../problem';
import { backendsOf } from './backends';
import { atAnnotation, atParams, type Finding } from './finding';
import { fieldsOf } from './params';
import { named, ownerOf, read, withService } from './read';
import { type GroupView, type MemberView, type View } from './view';

/** What AWS takes as the value of an attribute. */
interface Limit {
  /** Types of load balancers. */
  readonly for: readonly string[];
  readonly oneOf?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly notBeginning?: readonly string[];
}

type Limits = Readonly<Record<string, Limit>>;
type LoadBalancerType = 'application' | 'network';
type Report = (value: string, reason: string, remedy: string, warning?: boolean) => Finding;

/** Attributes of load balancers, listeners and target groups. */
export function checkAttributes(view: View): Finding[] {
  return [
    ...view.members.flatMap((member) => [
      ...checkLoadBalancer(member),
      ...checkListeners(member),
      ...checkTargetGroups(view, member),
    ]),
    ...view.groups.flatMap(checkBuckets),
  ];
}

function checkLoadBalancer({ ingress, params }: MemberView): Finding[] {
  const written = read.map(ingress, 'load-balancer-attributes');
  const ofParams = params === undefined ? {} : fieldsOf(params, 'loadBalancerAttributes');
  const frontend = read.map(ingress, 'frontend-nlb-attributes');
  return [
    ...judgeLoadBalancer(written, (value, reason, remedy, warning) =>
      atAnnotation(ingress, named('load-balancer-attributes'), { value, reason, remedy, warning }),
    ),
    ...(params === undefined
      ? []
      : judgeLoadBalancer(new Map(Object.entries(ofParams)), (value, reason, remedy, warning) =>
          atParams(params, 'loadBalancerAttributes', { value, reason, remedy, warning }),
        )),
    ...judge(frontend, limits.loadBalancer, 'network', (value, reason, remedy, warning) =>
      atAnnotation(ingress, named('frontend-nlb-attributes'), { value, reason, remedy, warning }),
    ),
  ];
}

function judgeLoadBalancer(written: ReadonlyMap<string, string> | undefined, at: Report): Finding[] {
  const key = 'load_balancing.cross_zone.enabled';
  const crossZone = written?.get(key) === 'false';
  return [
    ...judge(written, limits.loadBalancer, 'application', at),
    ...(crossZone
      ? [at(`${key}=false`, 'an Application Load Balancer is always cross-zone', 'set it on target groups')]
      : []),
  ];
}

function checkListeners(member: MemberView): Finding[] {
  return (member.listenPorts ?? []).flatMap(({ port, protocol }) => {
    const suffix = `listener-attributes.${protocol}-${port}`;
    return judge(
      read.map(member.ingress, suffix),
      limits.listener,
      'application',
      (value, reason, remedy, warning) =>
        atAnnotation(member.ingress, named(suffix), { value, reason, remedy, warning }),
    );
  });
}

function checkTargetGroups({ cluster }: View, { ingress, ...member }: MemberView): Finding[] {
  const suffix = 'target-group-attributes';
  const backends = backendsOf({ ingress, ...member }, cluster);
  const services = backends.length === 0 ? [undefined] : [...new Set(backends.map(({ service }) => service))];
  const found = services.flatMap((service) => {
    const written = read.map(withService(ingress, service), suffix);
    const at: Report = (value, reason, remedy, warning) =>
      atAnnotation(ownerOf(ingress, service, suffix), named(suffix), { value, reason, remedy, warning });
    return [...judge(written, limits.targetGroup, 'application', at), ...judgeTogether(written, at)];
  });
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
}

/** Each by itself. */
function judge(
  written: ReadonlyMap<string, string> | undefined,
  known: Limits,
  type: LoadBalancerType,
  at: Report,
): Finding[] {
  return [...(written ?? [])].flatMap(([key, value]) => {
    const limit = known[key];
    const shown = `${key}=${value}`;
    if (isUnknown(key)) return [];
    if (limit === undefined) {
      const names = Object.keys(known).filter((name) => known[name]?.for.includes(type));
      const like = nearest(key, names);
      // AWS may have one that came later.
      return [
        at(
          shown,
          'no such attribute is known',
          like === undefined ? 'see that AWS has it' : `write ${like}`,
          like === undefined || undefined,
        ),
      ];
    }
    if (!limit.for.includes(type)) {
      const kind = type === 'application' ? 'an Application' : 'a Network';
      return [at(shown, `${kind} Load Balancer has no such attribute`, 'leave it out')];
    }
    const reason = isUnknown(value) ? undefined : valueReason(value, limit);
    return reason === undefined ? [] : [at(shown, reason, remedyOf(limit))];
  });
}

function valueReason(
  value: string,
  { oneOf = [], min, max = Infinity, notBeginning = [] }: Limit,
): string | undefined {
  if (oneOf.includes(value)) return undefined;
  if (min !== undefined) {
    const legal = /^\d+$/.test(value) && Number(value) >= min && Number(value) <= max;
    return legal ? undefined : `it must be ${rangeOf(min, max)}`;
  }
  const beginning = notBeginning.find((each) => value.startsWith(each));
  if (beginning !== undefined) return `AWS keeps names that begin with ${beginning} for itself`;
  if (oneOf.length > 0) return `it must be one of ${oneOf.join(', ')}`;
  return value.length > 1024 ? `it has ${value.length} characters of at most 1024` : undefined;
}

function remedyOf({ oneOf = [], min, max = Infinity }: Limit): string {
  if (min === undefined) return oneOf.length > 0 ? `write ${oneOf.join(' or ')}` : 'write another value';
  return `write a number ${rangeOf(min, max)}${oneOf.length > 0 ? `, or ${oneOf.join(' or ')}` : ''}`;
}

function rangeOf(min: number, max: number): string {
  return max === Infinity ? `of ${min} or more` : `from ${min} to ${max}`;
}

/** What one attribute asks of another. */
function judgeTogether(written: ReadonlyMap<string, string> | undefined, at: Report): Finding[] {
  if (written === undefined || [...written.values()].some((value) => isUnknown(value))) return [];
  const found: Finding[] = [];
  const algorithm = written.get('load_balancing.algorithm.type') ?? 'round_robin';
  const slowStart = Number(written.get('slow_start.duration_seconds') ?? 0);
  if (
    written.get('load_balancing.algorithm.anomaly_mitigation') === 'on' &&
    algorithm !== 'weighted_random'
  ) {
    found.push(
      at(
        'load_balancing.algorithm.anomaly_mitigation=on',
        `it works with the algorithm weighted_random only, here it is ${algorithm}`,
        'write load_balancing.algorithm.type=weighted_random too',
      ),
    );
  }
  if (slowStart > 0 && ['least_outstanding_requests', 'weighted_random'].includes(algorithm)) {
    found.push(
      at(
        `slow_start.duration_seconds=${slowStart}`,
        `slow start works with the algorithm round_robin only, here it is ${algorithm}`,
        'leave one of the two out',
      ),
    );
  }
  const type = written.get('stickiness.type');
  const enabled = written.get('stickiness.enabled') === 'true';
  if (enabled && type === 'app_cookie' && !written.get('stickiness.app_cookie.cookie_name')) {
    found.push(
      at(
        'stickiness.type=app_cookie',
        'it needs the name of a cookie',
        'write stickiness.app_cookie.cookie_name too',
      ),
    );
  }
  return found;
}

/** Logs need a bucket, of whichever Ingress of the group or its class. */
function checkBuckets({ members }: GroupView): Finding[] {
  const all = members.flatMap(({ ingress, params }) => [
    ...(read.map(ingress, 'load-balancer-attributes') ?? []),
    ...(params === undefined ? [] : Object.entries(fieldsOf(params, 'loadBalancerAttributes'))),
  ]);
  const opaque = members.some(
    ({ ingress }) =>
      read.has(ingress, 'load-balancer-attributes') &&
      read.map(ingress, 'load-balancer-attributes') === undefined,
  );
  if (opaque) return [];
  return ['access_logs', 'connection_logs', 'health_check_logs'].flatMap((logs) => {
    const bucket = all.some(([key, value]) => key === `${logs}.s3.bucket` && value !== '');
    const asks = members.find(({ ingress, params }) => enabledBy({ ingress, params }, `${logs}.s3.enabled`));
    if (bucket || asks === undefined) return [];
    const words = {
      value: `${logs}.s3.enabled=true`,
      reason: 'logs need a bucket to go to',
      remedy: `write ${logs}.s3.bucket too, with the name of a bucket of the load balancer's region`,
    };
    const { ingress, params } = asks;
    const ofParams =
      params !== undefined && fieldsOf(params, 'loadBalancerAttributes')[`${logs}.s3.enabled`] === 'true';
    return [
      ofParams
        ? atParams(params, 'loadBalancerAttributes', words)
        : atAnnotation(ingress, named('load-balancer-attributes'), words),
    ];
  });
}

function enabledBy({ ingress, params }: MemberView, key: string): boolean {
  const ofParams = params === undefined ? undefined : fieldsOf(params, 'loadBalancerAttributes')[key];
  return (ofParams ?? read.map(ingress, 'load-balancer-attributes')?.get(key)) === 'true';
}
