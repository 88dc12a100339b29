import { INGRESS_PREFIX } from '../../load-balancers/language';
import { type AwsEnvironment } from '../environment';
import { type PlannedIngress, type PlannedService } from '../plan';
import { type Finding, type EnvironmentRule } from './rule';

/** What load balancers need of the rest of the environment, and what they say to no effect. */
export const ingressNeedsRule: EnvironmentRule = function* (environment) {
  for (const planned of environment.plan.ingresses) {
    yield* dualStack(environment, planned);
    yield* groupOfAutoMode(environment, planned);
    yield* certificateWithoutHttps(environment, planned);
    yield* deletionProtection(environment, protectionOf(planned));
    yield* securityGroups(planned);
    yield* nodeLabelsOfIngress(environment, planned);
  }
  for (const [index, service] of environment.plan.services.entries()) {
    yield* ofService(environment, service, index);
  }
  yield* withoutRoutes(environment);
  yield* secretOfLogin(environment);
};

interface Said {
  readonly path: string;
  readonly value: string;
}

/** What an Ingress says by an annotation, and the field of the environment that says it. */
function said({ path, origins, manifest }: PlannedIngress, suffix: string): Said | undefined {
  const name = `${INGRESS_PREFIX}${suffix}`;
  const value = manifest.metadata.annotations?.[name];
  if (value === undefined) return undefined;
  return { path: `${path}.${origins[name] ?? suffix}`, value };
}

/** @see https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html */
function* groupOfAutoMode({ plan }: AwsEnvironment, planned: PlannedIngress): Iterable<Finding> {
  const group = said(planned, 'group.name');
  if (!group || plan.controller !== 'auto-mode') return;
  yield {
    ...group,
    reason:
      'EKS Auto Mode has groups by class only, so that each Ingress would get a load balancer of its own',
    remedy: `write loadBalancing.ingressClass.params.group: { name: '${group.value}' }, and remove it here`,
  };
}

function protectionOf(planned: PlannedIngress): Said | undefined {
  const attributes = said(planned, 'load-balancer-attributes');
  if (!attributes?.value.split(',').includes('deletion_protection.enabled=true')) return undefined;
  return planned.settings.loadBalancerAttributes?.deletionProtection
    ? { path: `${planned.path}.loadBalancerAttributes.deletionProtection`, value: 'true' }
    : attributes;
}

/** Listeners of the class come before these. */
function* certificateWithoutHttps(
  { loadBalancing }: AwsEnvironment,
  planned: PlannedIngress,
): Iterable<Finding> {
  const [certificates, listeners] = [said(planned, 'certificate-arn'), said(planned, 'listen-ports')];
  if (!certificates || !listeners || listeners.value.includes('HTTPS')) return;
  if (loadBalancing.ingressClass.params.listeners !== undefined) return;
  yield {
    ...certificates,
    reason: `no listener of ${listeners.path} is HTTPS, so nothing presents it`,
    remedy: "add { port: 443, protocol: 'HTTPS' } to the listeners, or remove it",
    warning: true,
  };
}

function* dualStack({ network }: AwsEnvironment, planned: PlannedIngress): Iterable<Finding> {
  const type = said(planned, 'ip-address-type');
  if (
    !type?.value.startsWith('dualstack') ||
    network.kind === 'existing' ||
    network.ipFamily === 'dual-stack'
  )
    return;
  yield {
    ...type,
    reason: "network.ipFamily is 'ipv4', so the subnets have no IPv6 network for a load balancer",
    remedy: "write 'ipv4', or network.ipFamily: 'dual-stack'",
  };
}

function* deletionProtection(
  { preventDestroy }: AwsEnvironment,
  protection: Said | undefined,
): Iterable<Finding> {
  if (!protection || preventDestroy) return;
  yield {
    ...protection,
    reason:
      'the environment may be destroyed (preventDestroy is false), and would stop half-way: nobody can delete this load balancer',
    remedy: 'write preventDestroy: true, or leave the protection of the load balancer out',
    warning: true,
  };
}

function* securityGroups(planned: PlannedIngress): Iterable<Finding> {
  const groups = said(planned, 'security-groups');
  if (!groups || said(planned, 'manage-backend-security-group-rules')?.value === 'true') return;
  yield notAdmitted(groups, 'manageBackendSecurityGroupRules: true');
}

function notAdmitted(groups: Said, remedy: string): Finding {
  return {
    ...groups,
    reason:
      'the controller writes no rules for security groups of your own, so nodes and pods admit nothing of this load balancer unless somebody else wrote them',
    remedy: `write ${remedy}, unless rules of your own are there`,
    warning: true,
  };
}

const IGNORED_LABELS = 'with targets of type ip pods are the targets, whatever the labels of their nodes';

