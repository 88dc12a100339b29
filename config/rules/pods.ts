import { podSpecProblems } from '../../modules/workloads/pod-spec-problems';
import { type AwsEnvironment, type LocalEnvironment } from '../environment';
import { tooLate } from './ingress-needs';
import { ownCluster, repeated, type Finding, type EnvironmentRule } from './rule';

type Workloads = AwsEnvironment['workloads'] | LocalEnvironment['workloads'];
type Service = Workloads['services'][number];

/** Capabilities that each Pod Security Standard lets a container add. @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
const CAPABILITIES: Readonly<Record<Workloads['podSecurity'], readonly string[] | 'all'>> = {
  restricted: ['NET_BIND_SERVICE'],
  baseline: [
    'AUDIT_WRITE',
    'CHOWN',
    'DAC_OVERRIDE',
    'FOWNER',
    'FSETID',
    'KILL',
    'MKNOD',
    'NET_BIND_SERVICE',
    'SETFCAP',
    'SETGID',
    'SETPCAP',
    'SETUID',
    'SYS_CHROOT',
  ],
  privileged: 'all',
};
/** Fields of a pod that reach out to its node. */
const OF_NODE = ['hostNetwork', 'hostPid', 'hostIpc'];

/** Pods are ones that their namespace admits, and what they are made of is there. */
export const podsRule: EnvironmentRule = (environment) => [
  ...portablePods(environment.workloads),
  ...references(environment),
  ...metrics(environment),
];

/** What holds for pods on any cluster. */
export function* portablePods({ services, podSecurity }: Workloads): Iterable<Finding> {
  for (const [index, service] of services.entries()) {
    const path = `workloads.services.${index}`;
    for (const problem of podSpecProblems(service.podSpec)) {
      yield {
        ...problem,
        path: `${path}.podSpec.${problem.path}`,
      };
    }
    yield* volumes(service, path);
    yield* replicas(service, path);
    yield* security(service, path, podSecurity);
  }
}

function volumes({ volumes: own, files }: Service, path: string): Finding[] {
  const names = [
    { path: '/tmp', name: 'tmp' },
    ...files.map((_, index) => ({ path: `${path}.files.${index}`, name: `files-${index}` })),
    ...own.map(({ name }, index) => ({ path: `${path}.volumes.${index}.name`, name })),
  ];
  const mounts = [
    { path: '/tmp', at: '/tmp' },
    ...files.map(({ mountPath: at }, index) => ({ path: `${path}.files.${index}.mountPath`, at })),
    ...own.map(({ mountPath: at }, index) => ({ path: `${path}.volumes.${index}.mountPath`, at })),
  ];
  return [
    ...repeated(names, ({ name }) => name).map(({ entry, first }) => ({
      path: entry.path,
      value: entry.name,
      reason: `the volume of ${first.entry.path} has this name`,
      remedy: 'write another name',
    })),
    ...repeated(mounts, ({ at }) => at.replace(/(.)\/+$/, '$1')).map(({ entry, first }) => ({
      path: entry.path,
      value: entry.at,
      reason: `the volume of ${first.entry.path} is mounted there`,
      remedy: 'write another folder',
    })),
  ];
}

function* replicas({ autoscaling, replicas: fewest }: Service, path: string): Iterable<Finding> {
  if (!autoscaling) return;
  const { minReplicas = fewest, maxReplicas } = autoscaling;
  if (minReplicas <= maxReplicas) return;
  yield {
    path: `${path}.autoscaling.maxReplicas`,
    value: maxReplicas,
    reason: `fewer than the ${minReplicas} that are there at any time`,
    remedy: `write ${minReplicas} or more, or fewer minReplicas`,
  };
}

