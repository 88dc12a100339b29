import {
  ALB_CONTROLLER,
  keyOf,
  DEFAULT_SETTINGS,
  isUnknown,
  KNOWN_AFTER_APPLY,
  type ControllerSettings,
  type Facts,
  type Ingress,
  type IngressClass,
  type KubernetesObject,
} from '../../load-balancers/model';
import { inputOf } from './missing';
import { notPreviewed, type OtherObject } from './other-kinds';
import { type PreviewFinding } from './preview';

/** What a preview is made of. */
export interface Input {
  readonly objects: readonly KubernetesObject[];
  /** Of other dialects. @default [] */
  readonly others?: readonly OtherObject[];
  readonly settings: Partial<ControllerSettings>;
  /** @default {} */
  readonly facts?: Facts;
  /** What was found when it was read. @default [] */
  readonly findings?: readonly PreviewFinding[];
  /** What was taken for granted when it was read; a sentence each. @default [] */
  readonly assumptions?: readonly string[];
  /** What a person should know about how it was read. */
  readonly notes: readonly string[];
}

/** An input with what is taken for granted. */
export interface AdmittedInput extends Input {
  /** What is not in the input and was added, and what is not previewed; one sentence each. */
  readonly assumptions: readonly string[];
}

/**
 * Adds classes that Ingresses ask for and the input has not: the controller's as its chart makes it, and others of which
 * nobody knows whose they are.
 */
export function admitInput(input: Input): AdmittedInput {
  const { objects, others = [], settings } = input;
  const has = inputOf(objects);
  const all = { ...DEFAULT_SETTINGS, ...settings };
  const byClass = new Map<string, Ingress[]>();
  for (const object of objects) {
    if (object.kind !== 'Ingress' || !isClassMissing(object, has)) continue;
    const { ingressClassName: name = '' } = object.spec;
    byClass.set(name, [...(byClass.get(name) ?? []), object]);
  }
  const added = [...byClass].map(
    ([name, ingresses]): { readonly object: IngressClass; readonly note: string } => {
      const isOurs = name === all.ingressClass;
      return {
        object: {
          kind: 'IngressClass',
          metadata: { name },
          spec: { controller: isOurs ? ALB_CONTROLLER : KNOWN_AFTER_APPLY },
        },
        note: isOurs
          ? `IngressClass ${name} is not in the input: it is taken to be as the controller's chart makes it, without parameters`
          : `${has.words('IngressClass', name)}: if it is another controller's, ${namesOf(ingresses)} gets no load balancer here; if the cluster has none, kubectl apply fails; if it is of ${ALB_CONTROLLER}, add it to the input`,
      };
    },
  );
  return {
    ...input,
    objects: [...objects, ...added.map(({ object }) => object)],
    assumptions: [
      ...(input.assumptions ?? []),
      ...added.map(({ note }) => note),
      ...classOfServices(objects, all),
      ...notPreviewed(others, settings),
    ],
  };
}

function isClassMissing({ spec, metadata }: Ingress, has: ReturnType<typeof inputOf>): boolean {
  const { ingressClassName: name = '' } = spec;
  return name !== '' && !isUnknown(name) && !isUnknown(metadata) && !has('IngressClass', name);
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
