import { describe, expect, it } from '@jest/globals';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { App, TerraformStack, Testing } from 'cdktf';
import { AlbIngress, ProblemError, type AlbIngressProps } from '../../../../modules/ingress';
import { type AlbRoute } from '../../../../load-balancers/language';

const REGION = 'eu-west-1';
const ACCOUNT = '111122223333';
const service = (name: string, spec: object = {}) =>
  ({
    kind: 'Service',
    metadata: { name, namespace: 'shop' },
    spec: { ports: [{ port: 80 }], ...spec },
  }) as const;
const SUBNETS = ['a', 'b'].flatMap((zone) => [
  { id: `subnet-000000${zone}0`, zone: `${REGION}${zone}`, public: true, tags: {} },
  { id: `subnet-000000${zone}1`, zone: `${REGION}${zone}`, public: false, tags: {} },
]);
const CONTEXT: AlbIngressProps['context'] = {
  region: REGION,
  account: ACCOUNT,
  partition: 'aws',
  facts: { subnets: SUBNETS },
  services: [service('users'), service('nodes', { type: 'NodePort' })],
};
const PROPS: AlbIngressProps = {
  name: 'shop',
  namespace: 'shop',
  ingressClassName: 'alb',
  targetGroup: { targetType: 'ip' },
  routes: [{ service: 'users', port: 80 }],
  context: CONTEXT,
};
const CERTIFICATE = `arn:aws:acm:${REGION}:${ACCOUNT}:certificate/x`;
const HTTP = { port: 80, protocol: 'HTTP' } as const;
const HTTPS = { port: 443, protocol: 'HTTPS' } as const;
const SECURE = { listeners: [HTTP, HTTPS], certificateArns: [CERTIFICATE] };
const OIDC = {
  type: 'oidc',
  issuer: 'https://id.example.com',
  authorizationEndpoint: 'https://id.example.com/a',
  tokenEndpoint: 'https://id.example.com/t',
  userInfoEndpoint: 'https://id.example.com/u',
  secretName: 'oidc',
} as const;

/** What these Ingresses are refused for, one at a time or together. */
function refusal(...all: readonly Partial<AlbIngressProps>[]): string {
  const stack = new TerraformStack(new App(), 'test');
  new KubernetesProvider(stack, 'kubernetes');
  try {
    all.forEach(
      (props, index) => new AlbIngress(stack, `shop-${index}`, { ...PROPS, name: `shop-${index}`, ...props }),
    );
    Testing.synth(stack, true);
    return '';
  } catch (error) {
    return error instanceof ProblemError ? error.message : String(error);
  }
}

const routes = (...given: AlbRoute[]) => ({ routes: given });
const route = (fields: Partial<AlbRoute>) => routes({ service: 'users', port: 80, ...fields });
const path = (value: string, pathType: AlbRoute['pathType'] = 'Prefix') => route({ path: value, pathType });
const grouped = (fields: Partial<AlbIngressProps>, order: number) => ({
  group: { name: 'shop', order },
  ...route({ path: `/${order}` }),
  ...fields,
});

describe('an Ingress is right', () => {
  it.each<[string, Partial<AlbIngressProps>]>([
    ['as it is', {}],
    ['with HTTPS and a redirect to it', { ...SECURE, sslRedirect: true }],
    ['with a certificate that a host finds', { listeners: [HTTPS], ...route({ host: 'shop.example.com' }) }],
    ['in public subnets', { scheme: 'internet-facing', subnets: ['subnet-000000a0', 'subnet-000000b0'] }],
    ['with nodes as targets', { targetGroup: { targetType: 'instance' }, ...route({ service: 'nodes' }) }],
    [
      'with gRPC over HTTPS',
      { ...SECURE, listeners: [HTTPS], targetGroup: { targetType: 'ip', backendProtocolVersion: 'GRPC' } },
    ],
    ['with people who log in by HTTPS', { ...SECURE, listeners: [HTTPS], authentication: OIDC }],
  ])('%s', (_, props) => {
    expect(refusal(props)).toBe('');
  });
});

/** Props, and what the message has: the prop, and what to do. */
type Mistake = [what: string, props: Partial<AlbIngressProps>, message: RegExp];

