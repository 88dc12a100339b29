import { describe, expect, it } from '@jest/globals';
import {
  KNOWN_AFTER_APPLY,
  type Ingress,
  type KubernetesObject,
  type Service,
} from '../../../../load-balancers/model';
import { checkObjects, type CheckContext } from '../../../../load-balancers/checks';
import { ANNOTATIONS } from '../../../../load-balancers/language/table';
import { albClass, classOf, errors, ingress, path, rule, service } from './objects';

const U = KNOWN_AFTER_APPLY;
const ROLES = { 'kubernetes.io/role/elb': '1', 'kubernetes.io/role/internal-elb': '1' };
const CONTEXT: CheckContext = {
  region: 'eu-west-1',
  account: '111122223333',
  partition: 'aws',
  facts: {
    subnets: [
      { id: 'subnet-0000000a', zone: 'eu-west-1a', public: true, tags: ROLES },
      { id: 'subnet-0000000b', zone: 'eu-west-1b', public: true, tags: ROLES },
    ],
  },
  fargate: [],
  replicas: { 'shop/web': 3 },
  nodes: 3,
};

/** Names after which the user's own comes. */
const own = (name: string) =>
  name.replace(/\.\*$/, name.endsWith('/listener-attributes.*') ? '.HTTP-80' : '.web');
/** That they are there is enough to judge them: tokens over plain HTTP, and control ports of nodes. */
const PRESENT = /\/(jwt-validation|target-control-port\.\*)$/;
const ofIngress = ANNOTATIONS.filter(
  ({ name, on, deprecated, output }) =>
    name.startsWith('alb.') &&
    !PRESENT.test(name) &&
    on.includes('ingress') &&
    deprecated === undefined &&
    !output,
);

describe.each(ofIngress.map(({ name, on, type }) => [own(name), on, type] as const))(
  '%s',
  (name, on, type) => {
    // Only a backend without port of its own has an action.
    const rules = [
      rule(
        name.endsWith('/actions.web')
          ? path('web', { backend: { service: { name: 'web', port: { name: 'use-annotation' } } } })
          : path(),
      ),
    ];

    it('is not judged where it is known after apply', () => {
      expect(errors([ingress({ [name]: U }, { rules })], CONTEXT)).toEqual([]);
      if (on.includes('service')) {
        expect(
          errors([ingress({}, { rules }), service('web', { annotations: { [name]: U } })], CONTEXT),
        ).toEqual([]);
      }
    });

    it('is not judged by what is known after apply within it', () => {
      const part = type === 'stringMap' ? `x.y=${U}` : type === 'json' ? `[${U}]` : `${U}-x`;
      expect(() => errors([ingress({ [name]: part }, { rules })], CONTEXT)).not.toThrow();
      if (type === 'stringList' || type === 'string') {
        expect(errors([ingress({ [name]: part }, { rules })], CONTEXT)).toEqual([]);
      }
    });
  },
);

describe('fields', () => {
  const unknownIngress: Ingress = {
    kind: 'Ingress',
    metadata: { name: U, namespace: U },
    spec: {
      ingressClassName: U,
      defaultBackend: { service: { name: U, port: { name: U } } },
      rules: [
        {
          host: U,
          http: {
            paths: [{ path: U, pathType: 'Prefix', backend: { service: { name: U, port: { name: U } } } }],
          },
        },
      ],
      tls: [{ hosts: [U], secretName: U }],
    },
  };
  const unknownService: Service = {
    kind: 'Service',
    metadata: { name: U, namespace: U },
    spec: { type: U, ports: [{ name: U, port: 80, nodePort: U }] },
  };

  it('may be known after apply', () => {
    expect(checkObjects([unknownIngress, unknownService, albClass], CONTEXT)).toEqual([]);
    expect(checkObjects([unknownIngress, unknownService], CONTEXT)).toEqual([]);
  });

  it('of a class may be known after apply', () => {
    const objects = classOf({
      loadBalancerName: U,
      certificateArn: [U],
      group: { name: U },
      scheme: U,
      inboundCIDRs: [U],
      sslPolicy: U,
      sslRedirectPort: U,
      subnets: { ids: [U] },
      ipAddressType: U,
      tags: [{ key: 'team', value: U }],
      targetType: U,
      loadBalancerAttributes: [{ key: 'idle_timeout.timeout_seconds', value: U }],
      wafv2AclArn: U,
      wafv2AclName: U,
    });
    expect(errors([ingress(), ...objects], CONTEXT)).toEqual([]);
  });
});

it('objects that are none are refused, and stop nothing', () => {
  const broken = [
    { kind: 'Ingress', metadata: { name: 'a', namespace: 'shop' } },
    { kind: 'Ingress', metadata: {}, spec: {} },
    { kind: 'Ingress', metadata: { name: 'b' }, spec: { rules: [{ http: { paths: [{ path: '/' }] } }] } },
    {
      kind: 'Ingress',
      metadata: { name: 'c' },
      spec: { rules: [{ http: { paths: [{ backend: { service: {} } }] } }] },
    },
    { kind: 'Ingress', metadata: { name: 'd' }, spec: { rules: 'none' } },
    { kind: 'Ingress', metadata: { name: 'd' }, spec: { rules: [{ http: {} }] } },
    { kind: 'Service', metadata: { name: 'e', namespace: 'shop' } },
  ] as unknown as readonly KubernetesObject[];
  for (const object of broken) {
    expect(checkObjects([object, albClass])).toHaveLength(1);
  }
});
