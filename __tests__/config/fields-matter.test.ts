import { describe, expect, it } from '@jest/globals';
import { type TerraformStack, Testing } from 'cdktf';
import { type z } from 'zod';
import { parseEnvironment } from '../../config';
import { awsEnvironment } from '../../config/schema/environment';
import { TODAY } from '../support/environments';
import { stacksOf } from '../support/stacks';
import {
  ADDON_BASE,
  ADDON_CHANGES,
  OTHER_ADDONS,
  PLATFORM_BASE,
  PLATFORM_CHANGES,
  POD_CHANGES,
  POD_SERVICE,
} from './pod-fields';
import { LOAD_BALANCER_CHANGES, LOAD_BALANCER_SERVICES } from './load-balancer-fields';

/** Fields that no stack shows, and why they are there. */
const UNSEEN: Readonly<Record<string, string>> = {
  kind: 'tells it from an environment that is not of AWS',
  'network[existing].cidr': 'lets overlaps be found before apply',
  'network[existing].subnetCidrs': 'lets overlaps and small subnets be found before apply',
  'loadBalancing[auto-mode].ingressClass.params.sslRedirectPort':
    'refused: Auto Mode takes it from Ingresses only',
  'loadBalancing[auto-mode].ingressClass.params.wafv2AclArn':
    'refused: Auto Mode takes it from Ingresses only',
  'loadBalancing[auto-mode].ingressClass.params.wafv2AclName':
    'refused: Auto Mode takes it from Ingresses only',
  ...Object.fromEntries(
    ['protocol', 'port', 'listenerAttributes.0.key', 'listenerAttributes.0.value'].map((field) => [
      `loadBalancing[auto-mode].ingressClass.params.listeners.0.${field}`,
      'refused: Auto Mode sets no attributes of listeners',
    ]),
  ),
  'cluster[existing].kubernetesVersion': "lets the controller's lowest version be checked",
  'accepted.0.rule': 'is for reports',
  'accepted.0.address': 'is for reports',
  'accepted.0.until': 'is for reports',
  'accepted.0.why': 'is for reports',
  'backend[hcp].execution': 'lets what has no way to the cluster where Terraform runs be refused',
  'workloads.externalServices.0.type': 'lets what its load balancer asks of it be judged',
  'workloads.externalServices.0.annotations': 'lets what its load balancer reads be judged',
  'workloads.externalServices.0.ports.0.name': 'lets routes and health checks name the port',
  'loadBalancing[controller].release.version': 'lets the doctor know which image is to run',
  'quotas.rulesPerLoadBalancer': 'lets more rules pass',
  'quotas.certificatesPerLoadBalancer': 'lets more certificates pass',
  'quotas.targetsPerLoadBalancer': 'lets more pods pass',
  'quotas.listenersPerLoadBalancer': 'lets more listeners pass',
  'quotas.targetGroupsPerLoadBalancer': 'lets more target groups pass',
};

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/x';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/x';
const POLICIES = '__tests__/reference/controller/policies';
const DIGEST = `sha256:${'0'.repeat(64)}`;
const classes = (more = {}) => ({
  params: {
    group: { name: 'x' },
    loadBalancerAttributes: [{ key: 'access_logs.s3.prefix', value: 'x' }],
    namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['x'] }] },
    listeners: [
      {
        protocol: 'HTTP',
        port: 80,
        listenerAttributes: [{ key: 'routing.http.response.server.enabled', value: 'true' }],
      },
    ],
    ...more,
  },
});
const plain = { name: 'test', account: '111122223333', region: 'eu-west-1' };

