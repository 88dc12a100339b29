import { beforeAll, describe, expect, it } from '@jest/globals';
import { Testing } from 'cdktf';
import { keyOf, KNOWN_AFTER_APPLY } from '../../../load-balancers/model';
import { type Input } from '../../../tools/preview/input';
import { preview } from '../../../tools/preview/preview';
import { readStacks } from '../../../tools/preview/stacks';
import { environment as dev } from '../../../environments/dev';
import { environment as local } from '../../../environments/local';
import { environment as sandbox } from '../../../environments/sandbox';
import { parseEnvironment } from '../../../config';
import { stacksOf } from '../../support/stacks';

function inputOf(environment: Parameters<typeof parseEnvironment>[0]): Input {
  const parsed = parseEnvironment(environment, '2026-11-21').environment;
  return readStacks(stacksOf(parsed).map((stack) => ({ name: stack.node.id, text: Testing.synth(stack) })));
}

/** What a stack of these resources holds. */
const read = (resource: object) => readStacks([{ name: 'test', text: JSON.stringify({ resource }) }]);

describe('the stacks of environment dev', () => {
  let input: Input;
  beforeAll(() => {
    input = inputOf(dev);
  });
  const one = (kind: string, name: string) =>
    input.objects.find((object) => object.kind === kind && keyOf(object) === name);

  it('make the subnets, of which all is known that is before apply', () => {
    const { subnets = [] } = input.facts ?? {};
    const [zones, publics] = [subnets.map(({ zone }) => zone), subnets.filter((each) => each.public)];
    expect(subnets).toHaveLength(4);
    expect(new Set(zones).size).toBe(2);
    expect(publics.map(({ id, tags }) => [id, tags?.['kubernetes.io/role/elb']])).toEqual([
      ['eks-ingress-dev-public-1', '1'],
      ['eks-ingress-dev-public-2', '1'],
    ]);
    expect(subnets.map(({ ipv4Network, ipv6Networks }) => [ipv4Network?.slice(0, 6), ipv6Networks])).toEqual(
      subnets.map(() => ['10.20.', []]),
    );
    expect(subnets[0]?.tags).toMatchObject({ Environment: 'dev' });
    const { LoadBalancers, NotJudged } = preview(input);
    expect(LoadBalancers[0]?.SubnetMappings.map(({ SubnetId }) => SubnetId)).toEqual(
      publics.map(({ id }) => id),
    );
    expect(NotJudged.join()).toContain('freeAddresses');
  });

  it('hold the Ingresses, with what other stacks and resources say', () => {
    expect(input.objects.map((object) => `${object.kind} ${keyOf(object)}`).sort()).toEqual([
      'Ingress eks-ingress/services',
      'Ingress game-2048/ingress-2048',
      'IngressClass alb',
      'IngressClassParams alb',
      'Namespace eks-ingress',
      'Namespace game-2048',
      'Service eks-ingress/product-service',
      'Service eks-ingress/user-service',
      'Service game-2048/service-2048',
    ]);
    expect(one('Ingress', 'eks-ingress/services')).toMatchObject({
      metadata: { annotations: { 'alb.ingress.kubernetes.io/scheme': 'internet-facing' } },
      spec: { ingressClassName: 'alb' },
    });
  });

  it('hold Services as the API server has them', () => {
    expect(one('Service', 'eks-ingress/user-service')).toMatchObject({
      spec: {
        type: 'ClusterIP',
        selector: { 'app.kubernetes.io/name': 'user-service' },
        ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }],
      },
    });
    expect(one('Service', 'game-2048/service-2048')).toMatchObject({ spec: { ports: [{ targetPort: 80 }] } });
  });

  it('hold the class with its parameters', () => {
    expect(one('IngressClass', 'alb')).toMatchObject({
      spec: {
        controller: 'ingress.k8s.aws/alb',
        parameters: { apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams', name: 'alb' },
      },
    });
  });

  it("hold the controller's settings", () => {
    expect(input.settings).toEqual({
      release: '3.5.0',
      clusterName: 'eks-ingress-dev',
      ingressClass: 'alb',
      featureGates: {},
    });
    expect(input.assumptions).toBeUndefined();
    expect(input.notes).toEqual([]);
  });
});

