import { describe, expect, it } from '@jest/globals';
import {
  buildModel,
  KNOWN_AFTER_APPLY,
  type Facts,
  type KubernetesObject,
  type Model,
  type Service,
} from '../../../load-balancers/model';

const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/x/0123456789abcdef';
const FACT = {
  arn: ARN,
  name: 'x',
  targetType: 'ip',
  protocol: 'HTTP',
  ipAddressType: 'ipv4',
  vpcId: 'vpc-0123456789abcdef0',
} as const;
const facts: Facts = { targetGroups: [FACT] };

const binding = (spec: object, name = 'web'): KubernetesObject => ({
  kind: 'TargetGroupBinding',
  metadata: { name, namespace: 'shop' },
  spec: { serviceRef: { name: 'web', port: 80 }, ...spec },
});
const service = (spec: Service['spec']): KubernetesObject => ({
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec,
});
const NODES = service({ type: 'NodePort', ports: [{ name: 'http', port: 80, nodePort: 30080 }] });
const PODS = service({ ports: [{ name: 'http', port: 80, targetPort: 8080 }] });

function built(objects: readonly KubernetesObject[], known: Facts = {}): Model {
  return buildModel(objects, {}, { facts: known });
}
const rule = (from: object, ports: readonly object[]) => ({
  networking: { ingress: [{ from: [from], ports }] },
});