/** Environments to change a field of, each with the lists and switches that fields are in. */
const BASES = {
  plain,
  new: {
    ...plain,
    backend: { type: 'local' },
    network: { kind: 'new', flowLogs: {} },
    cluster: {
      kind: 'new',
      endpoint: { publicAccess: true, publicAccessCidrs: ['203.0.113.0/24'] },
      accessEntries: [
        {
          principalArn: 'arn:aws:iam::111122223333:role/a',
          kubernetesGroups: ['a'],
          policies: [{ policy: 'AmazonEKSViewPolicy' }],
        },
      ],
      compute: {
        nodeGroups: [{ name: 'a', taints: [{ key: 'a', effect: 'PREFER_NO_SCHEDULE' }] }],
        fargateProfiles: [{ name: 'a', selectors: [{ namespace: 'a' }] }],
      },
      addons: { ebsCsiDriver: {}, metricsServer: {} },
      adminHost: {},
    },
    loadBalancing: { type: 'controller', ingressClass: classes({ tags: [{ key: 'a', value: 'x' }] }) },
    workloads: {
      services: [
        {
          name: 'a',
          image: 'x:1',
          repository: {},
          paths: [{ path: '/a' }],
          permissions: [{ actions: ['s3:GetObject'], resources: ['*'] }],
        },
      ],
    },
  },
  s3: { ...plain, backend: { type: 's3', bucket: 'state-of-ours', region: 'eu-west-1' } },
  hcp: { ...plain, backend: { type: 'hcp', organization: 'example', execution: 'local' } },
  hcpRuns: {
    ...plain,
    backend: { type: 'hcp', organization: 'example' },
    cluster: { kind: 'new', endpoint: { publicAccess: true, publicAccessCidrs: ['0.0.0.0/0'] } },
    clusterCredentials: { type: 'hcp-dynamic' },
  },
  bootstrapS3: {
    ...plain,
    backend: { type: 's3', bucket: 'state-of-ours', region: 'eu-west-1' },
    bootstrap: {
      stateBucket: {},
      github: { repository: 'example/platform', ids: { owner: 1234, repository: 5678 } },
    },
  },
  bootstrapHcp: {
    ...plain,
    backend: { type: 'hcp', organization: 'example', project: 'Platform', execution: 'agent' },
    clusterCredentials: { type: 'hcp-dynamic' },
    bootstrap: { workspaces: { agentPoolId: 'apool-ZjT6A7mVFm5WHT5a' } },
  },
  ownRelease: {
    ...plain,
    loadBalancing: {
      type: 'controller',
      release: { version: '3.6.0', chart: '3.6.0', policy: `${POLICIES}/iam_policy.json` },
    },
  },
  digest: { ...plain, workloads: { services: [{ name: 'a', repository: {}, digest: DIGEST }] } },
  existing: {
    ...plain,
    network: {
      kind: 'existing',
      vpcId: 'vpc-01234567',
      privateSubnetIds: ['subnet-0123456a', 'subnet-0123456b'],
      publicSubnetIds: ['subnet-0123456c', 'subnet-0123456d'],
    },
    cluster: { kind: 'existing', name: 'x' },
  },
  ownInExisting: {
    ...plain,
    network: {
      kind: 'existing',
      vpcId: 'vpc-01234567',
      privateSubnetIds: ['subnet-0123456a', 'subnet-0123456b'],
      publicSubnetIds: ['subnet-0123456c', 'subnet-0123456d'],
    },
    cluster: { kind: 'new', compute: { nodeGroups: [{ name: 'a' }] } },
  },
  auto: {
    ...plain,
    cluster: { kind: 'new', compute: { autoMode: {} } },
    loadBalancing: {
      type: 'auto-mode',
      ingressClass: classes({ listeners: undefined, tags: [{ key: 'a', value: 'x' }] }),
    },
  },
  pods: { ...plain, workloads: { services: [POD_SERVICE] } },
  addons: { ...plain, ...ADDON_BASE },
  platform: { ...plain, ...PLATFORM_BASE },
  nlb: { ...plain, workloads: { services: [LOAD_BALANCER_SERVICES.nlb] } },
  alb: { ...plain, workloads: { services: [LOAD_BALANCER_SERVICES.alb] } },
  binding: { ...plain, workloads: { services: [LOAD_BALANCER_SERVICES.binding] } },
} as const;
type Base = keyof typeof BASES;

