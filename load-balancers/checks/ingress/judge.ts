import { ALB_CONTROLLER, keyOf, type IngressClassParamsSpec, type KubernetesObject } from '../../model';
import { type Problem } from '../../problem';
import {
  renderIngress,
  type RenderedIngress,
  type RenderProps,
  type AlbIngressSettings,
  type Written,
} from '../../language';
import { type CheckContext } from '../context';
import { type ObjectFinding } from '../finding';
import { checkObjects } from '../check';
import { inSettings, propAt } from '../in-settings';

/** An Ingress as it is judged, with those of its group. */
export interface Judged extends RenderedIngress {
  readonly settings: AlbIngressSettings;
  readonly context: CheckContext;
}

/** The Ingress that settings say. */
export function judged(props: RenderProps, context: CheckContext): Judged {
  return { settings: props, ...renderIngress(props, paramsSpec(context)), context };
}

/** Whether other Ingresses may share its load balancer. */
export function isShared({ ingress, context }: Judged): boolean {
  return (
    context.params?.group !== undefined ||
    ingress.metadata.annotations?.['alb.ingress.kubernetes.io/group.name'] !== undefined
  );
}

/** What is wrong with Ingresses of one cluster, and what isn't wrong but worth knowing. */
export function findings(all: readonly Judged[]): readonly ObjectFinding[] {
  const contexts = [...new Set(all.map((each) => each.context))];
  const context = Object.assign({}, ...contexts) as CheckContext;
  const objects = [...all.flatMap(ingressObjects), ...contexts.flatMap(contextObjects)];
  const everyService = all.every(({ context: { services } }) => services);
  return checkObjects(distinct(objects), {
    ...context,
    ...(!everyService && { elsewhere: { services: 'any' } }),
  });
}

/** A finding in the words of the props of its Ingress; of the object, if it's about another one. */
export function toProblem(finding: ObjectFinding, all: readonly Judged[]): Problem {
  const { source, value, reason, remedy } = finding;
  const { Kind, Name, Annotation = propAt(source) } = source;
  const own = all.find(({ ingress }) => Kind === 'Ingress' && keyOf(ingress) === Name);
  if (own) return inSettings(finding, own.settings, writtenOf(own));
  return { path: `${Kind} ${Name} ${Annotation}`, value, reason, remedy };
}

/** The annotations of an Ingress, and where each part of it came from. */
export function writtenOf({ ingress, origins }: RenderedIngress): Written {
  return { annotations: ingress.metadata.annotations ?? {}, origins };
}

/** An Ingress with its class. */
function ingressObjects({ ingress, context }: Judged): KubernetesObject[] {
  const { ingressClassName: name = '' } = ingress.spec;
  const parameters = { apiGroup: 'elbv2.k8s.aws', kind: 'IngressClassParams', name };
  return [
    ingress,
    {
      kind: 'IngressClass',
      metadata: { name },
      spec: { controller: ALB_CONTROLLER, parameters },
    },
    { kind: 'IngressClassParams', metadata: { name }, spec: paramsSpec(context) },
  ];
}

function contextObjects({ services = [], namespace }: CheckContext): KubernetesObject[] {
  return [...services, ...(namespace ? [namespace] : [])];
}

function distinct(objects: readonly KubernetesObject[]): KubernetesObject[] {
  const byName = new Map(
    objects.map((object) => [
      `${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`,
      object,
    ]),
  );
  return [...byName.values()];
}

function paramsSpec({ params = {}, namespace }: CheckContext): IngressClassParamsSpec {
  const { namespaceSelector, ...others } = params;
  return namespace ? { namespaceSelector, ...others } : others;
}
