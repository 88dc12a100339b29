import { describe, expect, it } from '@jest/globals';
import { isRefused } from '../../../tools/preview/preview';
import { FULL, ingress, manifests, previewOf, service } from './support';

const NAMESPACE = 'Namespace shop is not in the input: if the cluster has none, kubectl apply fails';

function ingressClass(name: string, controller: string): string {
  return JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name },
    spec: { controller },
  });
}

describe('a preview', () => {
  it('has load balancers, refusals and notes', () => {
    const { LoadBalancers, Refusals, Notes } = previewOf(FULL);
    expect(LoadBalancers.map(({ Id, Members }) => [Id, Members])).toEqual([
      ['shop', ['Ingress shop/web', 'Ingress shop/canary']],
      ['shop/nlb', ['Service shop/nlb']],
    ]);
    expect(Refusals).toMatchObject([{ Blocks: 'Ingress shop/bad', Message: 'unknown scheme: public' }]);
    expect(Notes).toEqual([
      "IngressClass alb is not in the input: it is taken to be as the controller's chart makes it, without parameters",
      "Service shop/nlb: no loadBalancerClass is written, so the controller's webhook makes it service.k8s.aws/nlb",
      NAMESPACE,
      'Secret shop/s is not in the input: if the cluster has none, the controller builds nothing for what names Secret shop/s',
      'Ingress shop/other gets no load balancer: its class nginx is served by k8s.io/ingress-nginx',
    ]);
  });

  it('takes class alb for the chart’s only if there is none', () => {
    const own = ingressClass('alb', 'example.com/other');
    const { LoadBalancers, Notes } = previewOf(manifests(ingress(), service(), own));
    expect(LoadBalancers).toEqual([]);
    expect(Notes).toEqual([
      NAMESPACE,
      'Ingress shop/web gets no load balancer: its class alb is served by example.com/other',
    ]);
    expect(previewOf(own.replace('"spec":{"controller":"example.com/other"}', '"spec":{}')).Notes).toEqual(
      [],
    );
  });

  it('leaves open whose a class of another name is', () => {
    const { Refusals, LoadBalancers, Notes } = previewOf(
      manifests(ingress({ className: 'own' }), service(), ingressClass('owl', 'example.com/other')),
    );
    expect({ Refusals, LoadBalancers }).toEqual({ Refusals: [], LoadBalancers: [] });
    expect(Notes).toEqual([
      "IngressClass own is not in the input, owl is: if it is another controller's, Ingress shop/web gets no load balancer here; if the cluster has none, kubectl apply fails; if it is of ingress.k8s.aws/alb, add it to the input",
      NAMESPACE,
    ]);
  });

  it('says which Ingresses nobody serves', () => {
    const classless = ingress().replace('"ingressClassName":"alb",', '');
    expect(previewOf(manifests(classless, service())).Notes).toEqual([
      NAMESPACE,
      'Ingress shop/web gets no load balancer: the controller does not serve its class',
    ]);
  });

  it('says what is answered where a Service is not in the input', () => {
    const both = ingress().replace(
      '"rules"',
      '"defaultBackend":{"service":{"name":"default","port":{"number":80}}},"rules"',
    );
    const { Findings } = previewOf(manifests(both, service({}, 'webs')));
    expect(Findings).toMatchObject([
      {
        Severity: 'warning',
        Source: { Kind: 'Ingress', Name: 'shop/web', Field: 'spec.rules[0].http.paths[0]' },
        Value: 'web',
        Reason:
          'Service shop/web is not in the input; if the cluster has none, rule 1 of HTTP 80 (all requests that come to it) answers 503',
        Remedy: 'write webs, or add the Service to the input',
      },
      {
        Source: { Field: 'spec.defaultBackend' },
        Reason: expect.stringContaining('the default action of HTTP 80 answers 503'),
        Remedy: 'add the Service to the input',
      },
    ]);
    const action = ingress({
      annotations: {
        'actions.web': '{"type":"fixed-response","fixedResponseConfig":{"statusCode":"503"}}',
      },
    }).replace('"number":80', '"name":"use-annotation"');
    expect(previewOf(action).Findings).toEqual([]);
  });

  it("leaves a Service's class to others where the controller's webhook is off", () => {
    const { LoadBalancers, Notes } = previewOf(service({ type: 'LoadBalancer' }), {
      enableServiceMutatorWebhook: false,
    });
    expect(LoadBalancers).toEqual([]);
    expect(Notes).toEqual([NAMESPACE]);
  });
});