const params = (type: 'controller' | 'auto-mode'): Record<string, unknown> => {
  const prefix = `loadBalancing[${type}].ingressClass`;
  const path = `${prefix}.params`;
  return {
    [`${prefix}.name`]: 'other',
    [`${prefix}.isDefault`]: true,
    [`${path}.scheme`]: 'internal',
    [`${path}.ipAddressType`]: 'ipv4',
    [`${path}.group.name`]: 'other',
    [`${path}.inboundCIDRs`]: ['10.0.0.0/8'],
    [`${path}.sslPolicy`]: 'ELBSecurityPolicy-2016-08',
    [`${path}.certificateArn`]: [CERTIFICATE],
    [`${path}.wafv2AclArn`]: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/x/y',
    [`${path}.targetType`]: 'ip',
    [`${path}.loadBalancerAttributes.0.key`]: 'connection_logs.s3.prefix',
    [`${path}.loadBalancerAttributes.0.value`]: 'other',
    [`${path}.namespaceSelector.matchLabels`]: [{ team: 'y' }, 'workloads.namespaceLabels', { team: 'y' }],
    [`${path}.namespaceSelector.matchExpressions.0.key`]: 'other',
    [`${path}.namespaceSelector.matchExpressions.0.operator`]: [
      'In',
      'workloads.namespaceLabels',
      { team: 'x' },
    ],
    [`${path}.namespaceSelector.matchExpressions.0.values`]: ['other'],
    [`${path}.loadBalancerName`]: 'other',
    [`${path}.subnets`]: { tags: { Tier: ['lb'] } },
    [`${path}.subnets.ids`]: ['subnet-0123456a', 'subnet-0123456b'],
    [`${path}.subnets.tags`]: { Tier: ['other'] },
    [`${path}.prefixListsIDs`]: ['pl-0123456789abcdef0'],
    [`${path}.sslRedirectPort`]: [
      '443',
      'workloads.ingress',
      { listeners: [{ port: 443, protocol: 'HTTPS' }], certificateArns: [CERTIFICATE] },
    ],
    [`${path}.wafv2AclName`]: 'other',
    [`${path}.listeners.0.protocol`]: 'HTTPS',
    [`${path}.listeners.0.port`]: 8080,
    [`${path}.listeners.0.listenerAttributes.0.key`]: 'routing.http.response.x_frame_options.header_value',
    [`${path}.listeners.0.listenerAttributes.0.value`]: 'false',
    [`${path}.minimumLoadBalancerCapacity.capacityUnits`]: 100,
    [`${path}.ipamConfiguration.ipv4IPAMPoolId`]: 'ipam-pool-0123456789abcdef0',
    [`${path}.tags.0.key`]: 'b',
    [`${path}.tags.0.value`]: 'other',
  };
};
const autoModeParams = Object.fromEntries(
  Object.entries(params('auto-mode')).filter(
    ([path]) => !/\.(wafv2Acl(Arn|Name)$|sslRedirectPort$|listeners)/.test(path),
  ),
);

