import { preview, type Preview } from '../../../tools/preview/preview';
import { readManifests } from '../../../tools/preview/manifests';

/** The preview of one file. */
export function previewOf(text: string, settings: Parameters<typeof preview>[0]['settings'] = {}): Preview {
  return preview({ ...readManifests([{ name: 'test.yaml', text }]), settings });
}

interface IngressFields {
  readonly name?: string;
  /** Names without their prefix, values as written. */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly host?: string;
  readonly path?: string;
  readonly className?: string;
}

/** A manifest of an Ingress to port 80 of Service web. */
export function ingress({
  name = 'web',
  annotations = {},
  host,
  path = '/',
  className = 'alb',
}: IngressFields = {}): string {
  return JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name,
      namespace: 'shop',
      annotations: Object.fromEntries(
        Object.entries(annotations).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value]),
      ),
    },
    spec: {
      ingressClassName: className,
      rules: [
        {
          host,
          http: {
            paths: [
              { path, pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } },
            ],
          },
        },
      ],
    },
  });
}

/** A manifest of Service web. */
export function service(
  spec: object = {},
  name = 'web',
  annotations: Readonly<Record<string, string>> = {},
): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop', annotations },
    spec: { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80 }], ...spec },
  });
}

export function manifests(...all: readonly string[]): string {
  return all.join('\n---\n');
}

/** Two Ingresses in one group with most of what a load balancer can have, an NLB, and one that is refused. */
export const FULL = manifests(
  ingress({
    name: 'web',
    host: 'shop.example.com',
    annotations: {
      scheme: 'internet-facing',
      'group.name': 'shop',
      'load-balancer-name': 'shop',
      subnets: 'subnet-0a, subnet-0b',
      'listen-ports': '[{"HTTP":80},{"HTTPS":443}]',
      'ssl-redirect': '443',
      'certificate-arn':
        'arn:aws:acm:eu-west-1:111122223333:certificate/0f0f0f0f-1111-2222-3333-444444444444,arn:aws:acm:eu-west-1:111122223333:certificate/0f0f0f0f-1111-2222-3333-555555555555',
      'mutual-authentication': '[{"port":443,"mode":"passthrough"}]',
      'load-balancer-attributes': 'idle_timeout.timeout_seconds=120',
      'listener-attributes.HTTPS-443': 'routing.http.response.server.enabled=false',
      'minimum-load-balancer-capacity': 'CapacityUnits=200',
      'wafv2-acl-arn':
        'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/11111111-2222-3333-4444-555555555555',
      'shield-advanced-protection': 'true',
      'auth-type': 'oidc',
      'auth-idp-oidc':
        '{"issuer":"https://example.com","authorizationEndpoint":"https://example.com/a","tokenEndpoint":"https://example.com/t","userInfoEndpoint":"https://example.com/u","secretName":"s"}',
      'conditions.web':
        '[{"field":"http-header","httpHeaderConfig":{"httpHeaderName":"X-Beta","values":["1","yes"]}},{"field":"query-string","queryStringConfig":{"values":[{"key":"a","value":"b"},{"value":"c"}]}}]',
      'transforms.web':
        '[{"type":"url-rewrite","urlRewriteConfig":{"rewrites":[{"regex":"^/a","replace":"/b"}]}}]',
      tags: 'Team=shop',
    },
  }),
  ingress({
    name: 'canary',
    host: 'canary.example.com',
    annotations: {
      'group.name': 'shop',
      'group.order': '2',
      'listen-ports': '[{"HTTPS":443}]',
      'target-type': 'ip',
      'actions.web':
        '{"type":"forward","forwardConfig":{"targetGroups":[{"serviceName":"web","servicePort":80,"weight":90},{"targetGroupARN":"arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/own/0123456789abcdef","weight":10}],"targetGroupStickinessConfig":{"enabled":true,"durationSeconds":60}}}',
      'conditions.web':
        '[{"field":"http-request-method","httpRequestMethodConfig":{"values":["GET"]}},{"field":"source-ip","sourceIpConfig":{"values":["192.0.2.0/24"]}}]',
    },
  }).replace('"number":80', '"name":"use-annotation"'),
  service(),
  service(
    { type: 'LoadBalancer', ports: [{ port: 443 }], loadBalancerSourceRanges: ['192.0.2.0/24'] },
    'nlb',
    { 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip' },
  ),
  ingress({ name: 'bad', annotations: { scheme: 'public' } }),
  ingress({ name: 'other', className: 'nginx' }),
  JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: 'nginx' },
    spec: { controller: 'k8s.io/ingress-nginx' },
  }),
);
