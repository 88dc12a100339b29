import { describe, expect, it } from '@jest/globals';
import { markdown } from '../../../tools/plan-report/document/markdown-report';
import { type ResourceChange } from '../../../tools/plan-report/changes/changes';
import { type Values } from '../../../tools/plan-report/changes/values';
import { loadBalancersOf } from '../../../tools/plan-report/load-balancers/load-balancers';
import { change, changes, report } from './support';

const ingress = (annotations: Values, { host = 'a.example.com', name = 'shop' } = {}): Values => ({
  metadata: [
    {
      name,
      namespace: 'shop',
      annotations: { 'alb.ingress.kubernetes.io/target-type': 'ip', ...annotations },
      labels: null,
      generate_name: '',
    },
  ],
  spec: [
    {
      ingress_class_name: 'alb',
      default_backend: [],
      tls: [],
      rule: [
        {
          host,
          http: [
            {
              path: [
                {
                  path: '/',
                  path_type: 'Prefix',
                  backend: [{ resource: [], service: [{ name: 'web', port: [{ name: '', number: 80 }] }] }],
                },
              ],
            },
          ],
        },
      ],
    },
  ],
});
const FACING = { 'alb.ingress.kubernetes.io/scheme': 'internet-facing' };
const service: Values = {
  metadata: [{ name: 'web', namespace: 'shop', annotations: { empty: '' } }],
  spec: [
    {
      type: 'ClusterIP',
      allocate_load_balancer_node_ports: true,
      health_check_node_port: 0,
      cluster_ip: '(known after apply)',
      port: [{ port: 80, target_port: '8080', node_port: 0, protocol: 'TCP' }],
    },
  ],
};
const web = change({
  type: 'kubernetes_service_v1',
  action: 'no-op',
  address: 'kubernetes_service_v1.web',
  before: service,
  after: service,
});
const of = (props: Partial<ResourceChange>, ...others: ResourceChange[]) =>
  report([
    changes('workloads', [
      change({ type: 'kubernetes_ingress_v1', address: 'kubernetes_ingress_v1.shop', ...props }),
      web,
      ...others,
    ]),
  ]);