/** Another right value of each field, by the base that it is changed in. */
const CHANGES: Readonly<Record<Base, Readonly<Record<string, unknown>>>> = {
  plain: {
    project: 'other',
    name: 'other',
    production: true,
    preventDestroy: true,
    account: '999988887777',
    region: 'eu-west-2',
    'backend.type': ['hcp', 'backend.organization', 'example', 'backend.execution', 'local'],
    'clusterCredentials.type': 'token',
    'network.kind': [
      'existing',
      'network.vpcId',
      'vpc-01234567',
      'network.privateSubnetIds',
      ['subnet-0123456a', 'subnet-0123456b'],
      'network.publicSubnetIds',
      ['subnet-0123456c', 'subnet-0123456d'],
    ],
    tags: { Team: 'x' },
    podIdentity: 'pod-identity',
    sample: false,
    'cluster[new].kmsKeyArn': KEY,
    'cluster[new].adminHost': {},
    'cluster[new].compute.nodeGroups.0.instanceTypes': ['m7i.large'],
    'providers.aws': '6.24.0',
    'providers.kubernetes': '2.37.0',
    'providers.helm': '3.1.0',
    'workloads.namespace': 'other',
    'workloads.namespaceLabels': { team: 'x' },
    'workloads.ingress': { scheme: 'internal' },
  },
  new: {
    'backend[local].path': 'other',
    'network[new].cidr': '10.1.0.0/16',
    'network[new].zones': 3,
    'network[new].nat': 'per-zone',
    'network[new].ipFamily': 'dual-stack',
    'network[new].gatewayEndpoints': [],
    'network[new].interfaceEndpoints': ['sts'],
    'network[new].flowLogs': false,
    'network[new].flowLogs.retentionDays': 7,
    'network[new].flowLogs.kmsKeyArn': KEY,
    'network[new].flowLogs.trafficType': 'REJECT',
    'cluster[new].name': 'other',
    'cluster[new].kubernetesVersion': '1.35',
    'cluster[new].endpoint.publicAccess': [false, 'cluster.endpoint.publicAccessCidrs', []],
    'cluster[new].endpoint.publicAccessCidrs': ['198.51.100.0/24'],
    'cluster[new].endpoint.privateAccess': false,
    'cluster[new].administrators': ['arn:aws:iam::111122223333:role/b'],
    'cluster[new].accessEntries.0.principalArn': 'arn:aws:iam::111122223333:role/b',
    'cluster[new].accessEntries.0.kubernetesGroups': ['b'],
    'cluster[new].accessEntries.0.policies.0.policy': 'AmazonEKSEditPolicy',
    'cluster[new].accessEntries.0.policies.0.namespaces': ['b'],
    'cluster[new].logging.types': ['api'],
    'cluster[new].logging.retentionDays': 7,
    'cluster[new].upgradePolicy': 'EXTENDED',
    'cluster[new].deletionProtection': true,
    'cluster[new].zonalShift': true,
    'cluster[new].serviceIpv4Cidr': '172.20.0.0/16',
    'cluster[new].compute.nodeGroups.0.name': 'b',
    'cluster[new].compute.nodeGroups.0.capacityType': 'SPOT',
    'cluster[new].compute.nodeGroups.0.amiFamily': 'BOTTLEROCKET',
    'cluster[new].compute.nodeGroups.0.architecture': 'arm64',
    'cluster[new].compute.nodeGroups.0.minSize': 0,
    'cluster[new].compute.nodeGroups.0.desiredSize': 3,
    'cluster[new].compute.nodeGroups.0.maxSize': 9,
    'cluster[new].compute.nodeGroups.0.diskSizeGib': 99,
    'cluster[new].compute.nodeGroups.0.labels': { a: 'b' },
    'cluster[new].compute.nodeGroups.0.taints.0.key': 'b',
    'cluster[new].compute.nodeGroups.0.taints.0.value': 'b',
    'cluster[new].compute.nodeGroups.0.taints.0.effect': [
      'NO_EXECUTE',
      'cluster.compute.fargateProfiles.0.selectors.0.namespace',
      '*',
    ],
    'cluster[new].compute.fargateProfiles.0.name': 'b',
    'cluster[new].compute.fargateProfiles.0.selectors.0.namespace': 'b',
    'cluster[new].compute.fargateProfiles.0.selectors.0.labels': { a: 'b' },
    'cluster[new].adminHost.instanceType': 't4g.large',
    'loadBalancing[controller].release': '2.17.1',
    'loadBalancing[controller].replicas': 3,
    'loadBalancing[controller].features.wafv2AclName': true,
    'loadBalancing[controller].features.certificateManagement': true,
    'loadBalancing[controller].features.globalAccelerator': true,
    'loadBalancing[controller].featureGates': { NLBGatewayAPI: true },
    'loadBalancing[controller].resources.cpu': '1',
    'loadBalancing[controller].resources.memory': '1Gi',
    'loadBalancing[controller].restrictSecurityGroupsToVpc': false,
    'loadBalancing[controller].extraValues': { logLevel: 'debug' },
    'loadBalancing[controller].chartRepository': 'oci://example.com/charts',
    'loadBalancing[controller].imageRepository': 'example.com/x',
    ...params('controller'),
    'workloads.services.0.name': 'b',
    'workloads.services.0.image': 'x:2',
    'workloads.services.0.repository': false,
    'workloads.services.0.repository.expireUntaggedAfterDays': 1,
    'workloads.services.0.repository.keepTaggedImages': 1,
    'workloads.services.0.port': 9000,
    'workloads.services.0.replicas': 5,
    'workloads.services.0.command': ['x'],
    'workloads.services.0.args': ['x'],
    'workloads.services.0.paths.0.path': '/b',
    'workloads.services.0.paths.0.pathType': 'Exact',
    'workloads.services.0.paths.0.conditions': [{ field: 'source-ip', values: ['10.0.0.0/8'] }],
    'workloads.services.0.paths.0.transforms': [
      { type: 'url-rewrite', rewrites: [{ regex: '^/a', replace: '/b' }] },
    ],
    'workloads.services.0.ingress': { scheme: 'internal' },
    'workloads.services.0.alb': { tags: { a: 'b' } },
    'workloads.services.0.host': 'a.example.com',
    'workloads.services.0.resources.cpu': '1',
    'workloads.services.0.resources.memory': '1Gi',
    'workloads.services.0.healthPath': '/health',
    'workloads.services.0.environment': { A: 'b' },
    'workloads.services.0.permissions.0.actions': ['s3:PutObject'],
    'workloads.services.0.permissions.0.resources': ['arn:aws:s3:::x'],
    'workloads.services.0.labels': { a: 'b' },
  },
  s3: {
    'backend[s3].bucket': 'state-of-others',
    'backend[s3].region': 'eu-west-2',
    'backend[s3].kmsKeyArn': KEY,
    'backend[s3].roleArn': 'arn:aws:iam::111122223333:role/state',
  },
  hcp: {
    'backend[hcp].organization': 'other',
    'backend[hcp].project': 'Other',
    'backend[hcp].hostname': 'tfe.example.com',
  },
  hcpRuns: {
    'clusterCredentials[hcp-dynamic].audience': 'other',
    'clusterCredentials[hcp-dynamic].identityProvider': 'existing',
    'clusterCredentials[hcp-dynamic].usernamePrefix': 'other:',
  },
  bootstrapS3: {
    'bootstrap.stateBucket': false,
    'bootstrap.stateBucket.expireOldVersionsAfterDays': 7,
    'bootstrap.stateBucket.keepOldVersions': 3,
    'bootstrap.github.repository': 'example/other',
    'bootstrap.github.ids.owner': 4321,
    'bootstrap.github.ids.repository': 8765,
    'bootstrap.github.oidcProvider': 'existing',
    'bootstrap.github.plan': [{ branch: 'main' }],
    'bootstrap.github.apply': [{ branch: 'main' }],
    'bootstrap.apply.policyArns': ['arn:aws:iam::aws:policy/AdministratorAccess'],
    'bootstrap.apply.permissionsBoundaryArn': 'arn:aws:iam::111122223333:policy/boundary',
  },
  bootstrapHcp: {
    'bootstrap.workspaces.agentPoolId': 'apool-ZjT6A7mVFm5WHT5b',
    'bootstrap.workspaces.terraformVersion': '1.13.5',
    'bootstrap.workspaces.project': 'existing',
    'bootstrap.workspaces.oidcProvider': 'existing',
  },
  ownRelease: {
    'loadBalancing[controller].release.chart': '3.6.1',
    'loadBalancing[controller].release.policy': `${POLICIES}/iam_policy_cn.json`,
    'loadBalancing[controller].release.crds': '__tests__/config/definitions.yaml',
  },
  digest: { 'workloads.services.0.digest': `sha256:${'1'.repeat(64)}` },
  ...LOAD_BALANCER_CHANGES,
  ownInExisting: { 'cluster[new].compute.nodeGroups.0.subnetIds': ['subnet-0123456b'] },
  pods: POD_CHANGES,
  addons: ADDON_CHANGES,
  platform: PLATFORM_CHANGES,
  existing: {
    'network[existing].vpcId': 'vpc-76543210',
    'network[existing].privateSubnetIds': ['subnet-0123456a', 'subnet-0123456f'],
    'network[existing].publicSubnetIds': ['subnet-0123456c', 'subnet-0123456f'],
    'network[existing].tagSubnets': false,
    'cluster[existing].name': 'other',
    'cluster[existing].oidcProvider': 'existing',
    'cluster.kind': 'new',
  },
  auto: {
    'cluster[new].compute.autoMode': [false, 'loadBalancing.type', 'controller'],
    'loadBalancing.type': ['controller', 'cluster.compute.autoMode', false],
    'cluster[new].compute.autoMode.nodePools': ['general-purpose'],
    'network[new].publicSubnets': [
      false,
      'network.nat',
      'none',
      'network.interfaceEndpoints',
      ['ec2', 'ecr.api', 'ecr.dkr', 'eks', 'sts'],
      'sample',
      false,
      'workloads.ingress.scheme',
      'internal',
    ],
    ...autoModeParams,
  },
};

