import { isUnknown } from '../../model';
import { backendsOf } from './backends';
import { atAnnotation, atParams, distinctFindings, type ObjectFinding } from '../finding';
import { fieldsOf } from './params';
import { named, ownerOf, read, withService } from './read';
import { type GroupView, type MemberView, type View } from './view';

type Report = (value: string, reason: string, remedy: string, warning?: boolean) => ObjectFinding;

/** What attributes of load balancers and target groups ask of one another. */
export function checkAttributes(view: View): ObjectFinding[] {
  return [
    ...view.members.flatMap((member) => [...checkCrossZone(member), ...checkTargetGroups(view, member)]),
    ...view.groups.flatMap(checkBuckets),
  ];
}

function checkCrossZone({ ingress, params }: MemberView): ObjectFinding[] {
  const key = 'load_balancing.cross_zone.enabled';
  const words = {
    value: `${key}=false`,
    reason: 'an Application Load Balancer is always cross-zone',
    remedy: 'set it on target groups',
  };
  const ofParams = params !== undefined && fieldsOf(params, 'loadBalancerAttributes')[key] === 'false';
  return [
    ...(read.map(ingress, 'load-balancer-attributes')?.get(key) === 'false'
      ? [atAnnotation(ingress, named('load-balancer-attributes'), words)]
      : []),
    ...(ofParams ? [atParams(params, 'loadBalancerAttributes', words)] : []),
  ];
}

function checkTargetGroups({ cluster }: View, { ingress, ...member }: MemberView): ObjectFinding[] {
  const suffix = 'target-group-attributes';
  const backends = backendsOf({ ingress, ...member }, cluster);
  const services = backends.length === 0 ? [undefined] : [...new Set(backends.map(({ service }) => service))];
  const found = services.flatMap((service) => {
    const written = read.map(withService(ingress, service), suffix);
    const at: Report = (value, reason, remedy, warning) =>
      atAnnotation(ownerOf(ingress, service, suffix), named(suffix), { value, reason, remedy, warning });
    return judgeTogether(written, at);
  });
  return distinctFindings(found);
}

/** What one attribute asks of another. */
function judgeTogether(written: ReadonlyMap<string, string> | undefined, at: Report): ObjectFinding[] {
  if (written === undefined || [...written.values()].some((value) => isUnknown(value))) return [];
  const found: ObjectFinding[] = [];
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
function checkBuckets({ members }: GroupView): ObjectFinding[] {
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