describe('an Ingress is refused', () => {
  it.each<Mistake>([
    ['HTTPS without certificate or host', { listeners: [HTTPS] }, /(listeners|certificateArns) /],
    ['redirect without HTTPS', { listeners: [HTTP], sslRedirect: 443 }, /sslRedirect = 443/],
    ['redirect to another port', { ...SECURE, sslRedirect: 8443 }, /sslRedirect = 8443/],
    [
      'certificate of another Region',
      { certificateArns: [CERTIFICATE.replace(REGION, 'us-east-1')] },
      /certificateArns .*us-east-1/,
    ],
    ['certificate of neither ACM nor IAM', { certificateArns: ['arn:aws:s3:::x'] }, /certificateArns\.0 /],
    [
      'no public subnets',
      {
        scheme: 'internet-facing',
        context: { ...CONTEXT, facts: { subnets: SUBNETS.filter((each) => !each.public) } },
      },
      /scheme = .*Evaluated 0 subnets.*internet-facing/,
    ],
    ['one zone', { subnets: ['subnet-000000a1'] }, /subnets .*zone/],
    [
      'two subnets of one zone',
      { subnets: ['subnet-000000a1', 'subnet-000000a0', 'subnet-000000b1'] },
      /subnets .*eu-west-1a/,
    ],
    [
      'nodes as targets of a ClusterIP Service',
      { targetGroup: { targetType: 'instance' } },
      /targetType .*NodePort/,
    ],
    [
      'nodes as targets on Fargate',
      {
        targetGroup: { targetType: 'instance' },
        ...route({ service: 'nodes' }),
        context: { ...CONTEXT, fargate: ['shop'] },
      },
      /Fargate/,
    ],
    [
      'gRPC without HTTPS',
      { targetGroup: { targetType: 'ip', backendProtocolVersion: 'GRPC' } },
      /backendProtocolVersion .*GRPC/,
    ],
    [
      'HTTP2 without HTTPS',
      { targetGroup: { targetType: 'ip', backendProtocolVersion: 'HTTP2' } },
      /backendProtocolVersion .*HTTP2/,
    ],
    [
      'both kinds of WAF',
      { webAcl: { name: 'x' }, wafClassicAclId: '01234567-89ab-cdef-0123-456789abcdef' },
      /(webAcl|wafClassicAclId)/,
    ],
    [
      'web ACL of another Region',
      { webAcl: { arn: `arn:aws:wafv2:us-east-1:${ACCOUNT}:regional/webacl/a/b` } },
      /webAcl\.arn .*us-east-1/,
    ],
    [
      'web ACL of CloudFront',
      { webAcl: { arn: `arn:aws:wafv2:us-east-1:${ACCOUNT}:global/webacl/a/b` } },
      /webAcl\.arn .*CLOUDFRONT/,
    ],
    ['name of a group', { group: { name: 'Shop' } }, /group\.name = "Shop"/],
    ['order of a group', { group: { name: 'shop', order: 2000 } }, /group\.order = 2000/],
    [
      'more than 100 rules',
      routes(...Array.from({ length: 101 }, (_, at) => ({ path: `/${at}`, service: 'users', port: 80 }))),
      /101/,
    ],
    [
      'more than 25 certificates',
      { certificateArns: Array.from({ length: 27 }, (_, at) => `${CERTIFICATE}${at}`) },
      /certificateArns|certificates/,
    ],
    ['more than 1,000 targets', { context: { ...CONTEXT, replicas: { 'shop/users': 1001 } } }, /1001/],
    [
      'more than 5 condition values',
      route({
        host: 'a.example.com',
        conditions: [
          { field: 'source-ip', values: ['10.0.0.0/8', '11.0.0.0/8', '12.0.0.0/8', '13.0.0.0/8'] },
        ],
      }),
      /conditions .*5/,
    ],
    ['path without /', path('api'), /routes\.0\.path = "api"/],
    ['Prefix with a wildcard', path('/a*'), /path .*\/a\*/],
    ['Exact with a wildcard', path('/a?', 'Exact'), /path .*\/a\?/],
    ['pattern that ALB has not', path('/a[b]', 'ImplementationSpecific'), /routes\.0\.path/],
    ['host that is no DNS name', route({ host: 'shop' }), /routes\.0\.host = "shop"/],
    ['wildcard not at the front', route({ host: 'shop.*.com' }), /routes\.0\.host/],
    [
      'Service that is not there',
      route({ service: 'user' }),
      /service .*there is no Service shop\/user.*'users'/,
    ],
    ['port that the Service has not', route({ port: 8080 }), /port .*8080/],
    [
      'action by hand that no backend names',
      {
        annotations: {
          'alb.ingress.kubernetes.io/actions.x':
            '{"type":"fixed-response","fixedResponseConfig":{"statusCode":"404"}}',
        },
      },
      /actions\.x|routes\[\]\.action/,
    ],
    ['redirect to itself', routes({ action: { type: 'redirect', statusCode: 'HTTP_301' } }), /action/],
    [
      'weight',
      routes({ action: { type: 'forward', targetGroups: [{ service: 'users', port: 80, weight: 1000 }] } }),
      /weight/,
    ],
    [
      'six targets',
      routes({
        action: {
          type: 'forward',
          targetGroups: Array.from({ length: 6 }, () => ({ service: 'users', port: 80, weight: 1 })),
        },
      }),
      /targetGroups .*at most 5/,
    ],
    ['idle timeout', { loadBalancerAttributes: { idleTimeoutSeconds: 4001 } }, /idleTimeoutSeconds = 4001/],
    [
      'deregistration delay',
      { targetGroup: { attributes: { deregistrationDelaySeconds: -1 } } },
      /deregistrationDelaySeconds = -1/,
    ],
    ['slow start', { targetGroup: { attributes: { slowStartSeconds: 901 } } }, /slowStartSeconds = 901/],
    [
      'stickiness',
      { targetGroup: { attributes: { stickiness: { type: 'lb_cookie', durationSeconds: 0 } } } },
      /durationSeconds = 0/,
    ],
    [
      'interval not above the timeout',
      { targetGroup: { healthCheck: { intervalSeconds: 10, timeoutSeconds: 10 } } },
      /intervalSeconds = 10/,
    ],
    [
      'thresholds',
      { targetGroup: { healthCheck: { healthyThresholdCount: 1 } } },
      /healthyThresholdCount = 1/,
    ],
    ['OIDC on plain HTTP', { authentication: OIDC }, /authentication/],
    ['name over 32 characters', { loadBalancerName: 'a'.repeat(33) }, /loadBalancerName/],
    ['name of internal-', { loadBalancerName: 'internal-a' }, /loadBalancerName = "internal-a"/],
    [
      'annotation of a Network Load Balancer',
      { annotations: { 'service.beta.kubernetes.io/aws-load-balancer-type': 'external' } },
      /aws-load-balancer-type/,
    ],
    [
      'parameters that say otherwise',
      { scheme: 'internal', context: { ...CONTEXT, params: { scheme: 'internet-facing' } } },
      /scheme = "internal".*wins/,
    ],
  ])('%s', (_, props, message) => {
    const said = refusal(props);
    expect(said).toMatch(message);
    // Where, what, why, and what instead.
    expect(said).toMatch(/^Ingress shop\/shop-0: \d+ problems?\n( {2}\S.* (= .+|is missing): .+; .+\n?)+$/);
  });

  it.each<[string, Partial<AlbIngressProps>, Partial<AlbIngressProps>, RegExp]>([
    ['order of another', grouped({}, 1), grouped({ ...path('/2') }, 1), /group\.order/],
    ['host and path of another', grouped({}, 1), grouped(route({ path: '/1' }), 2), /\/1/],
    [
      'another scheme',
      grouped({ scheme: 'internal' }, 1),
      grouped({ scheme: 'internet-facing' }, 2),
      /scheme/,
    ],
    [
      'another policy of one port',
      grouped({ ...SECURE, sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' }, 1),
      grouped(SECURE, 2),
      /sslPolicy/,
    ],
    [
      'other networks on one port',
      grouped({ inboundCidrs: ['10.0.0.0/8'] }, 1),
      grouped({ inboundCidrs: ['11.0.0.0/8'] }, 2),
      /inboundCidrs/,
    ],
    [
      'another value of one tag',
      grouped({ tags: { Team: 'a' } }, 1),
      grouped({ tags: { Team: 'b' } }, 2),
      /tags/,
    ],
    [
      'another value of one attribute',
      grouped({ loadBalancerAttributes: { http2: true } }, 1),
      grouped({ loadBalancerAttributes: { http2: false } }, 2),
      /loadBalancerAttributes/,
    ],
    [
      'another protocol of one port',
      grouped({ listeners: [HTTP] }, 1),
      grouped({ listeners: [{ port: 80, protocol: 'HTTPS' }], certificateArns: [CERTIFICATE] }, 2),
      /listeners/,
    ],
  ])('in a group with the %s', (_, one, other, message) => {
    expect(refusal(one, other)).toMatch(message);
  });

  it('not for what each of a group says of its own', () => {
    const one = grouped({ listeners: [HTTP], inboundCidrs: ['10.0.0.0/8'], tags: { A: 'a' } }, 1);
    const other = grouped(
      { listeners: [{ ...HTTP, port: 8080 }], inboundCidrs: ['11.0.0.0/8'], tags: { B: 'b' } },
      2,
    );
    expect(refusal(one, other)).toBe('');
  });
});
