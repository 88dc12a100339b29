import { describe, expect, it } from '@jest/globals';
import { IngressV1 } from '@cdktf/provider-kubernetes/lib/ingress-v1';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { HttpIngress, type HttpIngressProps } from '../../../modules/ingress';
import {
  portableServiceAnnotations,
  type HttpRoute,
  type IngressKind,
} from '../../../load-balancers/language';
import { Synthesized } from '../../support/synthesized';

const ROUTES: HttpRoute[] = [
  { path: '/', pathType: 'Prefix', service: 'web', port: 80 },
  { host: 'shop.example.com', path: '/api', pathType: 'Exact', service: 'api', port: 8080 },
];

const synth = (kind: IngressKind, props: Partial<HttpIngressProps> = {}) =>
  Synthesized.of((stack) => {
    const service = new ServiceV1(stack, 'service', {
      metadata: { name: 'web' },
      spec: { port: [{ port: 80 }] },
    });
    new HttpIngress(stack, 'ingress', {
      name: 'shop',
      namespace: 'shop',
      kind,
      routes: ROUTES,
      dependsOn: [service],
      ...props,
    });
  });

const KINDS: IngressKind[] = ['alb', 'nginx', 'istio', 'gce'];
const backend = (name: string, number: number) => ({ service: { name, port: { number } } });

describe('HttpIngress', () => {
  it.each(KINDS)('has the same rules for %s', (kind) => {
    const { spec } = synth(kind).one('kubernetes_ingress_v1') as unknown as { spec: { rule: unknown } };
    expect(spec.rule).toEqual([
      {
        host: 'shop.example.com',
        http: { path: [{ path: '/api', path_type: 'Exact', backend: backend('api', 8080) }] },
      },
      { http: { path: [{ path: '/', path_type: 'Prefix', backend: backend('web', 80) }] } },
    ]);
  });

  it.each<[IngressKind, string | undefined, object | undefined]>([
    ['alb', 'alb', undefined],
    ['nginx', 'nginx', undefined],
    ['istio', 'istio', undefined],
    ['gce', undefined, { 'kubernetes.io/ingress.class': 'gce' }],
  ])('names the class as %s reads it', (kind, className, annotations) => {
    const made = synth(kind);
    expect(made.json).toHaveResourceWithProperties(IngressV1, {
      metadata: expect.objectContaining({ name: 'shop', namespace: 'shop' }),
    });
    expect((made.one('kubernetes_ingress_v1').spec as Record<string, unknown>).ingress_class_name).toBe(
      className,
    );
    expect((made.one('kubernetes_ingress_v1').metadata as Record<string, unknown>).annotations).toEqual(
      annotations,
    );
  });

  it('may have a class of another name', () => {
    const made = (kind: IngressKind) =>
      synth(kind, { ingressClassName: 'other' }).one('kubernetes_ingress_v1');
    expect(made('nginx')).toMatchObject({ spec: { ingress_class_name: 'other' } });
    expect(made('gce')).toMatchObject({
      metadata: { annotations: { 'kubernetes.io/ingress.class': 'other' } },
    });
  });

  it('comes after its Services, and waits for an address only if told to', () => {
    const made = synth('nginx');
    expect(made.dependencies('kubernetes_ingress_v1')).toEqual(['kubernetes_service_v1.service']);
    expect(made.json).toHaveResourceWithProperties(IngressV1, { wait_for_load_balancer: false });
    expect(synth('alb', { waitForLoadBalancer: true }).json).toHaveResourceWithProperties(IngressV1, {
      wait_for_load_balancer: true,
    });
  });

  it('refuses no routes, two routes for the same requests, and paths that mean something else elsewhere', () => {
    expect(() => synth('nginx', { routes: [] })).toThrow('routes is empty');
    expect(() =>
      synth('nginx', { routes: [...ROUTES, { ...ROUTES[0], service: 'other' } as HttpRoute] }),
    ).toThrow('leads to web and to other');
    const routes: HttpRoute[] = [{ path: '/a*', pathType: 'ImplementationSpecific', service: 'a', port: 80 }];
    for (const kind of ['nginx', 'istio', 'gce'] as const) {
      expect(() => synth(kind, { routes })).toThrow(
        /^path \/a\* is of pathType ImplementationSpecific, .+ write 'Exact' or 'Prefix'$/,
      );
    }
    expect(synth('alb', { routes }).count('kubernetes_ingress_v1')).toBe(1);
  });
});

describe('portableServiceAnnotations', () => {
  it("are those that Google's load balancer needs to reach pods", () => {
    expect(KINDS.map((kind) => portableServiceAnnotations(kind))).toEqual([
      {},
      {},
      {},
      { 'cloud.google.com/neg': '{"ingress": true}' },
    ]);
  });
});
