import { ADDONS } from '../../config/schema/addons';

/** Add-ons whose fields are changed one by one; all others have the same ones. */
const FIELD_BY_FIELD: readonly string[] = ['vpcCni', 'coredns', 'efsCsiDriver'];
export const OTHER_ADDONS = Object.keys(ADDONS).filter((field) => !FIELD_BY_FIELD.includes(field));

const SERVICE = 'workloads.services.0';
const POLICY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/x/0123456789abcdef';
const VERSION = 'v1.2.3-eksbuild.4';
const role = {
  serviceAccount: 'x',
  namespace: 'x',
  policyArns: [POLICY],
  permissions: [{ actions: ['s3:GetObject'], resources: ['*'] }],
};

/** A service with everything that pods can have. */
export const POD_SERVICE = {
  name: 'a',
  image: 'x:1',
  envFrom: [{ secret: 'a' }, { configMap: 'a' }],
  files: [
    { secret: 'a', mountPath: '/a' },
    { configMap: 'a', mountPath: '/b' },
  ],
  volumes: [
    { name: 'a', mountPath: '/c', emptyDir: {} },
    { name: 'b', mountPath: '/d', claim: 'a' },
  ],
  tolerations: [{ key: 'a', value: 'b', effect: 'NoExecute', tolerationSeconds: 5 }],
  probes: { startup: {}, readiness: {}, liveness: {} },
  autoscaling: { minReplicas: 2, maxReplicas: 4, cpuPercent: 50, memoryPercent: 50 },
};

const probe = (which: string): Record<string, unknown> => ({
  [`${SERVICE}.probes.${which}`]: false,
  [`${SERVICE}.probes.${which}.path`]: '/other',
  [`${SERVICE}.probes.${which}.port`]: 9000,
  [`${SERVICE}.probes.${which}.tcp`]: true,
  [`${SERVICE}.probes.${which}.grpc`]: true,
  [`${SERVICE}.probes.${which}.command`]: ['x'],
  [`${SERVICE}.probes.${which}.initialDelaySeconds`]: 7,
  [`${SERVICE}.probes.${which}.periodSeconds`]: 7,
  [`${SERVICE}.probes.${which}.timeoutSeconds`]: 7,
  [`${SERVICE}.probes.${which}.failureThreshold`]: 7,
});

export const POD_CHANGES: Readonly<Record<string, unknown>> = {
  [`${SERVICE}.envFrom.0.secret`]: 'b',
  [`${SERVICE}.envFrom.0.configMap`]: ['b', `${SERVICE}.envFrom.0.secret`, undefined],
  [`${SERVICE}.envFrom.0.optional`]: true,
  [`${SERVICE}.envFrom.0.prefix`]: 'A_',
  [`${SERVICE}.files.0.secret`]: 'b',
  [`${SERVICE}.files.0.configMap`]: ['b', `${SERVICE}.files.0.secret`, undefined],
  [`${SERVICE}.files.0.optional`]: true,
  [`${SERVICE}.files.0.mountPath`]: '/other',
  [`${SERVICE}.volumes.0.name`]: 'c',
  [`${SERVICE}.volumes.0.mountPath`]: '/other',
  [`${SERVICE}.volumes.0.claim`]: ['b', `${SERVICE}.volumes.0.emptyDir`, undefined],
  [`${SERVICE}.volumes.0.emptyDir.sizeLimit`]: '1Gi',
  [`${SERVICE}.volumes.0.emptyDir.memory`]: true,
  [`${SERVICE}.volumes.0.readOnly`]: true,
  [`${SERVICE}.nodeSelector`]: { 'kubernetes.io/arch': 'amd64' },
  [`${SERVICE}.tolerations.0.key`]: 'b',
  [`${SERVICE}.tolerations.0.operator`]: ['Exists', `${SERVICE}.tolerations.0.value`, undefined],
  [`${SERVICE}.tolerations.0.value`]: 'c',
  [`${SERVICE}.tolerations.0.effect`]: [
    'NoSchedule',
    `${SERVICE}.tolerations.0.tolerationSeconds`,
    undefined,
  ],
  [`${SERVICE}.tolerations.0.tolerationSeconds`]: 9,
  [`${SERVICE}.imagePullSecrets`]: ['a'],
  ...probe('startup'),
  ...probe('readiness'),
  ...probe('liveness'),
  [`${SERVICE}.autoscaling.minReplicas`]: 3,
  [`${SERVICE}.autoscaling.maxReplicas`]: 9,
  [`${SERVICE}.autoscaling.cpuPercent`]: 80,
  [`${SERVICE}.autoscaling.memoryPercent`]: 80,
  [`${SERVICE}.securityContext.runAsUser`]: 10001,
  [`${SERVICE}.securityContext.runAsGroup`]: 10001,
  [`${SERVICE}.securityContext.fsGroup`]: 10001,
  [`${SERVICE}.securityContext.readOnlyRootFilesystem`]: false,
  [`${SERVICE}.securityContext.capabilities`]: ['NET_BIND_SERVICE'],
  [`${SERVICE}.serviceAccountToken`]: true,
  [`${SERVICE}.podSpec`]: { priorityClassName: 'x' },
  'workloads.podSecurity': 'baseline',
  'workloads.createNamespace': false,
};

