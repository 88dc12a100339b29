import { checkIngresses, type Finding as IngressFinding } from '../../modules/ingress/check';
import { inProps, settingsProblems } from '../../modules/ingress/judge';
import { type KubernetesObject } from '../../modules/load-balancer-model';
import { type AwsEnvironment } from '../environment';
import { ingressContextOf, ingressesOf, manifestOf, SHARED_INGRESS, type PlannedIngress } from '../ingresses';
import { type Finding, type Rule } from './rule';

/** Ingresses are ones that the controller and AWS make load balancers of, each by itself and in its group. */
export const ingresses: Rule = (environment) => {
  const planned = ingressesOf(environment);
  const wrong = planned.flatMap((each) => settingsOf(each));
  return [
    ...wrong,
    ...(wrong.length > 0 ? [] : judged(environment, planned)),
    ...features(environment, planned),
  ];
};

/** What is wrong with settings by themselves, beyond the form of each. */
function settingsOf(planned: PlannedIngress): Finding[] {
  return settingsProblems(planned.settings).map((problem) => ({
    ...problem,
    path: pathOf(planned, problem.path),
  }));
}

/** `routes.3.path` of an Ingress is in a service, or among its further routes. */
function pathOf({ path, routePaths }: PlannedIngress, prop: string): string {
  const [field, index, ...rest] = prop.split('.');
  const route = field === 'routes' && index !== undefined ? routePaths[Number(index)] : undefined;
  return route === undefined
    ? `${path}.${prop}`
    : [route, ...rest].join('.').replace(/\.paths\.\d+\.host$/, '.host');
}

function judged(environment: AwsEnvironment, planned: readonly PlannedIngress[]): Finding[] {
  const { name, params } = environment.loadBalancing.ingressClass;
  const { services = [], namespace, ...context } = ingressContextOf(environment);
  const objects: KubernetesObject[] = [
    ...services,
    ...(namespace ? [namespace] : []),
    ...planned.map((each) => manifestOf(each, environment)),
    {
      kind: 'IngressClass',
      metadata: { name },
      spec: {
        controller: 'ingress.k8s.aws/alb',
        parameters: { apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams', name },
      },
    },
    { kind: 'IngressClassParams', metadata: { name }, spec: { ...params } },
  ];
  return checkIngresses(objects, context).flatMap((finding) => toFinding(environment, planned, finding));
}

function toFinding(
  environment: AwsEnvironment,
  planned: readonly PlannedIngress[],
  finding: IngressFinding,
): Finding[] {
  const { value, reason, remedy, warning } = finding;
  const path = placeOf(environment, planned, finding);
  // Who writes annotations by hand is answered in their words.
  const worded = path.includes('.annotations.') ? (text: string) => text : inProps;
  return [{ path, value, reason: worded(reason), remedy: worded(remedy), ...(warning && { warning }) }];
}

/** Where in the environment a finding's value is written. */
function placeOf(
  environment: AwsEnvironment,
  planned: readonly PlannedIngress[],
  { ingress: key, kind, annotation, field, prop }: IngressFinding,
): string {
  if (kind === 'IngressClassParams') return `loadBalancing.ingressClass.params.${prop}`;
  if (kind === 'IngressClass') return 'loadBalancing.ingressClass.name';
  const name = key.slice(key.indexOf('/') + 1);
  if (kind === 'Service') {
    const index = environment.workloads.services.findIndex((service) => service.name === name);
    return `workloads.services.${index}.alb.${prop}`;
  }
  const own = planned.find((each) => each.name === name);
  if (!own) return `workloads.ingress.${prop}`;
  if (annotation !== undefined && own.settings.annotations?.[annotation] !== undefined) {
    return `${own.path}.annotations.${annotation}`;
  }
  const route = routeOf(own, environment, annotation, field);
  if (route !== undefined) return pathOf(own, `routes.${route}.${prop.replace(/^routes\[\]\.?/, '')}`);
  // Of all routes together; most of them are paths of services.
  if (/^routes(\[\]|$)/.test(prop)) {
    return own.path === SHARED_INGRESS ? 'workloads.services' : own.path.replace(/ingress$/, 'paths');
  }
  return `${own.path}.${prop}`;
}

/** Which of its routes a rule of the rendered Ingress, or an annotation named by one, stands for. */
function routeOf(
  planned: PlannedIngress,
  environment: AwsEnvironment,
  annotation: string | undefined,
  field: string | undefined,
): number | undefined {
  const { rules = [] } = manifestOf(planned, environment).spec;
  const [, rule, path] = /^spec\.rules\[(\d+)\](?:\.http\.paths\[(\d+)\])?/.exec(field ?? '') ?? [];
  const backend = /\/(?:actions|conditions|transforms)\.(.+)$/.exec(annotation ?? '')?.[1];
  const at = rules.findIndex(
    ({ http }, index) =>
      String(index) === rule || http?.paths.some((each) => each.backend.service?.name === backend),
  );
  const found = rules[at];
  const place = found?.http?.paths.find((each, index) =>
    backend === undefined ? String(index) === (path ?? '0') : each.backend.service?.name === backend,
  );
  if (!found || !place) return undefined;
  const index = planned.settings.routes.findIndex(
    (each) =>
      each.host === found.host &&
      (each.path ?? '/') === place.path &&
      (each.pathType ?? 'Prefix') === place.pathType,
  );
  return index < 0 ? undefined : index;
}

/** Settings that the controller takes only with a feature of its own. */
function features({ loadBalancing }: AwsEnvironment, planned: readonly PlannedIngress[]): Finding[] {
  if (loadBalancing.type !== 'controller') return [];
  const { features: on, featureGates } = loadBalancing;
  return planned.flatMap(({ path, settings }): Finding[] => {
    const { webAcl, certificateManagement, targetGroup } = settings;
    const needs = (field: string, value: unknown, by: string, remedy: string): Finding => ({
      path: `${path}.${field}`,
      value,
      reason: `the controller takes it only with ${by}`,
      remedy: `write ${remedy}, or remove it`,
    });
    return [
      ...(typeof webAcl === 'object' && 'name' in webAcl && !on.wafv2AclName
        ? [
            needs(
              'webAcl.name',
              webAcl.name,
              'the permission to list web ACLs',
              'loadBalancing.features.wafv2AclName: true',
            ),
          ]
        : []),
      ...(certificateManagement && !on.certificateManagement
        ? [
            needs(
              'certificateManagement',
              certificateManagement,
              'the feature gate EnableCertificateManagement',
              'loadBalancing.features.certificateManagement: true',
            ),
          ]
        : []),
      ...(targetGroup?.targetControlPorts && !featureGates.ALBTargetControlAgent
        ? [
            needs(
              'targetGroup.targetControlPorts',
              targetGroup.targetControlPorts,
              'the feature gate ALBTargetControlAgent',
              'loadBalancing.featureGates: { ALBTargetControlAgent: true }',
            ),
          ]
        : []),
    ];
  });
}