describe('what is wrong', () => {
  it('is an error if AWS would refuse it', () => {
    const result = previewOf(
      manifests(
        ingress({ annotations: { 'load-balancer-attributes': 'idle_timeout.timeout_seconds=5000' } }),
        service(),
      ),
    );
    expect(result.LoadBalancers).toHaveLength(1);
    expect(result.Refusals).toEqual([]);
    expect(result.Findings).toMatchObject([
      {
        Severity: 'error',
        Source: {
          Kind: 'Ingress',
          Name: 'shop/web',
          Annotation: 'alb.ingress.kubernetes.io/load-balancer-attributes',
        },
        Value: expect.stringContaining('5000'),
      },
    ]);
    expect(isRefused(result)).toBe(true);
  });

  it('is a warning if it is built all the same', () => {
    const result = previewOf(
      manifests(ingress({ annotations: { shceme: 'internal' } }), ingress({ name: 'b' }), service()),
    );
    expect(result.Findings.map(({ Severity }) => Severity)).toEqual(['warning']);
    expect(isRefused(result)).toBe(false);
  });

  it('is a warning if a quota may have been raised', () => {
    const rules = Array.from({ length: 101 }, (_, index) =>
      ingress({ name: `web-${index}`, path: `/${index}`, annotations: { 'group.name': 'shop' } }),
    );
    const result = previewOf(manifests(...rules, service()));
    expect(result.Findings).toMatchObject([
      { Severity: 'warning', Value: '101', Reason: expect.stringContaining('101 rules') },
      { Severity: 'warning', Value: '101', Reason: expect.stringContaining('101 target groups') },
    ]);
    expect(isRefused(result)).toBe(false);
  });

  it('is refused by the controller once, not as a finding too', () => {
    const result = previewOf(manifests(ingress({ annotations: { 'listen-ports': '[]' } }), service()));
    expect(result.Refusals).toHaveLength(1);
    expect(isRefused(result)).toBe(true);
    expect(result.Findings.filter(({ Reason }) => Reason.includes('in its words'))).toEqual([]);
  });

  it('is a warning in a Service with a load balancer of its own', () => {
    const nlb = (fields: object, annotations: Record<string, string> = {}) =>
      previewOf(service({ type: 'LoadBalancer', ...fields }, 'nlb', annotations));
    const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';
    // What the API server fills in is not held against it.
    expect(nlb({}, { [`${PREFIX}nlb-target-type`]: 'ip' }).Findings).toEqual([]);
    expect(
      nlb({ allocateLoadBalancerNodePorts: false }, { [`${PREFIX}nlb-target-type`]: 'ip' }).Findings,
    ).toEqual([]);
    const result = nlb({}, { [`${PREFIX}nlb-target-typ`]: 'ip' });
    expect(result.Findings).toMatchObject([
      {
        Severity: 'warning',
        Source: { Kind: 'Service', Name: 'shop/nlb', Annotation: `${PREFIX}nlb-target-typ` },
        Value: 'ip',
      },
    ]);
    expect(isRefused(result)).toBe(false);
    expect(
      nlb({ ports: [{ port: 80, nodePort: 30080 }] }, { [`${PREFIX}nlb-target-type`]: 'ip' }).Findings,
    ).toMatchObject([{ Severity: 'warning', Value: '30080' }]);
  });

  it('is to be corrected where the controller refuses it', () => {
    const { Findings, Refusals } = previewOf(
      manifests(ingress({ annotations: { scheme: 'public' } }), service()),
    );
    expect(Findings).toEqual([]);
    expect(Refusals).toMatchObject([{ Code: 'no-such-word', Remedy: 'write internal or internet-facing' }]);
  });

  it('may be in another object than an Ingress', () => {
    const { Findings } = previewOf(
      manifests(
        ingress(),
        service({}, 'web', { 'alb.ingress.kubernetes.io/healthcheck-interval-seconds': '1000' }),
      ),
    );
    expect(Findings).toMatchObject([{ Source: { Kind: 'Service', Name: 'shop/web' } }]);
  });
});
