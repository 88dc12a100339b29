import { describe, expect, it } from '@jest/globals';
import { IngressV1 } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import {
  AnnotationMetadataEntryType,
  App,
  TerraformOutput,
  TerraformStack,
  TerraformVariable,
  Testing,
  Token,
} from 'cdktf';
import { AlbIngress, ProblemError, type AlbIngressProps } from '../../../modules/ingress';
import { Synthesized } from '../../support/synthesized';

const PROPS: AlbIngressProps = {
  name: 'shop',
  namespace: 'shop',
  ingressClassName: 'alb',
  scheme: 'internet-facing',
  targetGroup: { targetType: 'ip' },
  routes: [{ path: '/api', service: 'users', port: 80 }],
};
const ALB = 'alb.ingress.kubernetes.io';
const WARN: string = AnnotationMetadataEntryType.WARN;
const USERS = {
  kind: 'Service',
  metadata: { name: 'users', namespace: 'shop' },
  spec: { ports: [{ port: 80 }] },
} as const;

const synth = (overrides: Partial<AlbIngressProps> = {}) =>
  Synthesized.of((stack) => {
    new AlbIngress(stack, 'ingress', { ...PROPS, ...overrides });
  }).one('kubernetes_ingress_v1') as unknown as {
    metadata: { name: string; namespace: string; annotations: Record<string, string> };
    spec: Record<string, unknown>;
    wait_for_load_balancer: boolean;
    timeouts: object;
    depends_on?: string[];
  };

