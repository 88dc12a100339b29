import { type AlbIngressSettings } from '../../../../load-balancers/language';

const REGION = 'eu-west-1';
const ACCOUNT = '111122223333';

/** What an Ingress says of itself, each prop once. */
export const FULL: AlbIngressSettings = {
  scheme: 'internet-facing',
  ipAddressType: 'dualstack',
  subnets: ['subnet-0123456789abcdef0', 'public b'],
  securityGroups: ['sg-0123456789abcdef0', 'web'],
  manageBackendSecurityGroupRules: true,
  customerOwnedIpv4Pool: 'ipv4pool-coip-0123456789abcdef0',
  ipamIpv4PoolId: 'ipam-pool-0123456789abcdef0',
  loadBalancerName: 'shop',
  loadBalancerAttributes: {
    deletionProtection: true,
    accessLogs: { bucket: 'logs-of-shop', prefix: 'alb' },
    connectionLogs: { bucket: 'logs-of-shop' },
    healthCheckLogs: false,
    denyAllIgwTraffic: false,
    zonalShift: true,
    idleTimeoutSeconds: 120,
    clientKeepAliveSeconds: 600,
    desyncMitigationMode: 'strictest',
    dropInvalidHeaderFields: true,
    preserveHostHeader: true,
    tlsVersionAndCipherSuiteHeaders: true,
    xffClientPort: true,
    xffHeaderProcessing: 'preserve',
    http2: false,
    wafFailOpen: true,
  },
  capacityUnits: 500,
  tags: { Team: 'shop', 'Kosten Stelle': 'Ümläut + 1/2' },
  group: { name: 'shop', order: -10 },
  listeners: [
    { port: 80, protocol: 'HTTP', attributes: { serverHeader: false } },
    {
      port: 443,
      protocol: 'HTTPS',
      mutualAuthentication: {
        mode: 'verify',
        trustStore: 'partners',
        ignoreClientCertificateExpiry: true,
        advertiseTrustStoreCaNames: true,
      },
      attributes: {
        requestHeaderNames: { mtlsClientCertLeaf: 'X-Leaf' },
        responseHeaders: {
          contentSecurityPolicy: "default-src 'self', \\o/ = 1",
          accessControlMaxAge: 600,
        },
      },
    },
    { port: 8443, protocol: 'HTTPS', mutualAuthentication: { mode: 'passthrough' } },
  ],
  certificateArns: [
    `arn:aws:acm:${REGION}:${ACCOUNT}:certificate/a`,
    `arn:aws:iam::${ACCOUNT}:server-certificate/b`,
  ],
  certificateManagement: {
    certificateAuthorityArn: `arn:aws:acm-pca:${REGION}:${ACCOUNT}:certificate-authority/x`,
  },
  sslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06',
  sslRedirect: true,
  tlsHosts: ['shop.example.com'],
  webAcl: { arn: `arn:aws:wafv2:${REGION}:${ACCOUNT}:regional/webacl/shop/id` },
  wafClassicAclId: '01234567-89ab-cdef-0123-456789abcdef',
  shieldAdvanced: true,
  frontendNlb: {
    scheme: 'internet-facing',
    subnets: ['subnet-0123456789abcdef0'],
    securityGroups: ['sg-0123456789abcdef0'],
    portMapping: { 80: 80, 8443: 443 },
    tags: { Team: 'edge' },
    eipAllocations: ['eipalloc-0123456789abcdef0'],
    attributes: { crossZone: true, dnsClientRoutingPolicy: 'availability_zone_affinity' },
    healthCheck: {
      port: 'traffic-port',
      protocol: 'HTTPS',
      path: '/live',
      intervalSeconds: 20,
      timeoutSeconds: 6,
      healthyThresholdCount: 4,
      unhealthyThresholdCount: 5,
      successCodes: '200-299',
    },
  },
  routes: [
    { host: 'shop.example.com', path: '/api', service: 'api', port: 80 },
    {
      path: '/beta',
      service: 'beta',
      port: 'http',
      conditions: [{ field: 'http-header', httpHeaderName: 'X-Beta', values: ['yes', '*"1"*'] }],
      transforms: [{ type: 'url-rewrite', rewrites: [{ regex: '^/beta/(.*)$', replace: '/$1' }] }],
    },
    {
      path: '/old',
      pathType: 'Exact',
      action: { type: 'redirect', statusCode: 'HTTP_301', path: '/new', port: 443 },
    },
  ],
  defaultBackend: { action: { type: 'fixed-response', statusCode: 404, messageBody: 'nothing, "here"' } },
  regexPathMatch: true,
  targetGroup: {
    targetType: 'instance',
    backendProtocol: 'HTTPS',
    backendProtocolVersion: 'HTTP2',
    healthCheck: {
      port: 8080,
      protocol: 'HTTP',
      path: '/healthz',
      intervalSeconds: 30,
      timeoutSeconds: 10,
      healthyThresholdCount: 3,
      unhealthyThresholdCount: 4,
      successCodes: '200,301',
    },
    attributes: {
      deregistrationDelaySeconds: 30,
      stickiness: { type: 'app_cookie', cookieName: 'SESSION', durationSeconds: 600 },
      slowStartSeconds: 0,
      algorithm: 'weighted_random',
      anomalyMitigation: true,
      crossZone: 'use_load_balancer_configuration',
      dnsFailover: { minimumHealthyCount: 2, minimumHealthyPercentage: 'off' },
      unhealthyStateRouting: { minimumHealthyCount: 1, minimumHealthyPercentage: 50 },
    },
    targetControlPorts: [{ service: 'api', servicePort: 80, port: 9000 }],
    nodeLabels: { 'example.com/pool': 'web' },
    multiCluster: true,
  },
};

export const COGNITO = {
  type: 'cognito',
  userPoolArn: `arn:aws:cognito-idp:${REGION}:${ACCOUNT}:userpool/${REGION}_x`,
  userPoolClientId: 'client',
  userPoolDomain: 'shop',
  onUnauthenticatedRequest: 'deny',
  scope: 'openid email',
  sessionCookie: 'shop',
  sessionTimeoutSeconds: 3600,
  authenticationRequestExtraParams: { display: 'page' },
} as const;

export const OIDC = {
  type: 'oidc',
  issuer: 'https://id.example.com',
  authorizationEndpoint: 'https://id.example.com/authorize',
  tokenEndpoint: 'https://id.example.com/token',
  userInfoEndpoint: 'https://id.example.com/userinfo',
  secretName: 'oidc',
} as const;

export const JWT = {
  jwksEndpoint: 'https://id.example.com/keys',
  issuer: 'https://id.example.com',
  additionalClaims: [{ format: 'string-array', name: 'groups', values: ['a', 'b'] }],
} as const;
