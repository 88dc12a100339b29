import { isUnknown, type KnownAfterApply, unknownInForm } from '../../problem';
import { attributeMap, keyed } from '../field';
import { object, anyOf, required, variants, type Together } from '../object';
import { flag, only, words } from '../scalars';
import { KINDS } from '../values';

/** A flag in the words of AWS. */
export function onOff(value: boolean | KnownAfterApply): string {
  if (typeof value === 'string') return isUnknown(value) ? unknownInForm(value, 'on-off') : value;
  return value ? 'on' : 'off';
}

/** An object of settings turns on what it is about; `false` turns it off. */
const isOn = (value: object | false) => String(value !== false);

/**
 * Where logs of a load balancer go; `false` turns them off.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
const logs = (annotation: string, key: string) => {
  const to = {
    /** S3 bucket in the Region of the load balancer. */
    bucket: required(keyed(annotation, `${key}.s3.bucket`, KINDS.bucket)),
    /** Folder in the bucket. @default - none */
    prefix: keyed(annotation, `${key}.s3.prefix`, KINDS.logPrefix),
  };
  const kind = anyOf('write false, or { bucket, prefix }', only(false), object(to));
  return keyed(annotation, `${key}.s3.enabled`, kind, isOn);
};

const OF_APPLICATION = 'load-balancer-attributes';
const application = attributeMap('loadBalancer', OF_APPLICATION);

/**
 * Attributes of an Application Load Balancer. One that is left out stays what it is on a load balancer that exists.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
 */
export const loadBalancerAttributes = object({
  /** Nobody can delete the load balancer, the controller neither. @default false */
  deletionProtection: application('deletion_protection.enabled'),
  /** Of each request. @default - none */
  accessLogs: logs(OF_APPLICATION, 'access_logs'),
  /** Of each connection. @default - none */
  connectionLogs: logs(OF_APPLICATION, 'connection_logs'),
  /** Of each change of a target's health. @default - none */
  healthCheckLogs: logs(OF_APPLICATION, 'health_check_logs'),
  /** No IPv6 traffic by an internet gateway. @default true for an internal one */
  denyAllIgwTraffic: application('ipv6.deny_all_igw_traffic'),
  /** A zone in trouble can be taken out. @default false */
  zonalShift: application('zonal_shift.config.enabled'),
  /** Until a silent connection is closed, 1 to 4000 seconds. @default 60 */
  idleTimeoutSeconds: application('idle_timeout.timeout_seconds'),
  /** Until a client's connection is closed, busy or not; 60 to 604800 seconds. @default 3600 */
  clientKeepAliveSeconds: application('client_keep_alive.seconds'),
  /** What is done with requests that two servers may read differently. @default 'defensive' */
  desyncMitigationMode: application('routing.http.desync_mitigation_mode'),
  /** Headers with names that HTTP doesn't allow don't reach targets. @default false */
  dropInvalidHeaderFields: application('routing.http.drop_invalid_header_fields.enabled'),
  /** The header Host reaches targets as it is. @default false */
  preserveHostHeader: application('routing.http.preserve_host_header.enabled'),
  /** Targets get x-amzn-tls-version and x-amzn-tls-cipher-suite. @default false */
  tlsVersionAndCipherSuiteHeaders: application('routing.http.x_amzn_tls_version_and_cipher_suite.enabled'),
  /** X-Forwarded-For has the client's port too. @default false */
  xffClientPort: application('routing.http.xff_client_port.enabled'),
  /** What becomes of X-Forwarded-For. @default 'append' */
  xffHeaderProcessing: application('routing.http.xff_header_processing.mode'),
  /** @default true */
  http2: application('routing.http2.enabled'),
  /** Requests pass when WAF doesn't answer. @default false */
  wafFailOpen: application('waf.fail_open.enabled'),
});

const OF_NETWORK = 'frontend-nlb-attributes';
const network = attributeMap('loadBalancer', OF_NETWORK);

/**
 * Attributes of the Network Load Balancer before an Application Load Balancer.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
 */
export const networkLoadBalancerAttributes = object({
  /** @default false */
  deletionProtection: network('deletion_protection.enabled'),
  /** Each zone sends to targets of all. @default false */
  crossZone: network('load_balancing.cross_zone.enabled'),
  /** Of TLS connections. @default - none */
  accessLogs: logs(OF_NETWORK, 'access_logs'),
  /** @default true for an internal one */
  denyAllIgwTraffic: network('ipv6.deny_all_igw_traffic'),
  /** @default false */
  zonalShift: network('zonal_shift.config.enabled'),
  /** Zone whose address a client in AWS gets. @default 'any_availability_zone' */
  dnsClientRoutingPolicy: network('dns_record.client_routing_policy'),
  /** Addresses a subnet beside the first, for more connections to one target; never fewer than before. @default 0 */
  secondaryIpsPerSubnet: network('secondary_ips.auto_assigned.per_subnet'),
});

const OF_TARGETS = 'target-group-attributes';
const targets = attributeMap('targetGroup', OF_TARGETS);
const stickinessType = <W extends string>(word: W) =>
  required(keyed(OF_TARGETS, 'stickiness.type', words(word)));