/** Problems that an Ingress with these props is refused for. */
function refusals(overrides: Partial<AlbIngressProps>) {
  try {
    synth(overrides);
    return [];
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
}

describe('AlbIngress', () => {
  it('is an Ingress with what its props say', () => {
    const made = synth();
    expect(made.metadata).toEqual({
      name: 'shop',
      namespace: 'shop',
      annotations: { [`${ALB}/scheme`]: 'internet-facing', [`${ALB}/target-type`]: 'ip' },
    });
    expect(made.spec).toEqual({
      ingress_class_name: 'alb',
      rule: [
        {
          http: {
            path: [
              {
                path: '/api',
                path_type: 'Prefix',
                backend: { service: { name: 'users', port: { number: 80 } } },
              },
            ],
          },
        },
      ],
    });
    expect(made.wait_for_load_balancer).toBe(true);
    expect(made.timeouts).toEqual({ create: '10m', delete: '10m' });
  });

  it('has hosts of TLS, a default backend, and other waits', () => {
    const made = synth({
      tlsHosts: ['shop.example.com'],
      listeners: [{ port: 443, protocol: 'HTTPS' }],
      routes: undefined,
      defaultBackend: { action: { type: 'fixed-response', statusCode: 404 } },
      waitForLoadBalancer: false,
      timeouts: { delete: '20m' },
    });
    expect(made.spec).toEqual({
      ingress_class_name: 'alb',
      default_backend: { service: { name: 'fixed-response', port: { name: 'use-annotation' } } },
      tls: [{ hosts: ['shop.example.com'] }],
    });
    expect(made.metadata.annotations[`${ALB}/actions.fixed-response`]).toBe(
      '{"type":"fixed-response","fixedResponseConfig":{"statusCode":"404"}}',
    );
    expect(made.wait_for_load_balancer).toBe(false);
    expect(made.timeouts).toEqual({ create: '10m', delete: '20m' });
  });

  it('knows the hostname of its load balancer', () => {
    const made = Synthesized.of((stack) => {
      const { hostname } = new AlbIngress(stack, 'ingress', PROPS);
      new TerraformOutput(stack, 'hostname', { value: hostname });
    });
    expect(made.outputs().hostname?.value).toBe(
      '${kubernetes_ingress_v1.ingress.status[0].load_balancer[0].ingress[0].hostname}',
    );
  });

  it('lists all that is wrong with its settings in one error', () => {
    const wrong = refusals({
      group: { name: 'Shop', order: 1001 },
      listeners: [{ port: 0, protocol: 'HTTP' }],
    });
    expect(wrong.map(({ path }) => path)).toEqual(['group.name', 'group.order', 'listeners.0.port']);
    expect(() => synth({ group: { name: 'Shop' } })).toThrow(
      /^Ingress shop\/shop: 1 problem\n {2}group\.name = "Shop": .+; write lower-case letters/,
    );
  });

  it('is refused where the controller would refuse it', () => {
    const wrong = refusals({
      listeners: [
        { port: 80, protocol: 'HTTP' },
        { port: 443, protocol: 'HTTPS' },
      ],
      sslRedirect: 8443,
      targetGroup: { targetType: 'ip', backendProtocolVersion: 'GRPC' },
    });
    expect(wrong.map(({ path }) => path)).toEqual(['sslRedirect']);
    for (const { reason, remedy } of wrong) expect([reason, remedy]).not.toContain('');
  });

  it('is judged by what is around it', () => {
    const context = { services: [USERS], region: 'eu-west-1', account: '111122223333' };
    const certificateArns = ['arn:aws:acm:us-east-1:111122223333:certificate/x'];
    expect(refusals({ context })).toEqual([]);
    expect(refusals({ context: { ...context, services: [] } }).map(({ path }) => path)).toEqual([
      'routes.0.service',
    ]);
    expect(refusals({ context, certificateArns }).map(({ path }) => path)).toEqual(['certificateArns']);
    expect(refusals({ certificateArns })).toEqual([]);
    const params = { scheme: 'internal' } as const;
    expect(refusals({ context: { params } }).map(({ path }) => path)).toEqual(['scheme']);
  });

  it('may route to any Service where none are known', () => {
    const targetGroups = ['blue', 'green'].map((service) => ({ service, port: 80, weight: 1 }));
    const routes = [{ action: { type: 'forward' as const, targetGroups } }];
    expect(refusals({ routes })).toEqual([]);
    expect(refusals({ routes, context: { services: [USERS] } })).toHaveLength(2);
  });

  it('names the object where another is wrong', () => {
    const annotations = { [`${ALB}/target-typ`]: 'ip' };
    const services = [{ ...USERS, metadata: { ...USERS.metadata, annotations } }];
    expect(refusals({ context: { services } })).toEqual([
      expect.objectContaining({ path: `Service shop/users ${ALB}/target-typ`, value: 'ip' }),
    ]);
  });

  it('warns of what is built all the same', () => {
    const warnings = (props: Partial<AlbIngressProps>) => {
      const stack = new TerraformStack(new App(), 'test');
      const ingress = new AlbIngress(stack, 'ingress', { ...PROPS, ...props });
      new KubernetesProvider(stack, 'kubernetes');
      Testing.synth(stack, true);
      return [...ingress.node.metadata, ...stack.node.metadata]
        .filter(({ type }) => type === WARN)
        .map(({ data }) => String(data));
    };
    const annotations = { [`${ALB}/web-acl-id`]: 'none' };
    expect(warnings({})).toEqual([]);
    for (const group of [undefined, { name: 'shop' }]) {
      expect(warnings({ annotations, group })).toEqual([expect.stringMatching(/web-acl-id.+waf-acl-id/)]);
    }
  });

  describe('annotations by hand', () => {
    it('are taken where the controller knows them, or they are of others', () => {
      const annotations = { [`${ALB}/inbound-cidrs`]: '10.0.0.0/8', 'example.com/owner': 'shop' };
      expect(synth({ annotations }).metadata.annotations).toMatchObject(annotations);
    });

    it.each([
      [`${ALB}/inbound-cidr`, '10.0.0.0/8', /write inboundCidrs/],
      ['alb.ingress.kubernetes.oi/scheme', 'internal', /write scheme/],
      ['service.beta.kubernetes.io/aws-load-balancer-scheme', 'internal', /Service of type LoadBalancer/],
      [`${ALB}/dry-run-plan`, '{}', /remove it/],
      ['kubernetes.io/ingress.class', 'alb', /write ingressClassName/],
      [`${ALB}/scheme`, 'internal', /remove it here, or there/],
    ])('%s is refused', (name, value, remedy) => {
      expect(refusals({ annotations: { [name]: value } })).toEqual([
        expect.objectContaining({ value, remedy: expect.stringMatching(remedy) }),
      ]);
    });
  });

  it('takes what is known at apply only, and judges the rest', () => {
    const made = Synthesized.of((stack) => {
      const text = new TerraformVariable(stack, 'text', { type: 'string' }).stringValue;
      const number = new TerraformVariable(stack, 'number', { type: 'number' }).numberValue;
      const list = new TerraformVariable(stack, 'list', { type: 'list(string)' }).listValue;
      new AlbIngress(stack, 'ingress', {
        ...PROPS,
        namespace: text,
        ingressClassName: text,
        subnets: list,
        securityGroups: [text],
        certificateArns: [text],
        group: undefined,
        listeners: [{ port: 443, protocol: 'HTTPS' }],
        webAcl: { arn: text },
        tags: { Team: text },
        loadBalancerAttributes: { idleTimeoutSeconds: number },
        routes: [
          { service: text, port: number },
          { path: '/a', action: { type: 'redirect', statusCode: 'HTTP_301', host: text } },
        ],
      });
    });
    expect(made.json).toHaveResourceWithProperties(IngressV1, {
      metadata: expect.objectContaining({
        namespace: '${var.text}',
        annotations: expect.objectContaining({
          [`${ALB}/subnets`]: '${join(",", var.list)}',
          [`${ALB}/certificate-arn`]: '${var.text}',
          [`${ALB}/tags`]: 'Team=${var.text}',
          [`${ALB}/load-balancer-attributes`]: 'idle_timeout.timeout_seconds=${var.number}',
        }),
      }),
    });
    expect(() =>
      Synthesized.of((stack) => {
        const text = new TerraformVariable(stack, 'text', { type: 'string' }).stringValue;
        new AlbIngress(stack, 'ingress', { ...PROPS, certificateArns: [text], sslRedirect: 8443 });
      }),
    ).toThrow('sslRedirect');
  });

  it('calls no Service missing of a namespace that is a token', () => {
    const made = Synthesized.of((stack) => {
      const namespace = new TerraformVariable(stack, 'namespace', { type: 'string' }).stringValue;
      new AlbIngress(stack, 'ingress', { ...PROPS, namespace, context: { services: [USERS] } });
    });
    expect(made.one('kubernetes_ingress_v1').metadata).toMatchObject({ namespace: '${var.namespace}' });
  });

  it('writes flags, maps and lists that are tokens where Terraform makes the right text of them', () => {
    const annotations = Synthesized.of((stack) => {
      const flag = new TerraformVariable(stack, 'flag', { type: 'bool' }).booleanValue as unknown as boolean;
      const list = new TerraformVariable(stack, 'list', { type: 'list(string)' }).listValue;
      const map = new TerraformVariable(stack, 'map', { type: 'map(string)' });
      const text = new TerraformVariable(stack, 'text', { type: 'string' }).stringValue;
      new AlbIngress(stack, 'ingress', {
        ...PROPS,
        listeners: [
          {
            port: 443,
            protocol: 'HTTPS',
            mutualAuthentication: {
              mode: 'verify',
              trustStore: 'partners',
              ignoreClientCertificateExpiry: flag,
              advertiseTrustStoreCaNames: flag,
            },
          },
        ],
        tags: Token.asStringMap(map.value),
        loadBalancerAttributes: { http2: flag },
        targetGroup: {
          targetType: 'ip',
          attributes: { algorithm: 'weighted_random', anomalyMitigation: flag },
        },
        routes: [
          {
            host: 'a.example.com',
            pathType: text as 'Prefix',
            service: 'users',
            port: 80,
            conditions: [{ field: 'source-ip', values: list }],
          },
        ],
      });
    }).one('kubernetes_ingress_v1').metadata as { annotations: Record<string, string> };
    expect(annotations.annotations).toMatchObject({
      [`${ALB}/mutual-authentication`]:
        '[{"port":443,"mode":"verify","trustStore":"partners","ignoreClientCertificateExpiry":${var.flag},' +
        '"advertiseTrustStoreCaNames":"${var.flag ? "on" : "off"}"}]',
      [`${ALB}/tags`]: '${join(",", formatlist("%s=%s", keys(var.map), values(var.map)))}',
      [`${ALB}/load-balancer-attributes`]: 'routing.http2.enabled=${var.flag}',
      [`${ALB}/target-group-attributes`]: expect.stringContaining(
        'load_balancing.algorithm.anomaly_mitigation=${var.flag ? "on" : "off"}',
      ),
      [`${ALB}/conditions.users`]:
        '[{"field":"source-ip","sourceIPConfig":{"values":${jsonencode(var.list)}}}]',
    });
  });

  describe('of a group', () => {
    const group = { name: 'shop' };
    const errors = (...all: readonly Partial<AlbIngressProps>[]) => {
      const stack = new TerraformStack(new App(), 'test');
      new KubernetesProvider(stack, 'kubernetes');
      all.forEach((props, index) => {
        const name = `shop-${index}`;
        const routes = [{ path: `/${index}`, service: 'users', port: 80 }];
        new AlbIngress(stack, name, { ...PROPS, name, group: { ...group, order: index }, routes, ...props });
      });
      try {
        Testing.synth(stack, true);
        return '';
      } catch (error) {
        return String(error);
      }
    };

    it('is right with another', () => {
      expect(errors({}, {})).toBe('');
    });

    it('may have its HTTPS listener in another', () => {
      const listeners = [{ port: 443, protocol: 'HTTPS' } as const];
      const certificateArns = ['arn:aws:acm:eu-west-1:111122223333:certificate/x'];
      expect(errors({ sslRedirect: 443 }, { listeners, certificateArns })).toBe('');
      expect(errors({ sslRedirect: 443 }, {})).toContain('sslRedirect');
    });

    it('has no order, scheme or route that contradicts another', () => {
      expect(errors({ group: { ...group, order: 1 } }, {})).toContain('group.order');
      expect(errors({ scheme: 'internal' }, {})).toContain('scheme');
      expect(errors({ routes: PROPS.routes }, { routes: PROPS.routes })).toContain('/api');
    });

    it('is judged by the Services that each knows', () => {
      const context = { services: [USERS] };
      const stranger = { routes: [{ path: '/x', service: 'x', port: 80 }] };
      expect(errors({ context }, { context, ...stranger })).toContain('there is no Service shop/x');
      expect(errors({ context }, stranger)).toBe('');
    });

    it("is one that its class's parameters may name", () => {
      const context = { params: { group } };
      const without = { group: undefined, context };
      expect(errors({ ...without, scheme: 'internal' }, without)).toContain('scheme');
    });
  });
});