/** Each with the fields that all have, as far as its own are not changed one by one. */
export const ADDON_CHANGES: Readonly<Record<string, unknown>> = {
  ...Object.fromEntries(
    OTHER_ADDONS.map((field) => [`cluster[new].addons.${field}`, { version: VERSION, role }]),
  ),
  'cluster[new].addons.others': { 'aws-guardduty-agent': {} },
  'cluster[new].addons.vpcCni.version': 'v1.30.0-eksbuild.1',
  'cluster[new].addons.vpcCni.configuration': { env: { WARM_IP_TARGET: '2' } },
  'cluster[new].addons.vpcCni.prefixDelegation': true,
  'cluster[new].addons.vpcCni.networkPolicy': true,
  'cluster[new].addons.coredns.version': 'v1.14.9-eksbuild.1',
  'cluster[new].addons.coredns.configuration': { replicaCount: 4 },
  'cluster[new].addons.efsCsiDriver': false,
  'cluster[new].addons.efsCsiDriver.version': VERSION,
  'cluster[new].addons.efsCsiDriver.configuration': { podLabels: { a: 'b' } },
  ...['vpcCni', 'coredns', 'efsCsiDriver'].reduce(
    (all, field) => ({ ...all, ...roleChanges(`cluster[new].addons.${field}.role`) }),
    {},
  ),
};

function roleChanges(path: string): Record<string, unknown> {
  return {
    [path]: false,
    [`${path}.serviceAccount`]: 'other',
    [`${path}.namespace`]: 'other',
    [`${path}.policyArns`]: ['arn:aws:iam::aws:policy/SecurityAudit'],
    [`${path}.permissions.0.actions`]: ['s3:PutObject'],
    [`${path}.permissions.0.resources`]: ['arn:aws:s3:::x'],
  };
}

/** An environment whose add-ons have all fields that change. */
export const ADDON_BASE = {
  podIdentity: 'pod-identity',
  cluster: {
    kind: 'new',
    addons: {
      vpcCni: { role },
      coredns: { role },
      efsCsiDriver: { role },
      ebsCsiDriver: {},
    },
  },
};

export const PLATFORM_BASE = {
  podRoles: [{ name: 'a', namespace: 'a', permissions: [{ actions: ['s3:GetObject'], resources: ['*'] }] }],
  dns: { zone: 'example.com' },
  network: { kind: 'new', zones: ['eu-west-1a', 'eu-west-1b'] },
  workloads: {
    services: [{ name: 'a', image: 'x:1', host: 'a.example.com', paths: ['/'] }],
    ingress: { group: { name: 'edge' } },
    externalServices: [
      {
        name: 'b',
        host: 'b.example.com',
        ports: [{ port: 80, name: 'web' }],
        paths: [{ path: '/' }],
        targetGroupBindings: [{ name: 'x', targetGroupARN: ARN }],
      },
    ],
  },
};

const EXTERNAL = 'workloads.externalServices.0';
export const PLATFORM_CHANGES: Readonly<Record<string, unknown>> = {
  'podRoles.0.name': 'b',
  'podRoles.0.namespace': 'b',
  'podRoles.0.serviceAccount': 'b',
  'podRoles.0.for': 'external-dns',
  'podRoles.0.permissions.0.actions': ['s3:PutObject'],
  'podRoles.0.permissions.0.resources': ['arn:aws:s3:::x'],
  'podRoles.0.policyArns': [POLICY],
  'dns.zone': ['a.example.com', `${EXTERNAL}.host`, 'b.a.example.com'],
  'dns.zoneId': 'Z0123456789ABCDEFGHIJ',
  'dns.records': 'none',
  'dns.certificate': false,
  'cluster[new].compute.nodeGroups.0.zones': ['eu-west-1b'],
  hardening: true,
  'workloads.egressCidrs': [['10.0.0.0/8'], 'hardening', true],
  [`${EXTERNAL}.name`]: 'c',
  [`${EXTERNAL}.namespace`]: 'other',
  [`${EXTERNAL}.host`]: 'c.example.com',
  [`${EXTERNAL}.paths.0.path`]: '/other',
  [`${EXTERNAL}.paths.0.pathType`]: 'Exact',
  [`${EXTERNAL}.paths.0.conditions`]: [{ field: 'source-ip', values: ['10.0.0.0/8'] }],
  [`${EXTERNAL}.paths.0.transforms`]: [{ type: 'url-rewrite', rewrites: [{ regex: '^/a', replace: '/b' }] }],
  [`${EXTERNAL}.ports.0.port`]: 81,
  [`${EXTERNAL}.ingress`]: { scheme: 'internal' },
  [`${EXTERNAL}.targetGroupBindings`]: [],
};
