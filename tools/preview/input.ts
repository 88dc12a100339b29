import {
  keyOf,
  DEFAULT_SETTINGS,
  type ControllerSettings,
  type Ingress,
  type IngressClass,
  type KubernetesObject,
} from '../../modules/load-balancer-model';

/** What a preview is made of. */
export interface Input {
  readonly objects: readonly KubernetesObject[];
  readonly settings: Partial<ControllerSettings>;
  /** What a person should know about how it was read. */
  readonly notes: readonly string[];
}

/** An input with what is taken for granted. */
export interface AdmittedInput extends Input {
  /** What is not in the input and was added; one sentence each. */
  readonly assumptions: readonly string[];
}

/** `spec.controller` of a class that the AWS Load Balancer Controller serves. */
export const ALB_CONTROLLER = 'ingress.k8s.aws/alb';
const CHART_CLASS = 'alb';
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';
const DEFAULT_CLASS_ANNOTATION = 'ingressclass.kubernetes.io/is-default-class';

/**
 * Does what happens to objects on their way into the cluster: Ingresses without a class get the default one. The class
 * `alb` is there as the controller's chart makes it.
 */
export function admit(input: Input): AdmittedInput {
  const withDefault = defaultClass(input.objects);
  const withChart = chartClass(withDefault.objects);
  return {
    ...input,
    objects: withChart.objects,
    assumptions: [
      ...withDefault.assumptions,
      ...withChart.assumptions,
      ...classOfServices(withChart.objects, { ...DEFAULT_SETTINGS, ...input.settings }),
    ],
  };
}

interface Step {
  readonly objects: readonly KubernetesObject[];
  readonly assumptions: readonly string[];
}

/** @see https://kubernetes.io/docs/concepts/services-networking/ingress/#default-ingress-class */
function defaultClass(objects: readonly KubernetesObject[]): Step {
  const [name] = objects
    .filter((object): object is IngressClass => object.kind === 'IngressClass')
    .filter(({ metadata }) => metadata.annotations?.[DEFAULT_CLASS_ANNOTATION] === 'true')
    .map(({ metadata }) => metadata.name)
    .sort();
  const classless = objects.filter((object) => object.kind === 'Ingress' && hasNoClass(object));
  if (name === undefined || classless.length === 0) return { objects, assumptions: [] };
  return {
    objects: objects.map((object) =>
      object.kind === 'Ingress' && hasNoClass(object)
        ? { ...object, spec: { ...object.spec, ingressClassName: name } }
        : object,
    ),
    assumptions: [`${namesOf(classless)}: no class is written, so it gets the default one, ${name}`],
  };
}

function hasNoClass({ spec, metadata }: Ingress): boolean {
  return spec.ingressClassName === undefined && metadata.annotations?.[CLASS_ANNOTATION] === undefined;
}

function chartClass(objects: readonly KubernetesObject[]): Step {
  const asked = objects.some(
    (object) => object.kind === 'Ingress' && object.spec.ingressClassName === CHART_CLASS,
  );
  const there = objects.some(
    (object) => object.kind === 'IngressClass' && object.metadata.name === CHART_CLASS,
  );
  if (!asked || there) return { objects, assumptions: [] };
  const ingressClass: IngressClass = {
    kind: 'IngressClass',
    metadata: { name: CHART_CLASS },
    spec: { controller: ALB_CONTROLLER },
  };
  return {
    objects: [...objects, ingressClass],
    assumptions: [
      `IngressClass ${CHART_CLASS} is not in the input: it is taken to be as the controller's chart makes it, without parameters`,
    ],
  };
}

/** The model gives it; a person should know. */
function classOfServices(objects: readonly KubernetesObject[], settings: ControllerSettings): string[] {
  const classless = objects.filter(
    (object) =>
      object.kind === 'Service' &&
      object.spec.type === 'LoadBalancer' &&
      (object.spec.loadBalancerClass ?? '') === '',
  );
  if (classless.length === 0 || !settings.enableServiceMutatorWebhook) return [];
  return [
    `${namesOf(classless)}: no loadBalancerClass is written, so the controller's webhook makes it ${settings.loadBalancerClass}`,
  ];
}

function namesOf(objects: readonly KubernetesObject[]): string {
  return objects.map((object) => `${object.kind} ${keyOf(object)}`).join(', ');
}
