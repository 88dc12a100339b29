import { describe, expect, it } from '@jest/globals';
import { environment } from '../support/environments';
import { one, problems, warnings } from '../support/problems';

const web = { name: 'web', image: 'x:1', paths: ['/'] };
const workloads = (more: object = {}) => ({ workloads: { services: [web], ...more } });
const service = (more: object) => ({ workloads: { services: [{ ...web, ...more }] } });
const cluster = (more: object) => ({
  cluster: { kind: 'new', administrators: ['arn:aws:iam::111122223333:role/admin'], ...more },
});
const paths = (found: readonly { readonly path: string }[]) => found.map(({ path }) => path);

describe('a mistake that shows twenty minutes later is refused', () => {
  const role = 'AWSReservedSSO_AdministratorAccess_1f9ff11932198c00';
  it.each([
    [
      'a dual-stack load balancer in IPv4 subnets',
      workloads({ ingress: { ipAddressType: 'dualstack' } }),
      'workloads.ingress.ipAddressType',
      /write 'ipv4'/,
    ],
    [
      'a group of Ingresses with Auto Mode',
      {
        ...workloads({ ingress: { group: { name: 'edge' } } }),
        ...cluster({ compute: { autoMode: {} } }),
        loadBalancing: { type: 'auto-mode' },
      },
      'workloads.ingress.group.name',
      /params\.group/,
    ],
    [
      'a role of IAM Identity Center without its path',
      { cluster: { kind: 'new', administrators: [`arn:aws:iam::111122223333:role/${role}`] } },
      'cluster.administrators.0',
      /aws-reserved\/sso\.amazonaws\.com/,
    ],
    [
      'a service-linked role',
      {
        cluster: {
          kind: 'new',
          administrators: [
            'arn:aws:iam::111122223333:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS',
          ],
        },
      },
      'cluster.administrators.0',
      /role or user/,
    ],
    [
      'one name for two load balancers',
      {
        workloads: {
          services: [{ ...web, networkLoadBalancer: { loadBalancerName: 'edge' } }],
          ingress: { loadBalancerName: 'edge' },
        },
      },
      'workloads.services.0.networkLoadBalancer.loadBalancerName',
      /another/,
    ],
    [
      'more CPU than any node has',
      service({ resources: { cpu: '8', memory: '128Mi' } }),
      'workloads.services.0.resources.cpu',
      /larger instance types/,
    ],
    [
      'the only node group at 0',
      cluster({ compute: { nodeGroups: [{ name: 'a', minSize: 0, desiredSize: 0 }] } }),
      'cluster.compute.nodeGroups.0.desiredSize',
      /2 or more/,
    ],
    [
      'a value that the chart does not have',
      { loadBalancing: { type: 'controller', extraValues: { logLvel: 'debug' } } },
      'loadBalancing.extraValues.logLvel',
      /'logLevel'/,
    ],
    [
      'labels of nodes where pods are targets',
      workloads({ ingress: { targetGroup: { nodeLabels: { a: 'b' } } } }),
      'workloads.ingress.targetGroup.nodeLabels',
      /instance/,
    ],
    [
      'listeners without any route',
      {
        workloads: {
          services: [{ name: 'web', image: 'x:1' }],
          ingress: { listeners: [{ port: 80, protocol: 'HTTP' }] },
        },
      },
      'workloads.ingress',
      /write paths/,
    ],
    [
      'root where the namespace is restricted',
      service({ securityContext: { runAsUser: 0 } }),
      'workloads.services.0.securityContext.runAsUser',
      /podSecurity/,
    ],
    [
      'a field that no pod has',
      service({ podSpec: { initContainers: [{ name: 'a' }] } }),
      'workloads.services.0.podSpec.initContainers',
      /'initContainer'/,
    ],
    [
      'names without the add-on that makes them',
      { ...service({ host: 'a.example.com' }), dns: { zone: 'example.com', records: 'external-dns' } },
      'dns.records',
      /externalDns: \{\}/,
    ],
  ])('%s', (_, fields, path, remedy) => {
    expect(problems(fields)).toEqual([{ ...(one(path, expect.anything(), remedy)[0] as object) }]);
  });
});

