import { ALB_CONTROLLER, isUnknown, type Ingress, type IngressClass } from '../../model';
import { AUTO_MODE_CONTROLLER, checkAutoMode } from './auto-mode';
import { nearest } from '../../problem';
import { atAnnotation, atField, type ObjectFinding } from '../finding';
import { CLASS_ANNOTATION, classNameOf, hasOwnAnnotations, type View } from '../view';

/** Whether anything serves an Ingress, and that it is this controller. */
export function checkClasses(view: View): ObjectFinding[] {
  return view.cluster.ingresses.flatMap((ingress) => {
    const annotation = ingress.metadata.annotations?.[CLASS_ANNOTATION];
    return annotation === undefined
      ? checkClass(view, ingress)
      : checkClassAnnotation(view, ingress, annotation);
  });
}

/** The older way to name a class. */
function checkClassAnnotation({ settings, cluster }: View, ingress: Ingress, value: string): ObjectFinding[] {
  if (isUnknown(value)) return [];
  if (value !== settings.ingressClass) {
    return hasOwnAnnotations(ingress)
      ? [
          atAnnotation(ingress, CLASS_ANNOTATION, {
            reason: `the AWS Load Balancer Controller serves class '${settings.ingressClass}' of this annotation only`,
            remedy: `write '${settings.ingressClass}', or leave the annotations of the controller out`,
          }),
        ]
      : [];
  }
  const name = ingress.spec.ingressClassName;
  const hasParams = name !== undefined && cluster.ingressClasses.get(name)?.spec.parameters !== undefined;
  return hasParams
    ? [
        atAnnotation(ingress, CLASS_ANNOTATION, {
          reason: `it hides spec.ingressClassName '${name}', whose parameters would not be read`,
          remedy: 'leave the annotation out',
          warning: true,
        }),
      ]
    : [];
}

function checkClass(view: View, ingress: Ingress): ObjectFinding[] {
  const { cluster, settings, context } = view;
  const name = classNameOf(ingress, cluster);
  const at = (value: string, reason: string, remedy: string) => [
    atField(ingress, 'spec.ingressClassName', { value, reason, remedy }),
  ];
  if (name === undefined) {
    return hasOwnAnnotations(ingress) && settings.ingressClass !== ''
      ? at(
          '',
          'the Ingress has no class, and there is no default one: no controller serves it',
          "write a class, such as 'alb'",
        )
      : [];
  }
  if (isUnknown(name)) return [];
  const found = cluster.ingressClasses.get(name);
  if (found === undefined) {
    const known = [...cluster.ingressClasses.keys(), ...(context.elsewhere?.ingressClasses ?? [])];
    // None at all: they are of another part of the cluster.
    if (known.length === 0 || known.includes(name)) return [];
    const like = nearest(name, known) ?? known[0] ?? '';
    return at(name, 'there is no such IngressClass', `write '${like}', or add the IngressClass`);
  }
  return checkController(ingress, found);
}

function checkController(ingress: Ingress, found: IngressClass): ObjectFinding[] {
  const { name } = found.metadata;
  const { controller } = found.spec;
  const at = (reason: string, remedy: string) => [
    atField(ingress, 'spec.ingressClassName', { value: name, reason, remedy }),
  ];
  if (!controller) {
    return at(`IngressClass ${name} names no controller`, `write spec.controller: ${ALB_CONTROLLER} there`);
  }
  if (controller === AUTO_MODE_CONTROLLER) return [...checkAutoMode(ingress)];
  if (isUnknown(controller)) return [];
  if (controller !== ALB_CONTROLLER) {
    return hasOwnAnnotations(ingress)
      ? at(
          `IngressClass ${name} is of controller ${controller}, which does not read the annotations of the AWS Load Balancer Controller`,
          `write a class of controller ${ALB_CONTROLLER}, or leave the annotations out`,
        )
      : [];
  }
  return [];
}
