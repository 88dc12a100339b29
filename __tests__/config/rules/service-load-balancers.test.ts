import { describe, expect, it } from '@jest/globals';
import { one, problems } from '../../support/problems';

const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/x/0123456789abcdef';
const SERVICE = 'workloads.services.0';
const NLB = `${SERVICE}.networkLoadBalancer`;
const BINDING = `${SERVICE}.targetGroupBindings.0`;
const ALB = `${BINDING}.loadBalancer`;

const services = (...list: object[]) => ({
  workloads: { services: list.map((each, index) => ({ name: `s${index}`, image: 'x:1', ...each })) },
});
const nlb = (networkLoadBalancer: object) => services({ networkLoadBalancer });
const binding = (fields: object) => services({ targetGroupBindings: [{ name: 'x', ...fields }] });
const alb = (loadBalancer: object) => binding({ loadBalancer });
const cluster = (fields: object) => ({
  cluster: { kind: 'new', administrators: ['arn:aws:iam::111122223333:role/admin'], ...fields },
});
const FARGATE = cluster({
  compute: { fargateProfiles: [{ name: 'p', selectors: [{ namespace: '*' }] }], nodeGroups: [{ name: 'n' }] },
});
const PRIVATE = {
  network: {
    kind: 'new',
    publicSubnets: false,
    nat: 'none',
    interfaceEndpoints: ['ec2', 'ecr.api', 'ecr.dkr', 'eks', 'sts', 'elasticloadbalancing'],
  },
  sample: false,
};
const EXISTING = {
  network: {
    kind: 'existing',
    vpcId: 'vpc-01234567',
    privateSubnetIds: ['subnet-0123456a', 'subnet-0123456b'],
    publicSubnetIds: [],
  },
  sample: false,
};
const elsewhere = 'arn:aws:acm:eu-west-2:111122223333:certificate/x';
const tls = (certificate: string) => ({
  ports: [{ port: 443, protocol: 'TLS' }],
  tls: { certificateArns: [certificate] },
});

/** Fields with one mistake, the field at fault, its value, and what to write instead. */
type Mistake = [fields: Record<string, unknown>, path: string, value: unknown, remedy: RegExp];