/** A client stays at one target; `false` turns it off. */
const stickiness = anyOf(
  "write false, or { type: 'lb_cookie' } or { type: 'app_cookie', cookieName }",
  only(false),
  variants(
    'type',
    object({
      /** By a cookie of the load balancer. */
      type: stickinessType('lb_cookie'),
      /** 1 to 604800 seconds. @default 86400 */
      durationSeconds: targets('stickiness.lb_cookie.duration_seconds'),
    }),
    object({
      /** By a cookie of the application. */
      type: stickinessType('app_cookie'),
      cookieName: required(targets('stickiness.app_cookie.cookie_name')),
      /** 1 to 604800 seconds. @default 86400 */
      durationSeconds: targets('stickiness.app_cookie.duration_seconds'),
    }),
  ),
);

const targetGroupFields = {
  /** Until a target that goes is forgotten, 0 to 3600 seconds. @default 300 */
  deregistrationDelaySeconds: targets('deregistration_delay.timeout_seconds'),
  /** A new target's share grows for so long: 30 to 900 seconds, or 0 for not at all. @default 0 */
  slowStartSeconds: targets('slow_start.duration_seconds'),
  /** @default 'round_robin' */
  algorithm: targets('load_balancing.algorithm.type'),
  /** Targets that behave oddly get less; for `weighted_random` only. @default false */
  anomalyMitigation: keyed(OF_TARGETS, 'load_balancing.algorithm.anomaly_mitigation', flag, onOff),
  /** Each zone sends to targets of all. @default 'use_load_balancer_configuration' */
  crossZone: targets('load_balancing.cross_zone.enabled'),
  /** Fewer healthy targets, and the zone is taken out of DNS. */
  dnsFailover: object({
    /** @default 1 */
    minimumHealthyCount: targets('target_group_health.dns_failover.minimum_healthy_targets.count'),
    /** @default 'off' */
    minimumHealthyPercentage: targets('target_group_health.dns_failover.minimum_healthy_targets.percentage'),
  }),
  /** Fewer healthy targets, and requests go to unhealthy ones too. */
  unhealthyStateRouting: object({
    /** @default 1 */
    minimumHealthyCount: targets('target_group_health.unhealthy_state_routing.minimum_healthy_targets.count'),
    /** @default 'off' */
    minimumHealthyPercentage: targets(
      'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage',
    ),
  }),
  /** @default false */
  stickiness: keyed(OF_TARGETS, 'stickiness.enabled', stickiness, isOn),
};

const ofAlgorithm: Together<{
  readonly algorithm?: string;
  readonly anomalyMitigation?: boolean;
  readonly slowStartSeconds?: number;
}> = function* ({ algorithm = 'round_robin', anomalyMitigation, slowStartSeconds }) {
  if (anomalyMitigation && algorithm !== 'weighted_random')
    yield {
      path: ['anomalyMitigation'],
      reason: `the algorithm ${algorithm} has none`,
      remedy: "write algorithm: 'weighted_random' too",
    };
  if (typeof slowStartSeconds === 'number' && slowStartSeconds > 0 && algorithm !== 'round_robin')
    yield {
      path: ['slowStartSeconds'],
      reason: `the algorithm ${algorithm} has no slow start`,
      remedy: "write 0, or algorithm: 'round_robin'",
    };
};

/**
 * Attributes of target groups.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html
 */
export const targetGroupAttributes = object(targetGroupFields, ofAlgorithm);

const listener = attributeMap('listener', 'listener-attributes.*');

/**
 * Attributes of a listener: names of headers that targets get, and headers that clients get.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html
 */
export const listenerAttributes = object({
  /** Other names for headers about TLS; for HTTPS listeners. @default - X-Amzn-Mtls-Clientcert and its like */
  requestHeaderNames: object({
    mtlsClientCert: listener('routing.http.request.x_amzn_mtls_clientcert.header_name'),
    mtlsClientCertIssuer: listener('routing.http.request.x_amzn_mtls_clientcert_issuer.header_name'),
    mtlsClientCertLeaf: listener('routing.http.request.x_amzn_mtls_clientcert_leaf.header_name'),
    mtlsClientCertSerialNumber: listener(
      'routing.http.request.x_amzn_mtls_clientcert_serial_number.header_name',
    ),
    mtlsClientCertSubject: listener('routing.http.request.x_amzn_mtls_clientcert_subject.header_name'),
    mtlsClientCertValidity: listener('routing.http.request.x_amzn_mtls_clientcert_validity.header_name'),
    tlsCipherSuite: listener('routing.http.request.x_amzn_tls_cipher_suite.header_name'),
    tlsVersion: listener('routing.http.request.x_amzn_tls_version.header_name'),
  }),
  /** Headers of each response, in the place of those of targets. @default - those of targets */
  responseHeaders: object({
    accessControlAllowCredentials: listener(
      'routing.http.response.access_control_allow_credentials.header_value',
    ),
    accessControlAllowHeaders: listener('routing.http.response.access_control_allow_headers.header_value'),
    accessControlAllowMethods: listener('routing.http.response.access_control_allow_methods.header_value'),
    accessControlAllowOrigin: listener('routing.http.response.access_control_allow_origin.header_value'),
    accessControlExposeHeaders: listener('routing.http.response.access_control_expose_headers.header_value'),
    /** Seconds, -1 to 86400. */
    accessControlMaxAge: listener('routing.http.response.access_control_max_age.header_value'),
    contentSecurityPolicy: listener('routing.http.response.content_security_policy.header_value'),
    strictTransportSecurity: listener('routing.http.response.strict_transport_security.header_value'),
    xContentTypeOptions: listener('routing.http.response.x_content_type_options.header_value'),
    xFrameOptions: listener('routing.http.response.x_frame_options.header_value'),
  }),
  /** Responses have the header Server. @default true */
  serverHeader: listener('routing.http.response.server.enabled'),
});
