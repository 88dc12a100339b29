import {
  checkObjects,
  type CheckContext,
  type ObjectFinding,
  inSettings,
  writtenOf,
  propAt,
} from '../../load-balancers/checks';
import { ALB_CONTROLLER, type KubernetesObject, type Service } from '../../load-balancers/model';
import { namespaceLabels } from '../../modules/workloads/namespace-labels';
import { SERVICE_PORT } from '../../modules/workloads/ports';
import { type AwsEnvironment } from '../environment';
import { SHARED_INGRESS, type PlannedIngress } from '../plan';
import { albAnnotationsOf } from '../plan/ingresses';
import { type Problem } from '../problem';
import { type ExternalServiceSettings } from '../schema/workloads';
import { repeated, type Finding, type EnvironmentRule } from './rule';
import { albIngressProblems } from '../../load-balancers/schema';

/** Ingresses are ones that the controller and AWS make load balancers of, each by itself and in its group. */
export const ingressesRule: EnvironmentRule = function* (environment) {
  const planned = environment.plan.ingresses;
  const wrong = planned.flatMap((each) => settingsOf(each));
  yield* sameNames(planned);
  yield* wrong;
  if (wrong.length <= 0) yield* judged(environment, planned);
  yield* features(environment, planned);
};

/** That of all services has a name too. */
function sameNames(planned: readonly PlannedIngress[]): Finding[] {
  return repeated(planned, ({ name }) => name)
    .filter(({ first }) => first.entry.shared)
    .map(({ entry: { name, path } }) => ({
      path: path.replace(/ingress$/, 'name'),
      value: name,
      reason:
        'the Ingress of the other services has this name, and the one of this service would have it too',
      remedy: 'write another name, or leave out its ingress',
    }));
}

/** What is wrong with settings by themselves, beyond the form of each. */
function settingsOf(planned: PlannedIngress): Finding[] {
  return albIngressProblems(planned.settings).map((problem) => inEnvironment(planned, problem, [planned]));
}

/** `routes.3.path` of an Ingress is in a service, or among its further routes. */
function pathOf({ path, routePaths, shared }: PlannedIngress, prop: string): string {
  // Of all routes together.
  if (prop === 'routes') return shared ? 'workloads.services' : path.replace(/ingress$/, 'paths');
  const [field, index, ...rest] = prop.split('.');
  const route = field === 'routes' && index !== undefined ? routePaths[Number(index)] : undefined;
  return route === undefined
    ? `${path}.${prop}`
    : [route, ...rest].join('.').replace(/\.paths\.\d+\.host$/, '.host');
}