describe("a mistake of a service's load balancers", () => {
  it.each<Mistake>([
    // What the schema knows
    [nlb({ shceme: 'internal' }), `${NLB}.shceme`, 'internal', /^write 'scheme'$/],
    [nlb({ scheme: 'public' }), `${NLB}.scheme`, 'public', /'internal' or 'internet-facing'/],
    [nlb({ ports: [] }), `${NLB}.ports`, [], /at least one port/],
    [nlb({ ports: [{ port: '80' }] }), `${NLB}.ports.0.port`, '80', /^write 80, without quotes$/],
    [
      binding({ targetGroupArn: ARN, loadBalancer: {} }),
      `${BINDING}.targetGroupArn`,
      ARN,
      /^write 'targetGroupARN'$/,
    ],
    // What takes more than a field
    [
      nlb({ eipAllocations: ['eipalloc-01234567', 'eipalloc-01234568'] }),
      `${NLB}.eipAllocations`,
      'eipalloc-01234567,eipalloc-01234568',
      /internet-facing/,
    ],
    [
      nlb({ scheme: 'internet-facing', eipAllocations: ['eipalloc-01234567'] }),
      `${NLB}.eipAllocations`,
      'eipalloc-01234567',
      /^write 2/,
    ],
    [
      { ...PRIVATE, ...nlb({ scheme: 'internet-facing' }) },
      `${NLB}.scheme`,
      'internet-facing',
      /^write 'internal'/,
    ],
    [
      { ...EXISTING, ...nlb({ scheme: 'internet-facing' }) },
      `${NLB}.scheme`,
      'internet-facing',
      /^write 'internal'/,
    ],
    [nlb({ ipAddressType: 'dualstack' }), `${NLB}.ipAddressType`, 'dualstack', /^write 'ipv4'$/],
    [nlb(tls(elsewhere)), `${NLB}.tls.certificateArns.0`, elsewhere, /arn:aws:acm:eu-west-1:111122223333/],
    [{ ...FARGATE, ...nlb({ targetType: 'instance' }) }, `${NLB}.targetType`, 'instance', /^write 'ip'$/],
    [
      nlb({ annotations: { 'alb.ingress.kubernetes.io/scheme': 'internal' } }),
      `${NLB}.annotations.alb.ingress.kubernetes.io/scheme`,
      'internal',
      /remove|write/,
    ],
    [binding({}), `${BINDING}.targetGroupARN`, undefined, /or targetGroupName/],
    [binding({ targetGroupARN: ARN, loadBalancer: {} }), `${BINDING}.targetGroupARN`, ARN, /one of the two/],
    [
      binding({ targetGroupName: 'x', loadBalancer: {} }),
      `${BINDING}.targetGroupName`,
      'x',
      /one of the two/,
    ],
    [
      binding({ targetGroupARN: ARN.replace('eu-west-1', 'eu-west-2') }),
      `${BINDING}.targetGroupARN`,
      ARN.replace('eu-west-1', 'eu-west-2'),
      /eu-west-1/,
    ],
    [
      binding({ targetGroupARN: ARN, targetType: 'instance' }),
      `${BINDING}.targetType`,
      'instance',
      /^write 'ip'$/,
    ],
    [alb({ port: 0 }), `${ALB}.port`, 0, /1 to 65535/],
    [alb({ certificateArns: [elsewhere] }), `${ALB}.certificateArns.0`, elsewhere, /eu-west-1/],
    [
      { ...PRIVATE, ...alb({ scheme: 'internet-facing' }) },
      `${ALB}.scheme`,
      'internet-facing',
      /^write 'internal'/,
    ],
    [
      { ...EXISTING, ...alb({ scheme: 'internet-facing' }) },
      `${ALB}.scheme`,
      'internet-facing',
      /^write 'internal'/,
    ],
    // Names
    [
      services({ networkLoadBalancer: {} }, { name: 's0-nlb' }),
      `${SERVICE}.networkLoadBalancer`,
      's0-nlb',
      /another name/,
    ],
    [
      services({
        targetGroupBindings: [
          { name: 'x', loadBalancer: {} },
          { name: 'x', loadBalancer: {} },
        ],
      }),
      `${SERVICE}.targetGroupBindings.1.name`,
      'x',
      /each name once/,
    ],
    [
      services({
        name: 's'.repeat(30),
        targetGroupBindings: [{ name: 'b'.repeat(23), loadBalancer: {} }],
      }),
      `${BINDING}.name`,
      'b'.repeat(23),
      /at most 22 characters/,
    ],
    // What is for one only
    [
      services(
        { networkLoadBalancer: { loadBalancerName: 'x' } },
        { networkLoadBalancer: { loadBalancerName: 'x' } },
      ),
      'workloads.services.1.networkLoadBalancer.loadBalancerName',
      'x',
      /another one/,
    ],
    [
      services(
        ...['eipalloc-00000001', 'eipalloc-00000002'].map((eip) => ({
          networkLoadBalancer: { scheme: 'internet-facing', eipAllocations: ['eipalloc-01234567', eip] },
        })),
      ),
      'workloads.services.1.networkLoadBalancer.eipAllocations.0',
      'eipalloc-01234567',
      /another one/,
    ],
    [
      services(
        ...['10.0.0.11', '10.0.0.12'].map((address) => ({
          networkLoadBalancer: { privateIpv4Addresses: ['10.0.0.10', address] },
        })),
      ),
      'workloads.services.1.networkLoadBalancer.privateIpv4Addresses.0',
      '10.0.0.10',
      /another one/,
    ],
    ...(
      [
        ['targetGroupARN', ARN],
        ['targetGroupName', 'x'],
      ] as const
    ).map(([field, value]): Mistake => {
      const targetGroupBindings = [{ name: 'x', [field]: value }];
      return [
        services({ targetGroupBindings }, { targetGroupBindings }),
        `workloads.services.1.targetGroupBindings.0.${field}`,
        value,
        /multiClusterTargetGroup: true for both/,
      ];
    }),
  ])('%j', (fields, path, value, remedy) => {
    expect(problems(fields)).toEqual(one(path, value, remedy));
  });
});

describe('right', () => {
  const shared = [{ name: 'x', targetGroupARN: ARN, multiClusterTargetGroup: true }];
  it.each<Record<string, unknown>>([
    nlb({}),
    nlb(tls('arn:aws:acm:eu-west-1:111122223333:certificate/x')),
    nlb({ scheme: 'internet-facing', eipAllocations: ['eipalloc-01234567', 'eipalloc-01234568'] }),
    nlb({ targetType: 'instance' }),
    nlb({ annotations: { 'service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol': 'TCP' } }),
    nlb({
      annotations: {
        'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes':
          'deregistration_delay.timeout_seconds=5',
      },
    }),
    nlb({ targetGroupAttributes: { 'deregistration_delay.timeout_seconds': '5' } }),
    nlb({ ...tls('arn:aws:acm:eu-west-1:111122223333:certificate/x'), healthCheck: { protocol: 'TCP' } }),
    { ...PRIVATE, ...nlb({}) },
    { ...EXISTING, ...alb({}) },
    { network: { kind: 'new', ipFamily: 'dual-stack' }, ...nlb({ ipAddressType: 'dualstack' }) },
    alb({ scheme: 'internet-facing' }),
    services({ targetGroupBindings: shared }, { targetGroupBindings: shared }),
  ])('%j', (fields) => {
    expect(problems(fields)).toEqual([]);
  });
});