describe('a TargetGroupBinding', () => {
  it('joins node ports, for whom its rules say', () => {
    const spec = {
      ...{ targetGroupARN: ARN, targetType: 'instance', multiClusterTargetGroup: true },
      nodeSelector: {
        matchLabels: { pool: 'web' },
        matchExpressions: [
          { key: 'arch', operator: 'In', values: ['arm64', 'amd64'] },
          { key: 'gpu', operator: 'DoesNotExist' },
        ],
      },
      ...rule({ securityGroup: { groupID: 'sg-1' } }, [{ port: 30080 }, { protocol: 'UDP' }]),
    };
    expect(built([NODES, binding(spec)])).toMatchObject({
      TargetGroupBindings: [
        {
          Id: 'shop/web',
          TargetGroupArn: ARN,
          TargetType: 'instance',
          Protocol: KNOWN_AFTER_APPLY,
          TargetPort: 30080,
          NodeSelector: 'pool=web,arch in (arm64,amd64),!gpu',
          MultiCluster: true,
          TargetPermissions: [
            { IpProtocol: 'tcp', FromPort: 30080, UserIdGroupPairs: [{ GroupId: 'sg-1' }] },
            { IpProtocol: 'udp', FromPort: 0, ToPort: 65535 },
          ],
        },
      ],
      Refusals: [],
    });
  });

  it('has what it does not say from its target group', () => {
    expect(built([PODS, binding({ targetGroupName: 'x' })], facts).TargetGroupBindings).toMatchObject([
      {
        TargetGroupArn: ARN,
        TargetType: 'ip',
        Protocol: 'HTTP',
        IpAddressType: 'ipv4',
        TargetPort: 8080,
        VpcId: FACT.vpcId,
      },
    ]);
    expect(built([PODS, binding({ targetGroupName: 'x' })]).TargetGroupBindings).toMatchObject([
      { TargetGroupArn: KNOWN_AFTER_APPLY, TargetType: KNOWN_AFTER_APPLY, TargetPort: KNOWN_AFTER_APPLY },
    ]);
  });

  it('admits nobody by a rule without ports, as the controller has it', () => {
    const model = built([
      PODS,
      binding({ targetGroupARN: ARN, ...rule({ ipBlock: { cidr: '10.0.0.0/8' } }, []) }),
    ]);
    expect(model.TargetGroupBindings?.[0]?.TargetPermissions).toEqual([]);
  });

  it.each<[spec: object, message: string]>([
    [{ targetGroupARN: undefined }, 'must provide either TargetGroupARN or TargetGroupName'],
    [
      { targetType: 'ip', nodeSelector: {} },
      'TargetGroupBinding cannot set NodeSelector when TargetType is ip',
    ],
    [{ nodeSelector: {} }, 'TargetGroupBinding cannot set NodeSelector when TargetType is ip'],
    [{ ipAddressType: 'ipv6' }, `invalid IP address type ipv4 for TargetGroup ${ARN}`],
    [
      { vpcID: 'vpc-x' },
      "ValidationError: vpcID vpc-x failed to satisfy constraint: VPC Id must begin with 'vpc-' followed by 8, 17 or 32 lowercase letters (a-f) or numbers.",
    ],
    [{ vpcID: 'vpc-01234567' }, `invalid VpcID vpc-01234567 doesnt match VpcID from TargetGroup ${ARN}`],
    [
      { targetType: 'instance', iamRoleArnToAssume: 'r' },
      'Unable to use instance target type while using assume role',
    ],
    [{ targetGroupProtocol: 'TCP' }, `TargetGroup ${ARN} protocol differs (got TCP, expected HTTP)`],
    [
      { targetType: 'lambda' },
      'TargetGroupBinding.elbv2.k8s.aws "web" is invalid: spec.targetType: Unsupported value: "lambda": supported values: "instance", "ip"',
    ],
    [
      { serviceRef: { name: 'web' } },
      'TargetGroupBinding.elbv2.k8s.aws "web" is invalid: spec.serviceRef.port: Required value',
    ],
  ])('%j fails at kubectl apply', (spec, Message) => {
    expect(built([PODS, binding({ targetGroupARN: ARN, ...spec })], facts)).toMatchObject({
      Refusals: [{ By: 'kubernetes', Message }],
    });
  });

  it('shares its target group only if all that bind it say so', () => {
    const twice = (first: boolean, second: boolean) =>
      built([
        binding({ targetGroupARN: ARN, multiClusterTargetGroup: first }, 'a'),
        binding({ targetGroupARN: ARN, multiClusterTargetGroup: second }, 'b'),
      ]);
    expect(twice(true, true).TargetGroupBindings).toHaveLength(2);
    expect(twice(false, true).Refusals).toMatchObject([
      {
        Objects: ['TargetGroupBinding shop/b'],
        By: 'kubernetes',
        Message: `TargetGroup ${ARN} is already bound to following TargetGroupBindings [shop/a]. Please enable MultiCluster mode on all TargetGroupBindings referencing ${ARN} or choose a different Target Group ARN.`,
        Other: { Name: 'shop/a' },
      },
    ]);
  });

  it.each<[spec: object, message: string, of?: KubernetesObject]>([
    [{ targetType: 'instance' }, "service type must be either 'NodePort' or 'LoadBalancer': shop/web", PODS],
    [
      { serviceRef: { name: 'web', port: 81 } },
      'backend not found: unable to find port 81 on service shop/web',
    ],
    [rule({}, [{ port: 80 }]), 'either ipBlock or securityGroup should be specified'],
    [rule({ ipBlock: { cidr: '10.0.0.0' } }, [{}]), 'invalid CIDR address: 10.0.0.0'],
    [
      { targetType: 'instance', ...rule({ ipBlock: { cidr: '::/0' } }, [{ port: 'http' }]) },
      'named ports can only be used with pod endpoints',
    ],
    [
      { targetType: 'instance', nodeSelector: { matchExpressions: [{ key: 'a', operator: 'Is' }] } },
      '"Is" is not a valid label selector operator',
    ],
  ])('%j is refused when the controller joins targets', (spec, Message, of = NODES) => {
    const { Refusals, TargetGroupBindings } = built([of, binding({ targetGroupARN: ARN, ...spec })]);
    expect(Refusals).toMatchObject([{ By: 'controller', Message }]);
    expect(TargetGroupBindings).toBeUndefined();
  });

  it('is judged by nothing that is not known', () => {
    const open = Object.fromEntries(
      [
        'targetGroupARN',
        'targetType',
        'ipAddressType',
        'targetGroupProtocol',
        'vpcID',
        'multiClusterTargetGroup',
        'iamRoleArnToAssume',
      ].map((field) => [field, KNOWN_AFTER_APPLY]),
    );
    const unknown = binding({ ...open, serviceRef: { name: 'web', port: KNOWN_AFTER_APPLY } });
    expect(
      built([PODS, unknown, { ...unknown, metadata: { name: 'b', namespace: 'shop' } }], facts).Refusals,
    ).toEqual([]);
  });
});