function judged(environment: AwsEnvironment, planned: readonly PlannedIngress[]): Finding[] {
  const { name, params } = environment.loadBalancing.ingressClass;
  const { services, namespace, ...context } = contextOf(environment);
  const objects: KubernetesObject[] = [
    ...services,
    namespace,
    ...planned.map(({ manifest }) => manifest),
    {
      kind: 'IngressClass',
      metadata: { name },
      spec: {
        controller: ALB_CONTROLLER,
        parameters: { apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams', name },
      },
    },
    { kind: 'IngressClassParams', metadata: { name }, spec: { ...params } },
  ];
  return checkObjects(objects, context).map((finding) => toFinding(environment, planned, finding));
}

function toFinding(
  environment: AwsEnvironment,
  planned: readonly PlannedIngress[],
  finding: ObjectFinding,
): Finding {
  return { ...problemOf(environment, planned, finding), ...(finding.warning && { warning: true }) };
}

/** At the field of the environment that says it. */
function problemOf(
  environment: AwsEnvironment,
  planned: readonly PlannedIngress[],
  finding: ObjectFinding,
): Problem {
  const { source, value, reason, remedy } = finding;
  const { Kind: kind, Name: key } = source;
  const name = key.slice(key.indexOf('/') + 1);
  if (kind === 'IngressClass' || kind === 'IngressClassParams') {
    const field = kind === 'IngressClass' ? 'name' : `params.${propAt(source)}`;
    return { path: `loadBalancing.ingressClass.${field}`, value, reason, remedy };
  }
  if (kind === 'Service') {
    const { services } = environment.workloads;
    const index = services.findIndex((service) => service.name === name);
    const service = services[index];
    if (service === undefined) return { path: SHARED_INGRESS, value, reason, remedy };
    const problem = inSettings(finding, service.alb, albAnnotationsOf(service));
    return { ...problem, path: `workloads.services.${index}.alb.${problem.path}` };
  }
  const own = planned.find((each) => each.name === name);
  return own
    ? inEnvironment(
        own,
        inSettings(finding, own.settings, writtenOf({ ingress: own.manifest, origins: own.origins })),
        planned,
      )
    : { path: SHARED_INGRESS, value, reason, remedy };
}

/** Most routes are paths of services; a text names those of other Ingresses, too. */
function inEnvironment(
  own: PlannedIngress,
  { path, value, reason, remedy }: Problem,
  planned: readonly PlannedIngress[],
): Problem {
  const worded = (text: string) =>
    text.replaceAll(
      /(\bof Ingress [^\s,]+\/([^\s,]+), )?\b(routes\.\d+)/g,
      (_, words: string | undefined, name: string | undefined, route: string) =>
        `${words ?? ''}${pathOf(planned.find((each) => each.name === name) ?? own, route)}`,
    );
  return { path: pathOf(own, path), value, reason: worded(reason), remedy: worded(remedy) };
}

/** Settings that the controller takes only with a feature of its own. */
function* features({ loadBalancing }: AwsEnvironment, planned: readonly PlannedIngress[]): Iterable<Finding> {
  if (loadBalancing.type !== 'controller') return;
  const { features: on, featureGates } = loadBalancing;
  for (const { path, settings } of planned) {
    const { webAcl, certificateManagement, targetGroup } = settings;
    const needs = (field: string, value: unknown, by: string, remedy: string): Finding => ({
      path: `${path}.${field}`,
      value,
      reason: `the controller takes it only with ${by}`,
      remedy: `write ${remedy}, or remove it`,
    });
    if (typeof webAcl === 'object' && 'name' in webAcl && !on.wafv2AclName)
      yield needs(
        'webAcl.name',
        webAcl.name,
        'the permission to list web ACLs',
        'loadBalancing.features.wafv2AclName: true',
      );
    if (certificateManagement && !on.certificateManagement)
      yield needs(
        'certificateManagement',
        certificateManagement,
        'the feature gate EnableCertificateManagement',
        'loadBalancing.features.certificateManagement: true',
      );
    if (targetGroup?.targetControlPorts && !featureGates.ALBTargetControlAgent)
      yield needs(
        'targetGroup.targetControlPorts',
        targetGroup.targetControlPorts,
        'the feature gate ALBTargetControlAgent',
        'loadBalancing.featureGates: { ALBTargetControlAgent: true }',
      );
  }
}

/** What Ingresses are judged by, beside themselves. */
function contextOf({
  region,
  account,
  partition,
  workloads,
  loadBalancing,
  quotas,
  plan,
}: AwsEnvironment): CheckContext & Required<Pick<CheckContext, 'services' | 'namespace'>> {
  const { namespace, namespaceLabels: labels } = workloads;
  return {
    region,
    account,
    partition,
    params: loadBalancing.ingressClass.params,
    services: [
      ...plan.services.map((service) => serviceObject(namespace, service)),
      ...workloads.externalServices.map((each) => externalObject(namespace, each)),
    ],
    namespace: {
      kind: 'Namespace',
      metadata: {
        name: namespace,
        labels: { ...labels, ...namespaceLabels(plan.controller, workloads.podSecurity) },
      },
    },
    replicas: Object.fromEntries(
      workloads.services.map(({ name, replicas }) => [`${namespace}/${name}`, replicas]),
    ),
    quotas,
    ...(plan.onFargate && { fargate: [namespace] }),
    ...(loadBalancing.type === 'controller' && { settings: { featureGates: loadBalancing.featureGates } }),
  };
}

/** A Service that others make, as far as it is told here. */
function externalObject(
  namespace: string,
  { name, namespace: own = namespace, type, ports, annotations }: ExternalServiceSettings,
): Service {
  return {
    kind: 'Service',
    metadata: { name, namespace: own, annotations },
    spec: { type, ports: ports.map((port) => ({ ...port, protocol: 'TCP' })) },
  };
}

/** A service's own Service, as the API server has it. */
function serviceObject(
  namespace: string,
  { settings: { name }, type, annotations }: AwsEnvironment['plan']['services'][number],
): Service {
  return {
    kind: 'Service',
    metadata: { name, namespace, annotations },
    spec: {
      type,
      ports: [{ ...SERVICE_PORT, targetPort: SERVICE_PORT.name, protocol: 'TCP' }],
      selector: { 'app.kubernetes.io/name': name },
    },
  };
}
