import {
  isUnknown,
  keyOf,
  type Ingress,
  type Service,
  type ServicePort,
  type Cluster,
  type Annotated,
} from '../../model';
import { withService } from './read';
import { routesOf, type IngressRoute, type ActionTarget } from './routes';
import { type MemberView, type View } from './view';

/** A Service that an Ingress forwards to: one target group. */
export interface Backend {
  readonly member: MemberView;
  readonly route: IngressRoute;
  readonly target: ActionTarget & { readonly service: string };
  /** Undefined if it isn't among the objects. */
  readonly service?: Service;
  /** The Service's annotations over those of the Ingress. */
  readonly annotations: Annotated;
}

/** One for each Service and port of an Ingress, by the route that names it first. */
export function backendsOf(member: MemberView, cluster: Cluster): readonly Backend[] {
  const byTarget = new Map<string, Backend>();
  for (const route of routesOf(member)) {
    for (const target of route.action.targets) {
      const { service: name } = target;
      if (name === undefined || isUnknown(name)) continue;
      const key = `${name}:${target.port ?? ''}`;
      const service = serviceOf(member.ingress, name, cluster);
      const annotations = withService(member.ingress, service);
      if (!byTarget.has(key)) {
        byTarget.set(key, { member, route, target: { ...target, service: name }, service, annotations });
      }
    }
  }
  return [...byTarget.values()];
}

export function serviceOf(ingress: Ingress, name: string, { services }: Cluster): Service | undefined {
  const { namespace } = ingress.metadata;
  return services.get(keyOf({ metadata: { name, namespace } }));
}

export function servicePortOf({ service, target }: Backend): ServicePort | undefined {
  return service?.spec.ports?.find(({ name, port }) =>
    typeof target.port === 'string' ? name === target.port : port === target.port,
  );
}

/** `instance` or `ip`, as the controller decides; undefined if it can't be known. */
export function backendTargetTypeOf(
  { member, annotations }: Backend,
  { settings }: View,
): string | undefined {
  const written = annotations.metadata.annotations?.['alb.ingress.kubernetes.io/target-type'];
  const type = (member.params?.spec.targetType || undefined) ?? written ?? settings.defaultTargetType;
  return isUnknown(type) ? undefined : type;
}
