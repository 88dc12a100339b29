import { type Cluster, type Ingress, type Service } from '../../model';
import { named, read } from '../read';

/** The port of a backend that stands for an annotation. */
export const USE_ANNOTATION = 'use-annotation';

/** A backend of an Ingress, as it is written. */
export interface WrittenBackend {
  /** Such as `spec.rules[0].http.paths[1].backend`. */
  readonly field: string;
  readonly name: string;
  readonly port?: number | string;
}

<<<<<<< HEAD
/** All that name a Service or an action: those of paths, then the default one. */
export function writtenBackends({ spec }: Ingress): readonly WrittenBackend[] {
  const paths = (spec.rules ?? []).flatMap(({ http }, rule) =>
    (http?.paths ?? []).map(({ backend }, index) => ({
      field: `spec.rules[${rule}].http.paths[${index}].backend`,
      backend,
    })),
  );
  return [...paths, { field: 'spec.defaultBackend', backend: spec.defaultBackend }].flatMap(
    ({ field, backend }) => {
      const { name, port } = backend?.service ?? {};
      return name === undefined ? [] : [{ field, name, port: port?.name ?? port?.number }];
    },
=======
/** One for each Service and port of an Ingress, by the route that names it first. */
export function backendsOf(member: MemberView, cluster: Cluster): readonly Backend[] {
  const byTarget = new Map<string, Backend>();
  for (const route of routesOf(member)) {
    for (const target of route.action.targets) {
      const { service: name } = target;
      if (name === undefined || isUnknown(name)) continue;
      const key = `${name}:${target.port ?? ''}`;
      if (byTarget.has(key)) continue;
      const service = serviceOf(member.ingress, name, cluster);
      const annotations = withService(member.ingress, service);
      byTarget.set(key, { member, route, target: { ...target, service: name }, service, annotations });
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
>>>>>>> 7734308 (Preview: facts of an environment's own network; what is not judged is a list)
  );
}

/** Services and ports to which an Ingress forwards, with the action that names them. */
export function forwardsOf(ingress: Ingress): readonly (WrittenBackend & { readonly action?: string })[] {
  return writtenBackends(ingress).flatMap((backend) => {
    if (backend.port !== USE_ANNOTATION) return [backend];
    const suffix = `actions.${backend.name}`;
    const action = read.json(ingress, suffix) as WrittenAction | null | undefined;
    const targets = action?.forwardConfig?.targetGroups;
    return (Array.isArray(targets) ? (targets as readonly WrittenTarget[]) : []).flatMap(
      ({ serviceName, servicePort }) =>
        serviceName === undefined
          ? []
          : [{ field: backend.field, name: serviceName, port: servicePort, action: named(suffix) }],
    );
  });
}

interface WrittenTarget {
  readonly serviceName?: string;
  readonly servicePort?: number | string;
}

interface WrittenAction {
  readonly forwardConfig?: { readonly targetGroups?: unknown };
}

/** Services of the cluster behind an Ingress, each once. */
export function servicesBehind(ingress: Ingress, { services }: Cluster): readonly Service[] {
  const { namespace = '' } = ingress.metadata;
  const found = forwardsOf(ingress).flatMap(({ name }) => services.get(`${namespace}/${name}`) ?? []);
  return [...new Set(found)];
}
