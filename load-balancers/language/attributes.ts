import { isUnknown, nearest } from '../problem';
import { mapOf } from './collections';
import { parsed, type AnyKind, type Kind, type Wrong } from './kind';
import { anyOf } from './object';
import { flag, whole, words } from './scalars';
import { atMost, like, text } from './text';
import { KINDS } from './values';

type LoadBalancerType = 'application' | 'network';

/** What AWS takes as the value of an attribute, and the types of load balancers that have it. */
interface Attribute<K extends AnyKind = AnyKind> {
  readonly of: readonly LoadBalancerType[];
  readonly kind: K;
}

const both = <K extends AnyKind>(kind: K): Attribute<K> => ({ of: ['application', 'network'], kind });
const alb = <K extends AnyKind>(kind: K): Attribute<K> => ({ of: ['application'], kind });
const nlb = <K extends AnyKind>(kind: K): Attribute<K> => ({ of: ['network'], kind });
/** Of Gateway Load Balancers, or of functions as targets, which the controller makes neither of. */
const neither = <K extends AnyKind>(kind: K): Attribute<K> => ({ of: [], kind });

const off = words('off');
const atLeastOne = whole(1);
const percentage = anyOf("write a whole number from 1 to 100, or 'off'", whole(1, 100), off);
const cookieName = text(
  'name of a cookie that does not begin with AWSALB',
  like(
    /^(?!AWSALB)/,
    'AWS keeps names that begin with AWSALB for itself',
    'write a name that does not begin with AWSALB',
  ),
  like(/^[^\s,;=]+$/, 'no cookie has such a name', 'write the name of a cookie'),
);
const headerName = text(
  'at most 40 letters, digits, - and _',
  like(
    /^[\w-]{1,40}$/,
    'no header has such a name',
    'write the name of a header: at most 40 letters, digits, - and _',
  ),
);
const headerValue = text(
  '1 to 1024 printable characters, without spaces at either end',
  atMost(1024),
  like(
    /^[!-~]([ -~]*[!-~])?$/,
    'no header has such a value',
    'write the value of a header, without spaces at either end',
  ),
);
const rebalance = words('rebalance', 'no_rebalance');

