import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ANNOTATIONS,
  annotationOf,
  renderIngress,
  serviceAnnotations,
  type AlbIngressSettings,
  type AlbRoute,
} from '../../../../load-balancers/language';
import { problemsOf } from '../../../../load-balancers/problem';
import { INGRESS_ANNOTATIONS } from '../../../../load-balancers/model/annotations';
import { albIngressSettings } from '../../../../load-balancers/schema';
import { COGNITO, FULL, JWT, OIDC } from './full-settings';

const ALB = 'alb.ingress.kubernetes.io/';
const NAMES = { name: 'shop', namespace: 'shop', ingressClassName: 'alb' };
const PLAIN: AlbIngressSettings = { routes: [{ service: 'api', port: 80 }] };

const rendered = (settings: AlbIngressSettings, params = {}) =>
  renderIngress({ ...NAMES, ...settings }, params).ingress;

/** Annotations by suffix. */
function suffixes(settings: AlbIngressSettings, params = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(rendered(settings, params).metadata.annotations ?? {}).map(([name, value]) => [
      name.slice(ALB.length),
      value,
    ]),
  );
}

describe('renderIngress', () => {
  it('writes each prop as the controller reads it', () => {
    expect(suffixes(FULL)).toMatchInlineSnapshot(`
      {
        "acm-pca-arn": "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/x",
        "actions.fixed-response": "{"type":"fixed-response","fixedResponseConfig":{"messageBody":"nothing, \\"here\\"","statusCode":"404"}}",
        "actions.redirect": "{"type":"redirect","redirectConfig":{"statusCode":"HTTP_301","path":"/new","port":"443"}}",
        "backend-protocol": "HTTPS",
        "backend-protocol-version": "HTTP2",
        "certificate-arn": "arn:aws:acm:eu-west-1:111122223333:certificate/a,arn:aws:iam::111122223333:server-certificate/b",
        "conditions.beta": "[{"field":"http-header","httpHeaderConfig":{"httpHeaderName":"X-Beta","values":["yes","*\\"1\\"*"]}}]",
        "create-acm-cert": "true",
        "customer-owned-ipv4-pool": "ipv4pool-coip-0123456789abcdef0",
        "enable-frontend-nlb": "true",
        "frontend-nlb-attributes": "load_balancing.cross_zone.enabled=true,dns_record.client_routing_policy=availability_zone_affinity",
        "frontend-nlb-eip-allocations": "eipalloc-0123456789abcdef0",
        "frontend-nlb-healthcheck-healthy-threshold-count": "4",
        "frontend-nlb-healthcheck-interval-seconds": "20",
        "frontend-nlb-healthcheck-path": "/live",
        "frontend-nlb-healthcheck-port": "traffic-port",
        "frontend-nlb-healthcheck-protocol": "HTTPS",
        "frontend-nlb-healthcheck-success-codes": "200-299",
        "frontend-nlb-healthcheck-timeout-seconds": "6",
        "frontend-nlb-healthcheck-unhealthy-threshold-count": "5",
        "frontend-nlb-listener-port-mapping": "80=80,8443=443",
        "frontend-nlb-scheme": "internet-facing",
        "frontend-nlb-security-groups": "sg-0123456789abcdef0",
        "frontend-nlb-subnets": "subnet-0123456789abcdef0",
        "frontend-nlb-tags": "Team=edge",
        "group.name": "shop",
        "group.order": "-10",
        "healthcheck-interval-seconds": "30",
        "healthcheck-path": "/healthz",
        "healthcheck-port": "8080",
        "healthcheck-protocol": "HTTP",
        "healthcheck-timeout-seconds": "10",
        "healthy-threshold-count": "3",
        "ip-address-type": "dualstack",
        "ipam-ipv4-pool-id": "ipam-pool-0123456789abcdef0",
        "listen-ports": "[{"HTTP":80},{"HTTPS":443},{"HTTPS":8443}]",
        "listener-attributes.HTTP-80": "routing.http.response.server.enabled=false",
        "listener-attributes.HTTPS-443": "routing.http.request.x_amzn_mtls_clientcert_leaf.header_name=X-Leaf,routing.http.response.access_control_max_age.header_value=600,routing.http.response.content_security_policy.header_value=default-src 'self'\\, \\\\o/ = 1",
        "load-balancer-attributes": "deletion_protection.enabled=true,access_logs.s3.enabled=true,access_logs.s3.bucket=logs-of-shop,access_logs.s3.prefix=alb,connection_logs.s3.enabled=true,connection_logs.s3.bucket=logs-of-shop,health_check_logs.s3.enabled=false,ipv6.deny_all_igw_traffic=false,zonal_shift.config.enabled=true,idle_timeout.timeout_seconds=120,client_keep_alive.seconds=600,routing.http.desync_mitigation_mode=strictest,routing.http.drop_invalid_header_fields.enabled=true,routing.http.preserve_host_header.enabled=true,routing.http.x_amzn_tls_version_and_cipher_suite.enabled=true,routing.http.xff_client_port.enabled=true,routing.http.xff_header_processing.mode=preserve,routing.http2.enabled=false,waf.fail_open.enabled=true",
        "load-balancer-name": "shop",
        "manage-backend-security-group-rules": "true",
        "minimum-load-balancer-capacity": "CapacityUnits=500",
        "multi-cluster-target-group": "true",
        "mutual-authentication": "[{"port":443,"mode":"verify","trustStore":"partners","ignoreClientCertificateExpiry":true,"advertiseTrustStoreCaNames":"on"},{"port":8443,"mode":"passthrough"}]",
        "scheme": "internet-facing",
        "security-groups": "sg-0123456789abcdef0,web",
        "shield-advanced-protection": "true",
        "ssl-policy": "ELBSecurityPolicy-TLS13-1-3-2021-06",
        "ssl-redirect": "443",
        "subnets": "subnet-0123456789abcdef0,public b",
        "success-codes": "200,301",
        "tags": "Team=shop,Kosten Stelle=Ümläut + 1/2",
        "target-control-port.api.80": "9000",
        "target-group-attributes": "deregistration_delay.timeout_seconds=30,slow_start.duration_seconds=0,load_balancing.algorithm.type=weighted_random,load_balancing.algorithm.anomaly_mitigation=on,load_balancing.cross_zone.enabled=use_load_balancer_configuration,target_group_health.dns_failover.minimum_healthy_targets.count=2,target_group_health.dns_failover.minimum_healthy_targets.percentage=off,target_group_health.unhealthy_state_routing.minimum_healthy_targets.count=1,target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage=50,stickiness.enabled=true,stickiness.type=app_cookie,stickiness.app_cookie.cookie_name=SESSION,stickiness.app_cookie.duration_seconds=600",
        "target-node-labels": "example.com/pool=web",
        "target-type": "instance",
        "transforms.beta": "[{"type":"url-rewrite","urlRewriteConfig":{"rewrites":[{"regex":"^/beta/(.*)$","replace":"/$1"}]}}]",
        "unhealthy-threshold-count": "4",
        "use-regex-path-match": "true",
        "waf-acl-id": "01234567-89ab-cdef-0123-456789abcdef",
        "wafv2-acl-arn": "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/id",
      }
    `);
  });

  it('writes what is said in the spec', () => {
    expect(rendered(FULL).spec).toMatchInlineSnapshot(`
      {
        "defaultBackend": {
          "service": {
            "name": "fixed-response",
            "port": {
              "name": "use-annotation",
            },
          },
        },
        "ingressClassName": "alb",
        "rules": [
          {
            "host": "shop.example.com",
            "http": {
              "paths": [
                {
                  "backend": {
                    "service": {
                      "name": "api",
                      "port": {
                        "number": 80,
                      },
                    },
                  },
                  "path": "/api",
                  "pathType": "Prefix",
                },
              ],
            },
          },
          {
            "http": {
              "paths": [
                {
                  "backend": {
                    "service": {
                      "name": "redirect",
                      "port": {
                        "name": "use-annotation",
                      },
                    },
                  },
                  "path": "/old",
                  "pathType": "Exact",
                },
                {
                  "backend": {
                    "service": {
                      "name": "beta",
                      "port": {
                        "name": "http",
                      },
                    },
                  },
                  "path": "/beta",
                  "pathType": "Prefix",
                },
              ],
            },
          },
        ],
        "tls": [
          {
            "hosts": [
              "shop.example.com",
            ],
          },
        ],
      }
    `);
  });

  it('writes nothing that is not said', () => {
    expect(rendered(PLAIN)).toEqual({
      kind: 'Ingress',
      metadata: { name: 'shop', namespace: 'shop', annotations: {} },
      spec: {
        ingressClassName: 'alb',
        rules: [
          {
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: { service: { name: 'api', port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    });
  });

  it.each<[string, AlbIngressSettings, Record<string, string>]>([
    ['a web ACL by name', { webAcl: { name: 'shop' } }, { 'wafv2-acl-name': 'shop' }],
    ['no web ACL', { webAcl: 'none' }, { 'wafv2-acl-arn': 'none' }],
    [
      'networks that may connect',
      { inboundCidrs: ['10.0.0.0/8', '2001:db8::/32'], prefixLists: ['pl-0123456789abcdef0'] },
      {
        'inbound-cidrs': '10.0.0.0/8,2001:db8::/32',
        'security-group-prefix-lists': 'pl-0123456789abcdef0',
      },
    ],
    [
      'a cookie of the load balancer',
      { targetGroup: { attributes: { stickiness: { type: 'lb_cookie', durationSeconds: 60 } } } },
      {
        'target-group-attributes':
          'stickiness.enabled=true,stickiness.type=lb_cookie,stickiness.lb_cookie.duration_seconds=60',
      },
    ],
    [
      'a cookie for as long as AWS says',
      { targetGroup: { attributes: { stickiness: { type: 'lb_cookie' } } } },
      { 'target-group-attributes': 'stickiness.enabled=true,stickiness.type=lb_cookie' },
    ],
    [
      'no cookie, and targets that may behave oddly',
      { targetGroup: { attributes: { stickiness: false, anomalyMitigation: false } } },
      {
        'target-group-attributes': 'load_balancing.algorithm.anomaly_mitigation=off,stickiness.enabled=false',
      },
    ],
    [
      'tokens',
      { jwtValidation: JWT },
      {
        'jwt-validation':
          '{"jwksEndpoint":"https://id.example.com/keys","issuer":"https://id.example.com","additionalClaims":[{"format":"string-array","name":"groups","values":["a","b"]}]}',
      },
    ],
    [
      'a user pool',
      { authentication: COGNITO },
      {
        'auth-type': 'cognito',
        'auth-idp-cognito':
          '{"userPoolARN":"arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_x","userPoolClientID":"client","userPoolDomain":"shop","authenticationRequestExtraParams":{"display":"page"}}',
        'auth-on-unauthenticated-request': 'deny',
        'auth-scope': 'openid email',
        'auth-session-cookie': 'shop',
        'auth-session-timeout': '3600',
      },
    ],
    [
      'a provider of OpenID Connect',
      { authentication: OIDC },
      {
        'auth-type': 'oidc',
        'auth-idp-oidc':
          '{"issuer":"https://id.example.com","authorizationEndpoint":"https://id.example.com/authorize","tokenEndpoint":"https://id.example.com/token","userInfoEndpoint":"https://id.example.com/userinfo","secretName":"oidc"}',
      },
    ],
    ['nobody to be asked', { authentication: { type: 'none' } }, { 'auth-type': 'none' }],
    ['a Network Load Balancer before it', { frontendNlb: {} }, { 'enable-frontend-nlb': 'true' }],
    [
      'a certificate that ACM makes',
      { certificateManagement: {} },
      { 'create-acm-cert': 'true', 'ssl-policy': 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' },
    ],
    ['a port to redirect to', { sslRedirect: 8443 }, { 'ssl-redirect': '8443' }],
    ['a redirect to what others of the group listen on', { sslRedirect: true }, { 'ssl-redirect': '443' }],
    [
      'certificates of clients of which nobody is told',
      {
        listeners: [
          {
            port: 443,
            protocol: 'HTTPS',
            mutualAuthentication: { mode: 'verify', trustStore: 'x', advertiseTrustStoreCaNames: false },
          },
        ],
        sslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06',
      },
      {
        'listen-ports': '[{"HTTPS":443}]',
        'mutual-authentication':
          '[{"port":443,"mode":"verify","trustStore":"x","advertiseTrustStoreCaNames":"off"}]',
        'ssl-policy': 'ELBSecurityPolicy-TLS13-1-3-2021-06',
      },
    ],
    [
      'no certificates of clients',
      { listeners: [{ port: 443, protocol: 'HTTPS', mutualAuthentication: { mode: 'off' } }] },
      {
        'listen-ports': '[{"HTTPS":443}]',
        'mutual-authentication': '[{"port":443,"mode":"off"}]',
        'ssl-policy': 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
      },
    ],
    [
      'what there is no prop for',
      { annotations: { 'example.com/owner': 'shop' } },
      {/* not of the controller */},
    ],
  ])('writes %s', (_, settings, expected) => {
    const { annotations = {} } = rendered({ ...PLAIN, ...settings }).metadata;
    const own = Object.entries(annotations).filter(([name]) => name.startsWith(ALB));
    expect(Object.fromEntries(own.map(([name, value]) => [name.slice(ALB.length), value]))).toEqual(expected);
    expect(annotations).toMatchObject(settings.annotations ?? {});
  });

  describe('the policy of TLS', () => {
    const https: AlbIngressSettings = { ...PLAIN, listeners: [{ port: 443, protocol: 'HTTPS' }] };
    const CURRENT = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';
    it('is the current one where nothing says otherwise', () => {
      expect(suffixes(https)['ssl-policy']).toBe(CURRENT);
      expect(suffixes(PLAIN, { certificateArn: ['x'] })['ssl-policy']).toBe(CURRENT);
    });
    it('is none without HTTPS', () => {
      expect(suffixes(PLAIN)).not.toHaveProperty('ssl-policy');
      expect(
        suffixes({
          ...PLAIN,
          certificateArns: FULL.certificateArns,
          listeners: [{ port: 80, protocol: 'HTTP' }],
        }),
      ).not.toHaveProperty('ssl-policy');
    });
    it("is left to the class's parameters where they say it", () => {
      expect(suffixes(https, { sslPolicy: 'x' })).not.toHaveProperty('ssl-policy');
    });
    it('is what an annotation says by hand', () => {
      const annotations = { 'alb.ingress.kubernetes.io/ssl-policy': 'other' };
      expect(suffixes({ ...https, annotations })['ssl-policy']).toBe('other');
    });
    it('is what the Ingress says', () => {
      expect(suffixes({ ...https, sslPolicy: 'other' })['ssl-policy']).toBe('other');
    });
  });

  it('reaches every annotation of the table by a prop', () => {
    const said = [FULL, { webAcl: { name: 'x' } }, { inboundCidrs: ['10.0.0.0/8'], prefixLists: ['pl-0'] }];
    const others = [{ authentication: COGNITO }, { authentication: OIDC }, { jwtValidation: JWT }];
    const reached = new Set(
      [...said, ...others].flatMap((settings) =>
        Object.keys(rendered({ ...PLAIN, ...settings }).metadata.annotations ?? {}).map(
          (name) => annotationOf(name)?.name,
        ),
      ),
    );
    const missing = ANNOTATIONS.filter(({ on, name }) => on.includes('ingress') && !reached.has(name));
    expect(missing.map(({ name, deprecated, output }) => [name, deprecated ?? output])).toEqual([
      // Another name of wafClassicAclId, one that the controller writes, and ingressClassName by its older name.
      [`${ALB}web-acl-id`, `${ALB}waf-acl-id`],
      [`${ALB}dry-run-plan`, true],
      ['kubernetes.io/ingress.class', undefined],
    ]);
  });

  it('is of right settings', () => {
    expect(problemsOf(albIngressSettings, { ...FULL, routes: PLAIN.routes }, 'settings')).toEqual([]);
  });
});

describe('routes', () => {
  const header = { field: 'http-header', httpHeaderName: 'X-Beta', values: ['1'] } as const;
  const backends = (routes: AlbRoute[]) =>
    rendered({ routes }).spec.rules?.flatMap(({ http }) =>
      http?.paths.map(({ backend }) => [
        backend.service?.name,
        backend.service?.port?.number ?? backend.service?.port?.name,
      ]),
    );

  it('have conditions by the name of their Service where all routes to it have the same', () => {
    const routes: AlbRoute[] = ['/a', '/b'].map((path) => ({
      path,
      service: 'api',
      port: 80,
      conditions: [header],
    }));
    expect(backends(routes)).toEqual([
      ['api', 80],
      ['api', 80],
    ]);
    expect(suffixes({ routes })).toEqual({
      'conditions.api':
        '[{"field":"http-header","httpHeaderConfig":{"httpHeaderName":"X-Beta","values":["1"]}}]',
    });
  });

  it('have an action of their own where only some have conditions', () => {
    const routes: AlbRoute[] = [
      { path: '/a', service: 'api', port: 80, conditions: [header] },
      { path: '/b', service: 'api', port: 80 },
    ];
    expect(backends(routes)).toEqual([
      ['api-2', 'use-annotation'],
      ['api', 80],
    ]);
    expect(suffixes({ routes })).toEqual({
      'actions.api-2':
        '{"type":"forward","forwardConfig":{"targetGroups":[{"serviceName":"api","servicePort":80}]}}',
      'conditions.api-2':
        '[{"field":"http-header","httpHeaderConfig":{"httpHeaderName":"X-Beta","values":["1"]}}]',
    });
  });

  it('have an action where the name of the Service is too long for an annotation', () => {
    const service = 'a'.repeat(60);
    const routes: AlbRoute[] = [{ service, port: 'http', conditions: [header] }];
    expect(backends(routes)).toEqual([['a'.repeat(40), 'use-annotation']]);
    expect(backends([{ service, port: 'http' }])).toEqual([[service, 'http']]);
  });

  it('share equal actions, and name others after their type', () => {
    const redirect = { type: 'redirect', statusCode: 'HTTP_302', host: 'b.example.com' } as const;
    const routes: AlbRoute[] = [
      { path: '/a', action: redirect },
      { path: '/b', action: redirect },
      { path: '/c', action: { ...redirect, port: '#{port}' } },
      { path: '/d', service: 'redirect-2', port: 80 },
    ];
    expect(backends(routes)).toEqual([
      ['redirect', 'use-annotation'],
      ['redirect', 'use-annotation'],
      ['redirect-3', 'use-annotation'],
      ['redirect-2', 80],
    ]);
    expect(suffixes({ routes })['actions.redirect-3']).toBe(
      '{"type":"redirect","redirectConfig":{"statusCode":"HTTP_302","host":"b.example.com","port":"#{port}"}}',
    );
  });

  it('forward to several target groups', () => {
    const action = {
      type: 'forward',
      targetGroups: [
        { service: 'a', port: 80, weight: 9 },
        { targetGroupArn: 'arn', weight: 1 },
        { targetGroupName: 'c', weight: 0 },
      ],
      stickinessSeconds: 60,
    } as const;
    expect(JSON.parse(suffixes({ routes: [{ action }] })['actions.forward'] ?? '')).toEqual({
      type: 'forward',
      forwardConfig: {
        targetGroups: [
          { serviceName: 'a', servicePort: 80, weight: 9 },
          { targetGroupARN: 'arn', weight: 1 },
          { targetGroupName: 'c', weight: 0 },
        ],
        targetGroupStickinessConfig: { enabled: true, durationSeconds: 60 },
      },
    });
  });

  it('have each kind of condition and transform', () => {
    const routes: AlbRoute[] = [
      {
        service: 'a',
        port: 80,
        conditions: [
          { field: 'host-header', values: ['a.example.com'] },
          { field: 'path-pattern', regexValues: ['^/a'] },
          { field: 'http-request-method', values: ['GET'] },
          { field: 'query-string', values: [{ key: 'a', value: 'b' }] },
          { field: 'source-ip', values: ['10.0.0.0/8'] },
        ],
        transforms: [{ type: 'host-header-rewrite', rewrites: [{ regex: 'a', replace: 'b' }] }],
      },
    ];
    const made = suffixes({ routes });
    expect(JSON.parse(made['conditions.a'] ?? '')).toEqual([
      { field: 'host-header', hostHeaderConfig: { values: ['a.example.com'] } },
      { field: 'path-pattern', pathPatternConfig: { regexValues: ['^/a'] } },
      { field: 'http-request-method', httpRequestMethodConfig: { values: ['GET'] } },
      { field: 'query-string', queryStringConfig: { values: [{ key: 'a', value: 'b' }] } },
      { field: 'source-ip', sourceIPConfig: { values: ['10.0.0.0/8'] } },
    ]);
    expect(JSON.parse(made['transforms.a'] ?? '')).toEqual([
      { type: 'host-header-rewrite', hostHeaderRewriteConfig: { rewrites: [{ regex: 'a', replace: 'b' }] } },
    ]);
  });

  it('stay as given where they match the same requests, so that the one with conditions is tried first', () => {
    const routes: AlbRoute[] = [
      { path: '/a', service: 'beta', port: 80, conditions: [header] },
      { path: '/a', service: 'api', port: 80 },
    ];
    expect(backends(routes)).toEqual([
      ['beta', 80],
      ['api', 80],
    ]);
  });

  it('have no name of the default backend', () => {
    const made = rendered({
      routes: [{ action: { type: 'fixed-response', statusCode: 503 } }],
      defaultBackend: { service: 'fixed-response', port: 80 },
    });
    expect(made.spec.rules?.[0]?.http?.paths[0]?.backend.service?.name).toBe('fixed-response-2');
    expect(made.spec.defaultBackend).toEqual({ service: { name: 'fixed-response', port: { number: 80 } } });
  });

  it('lead somewhere', () => {
    expect(() => rendered({ routes: [{ path: '/' }] })).toThrow('neither service and port nor action');
  });
});

describe('serviceAnnotations', () => {
  it('are those that a Service has of its own', () => {
    expect(
      serviceAnnotations({
        targetGroup: { targetType: 'ip', healthCheck: { path: '/healthz' } },
        authentication: { type: 'none' },
        tags: { Team: 'api' },
      }).annotations,
    ).toEqual({
      [`${ALB}target-type`]: 'ip',
      [`${ALB}healthcheck-path`]: '/healthz',
      [`${ALB}auth-type`]: 'none',
      [`${ALB}tags`]: 'Team=api',
    });
    expect(serviceAnnotations({}).annotations).toEqual({});
  });

  it('are read on Services', () => {
    const targetGroup = { ...FULL.targetGroup, targetControlPorts: undefined };
    for (const name of Object.keys(
      serviceAnnotations({ targetGroup, authentication: COGNITO, tags: { a: 'b' } }).annotations,
    ))
      expect(annotationOf(name)?.on).toContain('service');
  });
});

describe('what is written is read as it was', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 20 });
  const trimmed = text.filter((value) => value.trim() === value);
  const key = trimmed.filter((value) => value !== '' && !value.includes('='));
  const read = (settings: AlbIngressSettings) => rendered({ ...PLAIN, ...settings });

  it('tags, whatever letters they have', () => {
    fc.assert(
      fc.property(fc.dictionary(key, trimmed, { minKeys: 1, noNullPrototype: true }), (tags) => {
        expect(INGRESS_ANNOTATIONS.map(read({ tags }), 'tags')).toEqual(new Map(Object.entries(tags)));
      }),
    );
  });

  it('values of attributes', () => {
    fc.assert(
      fc.property(trimmed, trimmed, (bucket, prefix) => {
        const made = read({ loadBalancerAttributes: { accessLogs: { bucket, prefix } } });
        expect(INGRESS_ANNOTATIONS.map(made, 'load-balancer-attributes')).toEqual(
          new Map([
            ['access_logs.s3.enabled', 'true'],
            ['access_logs.s3.bucket', bucket],
            ['access_logs.s3.prefix', prefix],
          ]),
        );
      }),
    );
  });

  it('lists', () => {
    const entry = key.filter((value) => !value.includes(','));
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1 }), (subnets) => {
        expect(INGRESS_ANNOTATIONS.list(read({ subnets }), 'subnets')).toEqual(subnets);
      }),
    );
  });

  it('JSON', () => {
    fc.assert(
      fc.property(text, text, (messageBody, issuer) => {
        const made = read({
          defaultBackend: { action: { type: 'fixed-response', statusCode: 200, messageBody } },
          jwtValidation: { ...JWT, issuer },
        });
        expect(INGRESS_ANNOTATIONS.json(made, 'actions.fixed-response')).toEqual({
          type: 'fixed-response',
          fixedResponseConfig: { statusCode: '200', messageBody },
        });
        expect(INGRESS_ANNOTATIONS.json(made, 'jwt-validation')).toEqual({ ...JWT, issuer });
      }),
    );
  });

  it('numbers and switches', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), fc.boolean(), (order, shieldAdvanced) => {
        const made = read({ group: { name: 'x', order }, shieldAdvanced });
        expect(INGRESS_ANNOTATIONS.integer(made, 'group.order')).toBe(order);
        expect(INGRESS_ANNOTATIONS.boolean(made, 'shield-advanced-protection')).toBe(shieldAdvanced);
      }),
    );
  });
});