describe('load balancers', () => {
  it('are told where they change, with what differs and a picture of each side', () => {
    const made = of({ before: ingress({}), after: ingress({}, { host: 'b.example.com' }) });
    const text = markdown(made);

    expect(made.loadBalancers).toMatchObject({
      changes: [{ id: 'shop/shop', stack: 'workloads', addresses: ['kubernetes_ingress_v1.shop'] }],
      refused: [],
      notes: expect.arrayContaining([
        expect.stringContaining('the plan of addons is not given: IngressClass alb'),
      ]),
    });
    expect(text).toMatch(/^-\s+1\s+host a\.example\.com/m);
    expect(text).toMatch(/^\+\s+1\s+host b\.example\.com/m);
    expect(text).toContain('<details><summary>Picture of <code>shop&#47;shop</code> before</summary>');
    expect(text).toContain('<details><summary>Picture of <code>shop&#47;shop</code> after</summary>');
  });

  it('are none where nothing of them changes', () => {
    expect(of({ action: 'no-op', before: ingress({}), after: ingress({}) }).loadBalancers.changes).toEqual(
      [],
    );
    expect(of({ action: 'forget', before: ingress({}) }).loadBalancers.changes).toEqual([]);
  });

  it('that go are told as deleted, and cost nothing then', () => {
    const made = of({ action: 'delete', before: ingress(FACING) });

    expect(markdown(made)).toContain('`shop/shop` is deleted:');
    expect(made.cost.items).toMatchObject([
      { item: 'Application Load Balancer', before: 1, after: 0 },
      { item: 'Public IPv4 addresses of load balancers: one for each zone' },
    ]);
    expect(made.risks).toMatchObject([{ code: 'delete:protected', noun: 'Ingress' }]);
  });

  it('that are opened by an annotation are told once', () => {
    const { risks } = of({ before: ingress({}), after: ingress(FACING) });

    expect(risks).toMatchObject([
      { code: 'open-to-world', values: ['alb.ingress.kubernetes.io/scheme: internet-facing'] },
      { code: 'replace:protected', values: ['shop/shop', 'Scheme: internal -> internet-facing'] },
    ]);
  });

  it('that are opened by wider networks are told', () => {
    const from = (networks: string) =>
      ingress({ ...FACING, 'alb.ingress.kubernetes.io/inbound-cidrs': networks });

    expect(of({ before: from('10.0.0.0/8'), after: from('0.0.0.0/0') }).risks).toMatchObject([
      {
        code: 'open-to-world',
        address: 'kubernetes_ingress_v1.shop',
        words: 'admits the whole internet',
        values: ['shop/shop', 'tcp 80 from 0.0.0.0/0'],
      },
    ]);
    expect(of({ before: from('10.0.0.0/8'), after: from('11.0.0.0/8') }).risks).toEqual([]);
  });

  it('that are opened by their class are told, and with security groups of a person too', () => {
    const parameters = (scheme: string) => ({
      name: 'params',
      chart: 'c',
      values: [
        `manifests: [{apiVersion: elbv2.k8s.aws/v1beta1, kind: IngressClassParams, metadata: {name: alb}, spec: {scheme: ${scheme}}}]`,
      ],
    });
    const ingressClass = {
      metadata: [{ name: 'alb' }],
      spec: [
        {
          controller: 'ingress.k8s.aws/alb',
          parameters: [{ api_group: 'elbv2.k8s.aws', kind: 'IngressClassParams', name: 'alb' }],
        },
      ],
    };
    const controller = {
      name: 'aws-load-balancer-controller',
      chart: 'aws-load-balancer-controller',
      values: ['createIngressClassResource: false'],
    };
    const own = ingress({ 'alb.ingress.kubernetes.io/security-groups': 'sg-1' });
    const { risks } = report([
      changes('addons', [
        change({
          type: 'helm_release',
          address: 'helm_release.params',
          before: parameters('internal'),
          after: parameters('internet-facing'),
        }),
        change({
          type: 'helm_release',
          address: 'helm_release.controller',
          action: 'no-op',
          before: controller,
          after: controller,
        }),
        change({
          type: 'kubernetes_ingress_class_v1',
          action: 'no-op',
          before: ingressClass,
          after: ingressClass,
        }),
      ]),
      changes('workloads', [
        web,
        change({
          type: 'kubernetes_ingress_v1',
          address: 'kubernetes_ingress_v1.shop',
          action: 'no-op',
          before: own,
          after: own,
        }),
      ]),
    ]);

    expect(risks.map(({ stack, noun, values }) => [stack, noun, ...values])).toEqual([
      ['addons', 'Helm release', 'values[0].manifests[0].spec.scheme: "internal" -> "internet-facing"'],
      ['workloads', 'load balancer', 'shop/shop', 'internet-facing'],
      ['workloads', 'load balancer', 'shop/shop', 'Scheme: internal -> internet-facing'],
    ]);
  });

  const told = (before: Values, after: Values) => of({ before: ingress(before), after: ingress(after) });
  const GROUP = 'alb.ingress.kubernetes.io/group.name';

  it('that an Ingress leaves for a group are deleted, and nothing is opened that was open', () => {
    expect(told(FACING, { ...FACING, [GROUP]: 'edge' }).risks).toMatchObject([
      { code: 'delete:protected', kind: 'load balancers', values: ['shop/shop'] },
    ]);
    expect(told({}, { ...FACING, [GROUP]: 'edge' }).risks.map(({ code }) => code)).toContain('open-to-world');
  });

  it('keep what the controller leaves as it is, and say how it is taken back', () => {
    const acl = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/edge/a';
    const made = told(
      {
        'alb.ingress.kubernetes.io/wafv2-acl-arn': acl,
        'alb.ingress.kubernetes.io/load-balancer-attributes': 'deletion_protection.enabled=true',
        'alb.ingress.kubernetes.io/target-group-attributes': 'stickiness.enabled=true',
      },
      {},
    );
    const [change] = made.loadBalancers.changes;

    expect(made.risks).toEqual([]);
    expect(change?.after).toMatchObject({
      WebAclArn: acl,
      Attributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }],
    });
    expect(markdown(made)).toContain(`\`WebAclArn: ${acl}\`; write none to take it off`);
    expect(markdown(made)).toContain('stickiness.enabled: true`; write its default value to take it back');
  });

  it('that are refused stay as they are, cost what they cost, and are told', () => {
    const inside = ingress({ [GROUP]: 'edge', 'alb.ingress.kubernetes.io/scheme': 'internal' });
    const made = of(
      { before: inside, after: inside, action: 'no-op' },
      change({
        type: 'kubernetes_ingress_v1',
        address: 'kubernetes_ingress_v1.two',
        action: 'create',
        after: ingress({ ...FACING, [GROUP]: 'edge' }, { name: 'two' }),
      }),
    );

    expect(made.loadBalancers.changes).toMatchObject([{ id: 'edge', Change: 'frozen' }]);
    expect(made.cost.items).toEqual([]);
    expect(made.risks.filter(({ code }) => code === 'refused')).toContainEqual(
      expect.objectContaining({ address: 'kubernetes_ingress_v1.shop', noun: 'load balancer' }),
    );
    expect(markdown(made)).toMatch(/\*\*\d things are refused\*\*/);
  });

  it('stay behind if their controller goes', () => {
    const release = { name: 'aws-load-balancer-controller', chart: 'aws-load-balancer-controller' };
    const made = of(
      { action: 'delete', before: ingress({}) },
      change({ type: 'helm_release', address: 'helm_release.c', action: 'delete', before: release }),
    );

    expect(made.loadBalancers.changes).toMatchObject([{ Change: 'abandoned' }]);
    expect(made.risks.map(({ words }) => words).join()).toContain('stays behind, and costs');
  });

  it('that no longer ask who calls are told', () => {
    const auth = {
      'alb.ingress.kubernetes.io/listen-ports': '[{"HTTPS": 443}]',
      'alb.ingress.kubernetes.io/certificate-arn': 'arn:aws:acm:eu-west-1:111122223333:certificate/a',
      'alb.ingress.kubernetes.io/auth-type': 'cognito',
      'alb.ingress.kubernetes.io/auth-idp-cognito':
        '{"userPoolARN":"arn:aws:cognito-idp:eu-west-1:111122223333:userpool/a","userPoolClientID":"b","userPoolDomain":"c"}',
    };
    const open = { ...auth, 'alb.ingress.kubernetes.io/auth-type': 'none' };

    expect(told(auth, open).risks).toMatchObject([
      { code: 'unprotected', kind: 'exposure', words: 'no longer asks who calls:' },
    ]);
  });

  it('that no longer listen or serve are told', () => {
    const ports = (list: string) => ({ 'alb.ingress.kubernetes.io/listen-ports': list });

    expect(told(ports('[{"HTTP": 80}, {"HTTP": 8080}]'), ports('[{"HTTP": 80}]')).risks).toMatchObject([
      { code: 'any-destroy', words: 'no longer listens on', values: ['shop/shop', 'HTTP 8080'] },
      { code: 'any-destroy', words: 'no longer serves' },
    ]);
  });

  it('that get new target groups for what others served are told', () => {
    expect(told({}, { 'alb.ingress.kubernetes.io/backend-protocol': 'HTTPS' }).risks).toMatchObject([
      { code: 'any-destroy', words: expect.stringMatching(/^gives 1 target group a new name/) },
    ]);
  });

  it('that would be refused are told', () => {
    const made = of({
      before: ingress({}),
      after: ingress({ 'alb.ingress.kubernetes.io/listen-ports': 'nonsense' }),
    });

    expect(made.loadBalancers.refused[0]?.message).toMatch(/shop\/shop/);
    expect(made.risks.map(({ code }) => code)).toContain('refused');
    expect(markdown(made)).toContain('Refused by Kubernetes, the controller or AWS:');
    expect(
      of({
        before: ingress({ 'alb.ingress.kubernetes.io/listen-ports': 'nonsense' }),
        after: ingress({ 'alb.ingress.kubernetes.io/listen-ports': 'nonsense' }),
      }).loadBalancers.refused,
    ).toEqual([]);
  });

  it('that can not be read are told, and no failure', () => {
    const wrong = change({
      type: 'kubernetes_manifest',
      address: 'kubernetes_manifest.x',
      action: 'create',
      after: {
        manifest: {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'Ingress',
          metadata: { name: 'x' },
          spec: { rules: 'nonsense' },
        },
      },
    });
    const made = of({ before: ingress({}), after: ingress({}) }, wrong);

    expect(made.loadBalancers.unread.join()).toContain('kubernetes_manifest.x');
    expect(markdown(made)).toContain('Notes on load balancers:');
  });

  it('of manifests are told too, by their own name', () => {
    const manifest = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name: 'x',
        namespace: 'y',
        annotations: {
          ...FACING,
          'alb.ingress.kubernetes.io/inbound-cidrs': '::/0',
          'alb.ingress.kubernetes.io/ip-address-type': 'dualstack',
        },
      },
      spec: { ingressClassName: 'alb', defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
    };
    const made = of(
      { action: 'no-op', before: ingress({}), after: ingress({}) },
      change({ type: 'kubernetes_manifest', action: 'create', after: { manifest } }),
    );

    expect(made.risks).toMatchObject([
      { code: 'open-to-world', stack: 'workloads', address: 'y/x', values: ['y/x', 'tcp 80 from ::/0'] },
    ]);
  });

  it('are read from what the caller gives, where it gives something', () => {
    const files = (side: 'before' | 'after') => [
      {
        name: side,
        text: JSON.stringify({
          resource: {
            kubernetes_manifest: {
              x: {
                manifest: {
                  kind: 'Service',
                  apiVersion: 'v1',
                  metadata: { name: side },
                  spec: { type: 'LoadBalancer', ports: [{ port: 80 }] },
                },
              },
            },
          },
        }),
      },
    ];

    expect(loadBalancersOf([], files).changes.map(({ id }) => id)).toEqual([
      'default/before',
      'default/after',
    ]);
  });

  it('take no expression from a value', () => {
    const made = of({
      action: 'create',
      after: ingress({ 'alb.ingress.kubernetes.io/tags': 'a=${b} %{c}' }),
    });

    expect(made.loadBalancers.changes[0]?.after?.Tags).toContainEqual({ Key: 'a', Value: '${b} %{c}' });
  });

  it('wait for annotations that nobody knows yet', () => {
    const unknown = {
      ...ingress({}),
      metadata: [{ name: 'shop', namespace: 'shop', annotations: '(known after apply)' }],
    };

    expect(() => of({ action: 'create', after: unknown })).not.toThrow();
  });

  it('are drawn up to a size that GitHub draws', () => {
    const rules = (count: number): Values => {
      const one = ingress({});
      const rule = (index: number) => ({
        host: `h${index}.example.com`,
        http: [
          {
            path: [
              {
                path: '/',
                path_type: 'Prefix',
                backend: [{ service: [{ name: 'web', port: [{ number: 80 }] }] }],
              },
            ],
          },
        ],
      });
      return {
        ...one,
        spec: [{ ingress_class_name: 'alb', rule: Array.from({ length: count }, (_, index) => rule(index)) }],
      };
    };

    expect(markdown(of({ action: 'create', after: rules(90) }))).toMatch(
      /Too large for a picture: \d+ lines\./,
    );
  });

  it('of Services cost as Network Load Balancers', () => {
    const nlb: Values = {
      metadata: [{ name: 'nlb', namespace: 'shop', annotations: {} }],
      spec: [
        {
          type: 'LoadBalancer',
          load_balancer_class: 'service.k8s.aws/nlb',
          allocate_load_balancer_node_ports: true,
          port: [{ port: 80 }],
        },
      ],
    };
    const made = report([
      changes('workloads', [change({ type: 'kubernetes_service_v1', action: 'create', after: nlb })], {
        region: 'us-east-1',
      }),
    ]);

    expect(made.cost.items).toMatchObject([{ item: 'Network Load Balancer', before: 0, after: 1 }]);
  });
});