/** Attributes by their keys in AWS's words. */
export const ATTRIBUTES = {
  /** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html */
  loadBalancer: {
    'deletion_protection.enabled': both(flag),
    'load_balancing.cross_zone.enabled': both(flag),
    'access_logs.s3.enabled': both(flag),
    'access_logs.s3.bucket': both(KINDS.bucket),
    'access_logs.s3.prefix': both(KINDS.logPrefix),
    'ipv6.deny_all_igw_traffic': both(flag),
    'zonal_shift.config.enabled': both(flag),
    'idle_timeout.timeout_seconds': alb(whole(1, 4000)),
    'client_keep_alive.seconds': alb(whole(60, 604800)),
    'connection_logs.s3.enabled': alb(flag),
    'connection_logs.s3.bucket': alb(KINDS.bucket),
    'connection_logs.s3.prefix': alb(KINDS.logPrefix),
    'health_check_logs.s3.enabled': alb(flag),
    'health_check_logs.s3.bucket': alb(KINDS.bucket),
    'health_check_logs.s3.prefix': alb(KINDS.logPrefix),
    'routing.http.desync_mitigation_mode': alb(words('monitor', 'defensive', 'strictest')),
    'routing.http.drop_invalid_header_fields.enabled': alb(flag),
    'routing.http.preserve_host_header.enabled': alb(flag),
    'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': alb(flag),
    'routing.http.xff_client_port.enabled': alb(flag),
    'routing.http.xff_header_processing.mode': alb(words('append', 'preserve', 'remove')),
    'routing.http2.enabled': alb(flag),
    'waf.fail_open.enabled': alb(flag),
    'dns_record.client_routing_policy': nlb(
      words('availability_zone_affinity', 'partial_availability_zone_affinity', 'any_availability_zone'),
    ),
    'secondary_ips.auto_assigned.per_subnet': nlb(whole(0, 7)),
  },
  /** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html */
  targetGroup: {
    'deregistration_delay.timeout_seconds': both(whole(0, 3600)),
    'stickiness.enabled': both(flag),
    'stickiness.type': both(words('lb_cookie', 'app_cookie')),
    'load_balancing.cross_zone.enabled': both(
      anyOf(
        "write true, false or 'use_load_balancer_configuration'",
        flag,
        words('use_load_balancer_configuration'),
      ),
    ),
    'target_group_health.dns_failover.minimum_healthy_targets.count': both(
      anyOf("write a whole number from 1 on, or 'off'", atLeastOne, off),
    ),
    'target_group_health.dns_failover.minimum_healthy_targets.percentage': both(percentage),
    'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': both(atLeastOne),
    'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage': both(percentage),
    'load_balancing.algorithm.type': alb(
      words('round_robin', 'least_outstanding_requests', 'weighted_random'),
    ),
    'load_balancing.algorithm.anomaly_mitigation': alb(words('on', 'off')),
    'slow_start.duration_seconds': alb(
      whole(0, 900, 'from 30 to 900, or 0', (value) => value === 0 || value >= 30),
    ),
    'stickiness.app_cookie.cookie_name': alb(cookieName),
    'stickiness.app_cookie.duration_seconds': alb(KINDS.cookieSeconds),
    'stickiness.lb_cookie.duration_seconds': alb(KINDS.cookieSeconds),
    'lambda.multi_value_headers.enabled': neither(flag),
    'deregistration_delay.connection_termination.enabled': nlb(flag),
    'preserve_client_ip.enabled': nlb(flag),
    'proxy_protocol_v2.enabled': nlb(flag),
    'target_health_state.unhealthy.connection_termination.enabled': nlb(flag),
    'target_health_state.unhealthy.draining_interval_seconds': nlb(whole(0, 360000)),
    'target_failover.on_deregistration': neither(rebalance),
    'target_failover.on_unhealthy': neither(rebalance),
    'send_tcp_reset.on_unhealthy.enabled': neither(flag),
    'send_tcp_reset.on_deregistration.enabled': neither(flag),
  },
  /** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html */
  listener: {
    'tcp.idle_timeout.seconds': nlb(whole(60, 6000)),
    'send_tcp_reset.on_idle_timeout.enabled': neither(flag),
    'routing.http.request.x_amzn_mtls_clientcert.header_name': alb(headerName),
    'routing.http.request.x_amzn_mtls_clientcert_issuer.header_name': alb(headerName),
    'routing.http.request.x_amzn_mtls_clientcert_leaf.header_name': alb(headerName),
    'routing.http.request.x_amzn_mtls_clientcert_serial_number.header_name': alb(headerName),
    'routing.http.request.x_amzn_mtls_clientcert_subject.header_name': alb(headerName),
    'routing.http.request.x_amzn_mtls_clientcert_validity.header_name': alb(headerName),
    'routing.http.request.x_amzn_tls_cipher_suite.header_name': alb(headerName),
    'routing.http.request.x_amzn_tls_version.header_name': alb(headerName),
    'routing.http.response.access_control_allow_credentials.header_value': alb(words('true')),
    'routing.http.response.access_control_allow_headers.header_value': alb(headerValue),
    'routing.http.response.access_control_allow_methods.header_value': alb(headerValue),
    'routing.http.response.access_control_allow_origin.header_value': alb(headerValue),
    'routing.http.response.access_control_expose_headers.header_value': alb(headerValue),
    'routing.http.response.access_control_max_age.header_value': alb(whole(-1, 86400)),
    'routing.http.response.content_security_policy.header_value': alb(headerValue),
    'routing.http.response.server.enabled': alb(flag),
    'routing.http.response.strict_transport_security.header_value': alb(headerValue),
    'routing.http.response.x_content_type_options.header_value': alb(words('nosniff')),
    'routing.http.response.x_frame_options.header_value': alb(headerValue),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Attribute>>>>;

export type AttributeLevel = keyof typeof ATTRIBUTES;

const NAMES = { application: 'an Application Load Balancer', network: 'a Network Load Balancer' } as const;

type Pairs = Kind<Readonly<Record<string, string>>>;

/** Attributes of load balancers, target groups or listeners as a map of texts. */
function attributes(
  level: AttributeLevel,
  type: LoadBalancerType,
  others: Readonly<Record<string, Attribute>> = {},
): Pairs {
  const all: Readonly<Record<string, Attribute | undefined>> = { ...ATTRIBUTES[level], ...others };
  const own = Object.keys(all).filter((key) => all[key]?.of.includes(type));
  return mapOf(`attributes of ${NAMES[type]}: see its documents`, (key, value) => {
    const attribute = all[key];
    if (isUnknown(key)) return [];
    if (attribute === undefined) return [{ ...unknownKey(key, own), value: key }];
    if (!attribute.of.includes(type))
      return [{ reason: `${NAMES[type]} has no such attribute`, remedy: 'leave it out' }];
    // Empty it says that there is none.
    if (value === '' && attribute.kind.form.type === 'text') return [];
    const found = attribute.kind.judge(parsed(attribute.kind, value) as never);
    return found.map(({ reason, remedy, warning }) => ({ reason, remedy, warning }));
  });
}

/** AWS may have one that came later. */
function unknownKey(key: string, all: readonly string[]): Wrong {
  const like = nearest(key, all) ?? all.find((each) => each.startsWith(`${key}.`));
  return {
    reason: 'no such attribute is known',
    remedy: like === undefined ? 'see that AWS has it' : `write '${like}'`,
    ...(like === undefined && { warning: true }),
  };
}

/** Units of capacity in the words of the annotation. */
const capacity: Pairs = mapOf(`CapacityUnits=${KINDS.capacityUnits.limit}`, (key, value) => {
  const reason = `invalid key to set the capacity: ${key}, Expected key: CapacityUnits`;
  if (key !== 'CapacityUnits')
    return [{ value: `${key}=${value}`, reason, remedy: "write 'CapacityUnits=3000'" }];
  return KINDS.capacityUnits.judge(parsed(KINDS.capacityUnits, value) as number);
});

/** Kinds of maps whose keys each have a kind of their own. */
export const ATTRIBUTE_KINDS = {
  loadBalancerAttributes: attributes('loadBalancer', 'application'),
  networkLoadBalancerAttributes: attributes('loadBalancer', 'network'),
  targetGroupAttributes: attributes('targetGroup', 'application'),
  // Of the same name as an Application Load Balancer's, with another value.
  networkTargetGroupAttributes: attributes('targetGroup', 'network', {
    'stickiness.type': nlb(words('source_ip')),
  }),
  listenerAttributes: attributes('listener', 'application'),
  networkListenerAttributes: attributes('listener', 'network'),
  capacity,
} as const;
