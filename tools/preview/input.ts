import {
  keyOf,
  DEFAULT_SETTINGS,
  type ControllerSettings,
  type IngressClass,
  type KubernetesObject,
} from '../../load-balancers/model';

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

/**
 * Adds the class `alb` as the controller's chart makes it, where an Ingress asks for it and the input has none.
 */
export function admit({ objects, settings, notes }: Input): AdmittedInput {
  const missing = isChartClassMissing(objects);
  return {
    objects: missing ? [...objects, chartClass] : objects,
    settings,
    notes,
    assumptions: [
      ...(missing
        ? [
            `IngressClass ${CHART_CLASS} is not in the input: it is taken to be as the controller's chart makes it, without parameters`,
          ]
        : []),
      ...classOfServices(objects, { ...DEFAULT_SETTINGS, ...settings }),
    ],
  };
}

const chartClass: IngressClass = {
  kind: 'IngressClass',
  metadata: { name: CHART_CLASS },
  spec: { controller: ALB_CONTROLLER },
};

function isChartClassMissing(objects: readonly KubernetesObject[]): boolean {
  const asked = objects.some(
    (object) => object.kind === 'Ingress' && object.spec.ingressClassName === CHART_CLASS,
  );
  return (
    asked && !objects.some((object) => object.kind === 'IngressClass' && object.metadata.name === CHART_CLASS)
  );
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