/** A value followed by paths and values of fields that must change along with it. */
const together = (value: unknown): [unknown, ...unknown[]] | undefined =>
  Array.isArray(value) && value.length % 2 === 1 && value.length > 2 ? (value as [unknown]) : undefined;

/** The stacks of an environment by kind, each synthesized when its text is first asked for. */
class Stacks {
  private readonly texts = new Map<string, string>();
  private readonly stacks: ReadonlyMap<string, TerraformStack>;

  constructor(input: unknown) {
    const stacks = stacksOf(parseEnvironment(input, TODAY).environment);
    this.stacks = new Map(stacks.map((stack) => [stack.node.id.replace(/^.*-/, ''), stack]));
  }

  text(kind: string): string | undefined {
    const stack = this.stacks.get(kind);
    if (stack && !this.texts.has(kind)) this.texts.set(kind, Testing.synth(stack));
    return this.texts.get(kind);
  }

  /** Whether any stack differs; the one that is called as the field is asked first, since it most often does. */
  differs(other: Stacks, path: string): boolean {
    const kinds = [...new Set([...this.stacks.keys(), ...other.stacks.keys()])];
    const own = kinds.filter((kind) => path.startsWith(kind));
    return [...new Set([...own, ...[...kinds].reverse()])].some(
      (kind) => this.text(kind) !== other.text(kind),
    );
  }
}

