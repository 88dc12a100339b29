import { isLoadBalancerService, type Ingress, type Service } from '../../model';
import { nearest } from '../../problem';
import {
  annotationOf,
  INGRESS_PREFIX,
  isControllers,
  nearestAnnotation,
  onLoadBalancerService,
} from '../../language';
import { atAnnotation, type ObjectFinding } from '../finding';
import { type View } from '../view';

/** Names that nobody reads, or not there. */
export function checkAnnotations({ members, cluster, settings }: View): ObjectFinding[] {
  return [
    ...members.flatMap(({ ingress }) => [...namesOf(ingress).flatMap((name) => checkName(ingress, name))]),
    ...[...cluster.services.values()]
      .filter((service) => !isLoadBalancerService(service, settings))
      .flatMap((service) => namesOf(service).flatMap((name) => checkName(service, name))),
  ];
}

function namesOf({ metadata }: Ingress | Service): readonly string[] {
  return Object.keys(metadata.annotations ?? {});
}

function checkName(object: Ingress | Service, name: string): ObjectFinding[] {
  const place = object.kind === 'Ingress' ? 'ingress' : 'service';
  const entry = annotationOf(name);
  const found = (reason: string, remedy: string, warning?: true) => [
    atAnnotation(object, name, { reason, remedy, warning }),
  ];
  if (entry === undefined) return unknownName(object, name, place);
  if (entry.output) {
    return found('the controller writes this annotation, and overwrites it', 'leave it out', true);
  }
  // Of a Service, the controller reads it too, though its documents don't say so.
  const onBoth = entry.name === `${INGRESS_PREFIX}target-control-port.*`;
  if (!entry.on.includes(place) && !onBoth) {
    const other = entry.name.startsWith(INGRESS_PREFIX)
      ? 'the controller reads it on an Ingress only'
      : 'it is for a Service of type LoadBalancer, which gets a Network Load Balancer';
    const like = nearestAnnotation(name, place);
    const instead = place === 'ingress' ? ', or use a Service of type LoadBalancer' : '';
    return found(
      `on ${article(object.kind)} this annotation does nothing: ${other}`,
      place === 'service'
        ? onService(object, name)
        : `${like === undefined ? 'leave it out' : `write ${like}`}${instead}`,
    );
  }
  return entry.deprecated === undefined
    ? []
    : found('this annotation is deprecated', `write ${entry.deprecated}`, true);
}

function onService({ spec }: Ingress | Service, name: string): string {
  const own = 'type' in spec && spec.type === 'LoadBalancer' ? onLoadBalancerService(name) : undefined;
  return own === undefined ? 'move it to the Ingress' : `write ${own}, or move it to the Ingress`;
}

function unknownName(object: Ingress | Service, name: string, place: 'ingress' | 'service'): ObjectFinding[] {
  const like = nearestAnnotation(name, place);
  const remedy = like === undefined ? 'leave it out' : `write ${like}`;
  if (isControllers(name)) {
    // Kubernetes and other controllers have annotations under the Services' prefixes.
    const others = !name.startsWith(INGRESS_PREFIX) && !/\/aws-load-balancer-/.test(name);
    const reason = 'the controller knows no such annotation and would leave it out silently';
    return others ? [] : [atAnnotation(object, name, { reason, remedy })];
  }
  const [prefix = '', suffix = ''] = name.split('/', 2);
  const expected = INGRESS_PREFIX.slice(0, -1);
  if (
    nearest(prefix, [expected], 2) === undefined ||
    annotationOf(`${INGRESS_PREFIX}${suffix}`) === undefined
  )
    return [];
  return [
    atAnnotation(object, name, {
      reason: `the controller reads annotations of ${expected} only`,
      remedy: `write ${INGRESS_PREFIX}${suffix}`,
    }),
  ];
}

function article(kind: string): string {
  return kind === 'Ingress' ? 'an Ingress' : `a ${kind}`;
}
