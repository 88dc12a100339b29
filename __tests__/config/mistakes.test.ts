import { describe, expect, it } from '@jest/globals';
import { one, problems, warnings } from '../support/problems';

const ADMIN = 'arn:aws:iam::111122223333:role/admin';
const cluster = (fields: object) => ({ cluster: { kind: 'new', administrators: [ADMIN], ...fields } });
const network = (fields: object) => ({ network: { kind: 'new', ...fields } });
const group = (fields: object) => cluster({ compute: { nodeGroups: [{ name: 'a', ...fields }] } });
const profile = (fields: object) => cluster({ compute: { fargateProfiles: [{ name: 'p', ...fields }] } });
const controller = (fields: object) => ({ loadBalancing: { type: 'controller', ...fields } });
const params = (fields: object) => controller({ ingressClass: { params: fields } });
const attribute = (key: string, value: string) => params({ loadBalancerAttributes: [{ key, value }] });
const service = (fields: object) => ({
  workloads: { services: [{ name: 'users', image: 'x:1', ...fields }] },
});
const path = (fields: object) => service({ paths: [fields] });
const open = (fields: object) => cluster({ endpoint: { publicAccess: true, ...fields } });
const entry = (fields: object) =>
  cluster({ accessEntries: [{ principalArn: 'arn:aws:iam::111122223333:role/x', ...fields }] });
const existing = (fields: object) => ({
  network: {
    kind: 'existing',
    vpcId: 'vpc-0123456789abcdef0',
    privateSubnetIds: ['subnet-0123456789abcdefa', 'subnet-0123456789abcdefb'],
    publicSubnetIds: ['subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'],
    ...fields,
  },
});
const accepted = (rule: string) => ({
  accepted: [{ rule, address: 'aws_vpc.vpc', until: '2027-01-01', why: 'a reason of ten letters' }],
});
const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/x';
const WEB_ACL = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/x/y';
const NODES = 'cluster.compute.nodeGroups.0';
const PARAMS = 'loadBalancing.ingressClass.params';
const SERVICE = 'workloads.services.0';
const GOV = 'arn:aws-us-gov:iam::111122223333:role/admin';

/** Environment with one mistake, the field at fault, its value, and what to write instead. */
type Mistake = [fields: Record<string, unknown>, path: string, value: unknown, remedy: RegExp];