describe('what is rarely meant is told', () => {
  const oidc = {
    type: 'oidc',
    issuer: 'https://id.example.com',
    authorizationEndpoint: 'https://id.example.com/a',
    tokenEndpoint: 'https://id.example.com/t',
    userInfoEndpoint: 'https://id.example.com/u',
    secretName: 'login',
  };
  const https = {
    listeners: [{ port: 443, protocol: 'HTTPS' }],
    certificateArns: ['arn:aws:acm:eu-west-1:111122223333:certificate/x'],
  };
  it.each([
    [
      'protection of what may be destroyed',
      workloads({ ingress: { loadBalancerAttributes: { deletionProtection: true } } }),
      'workloads.ingress.loadBalancerAttributes.deletionProtection',
    ],
    [
      'security groups that nodes do not admit',
      workloads({ ingress: { securityGroups: ['sg-0123456789abcdef0'] } }),
      'workloads.ingress.securityGroups',
    ],
    [
      'a Secret in a namespace of the same apply',
      workloads({ ingress: { ...https, authentication: oidc } }),
      'workloads.ingress.authentication.secretName',
    ],
    ['more pods than nodes hold', service({ replicas: 900 }), 'workloads.services.0.replicas'],
    [
      'an add-on of another Kubernetes version',
      cluster({ addons: { coredns: { version: 'v1.9.3-eksbuild.1' } } }),
      'cluster.addons.coredns.version',
    ],
    [
      'a secret in clear',
      service({ environment: { DATABASE_PASSWORD: 'hunter2hunter2' } }),
      'workloads.services.0.environment.DATABASE_PASSWORD',
    ],
    [
      'an autoscaler without metrics',
      service({ autoscaling: { maxReplicas: 5 } }),
      'workloads.services.0.autoscaling',
    ],
  ])('%s', (_, fields, path) => {
    expect(problems(fields)).toEqual([]);
    expect(paths(warnings(fields as Parameters<typeof warnings>[0]))).toEqual([path]);
  });

  it('an API server that only the VPC reaches, unless there is a way', () => {
    const warned = (more: object) => paths(environmentWarnings(more));
    expect(warned({})).toEqual(['cluster.endpoint.publicAccess']);
    expect(warned({ adminHost: {} })).toEqual([]);
  });
  const environmentWarnings = (more: object) =>
    warnings({
      cluster: {
        kind: 'new',
        administrators: ['arn:aws:iam::111122223333:role/admin'],
        endpoint: {},
        ...more,
      },
    });
});

describe('what clusters have every day has a field', () => {
  it('shows a secret by its place alone', () => {
    expect(JSON.stringify(warnings(service({ environment: { API_TOKEN: 'tell-nobody' } })))).not.toContain(
      'tell-nobody',
    );
  });

  it('takes any add-on, the CNI with network policies, and images with drivers', () => {
    const made = environment({
      cluster: {
        kind: 'new',
        addons: {
          vpcCni: { prefixDelegation: true, networkPolicy: true },
          efsCsiDriver: {},
          snapshotController: {},
          others: { 'aws-guardduty-agent': {} },
        },
        compute: {
          nodeGroups: [{ name: 'gpu', amiFamily: 'AL2023_NVIDIA', instanceTypes: ['g5.2xlarge'] }],
        },
      },
    }).cluster;
    if (made.kind === 'existing') throw new Error('it is made here');
    expect(made.addons['vpc-cni']?.configuration).toEqual({
      enableNetworkPolicy: 'true',
      env: { ENABLE_PREFIX_DELEGATION: 'true', WARM_PREFIX_TARGET: '1' },
    });
    expect(Object.keys(made.addons)).toEqual(
      expect.arrayContaining(['aws-efs-csi-driver', 'snapshot-controller', 'aws-guardduty-agent']),
    );
    expect(made.addons['aws-efs-csi-driver']?.role?.serviceAccount).toBe('efs-csi-controller-sa');
    expect(made.compute.nodeGroups[0]?.amiType).toBe('AL2023_x86_64_NVIDIA');
  });

  it('routes to Services of others, in their own namespace where there is a group', () => {
    const { ingresses } = environment({
      workloads: {
        ingress: { group: { name: 'edge' } },
        services: [{ ...web, paths: ['/web'] }],
        externalServices: [
          { name: 'grafana', namespace: 'monitoring', ports: [{ port: 3000 }], paths: ['/grafana'] },
        ],
      },
    }).plan;
    expect(
      ingresses.map(({ manifest: { metadata, spec } }) => [
        metadata.namespace,
        spec.rules?.[0]?.http?.paths[0]?.backend.service,
      ]),
    ).toEqual([
      ['eks-ingress', { name: 'web', port: { number: 80 } }],
      ['monitoring', { name: 'grafana', port: { number: 3000 } }],
    ]);
  });

  it('gives HTTPS at a name of its own with one field', () => {
    const { ingresses, dns } = environment({
      ...service({ host: 'a.example.com' }),
      dns: { zone: 'example.com' },
    }).plan;
    expect(ingresses[0]?.entrance).toEqual({ protocol: 'HTTPS', port: 443 });
    expect(dns).toMatchObject({
      certificateHosts: ['a.example.com'],
      aliases: [{ hosts: ['a.example.com'] }],
    });
  });
});