function* security(
  { securityContext, podSpec }: Service,
  path: string,
  standard: Workloads['podSecurity'],
): Iterable<Finding> {
  if (standard === 'privileged') return;
  const refused = (field: string, value: unknown, looser: string): Finding => ({
    path: `${path}.${field}`,
    value,
    reason: `the namespace admits only pods of the Pod Security Standard ${standard}`,
    remedy: `remove it, or write workloads.podSecurity: '${looser}'`,
  });
  const allowed = CAPABILITIES[standard];
  const added = (names: readonly unknown[], field: string) =>
    names.flatMap((name, index) =>
      allowed === 'all' || allowed.includes(String(name))
        ? []
        : [
            refused(
              `${field}.${index}`,
              name,
              (CAPABILITIES.baseline as readonly unknown[]).includes(name) ? 'baseline' : 'privileged',
            ),
          ],
    );
  const root = (user: unknown, field: string) =>
    standard === 'restricted' && Number(user) === 0 && user !== undefined
      ? [refused(field, user, 'baseline')]
      : [];
  const containers = ['container', 'initContainer'].flatMap((list) =>
    entries(podSpec[list]).map((each, index) => ({
      field: `podSpec.${list}.${index}.securityContext`,
      context: (each.securityContext ?? {}) as Fields,
    })),
  );
  yield* root(securityContext.runAsUser, 'securityContext.runAsUser');
  yield* added(securityContext.capabilities, 'securityContext.capabilities');
  for (const field of OF_NODE) {
    if (podSpec[field] === true) yield refused(`podSpec.${field}`, true, 'privileged');
  }
  for (const [index, volume] of entries(podSpec.volume).entries()) {
    if ('hostPath' in volume)
      yield refused(`podSpec.volume.${index}.hostPath`, volume.hostPath, 'privileged');
  }
  for (const { field, context } of containers) {
    yield* root(context.runAsUser, `${field}.runAsUser`);
    if (context.privileged === true) yield refused(`${field}.privileged`, true, 'privileged');
    if (context.allowPrivilegeEscalation === true && standard === 'restricted')
      yield refused(`${field}.allowPrivilegeEscalation`, true, 'baseline');
    yield* added(
      ((context.capabilities as Fields | undefined)?.add ?? []) as unknown[],
      `${field}.capabilities.add`,
    );
  }
}

type Fields = Readonly<Record<string, unknown>>;
const entries = (value: unknown): readonly Fields[] => (Array.isArray(value) ? (value as Fields[]) : []);

/** Pods wait for what they name, and the apply for the pods. */
function* references({ workloads }: AwsEnvironment): Iterable<Finding> {
  if (!workloads.createNamespace) return;
  for (const [index, service] of workloads.services.entries()) {
    const path = `workloads.services.${index}`;
    const named = [
      ...service.envFrom.map((each, at) => ({ ...each, path: `${path}.envFrom.${at}` })),
      ...service.files.map((each, at) => ({ ...each, path: `${path}.files.${at}` })),
      ...Object.entries(service.environment).flatMap(([name, value]) =>
        typeof value === 'object' && !('field' in value)
          ? [{ optional: false, ...value, path: `${path}.environment.${name}` }]
          : [],
      ),
    ];
    for (const each of named) {
      if (each.optional) continue;
      const name = 'secret' in each ? each.secret : undefined;
      const value = name ?? ('configMap' in each ? each.configMap : undefined);
      if (value === undefined) continue;
      yield tooLate(
        `${each.path}.${name === undefined ? 'configMap' : 'secret'}`,
        value,
        workloads.namespace,
      );
    }
  }
}

/** An autoscaler knows no load without it. */
function* metrics(environment: AwsEnvironment): Iterable<Finding> {
  const cluster = ownCluster(environment);
  if (!cluster || cluster.addons['metrics-server']) return;
  for (const [index, { autoscaling }] of environment.workloads.services.entries()) {
    if (autoscaling)
      yield {
        path: `workloads.services.${index}.autoscaling`,
        value: autoscaling.maxReplicas,
        reason: 'nothing in the cluster measures the load, so the number of pods would stay as it is',
        remedy: 'write cluster.addons.metricsServer: {}, unless you install a metrics server yourself',
        warning: true,
      };
  }
}
