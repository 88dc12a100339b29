import { ALB_CONTROLLER } from '../../../load-balancers/model';
import { type StackFile } from '../../preview/terraform-stack';
import { type ResourceChange, type StackChanges } from '../changes/changes';
import { blockOf, stringOf, type Values } from '../changes/values';
import { isOfController } from '../risks/versions';

const ANNOTATION = 'alb.ingress.kubernetes.io/';

/**
 * Classes that the plan of addons would have, where it isn't given: those of Ingresses that are written for the AWS Load Balancer
 * Controller.
 */
export function assumedClasses(stacks: readonly StackChanges[]): string[] {
  if (stacks.some(({ stack, resources }) => stack === 'addons' || resources.some(makesClasses))) return [];
  const classes = stacks.flatMap(({ resources }) =>
    resources
      .filter(({ type }) => type === 'kubernetes_ingress_v1')
      .flatMap(({ before, after }) => [before, after].flatMap((side) => (side ? classOf(side) : []))),
  );
  return [...new Set(classes)];
}

/** Whether classes are made here, by themselves or with the controller. */
function makesClasses({ type, before, after }: ResourceChange): boolean {
  return (
    type.startsWith('kubernetes_ingress_class') ||
    (type === 'helm_release' && isOfController(after ?? before ?? {}))
  );
}

function classOf({ metadata, spec }: Values): string[] {
  const annotations = Object.keys(blockOf(blockOf(metadata).annotations));
  const name = stringOf(blockOf(spec).ingress_class_name);
  return name !== undefined && annotations.some((key) => key.startsWith(ANNOTATION)) ? [name] : [];
}

/** The stack that would have the classes. */
export function classFile(classes: readonly string[]): StackFile {
  const resources = classes.map((name) => [
    name,
    { metadata: { name }, spec: { controller: ALB_CONTROLLER } },
  ]);
  const resource = { kubernetes_ingress_class_v1: Object.fromEntries(resources) as Values };
  return { name: 'addons', text: JSON.stringify({ resource }) };
}

/** What a reader should know of it. */
export function assumption(classes: readonly string[]): string[] {
  return classes.map(
    (name) =>
      `the plan of addons is not given: IngressClass ${name} is taken for the AWS Load Balancer Controller's, with its defaults`,
  );
}
