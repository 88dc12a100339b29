import { describe, expect, it } from '@jest/globals';
import { KNOWN_AFTER_APPLY } from '../../../load-balancers/model';
import { readManifests } from '../../../tools/preview/manifests';

const read = (text: string, name = 'a.yaml') => readManifests([{ name, text }]);
const INGRESS = 'apiVersion: networking.k8s.io/v1\nkind: Ingress\n';
const SERVICE = 'apiVersion: v1\nkind: Service\n';

describe('manifests', () => {
  it('are read from several files, documents and lists, YAML and JSON', () => {
    const { objects, notes } = readManifests([
      {
        name: 'a.yaml',
        text: `${INGRESS}metadata: {name: a}\n---\n---\n${SERVICE}metadata: {name: b, namespace: shop}\n`,
      },
      {
        name: 'b.json',
        text: JSON.stringify({
          apiVersion: 'v1',
          kind: 'List',
          items: [
            {
              apiVersion: 'networking.k8s.io/v1',
              kind: 'IngressClass',
              metadata: { name: 'alb', namespace: 'x' },
            },
            { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { team: 'a' } } },
          ],
        }),
      },
      {
        name: 'c.yaml',
        text: 'apiVersion: elbv2.k8s.aws/v1beta1\nkind: IngressClassParamsList\nitems: [{metadata: {name: alb}, spec: {scheme: internal}}]',
      },
    ]);
    expect(objects).toEqual([
      { kind: 'Ingress', metadata: { name: 'a', namespace: 'default' }, spec: {} },
      {
        kind: 'Service',
        metadata: { name: 'b', namespace: 'shop' },
        spec: { type: 'ClusterIP', ports: [] },
      },
      { kind: 'IngressClass', metadata: { name: 'alb' }, spec: {} },
      { kind: 'Namespace', metadata: { name: 'shop', labels: { team: 'a' } } },
      { kind: 'IngressClassParams', metadata: { name: 'alb' }, spec: { scheme: 'internal' } },
    ]);
    expect(notes).toEqual([]);
  });

  it('have the whole spec of an Ingress', () => {
    const spec = {
      ingressClassName: 'alb',
      defaultBackend: { service: { name: 'd', port: { name: 'http' } } },
      rules: [
        { host: 'a.example.com' },
        {
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend: { service: { name: 'a', port: { number: 80 } } } },
              { backend: { resource: { apiGroup: 'k8s.example.com', kind: 'Bucket', name: 'b' } } },
            ],
          },
        },
      ],
      tls: [{ hosts: ['a.example.com'], secretName: 's' }],
    };
    const text = JSON.stringify({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'a', namespace: 'shop', uid: '1', managedFields: [{}], annotations: { a: 'b' } },
      spec,
      status: { loadBalancer: {} },
    });
    expect(read(text)).toEqual({
      objects: [
        { kind: 'Ingress', metadata: { name: 'a', namespace: 'shop', annotations: { a: 'b' } }, spec },
      ],
      settings: {},
      notes: [],
    });
  });

  it('get what the API server fills in of a Service', () => {
    const spec = (fields: string) =>
      read(`${SERVICE}metadata: {name: a}\nspec: {${fields}}`).objects.map(
        (object) => 'spec' in object && object.spec,
      );
    expect(spec('ports: [{port: 80}, {port: 53, protocol: UDP, targetPort: dns}]')).toEqual([
      {
        type: 'ClusterIP',
        ports: [
          { port: 80, protocol: 'TCP', targetPort: 80 },
          { port: 53, protocol: 'UDP', targetPort: 'dns' },
        ],
      },
    ]);
    expect(spec('type: NodePort, ports: [{port: 80}, {port: 81, nodePort: 30081}]')).toEqual([
      {
        type: 'NodePort',
        ports: [
          { port: 80, protocol: 'TCP', targetPort: 80, nodePort: KNOWN_AFTER_APPLY },
          { port: 81, protocol: 'TCP', targetPort: 81, nodePort: 30081 },
        ],
      },
    ]);
    expect(spec('type: LoadBalancer, ports: [{port: 80}]')).toMatchObject([
      { allocateLoadBalancerNodePorts: true, ports: [{ nodePort: KNOWN_AFTER_APPLY }] },
    ]);
    expect(spec('type: LoadBalancer, allocateLoadBalancerNodePorts: false, ports: [{port: 80}]')).toEqual([
      {
        type: 'LoadBalancer',
        allocateLoadBalancerNodePorts: false,
        ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
      },
    ]);
  });

  it('have scalars as kubectl reads them', () => {
    const { objects } = read(
      `${INGRESS}metadata:\n  name: a\n  namespace: ""\n  labels:\n  annotations: {time: 10:30, date: 2026-01-02, none: ~, quoted: "yes", word: text}\nspec:\n  rules: null\n`,
    );
    expect(objects).toEqual([
      {
        kind: 'Ingress',
        metadata: {
          name: 'a',
          namespace: 'default',
          annotations: { time: '10:30', date: '2026-01-02', none: '', quoted: 'yes', word: 'text' },
        },
        spec: {},
      },
    ]);
  });

  it('of other kinds, or other groups, are counted', () => {
    const { objects, others, notes } = read(
      [
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}',
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: b}',
        'apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: a}',
        'apiVersion: eks.amazonaws.com/v1\nkind: IngressClassParams\nmetadata: {name: a}',
      ].join('\n---\n'),
    );
    expect(objects).toEqual([]);
    expect(others).toMatchObject([{ kind: 'IngressClassParams', apiVersion: 'eks.amazonaws.com/v1' }]);
    expect(notes).toEqual([
      'no load balancer is made of these, so they are not read: 2 Deployment, 1 Service of serving.knative.dev/v1',
    ]);
  });

  it('say which fields the API server does not know', () => {
    expect(
      read(`${INGRESS}metadata: {name: a}\nspec: {rules: [{hots: a, http: {paths: []}}], class: alb}`).notes,
    ).toEqual([
      'a.yaml (Ingress default/a): the API server knows no spec.rules[0].hots; it is not read',
      'a.yaml (Ingress default/a): the API server knows no spec.class; it is not read',
    ]);
    expect(
      read(`${SERVICE}metadata: {name: a}\nspec: {clusterIPs: [None], sessionAffinity: None}`).notes,
    ).toEqual([]);
  });

  it.each([
    ['a: [', 'a.yaml, line 1: unexpected end'],
    ['{"a": 1', 'a.yaml, line 1: unexpected end'],
    ['a: *b', 'a.yaml, line 1: unidentified alias'],
    ['just text', 'a.yaml is no Kubernetes object: it is "just text", where a map belongs'],
    ['kind: Ingress', 'a.yaml is no Kubernetes object: apiVersion is missing: write it'],
    ['apiVersion: v1', 'a.yaml is no Kubernetes object: kind is missing: write it'],
    ['[1]', 'a.yaml is no Kubernetes object: it is [1], where a map belongs'],
    [`${INGRESS}spec: {}`, 'a.yaml (Ingress): metadata is missing: write it'],
    [`${INGRESS}metadata: {}`, 'a.yaml (Ingress): metadata.name is missing: write it'],
    [`${INGRESS}metadata: {name: ""}`, 'a.yaml (Ingress): metadata.name is "", where a name belongs'],
    [
      'apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: a}',
      'a.yaml (Ingress a): apiVersion "extensions/v1beta1" has no Ingress since Kubernetes 1.22: write apiVersion: networking.k8s.io/v1, with backends as service.name and service.port',
    ],
    [
      'apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\nmetadata: {name: a}',
      'since Kubernetes 1.22: write apiVersion: networking.k8s.io/v1',
    ],
    [
      'apiVersion: v1\nkind: Ingress\nmetadata: {name: a}',
      'apiVersion "v1" has no Ingress: write apiVersion: networking.k8s.io/v1',
    ],
    [
      'apiVersion: v2\nkind: Service\nmetadata: {name: a}',
      'apiVersion "v2" has no Service: write apiVersion: v1',
    ],
    [
      `${INGRESS}metadata: {name: a, annotations: {alb.ingress.kubernetes.io/group.order: 10}}`,
      'a.yaml (Ingress a): metadata.annotations["alb.ingress.kubernetes.io/group.order"] is 10, and the API server takes strings only: write \'10\' in quotes',
    ],
    [
      `${INGRESS}metadata: {name: a, annotations: {b: on}}`,
      "metadata.annotations.b is true (so YAML reads yes, no, on and off too), and the API server takes strings only: write 'true' in quotes",
    ],
    [
      `${INGRESS}metadata: {name: a, annotations: {b: {c: d}}}`,
      'metadata.annotations.b is {"c":"d"}, where a string belongs',
    ],
    [
      `${INGRESS}metadata: {name: a}\nspec: {rules: [{http: {paths: [{path: /, backend: {service: {name: a, port: {number: "80"}}}}]}}]}`,
      'spec.rules[0].http.paths[0].backend.service.port.number is "80", where a whole number belongs',
    ],
    [
      `${INGRESS}metadata: {name: a}\nspec: {rules: [{http: {paths: [{path: /}]}}]}`,
      'spec.rules[0].http.paths[0].backend is missing: write it',
    ],
    [`${INGRESS}metadata: {name: a}\nspec: {rules: a}`, 'spec.rules is "a", where a list belongs'],
    [
      `${SERVICE}metadata: {name: a}\nspec: {ports: [{port: 80.5}]}`,
      'spec.ports[0].port is 80.5, where a whole number belongs',
    ],
    [
      `${SERVICE}metadata: {name: a}\nspec: {ports: [{port: 80, targetPort: true}]}`,
      'spec.ports[0].targetPort is true, where a whole number or a string belongs',
    ],
  ])('are refused: %j', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('are refused with their place', () => {
    expect(() => read(`${SERVICE}metadata: {name: a}\n---\nkind: List\nitems: [{}]`)).toThrow(
      'a.yaml, document 2, item 1 is no Kubernetes object: apiVersion is missing: write it',
    );
    expect(() =>
      readManifests([
        { name: 'a.yaml', text: `${SERVICE}metadata: {name: a}` },
        {
          name: 'b.yaml',
          text: `${SERVICE}metadata: {name: b}\n---\n${SERVICE}metadata: {name: a, namespace: default}`,
        },
      ]),
    ).toThrow(
      'b.yaml, document 2: Service default/a is in a.yaml already, and the later would replace it: leave one out',
    );
  });

  it('of a hostile size end in an error', () => {
    const bomb = `x: &x [1,1,1,1,1,1,1,1,1]\na: &a [*x,*x,*x,*x,*x,*x,*x,*x,*x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]`;
    expect(() => read(bomb)).toThrow('a.yaml: its aliases grow without bounds');
  });
});