function set(input: object, path: string, value: unknown): object {
  const [key = '', ...rest] = path.split('.');
  if (Array.isArray(input)) {
    return input.map((entry: object, index) =>
      String(index) === key ? (rest.length > 0 ? set(entry, rest.join('.'), value) : value) : entry,
    );
  }
  const inside = (input as Record<string, object | undefined>)[key];
  const made =
    rest[0] === '0' ? [{ name: 'default' }] : ['network', 'cluster'].includes(key) ? { kind: 'new' } : {};
  return { ...input, [key]: rest.length > 0 ? set(inside ?? made, rest.join('.'), value) : value };
}

interface Definition {
  readonly innerType?: z.core.$ZodType;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly element?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly discriminator?: string;
  readonly values?: readonly unknown[];
}

/** Settings with many fields, each of which is tested where it is rendered: __tests__/modules/ingress. */
const WHOLE = [
  'workloads.ingress',
  'workloads.services.0.ingress',
  'workloads.services.0.alb',
  'workloads.externalServices.0.ingress',
  'workloads.externalServices.0.targetGroupBindings',
  // All add-ons have the same fields, which are changed one by one in some of them.
  ...OTHER_ADDONS.map((field) => `cluster[new].addons.${field}`),
];

const isObject = (schema: z.core.$ZodType) => 'shape' in schema._zod.def;