function* nodeLabels(where: Said | undefined, targetType: 'ip' | 'instance'): Iterable<Finding> {
  if (!where || targetType === 'instance') return;
  yield { ...where, reason: IGNORED_LABELS, remedy: "remove it, or write targetType: 'instance'" };
}

function nodeLabelsOfIngress(
  { plan, loadBalancing }: AwsEnvironment,
  planned: PlannedIngress,
): Iterable<Finding> {
  const behind = plan.services.filter(({ settings }) => planned.services.includes(settings.name));
  const own = said(planned, 'target-type')?.value;
  const instances =
    (loadBalancing.ingressClass.params.targetType ?? own) === 'instance' ||
    behind.some(({ type }) => type === 'NodePort');
  return nodeLabels(said(planned, 'target-node-labels'), instances ? 'instance' : 'ip');
}

function* ofService(environment: AwsEnvironment, service: PlannedService, index: number): Iterable<Finding> {
  const { settings, networkLoadBalancer: nlb, type, bindings } = service;
  const path = `workloads.services.${index}`;
  const labels = settings.alb.targetGroup?.nodeLabels;
  yield* nodeLabels(
    labels && { path: `${path}.alb.targetGroup.nodeLabels`, value: JSON.stringify(labels) },
    type === 'NodePort' ? 'instance' : 'ip',
  );
  if (nlb) {
    yield* nodeLabels(
      nlb.nodeLabels && {
        path: `${path}.networkLoadBalancer.nodeLabels`,
        value: JSON.stringify(nlb.nodeLabels),
      },
      nlb.targetType ?? 'ip',
    );
    yield* deletionProtection(
      environment,
      nlb.deletionProtection
        ? { path: `${path}.networkLoadBalancer.deletionProtection`, value: 'true' }
        : undefined,
    );
    if (nlb.securityGroups && !nlb.manageBackendSecurityGroupRules)
      yield notAdmitted(
        {
          path: `${path}.networkLoadBalancer.securityGroups`,
          value: nlb.securityGroups.join(', '),
        },
        'manageBackendSecurityGroupRules: true',
      );
  }
  for (const [at, { loadBalancer }] of bindings.entries()) {
    yield* deletionProtection(
      environment,
      loadBalancer?.deletionProtection
        ? { path: `${path}.targetGroupBindings.${at}.loadBalancer.deletionProtection`, value: 'true' }
        : undefined,
    );
  }
}

/** Settings of an Ingress that is never made, for nothing leads through it. */
function* withoutRoutes({ workloads, plan }: AwsEnvironment): Iterable<Finding> {
  const made = new Set(plan.ingresses.map(({ path }) => path));
  const reached = new Set(
    plan.ingresses.flatMap(({ routes, services }) => [...services, ...routes.map(({ service }) => service)]),
  );
  const unused = (path: string, value: object): Finding[] =>
    made.has(path) || Object.keys(value).length === 0
      ? []
      : [
          {
            path,
            value: Object.keys(value),
            reason: 'no path of a service and no route leads through this Ingress, so none is made',
            remedy: 'write paths at a service, or routes or a defaultBackend here; else remove it',
          },
        ];
  yield* unused('workloads.ingress', workloads.ingress);
  for (const [index, { name, ingress, alb }] of workloads.services.entries()) {
    if (ingress) yield* unused(`workloads.services.${index}.ingress`, ingress);
    if (Object.keys(alb).length > 0 && !reached.has(name))
      yield {
        path: `workloads.services.${index}.alb`,
        value: Object.keys(alb),
        reason: 'no Ingress routes to the service, so no load balancer reads it',
        remedy: 'write paths, or remove it',
        warning: true as const,
      };
  }
}

/** The Ingress waits for its load balancer, which waits for the Secret, which waits for its namespace. */
function* secretOfLogin({ workloads, plan }: AwsEnvironment): Iterable<Finding> {
  if (!workloads.createNamespace) return;
  const logins = [
    ...plan.ingresses.map(({ path, settings }) => ({ path, login: settings.authentication })),
    ...workloads.services.map(({ alb }, index) => ({
      path: `workloads.services.${index}.alb`,
      login: alb.authentication,
    })),
  ];
  for (const { path, login } of logins) {
    if (login?.type === 'oidc')
      yield tooLate(`${path}.authentication.secretName`, login.secretName, workloads.namespace);
  }
}

/** About a Secret or ConfigMap that must be in a namespace which the same apply makes. */
export function tooLate(path: string, value: string, namespace: string): Finding {
  return {
    path,
    value,
    reason: `it must be in namespace ${namespace}, which the same apply makes: what needs it waits, and the first apply fails after ten minutes unless somebody puts it there meanwhile`,
    remedy: `make the namespace with it first and write workloads.createNamespace: false, or put it there (kubectl --namespace ${namespace}) as soon as the namespace is made`,
    warning: true,
  };
}