describe('the stacks of environment sandbox', () => {
  it('hold its own objects and settings', () => {
    const input = inputOf({
      ...sandbox,
      loadBalancing: {
        type: 'controller',
        ingressClass: { name: 'own', isDefault: true, params: { scheme: 'internal' } },
        featureGates: { ALBSingleSubnet: true },
        extraValues: {
          defaultTargetType: 'ip',
          enableBackendSecurityGroup: false,
          defaultTags: { Team: 'a' },
        },
      },
    });
    const keys = input.objects.map((object) => `${object.kind} ${keyOf(object)}`);
    expect(keys).toContain('Ingress shop/services');
    expect(input.objects).toContainEqual({
      kind: 'IngressClassParams',
      metadata: { name: 'own' },
      spec: expect.objectContaining({ scheme: 'internal' }),
    });
    expect(input.settings).toEqual({
      release: '3.5.0',
      clusterName: 'eks-ingress-sandbox',
      ingressClass: 'own',
      featureGates: { ALBSingleSubnet: true },
      defaultTargetType: 'ip',
      enableBackendSecurityGroup: false,
      defaultTags: { Team: 'a' },
    });
  });
});

describe('stacks without a controller', () => {
  it('leave classes to the cluster', () => {
    const input = read({
      kubernetes_ingress_v1: {
        a: { metadata: { name: 'a' }, spec: { ingress_class_name: 'nginx' } },
        b: { metadata: { name: 'b' }, spec: { ingress_class_name: 'own' } },
        c: { metadata: { name: 'c' }, spec: {} },
      },
      kubernetes_ingress_class_v1: {
        own: { metadata: { name: 'own' }, spec: { controller: 'example.com/own' } },
      },
    });
    expect(input.objects.filter(({ kind }) => kind === 'IngressClass')).toEqual([
      { kind: 'IngressClass', metadata: { name: 'own' }, spec: { controller: 'example.com/own' } },
      { kind: 'IngressClass', metadata: { name: 'nginx' }, spec: { controller: KNOWN_AFTER_APPLY } },
    ]);
  });

  it('get no load balancer', () => {
    const result = preview(inputOf(local));
    expect(result.LoadBalancers).toEqual([]);
    expect(result.Refusals).toEqual([]);
    expect(result.Notes).toEqual([
      'Ingress eks-ingress/services gets no load balancer: its class nginx is served by a controller that is there already',
    ]);
  });
});

