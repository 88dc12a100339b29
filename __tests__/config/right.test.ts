import { expect, it } from '@jest/globals';
import { stacksOf } from '../support/stacks';
import { TODAY } from '../support/environments';
import { reachable } from '../support/problems';
import { parseEnvironment, type EnvironmentInput } from '../../config';

const base = (region = 'eu-west-1') => ({ name: 'test', account: '111122223333', region });
const cluster = (fields: object = {}, partition = 'aws') =>
  ({
    kind: 'new',
    administrators: [`arn:${partition}:iam::111122223333:role/admin`],
    ...fields,
  }) as EnvironmentInput['cluster'];
const there: EnvironmentInput['network'] = {
  kind: 'existing',
  vpcId: 'vpc-0123456789abcdef0',
  privateSubnetIds: ['subnet-0123456789abcdefa', 'subnet-01234567'],
  publicSubnetIds: ['subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'],
};
const REGISTRY = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';
const DIGEST = `sha256:${'a'.repeat(64)}`;

const RIGHT: Readonly<Record<string, EnvironmentInput>> = {
  'the least': { ...base(), cluster: cluster() },
  'Fargate only': {
    ...base(),
    cluster: cluster({
      compute: { fargateProfiles: [{ name: 'all', selectors: [{ namespace: '*' }] }] },
      addons: { ebsCsiDriver: {}, metricsServer: {} },
    }),
  },
  'Auto Mode': {
    ...base(),
    cluster: cluster({ compute: { autoMode: {} } }),
    podIdentity: 'pod-identity',
    loadBalancing: { type: 'auto-mode', ingressClass: { isDefault: true } },
  },
  'Auto Mode beside nodes with taints and Fargate': {
    ...base(),
    cluster: cluster({
      compute: {
        autoMode: { nodePools: ['general-purpose'] },
        nodeGroups: [{ name: 'a', taints: [{ key: 'example.com/a', value: 'x', effect: 'NO_EXECUTE' }] }],
        fargateProfiles: [{ name: 'jobs', selectors: [{ namespace: 'jobs-?' }] }],
      },
    }),
    loadBalancing: { type: 'auto-mode' },
  },
  'a cluster and a VPC that are there': {
    ...base(),
    network: there,
    cluster: { kind: 'existing', name: 'eksctl-Demo_1', oidcProvider: 'existing', kubernetesVersion: '1.33' },
  },
  'a VPC that is there, internal only': {
    ...base(),
    network: {
      ...there,
      publicSubnetIds: [],
      tagSubnets: false,
      cidr: '10.0.0.0/16',
      subnetCidrs: { 'subnet-01234567': '10.0.16.0/20' },
    },
    cluster: cluster({ serviceIpv4Cidr: '172.20.0.0/16' }),
    sample: false,
    workloads: { ingress: { scheme: 'internal' } },
  },
  GovCloud: {
    ...base('us-gov-west-1'),
    cluster: cluster({ kmsKeyArn: 'arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/x' }, 'aws-us-gov'),
  },
  China: {
    ...base('cn-north-1'),
    cluster: cluster({}, 'aws-cn'),
    loadBalancing: {
      type: 'controller',
      imageRepository: '918309763551.dkr.ecr.cn-north-1.amazonaws.com.cn/amazon/aws-load-balancer-controller',
    },
    sample: false,
    workloads: {
      services: [{ name: 'a', image: '111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/a:1', paths: ['/'] }],
    },
  },
  'dual-stack': {
    ...base(),
    network: { kind: 'new', ipFamily: 'dual-stack', zones: 3, nat: 'per-zone' },
    cluster: cluster(),
    loadBalancing: {
      type: 'controller',
      ingressClass: { params: { ipAddressType: 'dualstack', inboundCIDRs: ['10.0.0.0/8', '2001:db8::/32'] } },
    },
  },
  'Pod Identity': {
    ...base(),
    podIdentity: 'pod-identity',
    cluster: cluster({ addons: { ebsCsiDriver: {} }, adminHost: {} }),
  },
  'Bottlerocket on arm64': {
    ...base(),
    cluster: cluster({
      compute: {
        nodeGroups: [
          {
            name: 'a',
            amiFamily: 'BOTTLEROCKET',
            architecture: 'arm64',
            instanceTypes: ['m7g.large'],
            labels: { 'node.kubernetes.io/pool': 'a' },
          },
          { name: 'b', minSize: 0, desiredSize: 0, maxSize: 10 },
        ],
      },
    }),
  },
  'five zones by name': {
    ...base('us-east-1'),
    network: { kind: 'new', zones: ['a', 'b', 'c', 'd', 'f'].map((letter) => `us-east-1${letter}`) },
    cluster: cluster(),
  },
  'zone ids': {
    ...base('us-east-1'),
    network: { kind: 'new', zones: ['use1-az1', 'use1-az2'] },
    cluster: cluster(),
  },
  'no NAT, all from private mirrors': {
    ...base(),
    network: {
      kind: 'new',
      cidr: '10.0.0.0/22',
      nat: 'none',
      publicSubnets: false,
      interfaceEndpoints: ['ec2', 'ecr.api', 'ecr.dkr', 'eks', 'sts', 'elasticloadbalancing'],
    },
    cluster: cluster({ compute: { nodeGroups: [{ name: 'a' }] } }),
    sample: false,
    loadBalancing: {
      type: 'controller',
      chartRepository: `oci://${REGISTRY}/charts`,
      imageRepository: `${REGISTRY}/eks/aws-load-balancer-controller`,
      ingressClass: { params: { scheme: 'internal' } },
    },
    workloads: { services: [{ name: 'a', repository: {}, digest: DIGEST, paths: [{}] }] },
  },
  'the longest names': {
    ...base(),
    name: 'n'.repeat(16),
    project: 'p'.repeat(24),
    cluster: cluster({
      name: 'C'.repeat(100),
      compute: { nodeGroups: [{ name: 'g'.repeat(63) }] },
      adminHost: {},
      addons: { ebsCsiDriver: {} },
    }),
    loadBalancing: { type: 'controller', ingressClass: { name: 'c'.repeat(32) } },
    workloads: {
      services: [
        {
          name: 's'.repeat(50),
          image: 'x:1',
          permissions: [{ actions: ['sqs:*'], resources: ['arn:aws:sqs:*:*:q'] }],
        },
      ],
    },
  },
  'a class with everything': {
    ...base(),
    cluster: cluster({
      accessEntries: [
        {
          principalArn: 'arn:aws:iam::444455556666:user/team/jo@x.y',
          policies: [{ policy: 'AmazonEKSEditPolicy', namespaces: ['0team-*'] }],
        },
      ],
    }),
    loadBalancing: {
      type: 'controller',
      features: { wafv2AclName: true, certificateManagement: true, globalAccelerator: true },
      ingressClass: {
        params: {
          group: { name: '0shared.x' },
          sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
          certificateArn: [
            'arn:aws:acm:eu-west-1:111122223333:certificate/x',
            'arn:aws:iam::111122223333:server-certificate/x',
          ],
          wafv2AclArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/x/y',
          loadBalancerAttributes: [
            { key: 'access_logs.s3.enabled', value: 'true' },
            { key: 'access_logs.s3.bucket', value: 'logs' },
            { key: 'idle_timeout.timeout_seconds', value: '4000' },
          ],
        },
      },
    },
  },
  'hosts and all kinds of paths': {
    ...base(),
    tags: { 'Cost Center': 'Ünï 1/2' },
    cluster: cluster(),
    workloads: {
      services: [
        {
          name: 'a',
          image: 'ghcr.io/org/x_y.z:V1',
          host: '*.example.com',
          paths: [
            { path: '/a', pathType: 'Exact' },
            { path: '/a/', pathType: 'Exact' },
            { path: '/x/*', pathType: 'ImplementationSpecific' },
          ],
        },
        {
          name: 'b',
          image: `localhost:5000/x@${DIGEST}`,
          host: 'xn--bcher-kva.xn--p1ai',
          paths: [{}],
          resources: { cpu: '0.5', memory: '0.5Gi' },
        },
      ],
    },
  },
  'no services': { ...base(), cluster: cluster(), sample: false, workloads: { services: [] } },
};

it.each(Object.entries(RIGHT))('%s is right, and has four stacks', (_, input) => {
  const { environment, warnings } = parseEnvironment(reachable(input), TODAY);
  expect(warnings).toEqual([]);
  expect(stacksOf(environment).map(({ node }) => node.id.split('-').at(-1))).toEqual([
    'network',
    'cluster',
    'addons',
    'workloads',
  ]);
});
