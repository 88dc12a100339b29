/** Key of AWS by the prop that stands for it. */
type Keys = Readonly<Record<string, string>>;

const logs = (prop: string, key: string): Keys => ({
  [prop]: `${key}.s3.enabled`,
  [`${prop}.bucket`]: `${key}.s3.bucket`,
  [`${prop}.prefix`]: `${key}.s3.prefix`,
});

export const LOAD_BALANCER_KEYS: Keys = {
  deletionProtection: 'deletion_protection.enabled',
  ...logs('accessLogs', 'access_logs'),
  ...logs('connectionLogs', 'connection_logs'),
  ...logs('healthCheckLogs', 'health_check_logs'),
  denyAllIgwTraffic: 'ipv6.deny_all_igw_traffic',
  zonalShift: 'zonal_shift.config.enabled',
  idleTimeoutSeconds: 'idle_timeout.timeout_seconds',
  clientKeepAliveSeconds: 'client_keep_alive.seconds',
  desyncMitigationMode: 'routing.http.desync_mitigation_mode',
  dropInvalidHeaderFields: 'routing.http.drop_invalid_header_fields.enabled',
  preserveHostHeader: 'routing.http.preserve_host_header.enabled',
  tlsVersionAndCipherSuiteHeaders: 'routing.http.x_amzn_tls_version_and_cipher_suite.enabled',
  xffClientPort: 'routing.http.xff_client_port.enabled',
  xffHeaderProcessing: 'routing.http.xff_header_processing.mode',
  http2: 'routing.http2.enabled',
  wafFailOpen: 'waf.fail_open.enabled',
};

export const NETWORK_LOAD_BALANCER_KEYS: Keys = {
  deletionProtection: 'deletion_protection.enabled',
  crossZone: 'load_balancing.cross_zone.enabled',
  ...logs('accessLogs', 'access_logs'),
  denyAllIgwTraffic: 'ipv6.deny_all_igw_traffic',
  zonalShift: 'zonal_shift.config.enabled',
  dnsClientRoutingPolicy: 'dns_record.client_routing_policy',
  secondaryIpsPerSubnet: 'secondary_ips.auto_assigned.per_subnet',
};

/** Without those of stickiness, which depend on its type. */
export const TARGET_GROUP_KEYS: Keys = {
  deregistrationDelaySeconds: 'deregistration_delay.timeout_seconds',
  slowStartSeconds: 'slow_start.duration_seconds',
  algorithm: 'load_balancing.algorithm.type',
  anomalyMitigation: 'load_balancing.algorithm.anomaly_mitigation',
  crossZone: 'load_balancing.cross_zone.enabled',
  'dnsFailover.minimumHealthyCount': 'target_group_health.dns_failover.minimum_healthy_targets.count',
  'dnsFailover.minimumHealthyPercentage':
    'target_group_health.dns_failover.minimum_healthy_targets.percentage',
  'unhealthyStateRouting.minimumHealthyCount':
    'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count',
  'unhealthyStateRouting.minimumHealthyPercentage':
    'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage',
};

export const LISTENER_KEYS: Keys = {
  'requestHeaderNames.mtlsClientCert': 'routing.http.request.x_amzn_mtls_clientcert.header_name',
  'requestHeaderNames.mtlsClientCertIssuer': 'routing.http.request.x_amzn_mtls_clientcert_issuer.header_name',
  'requestHeaderNames.mtlsClientCertLeaf': 'routing.http.request.x_amzn_mtls_clientcert_leaf.header_name',
  'requestHeaderNames.mtlsClientCertSerialNumber':
    'routing.http.request.x_amzn_mtls_clientcert_serial_number.header_name',
  'requestHeaderNames.mtlsClientCertSubject':
    'routing.http.request.x_amzn_mtls_clientcert_subject.header_name',
  'requestHeaderNames.mtlsClientCertValidity':
    'routing.http.request.x_amzn_mtls_clientcert_validity.header_name',
  'requestHeaderNames.tlsCipherSuite': 'routing.http.request.x_amzn_tls_cipher_suite.header_name',
  'requestHeaderNames.tlsVersion': 'routing.http.request.x_amzn_tls_version.header_name',
  'responseHeaders.accessControlAllowCredentials':
    'routing.http.response.access_control_allow_credentials.header_value',
  'responseHeaders.accessControlAllowHeaders':
    'routing.http.response.access_control_allow_headers.header_value',
  'responseHeaders.accessControlAllowMethods':
    'routing.http.response.access_control_allow_methods.header_value',
  'responseHeaders.accessControlAllowOrigin':
    'routing.http.response.access_control_allow_origin.header_value',
  'responseHeaders.accessControlExposeHeaders':
    'routing.http.response.access_control_expose_headers.header_value',
  'responseHeaders.accessControlMaxAge': 'routing.http.response.access_control_max_age.header_value',
  'responseHeaders.contentSecurityPolicy': 'routing.http.response.content_security_policy.header_value',
  'responseHeaders.strictTransportSecurity': 'routing.http.response.strict_transport_security.header_value',
  'responseHeaders.xContentTypeOptions': 'routing.http.response.x_content_type_options.header_value',
  'responseHeaders.xFrameOptions': 'routing.http.response.x_frame_options.header_value',
  serverHeader: 'routing.http.response.server.enabled',
};