describe('resources', () => {
  it('become manifests, blocks as lists or not', () => {
    const { objects, notes } = read({
      kubernetes_ingress_v1: {
        a: {
          metadata: [{ name: 'a', namespace: '${kubernetes_namespace_v1.other.metadata[0].name}' }],
          spec: [
            {
              ingress_class_name: '${aws_thing.name}',
              default_backend: [{ service: [{ name: 'd', port: [{ name: 'http' }] }] }],
              rule: {
                host: 'a.example.com',
                http: {
                  path: {
                    path: '/$${x}',
                    path_type: 'Exact',
                    backend: { resource: { api_group: 'g', kind: 'K', name: 'n' } },
                  },
                },
              },
              tls: { hosts: ['a.example.com'], secret_name: 's' },
            },
          ],
        },
        b: { metadata: { name: 'b' }, spec: { rule: [{ host: 'b.example.com' }] } },
      },
      kubernetes_service: {
        c: {
          metadata: { name: 'c' },
          spec: {
            type: 'LoadBalancer',
            cluster_ip: '10.0.0.1',
            external_ips: ['192.0.2.1'],
            load_balancer_ip: '192.0.2.2',
            load_balancer_class: 'service.k8s.aws/nlb',
            load_balancer_source_ranges: ['10.0.0.0/8'],
            external_traffic_policy: 'Local',
            ip_families: ['IPv6'],
            ip_family_policy: 'SingleStack',
            port: [{ port: 80, target_port: '8080', node_port: 30080, app_protocol: 'http' }],
          },
        },
        d: { metadata: { name: 'd' } },
      },
      kubernetes_manifest: {
        e: { manifest: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'e' } } },
      },
    });
    expect(objects).toEqual([
      {
        kind: 'Ingress',
        metadata: { name: 'a', namespace: KNOWN_AFTER_APPLY },
        spec: {
          ingressClassName: KNOWN_AFTER_APPLY,
          defaultBackend: { service: { name: 'd', port: { name: 'http' } } },
          rules: [
            {
              host: 'a.example.com',
              http: {
                paths: [
                  {
                    path: '/${x}',
                    pathType: 'Exact',
                    backend: { resource: { apiGroup: 'g', kind: 'K', name: 'n' } },
                  },
                ],
              },
            },
          ],
          tls: [{ hosts: ['a.example.com'], secretName: 's' }],
        },
      },
      {
        kind: 'Ingress',
        metadata: { name: 'b', namespace: 'default' },
        spec: { rules: [{ host: 'b.example.com' }] },
      },
      {
        kind: 'Service',
        metadata: { name: 'c', namespace: 'default' },
        spec: {
          type: 'LoadBalancer',
          clusterIP: '10.0.0.1',
          externalIPs: ['192.0.2.1'],
          loadBalancerIP: '192.0.2.2',
          loadBalancerClass: 'service.k8s.aws/nlb',
          loadBalancerSourceRanges: ['10.0.0.0/8'],
          externalTrafficPolicy: 'Local',
          ipFamilies: ['IPv6'],
          ipFamilyPolicy: 'SingleStack',
          allocateLoadBalancerNodePorts: true,
          ports: [{ port: 80, targetPort: 8080, nodePort: 30080, protocol: 'TCP', appProtocol: 'http' }],
        },
      },
      {
        kind: 'Service',
        metadata: { name: 'd', namespace: 'default' },
        spec: { type: 'ClusterIP', ports: [] },
      },
      { kind: 'Namespace', metadata: { name: 'e' } },
    ]);
    expect(notes).toEqual([]);
  });

  it('of the local chart are its manifests, and others are none', () => {
    const manifest = {
      apiVersion: 'elbv2.k8s.aws/v1beta1',
      kind: 'IngressClassParams',
      metadata: { name: 'alb' },
    };
    const { objects, settings } = read({
      helm_release: {
        a: { name: 'params', values: [JSON.stringify({ manifests: [manifest] })] },
        b: { name: 'other', values: ['${aws_thing.values}', 'just text'] },
        c: { name: 'none' },
      },
    });
    expect(objects).toEqual([{ kind: 'IngressClassParams', metadata: { name: 'alb' }, spec: {} }]);
    expect(settings).toEqual({});
  });

  it("of the controller's chart make its class, as its values say", () => {
    const release = (...values: string[]) =>
      read({
        helm_release: {
          lbc: { name: 'lbc', chart: 'aws-load-balancer-controller', version: '1.17.1', values },
        },
      });
    expect(
      release('clusterName: ${aws_eks_cluster.main.name}', 'ingressClassConfig: {default: true}'),
    ).toEqual({
      objects: [
        { kind: 'IngressClassParams', metadata: { name: 'alb' }, spec: {} },
        {
          kind: 'IngressClass',
          metadata: { name: 'alb', annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } },
          spec: { controller: 'ingress.k8s.aws/alb' },
        },
      ],
      facts: {},
      settings: { clusterName: KNOWN_AFTER_APPLY, release: '2.17.1' },
      notes: [],
    });
    expect(release('ingressClass: own', 'ingressClassParams: {spec: {scheme: internal}}').objects).toEqual([
      { kind: 'IngressClassParams', metadata: { name: 'own' }, spec: { scheme: 'internal' } },
      {
        kind: 'IngressClass',
        metadata: { name: 'own' },
        spec: {
          controller: 'ingress.k8s.aws/alb',
          parameters: { apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams', name: 'own' },
        },
      },
    ]);
    expect(release('ingressClassParams: {create: false, name: there}').objects).toEqual([
      {
        kind: 'IngressClass',
        metadata: { name: 'alb' },
        spec: {
          controller: 'ingress.k8s.aws/alb',
          parameters: { apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams', name: 'there' },
        },
      },
    ]);
    expect(() => release('a: [')).toThrow('values of test: helm_release.lbc, line 1');
  });

  it.each([
    ['9.9.9', 'the controller of chart 9.9.9 is not verified here'],
    [undefined, 'the controller of the newest chart is not verified here'],
  ])('of chart %s are shown as the newest release makes them, which is said', (version, words) => {
    const { assumptions, settings } = read({
      helm_release: { lbc: { name: 'lbc', chart: 'aws-load-balancer-controller', version, values: [] } },
    });
    expect(assumptions).toEqual([`${words}: its load balancers are shown as release 3.5.0 makes them`]);
    expect(settings).not.toHaveProperty('release');
  });

  it('that are no objects are refused with their address', () => {
    expect(() =>
      read({ kubernetes_ingress_v1: { a: { metadata: { name: 'a', annotations: { b: 1 } }, spec: {} } } }),
    ).toThrow('test: kubernetes_ingress_v1.a (Ingress a): metadata.annotations.b is 1');
  });
});