/** One mistake each that AWS, Kubernetes or the controller would only refuse at apply, or never mention. */
describe('a mistake is refused', () => {
  it.each<Mistake>([
    [cluster({ serviceAccounts: [{}] }), 'cluster.serviceAccounts', [{}], /^write podRoles: \[/],
    [
      cluster({ managedNodeGroups: [] }),
      'cluster.managedNodeGroups',
      [],
      /^write cluster\.compute\.nodeGroups$/,
    ],
    [network({ ipFamily: 'ipv6' }), 'network.ipFamily', 'ipv6', /pods have IPv6 addresses are not supported/],
    [
      accepted('open-to-wrold'),
      'accepted.0.rule',
      'open-to-wrold',
      /^write 'open-to-world'; ids of security rules/,
    ],
    [accepted('Open-To-World'), 'accepted.0.rule', 'Open-To-World', /^write 'open-to-world'/],
    [accepted('everything'), 'accepted.0.rule', 'everything', /^write one of delete:protected, .*drift;/],
    [{ tags: { 'Cost#Center': 'x' } }, 'tags.Cost#Center', 'Cost#Center', /a tag key of letters/],
    [{ tags: { Team: 'a&b' } }, 'tags.Team', 'a&b', /a tag value of letters/],
    [{ tags: { '': 'x' } }, 'tags.', '', /at least one character/],
    [{ tags: { project: 'x' } }, 'tags.project', 'x', /another key/],
    [{ tags: { Team: 'x', team: 'y' } }, 'tags.team', 'y', /one of them/],
    [
      { tags: { 'elbv2.k8s.aws/cluster': 'x' } },
      'tags.elbv2.k8s.aws/cluster',
      'elbv2.k8s.aws/cluster',
      /another key/,
    ],
    [{ tags: { 'kubernetes.io/role/elb': '1' } }, 'tags.kubernetes.io/role/elb', '1', /^remove it/],
    [{ tags: { a: 1 } }, 'tags.a', 1, /^write '1', in quotes$/],
    [{ backend: { type: 'local', path: 'cdktf.out/x' } }, 'backend.path', 'cdktf.out/x', /other than cdktf/],
    [
      { backend: { type: 's3', bucket: 'My_Bucket', region: 'eu-west-1' } },
      'backend.bucket',
      'My_Bucket',
      /lower-case letters/,
    ],
    ...(['logs-s3alias', 'logs--ol-s3', 'amzn-s3-demo-logs'].map((bucket) => [
      { backend: { type: 's3', bucket, region: 'eu-west-1' } },
      'backend.bucket',
      bucket,
      /keeps some beginnings and ends/,
    ]) as Mistake[]),
    ...(['eu-west-9', 'cn-north-1'].map((region) => [
      { backend: { type: 's3', bucket: 'state', region } },
      'backend.region',
      region,
      /a Region of partition aws such as eu-west-1/,
    ]) as Mistake[]),
    [
      cluster({ addons: { ebsCsiDriver: { role: { policyArns: ['arn:aws-cn:iam::aws:policy/x'] } } } }),
      'cluster.addons.ebsCsiDriver.role.policyArns.0',
      'arn:aws-cn:iam::aws:policy/x',
      /begins with arn:aws:/,
    ],
    [
      cluster({
        addons: {
          vpcCni: { prefixDelegation: true, configuration: { env: { ENABLE_PREFIX_DELEGATION: 'false' } } },
        },
      }),
      'cluster.addons.vpcCni.configuration.env.ENABLE_PREFIX_DELEGATION',
      'false',
      /remove one of the two/,
    ],
    [
      cluster({
        addons: { vpcCni: { networkPolicy: true, configuration: { enableNetworkPolicy: 'false' } } },
      }),
      'cluster.addons.vpcCni.configuration.enableNetworkPolicy',
      'false',
      /remove one of the two/,
    ],
    [{ podRoles: [{ name: 'dns', namespace: 'dns' }] }, 'podRoles.0', 'dns', /write for, permissions/],
    [
      {
        podRoles: ['a', 'b'].map((name) => ({
          name,
          namespace: 'dns',
          serviceAccount: 'dns',
          for: 'external-dns',
        })),
      },
      'podRoles.1.serviceAccount',
      'dns/dns',
      /all permissions in one/,
    ],
    [
      {
        ...service({ permissions: [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::a/*'] }] }),
        podRoles: [{ name: 'users', namespace: 'eks-ingress', for: 'external-dns' }],
      },
      'podRoles.0.serviceAccount',
      'eks-ingress/users',
      /all permissions in one/,
    ],
    [
      {
        backend: { type: 's3', bucket: 'state', region: 'eu-west-1' },
        bootstrap: { apply: { permissionsBoundaryArn: 'arn:aws:iam::999988887777:policy/b' } },
      },
      'bootstrap.apply.permissionsBoundaryArn',
      'arn:aws:iam::999988887777:policy/b',
      /a policy of 111122223333/,
    ],
    [
      { backend: { type: 's3', bucket: 'state', region: 'Ireland' } },
      'backend.region',
      'Ireland',
      /such as eu-west-1/,
    ],
    [
      {
        backend: {
          type: 'hcp',
          execution: 'local',
          organization: 'example',
          hostname: 'https://tfe.example.com',
        },
      },
      'backend.hostname',
      'https://tfe.example.com',
      /such as app.terraform.io/,
    ],
    [
      { backend: { type: 'hcp', execution: 'local', organization: 'my org' } },
      'backend.organization',
      'my org',
      /name of an organization/,
    ],
    ...['latest', '^6.0', 'v6.25.0', '6.x', '> 5.0 < 7.0'].map((aws): Mistake => [
      { providers: { aws } },
      'providers.aws',
      aws,
      /a constraint such as ~> 6\.25/,
    ]),
    [{ sample: 'false' }, 'sample', 'false', /^write false, without quotes$/],
  ])('%j', (fields, where, value, remedy) => {
    expect(problems(fields)).toEqual(one(where, value, remedy));
  });

  it.each<Mistake>([
    [network({ interfaceEndpoints: ['sts', 'sts'] }), 'network.interfaceEndpoints.1', 'sts', /once/],
    [network({ gatewayEndpoints: ['s3', 's3'] }), 'network.gatewayEndpoints.1', 's3', /once/],
    [existing({ vpcId: 'vpc-012345678' }), 'network.vpcId', 'vpc-012345678', /such as vpc-/],
    [
      existing({ subnetCidrs: { 'subnet-0123456789abcdeff': '10.0.0.0/24' } }),
      'network.subnetCidrs.subnet-0123456789abcdeff',
      '10.0.0.0/24',
      /the id of a subnet of theirs/,
    ],
    [
      existing({ subnetCidrs: { 'subnet-0123456789abcdefa': '10.0.0.0/29' } }),
      'network.subnetCidrs.subnet-0123456789abcdefa',
      '10.0.0.0/29',
      /the subnet's own network/,
    ],
  ])('%j', (fields, where, value, remedy) => {
    expect(problems(fields)).toEqual(one(where, value, remedy));
  });

  it.each<Mistake>([
    [cluster({ kubernetesVersion: 1.35 }), 'cluster.kubernetesVersion', 1.35, /in quotes, such as '1\.36'/],
    [cluster({ administrators: ADMIN }), 'cluster.administrators', ADMIN, /^write a list: \["arn:/],
    [
      cluster({ administrators: [ADMIN, ADMIN.replace('/', '/team/')] }),
      'cluster.administrators.1',
      ADMIN.replace('/', '/team/'),
      /one entry/,
    ],
    [cluster({ logging: { types: ['api', 'api'] } }), 'cluster.logging.types.1', 'api', /once/],
    [
      { ...existing({}), cluster: { kind: 'existing', name: 'my cluster' } },
      'cluster.name',
      'my cluster',
      /letters, digits, hyphens/,
    ],
    [
      { production: true, ...open({ publicAccessCidrs: ['128.0.0.0/1'] }) },
      'cluster.endpoint.publicAccessCidrs.0',
      '128.0.0.0/1',
      /publicAccess: false/,
    ],
    [
      open({ publicAccessCidrs: ['10.0.0.0/8'] }),
      'cluster.endpoint.publicAccessCidrs.0',
      '10.0.0.0/8',
      /the public address/,
    ],
    [
      entry({ policies: [{ policy: 'AmazonEKSReadPolicy' }] }),
      'cluster.accessEntries.0.policies.0.policy',
      'AmazonEKSReadPolicy',
      /^write one of AmazonEKSAdminPolicy, .*AmazonEKSViewPolicy/,
    ],
    [
      entry({ policies: [{ policy: 'x/AmazonEKSViewPolicy' }] }),
      'cluster.accessEntries.0.policies.0.policy',
      'x/AmazonEKSViewPolicy',
      /^write 'AmazonEKSViewPolicy'$/,
    ],
    [
      entry({ policies: [{ policy: 'AmazonEKSViewPolicy' }, { policy: 'AmazonEKSViewPolicy' }] }),
      'cluster.accessEntries.0.policies.1.policy',
      'AmazonEKSViewPolicy',
      /once/,
    ],
    [
      cluster({ addons: { kubeProxy: { version: 'v1.37.0-eksbuild.1' } } }),
      'cluster.addons.kubeProxy.version',
      'v1.37.0-eksbuild.1',
      /begins with v1\.36\./,
    ],
  ])('%j', (fields, where, value, remedy) => {
    expect(problems(fields)).toEqual(one(where, value, remedy));
  });

  it.each<Mistake>([
    [group({ instanceTypes: 't3.medium' }), `${NODES}.instanceTypes`, 't3.medium', /list: \["t3\.medium"\]/],
    [group({ instanceTypes: ['t3.large', 't3.large'] }), `${NODES}.instanceTypes.1`, 't3.large', /once/],
    [
      group({ architecture: 'arm64', instanceTypes: ['a1.large'] }),
      `${NODES}.instanceTypes.0`,
      'a1.large',
      /'t4g\.medium'/,
    ],
    ...['kubernetes.io/role', 'node-role.kubernetes.io/x', 'eks.amazonaws.com/x', 'k8s.io/x'].map(
      (key): Mistake => [group({ labels: { [key]: 'x' } }), `${NODES}.labels.${key}`, 'x', /of your own/],
    ),
    [group({ labels: { team: '' } }), `${NODES}.labels.team`, '', /'true'/],
    [
      group({ taints: [{ key: 'a b', effect: 'PREFER_NO_SCHEDULE' }] }),
      `${NODES}.taints.0.key`,
      'a b',
      /such as app/,
    ],
    [
      group({ taints: [{ key: 'a', value: 'b c', effect: 'PREFER_NO_SCHEDULE' }] }),
      `${NODES}.taints.0.value`,
      'b c',
      /at most 63 letters/,
    ],
    [
      group({ taints: ['x', 'y'].map((value) => ({ key: 'a', value, effect: 'PREFER_NO_SCHEDULE' })) }),
      `${NODES}.taints.1`,
      { key: 'a', value: 'y', effect: 'PREFER_NO_SCHEDULE' },
      /another key/,
    ],
    [
      group({ taints: [{ key: 'a', effect: 'NO_EXECUTE' }] }),
      'cluster.compute.nodeGroups',
      ['a'],
      /a group without taints/,
    ],
    [
      profile({ selectors: [{ namespace: 'kube-system' }] }),
      'cluster.compute.fargateProfiles',
      ['kube-system'],
      /\{ namespace: 'eks-ingress' \}, \{ namespace: 'game-2048' \} too/,
    ],
    [
      profile({ selectors: [{ namespace: 'My_App' }] }),
      'cluster.compute.fargateProfiles.0.selectors.0.namespace',
      'My_App',
      /such as team-\*/,
    ],
    [
      profile({ name: 'eks-x', selectors: [{ namespace: '*' }] }),
      'cluster.compute.fargateProfiles.0.name',
      'eks-x',
      /does not begin with eks-/,
    ],
    [
      { ...cluster({ compute: { autoMode: { nodePools: ['gpu'] } } }), loadBalancing: { type: 'auto-mode' } },
      'cluster.compute.autoMode.nodePools.0',
      'gpu',
      /'general-purpose' or 'system'/,
    ],
  ])('%j', (fields, where, value, remedy) => {
    expect(problems(fields)).toEqual(one(where, value, remedy));
  });

  it.each<Mistake>([
    [controller({ release: '3.5' }), 'loadBalancing.release', '3.5', /^write '3\.5\.0'; or release/],
    [controller({ release: 'v3.5.0' }), 'loadBalancing.release', 'v3.5.0', /^write '3\.5\.0'; or release/],
    [controller({ release: '1.17.1' }), 'loadBalancing.release', '1.17.1', /^write '2\.17\.1'; or release/],
    [
      controller({ release: '3.6.0' }),
      'loadBalancing.release',
      '3.6.0',
      /^write one of …, .*3\.5\.0; or release/,
    ],
    [
      controller({
        features: { certificateManagement: true },
        featureGates: { EnableCertificateManagement: false },
      }),
      'loadBalancing.featureGates.EnableCertificateManagement',
      false,
      /switch the feature off/,
    ],
    [
      {
        region: 'us-gov-west-1',
        cluster: { kind: 'new', administrators: [GOV] },
        ...controller({ features: { globalAccelerator: true } }),
      },
      'loadBalancing.features.globalAccelerator',
      true,
      /^write false$/,
    ],
    [
      controller({ extraValues: { replicaCount: 3 } }),
      'loadBalancing.extraValues.replicaCount',
      3,
      /loadBalancing\.replicas instead/,
    ],
    [
      controller({ extraValues: { enableShield: 'false' } }),
      'loadBalancing.extraValues.enableShield',
      'false',
      /^write false, without quotes$/,
    ],
    [
      controller({ chartRepository: 'aws.github.io/eks-charts' }),
      'loadBalancing.chartRepository',
      'aws.github.io/eks-charts',
      /https:\/\/ or oci:\/\//,
    ],
    [
      controller({ imageRepository: 'example.com/lbc:v3.5.0' }),
      'loadBalancing.imageRepository',
      'example.com/lbc:v3.5.0',
      /without its tag/,
    ],
    [controller({ replicas: '2' }), 'loadBalancing.replicas', '2', /^write 2, without quotes$/],
    [controller({ resources: { cpu: '1Gi' } }), 'loadBalancing.resources.cpu', '1Gi', /250m or 1$/],
    [controller({ resources: { memory: '9m' } }), 'loadBalancing.resources.memory', '9m', /128Mi or 1Gi$/],
    [
      params({ ipAddressType: 'dualstack' }),
      `${PARAMS}.ipAddressType`,
      'dualstack',
      /ipFamily: 'dual-stack'/,
    ],
    [params({ group: { name: 'My Group' } }), `${PARAMS}.group.name`, 'My Group', /lower-case/],
    [params({ inboundCIDRs: ['10.0.0.0'] }), `${PARAMS}.inboundCIDRs.0`, '10.0.0.0', /10\.0\.0\.0\/32/],
    [params({ inboundCIDRs: ['10.0.0.1/8'] }), `${PARAMS}.inboundCIDRs.0`, '10.0.0.1/8', /10\.0\.0\.0\/8/],
    [params({ sslPolicy: 'TLS13' }), `${PARAMS}.sslPolicy`, 'TLS13', /such as 'ELBSecurityPolicy-/],
    [
      params({ sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-6' }),
      `${PARAMS}.sslPolicy`,
      'ELBSecurityPolicy-TLS13-1-2-2021-6',
      /^write 'ELBSecurityPolicy-TLS13-1-2-2021-06'$/,
    ],
    ...['arn:aws:s3:eu-west-1:111122223333:x/y', CERTIFICATE.replace('1111', '9999')].map((arn): Mistake => [
      params({ certificateArn: [arn] }),
      `${PARAMS}.certificateArn.0`,
      arn,
      /acm:eu-west-1:111122223333:certificate/,
    ]),
    ...['wafv2:eu-west-1:111122223333:global/webacl/x/y', 'waf-regional:eu-west-1:111122223333:webacl/x'].map(
      (end): Mistake => [
        params({ wafv2AclArn: `arn:aws:${end}` }),
        `${PARAMS}.wafv2AclArn`,
        `arn:aws:${end}`,
        /regional\/webacl\/name\/id/,
      ],
    ),
    [
      {
        ...cluster({ compute: { autoMode: {} } }),
        loadBalancing: { type: 'auto-mode', ingressClass: { params: { wafv2AclArn: WEB_ACL } } },
      },
      `${PARAMS}.wafv2AclArn`,
      WEB_ACL,
      /webAcl: \{ arn \} on Ingresses/,
    ],
    [
      attribute('idle_timeout', '60'),
      `${PARAMS}.loadBalancerAttributes.0.key`,
      'idle_timeout',
      /idle_timeout\.timeout_seconds/,
    ],
    [
      attribute('idle_timeout.timeout_seconds', '5000'),
      `${PARAMS}.loadBalancerAttributes.0.value`,
      '5000',
      /from 1 to 4000/,
    ],
    [
      attribute('idle_timeout.timeout_seconds', '1m'),
      `${PARAMS}.loadBalancerAttributes.0.value`,
      '1m',
      /from 1 to 4000/,
    ],
    [
      attribute('deletion_protection.enabled', 'yes'),
      `${PARAMS}.loadBalancerAttributes.0.value`,
      'yes',
      /^write 'true' or 'false'$/,
    ],
    [
      attribute('access_logs.s3.enabled', 'true'),
      `${PARAMS}.loadBalancerAttributes.0.key`,
      'access_logs.s3.enabled',
      /access_logs\.s3\.bucket/,
    ],
    [params({ tags: [{ key: 'aws:x', value: 'y' }] }), `${PARAMS}.tags.0.key`, 'aws:x', /another key/],
    [
      params({ tags: ['x', 'y'].map((value) => ({ key: 'a', value })) }),
      `${PARAMS}.tags.1.key`,
      'a',
      /each key once/,
    ],
  ])('%j', (fields, where, value, remedy) => {
    expect(problems(fields)).toEqual(one(where, value, remedy));
  });

  it.each<Mistake>([
    ...['my image:1', 'https://x/y:1', 'x/Y:1', 'x:1:2', 'nginx:', 'x@sha256:abc'].map((image): Mistake => [
      service({ image }),
      `${SERVICE}.image`,
      image,
      /example\.com\/team\/app/,
    ]),
    ...['/a b', '/a?b=1#c', '/{id}', '/%20'].map((each): Mistake => [
      path({ path: each }),
      `${SERVICE}.paths.0.path`,
      each,
      /letters, digits/,
    ]),
    ...['/a//b', '/a/../b', '/a/.'].map((each): Mistake => [
      path({ path: each }),
      `${SERVICE}.paths.0.path`,
      each,
      /without \/\//,
    ]),
    [path({ path: `/${'a'.repeat(126)}` }), `${SERVICE}.paths.0.path`, `/${'a'.repeat(126)}`, /at most 126/],
    [path({ path: '/api/*' }), `${SERVICE}.paths.0.path`, '/api/*', /^write '\/api', which as Prefix/],
    [service({ host: '10.0.0.1', paths: [{}] }), `${SERVICE}.host`, '10.0.0.1', /a DNS name/],
    [service({ host: 'a.example.com' }), `${SERVICE}.host`, 'a.example.com', /paths: \[\{\}\]/],
    [service({ healthPath: '/he alth' }), `${SERVICE}.healthPath`, '/he alth', /without spaces/],
    [service({ resources: { memory: '128' } }), `${SERVICE}.resources.memory`, '128', /with its unit/],
    [service({ resources: { memory: '128m' } }), `${SERVICE}.resources.memory`, '128m', /with its unit/],
    [
      service({ labels: { 'app.kubernetes.io/name': 'x' } }),
      `${SERVICE}.labels.app.kubernetes.io/name`,
      'x',
      /another label/,
    ],
  ])('%j', (fields, where, value, remedy) => {
    expect(problems(fields)).toEqual(one(where, value, remedy));
  });
});

describe('without NAT', () => {
  const endpoints = ['ec2', 'ecr.api', 'ecr.dkr', 'eks', 'sts', 'elasticloadbalancing'];
  const isolated = network({ nat: 'none', interfaceEndpoints: endpoints });

  it('refuses what needs the Internet', () => {
    const limited = { publicAccess: true, privateAccess: false, publicAccessCidrs: ['203.0.113.0/24'] };
    expect(problems({ ...isolated, ...cluster({ endpoint: limited }) })).toEqual(
      one('cluster.endpoint.privateAccess', false, /nat: 'single'/),
    );
    expect(problems({ ...isolated, ...cluster({ adminHost: {} }) })).toEqual(
      one('cluster.adminHost', { instanceType: 't4g.micro' }, /nat: 'single'/),
    );
  });

  it('warns of images that nodes could not pull', () => {
    const paths = (fields: object) =>
      warnings({ ...isolated, ...fields } as Parameters<typeof warnings>[0]).map(({ path: where }) => where);
    expect(paths(service({}))).toEqual(['loadBalancing.imageRepository', 'sample', `${SERVICE}.image`]);
    const repository = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/x';
    expect(
      paths({
        sample: false,
        ...controller({ imageRepository: repository }),
        ...service({ image: `${repository}:1` }),
      }),
    ).toEqual([]);
  });
});

/** What works, though rarely as it is meant. */
it.each<[Record<string, unknown>, string]>([
  [group({ instanceTypes: ['g5.xlarge'] }), `${NODES}.instanceTypes.0`],
  [group({ instanceTypes: ['t3.micro'], desiredSize: 6, maxSize: 6 }), `${NODES}.instanceTypes.0`],
  [
    {
      ...cluster({ compute: { autoMode: { nodePools: ['system'] } } }),
      loadBalancing: { type: 'auto-mode' },
    },
    'cluster.compute.autoMode.nodePools',
  ],
  [open({ privateAccess: false, publicAccessCidrs: ['203.0.113.0/24'] }), 'cluster.endpoint.privateAccess'],
  [service({ image: 'nginx' }), `${SERVICE}.image`],
  [service({ image: 'localhost:5000/nginx' }), `${SERVICE}.image`],
  [service({ image: 'nginx:latest' }), `${SERVICE}.image`],
  [
    {
      workloads: {
        ingress: { certificateArns: [CERTIFICATE], listeners: [{ port: 80, protocol: 'HTTP' }] },
        services: [{ name: 'users', image: 'x:1', paths: ['/'] }],
      },
    },
    'workloads.ingress.certificateArns',
  ],
])('warns of %j', (fields, where) => {
  expect(problems(fields)).toEqual([]);
  expect(warnings(fields)).toMatchObject([{ path: where }]);
});

it.each([
  [100, {}, []],
  [101, {}, ['101 rules beside the default ones, the quota is 100', '101 target groups, the quota is 100']],
  [101, { rulesPerLoadBalancer: 200 }, ['101 target groups, the quota is 100']],
  [101, { rulesPerLoadBalancer: 200, targetGroupsPerLoadBalancer: 200 }, []],
])('%i paths to as many services of one load balancer, with quotas %j', (length, quotas, reasons) => {
  const services = Array.from({ length }, (_, index) => ({
    name: `s${index}`,
    image: 'x:1',
    paths: [{ path: `/${index}` }],
  }));
  const found = problems({ quotas, workloads: { services } });
  expect(found.map(({ path }) => path)).toEqual(reasons.map(() => 'workloads.services'));
  reasons.forEach((reason, index) => {
    expect(found[index]?.reason).toContain(reason);
  });
});
