import { describe, expect, it } from '@jest/globals';
import { type AlbIngressSettings } from '../../../../load-balancers/language';
import { albIngressSettings } from '../../../../load-balancers/schema';
import { problemsOf } from '../../../../load-balancers/problem';
import { COGNITO, FULL, JWT, OIDC } from './full-settings';

const PLAIN: AlbIngressSettings = { routes: [{ service: 'api', port: 80 }] };

const problems = (settings: object) => problemsOf(albIngressSettings, { ...PLAIN, ...settings }, 'settings');

/** One wrong setting: where, and what to write instead. */
type Mistake = [settings: object, path: string, remedy: RegExp];

const route = (fields: object) => ({ routes: [{ service: 'api', port: 80, ...fields }] });
const action = (fields: object) => ({ routes: [{ action: fields }] });
const condition = (fields: object) => route({ conditions: [fields] });
const targets = (fields: object) => ({ targetGroup: fields });
const attributes = (fields: object) => targets({ attributes: fields });
const check = (fields: object) => targets({ healthCheck: fields });
const listener = (fields: object) => ({ listeners: [{ port: 443, protocol: 'HTTPS', ...fields }] });
const AT = 'routes.0.';

describe('settings of an Ingress', () => {
  it.each<[string, object]>([
    ['all of them', { ...FULL, securityGroups: FULL.securityGroups }],
    ['a user pool', { authentication: COGNITO }],
    ['a provider of OpenID Connect', { authentication: OIDC }],
    ['tokens of JSON', { jwtValidation: JWT, authentication: { type: 'none' } }],
    [
      'an expression as a path',
      { regexPathMatch: true, ...route({ path: '/a|[b]+', pathType: 'ImplementationSpecific' }) },
    ],
    ['a default backend alone', { routes: undefined, defaultBackend: { service: 'api', port: 'http' } }],
    [
      'logs that are off, and a slow start',
      { loadBalancerAttributes: { accessLogs: false }, ...attributes({ slowStartSeconds: 30 }) },
    ],
    ['a web ACL by name', { webAcl: { name: 'shop' } }],
  ])('may be %s', (_, settings) => {
    expect(problems(settings)).toEqual([]);
  });

  it.each<Mistake>([
    [{ scheme: 'public' }, 'scheme', /'internal' or 'internet-facing'/],
    [{ ipAddressType: 'ipv6' }, 'ipAddressType', /'dualstack'/],
    [{ subnets: ['a,b'] }, 'subnets.0', /without commas/],
    [{ subnets: [] }, 'subnets', /at least one/],
    [{ subnets: ['a', 'a'] }, 'subnets.1', /each entry once/],
    [{ securityGroups: [' web'] }, 'securityGroups.0', /without spaces at either end/],
    [{ inboundCidrs: ['10.0.0.1'] }, 'inboundCidrs.0', /10.0.0.1.32/],
    [{ prefixLists: ['x'] }, 'prefixLists.0', /pl-/],
    [{ customerOwnedIpv4Pool: 'x' }, 'customerOwnedIpv4Pool', /ipv4pool-coip-/],
    [{ ipamIpv4PoolId: 'x' }, 'ipamIpv4PoolId', /ipam-pool-/],
    [{ loadBalancerName: 'a'.repeat(33) }, 'loadBalancerName', /at most 32/],
    [{ loadBalancerName: 'internal-shop' }, 'loadBalancerName', /does not begin with 'internal-'/],
    [{ loadBalancerName: 'shop-' }, 'loadBalancerName', /no hyphen at either end/],
    [{ capacityUnits: -1 }, 'capacityUnits', /0 or more/],
    [{ tags: { 'a=b': 'x' } }, 'tags.a=b', /without =/],
    [{ tags: { 'ingress.k8s.aws/stack': 'x' } }, 'tags.ingress.k8s.aws/stack', /another key/],
    [{ tags: { Team: 'x ' } }, 'tags.Team', /without spaces at either end/],
    [{ group: { name: 'Shop' } }, 'group.name', /lower-case/],
    [{ group: { name: 'a'.repeat(64) } }, 'group.name', /at most 63/],
    [{ group: { name: 'a', order: 1001 } }, 'group.order', /from -1000 to 1000/],
    [{ group: { name: 'a', order: 1.5 } }, 'group.order', /a whole number/],
    [
      { loadBalancerAttributes: { idleTimeoutSeconds: 0 } },
      'loadBalancerAttributes.idleTimeoutSeconds',
      /from 1 to 4000/,
    ],
    [
      { loadBalancerAttributes: { clientKeepAliveSeconds: 59 } },
      'loadBalancerAttributes.clientKeepAliveSeconds',
      /from 60 to 604800/,
    ],
    [
      { loadBalancerAttributes: { desyncMitigationMode: 'x' } },
      'loadBalancerAttributes.desyncMitigationMode',
      /'strictest'/,
    ],
    [
      { loadBalancerAttributes: { accessLogs: { bucket: 's3://x' } } },
      'loadBalancerAttributes.accessLogs.bucket',
      /without s3:/,
    ],
    [
      { loadBalancerAttributes: { accessLogs: { bucket: 'logs', prefix: '/x' } } },
      'loadBalancerAttributes.accessLogs.prefix',
      /without \/ at either end/,
    ],
    [
      { loadBalancerAttributes: { idleTimeoutSecond: 60 } },
      'loadBalancerAttributes.idleTimeoutSecond',
      /'idleTimeoutSeconds'/,
    ],
    [listener({ port: 70000 }), 'listeners.0.port', /from 1 to 65535|at most 65535/],
    [listener({ protocol: 'TLS' }), 'listeners.0.protocol', /'HTTP' or 'HTTPS'/],
    [{ listeners: [] }, 'listeners', /at least one/],
    [
      {
        listeners: [
          { port: 80, protocol: 'HTTP' },
          { port: 80, protocol: 'HTTPS' },
        ],
      },
      'listeners.1.port',
      /another port/,
    ],
    [
      listener({ protocol: 'HTTP', mutualAuthentication: { mode: 'passthrough' } }),
      'listeners.0.mutualAuthentication',
      /'HTTPS'/,
    ],
    [
      listener({ protocol: 'HTTP', attributes: { requestHeaderNames: {} } }),
      'listeners.0.attributes.requestHeaderNames',
      /'HTTPS'/,
    ],
    [
      listener({ mutualAuthentication: { mode: 'verify' } }),
      'listeners.0.mutualAuthentication.trustStore',
      /.*/,
    ],
    [
      listener({ mutualAuthentication: { mode: 'verify', trustStore: 'a b' } }),
      'listeners.0.mutualAuthentication.trustStore',
      /ARN of a trust store/,
    ],
    [listener({ mutualAuthentication: { mode: 'on' } }), 'listeners.0.mutualAuthentication.mode', /'verify'/],
    [
      listener({ attributes: { responseHeaders: { xContentTypeOptions: 'x' } } }),
      'listeners.0.attributes.responseHeaders.xContentTypeOptions',
      /'nosniff'/,
    ],
    [
      listener({ attributes: { requestHeaderNames: { tlsVersion: 'a b' } } }),
      'listeners.0.attributes.requestHeaderNames.tlsVersion',
      /name of a header/,
    ],
    [
      { certificateArns: ['arn:aws:acm:eu-west-1:1:certificate/x'] },
      'certificateArns.0',
      /certificate of ACM or IAM/,
    ],
    [{ certificateManagement: true }, 'certificateManagement', /\{\} for its defaults/],
    [
      { certificateManagement: { certificateAuthorityArn: 'x' } },
      'certificateManagement.certificateAuthorityArn',
      /acm-pca/,
    ],
    [
      { sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-6' },
      'sslPolicy',
      /'ELBSecurityPolicy-TLS13-1-2-2021-06'/,
    ],
    [{ sslRedirect: 0 }, 'sslRedirect', /.*/],
    [{ tlsHosts: ['shop'] }, 'tlsHosts.0', /a DNS name/],
    [
      { webAcl: { arn: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/a/b' } },
      'webAcl.arn',
      /CLOUDFRONT/,
    ],
    [{ webAcl: { name: 'a b' } }, 'webAcl.name', /letters, digits/],
    [{ webAcl: 'x' }, 'webAcl', /\{ arn \}/],
    [{ wafClassicAclId: 'x' }, 'wafClassicAclId', /'none'/],
    [{ shieldAdvanced: 'true' }, 'shieldAdvanced', /true/],
    [{ frontendNlb: { eipAllocations: ['eipalloc-0'] } }, 'frontendNlb.eipAllocations', /'internet-facing'/],
    [
      { frontendNlb: { scheme: 'internet-facing', subnets: ['a', 'b'], eipAllocations: ['eipalloc-0'] } },
      'frontendNlb.eipAllocations',
      /write 2, one for each/,
    ],
    [
      { frontendNlb: { eipAllocations: ['x'], scheme: 'internet-facing' } },
      'frontendNlb.eipAllocations.0',
      /eipalloc-/,
    ],
    [{ frontendNlb: { portMapping: { x: 80 } } }, 'frontendNlb.portMapping.x', /a port/],
    [
      { frontendNlb: { healthCheck: { intervalSeconds: 5 } } },
      'frontendNlb.healthCheck.intervalSeconds',
      /more than 5/,
    ],
    [targets({ targetType: 'lambda' }), 'targetGroup.targetType', /'instance' or 'ip'/],
    [targets({ backendProtocol: 'TCP' }), 'targetGroup.backendProtocol', /'HTTP' or 'HTTPS'/],
    [targets({ backendProtocolVersion: 'HTTP3' }), 'targetGroup.backendProtocolVersion', /'GRPC'/],
    [targets({ nodeLabels: { 'a=b': 'x' } }), 'targetGroup.nodeLabels.a=b', /key of a label/],
    [targets({ targetControlPorts: [] }), 'targetGroup.targetControlPorts', /at least one/],
    [check({ intervalSeconds: 4 }), 'targetGroup.healthCheck.intervalSeconds', /from 5 to 300/],
    [check({ timeoutSeconds: 121 }), 'targetGroup.healthCheck.timeoutSeconds', /from 2 to 120/],
    [check({ timeoutSeconds: 15 }), 'targetGroup.healthCheck.timeoutSeconds', /less than 15/],
    [check({ intervalSeconds: 5 }), 'targetGroup.healthCheck.intervalSeconds', /more than 5/],
    [check({ healthyThresholdCount: 1 }), 'targetGroup.healthCheck.healthyThresholdCount', /from 2 to 10/],
    [
      check({ unhealthyThresholdCount: 11 }),
      'targetGroup.healthCheck.unhealthyThresholdCount',
      /from 2 to 10/,
    ],
    [check({ path: 'healthz' }), 'targetGroup.healthCheck.path', /begins with \//],
    [check({ successCodes: '2xx' }), 'targetGroup.healthCheck.successCodes', /'200-299'/],
    [check({ port: 0 }), 'targetGroup.healthCheck.port', /.*/],
    [
      attributes({ deregistrationDelaySeconds: 3601 }),
      'targetGroup.attributes.deregistrationDelaySeconds',
      /from 0 to 3600/,
    ],
    [attributes({ slowStartSeconds: 29 }), 'targetGroup.attributes.slowStartSeconds', /30 to 900/],
    [
      attributes({ slowStartSeconds: 30, algorithm: 'weighted_random' }),
      'targetGroup.attributes.slowStartSeconds',
      /'round_robin'/,
    ],
    [
      attributes({ anomalyMitigation: true }),
      'targetGroup.attributes.anomalyMitigation',
      /'weighted_random'/,
    ],
    [
      attributes({ stickiness: { type: 'app_cookie' } }),
      'targetGroup.attributes.stickiness.cookieName',
      /.*/,
    ],
    [
      attributes({ stickiness: { type: 'app_cookie', cookieName: 'AWSALB' } }),
      'targetGroup.attributes.stickiness.cookieName',
      /AWSALB/,
    ],
    [
      attributes({ stickiness: { type: 'lb_cookie', durationSeconds: 604801 } }),
      'targetGroup.attributes.stickiness.durationSeconds',
      /from 1 to 604800/,
    ],
    [
      attributes({ unhealthyStateRouting: { minimumHealthyPercentage: 101 } }),
      'targetGroup.attributes.unhealthyStateRouting.minimumHealthyPercentage',
      /.*/,
    ],
    [{ authentication: { type: 'saml' } }, 'authentication.type', /'cognito', 'oidc' or 'none'/],
    [{ authentication: { ...COGNITO, userPoolArn: 'x' } }, 'authentication.userPoolArn', /cognito-idp/],
    [
      { authentication: { ...COGNITO, sessionTimeoutSeconds: 0 } },
      'authentication.sessionTimeoutSeconds',
      /from 1 to 604800/,
    ],
    [{ authentication: { ...OIDC, issuer: 'http://x' } }, 'authentication.issuer', /https:/],
    [
      {
        authentication: {
          ...OIDC,
          authenticationRequestExtraParams: Object.fromEntries(
            Array.from('abcdefghijk', (each) => each).map((each) => [each, each]),
          ),
        },
      },
      'authentication.authenticationRequestExtraParams',
      /at most 10/,
    ],
    [
      { jwtValidation: { ...JWT, additionalClaims: [{ format: 'x', name: 'a', values: ['b'] }] } },
      'jwtValidation.additionalClaims.0.format',
      /'string-array'/,
    ],
    [{ jwtValidation: JWT, authentication: OIDC }, 'jwtValidation', /one of the two/],
    [route({ host: 'shop.*.com' }), `${AT}host`, /a DNS name/],
    [route({ path: 'api' }), `${AT}path`, /begins with \//],
    [route({ path: '/a//b' }), `${AT}path`, /without \/\//],
    [route({ path: `/${'a'.repeat(128)}` }), `${AT}path`, /at most 128/],
    [route({ pathType: 'Regex' }), `${AT}pathType`, /'ImplementationSpecific'/],
    [route({ port: 'use-annotation' }), `${AT}port`, /.*/],
    [route({ service: 'Api' }), `${AT}service`, /name of a Service/],
    [{ routes: [{ service: 'api' }] }, `${AT}port`, /port of the Service/],
    [{ routes: [{ path: '/a' }] }, `${AT}service`, /service and port, or action/],
    [
      route({ action: { type: 'fixed-response', statusCode: 404 } }),
      `${AT}action`,
      /service and port, or action/,
    ],
    [{ routes: undefined }, 'routes', /a route, or defaultBackend/],
    [{ routes: [] }, 'routes', /at least one route/],
    [action({ type: 'deny' }), `${AT}action.type`, /'redirect', 'fixed-response' or 'forward'/],
    [action({ type: 'redirect' }), `${AT}action.statusCode`, /'HTTP_301'/],
    [action({ type: 'redirect', statusCode: 'HTTP_301', path: 'x' }), `${AT}action.path`, /begins with \//],
    [
      action({ type: 'redirect', statusCode: 'HTTP_301', query: '?a' }),
      `${AT}action.query`,
      /without the question mark/,
    ],
    [action({ type: 'fixed-response', statusCode: 302 }), `${AT}action.statusCode`, /2XX, 4XX or 5XX/],
    [
      action({ type: 'fixed-response', statusCode: 200, messageBody: 'a'.repeat(1025) }),
      `${AT}action.messageBody`,
      /at most 1024/,
    ],
    [
      action({ type: 'fixed-response', statusCode: 200, contentType: 'text/xml' }),
      `${AT}action.contentType`,
      /'text\/html'/,
    ],
    [action({ type: 'forward', targetGroups: [] }), `${AT}action.targetGroups`, /at least one target group/],
    [
      action({
        type: 'forward',
        targetGroups: Array.from('abcdef', (service) => ({ service, port: 80, weight: 1 })),
      }),
      `${AT}action.targetGroups`,
      /at most 5/,
    ],
    [
      action({ type: 'forward', targetGroups: [{ service: 'a', port: 80, weight: 1000 }] }),
      `${AT}action.targetGroups.0.weight`,
      /.*/,
    ],
    [
      action({
        type: 'forward',
        targetGroups: [
          { service: 'a', port: 80, weight: 1 },
          { service: 'b', port: 80 },
        ],
      }),
      `${AT}action.targetGroups.1.weight`,
      /from 0 to 999/,
    ],
    [condition({ field: 'cookie' }), `${AT}conditions.0.field`, /'http-header'/],
    [condition({ field: 'host-header' }), `${AT}conditions.0.values`, /values or regexValues/],
    [
      condition({ field: 'path-pattern', values: ['a'], regexValues: ['b'] }),
      `${AT}conditions.0.values`,
      /values or regexValues/,
    ],
    [
      condition({ field: 'http-header', httpHeaderName: 'Host', values: ['a'] }),
      `${AT}conditions.0.httpHeaderName`,
      /'host-header'/,
    ],
    [
      condition({ field: 'http-request-method', values: ['get'] }),
      `${AT}conditions.0.values.0`,
      /upper case/,
    ],
    [condition({ field: 'source-ip', values: ['10.0.0.1'] }), `${AT}conditions.0.values.0`, /a network/],
    [condition({ field: 'query-string', values: [{ key: 'a' }] }), `${AT}conditions.0.values.0.value`, /.*/],
    [
      route({ transforms: [{ type: 'url-rewrite', rewrites: [] }] }),
      `${AT}transforms.0.rewrites`,
      /at least one rewrite/,
    ],
    [
      route({
        transforms: ['a', 'b'].map((regex) => ({ type: 'url-rewrite', rewrites: [{ regex, replace: '' }] })),
      }),
      `${AT}transforms.1.type`,
      /all rewrites into one/,
    ],
    [{ annotations: { a: 1 } }, 'annotations.a', /in quotes/],
    [{ shceme: 'internal' }, 'shceme', /'scheme'/],
  ])('are refused: %j', (settings, path, remedy) => {
    expect(problems(settings)).toEqual([
      expect.objectContaining({ path, remedy: expect.stringMatching(remedy) }),
    ]);
  });

  it('have no route that another hides', () => {
    const beta = [{ field: 'http-header', httpHeaderName: 'X-Beta', values: ['1'] }];
    const hidden = (...fields: object[]) =>
      problems({ routes: fields.map((each) => ({ service: 'api', port: 80, ...each })) }).map(
        ({ path, reason }) => `${path}: ${reason}`,
      );
    expect(
      hidden({ path: '/a', conditions: beta }, { path: '/a' }, { path: '/a', pathType: 'Exact' }),
    ).toEqual([]);
    expect(hidden({ path: '/' }, { path: '/a' }, { path: '/a', host: 'a.example.com' })).toEqual([]);
    expect(hidden({ path: '/a' }, { path: '/a/' })).toEqual([
      'routes.1.path: routes.0 takes all its requests before it',
    ]);
    expect(hidden({}, { path: '/', conditions: beta }, { path: '/b' })).toEqual([
      'routes.1.path: routes.0 takes all its requests before it',
    ]);
    expect(hidden({ conditions: beta }, { conditions: beta })).toHaveLength(1);
  });
});