/** Paths of all fields of the schema: `[…]` says in which form, `.0` stands for every entry of a list. */
function leaves(schema: z.core.$ZodType, path = ''): string[] {
  const { innerType, shape, element, options, discriminator } = schema._zod.def as unknown as Definition;
  if (WHOLE.includes(path)) return [path];
  if (innerType) return leaves(innerType, path);
  const at = (key: string) => (path ? `${path}.${key}` : key);
  if (shape) return Object.entries(shape).flatMap(([key, each]) => leaves(each, at(key)));
  // What may be written short has one long form, in which the fields are.
  const long = element && ((element._zod.def as unknown as Definition).options ?? []).filter(isObject);
  const entry = element && isObject(element) ? element : long?.length === 1 ? long[0] : undefined;
  if (entry) return leaves(entry, at('0'));
  if (!options) return [path];
  if (discriminator === undefined) {
    const forms = options.filter((each) => 'shape' in each._zod.def);
    return [path, ...forms.flatMap((each) => leaves(each, path))];
  }
  const forms = options.flatMap((each) => {
    const { [discriminator]: kind, ...others } = (each._zod.def as unknown as Definition).shape ?? {};
    const [name] = (kind?._zod.def as unknown as Definition).values ?? [];
    const prefix = `${path}[${String(name)}]`;
    return Object.entries(others).flatMap(([key, inner]) => leaves(inner, `${prefix}.${key}`));
  });
  return options.length > 1 ? [at(discriminator), ...forms] : forms;
}

const before = new Map<Base, Stacks>();

function stacksOfBase(base: Base): Stacks {
  const stacks = before.get(base) ?? new Stacks(BASES[base]);
  before.set(base, stacks);
  return stacks;
}

function attempt(input: unknown): { readonly success: boolean } {
  try {
    parseEnvironment(input, TODAY);
    return { success: true };
  } catch {
    return { success: false };
  }
}

describe('every field of an environment', () => {
  it('is changed here, or known to be unseen', () => {
    const listed = [...Object.values(CHANGES).flatMap((each) => Object.keys(each)), ...Object.keys(UNSEEN)];
    expect(listed.sort()).toEqual(leaves(awsEnvironment).sort());
  });

  const all = Object.entries(CHANGES).flatMap(([base, changes]) =>
    Object.entries(changes).map(([path, value]) => [path, base as Base, value] as const),
  );
  it.each(all)('%s', (path, base, value) => {
    const [own, ...others] = together(value) ?? [value];
    const withOthers = (input: object) =>
      others.reduce<object>(
        (made, each, index) => (index % 2 === 0 ? set(made, String(each), others[index + 1]) : made),
        input,
      );
    const changed = new Stacks(withOthers(set(BASES[base], path.replaceAll(/\[[a-z0-9-]+\]/g, ''), own)));
    // Where the others alone are right too, they are on both sides.
    const { success } = attempt(withOthers(BASES[base]));
    const unchanged = others.length > 0 && success ? new Stacks(withOthers(BASES[base])) : stacksOfBase(base);
    expect(changed.differs(unchanged, path)).toBe(true);
  });
});
